"""A note's days: when interest is due, when cash moves, and what has accrued."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

from rules_engine.dates.calendars import Calendar
from rules_engine.dates.conventions import adjust
from rules_engine.dates.interest import accrued, interest
from rules_engine.dates.redemptions import call_dates
from rules_engine.dates.rolls import RollGrid
from rules_engine.dates.schedules import Period, coupon_grid, coupon_periods
from rules_engine.model.money import Money, round_half_up_to_cents
from rules_engine.model.notes import Note
from rules_engine.model.values import Value


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """One note under one set of payment-day terms; worked out on first use and kept.

    `conventions` gives the business-day convention for each kind of payment: `interest`,
    `maturity`, `redemption` and `repayment`.
    """

    note: Note
    calendar: Calendar
    conventions: Mapping[str, str]
    accrual: str
    day_count: str

    @classmethod
    def of(cls, note: Note, terms: Mapping[str, Value], calendar: Calendar) -> Schedule:
        """Set a note beside the payment-day terms of its edition.

        A survivor's repayment falls on an interest date, so it follows the interest convention.
        """
        interest = str(terms["interest convention"])
        return cls(
            note=note,
            calendar=calendar,
            conventions=MappingProxyType(
                {
                    "interest": interest,
                    "repayment": interest,
                    "maturity": str(terms["maturity convention"]),
                    "redemption": str(terms["redemption convention"]),
                }
            ),
            accrual=str(terms["accrual"]),
            day_count=str(terms["day count"]),
        )

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The interest periods from the issue date to maturity, in order."""
        note = self.note
        return coupon_periods(
            issue_date=note.issue_date,
            first_coupon_date=note.first_coupon_date,
            last_regular_date=note.last_regular_date,
            maturity=note.maturity,
            frequency=note.frequency,
            roll_day=note.roll_day,
            day_count=self.day_count,
            convention=self.conventions["interest"],
            accrual=self.accrual,
            calendar=self.calendar,
        )

    @cached_property
    def _grid(self) -> RollGrid:
        note = self.note
        return coupon_grid(frequency=note.frequency, roll_day=note.roll_day, first_coupon_date=note.first_coupon_date)

    @cached_property
    def interest_dates(self) -> tuple[date, ...]:
        """The scheduled interest dates, before any business-day adjustment; the last is maturity."""
        return tuple(period.unadjusted_end for period in self.periods)

    @cached_property
    def call_dates(self) -> tuple[date, ...]:
        """The scheduled redemption dates of the note's call, maturity excluded; empty if it has none."""
        if self.note.call is None:
            return ()
        return call_dates(
            self.note.call,
            coupon_dates=self.interest_dates,
            maturity=self.note.maturity,
            calendar=self.calendar,
            roll_day=self.note.roll_day,
        )

    def is_interest_date(self, day: date) -> bool:
        """Tell whether interest is scheduled for this day."""
        return self._period_due(day) is not None

    def _period_due(self, day: date) -> Period | None:
        found = bisect_left(self.interest_dates, day)
        if found == len(self.interest_dates) or self.interest_dates[found] != day:
            return None
        return self.periods[found]

    def first_interest_date(self, day: date) -> date:
        """Give the first scheduled interest date on or after a day; maturity when none is left."""
        found = bisect_left(self.interest_dates, day)
        return self.interest_dates[min(found, len(self.interest_dates) - 1)]

    def convention(self, due_on: date, kind: str) -> str:
        """Name the business-day convention that a payment of this kind due on a day follows.

        A payment due at maturity follows the convention for maturity, whatever it is called.
        """
        return self.conventions["maturity" if due_on == self.note.maturity else kind]

    def pay_on(self, due_on: date, kind: str) -> date:
        """Give the day cash moves for a payment of this kind due on a day."""
        return adjust(due_on, self.convention(due_on, kind), self.calendar)

    def interest(self, principal: Money, due_on: date) -> Money:
        """Give the interest accrued on a principal to, not including, the day it is due.

        On an interest date that is the whole period's interest, also where accrual is adjusted and
        the period ends on another day than it is due; cents are rounded half-up once.
        """
        if period := self._period_due(due_on):
            return interest(principal, self.note.coupon, period.year_fraction)
        return accrued(
            self.periods,
            due_on,
            principal=principal,
            coupon=self.note.coupon,
            day_count=self.day_count,
            grid=self._grid,
        )


def at_price(principal: Money, price: Decimal) -> Money:
    """Give what a principal is repaid with at a price in per cent of it; cents half-up."""
    if price == 100:
        return principal
    exact = Fraction(principal.amount) * Fraction(price) / 100
    return Money.from_cents(round_half_up_to_cents(exact), principal.currency)
