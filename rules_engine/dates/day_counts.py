"""Day counts: how many days lie between two dates, and what part of a year they are, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from rules_engine.dates.months import month_length
from rules_engine.dates.rolls import RollGrid
from rules_engine.model.note_words import DayCount

_DAYS_OF_A_YEAR: Mapping[DayCount, int] = MappingProxyType(
    {
        DayCount.THIRTY_360: 360,
        DayCount.THIRTY_US_360: 360,
        DayCount.ACTUAL_360: 360,
        DayCount.ACTUAL_365_FIXED: 365,
    }
)
"""The days of each day count's year; ICMA takes its year from the note's own coupons."""

# no retail note is older or longer, and tests hold the counts to QuantLib's, which knows no other years
_YEARS = range(1901, 2200)


def days(day_count: DayCount, start: date, end: date) -> int:
    """Count the days from `start`, included, to `end`, excluded, as a day count counts them.

    `30/360` is the bond basis of the 2006 ISDA Definitions, section 4.16(f); `30U/360` is the
    United States rule, which also takes the end of February for a 30th; the others count actual
    days. Raise ValueError for an `end` before `start`.
    """
    if end < start:
        raise ValueError(f"days cannot be counted back from {start} to {end}")
    for day in (start, end):
        if day.year not in _YEARS:
            raise ValueError(f"{day} lies outside the years days are counted for, {_YEARS[0]} to {_YEARS[-1]}")
    if day_count is DayCount.THIRTY_360:
        first = min(start.day, 30)
        return _of_thirty(start, end, first, 30 if end.day == 31 and first == 30 else end.day)
    if day_count is DayCount.THIRTY_US_360:
        return _as_in_the_united_states(start, end)
    return (end - start).days


def _as_in_the_united_states(start: date, end: date) -> int:
    first, last = start.day, end.day
    if _ends_february(start):
        first, last = 30, 30 if _ends_february(end) else last
    return _of_thirty(start, end, min(first, 30), 30 if last == 31 and first >= 30 else last)


def _of_thirty(start: date, end: date, first: int, last: int) -> int:
    """Count days in months of thirty, from and to the days of the month that stand for those of the dates."""
    return 360 * (end.year - start.year) + 30 * (end.month - start.month) + last - first


def _ends_february(day: date) -> bool:
    return day.month == 2 and day.day == month_length(day.year, 2)


def year_fraction(day_count: DayCount, start: date, end: date, *, reference: RollGrid | None = None) -> Fraction:
    """Give the part of a year from `start`, included, to `end`, excluded, exactly.

    `actual/actual ICMA` (ICMA rule 251) needs `reference`, the note's own coupon dates: each piece
    between two of them is its days over the days between the two times the coupons a year, so that
    a regular period is exactly one coupon. Raise ValueError where it is left out, and as `days` does.
    """
    counted = days(day_count, start, end)
    if day_count is not DayCount.ACTUAL_ACTUAL_ICMA:
        return Fraction(counted, _DAYS_OF_A_YEAR[day_count])
    if reference is None:
        raise ValueError(f"`{day_count}` needs the note's coupon dates")
    total, piece_start = Fraction(0), start
    while piece_start < end:
        coupon_end = reference.date_after(piece_start)
        coupon_days = days(day_count, reference.date_before(coupon_end), coupon_end)
        piece_end = min(coupon_end, end)
        total += Fraction(days(day_count, piece_start, piece_end) * reference.months, coupon_days * 12)
        piece_start = piece_end
    return total
