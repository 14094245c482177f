"""The rules of a rule set as the engine is given them: pure conjunctions on integers, in sets it can carry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rules_engine.errors import RulesEngineError
from rules_engine.matching.encoding import Encoding, IntegerTest
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


class TooManyTests(RulesEngineError):
    """A rule tests more than the engine can carry in one message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineRules:
    """One engine rule set: its definitions as JSON, the attributes it reads, and whose rule each engine rule is."""

    definitions: str
    attributes: tuple[str, ...]
    rule_names: Mapping[str, str]

    def message(self, told: Mapping[str, int]) -> str:
        """Write the one fact a case is, under the one id every case has in turn."""
        properties = "".join(f',"{key}":{told[key]}' for key in self.attributes if key in told)
        return f'{{"id":"x","{_CONSTANT}":1{properties}}}'


def engine_rules(rules: Iterable[Rule], encoding: Encoding) -> tuple[EngineRules, ...]:
    """Say a rule set in as many engine rule sets as it takes; what matches is the union of what they match.

    Raises TooManyAlternatives or TooManyTests for a rule that comes to more than the engine can carry.
    """
    return tuple(_engine_rule_set(chunk) for chunk in _chunks(rules, encoding))


_Conjunction = tuple[str, tuple[IntegerTest, ...]]


def _chunks(rules: Iterable[Rule], encoding: Encoding) -> Iterator[list[_Conjunction]]:
    chunk: list[_Conjunction] = []
    read: set[str] = set()
    for rule in rules:
        for conjunction in encoding.conjunctions(rule):
            attributes = {test.attribute for test in conjunction}
            if len(attributes) > MOST_ATTRIBUTES:
                raise TooManyTests(
                    f"rule `{rule.name}` looks at {len(attributes)} things, of {MOST_ATTRIBUTES} at most"
                )
            if len(chunk) == MOST_ENGINE_RULES - 1 or len(read | attributes) > MOST_ATTRIBUTES:
                yield chunk
                chunk, read = [], set()
            chunk.append((rule.name, conjunction))
            read |= attributes
    if chunk:
        yield chunk


def _engine_rule_set(chunk: list[_Conjunction]) -> EngineRules:
    attributes = tuple(dict.fromkeys(test.attribute for _, conjunction in chunk for test in conjunction))
    _refuse_colliding((*_OWN_NAMES, *attributes))
    definitions = {f"r{place}": _definition(conjunction) for place, (_, conjunction) in enumerate(chunk)}
    definitions[ALWAYS] = _definition(())
    return EngineRules(
        definitions=json.dumps(definitions, separators=(",", ":")),
        attributes=attributes,
        rule_names={f"r{place}": name for place, (name, _) in enumerate(chunk)},
    )


def _definition(conjunction: tuple[IntegerTest, ...]) -> dict[str, object]:
    tests = [_test(test) for test in conjunction] or [{_CONSTANT: 1}]
    return {"all": [{"m": tests[0] if len(tests) == 1 else {"$and": tests}}]}


def _test(test: IntegerTest) -> dict[str, object]:
    held: dict[str, object] = {test.attribute: test.number}
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
