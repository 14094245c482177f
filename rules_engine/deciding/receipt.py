"""The receipt: one digest over everything an answer rests on, the same on every machine."""

from __future__ import annotations

from typing import Any

from rules_engine.model.canonical import WrittenOnce, canonical_json, digest, kept_text
from rules_engine.model.decisions import Decision
from rules_engine.model.money import Money
from rules_engine.model.replacing import complete
from rules_engine.model.wire import name_to_json, payment_to_json, question_to_json


def sealed(decision: Decision, event: dict[str, Any]) -> Decision:
    """Give a decision that was made just now its receipt; `event` is the event in its wire form."""
    return complete(decision, receipt=receipt_of(decision, event))


def receipt_of(decision: Decision, event: dict[str, Any]) -> str:
    """Work a decision's receipt out, from the decision and its event alone."""
    return digest(canonical_json(receipt_content(decision, event)))


def receipt_content(decision: Decision, event: dict[str, Any]) -> dict[str, Any]:
    """Lay out what a receipt is taken over.

    The event, the facts, the digests of rules, payment days, note and calendar, the standing seen, and the outcome
    with its money. Words of explanation are covered by the rules' digest.
    """
    return {
        "event": event,
        "request": decision.request_id,
        "facts": decision.facts.written if isinstance(decision.facts, WrittenOnce) else decision.facts,
        "rules": decision.rules_digest,
        "payment days": decision.days_digest,
        "note": decision.note_digest,
        "calendar": decision.calendar_digest,
        "standing": decision.standing_at,
        "outcome": {
            "outcome": decision.outcome.word,
            "requested": _money(decision.requested),
            "accepted": _money(decision.accepted),
            "carried_over": _money(decision.carried_over),
            "pended": _money(decision.pended),
            "not_accepted": _money(decision.not_accepted),
            "taken_back": _money(decision.taken_back),
            "counts_from": decision.counts_from.isoformat() if decision.counts_from else None,
            "anew": decision.anew,
            "findings": [name_to_json(finding) for finding in decision.findings],
            "questions": [question_to_json(question) for question in decision.questions],
            "payment": None if decision.payment is None else kept_text(decision.payment, payment_to_json),
        },
    }


def _money(money: Money | None) -> str | None:
    return None if money is None else money.wire
