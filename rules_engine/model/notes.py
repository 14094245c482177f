"""A note's terms as its pricing supplement prints them, and nothing worked out from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from rules_engine.model.exact import plus
from rules_engine.model.limits import Limit, LimitTerms
from rules_engine.model.money import Money
from rules_engine.model.note_words import CallAmount, CallDay, CallStyle, CountedIn, Frequency, PartChosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """How long before the redemption date a call must be noticed, in days of the kind it is counted in."""

    minimum_days: int
    maximum_days: int | None = None
    counted: CountedIn = CountedIn.CALENDAR_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceStep:
    """From this redemption date on, included, the note is called at another price, in per cent of principal."""

    from_on: date
    price: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeWhole:
    """Before the par call date a call pays what the note is worth at a Treasury yield plus a spread.

    `spread` is in per cent a year (0.25 is 25 basis points). The price is the greater of 100 and
    the present value of what is left to pay, discounted semi-annually, 30/360. `until` is the first
    day the note is called at its plain price; None where that never comes before maturity.
    """

    spread: Decimal
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCall:
    """The issuer may redeem the note because something happened to it, outside its call dates.

    `kind` is `regulatory event` or `tax event`. `within_days` bounds, in calendar days from the
    event, the redemption date; None where no bound is printed.
    """

    kind: str
    price: Decimal
    within_days: int | None = None
    notice: Notice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The issuer's right to redeem: from when, on which days, at what price, with what notice.

    `price` is in per cent of principal, and `prices` replace it from later dates on. `amount` and
    `part_chosen` are None where the supplement does not say, and `notice` where it leaves it to the
    prospectus.
    """

    style: CallStyle
    first_on: date
    on: CallDay
    price: Decimal
    notice: Notice | None = None
    prices: tuple[PriceStep, ...] = ()
    make_whole: MakeWhole | None = None
    amount: CallAmount | None = None
    part_chosen: PartChosen | None = None
    printed: str = ""

    @property
    def notice_asked(self) -> Notice:
        """The notice the note asks for; one of no days where none is printed or known from the prospectus."""
        return self.notice or Notice(minimum_days=0)

    def price_on(self, redeem_on: date) -> Decimal:
        """Give the price for a redemption date, in per cent of principal."""
        price = self.price
        for step in self.prices:
            if step.from_on <= redeem_on:
                price = step.price
        return price


@dataclass(frozen=True, slots=True, kw_only=True)
class CouponStep:
    """From this interest date on, included, the note accrues at another yearly rate, in per cent."""

    from_on: date
    coupon: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Floating:
    """From this interest date on the rate is an index plus a spread, set anew for each interest period.

    `spread`, `cap` and `floor` are in per cent a year. The index's figure comes as a rate-reset event.
    A note that floats from the start does so from the day interest starts.
    """

    from_on: date
    index: str
    spread: Decimal
    cap: Decimal | None = None
    floor: Decimal | None = None

    def rate(self, index_rate: Decimal) -> Decimal:
        """Give the yearly rate an index's figure makes: never above the cap, which stands over the floor."""
        rate = plus(index_rate, self.spread)
        if self.floor is not None:
            rate = max(self.floor, rate)
        return rate if self.cap is None else min(self.cap, rate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note of a programme, as printed; every date is explicit, no stub is implied.

    `redemption_known` is False where nobody has read whether, and how, the note may be called.
    `kind` is `note` or `certificate of deposit`. `coupon` is the yearly rate in per cent, 0 for a
    zero-coupon note; `coupon_steps` and `floating` change it later. The issue date picks the edition of
    the rules; interest accrues from that day, or from `reopened_from` where the note was issued before.
    `roll_day` is the day of the month interest falls on, or 0 for the end of the month. `issue_price` is
    in per cent; `original_issue_discount` says that an early repayment pays the amortised face.
    `payment_days` are the terms on payment days, by their names, in which the note differs from its
    programme, and `limits` the figures of yearly limits.
    """

    cusip: str
    programme: str
    supplement: str
    issue_date: date
    maturity: date
    coupon: Decimal
    frequency: Frequency
    first_coupon_date: date
    last_regular_date: date
    roll_day: int
    survivors_option: bool
    minimum_denomination: Money | None
    increment: Money | None
    kind: str = "note"
    first_coupon_amount: Money | None = None
    issue_price: Decimal = Decimal(100)
    original_issue_discount: bool = False
    title: str = ""
    series: str = ""
    trade_date: date | None = None
    reopened_from: date | None = None
    coupon_steps: tuple[CouponStep, ...] = ()
    floating: Floating | None = None
    payment_days: Mapping[str, str] = field(default_factory=dict, hash=False)
    limits: Mapping[Limit, LimitTerms] = field(default_factory=dict, hash=False)
    call: Call | None = None
    redemption_known: bool = True
    event_calls: tuple[EventCall, ...] = ()
    digest: str = field(default="", compare=False)
    text: str = field(default="", compare=False, repr=False)

    @property
    def accrues_from(self) -> date:
        """The day interest starts: the issue date, or the first issue's for a note re-opened."""
        return self.reopened_from or self.issue_date

    @property
    def pays_no_interest(self) -> bool:
        """True for a zero-coupon note: nothing is paid before its principal is."""
        return not self.coupon and not self.coupon_steps and self.floating is None

    def floats_in(self, period_start: date) -> bool:
        """Tell whether the rate of the interest period that is scheduled to start on a day is an index's."""
        return self.floating is not None and self.floating.from_on <= period_start

    def coupon_from(self, period_start: date) -> Decimal:
        """Give the printed yearly rate of the interest period that is scheduled to start on a day, in per cent."""
        coupon = self.coupon
        for step in self.coupon_steps:
            if step.from_on <= period_start:
                coupon = step.coupon
        return coupon
