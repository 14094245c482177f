"""Business-day conventions: where a day moves that is not a business day."""

from __future__ import annotations

from datetime import date

from rules_engine.dates.calendars import Calendar

CONVENTIONS = ("none", "following", "modified following", "preceding", "modified preceding")


def adjust(day: date, convention: str, calendar: Calendar) -> date:
    """Move a day by its convention; a business day stays, and `none` moves nothing.

    `following` goes to the next business day, `preceding` to the one before; either, when
    `modified`, turns back where it would leave the month. Raise ValueError for an unknown
    convention, and CalendarNotCovered for years the calendar is not known for.
    """
    if convention not in CONVENTIONS:
        raise ValueError(f"`{convention}` is not a business-day convention: {', '.join(CONVENTIONS)}")
    if convention == "none":
        return day
    onwards, backwards = calendar.on_or_after, calendar.on_or_before
    if convention.endswith("preceding"):
        onwards, backwards = backwards, onwards
    moved = onwards(day)
    if convention.startswith("modified") and moved.month != day.month:
        return backwards(day)
    return moved
