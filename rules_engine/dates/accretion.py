"""Amortised face: what a note issued at a discount is worth before maturity, at the yield it was issued at."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from decimal import Decimal

from rules_engine.dates.day_counts import days
from rules_engine.dates.months import add_months
from rules_engine.model.exact import rounded_half_up, working_with
from rules_engine.model.note_words import Compounding, DayCount

DIGITS = 50
"""How many digits everything is worked out with."""

PLACES = 10
"""The amortised face is given in per cent to ten places, half-up: a cent on a position of a hundred million."""

_COUNTED = DayCount.THIRTY_360
_PAR = Decimal(100)


def amortised_face(
    on: date, *, accrues_from: date, maturity: date, issue_price: Decimal, coupon: Decimal, compounds: Compounding
) -> Decimal:
    """Give the issue price with the discount accrued to a day, in per cent of principal.

    The yield is the one that takes the issue price to 100 at maturity while the coupon, in per cent
    a year, is paid out: constant, and compounded on days counted back from maturity, 30/360. Within
    one of these periods the discount accrues evenly from day to day (26 CFR 1.1272-1(b)(1)). Raise
    ValueError for a day outside the note's life, and for an issue price that is no discount.
    """
    if not accrues_from <= on <= maturity:
        raise ValueError(f"{on} lies outside the life of the note, {accrues_from} to {maturity}")
    if not 0 < issue_price < _PAR:
        raise ValueError(f"an issue price of {issue_price} per cent is no discount")
    months = 12 // compounds.times_a_year
    ends = _period_ends(accrues_from, maturity, months)
    with working_with(DIGITS):
        lengths, paid_out = _lengths(ends, months), coupon / compounds.times_a_year
        values = _values(issue_price, lengths, paid_out, _growth(issue_price, lengths, paid_out))
        place = min(bisect_right(ends, on), len(ends) - 1)
        start, end = ends[place - 1 : place + 1]
        passed = _part(days(_COUNTED, start, on), days(_COUNTED, start, end))
        value = values[place - 1] + (values[place] - values[place - 1]) * passed
        return rounded_half_up(value, PLACES)


def _period_ends(accrues_from: date, maturity: date, months: int) -> list[date]:
    """List the days the yield compounds on, with the note's first day before them; the first period may be short."""
    ends, count = [maturity], 1
    while (day := add_months(maturity, -months * count)) > accrues_from:
        ends.append(day)
        count += 1
    return [accrues_from, *reversed(ends)]


def _lengths(ends: list[date], months: int) -> list[Decimal]:
    """Measure each period in whole ones; only the first can be shorter."""
    whole = days(_COUNTED, add_months(ends[1], -months), ends[1])
    return [_part(days(_COUNTED, *ends[:2]), whole), *[Decimal(1)] * (len(ends) - 2)]


def _values(issue_price: Decimal, lengths: list[Decimal], coupon: Decimal, growth: Decimal) -> list[Decimal]:
    """Follow the value from period to period: it grows by the yield, and pays its coupon out."""
    values = [issue_price]
    for length in lengths:
        values.append(values[-1] * growth**length - coupon * length)
    return values


def _growth(issue_price: Decimal, lengths: list[Decimal], coupon: Decimal) -> Decimal:
    """Find what one period multiplies a value by so that the last one is 100, by halving an interval.

    A larger growth ends higher, so there is one answer; without a coupon it is a root.
    """
    if not coupon:
        return (_PAR / issue_price) ** (1 / sum(lengths, Decimal(0)))
    least, most = Decimal(1), _PAR
    while (middle := (least + most) / 2) not in (least, most):
        if _values(issue_price, lengths, coupon, middle)[-1] < _PAR:
            least = middle
        else:
            most = middle
    return least


def _part(of: int, whole: int) -> Decimal:
    return Decimal(of) / Decimal(whole)
