from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from rules_engine.dates.interest import accrued, interest, period_accruing
from rules_engine.dates.schedules import coupon_grid, coupon_periods
from rules_engine.model.money import Money
from rules_engine.model.note_words import Accrual, Convention, DayCount, Frequency

from .oracles import calendar

GRID = coupon_grid(frequency=Frequency.MONTHLY, roll_day=15, first_coupon_date=date(2017, 1, 15))
PERIODS = coupon_periods(
    issue_date=date(2016, 12, 1),
    first_coupon_date=date(2017, 1, 15),
    last_regular_date=date(2019, 12, 15),
    maturity=date(2019, 12, 15),
    frequency=Frequency.MONTHLY,
    roll_day=15,
    day_count=DayCount.THIRTY_360,
    convention=Convention.FOLLOWING,
    accrual=Accrual.UNADJUSTED,
    calendar=calendar("USNY"),
)


def seed_accrued(principal: str, until: date) -> str:
    return accrued(PERIODS, until, principal=Money.parse(principal), coupon=Decimal("3.500"), grid=GRID).wire


@pytest.mark.parametrize(
    ("coupon", "printed"),
    [("3.500", "4.28"), ("4.250", "5.19")],  # as the seed prints them
)
def test_first_coupon_of_the_seed(coupon: str, printed: str) -> None:
    assert interest(Money.parse("1000.00"), Decimal(coupon), Fraction(44, 360)).wire == printed


def test_interest_is_rounded_once_on_the_whole_position() -> None:
    # 25 x $4.28 would be $107.00: 25,000 x 3.5 % x 44/360 is 106.944...
    assert interest(Money.parse("25000.00"), Decimal("3.500"), Fraction(44, 360)).wire == "106.94"


@pytest.mark.parametrize(
    ("principal", "cents"),
    [("49.99", "0.50"), ("50.00", "0.50"), ("50.49", "0.50"), ("50.50", "0.51"), ("50.51", "0.51")],
)
def test_half_a_cent_goes_up(principal: str, cents: str) -> None:
    assert interest(Money.parse(principal), Decimal(1), Fraction(1)).wire == cents


def test_interest_keeps_the_currency_of_the_principal() -> None:
    assert interest(Money.parse("1000.00", "GBP"), Decimal(5), Fraction(1)) == Money.parse("50.00", "GBP")


@pytest.mark.parametrize(
    ("until", "amount"),
    [
        (date(2016, 12, 2), "0.10"),  # 1 of 360 days: 0.0972
        (date(2017, 1, 14), "4.18"),  # 43 days: 4.1806
        (date(2017, 1, 15), "4.28"),  # the whole first period, as printed
        (date(2017, 1, 16), "0.10"),  # a day into the second
        (date(2017, 2, 14), "2.82"),  # 29 days: 2.8194
        (date(2017, 2, 15), "2.92"),  # the whole second period
        (date(2019, 12, 15), "2.92"),  # maturity
    ],
)
def test_interest_accrues_to_but_not_including_the_day(until: date, amount: str) -> None:
    assert seed_accrued("1000.00", until) == amount


@pytest.mark.parametrize("until", [date(2016, 12, 1), date(2019, 12, 16)])
def test_no_interest_accrues_before_issue_or_past_maturity(until: date) -> None:
    with pytest.raises(ValueError, match=f"no interest accrues to {until}"):
        seed_accrued("1000.00", until)


@pytest.mark.parametrize(
    ("on", "n"),
    [(date(2016, 12, 2), 1), (date(2017, 1, 15), 1), (date(2017, 1, 16), 2), (date(2019, 12, 15), 36)],
)
def test_a_day_belongs_to_the_period_it_ends(on: date, n: int) -> None:
    assert period_accruing(PERIODS, on).n == n
