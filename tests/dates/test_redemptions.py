from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import QuantLib

from rules_engine.dates.calendars import freeze
from rules_engine.dates.conventions import adjust
from rules_engine.dates.redemptions import (
    call_dates,
    date_served,
    days_of_notice,
    first_call_date_on_or_after,
    is_call_date,
    last_notice_day,
)
from rules_engine.errors import CalendarNotCovered
from rules_engine.model.note_words import CallDay, Convention, CountedIn
from rules_engine.model.notes import Call, Notice

from .oracles import calendar, read

USNY = calendar("USNY")
SEED_NOTES = read("seed_schedule.json")["notes"]


def business_days(minimum: int) -> Notice:
    return Notice(minimum_days=minimum, counted=CountedIn.BUSINESS_DAYS)


THIRTY_DAYS = Notice(minimum_days=30)
TEN_BUSINESS_DAYS = business_days(10)


def callable_on(on: str, first_on: date = date(2017, 12, 15), notice: Notice = THIRTY_DAYS) -> Call:
    day = CallDay(on)
    return Call(style=day.style, first_on=first_on, on=day, price=Decimal(100), notice=notice)


def of_note(**changed: Any) -> dict[str, Any]:
    return {
        "coupon_dates": [date(2018, month, 15) for month in (3, 6, 9, 12)],
        "maturity": date(2018, 12, 15),
        "calendar": USNY,
        "roll_day": 15,
    } | changed


@pytest.mark.parametrize("note", SEED_NOTES, ids=lambda note: note["cusip"])
def test_redemption_dates_of_the_seed_are_as_two_others_worked_them_out(note: dict[str, Any]) -> None:
    found = call_dates(
        callable_on("monthly"), **of_note(coupon_dates=[], maturity=date.fromisoformat(note["maturity_date"]))
    )
    assert [
        (
            day.isoformat(),
            adjust(day, Convention.FOLLOWING, USNY).isoformat(),
            last_notice_day(day, THIRTY_DAYS, USNY).isoformat(),
        )
        for day in found
    ] == [(call["call_date"], call["payment_date"], call["latest_notice_date"]) for call in note["calls"]]
    assert len(found) == note["n_call_dates"]


def test_redemption_on_every_coupon_date_of_the_seed_is_the_same() -> None:
    note = SEED_NOTES[0]
    coupon_dates = [date.fromisoformat(coupon["accrual_end"]) for coupon in note["coupons"]]
    found = call_dates(callable_on("coupon date"), **of_note(coupon_dates=coupon_dates, maturity=coupon_dates[-1]))
    assert [day.isoformat() for day in found] == [call["call_date"] for call in note["calls"]]


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("once", [date(2018, 1, 31)]),
        ("coupon date", [date(2018, 1, 31), date(2018, 3, 15), date(2018, 6, 15), date(2018, 9, 15)]),
        ("semi-annual", [date(2018, 1, 31), date(2018, 7, 31)]),
        (
            "monthly",
            [date(2018, month, day) for month, day in enumerate((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30), start=1)],
        ),
    ],
)
def test_redemption_dates_run_from_the_first_named_up_to_but_not_including_maturity(on: str, found: list[date]) -> None:
    assert list(call_dates(callable_on(on, date(2018, 1, 31)), **of_note())) == found


@pytest.mark.parametrize(
    ("first_on", "roll_day", "second"),
    [
        (date(2018, 2, 28), 30, date(2018, 3, 30)),
        (date(2018, 2, 28), 0, date(2018, 3, 31)),
        (date(2018, 2, 28), 28, date(2018, 3, 28)),
        (date(2018, 2, 20), 15, date(2018, 3, 20)),  # not on the note's roll day: its own day then
        (date(2018, 4, 30), 31, date(2018, 5, 31)),
    ],
)
def test_a_first_date_in_a_short_month_goes_on_by_the_roll_day(first_on: date, roll_day: int, second: date) -> None:
    assert call_dates(callable_on("monthly", first_on), **of_note(roll_day=roll_day))[:2] == (first_on, second)


@pytest.mark.parametrize("on", ["once", "monthly", "coupon date", "semi-annual", "business day", "any day"])
def test_maturity_is_no_redemption_date_and_the_day_before_may_be(on: str) -> None:
    day_before = date(2018, 12, 14)
    assert not is_call_date(callable_on(on, date(2018, 12, 15)), date(2018, 12, 15), **of_note())
    assert call_dates(callable_on(on, date(2018, 12, 15)), **of_note()) == ()
    assert call_dates(callable_on(on, day_before), **of_note()) == (day_before,)


