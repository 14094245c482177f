"""A maturity printed after it was moved: the interest date it was scheduled for."""

from __future__ import annotations

from datetime import date

from rules_engine.dates.calendars import Calendar
from rules_engine.dates.conventions import adjust
from rules_engine.dates.rolls import RollGrid
from rules_engine.model.note_words import Convention


def scheduled_maturity(
    printed: date, *, last_regular_date: date, grid: RollGrid, convention: Convention, calendar: Calendar
) -> date:
    """Give the interest date that a printed maturity was moved from; the printed day where it was not moved.

    `grid` holds the interest dates and `last_regular_date`, the last of them that is given. It, or the
    one after it, is the day scheduled if it is closed and the convention for maturity moves it to the
    printed day: then nothing but closed days lies between the two. A last period that ends on any other
    day stays as printed. A day that the calendar is not known for was not moved; raise
    CalendarNotCovered where the move itself would leave the years it is known for.
    """
    if printed == last_regular_date:
        return printed
    for day in (last_regular_date, grid.date_after(last_regular_date)):
        if day != printed and calendar.covers(day) and adjust(day, convention, calendar) == printed:
            return day
    return printed
