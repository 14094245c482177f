"""Near misses as they are written, prepared for each test: what does not change from case to case is put together once.

What few values can bring about (yes or no, a word, a list of papers, a number of days, the same amount again) is
written once for each of them, so long as they are few.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rules_engine.matching.conditions import FactValues, literal_of
from rules_engine.matching.words import OPPOSITE, observed_by, opposite_in_words, required_in_words, shortfall_of
from rules_engine.matching.worth_telling import hangs_on_one, is_told_when_silent
from rules_engine.model.canonical import Written, written_once
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Value
from rules_engine.rulebook.rules import Condition, Rule
from rules_engine.rulebook.vocabulary import Fact

MOST_REMEMBERED = 512
"""How many values of one test are remembered as they are told; what comes after them is written each time."""

FEW = frozenset({Kind.YES_NO, Kind.WORD, Kind.WORDS, Kind.DAYS, Kind.BUSINESS_DAYS, Kind.NUMBER, Kind.MONEY})
"""Kinds of fact whose values come again and again; money by its cents, the currency being one."""


class Remembered(dict[Any, Written]):
    """What one test is told by for each value that was observed so far."""

    def __init__(self, tell: Callable[[Any], dict[str, str]]) -> None:
        self._tell = tell

    def __missing__(self, value: Any) -> Written:
        written = written_once(self._tell(value))
        if len(self) < MOST_REMEMBERED:
            self[value] = written
        return written


Teller = Callable[[Any, FactValues], dict[str, str]] | Remembered
"""Writes a near miss by the value that was observed, and by the other facts where it has to."""


@dataclass(frozen=True, slots=True)
class Tellers:
    """What tells each test: of rules that stand `against` a case by their only one, and of those one kept `silent`."""

    against: Mapping[str, Teller] = field(default_factory=dict)
    silent: Mapping[tuple[str, int], Teller] = field(default_factory=dict)

    def tell(self, rule: Rule) -> bool:
        """Say whether a rule is ever told."""
        return rule.name in self.against or any(
            (rule.name, place) in self.silent for place in range(len(rule.conditions))
        )


Reason = Callable[[str, FactValues], str]
"""Says why a rule spoke, by its name and the facts of the case."""


def tellers(rules: tuple[Rule, ...], facts: Mapping[str, Fact], reason: Reason) -> Tellers:
    """Prepare what near misses of some rules are told by."""
    return Tellers(
        against={rule.name: _against(rule, facts, reason) for rule in rules if hangs_on_one(rule, facts)},
        silent={
            (rule.name, place): _silent(rule, condition, facts[condition.fact])
            for rule in rules
            for place, condition in enumerate(rule.conditions)
            if is_told_when_silent(rule, condition, facts)
        },
    )


def _against(rule: Rule, facts: Mapping[str, Fact], reason: Reason) -> Teller:
    (condition,) = rule.conditions
    fact = facts[condition.fact]
    opposite = replace(condition, comparison=OPPOSITE[condition.comparison])
    required = f"{fact.name}: {opposite_in_words(condition, fact)}"
    observed_in_words, shortfall = observed_by(fact), shortfall_of(opposite, fact)

    def tell(value: Value, facts: FactValues) -> dict[str, str]:
        observed = f"{fact.name}: {observed_in_words(value)}"
        told = {"because": reason(rule.name, facts), "observed": observed, "required": required, "rule": rule.name}
        if short_by := shortfall(value):
            told["short_by"] = short_by
        return told

    return tell


def _silent(rule: Rule, condition: Condition, fact: Fact) -> Teller:
    because = f"The rule did not apply, by one test: {fact.name}."
    required = f"{fact.name}: {required_in_words(condition, fact)}"
    observed_in_words, shortfall = observed_by(fact), shortfall_of(condition, fact)

    def tell(value: Value, _: object = None) -> dict[str, str]:
        observed = f"{fact.name}: {observed_in_words(value)}"
        told = {"because": because, "observed": observed, "required": required, "rule": rule.name}
        if short_by := shortfall(value):
            told["short_by"] = short_by
        return told

    if fact.kind is Kind.MONEY:
        currency = literal_of(condition).currency
        return Remembered(lambda cents: tell(Money.from_cents(cents, currency)))
    return Remembered(tell) if fact.kind in FEW else tell
