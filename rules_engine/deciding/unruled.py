"""Answers no rule set gives: facts put on record, and cases nobody can decide by rule."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rules_engine.deciding.receipt import sealed
from rules_engine.model.canonical import event_to_json
from rules_engine.model.decisions import Decision, Finding, Outcome
from rules_engine.model.events import Event, OutstandingReported
from rules_engine.model.money import Money
from rules_engine.model.standing import Standing

NOTHING = Money.from_cents(0)
NOTHING_ELSE: Mapping[str, str] = MappingProxyType({})


def unruled(
    event: Event,
    standing: Standing,
    finding: Finding,
    *,
    cusip: str = "",
    request_id: str = "",
    requested: Money | None = None,
    rests_on: Mapping[str, str] = NOTHING_ELSE,
) -> Decision:
    """Answer an event with one finding and no money; what was requested is not accepted.

    `rests_on` are the digests of what the event was held against, by the decision's fields.
    """
    principal = requested if requested is not None else getattr(event, "principal", None)
    asks = isinstance(principal, Money) and not isinstance(event, OutstandingReported)
    asked = principal if asks and finding.outcome is not Outcome.RECORDED else None
    nothing = None if asked is None else NOTHING
    content = {
        "decision_id": f"{standing.programme}#{standing.position + 1}",
        "event_id": event.event_id,
        "type": event.type,
        "outcome": finding.outcome,
        "programme": standing.programme,
        "cusip": cusip or getattr(event, "cusip", ""),
        "request_id": request_id or getattr(event, "request_id", ""),
        "notice_id": getattr(event, "notice_id", ""),
        "requested": asked,
        "accepted": nothing,
        "carried_over": nothing,
        "not_accepted": asked,
        "findings": (finding,),
        "standing_at": standing.position,
        **rests_on,
    }
    return sealed(content, event_to_json(event))


def referred(rule: str, because: str) -> Finding:
    """Make the finding of a case a person has to decide."""
    return Finding(rule=rule, outcome=Outcome.REFERRED, because=because, cite="Rule book")


def recorded(rule: str, because: str) -> Finding:
    """Make the finding of a fact put on record for later."""
    return Finding(rule=rule, outcome=Outcome.RECORDED, because=because, cite="Standing of the programme")
