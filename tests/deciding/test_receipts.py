"""A receipt can be worked out again by anyone who has the decision and its event, and nothing of ours."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from rules_engine.host import Host
from rules_engine.intake import read_event
from rules_engine.matching import durable

REQUEST = {
    "type": "survivors_option_requested",
    "event_id": "request-1",
    "request_id": "r1",
    "cusip": "02006DLF6",
    "received_on": "2017-08-01",
    "principal": "25000.00",
    "position": "25000.00",
    "occurred_on": "2017-06-10",
    "acquired_on": "2016-12-01",
    "owner_ref": "owner-1",
    "registration": "sole owner",
    "owner_at_death": True,
    "held_in": "deceased account",
    "representative": "executor",
    "documents": [
        "signature guarantee",
        "death certificate",
        "letters of authority",
        "repayment request",
        "proof of ownership",
    ],
}
CALL = {
    "type": "call_noticed",
    "event_id": "call-1",
    "notice_id": "n1",
    "cusip": "02006DLF6",
    "received_on": "2017-11-16",
    "notice_given_on": "2017-11-16",
    "redeem_on": "2017-12-15",
    "principal": "1000.00",
    "price": "100.0",
    "notified": ["trustee", "holders"],
}
PAYMENT = {
    "type": "payment_due",
    "event_id": "payment-1",
    "cusip": "02006DLG4",
    "received_on": "2017-01-15",
    "due_on": "2017-01-15",
    "kind": "interest",
    "principal": "1000.00",
}
ELECTION = {
    "type": "limits_elected",
    "event_id": "election-1",
    "programme": "ally/term-notes-a",
    "received_on": "2017-01-03",
    "year": 2017,
    "annual": True,
    "individual": True,
}
UNKNOWN_NOTE = {**REQUEST, "event_id": "request-2", "cusip": "02006DZW4", "owner_ref": "Ünknown"}
INCOMPLETE = {key: value for key, value in REQUEST.items() if key not in ("acquired_on", "documents")}

PINNED_BOOK = Path(__file__).parent / "pinned"
"""A rule book that never changes; the one shipped may be corrected, and its receipts change with it."""

# A change of these means that no answer recorded before can be verified any more.
PINNED = {
    "request-1": "sha256:78a66218603fb497dc356e0bf102a5d4b76137c9ea6686a201de8bdee243233f",
    "call-1": "sha256:d949ef84843731b66238ceb25942bdbdaa3f2a0ac2c933596881f6469e929cc0",
    "payment-1": "sha256:c2c041112e0a7568ba0cff86752e77760e2963a9717b6594190cb8a360054f1c",
}

ENGINES = [False, *([True] if durable.available() else [])]


def recomputed(decision: dict[str, Any], event: dict[str, Any]) -> str:
    """Work a receipt out as an auditor would, from the two JSON objects alone."""
    content = {
        "event": event,
        "request": decision.get("request_id", ""),
        "facts": decision["facts"],
        "rules": decision["rules"]["digest"],
        "payment days": decision["payment_days"]["digest"],
        "note": decision["note"]["digest"],
        "calendar": decision["calendar"]["digest"],
        "standing": decision["standing_at"],
        "outcome": {
            "outcome": decision["outcome"],
            "requested": decision["requested"],
            "accepted": decision["accepted"],
            "carried_over": decision["carried_over"],
            "not_accepted": decision["not_accepted"],
            "rules": [finding["rule"] for finding in decision["findings"]],
            "payment": decision["payment"],
        },
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


@pytest.mark.parametrize("with_durable", ENGINES)
@pytest.mark.parametrize(
    "event", [REQUEST, CALL, PAYMENT, ELECTION, UNKNOWN_NOTE, INCOMPLETE], ids=lambda event: event["event_id"]
)
def test_a_receipt_follows_from_the_recorded_decision_and_event_alone(
    event: dict[str, Any], with_durable: bool
) -> None:
    host = Host.open(with_durable=with_durable)
    (answer,) = host.answer(read_event(json.dumps(event)))
    (entry,) = host.ledger.entries_of(event["event_id"])
    decision = json.loads(entry.decision)
    assert decision["receipt"] == answer.receipt == recomputed(decision, json.loads(entry.event))


def test_a_request_answered_again_has_a_receipt_of_its_own() -> None:
    host = Host.open(with_durable=False)
    large = {**REQUEST, "principal": "300000.00", "position": "300000.00"}
    opened = {"type": "year_opened", "programme": "ally/term-notes-a", "year": 2018, "received_on": "2018-01-01"}
    for event in (ELECTION, large):
        host.answer(read_event(json.dumps(event)))
    host.answer(read_event(json.dumps({**opened, "event_id": "opening-1"})))
    entries = host.ledger.entries_of("opening-1")
    assert len(entries) == 2
    receipts = [json.loads(entry.decision)["receipt"] for entry in entries]
    assert receipts == [recomputed(json.loads(entry.decision), json.loads(entry.event)) for entry in entries]
    assert len(set(receipts)) == 2


@pytest.mark.parametrize("changed", ["facts", "standing_at", "accepted", "payment", "outcome", "findings"])
def test_a_decision_that_was_changed_no_longer_fits_its_receipt(changed: str) -> None:
    host = Host.open(with_durable=False)
    host.answer(read_event(json.dumps(REQUEST)))
    (entry,) = host.ledger.entries_of("request-1")
    decision = json.loads(entry.decision)
    decision[changed] = {
        "facts": {**decision["facts"], "representative": "administrator"},
        "standing_at": 1,
        "accepted": "25001.00",
        "payment": {**decision["payment"], "pay_on": "2017-09-14"},
        "outcome": "rejected",
        "findings": [],
    }[changed]
    assert recomputed(decision, json.loads(entry.event)) != decision["receipt"]


@pytest.mark.parametrize("with_durable", ENGINES)
@pytest.mark.parametrize("event", [REQUEST, CALL, PAYMENT], ids=lambda event: event["event_id"])
def test_a_receipt_is_the_same_on_every_machine_python_and_engine(event: dict[str, Any], with_durable: bool) -> None:
    host = Host.open(PINNED_BOOK, with_durable=with_durable)
    assert host.book.problems == ()
    (answer,) = host.answer(read_event(json.dumps(event)))
    assert answer.receipt == PINNED[event["event_id"]]


def test_the_order_of_lists_and_the_spelling_of_figures_do_not_change_a_receipt() -> None:
    respelled = {**CALL, "price": "100", "notified": ["holders", "trustee"]}
    receipts = {
        Host.open(with_durable=False).answer(read_event(json.dumps(each)))[0].receipt for each in (CALL, respelled)
    }
    assert len(receipts) == 1
