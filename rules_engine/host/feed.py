"""The feed: every recorded decision from a number on, in the order in which they were kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from rules_engine.host.pages import Page, check_limit
from rules_engine.intake import event_to_json, read_recorded
from rules_engine.ledger.base import Ledger, Numbered
from rules_engine.model.decisions import Decision
from rules_engine.model.events import Event
from rules_engine.model.wire import decision_from_json, decision_to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedDecision:
    """A decision as it was recorded, with its event.

    `number` is its place in the feed, over all programmes; numbers count up from 1, perhaps with gaps. `position` is
    its place in its programme, without gaps. `part` is 0 for the decision on the event itself, and counts on for those
    on requests that the event made decided again. `digest` is that of the ledger's entry, which the next one names.
    """

    number: int
    programme: str
    position: int
    part: int
    event: Event
    decision: Decision
    digest: str

    @property
    def book_before(self) -> str:
        """The digest of the rule book before, where the book has changed since the programme's decision before."""
        return self.decision.made_by.book_before


def decisions_after(
    ledger: Ledger, after: int, *, limit: int, programme: str | None = None
) -> Page[RecordedDecision, int]:
    """Read a page of the feed; `after` is the number last read, 0 for the beginning. Raise ValueError for no number."""
    check_limit(limit)
    if after < 0:
        raise ValueError(f"`after` must be a number of the feed, or 0 for its beginning, not {after}")
    found = ledger.feed(after, limit + 1, programme)
    items = tuple(map(_recorded, found[:limit]))
    return Page(items, items[-1].number if items else after, is_last=len(found) <= limit)


def recorded_to_json(recorded: RecordedDecision) -> dict[str, Any]:
    """Write a recorded decision as it crosses a border."""
    return {
        "number": recorded.number,
        "programme": recorded.programme,
        "position": recorded.position,
        "part": recorded.part,
        "book_changed": bool(recorded.book_before),
        "event": event_to_json(recorded.event),
        "decision": decision_to_json(recorded.decision),
        "digest": recorded.digest,
    }


def _recorded(numbered: Numbered) -> RecordedDecision:
    entry = numbered.entry
    return RecordedDecision(
        number=numbered.number,
        programme=entry.programme,
        position=entry.position,
        part=entry.part,
        event=read_recorded(entry.event),
        decision=decision_from_json(json.loads(entry.decision)),
        digest=entry.digest,
    )
