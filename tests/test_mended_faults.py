"""A fault of ours costs nobody a place, a date or a dollar: once it is mended, the request is decided as of its day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from rules_engine.host import Host
from rules_engine.intake import read_event
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Decision, Outcome
from tests.acme import found, loaded
from tests.example import ExamplePlugin, book_with_imagined_notes

ZERO_COUPON, AT_PAR = "XEXMP0169", "XEXMP0003"
OPTION = Path("example/notes/2015-01-01/survivors-option.yaml")
SUPPLEMENT = Path("example/notes/supplements/7.yaml")
ELECTED: Mapping[str, Any] = {
    "type": "limits_elected",
    "event_id": "elected",
    "received_on": "2017-01-02",
    "programme": "example/notes",
    "year": 2017,
    "annual": False,
    "individual": True,
}


@pytest.fixture
def ledger() -> MemoryLedger:
    return MemoryLedger()


@pytest.fixture
def faulty(ledger: MemoryLedger, tmp_path: Path) -> Host:
    """Open the example's book, which does not say when a note without interest dates is repaid."""
    return opened(book_with_imagined_notes(tmp_path / "faulty"), ledger)


@pytest.fixture
def mended(ledger: MemoryLedger, tmp_path: Path) -> Host:
    """Open the same ledger on a book that says so."""
    root = book_with_imagined_notes(tmp_path / "mended")
    written = (root / OPTION).read_text()
    (root / OPTION).write_text(
        written.replace("\npayment:\n", "\npayment:\n  repaid without interest dates on: business day\n")
    )
    return opened(root, ledger)


def opened(root: Path, ledger: MemoryLedger) -> Host:
    host = Host.open(root, ledger, plugins=loaded(found("example", ExamplePlugin)))
    assert host.book.problems == ()
    return host


def answer(host: Host, event: Mapping[str, Any]) -> Decision:
    return host.answer(read_event(json.dumps(event)))[0]


def requested(request_id: str, principal: str, cusip: str, received_on: str) -> dict[str, Any]:
    return {
        "type": "survivors_option_requested",
        "event_id": f"request {request_id}",
        "received_on": received_on,
        "request_id": request_id,
        "cusip": cusip,
        "principal": principal,
        "position": principal,
        "occurred_on": "2017-06-10",
        "owner_ref": "owner-1",
        "acquired_on": "2016-12-01",
        "registration": "sole owner",
        "owner_at_death": True,
        "held_in": "estate account",
        "representative": "executor",
        "documents": [
            "death certificate",
            "letters of authority",
            "proof of ownership",
            "repayment request",
            "signature guarantee",
        ],
    }


def mends(event_id: str, received_on: str, by: str = "mended") -> dict[str, Any]:
    return {"type": "fault_mended", "event_id": by, "received_on": received_on, "mends": event_id}


def accreted(on: date) -> Fraction:
    """Work out what a dollar is worth on a day between 1 June and 1 December 2017: 0.98 squared to 0.98, evenly."""
    days = (on.month - 6) * 30 + on.day - 1
    return Fraction(98, 100) ** 3 + (Fraction(98, 100) ** 2 - Fraction(98, 100) ** 3) * Fraction(days, 180)


@pytest.mark.parametrize(
    ("mended_on", "due_on", "is_late"),
    [
        ("2017-08-15", date(2017, 8, 21), False),
        ("2017-08-21", date(2017, 8, 21), False),
        ("2017-08-22", date(2017, 8, 22), True),
        ("2017-09-03", date(2017, 9, 5), True),  # a Sunday, and the Monday after it is Labor Day
    ],
)
def test_a_request_is_decided_as_of_its_own_day_once_the_fault_is_mended(
    faulty: Host, mended: Host, mended_on: str, due_on: date, is_late: bool
) -> None:
    first = answer(faulty, requested("A", "60000.00", ZERO_COUPON, "2017-08-01"))
    assert (first.outcome, first.codes) == (Outcome.REFERRED, {Code.NO_DAY_OF_REPAYMENT})
    again = answer(mended, mends("request A", mended_on))
    assert again.outcome is Outcome.ACCEPTED
    assert again.request_id == "A"
    assert again.payment is not None
    assert again.payment.due_on == due_on
    cents = int(6_000_000 * accreted(due_on) + Fraction(1, 2))
    assert again.payment.total is not None
    assert again.payment.total.cents == cents
    assert (Code.REPAYMENT_IS_LATE in again.codes) is is_late


def test_room_under_a_limit_is_kept_meanwhile(faulty: Host, mended: Host) -> None:
    """Keep $60,000 of the owner's $100,000, so that a tender of $50,000, which is taken whole or not at all, waits."""
    answer(faulty, ELECTED)
    answer(faulty, requested("A", "60000.00", ZERO_COUPON, "2017-08-01"))
    assert answer(faulty, requested("B", "50000.00", AT_PAR, "2017-08-02")).outcome is Outcome.CARRIED_OVER
    fits = requested("C", "40000.00", AT_PAR, "2017-08-03") | {"account_ref": "broker-2", "position": "99999.00"}
    assert answer(faulty, fits).outcome is Outcome.ACCEPTED
    again = answer(mended, mends("request A", "2017-08-15"))
    assert again.accepted is not None
    assert again.accepted.wire == "60000.00"


def test_what_is_not_mended_yet_is_referred_again(faulty: Host, mended: Host) -> None:
    answer(faulty, requested("A", "60000.00", ZERO_COUPON, "2017-08-01"))
    again = answer(faulty, mends("request A", "2017-08-03", by="too early"))
    assert (again.outcome, again.codes) == (Outcome.REFERRED, {Code.NO_DAY_OF_REPAYMENT})
    assert answer(mended, mends("request A", "2017-08-04")).outcome is Outcome.ACCEPTED


def test_nothing_is_decided_again_twice(faulty: Host, mended: Host) -> None:
    answer(faulty, requested("A", "60000.00", ZERO_COUPON, "2017-08-01"))
    answer(mended, mends("request A", "2017-08-15"))
    for event_id in ("request A", "an event that nobody sent"):
        again = answer(mended, mends(event_id, "2017-08-16", by=f"once more: {event_id}"))
        assert (again.outcome, again.codes) == (Outcome.REFERRED, {Code.NOTHING_TO_DECIDE_AGAIN})


def test_a_request_for_a_note_that_the_book_did_not_have_is_decided_once_it_does(
    ledger: MemoryLedger, mended: Host, tmp_path: Path
) -> None:
    root = book_with_imagined_notes(tmp_path / "without")
    (root / SUPPLEMENT).unlink()
    first = answer(opened(root, ledger), requested("A", "60000.00", ZERO_COUPON, "2017-08-01"))
    assert (first.outcome, first.codes) == (Outcome.REFERRED, {Code.NOTE_NOT_KNOWN})
    again = answer(mended, mends("request A", "2017-08-15"))
    assert again.outcome is Outcome.ACCEPTED
    assert again.payment is not None
    assert again.payment.due_on == date(2017, 8, 21)
