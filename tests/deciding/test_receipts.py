"""A receipt can be worked out again by anyone who has the decision and its event, and nothing of ours."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rules_engine.host import Host
from rules_engine.intake import read_event
from rules_engine.matching import durable
from tests.shipped import shipped

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

ELECTED_2018 = {**ELECTION, "event_id": "election-2", "received_on": "2018-01-02", "year": 2018, "annual": False}
LARGE = {**REQUEST, "event_id": "request-3", "request_id": "r3", "owner_ref": "owner-3", "principal": "300000.00"}
LARGE["position"] = "300000.00"
PARTICULARS = {
    "type": "particulars_received",
    "event_id": "particulars-1",
    "received_on": "2017-08-03",
    "request_id": "r1",
    "acquired_on": "2016-12-15",
}
PERSON = {
    "type": "person_decided",
    "event_id": "person-1",
    "received_on": "2017-08-04",
    "request_id": "r1",
    "answer": "go on",
    "decided_by": "clerk-1",
    "because": "the confirmation was seen",
    "acquired_on": "2016-12-15",
}
MADE = {
    "type": "payment_made",
    "event_id": "made-1",
    "received_on": "2017-09-15",
    "cusip": "02006DLF6",
    "due_on": "2017-09-15",
    "kind": "repayment",
    "principal": "25000.00",
    "request_id": "r1",
}
REPAYMENT = {**MADE, "type": "payment_due", "event_id": "due-1", "received_on": "2017-09-14"}
OPENED = {
    "type": "year_opened",
    "event_id": "opening-1",
    "programme": "ally/term-notes-a",
    "year": 2018,
    "received_on": "2018-01-02",
}
VOIDED = {
    "type": "event_voided",
    "event_id": "void-1",
    "received_on": "2018-01-03",
    "voids": "election-2",
    "decided_by": "clerk-1",
    "because": "it was meant for another year",
}
HISTORY = (ELECTION, REQUEST, LARGE, PARTICULARS, PERSON, REPAYMENT, MADE, CALL, ELECTED_2018, OPENED, VOIDED)
"""Answers of every kind: questions, a decision anew, principal taken back, parts, and findings of rules and engine."""

PINNED_BOOK = Path(__file__).parent / "pinned"
"""A rule book that never changes; the one shipped may be corrected, and its receipts change with it."""

# A change of these means that no answer recorded before can be verified any more.
PINNED = {
    "request-1": "sha256:e237186761bca0b329a3515c3af36ad6ee84a53c601d13192324b2bf6d750814",
    "call-1": "sha256:c104580d8867060aef90b590197cd1a41b001a02b69c83e16fa3360b7192604b",
    "payment-1": "sha256:1523a47fa48aa0a7edfd9860f950743d8dd2667f4a023d84948cbd0fd90bc1fa",
}

ENGINES = [False, *([True] if durable.available() else [])]


DESCRIBED = Path(__file__).parent.parent.parent / "docs" / "decisions.md"


def named(findings: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Give of each finding its rule's name and its code, where it has them."""
    return [{name: finding[name] for name in ("rule", "code") if name in finding} for finding in findings]


def recomputed(decision: dict[str, Any], event: dict[str, Any]) -> str:
    """Work a receipt out as an auditor would, from the two JSON objects alone, by what `docs/decisions.md` says."""
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
            "pended": decision["pended"],
            "not_accepted": decision["not_accepted"],
            "taken_back": decision["taken_back"],
            "counts_from": decision["counts_from"],
            "anew": decision["anew"],
            "findings": named(decision["findings"]),
            "questions": decision["questions"],
            "payment": decision["payment"],
        },
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_the_program_of_the_page_works_out_the_same() -> None:
    *_, program = DESCRIBED.read_text().partition("## Receipts")[2].partition("```python\n")
    page: dict[str, Any] = {}
    exec(program.partition("```")[0], page)
    for decision, event in recorded_of(*HISTORY):
        assert page["receipt"](event, decision) == recomputed(decision, event) == decision["receipt"]


