"""Whole months by corresponding dates: the same day of another month, or its last day if it is shorter."""

from __future__ import annotations

import calendar
import functools
from datetime import date

from rules_engine.model.values import Span

_IN_EVERY_MONTH = 28
_YEARS = date.max.year + 1
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""The months by name, in order."""


@functools.cache
def day_of_the_year(text: str, year: int) -> date:
    """Give the day that `31 December` names in a year; raise ValueError for a text that names none.

    >>> day_of_the_year("30 September", 2016)
    datetime.date(2016, 9, 30)
    """
    day, _, month = text.partition(" ")
    return date(year, MONTHS.index(month) + 1, int(day))


def month_length(year: int, month: int) -> int:
    """Count the days of a month."""
    return 29 if month == 2 and calendar.isleap(year) else _LENGTHS[month - 1]


def add_months(day: date, months: int) -> date:
    """Find the corresponding date so many months later, or earlier where `months` is negative.

    31 Aug plus six is 28 Feb (29 in a leap year), there being no 31 Feb. Raise ValueError where the
    year would fall outside 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= _IN_EVERY_MONTH and 0 < year < _YEARS:
        return date(year, month + 1, day.day)
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f"{months} months from {day} lies outside the years 1 to 9999")
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def months_between(start: date, end: date) -> Span:
    """Count whole months by corresponding dates; 31 Aug to 28 Feb is six, there being no 31 Feb.

    Completed is the largest n with `add_months(start, n) <= end`; begun is the smallest n with
    `add_months(start, n) >= end`. They are equal on a corresponding date and one apart on every
    other day. Where `end` comes before `start` both follow the same words and are zero or less:
    the day before `start` has completed -1 and begun 0.
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    corresponding = min(start.day, month_length(end.year, end.month))
    completed = months if corresponding <= end.day else months - 1
    begun = months if corresponding >= end.day else months + 1
    return Span(completed, begun, start, end)
