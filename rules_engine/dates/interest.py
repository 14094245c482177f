"""Interest: worked out exactly, and rounded half-up to the cent once, on the position's amount."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from rules_engine.dates.day_counts import year_fraction
from rules_engine.dates.rolls import RollGrid
from rules_engine.dates.schedules import Period
from rules_engine.model.money import Money, half_up


def interest(principal: Money, coupon: Decimal, part_of_year: Fraction) -> Money:
    """Give the interest on a principal for part of a year; `coupon` is the yearly rate in per cent."""
    rate, of = coupon.as_integer_ratio()
    exact = principal.cents * rate * part_of_year.numerator, 100 * of * part_of_year.denominator
    return Money.from_cents(half_up(*exact), principal.currency)


def period_accruing(periods: Sequence[Period], on: date) -> Period:
    """Find the period that interest accrued up to a day belongs to.

    A day that ends one period and starts the next belongs to the one it ends. Raise ValueError for
    a day on or before the first accrual start, or after the last accrual end.
    """
    place = bisect_left(periods, on, key=lambda period: period.accrual_end)
    if place == len(periods) or on <= periods[0].accrual_start:
        raise ValueError(f"no interest accrues to {on}: it lies outside the note's interest periods")
    return periods[place]


def part_accrued(periods: Sequence[Period], until: date, grid: RollGrid) -> Fraction:
    """Give the part of a year for which interest accrued to, but not including, a day, since its period's start.

    On the day a period ends this is the whole period's part. Raise ValueError as `period_accruing` does.
    """
    period = period_accruing(periods, until)
    if until == period.accrual_end:
        return period.year_fraction
    return year_fraction(period.day_count, period.accrual_start, until, reference=grid)


def accrued(
    periods: Sequence[Period],
    until: date,
    *,
    principal: Money,
    coupon: Decimal,
    grid: RollGrid,
) -> Money:
    """Give the interest accrued to, but not including, a day; see `part_accrued`."""
    return interest(principal, coupon, part_accrued(periods, until, grid))
