"""The rules of a rule set as the engine is given them: pure conjunctions on ranks, in sets it can carry.

Nothing of a rule set's own stands in them but its shape: names are letters, figures are ranks. So rule sets that differ
in their figures alone are one text to the engine, compiled once and shared.
"""

from __future__ import annotations

import json
import operator
import string
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

from rules_engine.errors import RulesEngineError
from rules_engine.matching.encoding import Encoding, Ranks, RankTest
from rules_engine.rulebook.rules import Rule

ALWAYS = "always"
"""The engine rule of every set that must fire on every case; when it does not, the engine is at fault."""

# durable_rules keeps 64 places for what may match at once, and fails with error 303 past them
MOST_ENGINE_RULES = 60
# durable_rules counts a message's properties in one byte; `id` and the constant are two of them
MOST_ATTRIBUTES = 200

_CONSTANT = "k"
_OWN_NAMES = ("id", "sid", "$s", _CONSTANT)
_SIGNS = {"!=": "$neq", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"}

Conjunction = tuple[RankTest, ...]
"""Tests that all have to hold; their aspects are the places of attributes."""


class TooManyTests(RulesEngineError):
    """A rule tests more than the engine can carry in one message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineText:
    """One engine rule set: its definitions as JSON, and the conjunctions that its rules are, in their order."""

    definitions: str
    conjunctions: tuple[Conjunction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineRules:
    """One engine rule set as a rule set uses it: which aspects its attributes are, and whose rule each engine rule is.

    `aspects` is None where the attributes are all aspects in their order.
    """

    text: EngineText
    aspects: tuple[int, ...] | None
    rule_names: tuple[str, ...]

    def told(self, ranks: Ranks) -> Ranks:
        """Take of a case what this engine rule set looks at."""
        return ranks if self.aspects is None else tuple(ranks[aspect] for aspect in self.aspects)


def engine_rules(rules: Iterable[Rule], encoding: Encoding) -> tuple[EngineRules, ...]:
    """Say a rule set in as many engine rule sets as it takes; what matches is the union of what they match.

    Raises TooManyAlternatives or TooManyTests for a rule that comes to more than the engine can carry.
    """
    return tuple(_engine_rule_set(chunk, encoding.aspects) for chunk in _chunks(rules, encoding))


def attributes(count: int) -> tuple[str, ...]:
    """Give so many names of one letter or two, none the engine's own; raise TooManyTests for two it takes for one."""
    letters = string.ascii_lowercase
    named = (*letters, *map("".join, product(letters, repeat=2)))
    found = tuple(islice((name for name in named if name not in _OWN_NAMES), count))
    _refuse_colliding((*_OWN_NAMES, *found))
    return found


class Messages:
    """Writes the one fact a case is, under the one id every case has in turn."""

    def __init__(self, count: int) -> None:
        self._keys = tuple(f',"{name}":' for name in attributes(count))

    def message(self, ranks: Ranks) -> str:
        """Write a case by its ranks, in the order of the attributes."""
        pairs = zip(self._keys, ranks, strict=True)
        properties = "".join([f"{key}{rank}" for key, rank in pairs if rank is not None])
        return f'{{"id":"x","{_CONSTANT}":1{properties}}}'


def holds(conjunction: Conjunction, ranks: Sequence[int | None]) -> bool:
    """Say what a conjunction means: that all its tests hold, none of them of a rank that is not there."""
    return all((rank := ranks[test.aspect]) is not None and _HOLDS[test.sign](rank, test.rank) for test in conjunction)


_Named = tuple[str, Conjunction]


def _chunks(rules: Iterable[Rule], encoding: Encoding) -> Iterator[list[_Named]]:
    chunk: list[_Named] = []
    read: set[int] = set()
    for rule in rules:
        for conjunction in encoding.conjunctions(rule):
            aspects = {test.aspect for test in conjunction}
            if len(aspects) > MOST_ATTRIBUTES:
                raise TooManyTests(f"rule `{rule.name}` looks at {len(aspects)} things, of {MOST_ATTRIBUTES} at most")
            if len(chunk) == MOST_ENGINE_RULES - 1 or len(read | aspects) > MOST_ATTRIBUTES:
                yield chunk
                chunk, read = [], set()
            chunk.append((rule.name, conjunction))
            read |= aspects
    if chunk:
        yield chunk


def _engine_rule_set(chunk: list[_Named], count: int) -> EngineRules:
    aspects = tuple(sorted({test.aspect for _, conjunction in chunk for test in conjunction}))
    place_of = {aspect: place for place, aspect in enumerate(aspects)}
    conjunctions = tuple(
        tuple(test._replace(aspect=place_of[test.aspect]) for test in conjunction) for _, conjunction in chunk
    )
    names = attributes(len(aspects))
    definitions = {str(place): _definition(conjunction, names) for place, conjunction in enumerate(conjunctions)}
    definitions[ALWAYS] = _definition((), names)
    return EngineRules(
        text=EngineText(definitions=json.dumps(definitions, separators=(",", ":")), conjunctions=conjunctions),
        aspects=None if len(aspects) == count else aspects,
        rule_names=tuple(name for name, _ in chunk),
    )


def _definition(conjunction: Conjunction, names: tuple[str, ...]) -> dict[str, object]:
    tests = [_test(test, names) for test in conjunction] or [{_CONSTANT: 1}]
    return {"all": [{"m": tests[0] if len(tests) == 1 else {"$and": tests}}]}


def _test(test: RankTest, names: tuple[str, ...]) -> dict[str, object]:
    held: dict[str, object] = {names[test.aspect]: test.rank}
    return held if test.sign == "==" else {_SIGNS[test.sign]: held}


def _refuse_colliding(names: tuple[str, ...]) -> None:
    """Refuse names the engine would take for one another: it knows them by a 32-bit FNV-1a hash alone."""
    by_hash: dict[int, str] = {}
    for name in names:
        if by_hash.setdefault(_hashed(name), name) != name:
            raise TooManyTests(f"`{name}` and `{by_hash[_hashed(name)]}` are one name to the engine")


def _hashed(name: str) -> int:
    hashed = 0x811C9DC5
    for byte in name.encode("ascii"):
        hashed = (hashed ^ byte) * 16777619 & 0xFFFFFFFF
    return hashed


_HOLDS: Mapping[str, Callable[[int, int], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
