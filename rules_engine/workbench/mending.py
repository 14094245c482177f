"""Deciding again what a fault of ours kept from being decided, once the fault is mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules_engine.host import Host
from rules_engine.host.belonging import UNASSIGNED
from rules_engine.model.codes import OURS
from rules_engine.model.decisions import Decision, Finding
from rules_engine.model.events import Event, FaultMended


@dataclass(frozen=True, slots=True, kw_only=True)
class StillFaulty:
    """An event that the same fault, or another one of ours, still keeps from being decided."""

    event_id: str
    programme: str
    finding: Finding


def decide_again(host: Host, *, on: date | None = None) -> Iterator[tuple[Decision, ...] | StillFaulty]:
    """Decide again what was referred for a fault of ours, in the order of its days, recording each answer.

    `on` is the business date it is done, by default the latest one on the ledger; what is decided
    counts as of its own day all the same. What is still at fault is left as it stands, and told.
    """
    day = on or max(filter(None, _days(host)), default=date.min)
    for event in _waiting(host):
        done_on = max(day, event.received_on)
        mended = FaultMended(event_id=_new_id(host, event), received_on=done_on, mends=event.event_id)
        preview = host.preview(mended)[0]
        ours = next((finding for finding in preview.findings if finding.code in OURS), None)
        if ours is not None:
            yield StillFaulty(event_id=event.event_id, programme=preview.programme, finding=ours)
        else:
            yield host.answer(mended)


def _days(host: Host) -> list[date | None]:
    return [host.ledger.standing(programme).latest_received_on for programme in host.ledger.heads()]


def _waiting(host: Host) -> list[Event]:
    """List the events that wait: first those of no programme, as they came, then each programme's by their days."""
    found = [event for event in host.ledger.standing(UNASSIGNED).faulted.values() if not _was_mended(host, event)]
    for programme in sorted(set(host.ledger.heads()) - {UNASSIGNED}):
        standing = host.ledger.standing(programme)
        requests = (request.asked for request in standing.requests.values() if request.ours)
        found += sorted((*requests, *standing.faulted.values()), key=lambda event: event.received_on)
    return found


def _was_mended(host: Host, event: Event) -> bool:
    """Tell whether an event of no programme was decided again under the one it turned out to belong to."""
    return event.event_id in host.ledger.standing(host.programme_of(event)).mended


def _new_id(host: Host, event: Event) -> str:
    """Name the event that says a fault is mended; the same event may have to be mended more than once."""
    event_id, times = f"{event.event_id}#mended", 1
    while host.ledger.entries_of(event_id):
        times += 1
        event_id = f"{event.event_id}#mended-{times}"
    return event_id
