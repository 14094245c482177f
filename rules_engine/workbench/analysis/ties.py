"""Facts that are tied by the days they are counted between: which boxes no three days can reach.

With the `z3-solver` of the extra `analysis` this is settled for every day there is: months are encoded as they are
counted, by corresponding dates and the lengths of months. Without it likely days are tried, which finds days for
nearly every box that has some, and proves nothing of one that has none.
"""

from __future__ import annotations

import calendar
import importlib
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import ModuleType
from typing import Any

from rules_engine.dates.months import add_months, months_between
from rules_engine.matching.conditions import ready
from rules_engine.model.values import Span
from rules_engine.rulebook.rules import Condition
from rules_engine.rulebook.vocabulary import Comparison
from rules_engine.workbench.analysis.cells import Axis, Box

ONE_DAY = timedelta(days=1)
_FIRST_YEAR_BEFORE, _YEARS_AFTER = 12, 3
_MILLISECONDS = 4_000


@dataclass(frozen=True, slots=True)
class Days:
    """The three days of a request: received, of death, and acquired."""

    received: date
    death: date
    acquired: date


@dataclass(frozen=True, slots=True)
class Life:
    """The days of a note that requests are held against."""

    issued: date
    accrues_from: date
    maturity: date


PERIODS: Mapping[str, tuple[str, str]] = {
    "months held": ("acquired", "received"),
    "months held at death": ("acquired", "death"),
    "months since death": ("death", "received"),
    "months from issue to request": ("issued", "received"),
}
"""Periods in months, by the days they are counted between."""

DAYS: Mapping[str, str] = {
    "day of receipt": "received",
    "day of death": "death",
    "day acquired": "acquired",
    "day of issue": "accrues_from",
}
"""Facts that are one of the days."""

DAYS_SINCE_DEATH, MATURED = "days since death", "note has matured"
TIED = frozenset({*PERIODS, *DAYS, DAYS_SINCE_DEATH, MATURED})
"""Facts that follow from the three days and the note's."""


def facts_of(days: Days, life: Life) -> dict[str, Any]:
    """Work out what follows from three days."""
    at = {**_fields(days), **_fields(life)}
    facts: dict[str, Any] = {name: months_between(at[start], at[end]) for name, (start, end) in PERIODS.items()}
    facts |= {name: at[day] for name, day in DAYS.items()}
    facts[DAYS_SINCE_DEATH] = (days.received - days.death).days
    facts[MATURED] = days.received >= life.maturity
    return facts


def _fields(of: Days | Life) -> dict[str, date]:
    return {name: getattr(of, name) for name in of.__slots__}


def holds(box: Box, facts: Mapping[str, Any]) -> bool:
    """Tell whether known facts lie in a box, as far as it is about them."""
    for axis, cells in box.items():
        if axis.fact not in facts:
            continue
        if axis.against:
            if axis.against in facts:
                one, other = facts[axis.fact], facts[axis.against]
                if (0 if one < other else 1 if one == other else 2) not in cells:
                    return False
        elif axis.cell_of(facts[axis.fact]) not in cells:
            return False
    return True


def days_for(box: Box, life: Life) -> tuple[Days | None, bool]:
    """Find three days that a box can have, and say whether it is certain where there are none."""
    tied = {axis: cells for axis, cells in box.items() if axis.fact in TIED}
    found = next((days for days in _likely(tied, life) if holds(tied, facts_of(days, life))), None)
    if found or not tied:
        return found, True
    if (z3 := solver()) is None:
        return None, False
    return _solved(z3, tied, life)


@cache
def solver() -> ModuleType | None:
    """Give the solver, where the extra `analysis` is installed."""
    try:
        return importlib.import_module("z3")
    except ImportError:
        return None


def _likely(tied: Box, life: Life) -> Iterator[Days]:
    """Give days around the figures that a box is about, those in order first."""
    months = {cell.completed for axis in tied for cell in axis.cells if isinstance(cell, Span)}
    spans = sorted({0, 2, 14, *(each + step for each in months for step in (-1, 0, 1) if each + step >= 0)})
    middle = min(add_months(life.issued, 14), life.maturity - 40 * ONE_DAY)
    received = [middle, max(middle, life.issued), life.maturity - ONE_DAY, life.maturity, life.maturity + 10 * ONE_DAY]
    received += [add_months(life.issued, each) + step for each in spans[:6] for step in (-ONE_DAY, ONE_DAY)]
    for day in received:
        before = [day - 20 * ONE_DAY, day, day + 5 * ONE_DAY]
        before += [add_months(day, -each) + step * ONE_DAY for each in spans for step in (0, -1, 1)]
        acquired = [life.accrues_from, life.accrues_from - ONE_DAY, *before]
        yield from (Days(day, death, own) for death, own in itertools.product(before, acquired))


