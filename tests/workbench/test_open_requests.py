from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rules_engine.host import Host
from rules_engine.model.money import Money
from rules_engine.workbench.open_requests import Deadline, OpenRequest, open_request_to_json, open_requests
from tests.ledger.events import elected, read, request
from tests.shipped import shipped


@pytest.fixture
def host() -> Host:
    return shipped()


def listed(host: Host, on: date | None = None) -> dict[str, OpenRequest]:
    return {each.request_id: each for each in open_requests(host, on=on)}


def answer(host: Host, *events: dict[str, Any]) -> None:
    for event in read(*events):
        host.answer(event)


def test_an_accepted_request_waits_for_its_repayment(host: Host) -> None:
    answer(host, request("a", received_on="2017-08-01"))
    found = listed(host)["request-a"]
    assert (found.state, found.unpaid, found.waiting) == ("accepted", Money.parse("5000.00"), Money.parse("0.00"))
    assert found.deadline == Deadline(on=date(2017, 9, 15), what="repayment is due")


def test_a_pended_request_names_what_is_missing_and_the_last_day_for_it(host: Host) -> None:
    answer(host, request("a", received_on="2017-08-01", documents=["repayment request"]))
    found = listed(host)["request-a"]
    assert found.missing == ("death certificate", "signature guarantee", "proof of ownership", "letters of authority")
    # twenty days before 2017-09-15; twenty before 2017-08-15 has gone by
    assert found.deadline == Deadline(on=date(2017, 8, 26), what="papers complete by then are repaid on 2017-09-15")


@pytest.mark.parametrize(("on", "deadline"), [(date(2017, 8, 26), "2017-08-26"), (date(2017, 8, 27), "2017-09-25")])
def test_the_last_day_for_papers_is_included(host: Host, on: date, deadline: str) -> None:
    answer(host, request("a", received_on="2017-08-01", documents=["repayment request"]))
    found = listed(host, on)["request-a"].deadline
    assert found is not None
    assert found.on == date.fromisoformat(deadline)


def test_what_a_limit_keeps_out_waits_for_the_next_year(host: Host) -> None:
    answer(host, elected(2017), request("a", principal="300000.00"))
    found = listed(host)["request-a"]
    assert found.waiting == Money.parse("50000.00")
    assert found.deadline == Deadline(on=date(2017, 9, 15), what="repayment is due")
    asked = {
        "type": "payment_due",
        "event_id": "asked",
        "cusip": "02006DLF6",
        "received_on": "2017-09-15",
        "due_on": "2017-09-15",
        "kind": "repayment",
        "principal": "250000.00",
    }
    answer(host, asked)
    assert listed(host)["request-a"].deadline == Deadline(on=date(2017, 9, 15), what="repayment is due")
    answer(host, asked | {"type": "payment_made", "event_id": "paid", "request_id": "request-a"})
    assert listed(host)["request-a"].deadline == Deadline(on=date(2018, 1, 1), what="decided again when 2018 is opened")


def test_age_counts_from_the_latest_business_date_unless_a_day_is_given(host: Host) -> None:
    answer(host, request("a", received_on="2017-08-01"), request("b", received_on="2017-08-11"))
    assert {name: each.days_old for name, each in listed(host).items()} == {"request-a": 10, "request-b": 0}
    assert listed(host, date(2017, 8, 31))["request-a"].days_old == 30


def test_a_finished_request_is_not_listed(host: Host) -> None:
    answer(host, request("too-brief", received_on="2017-08-01", acquired_on="2017-02-02"))
    assert listed(host) == {}


def test_first_tendered_comes_first(host: Host) -> None:
    answer(host, request("b", received_on="2017-08-11"), request("a", received_on="2017-08-01"))
    assert list(listed(host)) == ["request-a", "request-b"]


def test_is_written_as_text(host: Host) -> None:
    answer(host, request("a", received_on="2017-08-01"))
    assert open_request_to_json(listed(host)["request-a"]) == {
        "programme": "ally/term-notes-a",
        "request_id": "request-a",
        "cusip": "02006DLF6",
        "state": "accepted",
        "received_on": "2017-08-01",
        "days_old": 0,
        "requested": "5000.00",
        "waiting": "0.00",
        "unpaid": "5000.00",
        "missing": [],
        "deadline": {"on": "2017-09-15", "what": "repayment is due"},
    }
