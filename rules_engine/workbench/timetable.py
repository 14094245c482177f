"""A note's timetable: every interest date and redemption date to come, with cash days and amounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.dates.redemptions import last_notice_day
from rules_engine.dates.schedules import Period
from rules_engine.deciding.schedule import Schedule
from rules_engine.host.opening import Scheduled
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.exact import plain_text
from rules_engine.model.money import Money
from rules_engine.model.notes import Call, Note
from rules_engine.model.values import Missing

PER = Money.parse("1000.00")
"""What amounts are given for: the piece retail notes are sold in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupon:
    """One interest payment on $1,000.

    `due_on` is the scheduled day and `pay_on` the day cash moves. Interest accrues from
    `accrual_start`, included, to `accrual_end`, excluded: `days` of the period's day count, at
    `rate` per cent a year. Rate and interest are None where an index is still to be set. Whoever
    holds the note on `record_on` gets the interest; None where no term says, and at maturity, when
    whoever gets the principal does.
    """

    n: int
    accrual_start: date
    due_on: date
    pay_on: date
    interest: Money | None
    accrual_end: date
    days: int
    rate: Decimal | None
    record_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redemption:
    """One day the issuer may redeem the note for.

    `price` is in per cent of principal, and None where it is a make-whole, worked out when the note is called.
    Notice given on `last_notice_on` is long enough; notice given a day later is not. It is None where neither
    the supplement nor the prospectus gives a notice period.
    """

    redeem_on: date
    pay_on: date
    price: Decimal | None
    last_notice_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """The days of one note; maturity is no redemption date, though the last coupon falls due on it.

    `drafts` names the rule set it rests on where that is still a draft.
    """

    note: Note
    coupons: tuple[Coupon, ...]
    redemptions: tuple[Redemption, ...]
    matures_on: date
    pay_on: date
    drafts: tuple[str, ...]


def timetable(scheduled: Scheduled) -> Timetable:
    """List the days and amounts of a note; raise CalendarNotCovered for years its calendar is not known for."""
    schedule, days = scheduled.schedule, scheduled.days
    note = schedule.note
    return Timetable(
        note=note,
        coupons=_coupons(schedule),
        redemptions=_redemptions(schedule),
        matures_on=note.maturity,
        pay_on=schedule.pay_on(note.maturity, PaymentKind.MATURITY),
        drafts=(days.name,) if days.status == "draft" else (),
    )


def timetable_to_json(timetable: Timetable) -> dict[str, Any]:
    """Write a timetable as the contract has it; what the contract does not name comes after what it does."""
    return {
        "cusip": timetable.note.cusip,
        "coupons": [
            {
                "n": coupon.n,
                "accrual_start": coupon.accrual_start.isoformat(),
                "due_on": coupon.due_on.isoformat(),
                "pay_on": coupon.pay_on.isoformat(),
                "interest": None if coupon.interest is None else coupon.interest.wire,
                "accrual_end": coupon.accrual_end.isoformat(),
                "days": coupon.days,
                "rate": None if coupon.rate is None else plain_text(coupon.rate),
                "record_on": None if coupon.record_on is None else coupon.record_on.isoformat(),
            }
            for coupon in timetable.coupons
        ],
        "redemptions": [
            {
                "redeem_on": redemption.redeem_on.isoformat(),
                "pay_on": redemption.pay_on.isoformat(),
                "price": None if redemption.price is None else plain_text(redemption.price),
                "last_notice_on": redemption.last_notice_on.isoformat() if redemption.last_notice_on else None,
            }
            for redemption in timetable.redemptions
        ],
        "maturity": {"due_on": timetable.matures_on.isoformat(), "pay_on": timetable.pay_on.isoformat()},
        "redemption_known": timetable.note.redemption_known,
        "provisional": bool(timetable.drafts),
        "drafts": list(timetable.drafts),
    }


def _coupons(schedule: Schedule) -> tuple[Coupon, ...]:
    return () if schedule.note.pays_no_interest else tuple(_coupon(schedule, period) for period in schedule.periods)


def _coupon(schedule: Schedule, period: Period) -> Coupon:
    due_on = period.unadjusted_end
    rate = schedule.rate(due_on)
    return Coupon(
        n=period.n,
        accrual_start=period.accrual_start,
        due_on=due_on,
        pay_on=schedule.pay_on(due_on, PaymentKind.INTEREST),
        interest=None if isinstance(rate, Missing) else schedule.interest(PER, due_on),
        accrual_end=period.accrual_end,
        days=period.days,
        rate=None if isinstance(rate, Missing) else rate,
        record_on=None if schedule.is_maturity(due_on) else schedule.record_on(due_on),
    )


def _redemptions(schedule: Schedule) -> tuple[Redemption, ...]:
    call = schedule.note.call
    if call is None:
        return ()
    return tuple(
        Redemption(
            redeem_on=day,
            pay_on=schedule.pay_on(day, PaymentKind.REDEMPTION),
            price=_price(schedule, call, day),
            last_notice_on=last_notice_day(day, call.notice, schedule.calendar) if call.notice else None,
        )
        for day in schedule.call_dates
    )


def _price(schedule: Schedule, call: Call, day: date) -> Decimal | None:
    whole = call.make_whole
    if whole is not None and (whole.until is None or day < whole.until):
        return None
    return schedule.early_price(day, call.price_on(day))
