"""Which rules match, for many cases at once: every condition a mask over its fact's column, unknown kept apart.

The masks are made of the typed conditions a rule set was read into, by the comparisons the plain matcher makes. It
defines what a rule means, and a test holds these masks to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules_engine.batch.days import Mask, Whole, number_of
from rules_engine.matching.comparing import Comparisons, Pair
from rules_engine.matching.conditions import COMPARED, literal_of
from rules_engine.model.money import Money
from rules_engine.model.values import Kind
from rules_engine.rulebook.rules import Condition, Rule
from rules_engine.rulebook.vocabulary import Comparison

NO, MATCHED, UNDETERMINED = range(3)
"""What becomes of a rule in one case."""

States = NDArray[np.uint8]

_BY_VALUE = frozenset({Kind.WORD, Kind.PERCENT, Kind.SHARE, Kind.TEXT})
"""Kinds of fact that a column numbers: a condition is held against each value once, and not against each row."""

_RULES_IN_A_WORD = 31
"""So many rules' states, two bits each, stand in one whole number that is not below nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactColumn:
    """One fact of many cases.

    `values` are cents, days, counts, yes or no, or numbers of `among`, by the fact's kind; of a list of words, one bit
    for each of `among`; of a period, the months completed, with those begun in `begun`. `missing` is nothing where the
    fact is known, else the place, from 1, in `fields` of the event fields it lacks; None where it is known throughout.
    """

    kind: Kind
    values: NDArray[Any]
    begun: Whole | None = None
    among: Sequence[Any] = ()
    missing: Whole | None = None
    fields: Sequence[tuple[str, ...]] = ()

    def taken(self, places: Whole) -> FactColumn:
        """Give the fact of some of the cases."""
        return FactColumn(
            kind=self.kind,
            values=self.values[places],
            begun=None if self.begun is None else self.begun[places],
            among=self.among,
            missing=None if self.missing is None else self.missing[places],
            fields=self.fields,
        )


Facts = Mapping[str, FactColumn]


def states_of(compared: Comparisons, facts: Facts, count: int) -> States:
    """Say of each rule, row by row, in how many of the cases it matches, does not, or cannot be told.

    `facts` are those the rules look at. A row of the answer is a rule, in the order of the file, and a column a case.
    """
    known: dict[str, FactColumn] = dict(facts)
    for name, pair in compared.pairs.items():
        known[name] = _number(pair, facts)
    rules = compared.rules.rules
    states = np.empty((len(rules), count), dtype="uint8")
    masks: dict[tuple[str, Comparison, Any], Mask] = {}
    for place, rule in enumerate(rules):
        states[place] = _state(rule, known, masks, count)
    return states


def _state(rule: Rule, facts: Facts, masks: dict[tuple[str, Comparison, Any], Mask], count: int) -> States:
    """Decide one rule: no condition is false, and then whether any is unknown."""
    stands: Mask = np.ones(count, dtype="bool")
    unknown: Mask | None = None
    for condition in rule.conditions:
        column = facts[condition.fact]
        key = (condition.fact, condition.comparison, condition.values)
        if key not in masks:
            masks[key] = held(condition, column)
        if column.missing is None:
            stands = stands & masks[key]
        else:
            lacking = column.missing != 0
            stands = stands & (masks[key] | lacking)
            unknown = lacking if unknown is None else unknown | lacking
    if unknown is None:
        return stands.astype("uint8")
    return np.where(stands, np.where(unknown, UNDETERMINED, MATCHED), NO).astype("uint8")


def held(condition: Condition, column: FactColumn) -> Mask:
    """Say in which cases a condition holds of a fact; of those in which the fact is missing it says nothing."""
    compared, literal = COMPARED[condition.comparison], literal_of(condition)
    if column.kind in _BY_VALUE:
        by_value = np.array([compared.holds(value, literal) for value in column.among] or [False], dtype="bool")
        return by_value[column.values]
    if column.kind is Kind.WORDS:
        has: Mask = np.zeros(len(column.values), dtype="bool")
        if literal in column.among:
            has = ((column.values >> column.among.index(literal)) & 1).astype("bool")
        return has if condition.comparison is Comparison.WITH else ~has
    values: Any = column.begun if compared.part == "begun" and column.begun is not None else column.values
    compare: Callable[[Any, Any], Any] = compared.holds
    found: Mask = compare(values, _as_number(literal))
    return found


def _as_number(literal: Any) -> Any:
    if isinstance(literal, Money):
        return literal.cents
    return number_of(literal) if isinstance(literal, date) else literal


def _number(pair: Pair, facts: Facts) -> FactColumn:
    """Say of two facts which is more; it is missing what either of them is."""
    one, other = facts[pair.fact], facts[pair.against]
    first, second = one.values, other.values
    if one.kind in _BY_VALUE:
        first, second = _ranks(one, other)
    sign = np.sign(first - second)
    missing, fields = _either(one, other)
    return FactColumn(kind=Kind.NUMBER, values=sign, missing=missing, fields=fields)


def _ranks(one: FactColumn, other: FactColumn) -> tuple[Whole, Whole]:
    """Number the values of two facts so that the greater one has the greater number."""
    order = {value: rank for rank, value in enumerate(sorted({*one.among, *other.among}))}
    ranks = [np.array([order[value] for value in each.among] or [0], dtype="int64") for each in (one, other)]
    return ranks[0][one.values], ranks[1][other.values]


def _either(one: FactColumn, other: FactColumn) -> tuple[Whole | None, Sequence[tuple[str, ...]]]:
    if one.missing is None or other.missing is None:
        lacking = other if one.missing is None else one
        return lacking.missing, lacking.fields
    wide = len(other.fields) + 1
    fields = [tuple(dict.fromkeys((*first, *second))) for first in ((), *one.fields) for second in ((), *other.fields)]
    return one.missing * wide + other.missing, fields[1:]


def patterns(states: States, also: Sequence[Whole]) -> tuple[Whole, Whole]:
    """Number the cases by what their rules come to, and by what else is given of them.

    Gives the number of each case, and for each number a case that has it. Numbers given are not below nothing.
    """
    found = np.zeros(states.shape[1], dtype="int64")
    most = 1
    for begin in range(0, len(states), _RULES_IN_A_WORD):
        word = np.zeros(states.shape[1], dtype="int64")
        for row in states[begin : begin + _RULES_IN_A_WORD]:
            word <<= 2
            word |= row
        found, most = _together(found, most, word)
    for numbers in also:
        found, most = _together(found, most, numbers)
    _, first, places = np.unique(found, return_index=True, return_inverse=True)
    return places, first


def _together(found: Whole, most: int, numbers: Whole) -> tuple[Whole, int]:
    """Make one number of two, small again."""
    values, places = np.unique(numbers, return_inverse=True)
    if len(values) == 1:
        return found, most
    if most == 1:
        return places, len(values)
    values, together = np.unique(found * len(values) + places, return_inverse=True)
    return together, len(values)
