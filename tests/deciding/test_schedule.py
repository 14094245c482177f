from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rules_engine.dates.calendars import Calendar, from_days
from rules_engine.deciding.schedule import Schedule
from rules_engine.model.money import Money
from rules_engine.model.notes import Note

ORACLES = Path(__file__).parent.parent / "oracles"
RANDOM_NOTES = json.loads((ORACLES / "random_schedules.json").read_text())["notes"]
CLOSED = json.loads((ORACLES / "calendars.json").read_text())
FACE = Money.parse("1000.00")
DUE_ON, PAY_ON, CENTS = 2, 8, 10  # columns of the oracle's periods

DAY_COUNTS = {
    "THIRTY_360": "30/360",
    "ACT_360": "actual/360",
    "ACT_365F": "actual/365 fixed",
    "ACT_ACT_ICMA": "actual/actual ICMA",
}
CONVENTIONS = {
    "NONE": "none",
    "FOLLOWING": "following",
    "MODFOLLOWING": "modified following",
    "PRECEDING": "preceding",
}


def calendar(code: str) -> Calendar:
    days = [] if code == "SATSUN" else [date.fromisoformat(day) for day in CLOSED[code]["holidays"]]
    return from_days(code, days, 2000, 2060, "tests/oracles/calendars.json")


CALENDARS = {code: calendar(code) for code in ("USNY", "USGS", "SATSUN")}


def schedule(row: dict[str, Any]) -> Schedule:
    convention = CONVENTIONS[row["business_day_convention"]]
    return Schedule(
        note=Note(
            cusip=row["id"],
            programme="acme/notes-a",
            supplement="1",
            issue_date=date.fromisoformat(row["issue_date"]),
            maturity=date.fromisoformat(row["maturity_date"]),
            coupon=Decimal(row["coupon_rate_pct"]),
            frequency=row["frequency"].lower().replace("_", "-"),
            first_coupon_date=date.fromisoformat(row["first_coupon_date"]),
            last_regular_date=date.fromisoformat(row["last_regular_date"]),
            roll_day=0 if row["roll"] == "EOM" else int(row["roll"].removeprefix("DAY_")),
            survivors_option=True,
            minimum_denomination=FACE,
            increment=FACE,
        ),
        calendar=CALENDARS[row["calendar"]],
        conventions=dict.fromkeys(("interest", "repayment", "maturity", "redemption"), convention),
        accrual=row["accrual"].lower(),
        day_count=DAY_COUNTS[row["day_count"]],
    )


@pytest.mark.parametrize("row", RANDOM_NOTES, ids=lambda row: f"{row['id']}-{row['accrual'].lower()}")
def test_pays_the_whole_period_on_the_day_it_is_due_however_it_accrues(row: dict[str, Any]) -> None:
    found = schedule(row)
    paid = [
        (found.pay_on(day, "interest").isoformat(), str(found.interest(FACE, day).amount))
        for day in found.interest_dates
    ]
    assert paid == [(period[PAY_ON], period[CENTS]) for period in row["periods"]]
    assert [day.isoformat() for day in found.interest_dates] == [period[DUE_ON] for period in row["periods"]]
