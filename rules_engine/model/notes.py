"""A note's terms as its pricing supplement prints them, and nothing worked out from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from rules_engine.model.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """How long before the redemption date a call must be noticed; `counted` is `calendar` or `business`."""

    minimum_days: int
    maximum_days: int | None = None
    counted: str = "calendar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The issuer's right to redeem: from when, on which days, at what price, with what notice.

    `style` is `European`, `Bermudan` or `American`. `on` is `once`, `monthly`, `coupon date`,
    `semi-annual`, `business day` or `any day`. `price` is in per cent of principal. `amount` is
    `whole` or `whole or part`, and empty where the supplement does not say.
    """

    style: str
    first_on: date
    on: str
    price: Decimal
    notice: Notice
    amount: str = ""
    printed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note of a programme, as printed; every date is explicit, no stub is implied.

    `coupon` is the yearly rate in per cent. `frequency` is `monthly`, `quarterly`, `semi-annual`
    or `annual`. Interest accrues from `issue_date`, which also picks the edition of the rules.
    `roll_day` is the day of the month interest falls on, or 0 for the end of the month.
    """

    cusip: str
    programme: str
    supplement: str
    issue_date: date
    maturity: date
    coupon: Decimal
    frequency: str
    first_coupon_date: date
    last_regular_date: date
    roll_day: int
    survivors_option: bool
    minimum_denomination: Money
    increment: Money
    first_coupon_amount: Money | None = None
    issue_price: Decimal = Decimal(100)
    title: str = ""
    series: str = ""
    trade_date: date | None = None
    call: Call | None = None
    digest: str = field(default="", compare=False)
    text: str = field(default="", compare=False, repr=False)
