"""The amortised face against closed forms, a bond's price, and a schedule of interest worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, localcontext
from typing import Any

import pytest
import QuantLib

from rules_engine.dates.accretion import amortised_face
from rules_engine.model.note_words import Compounding

FIVE_YEARS: dict[str, Any] = {
    "accrues_from": date(2017, 1, 15),
    "maturity": date(2022, 1, 15),
    "issue_price": Decimal("78.12"),
    "coupon": Decimal(0),
}
TEN_PLACES = Decimal("1E-10")
SEMI_ANNUAL, ANNUAL = Compounding.SEMI_ANNUAL, Compounding.ANNUAL


def root(value: Decimal, of: int) -> Decimal:
    with localcontext() as context:
        context.prec = 40
        return value ** (Decimal(1) / of)


@pytest.mark.parametrize("periods", range(11))
def test_a_note_without_coupon_grows_by_the_same_factor_every_half_year(periods: int) -> None:
    year, half = divmod(periods, 2)
    on = date(2017 + year, 7 if half else 1, 15)
    expected = Decimal("78.12") * root(Decimal(100) / Decimal("78.12"), 10) ** periods
    assert amortised_face(on, **FIVE_YEARS, compounds=SEMI_ANNUAL) == expected.quantize(TEN_PLACES)


@pytest.mark.parametrize("years", range(6))
def test_compounding_once_a_year_meets_the_same_curve_on_its_own_days(years: int) -> None:
    expected = Decimal("78.12") * root(Decimal(100) / Decimal("78.12"), 5) ** years
    assert amortised_face(date(2017 + years, 1, 15), **FIVE_YEARS, compounds=ANNUAL) == expected.quantize(TEN_PLACES)


def test_between_two_compounding_days_the_discount_accrues_evenly() -> None:
    # doubling in one period: 50 to 100 in half a year, so a third of the way after two of six months
    half_a_year: dict[str, Any] = {
        "accrues_from": date(2017, 1, 15),
        "maturity": date(2017, 7, 15),
        "issue_price": Decimal(50),
        "coupon": Decimal(0),
    }
    assert amortised_face(date(2017, 3, 15), **half_a_year, compounds=SEMI_ANNUAL) == Decimal("66.6666666667")


def test_how_often_it_compounds_matters_between_two_years() -> None:
    # four years of doubling: after half a year 25 x 2^(1/2), or halfway between 25 and 50
    two_years: dict[str, Any] = {
        "accrues_from": date(2017, 1, 15),
        "maturity": date(2019, 1, 15),
        "issue_price": Decimal(25),
        "coupon": Decimal(0),
    }
    assert amortised_face(date(2017, 7, 15), **two_years, compounds=SEMI_ANNUAL) == Decimal("35.3553390593")
    assert amortised_face(date(2017, 7, 15), **two_years, compounds=ANNUAL) == Decimal("37.5")


def test_a_short_first_period_grows_by_its_part_of_a_whole_one() -> None:
    # three months, then two half years: two and a half periods in all
    short: dict[str, Any] = {
        "accrues_from": date(2017, 4, 15),
        "maturity": date(2018, 7, 15),
        "issue_price": Decimal("90"),
        "coupon": Decimal(0),
    }
    factor = root(Decimal(100) / 90, 5)  # of half a period
    assert amortised_face(date(2017, 7, 15), **short, compounds=SEMI_ANNUAL) == (90 * factor).quantize(TEN_PLACES)
    assert amortised_face(date(2018, 1, 15), **short, compounds=SEMI_ANNUAL) == (90 * factor**3).quantize(TEN_PLACES)


def test_a_coupon_is_paid_out_of_the_yield() -> None:
    # at 10 per cent a year and a coupon of 6: 100 and 6 in a year are worth 96.3636..., and two years 93.0578...
    price = (Decimal(6) + Decimal(106) / Decimal("1.1")) / Decimal("1.1")
    note: dict[str, Any] = {"accrues_from": date(2017, 1, 15), "maturity": date(2019, 1, 15), "coupon": Decimal(6)}
    found = amortised_face(date(2018, 1, 15), **note, issue_price=price, compounds=ANNUAL)
    assert found == Decimal("96.3636363636")


@pytest.mark.parametrize(("coupon", "price"), [("0", "78.12"), ("1.5", "91.25"), ("3", "99.999")])
@pytest.mark.parametrize("half_years", [0, 1, 5, 9])
def test_agrees_with_a_bond_priced_at_its_yield_at_issue(coupon: str, price: str, half_years: int) -> None:
    start, maturity = QuantLib.Date(15, 1, 2017), QuantLib.Date(15, 1, 2022)
    QuantLib.Settings.instance().evaluationDate = start
    schedule = QuantLib.MakeSchedule(start, maturity, QuantLib.Period("6M"))
    day_count = QuantLib.Thirty360(QuantLib.Thirty360.BondBasis)
    bond = QuantLib.FixedRateBond(0, 100, schedule, [float(coupon) / 100], day_count)
    compounded = (day_count, QuantLib.Compounded, QuantLib.Semiannual)
    at_issue = QuantLib.BondPrice(float(price), QuantLib.BondPrice.Clean)
    bond_yield = bond.bondYield(at_issue, *compounded, start, 1e-14, 1000)
    on = date(2017 + half_years // 2, 7 if half_years % 2 else 1, 15)
    worth = bond.cleanPrice(bond_yield, *compounded, QuantLib.Date(on.day, on.month, on.year))
    note = FIVE_YEARS | {"coupon": Decimal(coupon), "issue_price": Decimal(price)}
    assert float(amortised_face(on, **note, compounds=SEMI_ANNUAL)) == pytest.approx(worth, abs=1e-8)


@pytest.mark.parametrize("on", [date(2017, 1, 14), date(2022, 1, 16)])
def test_refuses_a_day_outside_the_life_of_the_note(on: date) -> None:
    with pytest.raises(ValueError, match="outside the life of the note"):
        amortised_face(on, **FIVE_YEARS, compounds=SEMI_ANNUAL)


def test_the_first_and_the_last_day_of_the_life_are_issue_price_and_par() -> None:
    assert amortised_face(date(2017, 1, 15), **FIVE_YEARS, compounds=SEMI_ANNUAL) == Decimal("78.12")
    assert amortised_face(date(2022, 1, 15), **FIVE_YEARS, compounds=SEMI_ANNUAL) == 100


def test_refuses_an_issue_price_that_is_no_discount() -> None:
    with pytest.raises(ValueError, match="100 per cent is no discount"):
        amortised_face(date(2018, 1, 15), **(FIVE_YEARS | {"issue_price": Decimal(100)}), compounds=SEMI_ANNUAL)
