from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rules_engine.desk.presenting import to_json
from rules_engine.desk.work_queue import Deadline, DeskRequest, Wanted, work_queue
from rules_engine.host import Host
from rules_engine.model.money import Money
from tests.ledger.events import elected, read, request
from tests.shipped import shipped


@pytest.fixture
def host() -> Host:
    return shipped()


def listed(host: Host, on: date | None = None, **wanted: Any) -> dict[str, DeskRequest]:
    return {each.request_id: each for each in work_queue(host, Wanted(**wanted), on=on)}


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
    assert found.deadline == Deadline(
        on=date(2017, 8, 26), what="papers complete by then are repaid on 2017-09-15", papers=True
    )


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
    written = to_json(listed(host)["request-a"])
    assert {name: written[name] for name in ("state", "received_on", "unpaid", "deadline", "missing")} == {
        "state": "accepted",
        "received_on": "2017-08-01",
        "unpaid": "5000.00",
        "missing": [],
        "deadline": {"on": "2017-09-15", "what": "repayment is due", "papers": False},
    }


def test_each_repayment_has_its_own_day_and_amount_and_is_overdue_the_day_after_cash_should_have_moved(
    host: Host,
) -> None:
    # twenty days after 20 September is 10 October; the 15th is a Sunday, so cash moves on Monday the 16th
    answer(host, request("a", received_on="2017-09-20"))
    (repayment,) = listed(host, date(2017, 10, 16))["request-a"].repayments
    assert (repayment.due_on, repayment.pay_on) == (date(2017, 10, 15), date(2017, 10, 16))
    assert (str(repayment.open), repayment.is_overdue) == ("$5,000", False)
    late = listed(host, date(2017, 10, 17))["request-a"]
    assert (late.repayments[0].is_overdue, late.is_overdue) == (True, True)


def test_a_part_paid_leaves_the_rest_to_pay(host: Host) -> None:
    paid = {
        "type": "payment_made",
        "event_id": "paid",
        "received_on": "2017-09-15",
        "cusip": "02006DLF6",
        "due_on": "2017-09-15",
        "kind": "repayment",
        "principal": "2000.00",
        "request_id": "request-a",
    }
    answer(host, request("a", received_on="2017-08-01"), paid)
    (repayment,) = listed(host)["request-a"].repayments
    assert (str(repayment.principal), str(repayment.paid), str(repayment.open)) == ("$5,000", "$2,000", "$3,000")


def test_a_referred_request_says_why_and_what_a_person_has_to_decide(host: Host) -> None:
    told = {
        "type": "particulars_received",
        "event_id": "told",
        "request_id": "request-a",
        "received_on": "2017-08-02",
        "occurred_on": "2017-06-02",
    }
    answer(host, request("a", received_on="2017-08-01", documents=["repayment request"]), told)
    found = listed(host)["request-a"]
    assert found.state == "referred"
    assert found.to_decide == (
        "`occurred_on` was reported as 2017-06-01 and then as 2017-06-02; a person has to say which is right.",
    )
    assert any("2017-06-02" in why for why in found.why)


def test_filters_leave_out_what_does_not_have_them(host: Host) -> None:
    answer(
        host,
        request("a", received_on="2017-08-01"),
        request("b", received_on="2017-08-01", cusip="02006DLG4", documents=["repayment request"]),
        request("c", received_on="2017-08-01", acquired_on="2017-02-02"),
    )
    assert set(listed(host)) == {"request-a", "request-b"}
    assert set(listed(host, finished=True)) == {"request-a", "request-b", "request-c"}
    assert set(listed(host, states=["rejected", "pended"])) == {"request-b", "request-c"}
    assert set(listed(host, cusip="02006DLG4")) == {"request-b"}
    assert set(listed(host, owner_ref="owner-a")) == {"request-a"}
    assert set(listed(host, programme="ally/term-notes-a")) == {"request-a", "request-b"}
    assert listed(host, programme="toyota/core-notes") == {}
    # the papers of b are due on 26 August, a is repaid on 15 September
    assert set(listed(host, due_by=date(2017, 8, 26))) == {"request-b"}
    assert set(listed(host, due_by=date(2017, 9, 14))) == {"request-b"}
    assert set(listed(host, due_by=date(2017, 9, 15))) == {"request-a", "request-b"}


def test_a_state_that_does_not_exist_is_refused(host: Host) -> None:
    with pytest.raises(ValueError, match="`open` is not a state of a request; there are: pended"):
        listed(host, states=["open"])