def test_on_any_day_is_every_day_from_the_first_named() -> None:
    any_day = callable_on("any day", date(2018, 6, 16))  # a Saturday
    found = call_dates(any_day, **of_note())
    assert found[:3] == (date(2018, 6, 16), date(2018, 6, 17), date(2018, 6, 18))
    assert len(found) == (date(2018, 12, 15) - date(2018, 6, 16)).days
    assert not is_call_date(any_day, date(2018, 6, 15), **of_note())


def test_a_first_named_sunday_makes_the_next_business_day_the_first() -> None:
    # "on 6/15/2025 and every business day thereafter", and 15 June 2025 is a Sunday
    every_business_day = callable_on("business day", date(2025, 6, 15))
    terms = of_note(maturity=date(2025, 6, 24))
    assert call_dates(every_business_day, **terms) == (
        date(2025, 6, 16),
        date(2025, 6, 17),
        date(2025, 6, 18),
        # the 19th is Juneteenth
        date(2025, 6, 20),
        date(2025, 6, 23),
    )
    assert not is_call_date(every_business_day, date(2025, 6, 15), **terms)
    assert is_call_date(every_business_day, date(2025, 6, 16), **terms)


def test_a_first_named_sunday_stays_where_redemption_is_on_coupon_dates() -> None:
    assert is_call_date(
        callable_on("monthly", date(2025, 6, 15)), date(2025, 6, 15), **of_note(maturity=date(2026, 6, 15))
    )


@pytest.mark.parametrize("on", ["once", "monthly", "coupon date", "semi-annual", "business day", "any day"])
def test_one_day_and_the_whole_list_agree(on: str) -> None:
    call, terms = callable_on(on, date(2018, 2, 15)), of_note()
    listed = call_dates(call, **terms)
    day = date(2018, 2, 1)
    while day <= date(2018, 12, 31):
        later = [found for found in listed if found >= day]
        assert is_call_date(call, day, **terms) is (day in listed)
        assert first_call_date_on_or_after(call, day, **terms) == (later[0] if later else None)
        day += timedelta(days=1)


def test_a_business_day_the_calendar_does_not_cover_is_refused() -> None:
    until_2017 = freeze("USNY", "USNY", 2000, 2017)
    with pytest.raises(CalendarNotCovered, match="not 2018-01-02"):
        is_call_date(callable_on("business day"), date(2018, 1, 2), **of_note(calendar=until_2017))


def test_maturity_needs_no_calendar_to_be_no_redemption_date() -> None:
    maturity = date(2018, 1, 15)
    until_2017 = freeze("USNY", "USNY", 2000, 2017)
    assert not is_call_date(callable_on("business day"), maturity, **of_note(calendar=until_2017, maturity=maturity))


def test_after_the_last_coupon_date_there_is_no_redemption_on_coupon_dates() -> None:
    terms = of_note(coupon_dates=[date(2018, 3, 15)])
    assert first_call_date_on_or_after(callable_on("coupon date"), date(2018, 3, 15), **terms) == date(2018, 3, 15)
    assert first_call_date_on_or_after(callable_on("coupon date"), date(2018, 3, 16), **terms) is None


@pytest.mark.parametrize(
    ("redeem_on", "notice", "last_day"),
    [
        (date(2017, 12, 15), Notice(minimum_days=30), date(2017, 11, 15)),
        (date(2017, 12, 15), Notice(minimum_days=10), date(2017, 12, 5)),
        (date(2018, 1, 15), Notice(minimum_days=30), date(2017, 12, 16)),  # a Saturday, and it is not moved
        (date(2018, 1, 24), Notice(minimum_days=30), date(2017, 12, 25)),  # Christmas, and it is not moved
        (date(2017, 12, 15), Notice(minimum_days=0), date(2017, 12, 15)),
        (date(2017, 12, 15), business_days(10), date(2017, 12, 1)),
        (
            date(2017, 11, 27),
            business_days(10),
            date(2017, 11, 10),
        ),  # over Thanksgiving
        (
            date(2017, 12, 15),
            business_days(20),
            date(2017, 11, 16),
        ),  # over Thanksgiving
    ],
)
def test_last_day_for_notice_is_counted_back_from_the_scheduled_date(
    redeem_on: date, notice: Notice, last_day: date
) -> None:
    assert last_notice_day(redeem_on, notice, USNY) == last_day


@pytest.mark.parametrize("redeem_on", [date(2017, 12, 15), date(2018, 1, 14), date(2018, 1, 15)])
@pytest.mark.parametrize("minimum_days", [1, 5, 10, 20])
def test_business_days_of_notice_are_counted_back_as_another_library_does(redeem_on: date, minimum_days: int) -> None:
    fed = QuantLib.UnitedStates(QuantLib.UnitedStates.FederalReserve)
    day = QuantLib.Date(redeem_on.day, redeem_on.month, redeem_on.year)
    expected = fed.advance(day, -minimum_days, QuantLib.Days).to_date()
    assert last_notice_day(redeem_on, business_days(minimum_days), USNY) == expected


