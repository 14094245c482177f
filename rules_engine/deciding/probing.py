"""Made-up cases on which two matchers of the same rules must agree before either is believed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rules_engine.deciding.conditions import FactValues, kind_compared
from rules_engine.model.money import CENT, Money
from rules_engine.model.values import Kind, Missing, Span, Value
from rules_engine.rulebook.rules import Condition, Rule
from rules_engine.rulebook.vocabulary import Comparison, Fact

_BELOW = (Comparison.LESS_THAN, Comparison.BEFORE)
_ABOVE = (Comparison.MORE_THAN, Comparison.AFTER, Comparison.IS_NOT)
# a period's days do not count here, only its months do
_ANY_DAY = date(2000, 1, 1)


def probing_cases(rules: tuple[Rule, ...], facts: Mapping[str, Fact]) -> Iterator[FactValues]:
    """Give a case in which every fact is missing, and for each rule one made so that its conditions hold."""
    conditions = [condition for rule in rules for condition in rule.conditions]
    yield {condition.fact: Missing((condition.fact,)) for condition in conditions}
    common = _satisfying(tuple(reversed(conditions)), facts)
    for rule in rules:
        yield common | _satisfying(rule.conditions, facts)


def _satisfying(conditions: tuple[Condition, ...], facts: Mapping[str, Fact]) -> dict[str, Value | Missing]:
    """Satisfy each condition in turn; of two on one fact the later has its way, but words add up."""
    case: dict[str, Value | Missing] = {}
    for condition in conditions:
        value = _witness(condition, kind_compared(condition, facts))
        already = case.get(condition.fact)
        if isinstance(value, frozenset) and isinstance(already, frozenset):
            value = value | already
        case[condition.fact] = value
    return case


def _witness(condition: Condition, kind: Kind) -> Value:
    """Find a value one condition holds of, next to its edge where it has one."""
    literal: Any = condition.values[0]
    comparison = condition.comparison
    if kind is Kind.WORDS:
        return frozenset((literal,)) if comparison is Comparison.WITH else frozenset()
    if kind is Kind.WORD:
        none_of_them = comparison in (Comparison.IS_NOT, Comparison.NOT_ONE_OF)
        return "neither " + " nor ".join(map(str, condition.values)) if none_of_them else str(literal)
    if kind is Kind.MONTHS:
        completed = literal - 1 if comparison is Comparison.LESS_THAN else literal
        begun = literal + 1 if comparison is Comparison.MORE_THAN else literal
        return Span(completed, begun, _ANY_DAY, _ANY_DAY)
    moved: Value = _moved(literal, -1 if comparison in _BELOW else 1 if comparison in _ABOVE else 0)
    return moved


def _moved(literal: Any, steps: int) -> Any:
    """Move a literal by one step of its kind, staying on it at the end of the calendar."""
    if isinstance(literal, Money):
        return Money(literal.amount + steps * CENT, literal.currency)
    if isinstance(literal, date):
        return literal if literal in (date.min, date.max) else literal + timedelta(days=steps)
    if isinstance(literal, Decimal | Fraction) or (isinstance(literal, int) and not isinstance(literal, bool)):
        return literal + steps
    return literal
