"""Day counts: how many days lie between two dates, and what part of a year they are, exactly."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import QuantLib

from rules_engine.dates.rolls import RollGrid
from rules_engine.model.note_words import DayCount

# Each with the days of its year; ICMA takes its year from the note's own coupons.
_COUNTERS: dict[DayCount, tuple[QuantLib.DayCounter, int]] = {
    DayCount.THIRTY_360: (QuantLib.Thirty360(QuantLib.Thirty360.BondBasis), 360),
    DayCount.THIRTY_US_360: (QuantLib.Thirty360(QuantLib.Thirty360.USA), 360),
    DayCount.ACTUAL_360: (QuantLib.Actual360(), 360),
    DayCount.ACTUAL_365_FIXED: (QuantLib.Actual365Fixed(), 365),
    DayCount.ACTUAL_ACTUAL_ICMA: (QuantLib.Actual365Fixed(), 0),
}

# QuantLib knows no others
_YEARS = range(1901, 2200)


def days(day_count: DayCount, start: date, end: date) -> int:
    """Count the days from `start`, included, to `end`, excluded, as a day count counts them.

    `30/360` is the bond basis of the 2006 ISDA Definitions, section 4.16(f); `30U/360` is the
    United States rule, which also takes the end of February for a 30th; the others count actual
    days. Raise ValueError for an `end` before `start`.
    """
    counter, _ = _COUNTERS[day_count]
    if end < start:
        raise ValueError(f"days cannot be counted back from {start} to {end}")
    return int(counter.dayCount(_quantlib(start), _quantlib(end)))


def year_fraction(day_count: DayCount, start: date, end: date, *, reference: RollGrid | None = None) -> Fraction:
    """Give the part of a year from `start`, included, to `end`, excluded, exactly.

    `actual/actual ICMA` (ICMA rule 251) needs `reference`, the note's own coupon dates: each piece
    between two of them is its days over the days between the two times the coupons a year, so that
    a regular period is exactly one coupon. Raise ValueError where it is left out, and as `days` does.
    """
    counted = days(day_count, start, end)
    if day_count is not DayCount.ACTUAL_ACTUAL_ICMA:
        return Fraction(counted, _COUNTERS[day_count][1])
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


def _quantlib(day: date) -> QuantLib.Date:
    if day.year not in _YEARS:
        raise ValueError(f"{day} lies outside the years days are counted for, {_YEARS[0]} to {_YEARS[-1]}")
    return QuantLib.Date(day.day, day.month, day.year)
