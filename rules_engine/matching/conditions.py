"""One condition of a rule: what it compares, and whether it holds of a value."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple

from rules_engine.errors import RulesEngineError
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing, Span, Value
from rules_engine.rulebook.rules import Condition
from rules_engine.rulebook.vocabulary import COMPARISONS_FOR, Comparison, Fact

FactValues = Mapping[str, Value | Missing]
"""What is known of a case: each fact's value, or what is missing to work it out."""


class WrongKind(RulesEngineError):
    """A fact was worked out as another kind of value than the vocabulary says; the case cannot be decided."""


class Compared(NamedTuple):
    """How a comparison is made: the part of a period it reads, its sign, and what the sign does."""

    part: str
    sign: str
    holds: Callable[[Any, Any], bool]


def _in(value: Any, among: Any) -> bool:
    return value in among


def _not_in(value: Any, among: Any) -> bool:
    return value not in among


def _contains_not(words: Any, word: Any) -> bool:
    return word not in words


COMPARED: Mapping[Comparison, Compared] = MappingProxyType(
    {
        Comparison.IS: Compared("", "{v} == {c}", operator.eq),
        Comparison.IS_NOT: Compared("", "{v} != {c}", operator.ne),
        Comparison.LESS_THAN: Compared("completed", "{v} < {c}", operator.lt),
        Comparison.AT_LEAST: Compared("completed", "{v} >= {c}", operator.ge),
        Comparison.MORE_THAN: Compared("begun", "{v} > {c}", operator.gt),
        Comparison.AT_MOST: Compared("begun", "{v} <= {c}", operator.le),
        Comparison.BEFORE: Compared("", "{v} < {c}", operator.lt),
        Comparison.ON_OR_BEFORE: Compared("", "{v} <= {c}", operator.le),
        Comparison.AFTER: Compared("", "{v} > {c}", operator.gt),
        Comparison.ON_OR_AFTER: Compared("", "{v} >= {c}", operator.ge),
        Comparison.ONE_OF: Compared("", "{v} in {c}", _in),
        Comparison.NOT_ONE_OF: Compared("", "{v} not in {c}", _not_in),
        Comparison.WITH: Compared("", "{c} in {v}", operator.contains),
        Comparison.WITHOUT: Compared("", "{c} not in {v}", _contains_not),
    }
)
"""Each comparison once, for the generated function and for a single condition alike."""

HELD_AS: Mapping[Kind, type[Any]] = MappingProxyType(
    {
        Kind.YES_NO: bool,
        Kind.WORD: str,
        Kind.WORDS: frozenset,
        Kind.MONEY: Money,
        Kind.MONTHS: Span,
        Kind.DAYS: int,
        Kind.BUSINESS_DAYS: int,
        Kind.DATE: date,
        Kind.PERCENT: Decimal,
        Kind.NUMBER: int,
        Kind.SHARE: Fraction,
        Kind.TEXT: str,
        Kind.DAY_OF_THE_YEAR: str,
        Kind.RECORD_DATE: str,
    }
)
"""Exactly what a known fact of each kind is held as; a bool is no number, a datetime no date."""


LISTED = (Comparison.ONE_OF, Comparison.NOT_ONE_OF)
"""The comparisons that hold a fact against several values; all others have exactly one."""


def literal_of(condition: Condition) -> Any:
    """Give what a condition holds its fact against: one value, or the list it may be one of."""
    if condition.comparison in LISTED:
        return frozenset(condition.values)
    return condition.values[0]


class Ready(NamedTuple):
    """A condition made ready to be held against one value after another."""

    condition: Condition
    part: str
    compare: Callable[[Any, Any], bool]
    literal: Any

    def holds(self, value: Value | Missing) -> bool | None:
        """Say whether the condition holds of a value; None when the value is missing."""
        if isinstance(value, Missing):
            return None
        observed = getattr(value, self.part) if isinstance(value, Span) else value
        return self.compare(observed, self.literal)


def ready(condition: Condition) -> Ready:
    """Make a condition ready."""
    compared = COMPARED[condition.comparison]
    return Ready(condition, compared.part, compared.holds, literal_of(condition))


def holds(condition: Condition, value: Value | Missing) -> bool | None:
    """Say whether one condition holds of a value; None when the value, or what it is held against, is missing."""
    return ready(condition).holds(value) if condition.values else None


def kind_compared(condition: Condition, facts: Mapping[str, Fact]) -> Kind:
    """Find the kind of value a condition compares; raise ValueError when it cannot be compared so."""
    fact = facts.get(condition.fact)
    if fact is None:
        raise ValueError(f"unknown fact `{condition.fact}`")
    if condition.comparison not in COMPARISONS_FOR[fact.kind]:
        raise ValueError(f"`{fact.name}` cannot be compared with `{condition.comparison.value}`")
    if not condition.values or (len(condition.values) > 1 and condition.comparison not in LISTED):
        raise ValueError(f"`{fact.name}` is compared with {len(condition.values)} values")
    written_as = _LITERALS.get(fact.kind, HELD_AS[fact.kind])
    if any(type(value) is not written_as for value in condition.values):
        raise ValueError(f"`{fact.name}` is compared with a value that is not of its kind, {fact.kind.value}")
    return fact.kind


_LITERALS: Mapping[Kind, type[Any]] = MappingProxyType({Kind.MONTHS: int, Kind.WORDS: str})
