"""Record dates: who holds a note on this day gets the interest that falls due after it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rules_engine.dates.calendars import ONE_DAY, Calendar
from rules_engine.dates.months import day_of_the_year

FIRST_OF_THE_MONTH = "first of the month"

_BEFORE = re.compile(r"(\d+) (business )?days? before", re.ASCII)


def record_date(written: str, due_on: date, calendar: Calendar) -> date:
    """Find the record date for interest scheduled for a day, before any move for a holiday.

    `written` is `15 days before` (calendar days), `1 business day before`, `first of the month` (the
    month the interest is scheduled in), or days of the year, `1 March and 1 September`: the last of
    them that comes before the interest date. A record date need not be a business day itself.
    """
    if written == FIRST_OF_THE_MONTH:
        return due_on.replace(day=1)
    if counted := _BEFORE.fullmatch(written):
        days = int(counted[1])
        if counted[2]:
            return calendar.add_business_days(due_on, -days)
        return due_on - timedelta(days=days)
    yearly = written.split(" and ")
    found = (day_of_the_year(text, year) for text in yearly for year in (due_on.year - 1, due_on.year))
    return max(day for day in found if day < due_on)


def is_counted_before(written: str) -> bool:
    """Tell whether a text counts days, or business days, back from the interest date: at least one, at most a year."""
    counted = _BEFORE.fullmatch(written)
    return counted is not None and timedelta(0) < int(counted[1]) * ONE_DAY <= 366 * ONE_DAY
