from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rules_engine.dates.calendars import Calendar, from_days
from rules_engine.dates.schedules import DayTerms
from rules_engine.deciding.schedule import Schedule
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.money import Money
from rules_engine.model.note_words import Accrual, Convention, DayCount, Frequency
from rules_engine.model.notes import Note
from rules_engine.rulebook.note_days import PaymentDayTerms

ORACLES = Path(__file__).parent.parent / "oracles"
RANDOM_NOTES = json.loads((ORACLES / "random_schedules.json").read_text())["notes"]
CLOSED = json.loads((ORACLES / "calendars.json").read_text())
FACE = Money.parse("1000.00")
DUE_ON, PAY_ON, CENTS = 2, 8, 10  # columns of the oracle's periods

DAY_COUNTS = {
    "THIRTY_360": DayCount.THIRTY_360,
    "ACT_360": DayCount.ACTUAL_360,
    "ACT_365F": DayCount.ACTUAL_365_FIXED,
    "ACT_ACT_ICMA": DayCount.ACTUAL_ACTUAL_ICMA,
}
CONVENTIONS = {
    "NONE": Convention.NONE,
    "FOLLOWING": Convention.FOLLOWING,
    "MODFOLLOWING": Convention.MODIFIED_FOLLOWING,
    "PRECEDING": Convention.PRECEDING,
}


def calendar(code: str) -> Calendar:
    days = [] if code == "SATSUN" else [date.fromisoformat(day) for day in CLOSED[code]["holidays"]]
    return from_days(code, days, 2000, 2060, "tests/oracles/calendars.json")


CALENDARS = {code: calendar(code) for code in ("USNY", "USGS", "SATSUN")}


def schedule(row: dict[str, Any]) -> Schedule:
    convention = CONVENTIONS[row["business_day_convention"]]
    interest = DayTerms(
        day_count=DAY_COUNTS[row["day_count"]], convention=convention, accrual=Accrual(row["accrual"].lower())
    )
    return Schedule(
        note=Note(
            cusip=row["id"],
            programme="acme/notes-a",
            supplement="1",
            issue_date=date.fromisoformat(row["issue_date"]),
            maturity=date.fromisoformat(row["maturity_date"]),
            coupon=Decimal(row["coupon_rate_pct"]),
            frequency=Frequency(row["frequency"].lower().replace("_", "-")),
            first_coupon_date=date.fromisoformat(row["first_coupon_date"]),
            last_regular_date=date.fromisoformat(row["last_regular_date"]),
            roll_day=0 if row["roll"] == "EOM" else int(row["roll"].removeprefix("DAY_")),
            survivors_option=True,
            minimum_denomination=FACE,
            increment=FACE,
        ),
        calendar=CALENDARS[row["calendar"]],
        terms=PaymentDayTerms(
            calendar=row["calendar"],
            interest=interest,
            floating=interest,
            maturity_convention=convention,
            redemption_convention=convention,
        ),
    )


@pytest.mark.parametrize("row", RANDOM_NOTES, ids=lambda row: f"{row['id']}-{row['accrual'].lower()}")
def test_pays_the_whole_period_on_the_day_it_is_due_however_it_accrues(row: dict[str, Any]) -> None:
    found = schedule(row)
    paid = [
        (found.pay_on(day, PaymentKind.INTEREST).isoformat(), str(found.interest(FACE, day).amount))
        for day in found.interest_dates
    ]
    assert paid == [(period[PAY_ON], period[CENTS]) for period in row["periods"]]
    assert [day.isoformat() for day in found.interest_dates] == [period[DUE_ON] for period in row["periods"]]


def is_printed_moved(row: dict[str, Any]) -> bool:
    """Tell whether a note's last interest date is closed, so that its maturity might as well be printed moved."""
    return bool(row["last_regular_date"] == row["maturity_date"] != row["periods"][-1][PAY_ON])


MOVED = [row for row in RANDOM_NOTES if is_printed_moved(row)]


@pytest.mark.parametrize("row", MOVED, ids=lambda row: f"{row['id']}-{row['accrual'].lower()}")
def test_a_maturity_printed_moved_leaves_every_period_as_three_others_worked_it_out(row: dict[str, Any]) -> None:
    pay_on = date.fromisoformat(row["periods"][-1][PAY_ON])
    scheduled = date.fromisoformat(row["maturity_date"])
    as_printed = schedule(row)
    # the last regular date as printed: no day of it lies after maturity
    last = scheduled if scheduled <= pay_on else as_printed.interest_dates[-2]
    moved = replace(as_printed, note=replace(as_printed.note, maturity=pay_on, last_regular_date=last))
    columns = [
        [
            period.n,
            *(
                day.isoformat()
                for day in (
                    period.unadjusted_start,
                    period.unadjusted_end,
                    period.accrual_start,
                    period.accrual_end,
                )
            ),
            period.days,
            f"{period.year_fraction.numerator}/{period.year_fraction.denominator}",
        ]
        for period in moved.periods
    ]
    assert columns == [period[:7] for period in row["periods"]]
    for day in (scheduled, pay_on):
        assert moved.interest(FACE, day).wire == row["periods"][-1][CENTS]
        assert moved.pay_on(day, PaymentKind.INTEREST) == pay_on
        assert moved.pay_on(day, PaymentKind.MATURITY) == pay_on
        assert moved.is_maturity(day)
        assert moved.is_interest_date(day)
        assert moved.principal_due_on(day) == pay_on
        assert moved.first_interest_date(day) == pay_on


def test_enough_notes_mature_on_a_closed_day_on_each_side_of_it() -> None:
    later = [row["periods"][-1][PAY_ON] > row["maturity_date"] for row in MOVED]
    assert later.count(True) >= 10
    assert later.count(False) >= 3


@pytest.mark.parametrize("last", [date(2024, 12, 15), date(2024, 11, 15)])
def test_adjusted_interest_runs_to_a_maturity_printed_moved_in_one_period(last: date) -> None:
    (row,) = (each for each in RANDOM_NOTES if each["id"] == "R180")  # actual/360, adjusted, on the 15th of each month
    longer = schedule(row)
    found = replace(longer, note=replace(longer.note, maturity=date(2024, 12, 16), last_regular_date=last))
    ninth = row["periods"][8]  # from Friday 15 November to Sunday 15 December, which moves to Monday
    assert ninth[1:6] == ["2024-11-15", "2024-12-15", "2024-11-15", "2024-12-16", 31]
    assert len(found.periods) == 9
    assert found.periods == longer.periods[:9]
    assert found.interest(FACE, date(2024, 12, 16)).wire == ninth[CENTS]
