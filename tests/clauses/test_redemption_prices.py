"""What a call pays: a price by date, or a make-whole, held against hand computation and QuantLib."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import QuantLib

from rules_engine.clauses.make_whole import make_whole_price
from rules_engine.model.decisions import Finding
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.events import PaymentDue
from rules_engine.model.money import Money
from rules_engine.model.notes import MakeWhole

from .example import ANY_DAY, NOTE, answer, example_host, noticed, spoken

STEP_DOWN = (
    ANY_DAY + "      price: 102 %\n      falls: {by: 1 %, every: year, to: 100 %}\n      notice: {minimum: 5 days}\n"
)
MAKE_WHOLE = (
    ANY_DAY
    + "      price: 100 %\n      make whole: {spread: 0.25 %, until: 2026-12-15}\n      notice: {minimum: 5 days}\n"
)
TO_MATURITY = MAKE_WHOLE.replace(", until: 2026-12-15", "")


@pytest.mark.parametrize(
    ("redeem_on", "price"),
    [
        (date(2020, 6, 15), "102"),
        (date(2021, 6, 14), "102"),
        (date(2021, 6, 15), "101"),
        (date(2022, 6, 14), "101"),
        (date(2022, 6, 15), "100"),
        (date(2026, 6, 15), "100"),
    ],
)
def test_a_step_down_price_falls_on_the_anniversary(redeem_on: date, price: str, tmp_path: Path) -> None:
    host = example_host(tmp_path, STEP_DOWN)
    notice = noticed(redeem_on, redeem_on.replace(day=1), price=Decimal(price))
    decision = answer(host, notice)
    assert decision.outcome.word == "accepted"
    assert decision.payment is not None
    assert decision.payment.price == Decimal(price)


@pytest.mark.parametrize(("redeem_on", "price"), [(date(2021, 6, 14), 101), (date(2021, 6, 15), 102)])
def test_the_price_of_the_other_year_is_not_the_call_price(redeem_on: date, price: int, tmp_path: Path) -> None:
    decision = answer(example_host(tmp_path, STEP_DOWN), noticed(redeem_on, date(2021, 6, 2), price=Decimal(price)))
    assert spoken(decision) == ("rejected", {"not the call price"})


def test_principal_and_premium_are_paid_with_interest_accrued(tmp_path: Path) -> None:
    # 5,000 at 101 per cent is 5,050; 4 per cent for 15 of 360 days on 5,000 is 8.333...
    notice = noticed(date(2021, 6, 30), date(2021, 6, 15), price=Decimal(101), principal=Money.parse("5000"))
    payment = answer(example_host(tmp_path, STEP_DOWN), notice).payment
    assert payment is not None
    assert (payment.interest, payment.total) == (Money.parse("8.33"), Money.parse("5058.33"))


def made_whole(redeem_on: date, treasury_yield: str, **changes: object) -> object:
    fields: dict[str, Any] = {
        "price": None,
        "treasury_yield": Decimal(treasury_yield),
        "principal": Money.parse("1000000"),
    }
    return noticed(redeem_on, date(redeem_on.year, redeem_on.month, 2), **(fields | changes))


def test_a_make_whole_a_year_before_maturity_by_hand(tmp_path: Path) -> None:
    # At 1.75 + 0.25 = 2 per cent: 20,000 / 1.01 + 1,020,000 / 1.01^2 = 1,019,703.9506..., beside a coupon of 20,000.
    payment = answer(example_host(tmp_path, TO_MATURITY), made_whole(date(2026, 6, 15), "1.75")).payment
    assert payment is not None
    assert payment.price == Decimal("101.970")
    assert payment.interest == Money.parse("20000")
    assert payment.total == Money.parse("1039703.95")


@pytest.mark.parametrize(
    ("treasury_yield", "price"),
    [
        ("3.749999", "100.000"),  # 4 per cent less a millionth: worth more than par, in places not quoted
        ("3.75", "100"),  # the coupon itself: worth par
        ("5", "100"),
        ("-0.25", "104"),  # nothing is discounted
        ("-1", "104.777"),  # 2 / 0.99625 + 102 / 0.99625^2
    ],
)
def test_a_make_whole_never_pays_less_than_par(treasury_yield: str, price: str, tmp_path: Path) -> None:
    payment = answer(example_host(tmp_path, TO_MATURITY), made_whole(date(2026, 6, 15), treasury_yield)).payment
    assert payment is not None
    assert payment.price == Decimal(price)


@pytest.mark.parametrize(
    ("redeem_on", "stated", "price"),
    [
        # the day before the par call date: (2 + 100) / 1.01^(1/180) less 179 of 180 days of a coupon of 2
        (date(2026, 12, 14), None, Decimal(102) / Decimal("1.01") ** (Decimal(1) / 180) - Decimal(2) * 179 / 180),
        (date(2026, 12, 15), Decimal(100), Decimal(100)),
    ],
)
def test_from_the_par_call_date_on_par_is_paid(
    redeem_on: date, stated: Decimal | None, price: Decimal, tmp_path: Path
) -> None:
    payment = answer(example_host(tmp_path, MAKE_WHOLE), made_whole(redeem_on, "1.75", price=stated)).payment
    assert payment is not None
    assert payment.price == max(Decimal(100), price).quantize(Decimal("0.001"))


def test_a_make_whole_waits_for_the_treasury_yield(tmp_path: Path) -> None:
    decision = answer(example_host(tmp_path, TO_MATURITY), noticed(date(2026, 6, 15), date(2026, 6, 2), price=None))
    assert decision.outcome.word == "pended"
    assert {name for finding in decision.findings for name in finding.missing} == {"treasury_yield"}
    assert decision.payment is None


def test_a_plain_price_waits_for_no_yield_but_for_the_price(tmp_path: Path) -> None:
    decision = answer(example_host(tmp_path, MAKE_WHOLE), noticed(date(2026, 12, 15), date(2026, 12, 2), price=None))
    assert decision.outcome.word == "pended"
    assert {name for finding in decision.findings for name in finding.missing} == {"price"}


@pytest.mark.parametrize(
    ("price", "outcome"), [("101.970", "accepted"), ("101.97", "accepted"), ("101.971", "rejected")]
)
def test_a_make_whole_price_in_the_notice_is_held_to_three_decimals(price: str, outcome: str, tmp_path: Path) -> None:
    notice = made_whole(date(2026, 6, 15), "1.75", price=Decimal(price))
    assert answer(example_host(tmp_path, TO_MATURITY), notice).outcome.word == outcome


def quantlib_price(redeem_on: date, yearly: float, horizon: date) -> float:
    """Give the clean price QuantLib knows for the note as if it matured on the horizon."""
    count = QuantLib.Thirty360(QuantLib.Thirty360.BondBasis)
    start, end, on = (QuantLib.Date(day.day, day.month, day.year) for day in (date(2017, 6, 15), horizon, redeem_on))
    schedule = QuantLib.Schedule(
        start,
        end,
        QuantLib.Period(QuantLib.Semiannual),
        QuantLib.NullCalendar(),
        QuantLib.Unadjusted,
        QuantLib.Unadjusted,
        QuantLib.DateGeneration.Backward,
        False,
    )
    bond = QuantLib.FixedRateBond(0, 100.0, schedule, [0.04], count)
    rate = QuantLib.InterestRate(yearly, count, QuantLib.Compounded, QuantLib.Semiannual)
    return float(QuantLib.BondFunctions.cleanPrice(bond, rate, on))


@pytest.mark.parametrize("redeem_on", [date(2020, 6, 15), date(2021, 3, 1), date(2023, 11, 27), date(2026, 12, 14)])
@pytest.mark.parametrize("treasury_yield", ["0.5", "1.875", "3.7"])
@pytest.mark.parametrize("until", [None, date(2026, 12, 15)])
def test_a_make_whole_is_the_clean_price_that_quantlib_knows(
    redeem_on: date, treasury_yield: str, until: date | None, tmp_path: Path
) -> None:
    scheduled = example_host(tmp_path, TO_MATURITY).schedule(NOTE)
    assert not isinstance(scheduled, Finding)
    make_whole = MakeWhole(spread=Decimal("0.25"), until=until)
    price = make_whole_price(scheduled.schedule, make_whole, redeem_on, Decimal(treasury_yield))
    yearly = float((Decimal(treasury_yield) + Decimal("0.25")) / 100)
    expected = max(100.0, quantlib_price(redeem_on, yearly, until or date(2027, 6, 15)))
    assert float(Fraction(price)) == pytest.approx(expected, abs=1e-9)


def paid(redeem_on: date) -> PaymentDue:
    return PaymentDue(
        event_id="payment",
        received_on=redeem_on,
        cusip=NOTE,
        due_on=redeem_on,
        kind=PaymentKind.REDEMPTION,
        principal=Money.parse("1000000"),
    )


def test_a_redemption_that_falls_due_is_paid_as_its_notice_says(tmp_path: Path) -> None:
    host = example_host(tmp_path, TO_MATURITY)
    answer(host, made_whole(date(2026, 6, 15), "1.75", principal="all"))
    decision = answer(host, paid(date(2026, 6, 15)))
    assert decision.payment is not None
    assert (decision.payment.price, decision.payment.total) == (Decimal("101.970"), Money.parse("1039703.95"))
    assert decision.facts["price paid"] == "101.97"


def test_a_make_whole_that_falls_due_waits_for_its_notice(tmp_path: Path) -> None:
    decision = answer(example_host(tmp_path, TO_MATURITY), paid(date(2026, 6, 15)))
    assert decision.outcome.word == "pended"
    assert decision.findings[0].missing == ("call_noticed for 2026-06-15",)


@pytest.mark.parametrize(("redeem_on", "total"), [(date(2021, 6, 14), "1039888.89"), (date(2021, 6, 15), "1030000")])
def test_a_redemption_without_a_notice_on_record_is_paid_at_the_price_of_its_day(
    redeem_on: date, total: str, tmp_path: Path
) -> None:
    # 102 per cent with 179 of 180 days of a coupon of 20,000; the day after, 101 per cent with all of it
    payment = answer(example_host(tmp_path, STEP_DOWN), paid(redeem_on)).payment
    assert payment is not None
    assert payment.total == Money.parse(total)
