"""One request's life: every answer recorded on it, in order, and the last one that counts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from rules_engine.intake import event_to_json, read_recorded
from rules_engine.ledger.base import Ledger
from rules_engine.model.decisions import Decision
from rules_engine.model.events import Event
from rules_engine.model.wire import decision_from_json, decision_to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedAnswer:
    """An answer on a request, with the event that brought it; `part` counts on from 0, the event's own answer."""

    programme: str
    position: int
    part: int
    event: Event
    decision: Decision


def answers_on(ledger: Ledger, request_id: str) -> tuple[RecordedAnswer, ...]:
    """List the answers recorded on a request, in the order they were kept; empty where there is none."""
    return tuple(
        RecordedAnswer(
            programme=entry.programme,
            position=entry.position,
            part=entry.part,
            event=read_recorded(entry.event),
            decision=decision_from_json(json.loads(entry.decision)),
        )
        for entry in ledger.entries_about(request_id)
    )


def last_decision(ledger: Ledger, request_id: str) -> Decision | None:
    """Give the last decision on a request; None where there is none."""
    entries = ledger.entries_about(request_id)
    return decision_from_json(json.loads(entries[-1].decision)) if entries else None


def answer_to_json(answer: RecordedAnswer) -> dict[str, Any]:
    """Write a recorded answer as it crosses a border."""
    return {
        "programme": answer.programme,
        "position": answer.position,
        "part": answer.part,
        "event": event_to_json(answer.event),
        "decision": decision_to_json(answer.decision),
    }
