"""Near misses: the one test that stood between an event and another answer, in plain words.

They come from the rules themselves and the facts of the case, never from an engine's log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, overload

from rules_engine.matching.comparing import as_held, as_written
from rules_engine.matching.conditions import FactValues
from rules_engine.matching.plain import Matches
from rules_engine.matching.plans import Plan
from rules_engine.matching.words import OPPOSITE, observed_in_words, opposite_in_words, required_in_words, short_by
from rules_engine.matching.worth_telling import is_told_when_silent, the_one_quantity
from rules_engine.model.decisions import NearMiss
from rules_engine.rulebook.rules import Condition, Rule


class Basis(NamedTuple):
    """What an answer by rules was worked out from: the rules, which of them matched, and the facts of the case."""

    plan: Plan
    matches: Matches
    facts: FactValues


class NearMisses(Sequence[NearMiss]):
    """The near misses of one decision, put into words when somebody reads them.

    `basis` is what they are worked out from; it is let go once they have been read.
    """

    __slots__ = ("_found", "basis")

    def __init__(self, plan: Plan, matches: Matches, facts: FactValues) -> None:
        self.basis: Basis | None = Basis(plan, matches, facts)
        self._found: tuple[NearMiss, ...] = ()

    def _told(self) -> tuple[NearMiss, ...]:
        if self.basis is not None:
            self._found = near_misses(*self.basis)
            self.basis = None
        return self._found

    @overload
    def __getitem__(self, place: int) -> NearMiss: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[NearMiss, ...]: ...
    def __getitem__(self, place: int | slice) -> NearMiss | tuple[NearMiss, ...]:
        return self._told()[place]

    def __iter__(self) -> Iterator[NearMiss]:
        return iter(self._told())

    def __len__(self) -> int:
        return len(self._told())

    def __eq__(self, other: object) -> bool:
        return self._told() == (other._told() if isinstance(other, NearMisses) else other)

    def __hash__(self) -> int:
        return hash(self._told())

    def __repr__(self) -> str:
        return repr(self._told())

    def written(self) -> list[Any] | None:
        """Write them for `canonical_json` without making anything of them; None once they have been read."""
        return None if self.basis is None else self.basis.plan.generated.near_misses(self.basis.facts)

    def __reduce__(self) -> tuple[type[tuple[NearMiss, ...]], tuple[tuple[NearMiss, ...]]]:
        return tuple, (self._told(),)


def near_misses(plan: Plan, matches: Matches, facts: FactValues) -> tuple[NearMiss, ...]:
    """List what hung on one test.

    First the rules that stand against the event by one quantity: what would have been required.
    Then the rules that did not speak because one test of theirs failed; a rule whose only test
    asks for a word is left out, since every case misses it.
    """
    words = plan.words.facts
    against = (plan.rules[name] for name in matches.matched)
    by_a_quantity = [
        _missed(plan, rule, rule.conditions[place], facts)
        for rule in against
        if (place := the_one_quantity(rule, words)) is not None
    ]
    nearly = ((plan.rules[given.name], given, held) for given, held in plan.plain.nearly(facts))
    not_spoken = [
        _not_spoken(plan, rule, condition, facts)
        for rule, condition in ((rule, as_written(rule, given, held)) for rule, given, held in nearly)
        if is_told_when_silent(rule, condition, words)
    ]
    return tuple(by_a_quantity + not_spoken)


def _missed(plan: Plan, rule: Rule, condition: Condition, facts: FactValues) -> NearMiss:
    fact, value, held = plan.words.facts[condition.fact], facts[condition.fact], as_held(condition, facts)
    return NearMiss(
        rule=rule.name,
        because=plan.reason(rule.name, facts),
        observed=f"{condition.fact}: {observed_in_words(fact, value)}",
        required=f"{condition.fact}: {opposite_in_words(held, fact)}",
        short_by=short_by(replace(held, comparison=OPPOSITE[held.comparison]), fact, value),
    )


def _not_spoken(plan: Plan, rule: Rule, condition: Condition, facts: FactValues) -> NearMiss:
    fact, value, held = plan.words.facts[condition.fact], facts[condition.fact], as_held(condition, facts)
    return NearMiss(
        rule=rule.name,
        because=f"The rule did not apply, by one test: {condition.fact}.",
        observed=f"{condition.fact}: {observed_in_words(fact, value)}",
        required=f"{condition.fact}: {required_in_words(held, fact)}",
        short_by=short_by(held, fact, value),
    )
