"""A note's interest periods, worked out once from the dates its pricing supplement prints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from rules_engine.dates.calendars import Calendar
from rules_engine.dates.conventions import adjust
from rules_engine.dates.day_counts import days, year_fraction
from rules_engine.dates.rolls import RollGrid
from rules_engine.model.note_words import Accrual, Convention, DayCount, Frequency


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTerms:
    """How the days of an interest period are counted, and where its end and its payment move."""

    day_count: DayCount
    convention: Convention
    accrual: Accrual


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One interest period: interest accrues from `accrual_start`, included, to `accrual_end`, excluded.

    The unadjusted dates are the scheduled ones, `unadjusted_end` being the interest date; the
    accrual dates are the same, or moved where accrual is `adjusted`. Cash moves on `pay_on`.
    `days` and `year_fraction` are those of the accrual dates, on `day_count`. `n` counts from 1.
    """

    n: int
    unadjusted_start: date
    unadjusted_end: date
    accrual_start: date
    accrual_end: date
    pay_on: date
    days: int
    year_fraction: Fraction
    day_count: DayCount


def coupon_grid(*, frequency: Frequency, roll_day: int, first_coupon_date: date) -> RollGrid:
    """Name the grid a note's regular coupons fall on."""
    return RollGrid(months=frequency.months, roll_day=roll_day, through=first_coupon_date)


def coupon_periods(
    *,
    issue_date: date,
    first_coupon_date: date,
    last_regular_date: date,
    maturity: date,
    frequency: Frequency,
    roll_day: int,
    day_count: DayCount,
    convention: Convention,
    accrual: Accrual,
    calendar: Calendar,
    floating_from: date | None = None,
    floating: DayTerms | None = None,
    maturity_convention: Convention | None = None,
    accrual_at_maturity: Accrual | None = None,
) -> tuple[Period, ...]:
    """Work out every interest period of a note, the first one starting on its issue date.

    For a note re-opened the issue date is that of its first issue, from which interest accrues.

    No stub is implied: the first period runs to `first_coupon_date`, regular ones follow to
    `last_regular_date`, and where maturity lies later one last period runs to it. `convention`
    moves payment dates; with accrual `adjusted` the ends of periods move with them, though never
    the issue date. Periods that start from `floating_from` on follow `floating` instead; the last
    payment follows `maturity_convention`, and the end of the last period `accrual_at_maturity`,
    each where it is given. Raise ValueError where the dates are out of order or off the roll day, and
    CalendarNotCovered for years the calendar is not known for.
    """
    fixed = DayTerms(day_count=day_count, convention=convention, accrual=accrual)
    grid = coupon_grid(frequency=frequency, roll_day=roll_day, first_coupon_date=first_coupon_date)
    scheduled = _scheduled_dates(issue_date, first_coupon_date, last_regular_date, maturity, grid)
    terms = [floating if floating and floating_from and start >= floating_from else fixed for start in scheduled[:-1]]
    conventions = [each.convention for each in terms]
    accruals = [each.accrual for each in terms]
    conventions[-1] = maturity_convention or conventions[-1]
    accruals[-1] = accrual_at_maturity or accruals[-1]
    payments = [adjust(day, each, calendar) for day, each in zip(scheduled[1:], conventions, strict=True)]
    ends = [
        day if each is Accrual.UNADJUSTED else moved
        for day, moved, each in zip(scheduled[1:], payments, accruals, strict=True)
    ]
    return tuple(
        Period(
            n=n,
            unadjusted_start=unadjusted[0],
            unadjusted_end=unadjusted[1],
            accrual_start=start,
            accrual_end=end,
            pay_on=pay_on,
            days=days(each.day_count, start, end),
            year_fraction=year_fraction(each.day_count, start, end, reference=grid),
            day_count=each.day_count,
        )
        for n, (unadjusted, (start, end), pay_on, each) in enumerate(
            zip(pairwise(scheduled), pairwise([issue_date, *ends]), payments, terms, strict=True), start=1
        )
    )


def _scheduled_dates(
    issue_date: date, first_coupon_date: date, last_regular_date: date, maturity: date, grid: RollGrid
) -> list[date]:
    if not issue_date < first_coupon_date <= last_regular_date <= maturity:
        raise ValueError(
            "issue date, first coupon date, last regular date and maturity are out of order: "
            f"{issue_date}, {first_coupon_date}, {last_regular_date}, {maturity}"
        )
    for name, day in (("first coupon date", first_coupon_date), ("last regular date", last_regular_date)):
        if not grid.holds(day):
            raise ValueError(f"{name} {day} is not an interest date of roll day {grid.roll_day}")
    scheduled = [issue_date, first_coupon_date]
    while scheduled[-1] < last_regular_date:
        scheduled.append(grid.date_after(scheduled[-1]))
    if maturity > last_regular_date:
        scheduled.append(maturity)
    return scheduled