def _solved(z3: Any, tied: Box, life: Life) -> tuple[Days | None, bool]:
    """Ask the solver; where it gives up, nothing is certain."""
    given = z3.Solver()
    given.set("timeout", _MILLISECONDS)
    at = {name: _fixed(z3, day) for name, day in _fields(life).items()}
    first, last = life.issued.year - _FIRST_YEAR_BEFORE, life.maturity.year + _YEARS_AFTER
    for name in ("received", "death", "acquired"):
        at[name] = _unknown(z3, name, given, first, last)
    for axis, cells in tied.items():
        given.add(z3.Or([_in_cell(z3, axis, cell, at) for cell in sorted(cells)]))
    answer = given.check()
    if answer == z3.sat:
        model = given.model()
        days = {name: _day(model, at[name]) for name in ("received", "death", "acquired")}
        return Days(**days), True
    return None, bool(answer == z3.unsat)


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as the solver has it: months since year 0, day of the month, the month's length, and the ordinal."""

    month: Any
    day: Any
    length: Any
    ordinal: Any


def _fixed(z3: Any, day: date) -> _Day:
    length = calendar.monthrange(day.year, day.month)[1]
    return _Day(*map(z3.IntVal, (day.year * 12 + day.month - 1, day.day, length, day.toordinal())))


def _unknown(z3: Any, name: str, given: Any, first: int, last: int) -> _Day:
    found = _Day(*(z3.Int(f"{name} {part}") for part in ("month", "day", "length", "ordinal")))
    months = []
    for year, month in itertools.product(range(first, last + 1), range(1, 13)):
        length, start = calendar.monthrange(year, month)[1], date(year, month, 1).toordinal()
        months.append(
            z3.And(
                found.month == year * 12 + month - 1,
                found.length == length,
                found.ordinal == start - 1 + found.day,
            )
        )
    given.add(z3.Or(months), found.day >= 1, found.day <= found.length)
    return found


def _day(model: Any, day: _Day) -> date:
    return date.fromordinal(model.eval(day.ordinal, model_completion=True).as_long())


def _months(z3: Any, start: _Day, end: _Day) -> tuple[Any, Any]:
    """Encode months completed and begun, by corresponding dates."""
    months = end.month - start.month
    corresponding = z3.If(start.day < end.length, start.day, end.length)
    completed = z3.If(corresponding <= end.day, months, months - 1)
    begun = z3.If(corresponding >= end.day, months, months + 1)
    return completed, begun


def _in_cell(z3: Any, axis: Axis, cell: int, at: Mapping[str, _Day]) -> Any:
    """Encode that a fact lies in a cell: each test on it comes out as it does on the cell's sample."""
    if axis.against:
        one, other = at[DAYS[axis.fact]].ordinal, at[DAYS[axis.against]].ordinal
        return (one < other, one == other, one > other)[cell]
    if axis.fact == MATURED:
        has_come = at["received"].ordinal >= at["maturity"].ordinal
        return has_come if axis.cells[cell] else z3.Not(has_come)
    if axis.fact in PERIODS:
        start, end = (at[name] for name in PERIODS[axis.fact])
        completed, begun = _months(z3, start, end)
    elif axis.fact == DAYS_SINCE_DEATH:
        completed = begun = at["received"].ordinal - at["death"].ordinal
    else:
        completed = begun = at[DAYS[axis.fact]].ordinal
    said = []
    for test in axis.tests:
        figure = test.values[0].toordinal() if isinstance(test.values[0], date) else test.values[0]
        counted = begun if test.comparison in (Comparison.MORE_THAN, Comparison.AT_MOST) else completed
        outcome = _SIGNS[test.comparison](counted, figure)
        came_out = _holds(test, axis.cells[cell])
        said.append(outcome if came_out else z3.Not(outcome))
    return z3.And(said)


def _holds(test: Condition, sample: Any) -> bool:
    return ready(test).holds(sample) is True


_SIGNS: Mapping[Comparison, Callable[[Any, Any], Any]] = {
    Comparison.IS: lambda one, other: one == other,
    Comparison.IS_NOT: lambda one, other: one != other,
    Comparison.LESS_THAN: lambda one, other: one < other,
    Comparison.BEFORE: lambda one, other: one < other,
    Comparison.AT_MOST: lambda one, other: one <= other,
    Comparison.ON_OR_BEFORE: lambda one, other: one <= other,
    Comparison.MORE_THAN: lambda one, other: one > other,
    Comparison.AFTER: lambda one, other: one > other,
    Comparison.AT_LEAST: lambda one, other: one >= other,
    Comparison.ON_OR_AFTER: lambda one, other: one >= other,
}