def recorded_of(*events: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Answer events, and give each decision with its event as they are recorded."""
    host = shipped(with_durable=False)
    for event in events:
        host.answer(read_event(json.dumps(event)))
    return [(json.loads(entry.decision), json.loads(entry.event)) for entry in host.ledger.entries()]


@pytest.mark.parametrize("with_durable", ENGINES)
@pytest.mark.parametrize(
    "event", [REQUEST, CALL, PAYMENT, ELECTION, UNKNOWN_NOTE, INCOMPLETE], ids=lambda event: event["event_id"]
)
def test_a_receipt_follows_from_the_recorded_decision_and_event_alone(
    event: dict[str, Any], with_durable: bool
) -> None:
    host = shipped(with_durable=with_durable)
    (answer,) = host.answer(read_event(json.dumps(event)))
    (entry,) = host.ledger.entries_of(event["event_id"])
    decision = json.loads(entry.decision)
    assert decision["receipt"] == answer.receipt == recomputed(decision, json.loads(entry.event))


def test_a_request_answered_again_has_a_receipt_of_its_own() -> None:
    host = shipped(with_durable=False)
    large = {**REQUEST, "principal": "300000.00", "position": "300000.00"}
    for event in (ELECTION, large, OPENED):
        host.answer(read_event(json.dumps(event)))
    entries = host.ledger.entries_of("opening-1")
    assert len(entries) == 2
    receipts = [json.loads(entry.decision)["receipt"] for entry in entries]
    assert receipts == [recomputed(json.loads(entry.decision), json.loads(entry.event)) for entry in entries]
    assert len(set(receipts)) == 2


def test_the_answers_of_a_history_hold_every_part_of_a_receipt() -> None:
    decisions = [decision for decision, _ in recorded_of(*HISTORY)]
    for name in ("questions", "taken_back", "counts_from", "anew", "payment", "carried_over", "facts"):
        assert any(decision[name] not in (None, "0.00") and decision[name] for decision in decisions), name
    assert any("parts" in (decision["payment"] or {}) for decision in decisions)
    findings = [finding for decision in decisions for finding in decision["findings"]]
    assert {("rule" in finding, "code" in finding) for finding in findings} >= {(True, False), (False, True)}


CHANGES = {
    "facts": lambda facts: {**facts, "representative": "administrator"},
    "standing_at": lambda at: at + 1,
    "requested": lambda money: "25001.00",
    "accepted": lambda money: "25001.00",
    "carried_over": lambda money: "1.00",
    "pended": lambda money: "1.00",
    "not_accepted": lambda money: "1.00",
    "taken_back": lambda money: "1.00",
    "counts_from": lambda day: "2017-08-02",
    "anew": lambda anew: not anew,
    "questions": lambda questions: [*questions, {"code": "told_otherwise", "values": []}],
    "payment": lambda payment: {**payment, "pay_on": "2017-09-14"},
    "outcome": lambda outcome: "rejected",
    "findings": lambda findings: [{**findings[0], "rule": "another"}, *findings[1:]],
    "request_id": lambda request_id: "r2",
    "rules": lambda rules: {**rules, "digest": "sha256:0"},
    "payment_days": lambda days: {"digest": "sha256:0"},
    "note": lambda note: {"digest": "sha256:0"},
    "calendar": lambda calendar: {**calendar, "digest": "sha256:0"},
}


@pytest.mark.parametrize("changed", CHANGES)
def test_a_decision_that_was_changed_no_longer_fits_its_receipt(changed: str) -> None:
    ((decision, event),) = recorded_of(REQUEST)
    change: Callable[[Any], object] = CHANGES[changed]
    altered = decision | {changed: change(decision[changed])}
    assert altered != decision
    assert recomputed(altered, event) != decision["receipt"]


BESIDES = {"made_by": {}, "near_misses": [], "drafts": [], "provisional": False, "decision_id": "another"}


@pytest.mark.parametrize("changed", BESIDES)
def test_what_made_a_decision_and_what_explains_it_are_outside_its_receipt(changed: str) -> None:
    ((decision, event),) = recorded_of(REQUEST)
    altered = decision | {changed: BESIDES[changed]}
    assert altered != decision
    assert recomputed(altered, event) == decision["receipt"]


def test_the_words_of_a_reason_are_outside_and_the_codes_and_names_inside() -> None:
    ((decision, event),) = recorded_of(REQUEST)
    (finding,) = decision["findings"]
    reworded = decision | {"findings": [finding | {"because": "Because.", "cite": "Nowhere"}]}
    assert recomputed(reworded, event) == decision["receipt"]
    coded = decision | {"findings": [finding | {"code": "waived"}]}
    assert recomputed(coded, event) != decision["receipt"]


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
        shipped(with_durable=False).answer(read_event(json.dumps(each)))[0].receipt for each in (CALL, respelled)
    }
    assert len(receipts) == 1
