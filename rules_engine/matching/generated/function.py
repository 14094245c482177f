"""The matcher that decisions are made by: the plain matcher's answers, from code written once for each rule set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from rules_engine.matching.conditions import FactValues
from rules_engine.matching.generated.source import Names, compiled, looking_lines, matching_lines, near_miss_lines
from rules_engine.matching.generated.telling import Tellers
from rules_engine.matching.plain import Matches
from rules_engine.model.values import Missing, Value
from rules_engine.rulebook.rules import Rule
from rules_engine.rulebook.vocabulary import Fact


class LookedAt(NamedTuple):
    """The facts that the rules of a matcher look at, in their order, each held to its kind, and which are missing."""

    values: tuple[Value | Missing, ...]
    are_missing: tuple[bool, ...]
    by: object


class GeneratedMatcher:
    """Matches the rules it was generated from; pure, and free to be shared between threads.

    Gives what the plain matcher gives, and raises what it raises. `tellers` put near misses into words.
    """

    __slots__ = ("_look", "match", "near_misses")

    match: Callable[[FactValues], Matches]
    """Match every rule at once; raise WrongKind as `look_at` does, unless the case was looked at before."""

    near_misses: Callable[[FactValues], list[Any]]
    """Write the near misses of a case, each ready for `canonical_json`."""

    def __init__(self, rules: tuple[Rule, ...], facts: Mapping[str, Fact], tellers: Tellers) -> None:
        given = {"matcher": self, "look_at": self.look_at}
        self._look = compiled(looking_lines, Names("look_at", rules, facts))
        self.match = compiled(matching_lines, Names("matching", rules, facts), given)
        self.near_misses = compiled(near_miss_lines, Names("near_misses", rules, facts, tellers), given)

    def look_at(self, facts: FactValues) -> LookedAt:
        """Take out of a case what the rules look at; raise WrongKind for a fact that is not of its declared kind."""
        values, are_missing = self._look(facts)
        return LookedAt(values, are_missing, self)
