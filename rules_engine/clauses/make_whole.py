"""The make-whole price: what a note is worth at a Treasury yield and a spread, and never less than par.

`docs/why/make-whole.md` says which reading of the wording this is, and how exact it is.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from rules_engine.dates.day_counts import days, year_fraction
from rules_engine.dates.schedules import Period, coupon_grid
from rules_engine.deciding.schedule import Schedule
from rules_engine.model.exact import working_with
from rules_engine.model.note_words import DayCount
from rules_engine.model.notes import MakeWhole, Note

DIGITS = 40
"""The significant digits a present value is worked out with; no price is rounded before its amount is."""

PAR = Decimal(100)

_DAYS_OF_A_HALF_YEAR = 180


def is_made_whole(make_whole: MakeWhole, redeem_on: date) -> bool:
    """Tell whether a redemption date lies before the par call date, from which on the plain price is paid."""
    return make_whole.until is None or redeem_on < make_whole.until


def make_whole_price(schedule: Schedule, make_whole: MakeWhole, redeem_on: date, treasury_yield: Decimal) -> Decimal:
    """Give the price in per cent of principal, not yet rounded: the greater of 100 and the present value.

    What is left to pay to the par call date, or to maturity, is discounted to the redemption date
    at the yield plus the spread, compounded semi-annually, 30/360; interest accrued to the
    redemption date, which is paid beside the price, is taken off. `treasury_yield` is in per cent a
    year. Raise ValueError where a payment left is not known yet because the note floats.
    """
    horizon = make_whole.until or schedule.scheduled_maturity
    with working_with(DIGITS):
        half_yearly = (treasury_yield + make_whole.spread) / 200
        discount = 1 / (1 + half_yearly)
        worth = Decimal(0)
        for due_on, amount in _left_to_pay(schedule, redeem_on, horizon):
            half_years = Decimal(days(DayCount.THIRTY_360, redeem_on, due_on)) / _DAYS_OF_A_HALF_YEAR
            worth += _decimal(amount) * discount**half_years
        worth -= _decimal(_accrued(schedule, redeem_on))
        return max(PAR, worth)


def _left_to_pay(schedule: Schedule, redeem_on: date, horizon: date) -> list[tuple[date, Fraction]]:
    """List what each 100 of principal is still paid, as if the note matured at the horizon."""
    payments = [(horizon, Fraction(PAR))]
    for period in schedule.periods:
        if period.unadjusted_end <= redeem_on or period.unadjusted_start >= horizon:
            continue
        if period.unadjusted_end <= horizon:
            interest = _coupon(schedule.note, period) * period.year_fraction
        else:
            interest = _interest(schedule, period, horizon)
        payments.append((min(period.unadjusted_end, horizon), interest))
    return payments


def _accrued(schedule: Schedule, redeem_on: date) -> Fraction:
    """Give the interest accrued on each 100 of principal to the redemption date; on an interest date it is paid."""
    for period in schedule.periods:
        if period.unadjusted_start < redeem_on < period.unadjusted_end:
            return _interest(schedule, period, redeem_on)
    return Fraction(0)


def _interest(schedule: Schedule, period: Period, until: date) -> Fraction:
    note = schedule.note
    grid = coupon_grid(frequency=note.frequency, roll_day=note.roll_day, first_coupon_date=note.first_coupon_date)
    until = max(until, period.accrual_start)
    part = year_fraction(period.day_count, period.accrual_start, until, reference=grid)
    return _coupon(note, period) * part


def _coupon(note: Note, period: Period) -> Fraction:
    if note.floats_in(period.unadjusted_start):
        raise ValueError(f"the rate from {period.unadjusted_start} is an index's, so its payments are not known yet")
    return Fraction(note.coupon_from(period.unadjusted_start))


def _decimal(exact: Fraction) -> Decimal:
    return Decimal(exact.numerator) / Decimal(exact.denominator)
