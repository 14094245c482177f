"""The receipt: one digest over everything an answer rests on, the same on every machine."""

from __future__ import annotations

from typing import Any

from rules_engine.model.canonical import canonical_json, digest
from rules_engine.model.decisions import Decision
from rules_engine.model.money import Money
from rules_engine.model.wire import payment_to_json


def receipt_of(decision: Decision, event: dict[str, Any]) -> str:
    """Give the receipt of a decision on an event in its wire form.

    It covers the event, the facts, the digests of rules, note and calendar, the standing seen, and
    the outcome with its money. Words of explanation are covered by the rules' digest.
    """
    return digest(canonical_json(receipt_content(decision, event)))


def receipt_content(decision: Decision, event: dict[str, Any]) -> dict[str, Any]:
    """Lay out what a receipt is taken over."""
    return {
        "event": event,
        "request": decision.request_id,
        "facts": decision.facts,
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
            "not_accepted": _money(decision.not_accepted),
            "rules": [finding.rule for finding in decision.findings],
            "payment": payment_to_json(decision.payment),
        },
    }


def _money(money: Money | None) -> str | None:
    return None if money is None else money.wire
