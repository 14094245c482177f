"""The matcher that decisions are made by: the plain matcher's answers, from code written once for each rule set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rules_engine.matching.conditions import FactValues
from rules_engine.matching.generated.source import Names, compiled, matching_lines, near_miss_lines
from rules_engine.matching.generated.telling import Tellers
from rules_engine.matching.plain import Matches
from rules_engine.rulebook.rules import Rule
from rules_engine.rulebook.vocabulary import Fact


class GeneratedMatcher:
    """Matches the rules it was generated from; pure, and free to be shared between threads.

    Gives what the plain matcher gives, and raises what it raises. `tellers` put near misses into words.
    """

    __slots__ = ("_near_misses", "match")

    match: Callable[[FactValues], Matches]
    """Match every rule at once; raise WrongKind for a fact that is not what the vocabulary says."""

    def __init__(self, rules: tuple[Rule, ...], facts: Mapping[str, Fact], tellers: Tellers) -> None:
        self.match = compiled("matching", matching_lines, Names(rules, facts))
        self._near_misses = compiled("near_misses", near_miss_lines, Names(rules, facts, tellers))

    def near_misses(self, facts: FactValues) -> list[Any]:
        """Write the near misses of a case that was matched, each ready for `canonical_json`."""
        written: list[Any] = self._near_misses(facts)
        return written
