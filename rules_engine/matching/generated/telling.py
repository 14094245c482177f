"""Near misses as they are written, prepared for each test: what does not change from case to case is put together once.

What few values can bring about (yes or no, a word, a list of papers, a number of days, the same amount again) is
written once for each of them, so long as they are few.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rules_engine.matching.conditions import FactValues, literal_of
from rules_engine.matching.words import OPPOSITE, observed_by, required_beside, required_in_words, shortfall_beside
from rules_engine.matching.worth_telling import is_told_when_silent, the_one_quantity
from rules_engine.model.canonical import Written, written_once
from rules_engine.model.money import Money
from rules_engine.model.values import Kind
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
    """What tells each test of a rule, by the rule's name and the test's place in it.

    `against` is told of rules that stand against a case, by the one quantity among their tests; `silent` of rules that
    the test alone kept silent.
    """

    against: Mapping[str, tuple[int, Teller]] = field(default_factory=dict)
    silent: Mapping[tuple[str, int], Teller] = field(default_factory=dict)

    def tell(self, rule: Rule) -> bool:
        """Say whether a rule is ever told."""
        silent = ((rule.name, place) in self.silent for place in range(len(rule.conditions)))
        return rule.name in self.against or any(silent)


Reason = Callable[[str, FactValues], str]
"""Says why a rule spoke, by its name and the facts of the case."""


def tellers(rules: tuple[Rule, ...], facts: Mapping[str, Fact], reason: Reason) -> Tellers:
    """Prepare what near misses of some rules are told by."""
    return Tellers(
        against={
            rule.name: (place, _against(rule, rule.conditions[place], facts, reason))
            for rule in rules
            if (place := the_one_quantity(rule, facts)) is not None
        },
        silent={
            (rule.name, place): _silent(rule, condition, facts[condition.fact])
            for rule in rules
            for place, condition in enumerate(rule.conditions)
            if is_told_when_silent(rule, condition, facts)
        },
    )


def _against(rule: Rule, condition: Condition, facts: Mapping[str, Fact], reason: Reason) -> Teller:
    """Tell that a rule stands against the case by one quantity: what would have been required."""
    fact, against = facts[condition.fact], condition.against
    missed = _missed(fact, rule, replace(condition, comparison=OPPOSITE[condition.comparison]))
    return lambda _, facts: missed(facts[fact.name], facts.get(against), reason(rule.name, facts))


def _silent(rule: Rule, condition: Condition, fact: Fact) -> Teller:
    """Tell that one condition alone kept a rule silent."""
    because, against = f"The rule did not apply, by one test: {fact.name}.", condition.against
    missed = _missed(fact, rule, condition)
    if against:
        return lambda _, facts: missed(facts[fact.name], facts[against], because)
    if fact.kind is Kind.MONEY:
        currency = literal_of(condition).currency
        return Remembered(lambda cents: missed(Money.from_cents(cents, currency), None, because))
    if fact.kind in FEW:
        return Remembered(lambda value: missed(value, None, because))
    return lambda value, _: missed(value, None, because)


def _missed(fact: Fact, rule: Rule, condition: Condition) -> Callable[[Any, Any, str], dict[str, str]]:
    """Give what writes that a condition was not met: by what was observed, what it is held against, and why."""
    observed, required, shortfall = observed_by(fact), "", shortfall_beside(condition.comparison, fact)
    name, rule_name, values, beside = fact.name, rule.name, condition.values, required_beside(condition, fact)
    if not condition.against:
        required = f"{name}: {required_in_words(condition, fact)}"

    def write(value: Any, other: Any, because: str) -> dict[str, str]:
        told = {
            "because": because,
            "observed": f"{name}: {observed(value)}",
            "required": required or f"{name}: {beside(other)}",
            "rule": rule_name,
        }
        if short_by := shortfall(value, values[0] if values else other):
            told["short_by"] = short_by
        return told

    return write
