"""Days in columns: whole numbers counted from 1970-01-01, with the calendar's arithmetic on them.

Everything here says the same as its namesake in `dates/`, for many days at once; tests hold the two together. Days lie
from 1850 to 2259: what is read as a day of an event or a note always does.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules_engine.dates.calendars import Calendar
from rules_engine.model.note_words import Convention

Days = NDArray[Any]
Whole = NDArray[Any]
Mask = NDArray[Any]
"""Columns of days, of whole numbers (both `int64`) and of yes and no (`bool`)."""

EPOCH = date(1970, 1, 1).toordinal()
FIRST_YEAR, LAST_YEAR = 1850, 2259
FIRST_DAY = date(FIRST_YEAR, 1, 1).toordinal() - EPOCH
DAYS_IN_ALL = date(LAST_YEAR, 12, 31).toordinal() - EPOCH - FIRST_DAY + 1
FIRST_MONTH = (FIRST_YEAR - 1970) * 12

NOT_COVERED = -(2**31)
"""Stands where a calendar does not say to which day another moves."""

_EVERY_DAY = np.arange(FIRST_DAY, FIRST_DAY + DAYS_IN_ALL, dtype="int64").view("M8[D]")
_MONTH_OF = _EVERY_DAY.astype("M8[M]").astype("int64")
_MONTHS = np.arange(FIRST_MONTH, (LAST_YEAR + 1 - 1970) * 12 + 1, dtype="int64").view("M8[M]")
_MONTH_STARTS = _MONTHS.astype("M8[D]").astype("int64")
_MONTH_LENGTHS = np.diff(_MONTH_STARTS)
_DAY_OF_MONTH = _EVERY_DAY.astype("int64") - _MONTH_STARTS[_MONTH_OF - FIRST_MONTH] + 1


def number_of(day: date) -> int:
    """Give a day as the number that stands for it in a column."""
    return day.toordinal() - EPOCH


def day_of(number: int) -> date:
    """Give the day that a number of a column stands for."""
    return date.fromordinal(int(number) + EPOCH)


def month_of(days: Days) -> Whole:
    """Give the month of each day, counted from January 1970."""
    found: Whole = _MONTH_OF[days - FIRST_DAY]
    return found


def year_of(days: Days) -> Whole:
    """Give the calendar year of each day."""
    return month_of(days) // 12 + 1970


def day_of_month(days: Days) -> Whole:
    """Give the day of the month of each day, from 1."""
    found: Whole = _DAY_OF_MONTH[days - FIRST_DAY]
    return found


def month_start(months: Whole) -> Days:
    """Give the first day of each month."""
    found: Days = _MONTH_STARTS[months - FIRST_MONTH]
    return found


def month_length(months: Whole) -> Whole:
    """Count the days of each month."""
    found: Whole = _MONTH_LENGTHS[months - FIRST_MONTH]
    return found


def roll_date(months: Whole, roll_days: Whole) -> Days:
    """Find the roll day of each month, or its last day where it is shorter or the roll day is 0."""
    lengths = month_length(months)
    return month_start(months) + np.where(roll_days == 0, lengths, np.minimum(roll_days, lengths)) - 1


def months_between(start: Days, end: Days) -> tuple[Whole, Whole]:
    """Count whole months by corresponding dates: those completed, and those begun."""
    end_months, end_days = month_of(end), day_of_month(end)
    months = end_months - month_of(start)
    corresponding = np.minimum(day_of_month(start), month_length(end_months))
    return months - (corresponding > end_days), months + (corresponding < end_days)


def used(numbers: Whole) -> Whole:
    """List the numbers that a column holds, each once; small ones, none below nothing."""
    return np.flatnonzero(np.bincount(numbers))


class BusinessDays:
    """One calendar's business days, looked up by day: the next one, the one before, and so many before."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.first = number_of(date(calendar.first_year, 1, 1))
        self._last = number_of(date(calendar.last_year, 12, 31))
        every = np.arange(self.first, self._last + 1, dtype="int64")
        is_open = (every + 3) % 7 < 5  # 1970-01-01 was a Thursday
        closed = np.fromiter((number_of(day) for day in calendar.closed), dtype="int64", count=len(calendar.closed))
        is_open[closed - self.first] = False
        self._is_open = is_open
        self._open = every[is_open]
        following = np.where(is_open, every, 2**31)
        self.following = np.minimum.accumulate(following[::-1])[::-1]
        self.following[self.following == 2**31] = NOT_COVERED
        self._preceding = np.maximum.accumulate(np.where(is_open, every, NOT_COVERED))

    def covers(self, days: Days) -> Mask:
        """Tell of each day whether the calendar is known for its year."""
        covered: Mask = (days >= self.first) & (days <= self._last)
        return covered

    def is_business_day(self, days: Days) -> Mask:
        """Tell of each day whether it is a business day; of a day that is not covered it is not known, and no."""
        covered = self.covers(days)
        found: Mask = self._is_open[np.where(covered, days - self.first, 0)] & covered
        return found

    def adjusted(self, days: Days, convention: Convention) -> Days:
        """Move each day by a convention; NOT_COVERED where the calendar does not reach."""
        if convention is Convention.NONE:
            return days
        covered = self.covers(days)
        place = np.where(covered, days - self.first, 0)
        following, preceding = self.following[place], self._preceding[place]
        moved = _moved(days, following, preceding, convention)
        return np.where(covered, moved, NOT_COVERED)

    def business_days_before(self, days: Days, count: int) -> Days:
        """Step so many business days back from each day; NOT_COVERED where the calendar does not reach."""
        if not count:
            return days
        place = np.searchsorted(self._open, days, side="left") - count
        known = (place >= 0) & self.covers(days)
        return np.where(known, self._open[np.maximum(place, 0)] if len(self._open) else days, NOT_COVERED)


def _moved(days: Days, following: Days, preceding: Days, convention: Convention) -> Any:
    """Choose between the business day after and the one before; either may be NOT_COVERED."""
    if convention is Convention.FOLLOWING:
        return following
    if convention is Convention.PRECEDING:
        return preceding
    first, second = following, preceding
    if convention is Convention.MODIFIED_PRECEDING:
        first, second = preceding, following
    known = first != NOT_COVERED
    looked_at = np.where(known, first, days)
    if convention is Convention.FOLLOWING_WITHIN_THE_YEAR:
        stays = year_of(looked_at) == year_of(days)
    else:
        stays = month_of(looked_at) == month_of(days)
    return np.where(known, np.where(stays, first, second), NOT_COVERED)
