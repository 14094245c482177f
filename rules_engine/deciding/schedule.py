"""A note's days: when interest is due, when cash moves, and what has accrued."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from rules_engine.dates.accretion import amortised_face
from rules_engine.dates.calendars import Calendar
from rules_engine.dates.conventions import adjust
from rules_engine.dates.interest import interest, part_accrued, period_accruing
from rules_engine.dates.maturities import scheduled_maturity
from rules_engine.dates.record_dates import record_date
from rules_engine.dates.redemptions import call_dates
from rules_engine.dates.rolls import RollGrid
from rules_engine.dates.schedules import Period, coupon_grid, coupon_periods
from rules_engine.errors import RulesEngineError
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.kept import kept
from rules_engine.model.money import Money, round_half_up_to_cents
from rules_engine.model.note_words import Convention
from rules_engine.model.notes import Note
from rules_engine.model.values import Missing
from rules_engine.rulebook.note_days import PaymentDayTerms

WHOEVER_GETS_THE_PRINCIPAL = "whoever gets the principal"


class NoRate(RulesEngineError):
    """The rate of an interest period is not known, or is one that cannot be paid."""


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """One note under the terms on payment days it follows; worked out on first use and kept.

    `calendar` is the one that the terms name. `rates` holds the index's figures known so far, by the
    scheduled start of the period.
    """

    note: Note
    calendar: Calendar
    terms: PaymentDayTerms
    rates: Mapping[date, Decimal] = field(default_factory=dict)

    def knowing(self, rates: Mapping[date, Decimal] | None) -> Schedule:
        """Give the schedule with the index's figures known; a note that does not float needs none."""
        if not self.note.floating or not rates:
            return self
        known = replace(self, rates=rates)
        known.__dict__["periods"] = self.periods  # days do not depend on rates, and are worked out once
        return known

    @kept
    def periods(self) -> tuple[Period, ...]:
        """The interest periods from the issue date to maturity, in order."""
        note, terms = self.note, self.terms
        is_moved = self.scheduled_maturity != note.maturity
        return coupon_periods(
            issue_date=note.accrues_from,
            first_coupon_date=note.first_coupon_date,
            last_regular_date=self.scheduled_maturity if is_moved else note.last_regular_date,
            maturity=self.scheduled_maturity,
            frequency=note.frequency,
            roll_day=note.roll_day,
            day_count=terms.interest.day_count,
            convention=terms.interest.convention,
            accrual=terms.interest.accrual,
            calendar=self.calendar,
            floating_from=note.floating.from_on if note.floating else None,
            floating=terms.floating,
            maturity_convention=terms.maturity_convention,
            accrual_at_maturity=terms.accrual_at_maturity,
        )

    @kept
    def _grid(self) -> RollGrid:
        note = self.note
        return coupon_grid(frequency=note.frequency, roll_day=note.roll_day, first_coupon_date=note.first_coupon_date)

    @kept
    def scheduled_maturity(self) -> date:
        """The interest date that the printed maturity was moved from; the printed day where it was not moved.

        Interest stops on it, or runs on from it to the printed day where accrual is adjusted. Principal
        falls due on the printed day.
        """
        return scheduled_maturity(
            self.note.maturity,
            last_regular_date=self.note.last_regular_date,
            grid=self._grid,
            convention=self.terms.maturity_convention,
            calendar=self.calendar,
        )

    def is_maturity(self, day: date) -> bool:
        """Tell whether a day is maturity: the printed one, or the one it was moved from."""
        return day in (self.note.maturity, self.scheduled_maturity)

    @property
    def called_before(self) -> date:
        """The day before which a call redeems the note: the first that is maturity."""
        return min(self.note.maturity, self.scheduled_maturity)

    @kept
    def interest_dates(self) -> tuple[date, ...]:
        """The scheduled interest dates, before any business-day adjustment; the last is the scheduled maturity."""
        return tuple(period.unadjusted_end for period in self.periods)

    @kept
    def call_dates(self) -> tuple[date, ...]:
        """The scheduled redemption dates of the note's call, maturity excluded; empty if it has none."""
        if self.note.call is None:
            return ()
        return call_dates(
            self.note.call,
            coupon_dates=self.interest_dates,
            maturity=self.called_before,
            calendar=self.calendar,
            roll_day=self.note.roll_day,
        )

    def is_interest_date(self, day: date) -> bool:
        """Tell whether interest is scheduled for this day, or paid with principal on it."""
        return self._period_due(day) is not None

    def _period_due(self, day: date) -> Period | None:
        if self.is_maturity(day):
            return self.periods[-1]
        found = bisect_left(self.interest_dates, day)
        if found == len(self.interest_dates) or self.interest_dates[found] != day:
            return None
        return self.periods[found]

    def first_interest_date(self, day: date) -> date:
        """Give the first scheduled interest date on or after a day; maturity when none is left."""
        found = bisect_left(self.interest_dates, day, hi=len(self.interest_dates) - 1)
        return self.principal_due_on(self.interest_dates[found])

    def principal_due_on(self, day: date) -> date:
        """Give the day on which principal asked for a day falls due: at maturity that is the printed one."""
        return self.note.maturity if self.is_maturity(day) else day

    def convention(self, due_on: date, kind: PaymentKind) -> Convention:
        """Name the business-day convention that a payment of this kind due on a day follows.

        A payment due at maturity follows the convention for maturity, whatever it is called. A
        survivor's repayment falls on an interest date, so it follows that of interest.
        """
        if self.is_maturity(due_on) or kind == PaymentKind.MATURITY:
            return self.terms.maturity_convention
        if kind == PaymentKind.REDEMPTION:
            return self.terms.redemption_convention
        floats = self.note.floating is not None and due_on > self.note.floating.from_on
        return (self.terms.floating if floats else self.terms.interest).convention

    def pay_on(self, due_on: date, kind: PaymentKind) -> date:
        """Give the day cash moves for a payment of this kind due on a day."""
        return adjust(due_on, self.convention(due_on, kind), self.calendar)

    def period_of(self, due_on: date) -> Period:
        """Give the interest period that interest due on a day accrues in; raise ValueError where there is none."""
        return self._period_due(due_on) or period_accruing(self.periods, due_on)

    def rate(self, due_on: date) -> Decimal | Missing:
        """Give the yearly rate, in per cent, of interest due on a day; Missing while its index is not set."""
        start = self.period_of(due_on).unadjusted_start
        if self.note.floating is None or not self.note.floats_in(start):
            return self.note.coupon_from(start)
        if start not in self.rates:
            return Missing((rate_missing(start),))
        return self.note.floating.rate(self.rates[start])

    def interest(self, principal: Money, due_on: date) -> Money:
        """Give the interest accrued on a principal to, not including, the day it is due.

        On an interest date that is the whole period's interest, also where accrual is adjusted and
        the period ends on another day than it is due; cents are rounded half-up once. Raise NoRate
        where the period's index is not set, or comes to less than nothing under no printed floor.
        """
        rate = self.rate(due_on)
        if isinstance(rate, Missing):
            raise NoRate(f"`{rate.fields[0]}` is missing")
        if rate < 0:
            raise NoRate(f"the rate comes to {rate:f} per cent a year, and no floor is printed")
        return interest(principal, rate, self.part_of_year(due_on))

    def part_of_year(self, due_on: date) -> Fraction:
        """Give the part of a year that interest due on a day accrues for; raise ValueError where there is none."""
        if period := self._period_due(due_on):
            return period.year_fraction
        return part_accrued(self.periods, due_on, self._grid)

    def early_price(self, due_on: date, price: Decimal) -> Decimal:
        """Give what principal is repaid at before maturity: the price, or the amortised face of a discount note."""
        note = self.note
        if not note.original_issue_discount:
            return price
        if self.terms.compounds is None:
            raise NoRate("no term says how the `amortised face compounds`")
        return amortised_face(
            self.scheduled_maturity if self.is_maturity(due_on) else due_on,
            accrues_from=note.issue_date,
            maturity=self.scheduled_maturity,
            issue_price=note.issue_price,
            coupon=note.coupon,
            compounds=self.terms.compounds,
        )

    def record_on(self, due_on: date) -> date | None:
        """Give the day whose holder gets the interest due on a day before maturity; None where no term says.

        Counted from the scheduled interest date, or from the moved one where accrual is adjusted,
        for there the interest date itself moves.
        """
        if self.terms.record_date is None:
            return None
        return record_date(self.terms.record_date, self.period_of(due_on).accrual_end, self.calendar)

    def interest_to(self, due_on: date, kind: PaymentKind) -> str:
        """Say who gets the interest paid with a payment of this kind; empty where no term says, or there is none."""
        if self.note.pays_no_interest:
            return ""
        if kind != PaymentKind.INTEREST or self.is_maturity(due_on):
            return WHOEVER_GETS_THE_PRINCIPAL
        record_on = self.record_on(due_on)
        return "" if record_on is None else f"holder of record on {record_on}"


def rate_missing(period_start: date) -> str:
    """Name the event that is missing while the index of a period is not set."""
    return f"rate_reset for the period starting {period_start}"


def at_price(principal: Money, price: Decimal) -> Money:
    """Give what a principal is repaid with at a price in per cent of it; cents half-up."""
    if price == 100:
        return principal
    exact = Fraction(principal.cents, 100) * Fraction(price) / 100
    return Money.from_cents(round_half_up_to_cents(exact), principal.currency)
