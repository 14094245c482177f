from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
import QuantLib

from rules_engine.dates.day_counts import days, year_fraction
from rules_engine.dates.rolls import RollGrid
from rules_engine.model.note_words import DayCount

SEMI_ANNUAL = RollGrid(months=6, roll_day=15, through=date(2017, 3, 15))


@pytest.mark.parametrize(
    ("day_count", "start", "end", "count"),
    [
        ("30/360", date(2016, 12, 1), date(2017, 1, 15), 44),  # the seed's first coupon
        ("30U/360", date(2016, 12, 1), date(2017, 1, 15), 44),
        ("actual/360", date(2016, 12, 1), date(2017, 1, 15), 45),
        ("actual/365 fixed", date(2016, 12, 1), date(2017, 1, 15), 45),
        ("actual/actual ICMA", date(2016, 12, 1), date(2017, 1, 15), 45),
        # three variants, three answers: tests/oracles/README.md
        ("30/360", date(2019, 2, 28), date(2019, 8, 31), 183),
        ("30U/360", date(2019, 2, 28), date(2019, 8, 31), 180),
        # ISDA 2006 4.16(f): a 31st ends as the 30th only where the period starts on the 30th or 31st
        ("30/360", date(2017, 1, 29), date(2017, 3, 31), 62),
        ("30/360", date(2017, 1, 30), date(2017, 3, 31), 60),
        ("30/360", date(2017, 1, 31), date(2017, 3, 31), 60),
        # Dow, CUSIP 26054LRW5, printed $8.94 at 1.950 %: 165 days
        ("30/360", date(2013, 2, 28), date(2013, 8, 15), 167),
        ("30U/360", date(2013, 2, 28), date(2013, 8, 15), 165),
        ("30U/360", date(2016, 2, 28), date(2016, 8, 15), 167),  # the 28th does not end a leap February
        ("30U/360", date(2016, 2, 29), date(2016, 8, 15), 165),
        ("30/360", date(2017, 1, 15), date(2017, 1, 15), 0),
    ],
)
def test_days_are_counted_as_the_day_count_says(day_count: str, start: date, end: date, count: int) -> None:
    assert days(DayCount(day_count), start, end) == count


@pytest.mark.parametrize(
    ("day_count", "fraction"),
    [
        ("30/360", Fraction(44, 360)),
        ("30U/360", Fraction(44, 360)),
        ("actual/360", Fraction(45, 360)),
        ("actual/365 fixed", Fraction(45, 365)),
    ],
)
def test_the_part_of_a_year_is_exact(day_count: str, fraction: Fraction) -> None:
    assert year_fraction(DayCount(day_count), date(2016, 12, 1), date(2017, 1, 15)) == fraction


@pytest.mark.parametrize(
    ("start", "end", "fraction"),
    [
        (date(2017, 3, 15), date(2017, 9, 15), Fraction(1, 2)),  # 184 days, and exactly one coupon
        (date(2016, 9, 15), date(2017, 3, 15), Fraction(1, 2)),  # 181 days, and exactly one coupon
        (date(2017, 3, 15), date(2017, 6, 15), Fraction(92, 184 * 2)),
        # a long first period is counted piece by piece: 45 of 181 days, then a whole coupon
        (date(2017, 1, 29), date(2017, 9, 15), Fraction(45, 181 * 2) + Fraction(1, 2)),
        (date(2017, 3, 15), date(2017, 3, 15), Fraction(0)),
    ],
)
def test_icma_counts_each_piece_against_its_own_coupon_period(start: date, end: date, fraction: Fraction) -> None:
    assert year_fraction(DayCount.ACTUAL_ACTUAL_ICMA, start, end, reference=SEMI_ANNUAL) == fraction


@pytest.mark.parametrize(
    ("months", "roll_day", "through", "start", "end", "fraction"),
    # the examples of ISDA's paper on the actual/actual day count fraction, which QuantLib's own tests carry too
    [
        (6, 1, date(2003, 11, 1), date(2003, 11, 1), date(2004, 5, 1), Fraction(182, 182 * 2)),
        (12, 1, date(1999, 7, 1), date(1999, 2, 1), date(1999, 7, 1), Fraction(150, 365 * 1)),
        (
            6,
            15,
            date(2003, 7, 15),
            date(2002, 8, 15),
            date(2003, 7, 15),
            Fraction(181, 181 * 2) + Fraction(153, 184 * 2),
        ),
        (6, 30, date(1999, 7, 30), date(1999, 7, 30), date(2000, 1, 30), Fraction(184, 184 * 2)),
        (6, 30, date(1999, 7, 30), date(2000, 1, 30), date(2000, 6, 30), Fraction(152, 182 * 2)),
    ],
)
def test_icma_agrees_with_the_memorandum_on_actual_actual(
    months: int, roll_day: int, through: date, start: date, end: date, fraction: Fraction
) -> None:
    grid = RollGrid(months=months, roll_day=roll_day, through=through)
    assert year_fraction(DayCount.ACTUAL_ACTUAL_ICMA, start, end, reference=grid) == fraction


def test_icma_without_coupon_dates_is_refused() -> None:
    with pytest.raises(ValueError, match="`actual/actual ICMA` needs the note's coupon dates"):
        year_fraction(DayCount.ACTUAL_ACTUAL_ICMA, date(2017, 3, 15), date(2017, 9, 15))


@pytest.mark.parametrize("day_count", DayCount)
def test_days_are_not_counted_backwards(day_count: DayCount) -> None:
    with pytest.raises(ValueError, match="cannot be counted back from 2017-03-16 to 2017-03-15"):
        year_fraction(day_count, date(2017, 3, 16), date(2017, 3, 15), reference=SEMI_ANNUAL)


def test_a_year_that_days_are_not_counted_for_is_refused() -> None:
    assert days(DayCount.ACTUAL_360, date(1901, 1, 1), date(1901, 1, 2)) == 1
    assert days(DayCount.ACTUAL_360, date(2199, 12, 30), date(2199, 12, 31)) == 1
    with pytest.raises(ValueError, match="2200-01-01 lies outside"):
        days(DayCount.ACTUAL_360, date(2199, 12, 31), date(2200, 1, 1))
    with pytest.raises(ValueError, match="1900-12-31 lies outside"):
        days(DayCount.ACTUAL_360, date(1900, 12, 31), date(1901, 1, 1))


QUANTLIB = {
    DayCount.THIRTY_360: QuantLib.Thirty360(QuantLib.Thirty360.BondBasis),
    DayCount.THIRTY_US_360: QuantLib.Thirty360(QuantLib.Thirty360.USA),
    DayCount.ACTUAL_360: QuantLib.Actual360(),
    DayCount.ACTUAL_365_FIXED: QuantLib.Actual365Fixed(),
}


@pytest.mark.parametrize("day_count", QUANTLIB)
def test_days_are_counted_as_quantlib_counts_them(day_count: DayCount) -> None:
    """Every day of two years, a leap year among them, to every day up to a year and a half after it."""
    counter, first = QUANTLIB[day_count], date(2015, 7, 1)
    known = [first + timedelta(days=n) for n in range(1_300)]
    theirs = [QuantLib.Date(day.day, day.month, day.year) for day in known]
    wrong = [
        (known[start], known[end])
        for start in range(0, 740)
        for end in range(start, start + 550, 1 if known[start].day > 26 or known[start].month in (2, 3) else 7)
        if days(day_count, known[start], known[end]) != counter.dayCount(theirs[start], theirs[end])
    ]
    assert wrong == []
