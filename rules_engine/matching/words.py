"""Conditions and what was observed, in the words an operator reads in a near miss."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from rules_engine.dates.months import add_months
from rules_engine.matching.conditions import holds
from rules_engine.model.exact import minus
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing, Span, Value
from rules_engine.rulebook.rules import Condition
from rules_engine.rulebook.vocabulary import Comparison, Fact

_OPPOSITES = (
    (Comparison.IS, Comparison.IS_NOT),
    (Comparison.LESS_THAN, Comparison.AT_LEAST),
    (Comparison.AT_MOST, Comparison.MORE_THAN),
    (Comparison.BEFORE, Comparison.ON_OR_AFTER),
    (Comparison.ON_OR_BEFORE, Comparison.AFTER),
    (Comparison.ONE_OF, Comparison.NOT_ONE_OF),
    (Comparison.WITH, Comparison.WITHOUT),
)
OPPOSITE: Mapping[Comparison, Comparison] = MappingProxyType(
    {**dict(_OPPOSITES), **{second: first for first, second in _OPPOSITES}}
)
"""The comparison that holds of a known value exactly when the other does not."""

_UNITS: Mapping[Kind, str] = MappingProxyType(
    {Kind.MONTHS: "month", Kind.DAYS: "day", Kind.BUSINESS_DAYS: "business day"}
)

# Comparisons a value on the edge does not satisfy: to hold, it has to go one step further.
_STRICT = (Comparison.LESS_THAN, Comparison.MORE_THAN, Comparison.BEFORE, Comparison.AFTER)
_UPPER = (Comparison.LESS_THAN, Comparison.AT_MOST, Comparison.BEFORE, Comparison.ON_OR_BEFORE)
_LOWER = (Comparison.MORE_THAN, Comparison.AT_LEAST, Comparison.AFTER, Comparison.ON_OR_AFTER)
_THRESHOLDS = _UPPER + _LOWER


def required_in_words(condition: Condition, fact: Fact) -> str:
    """Say what a condition asks of its fact: `at least 6 months`, `before 2016-12-01`, `with tax waiver`.

    Of a condition on another fact: `at least 30 days, the days of notice needed`, where its value is given.
    """
    if condition.against:
        return required_beside(condition, fact)(*condition.values)
    named = [_literal_in_words(fact, value) for value in condition.values]
    if condition.comparison is Comparison.IS:
        return named[0]
    listed = " or ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    return f"{condition.comparison.value} {listed}"


def required_beside(condition: Condition, fact: Fact) -> Callable[..., str]:
    """Give what says the same of a condition on another fact, by that fact's value or, not known, by none."""
    comparison = "" if condition.comparison is Comparison.IS else f"{condition.comparison.value} "
    other, in_words = f"the {condition.against}", _literal_by(fact)
    return lambda *value: f"{comparison}{', '.join((*map(in_words, value), other))}"


def opposite_in_words(condition: Condition, fact: Fact) -> str:
    """Say what a condition rules out: `less than 6 months` gives `at least 6 months`."""
    if fact.kind is Kind.YES_NO:
        return _yes_or_no(not condition.values[0])
    return required_in_words(dataclasses.replace(condition, comparison=OPPOSITE[condition.comparison]), fact)


def observed_in_words(fact: Fact, value: Value | Missing) -> str:
    """Say what was found: `5 months and 30 days`, `$25,000`, `yes`, `2016-12-01`, or `not known`."""
    return "not known" if isinstance(value, Missing) else observed_by(fact)(value)


def observed_by(fact: Fact) -> Callable[[Any], str]:
    """Give what says the same of a known value."""
    if fact.kind is Kind.MONTHS:
        return _span_in_words
    if fact.kind is Kind.WORDS:
        return _words_in_order
    return _literal_by(fact)


def _words_in_order(words: frozenset[str]) -> str:
    return ", ".join(sorted(words)) or "none"


def short_by(condition: Condition, fact: Fact, value: Value | Missing) -> str:
    """Say by how much a threshold was missed, as the least change that would have met it: `1 day`, `$500`.

    Empty where there is no threshold or it is not known, where it was met, or where no least change can be named.
    """
    if isinstance(value, Missing) or holds(condition, value):
        return ""
    return shortfall_of(condition, fact)(value)


def shortfall_of(condition: Condition, fact: Fact) -> Callable[[Any], str]:
    """Give what says the same of a known value that does not meet a condition."""
    shortfall, (literal, *_) = shortfall_beside(condition.comparison, fact), condition.values
    return lambda value: shortfall(value, literal)


def shortfall_beside(comparison: Comparison, fact: Fact) -> Callable[[Any, Any], str]:
    """Give what says by how much a value misses another one that it is compared with."""
    if comparison not in _THRESHOLDS:
        return _no_shortfall
    sign = 1 if comparison in _UPPER else -1
    beyond = int(comparison in _STRICT)
    if fact.kind is Kind.MONTHS:
        return lambda span, months: _counted(sign * (span.end - add_months(span.start, months)).days + beyond, "day")
    if fact.kind is Kind.DATE:
        return lambda day, other: _counted(sign * (day - other).days + beyond, "day")
    if fact.kind is Kind.MONEY:
        return lambda money, other: str(Money.from_cents(sign * (money.cents - other.cents) + beyond, money.currency))
    if fact.kind in (Kind.PERCENT, Kind.SHARE):
        return lambda number, other: _distance_in_words(fact, number, other, upper=sign == 1)
    in_words = _literal_by(fact)
    return lambda count, other: in_words(sign * (count - other) + beyond)


def _no_shortfall(_: object, __: object) -> str:
    return ""


def _distance_in_words(fact: Fact, observed: Any, literal: Any, *, upper: bool) -> str:
    """Say how far apart two fractions are; between two there is always another, so on the edge there is no least."""
    more, less = (observed, literal) if upper else (literal, observed)
    distance = minus(more, less) if isinstance(more, Decimal) else more - less
    return _literal_in_words(fact, distance) if distance else ""


def _literal_in_words(fact: Fact, value: Any) -> str:
    return _literal_by(fact)(value)


def _literal_by(fact: Fact) -> Callable[[Any], str]:
    if fact.kind is Kind.YES_NO:
        return _yes_or_no
    if fact.kind is Kind.PERCENT:
        return lambda value: f"{value:f} per cent"
    unit = _UNITS.get(fact.kind)
    return str if unit is None else lambda count: _counted(count, unit)


def _span_in_words(span: Span) -> str:
    if span.end < span.start:
        return f"{_counted((span.start - span.end).days, 'day')} before {span.start}"
    months = span.completed
    days = (span.end - add_months(span.start, months)).days
    told = [_counted(count, unit) for count, unit in ((months, "month"), (days, "day")) if count]
    return " and ".join(told) or "0 days"


def _yes_or_no(value: object) -> str:
    return "yes" if value else "no"


def _counted(count: int, unit: str) -> str:
    return f"{count:,} {unit}" if count == 1 else f"{count:,} {unit}s"