@pytest.mark.parametrize("redeem_on", [date(2017, 12, 15), date(2018, 1, 13), date(2018, 1, 15), date(2018, 1, 16)])
@pytest.mark.parametrize("notice", [THIRTY_DAYS, TEN_BUSINESS_DAYS, business_days(1)])
def test_notice_on_the_last_day_is_long_enough_and_a_day_later_is_not(redeem_on: date, notice: Notice) -> None:
    last_day = last_notice_day(redeem_on, notice, USNY)
    assert days_of_notice(last_day, redeem_on, notice, USNY) == notice.minimum_days
    day_later = days_of_notice(last_day + timedelta(days=1), redeem_on, notice, USNY)
    assert day_later == notice.minimum_days - 1


@pytest.mark.parametrize(
    ("given_on", "notice", "count"),
    [
        (date(2017, 11, 14), THIRTY_DAYS, 31),
        (date(2017, 11, 15), THIRTY_DAYS, 30),
        (date(2017, 11, 16), THIRTY_DAYS, 29),
        (date(2017, 12, 15), THIRTY_DAYS, 0),
        (date(2017, 12, 16), THIRTY_DAYS, -1),
        (date(2017, 11, 30), TEN_BUSINESS_DAYS, 11),
        (date(2017, 12, 1), TEN_BUSINESS_DAYS, 10),
        (date(2017, 12, 2), TEN_BUSINESS_DAYS, 9),  # a Saturday
        (date(2017, 12, 4), TEN_BUSINESS_DAYS, 9),
        (date(2017, 12, 18), TEN_BUSINESS_DAYS, -1),
    ],
)
def test_days_of_notice_for_a_redemption_on_15_december_2017(given_on: date, notice: Notice, count: int) -> None:
    assert days_of_notice(given_on, date(2017, 12, 15), notice, USNY) == count


@pytest.mark.parametrize(
    ("given_on", "served"),
    [
        (date(2017, 1, 3), date(2017, 12, 15)),  # long before the first date
        (date(2017, 11, 15), date(2017, 12, 15)),
        (date(2017, 11, 16), date(2018, 1, 15)),  # one day short of December
        (date(2017, 12, 16), date(2018, 1, 15)),
        (date(2017, 12, 17), date(2018, 2, 15)),
        (date(2018, 10, 16), date(2018, 11, 15)),  # the last date before maturity
        (date(2018, 10, 17), None),
        (date(2019, 1, 2), None),
    ],
)
def test_a_notice_serves_the_first_date_it_is_long_enough_for(given_on: date, served: date | None) -> None:
    assert date_served(callable_on("monthly"), given_on, **of_note()) == served


@pytest.mark.parametrize(
    ("on", "notice", "given_on", "served"),
    [
        ("any day", THIRTY_DAYS, date(2018, 3, 1), date(2018, 3, 31)),
        ("business day", THIRTY_DAYS, date(2018, 3, 1), date(2018, 4, 2)),  # the 31st is a Saturday
        ("business day", TEN_BUSINESS_DAYS, date(2018, 3, 1), date(2018, 3, 15)),
        ("coupon date", TEN_BUSINESS_DAYS, date(2018, 3, 1), date(2018, 3, 15)),
        ("coupon date", TEN_BUSINESS_DAYS, date(2018, 3, 2), date(2018, 6, 15)),
        ("once", THIRTY_DAYS, date(2017, 11, 15), date(2017, 12, 15)),
        ("once", THIRTY_DAYS, date(2017, 11, 16), None),
    ],
)
def test_a_notice_serves_a_date_of_every_kind(on: str, notice: Notice, given_on: date, served: date | None) -> None:
    assert date_served(callable_on(on, notice=notice), given_on, **of_note()) == served


@pytest.mark.parametrize(
    ("given_on", "served"),
    [
        (date(2017, 10, 15), None),  # 61 days ahead of the first date
        (date(2017, 10, 16), date(2017, 12, 15)),  # 60 days
        (date(2017, 11, 15), date(2017, 12, 15)),  # 30 days
        (date(2017, 11, 16), date(2018, 1, 15)),  # 60 days to the next
    ],
)
def test_a_notice_given_too_far_ahead_serves_no_date(given_on: date, served: date | None) -> None:
    call = callable_on("monthly", notice=Notice(minimum_days=30, maximum_days=60))
    assert date_served(call, given_on, **of_note()) == served
