"""Redemption at the issuer's choice: on which days, how long before it is noticed, and which day a notice serves."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta

from rules_engine.dates.calendars import ONE_DAY, Calendar
from rules_engine.dates.rolls import RollGrid, roll_date
from rules_engine.model.note_words import CallDay, CountedIn
from rules_engine.model.notes import Call, Notice

MONTHS_APART = {CallDay.MONTHLY: 1, CallDay.QUARTERLY: 3, CallDay.SEMI_ANNUAL: 6, CallDay.ANNUAL: 12}
"""How many months lie between two redemption dates, where they come so many months apart."""


def first_call_date_on_or_after(
    call: Call, day: date, *, coupon_dates: Sequence[date], maturity: date, calendar: Calendar, roll_day: int
) -> date | None:
    """Find the first scheduled redemption date from a day on, the day included; None where there is none.

    `coupon_dates` are the scheduled interest dates in order, and `roll_day` the note's, 0 for the
    end of the month. The first named date is a redemption date itself, unless redemption is on a
    `business day` and it is none: then the next business day is the first. Maturity is none. Raise
    CalendarNotCovered where a business day is not known.
    """
    day = max(day, call.first_on)
    if day >= maturity:
        return None
    found = _scheduled(call, day, coupon_dates, calendar, roll_day)
    return found if found is not None and found < maturity else None


def is_call_date(
    call: Call, day: date, *, coupon_dates: Sequence[date], maturity: date, calendar: Calendar, roll_day: int
) -> bool:
    """Tell whether a day is a scheduled redemption date."""
    found = first_call_date_on_or_after(
        call, day, coupon_dates=coupon_dates, maturity=maturity, calendar=calendar, roll_day=roll_day
    )
    return found == day


def call_dates(
    call: Call, *, coupon_dates: Sequence[date], maturity: date, calendar: Calendar, roll_day: int
) -> tuple[date, ...]:
    """List the scheduled redemption dates, unadjusted, from the first named one up to but not including maturity."""
    found: list[date] = []
    day: date | None = call.first_on
    while day is not None:
        day = first_call_date_on_or_after(
            call, day, coupon_dates=coupon_dates, maturity=maturity, calendar=calendar, roll_day=roll_day
        )
        if day is not None:
            found.append(day)
            day += ONE_DAY
    return tuple(found)


def last_notice_day(redeem_on: date, notice: Notice, calendar: Calendar) -> date:
    """Name the last day on which notice of a redemption is long enough.

    Counted back from the scheduled redemption date, the day of notice excluded: calendar days
    where a holiday moves nothing, or business days of the calendar.
    """
    if notice.counted is CountedIn.BUSINESS_DAYS:
        return calendar.add_business_days(redeem_on, -notice.minimum_days)
    return redeem_on - timedelta(days=notice.minimum_days)


def days_of_notice(given_on: date, redeem_on: date, notice: Notice, calendar: Calendar) -> int:
    """Count the days of notice a redemption has, as the note counts them; negative for one given afterwards.

    Business days are counted back from the redemption date to the day of notice, so that notice on
    the last day for it has exactly the minimum.
    """
    if notice.counted is CountedIn.BUSINESS_DAYS:
        return calendar.business_days_between(given_on, redeem_on)
    return (redeem_on - given_on).days


def date_served(
    call: Call, given_on: date, *, coupon_dates: Sequence[date], maturity: date, calendar: Calendar, roll_day: int
) -> date | None:
    """Find the first redemption date a notice given on a day is long enough for; None where there is none.

    None too where even that date lies further off than notice may be given ahead.
    """
    notice, candidate = call.notice_asked, given_on
    while True:
        found = first_call_date_on_or_after(
            call, candidate, coupon_dates=coupon_dates, maturity=maturity, calendar=calendar, roll_day=roll_day
        )
        if found is None:
            return None
        given = days_of_notice(given_on, found, notice, calendar)
        if given >= notice.minimum_days:
            return found if notice.maximum_days is None or given <= notice.maximum_days else None
        candidate = found + ONE_DAY


def _scheduled(call: Call, day: date, coupon_dates: Sequence[date], calendar: Calendar, roll_day: int) -> date | None:
    if call.on is CallDay.ANY_DAY:
        return day
    if call.on is CallDay.BUSINESS_DAY:
        return calendar.on_or_after(day)
    if day == call.first_on:
        return day
    if call.on is CallDay.ONCE:
        return None
    if call.on is CallDay.COUPON_DATE:
        place = bisect_left(coupon_dates, day)
        return coupon_dates[place] if place < len(coupon_dates) else None
    return _grid(call.first_on, MONTHS_APART[call.on], roll_day).date_after(day - ONE_DAY)


def _grid(first_on: date, months: int, roll_day: int) -> RollGrid:
    # a first date in a short month says less than the roll day does: 28 Feb of roll day 30 goes on to 30 Mar
    is_on_the_roll = roll_date(first_on.year, first_on.month, roll_day) == first_on
    return RollGrid(months=months, roll_day=roll_day if is_on_the_roll else first_on.day, through=first_on)
