"""Day counts in columns: the days between two dates, and the part of a year they are, as a whole fraction."""

from __future__ import annotations

import numpy as np

from rules_engine.batch.days import Days, Mask, Whole, day_of, day_of_month, month_length, month_of, roll_date
from rules_engine.dates import day_counts
from rules_engine.dates.rolls import RollGrid
from rules_engine.model.note_words import DayCount

DAYS_OF_A_YEAR = {
    DayCount.THIRTY_360: 360,
    DayCount.THIRTY_US_360: 360,
    DayCount.ACTUAL_360: 360,
    DayCount.ACTUAL_365_FIXED: 365,
}


def days_between(day_count: DayCount, start: Days, end: Days) -> Whole:
    """Count the days from each start, included, to each end, excluded, as a day count counts them."""
    if day_count not in (DayCount.THIRTY_360, DayCount.THIRTY_US_360):
        return end - start
    start_months, end_months = month_of(start), month_of(end)
    first, last = day_of_month(start), day_of_month(end)
    if day_count is DayCount.THIRTY_360:
        first = np.minimum(first, 30)
        last = np.where((last == 31) & (first == 30), 30, last)
    else:
        first_ends = _is_end_of_february(start, start_months)
        last = np.where(first_ends & _is_end_of_february(end, end_months), 30, last)
        first = np.where(first_ends, 30, first)
        last = np.where((last == 31) & (first >= 30), 30, last)
        first = np.minimum(first, 30)
    return (end_months - start_months) * 30 + last - first


def _is_end_of_february(days: Days, months: Whole) -> Mask:
    found: Mask = (months % 12 == 1) & (day_of_month(days) == month_length(months))
    return found


def year_fractions_icma(
    start: Days, end: Days, *, through: Days, months: Whole, roll_days: Whole
) -> tuple[Whole, Whole]:
    """Give the parts of a year by ICMA rule 251 as numerators and denominators; the grid stands beside each period.

    `through` is a day in the month of which the grid has one of its dates, so many `months` apart. A period that lies
    within one step of its grid, as nearly all do, is worked out in columns; every other one by the definition.
    """
    steps = -((month_of(through) - month_of(start)) // months)
    through_months = month_of(through)
    after = roll_date(through_months + steps * months, roll_days)
    steps = np.where(after > start, steps, steps + 1)
    after = roll_date(through_months + steps * months, roll_days)
    before = roll_date(through_months + (steps - 1) * months, roll_days)
    numerators = (end - start) * months
    denominators = (after - before) * 12
    for place in np.flatnonzero((end > after) | (before > start)):
        grid = RollGrid(months=int(months[place]), roll_day=int(roll_days[place]), through=day_of(through[place]))
        part = day_counts.year_fraction(
            DayCount.ACTUAL_ACTUAL_ICMA, day_of(start[place]), day_of(end[place]), reference=grid
        )
        numerators[place], denominators[place] = part.numerator, part.denominator
    return numerators, denominators
