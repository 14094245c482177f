"""The figures of the seed's two notes, as printed or worked out by hand, asked for on the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .running import ROOT, call, interest, lines, request, rows, run

ORACLE = json.loads((ROOT / "tests" / "oracles" / "seed_schedule.json").read_text())
SEED = {note["cusip"]: note for note in ORACLE["notes"]}


def decided(event: dict[str, Any]) -> dict[str, Any]:
    result = run("decide", "-", "--json", given=lines(event))
    assert result.exit_code == 0
    (decision,) = rows(result)
    return dict(decision)


@pytest.mark.parametrize(("cusip", "amount"), [("02006DLF6", "4.28"), ("02006DLG4", "5.19")])
def test_the_first_coupons_are_those_printed_and_move_on_the_tuesday(cusip: str, amount: str) -> None:
    payment = decided(interest("first", cusip=cusip))["payment"]
    # 2017-01-15 is a Sunday and the 16th is Martin Luther King Jr. Day
    assert (payment["due_on"], payment["pay_on"], payment["total"]) == ("2017-01-15", "2017-01-17", amount)


@pytest.mark.parametrize(
    ("noticed", "redeem_on", "outcome", "pay_on", "total"),
    [
        ("2017-11-15", "2017-12-15", "accepted", "2017-12-15", "1002.92"),
        ("2017-11-16", "2017-12-15", "rejected", None, None),
        ("2017-11-16", "2018-01-15", "accepted", "2018-01-16", "1002.92"),
    ],
)
def test_a_call_is_answered_by_its_thirty_days(
    noticed: str, redeem_on: str, outcome: str, pay_on: str | None, total: str | None
) -> None:
    decision = decided(call("c", noticed=noticed, redeem_on=redeem_on))
    payment = decision["payment"] or {}
    assert (decision["outcome"], payment.get("pay_on"), payment.get("total")) == (outcome, pay_on, total)


def test_a_call_noticed_a_day_late_names_the_date_it_would_serve() -> None:
    decision = decided(call("c", noticed="2017-11-16", redeem_on="2017-12-15"))
    assert "2018-01-15" in decision["findings"][0]["because"]


@pytest.mark.parametrize(
    ("received_on", "principal", "due_on", "pay_on", "interest", "total"),
    [
        ("2017-08-01", "25000.00", "2017-09-15", "2017-09-15", "72.92", "25072.92"),
        # 2017-10-15 is a Sunday
        ("2017-09-01", "40000.00", "2017-10-15", "2017-10-16", "116.67", "40116.67"),
    ],
)
def test_a_survivor_is_repaid_on_the_first_interest_date_twenty_days_on(
    received_on: str, principal: str, due_on: str, pay_on: str, interest: str, total: str
) -> None:
    decision = decided(request("r", received_on=received_on, principal=principal))
    payment = decision["payment"]
    assert decision["outcome"] == "accepted"
    assert (payment["due_on"], payment["pay_on"]) == (due_on, pay_on)
    assert (payment["interest"], payment["total"]) == (interest, total)


@pytest.mark.parametrize("cusip", SEED)
def test_the_schedule_has_every_coupon_of_the_seed(cusip: str) -> None:
    found = json.loads(run("schedule", cusip, "--json").stdout)
    assert [
        (each["accrual_start"], each["due_on"], each["pay_on"], each["interest"], each["days"])
        for each in found["coupons"]
    ] == [
        (each["accrual_start"], each["accrual_end"], each["payment_date"], each["interest_cents"], each["days_30_360"])
        for each in SEED[cusip]["coupons"]
    ]
    assert [each["n"] for each in found["coupons"]] == list(range(1, len(SEED[cusip]["coupons"]) + 1))


@pytest.mark.parametrize("cusip", SEED)
def test_the_schedule_has_every_call_date_of_the_seed_with_its_last_day_for_notice(cusip: str) -> None:
    found = json.loads(run("schedule", cusip, "--json").stdout)
    assert [
        (each["redeem_on"], each["pay_on"], each["price"], each["last_notice_on"]) for each in found["redemptions"]
    ] == [
        (each["call_date"], each["payment_date"], each["price_pct"], each["latest_notice_date"])
        for each in SEED[cusip]["calls"]
    ]


@pytest.mark.parametrize("cusip", SEED)
def test_maturity_is_paid_on_the_next_business_day(cusip: str) -> None:
    found = json.loads(run("schedule", cusip, "--json").stdout)
    assert found["cusip"] == cusip
    assert (found["maturity"]["due_on"], found["maturity"]["pay_on"]) == (
        SEED[cusip]["maturity_date"],
        SEED[cusip]["final_payment_date"],
    )
