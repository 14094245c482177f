"""The receipt: one digest over everything an answer rests on, the same on every machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from rules_engine.model.canonical import canonical_json, digest
from rules_engine.model.decisions import Decision
from rules_engine.model.money import Money
from rules_engine.model.wire import payment_to_json

_FIELDS = tuple(field.name for field in fields(Decision))


def sealed(content: dict[str, Any], event: dict[str, Any]) -> Decision:
    """Make a decision of its fields, adding the receipt; `event` is the event in its wire form."""
    return Decision(**content, receipt=digest(canonical_json(receipt_content(content, event))))


def receipt_of(decision: Decision, event: dict[str, Any]) -> str:
    """Work a decision's receipt out again, from the decision and its event alone."""
    content = {name: getattr(decision, name) for name in _FIELDS}
    return digest(canonical_json(receipt_content(content, event)))


def receipt_content(decision: Mapping[str, Any], event: dict[str, Any]) -> dict[str, Any]:
    """Lay out what a receipt is taken over.

    The event, the facts, the digests of rules, note and calendar, the standing seen, and the
    outcome with its money. Words of explanation are covered by the rules' digest. Fields a
    decision may be without read as they would in an empty one.
    """
    return {
        "event": event,
        "request": decision.get("request_id", ""),
        "facts": decision.get("facts", {}),
        "rules": decision.get("rules_digest", ""),
        "payment days": decision.get("days_digest", ""),
        "note": decision.get("note_digest", ""),
        "calendar": decision.get("calendar_digest", ""),
        "standing": decision["standing_at"],
        "outcome": {
            "outcome": decision["outcome"].word,
            "requested": _money(decision.get("requested")),
            "accepted": _money(decision.get("accepted")),
            "carried_over": _money(decision.get("carried_over")),
            "not_accepted": _money(decision.get("not_accepted")),
            "rules": [finding.rule for finding in decision["findings"]],
            "payment": payment_to_json(decision.get("payment")),
        },
    }


def _money(money: Money | None) -> str | None:
    return None if money is None else money.wire
