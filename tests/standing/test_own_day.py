"""The day a request counts from: its own, whoever decides it again and whenever, and never in a year already past."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from rules_engine.host import Host
from rules_engine.intake import read_event
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Decision
from rules_engine.standing.own_day import day_of
from rules_engine.standing.requests import Request
from tests.acme import ALLY
from tests.ledger.events import PAPERS, elected, opened, request
from tests.shipped import shipped

OPENED = shipped(with_durable=False)
WAITS = {"documents": ["death certificate"]}


@pytest.fixture
def host() -> Host:
    return Host(OPENED.book, OPENED.plugins, OPENED.vocabulary, MemoryLedger(), with_durable=False)


def answer(host: Host, event: dict[str, Any]) -> Decision:
    return host.answer(read_event(json.dumps(event)))[0]


def papers(on: str, event_id: str = "papers", of: str = "a") -> dict[str, Any]:
    fields = {"type": "documents_received", "event_id": event_id, "received_on": on}
    return fields | {"request_id": f"request-{of}", "documents": list(PAPERS)}


def particulars(on: str, event_id: str = "particulars", **told: Any) -> dict[str, Any]:
    fields = {"type": "particulars_received", "event_id": event_id, "received_on": on, "request_id": "request-a"}
    return fields | told


def person(on: str, event_id: str = "person", **told: Any) -> dict[str, Any]:
    fields = {"type": "person_decided", "event_id": event_id, "received_on": on, "request_id": "request-a"}
    return fields | {"answer": "go on", "decided_by": "clerk-1", "because": "it was seen"} | told


def standing_of(host: Host, name: str = "request-a") -> Request:
    return host.ledger.standing(ALLY).requests[name]


@pytest.mark.parametrize(
    ("last_opened", "received_on", "counts_from"),
    [
        (None, date(2017, 12, 31), date(2017, 12, 31)),
        (2017, date(2017, 12, 31), date(2017, 12, 31)),
        (2018, date(2017, 12, 31), date(2018, 1, 1)),
        (2018, date(2018, 1, 1), date(2018, 1, 1)),
        (2018, date(2018, 1, 2), date(2018, 1, 2)),
        (2018, date(2019, 5, 5), date(2019, 5, 5)),
    ],
)
def test_what_an_event_brings_never_counts_from_a_year_before_the_last_one_opened(
    host: Host, last_opened: int | None, received_on: date, counts_from: date
) -> None:
    if last_opened:
        answer(host, opened(last_opened))
    event = read_event(json.dumps(request("a", received_on=received_on.isoformat())))
    assert day_of(event, host.ledger.standing(ALLY)) == counts_from
    (decision,) = host.answer(event)
    assert decision.counts_from == counts_from
    assert standing_of(host).counts_from == counts_from


def test_a_request_that_is_complete_counts_from_the_day_it_was_received(host: Host) -> None:
    decision = answer(host, request("a", received_on="2017-08-01"))
    assert decision.counts_from == date(2017, 8, 1)


@pytest.mark.parametrize(
    ("came_on", "counts_from", "due_on"),
    [
        ("2017-08-26", date(2017, 8, 26), date(2017, 9, 15)),  # twenty days before the 15th
        ("2017-08-27", date(2017, 8, 27), date(2017, 10, 15)),
        ("2017-07-31", date(2017, 8, 1), date(2017, 9, 15)),  # before the request: the later day
    ],
)
def test_a_request_that_waited_counts_from_the_day_its_last_paper_came(
    host: Host, came_on: str, counts_from: date, due_on: date
) -> None:
    answer(host, request("a", **WAITS))
    decision = answer(host, papers(came_on))
    assert decision.payment is not None
    assert (decision.counts_from, decision.payment.due_on) == (counts_from, due_on)
    assert (Code.DATED_BEFORE_REQUEST in decision.codes) is (came_on < "2017-08-01")


def test_a_paper_nobody_waited_for_moves_no_day(host: Host) -> None:
    answer(host, request("a", **WAITS))
    answer(host, papers("2017-08-10") | {"documents": ["tax waiver"]})
    assert standing_of(host).counts_from == date(2017, 8, 1)
    answer(host, papers("2017-08-12", "the rest"))
    assert standing_of(host).counts_from == date(2017, 8, 12)
    answer(host, papers("2017-08-14", "once more"))
    assert standing_of(host).counts_from == date(2017, 8, 12)


def test_of_papers_and_particulars_the_last_one_waited_for_counts(host: Host) -> None:
    answer(host, request("a", representative=None, **WAITS))
    answer(host, particulars("2017-08-20", representative="executor"))
    answer(host, papers("2017-08-10"))
    assert standing_of(host).counts_from == date(2017, 8, 20)


def test_a_place_in_the_order_of_receipt_is_kept_while_papers_are_awaited(host: Host) -> None:
    answer(host, elected(2017))
    answer(host, request("a", owner_ref="ada", principal="200000.00", **WAITS))
    answer(host, request("b", owner_ref="ada", principal="200000.00", position="500000.00", cusip="02006DLG4"))
    first, second = (host.ledger.standing(ALLY).requests[f"request-{name}"].tendered for name in "ab")
    answer(host, papers("2017-08-20"))
    assert standing_of(host).tendered == first < second


@pytest.mark.parametrize("decided_on", ["2017-08-05", "2017-09-20", "2017-12-29"])
def test_a_person_s_decision_leaves_a_request_its_own_day(host: Host, decided_on: str) -> None:
    answer(host, request("a", owner_at_death="in doubt"))
    decision = answer(host, person(decided_on, owner_at_death=True))
    assert decision.counts_from == date(2017, 8, 1)
    assert standing_of(host).counts_from == date(2017, 8, 1)


@pytest.mark.parametrize(
    ("decided_on", "due_on", "late"),
    [
        ("2017-09-14", date(2017, 9, 15), False),
        ("2017-09-15", date(2017, 9, 15), False),
        ("2017-09-16", date(2017, 10, 15), True),
        ("2017-10-15", date(2017, 10, 15), True),
        ("2017-10-16", date(2017, 11, 15), True),
    ],
)
def test_a_repayment_whose_day_has_passed_meanwhile_is_due_on_the_first_one_still_to_come(
    host: Host, decided_on: str, due_on: date, late: bool
) -> None:
    answer(host, request("a", owner_at_death="in doubt"))
    decision = answer(host, person(decided_on, owner_at_death=True))
    assert decision.payment is not None
    assert decision.payment.due_on == due_on
    told = [finding.because for finding in decision.findings if finding.code is Code.REPAYMENT_IS_LATE]
    assert bool(told) is late
    if late:
        assert "Counted from 2017-08-01 the repayment was due on 2017-09-15" in told[0]


def test_the_periods_count_to_the_day_the_request_was_received_however_late_it_is_decided(host: Host) -> None:
    # held since 2 February; six months are complete on 2 August
    answer(host, request("a", acquired_on="2017-02-02", received_on="2017-08-01", owner_at_death="in doubt"))
    decision = answer(host, person("2017-09-01", owner_at_death=True))
    assert "held too briefly" in [finding.rule for finding in decision.findings]
    assert decision.outcome.word == "rejected"


def test_what_the_limits_of_its_own_year_keep_out_is_decided_at_once_for_each_year_opened_since(host: Host) -> None:
    for year in (2017, 2018, 2019):
        answer(host, elected(year, annual=False))
    answer(host, request("a", principal="600000.00", position="600000.00", owner_at_death="in doubt"))
    for year in (2018, 2019):
        answer(host, opened(year))
    decisions = host.answer(read_event(json.dumps(person("2019-02-01", owner_at_death=True))))
    assert [(each.counts_from, str(each.accepted), str(each.carried_over)) for each in decisions] == [
        (date(2017, 8, 1), "$250,000", "$350,000"),
        (date(2018, 1, 2), "$250,000", "$100,000"),
        (date(2019, 1, 2), "$100,000", "$0"),
    ]


def test_a_request_voided_and_sent_again_is_another_one_with_a_day_of_its_own(host: Host) -> None:
    answer(host, request("a", received_on="2017-08-01"))
    void = {"type": "event_voided", "event_id": "void", "received_on": "2017-08-09", "voids": "event-a"}
    answer(host, void | {"decided_by": "clerk-1", "because": "the wrong note"})
    decision = answer(host, request("a", event_id="event-a-again", received_on="2017-08-10"))
    assert decision.outcome.word == "accepted"
    assert standing_of(host).counts_from == date(2017, 8, 10)
