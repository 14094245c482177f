"""Business-day conventions: where a day moves that is not a business day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from rules_engine.dates.calendars import Calendar
from rules_engine.model.note_words import Convention


def adjust(day: date, convention: Convention, calendar: Calendar) -> date:
    """Move a day by its convention; a business day stays, and `none` moves nothing.

    Raise CalendarNotCovered for years the calendar is not known for.
    """
    return _MOVED[convention](day, calendar)


def _stay(day: date, calendar: Calendar) -> date:
    return day


def _following(day: date, calendar: Calendar) -> date:
    """Go to the next business day."""
    return calendar.on_or_after(day)


def _preceding(day: date, calendar: Calendar) -> date:
    """Go to the business day before."""
    return calendar.on_or_before(day)


def _modified_following(day: date, calendar: Calendar) -> date:
    """Go to the next business day, or to the one before where the next falls in another month."""
    moved = calendar.on_or_after(day)
    return moved if moved.month == day.month else calendar.on_or_before(day)


def _following_within_the_year(day: date, calendar: Calendar) -> date:
    """Go to the next business day, or to the one before where the next falls in the next calendar year."""
    moved = calendar.on_or_after(day)
    return moved if moved.year == day.year else calendar.on_or_before(day)


def _modified_preceding(day: date, calendar: Calendar) -> date:
    """Go to the business day before, or to the next where the one before falls in another month."""
    moved = calendar.on_or_before(day)
    return moved if moved.month == day.month else calendar.on_or_after(day)


_MOVED: Mapping[Convention, Callable[[date, Calendar], date]] = MappingProxyType(
    {
        Convention.NONE: _stay,
        Convention.FOLLOWING: _following,
        Convention.MODIFIED_FOLLOWING: _modified_following,
        Convention.FOLLOWING_WITHIN_THE_YEAR: _following_within_the_year,
        Convention.PRECEDING: _preceding,
        Convention.MODIFIED_PRECEDING: _modified_preceding,
    }
)
