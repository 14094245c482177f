"""Conditions and what was observed, in the words an operator reads in a near miss."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
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
    named = [_literal_in_words(fact, value) for value in condition.values]
    if condition.against:
        named = [", ".join((*named, f"the {condition.against}"))]
    if condition.comparison is Comparison.IS:
        return named[0]
    listed = " or ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    return f"{condition.comparison.value} {listed}"


def opposite_in_words(condition: Condition, fact: Fact) -> str:
    """Say what a condition rules out: `less than 6 months` gives `at least 6 months`."""
    if fact.kind is Kind.YES_NO:
        return _yes_or_no(not condition.values[0])
    return required_in_words(dataclasses.replace(condition, comparison=OPPOSITE[condition.comparison]), fact)


def observed_in_words(fact: Fact, value: Value | Missing) -> str:
    """Say what was found: `5 months and 30 days`, `$25,000`, `yes`, `2016-12-01`, or `not known`."""
    if isinstance(value, Missing):
        return "not known"
    if isinstance(value, Span):
        return _span_in_words(value)
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "none"
    return _literal_in_words(fact, value)


def short_by(condition: Condition, fact: Fact, value: Value | Missing) -> str:
    """Say by how much a threshold was missed, as the least change that would have met it: `1 day`, `$500`.

    Empty where there is no threshold or it is not known, where it was met, or where no least change can be named.
    """
    if condition.comparison not in _THRESHOLDS or holds(condition, value) is not False:
        return ""
    literal: Any = condition.values[0]
    observed: Any = value
    if isinstance(observed, Span):
        observed, literal = observed.end, add_months(observed.start, literal)
    more, less = (observed, literal) if condition.comparison in _UPPER else (literal, observed)
    distance = minus(more, less) if isinstance(more, Decimal) else more - less
    return _distance_in_words(fact, observed, distance, beyond=condition.comparison in _STRICT)


def _distance_in_words(fact: Fact, observed: Any, distance: Any, *, beyond: bool) -> str:
    if isinstance(observed, Money):
        return str(distance + Money.from_cents(int(beyond), distance.currency))
    if isinstance(observed, date):
        return _counted(distance.days + beyond, "day")
    if isinstance(observed, Decimal | Fraction):
        # between two fractions there is always another: on the edge itself no least change exists
        return _literal_in_words(fact, distance) if distance else ""
    return _literal_in_words(fact, distance + beyond)


def _literal_in_words(fact: Fact, value: Any) -> str:
    if fact.kind is Kind.YES_NO:
        return _yes_or_no(value)
    if fact.kind in _UNITS:
        return _counted(value, _UNITS[fact.kind])
    if fact.kind is Kind.PERCENT:
        return f"{value:f} per cent"
    return str(value)


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
