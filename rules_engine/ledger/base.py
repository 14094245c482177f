"""What every ledger keeps and promises: entries, chained within their programme, never changed.

A ledger answers a few questions (where does a programme stand, what was answered to this event,
which programmes is this request of, what is behind this digest) and does one thing: record. It can
be held for a while, so that nobody else records and all that is recorded meanwhile is kept or lost
together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from rules_engine.errors import EventIdReused, FieldFault, StaleStanding
from rules_engine.model.canonical import canonical_json, digest, event_to_json
from rules_engine.model.decisions import Decision
from rules_engine.model.events import Event
from rules_engine.model.wire import decision_text
from rules_engine.standing.standing import Standing

ReadEvent = Callable[[str], Event]
"""Reads an event from its canonical JSON; handed to a ledger by whoever opens it."""

BEGINNING = "sha256:" + "0" * 64
"""What the first entry of a programme names as its predecessor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An event with the decision on it, not yet recorded."""

    event: Event
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One recorded answer: event and decision as canonical JSON, at its place in the chain.

    `position` counts from 1 within the programme. `part` is 0 for the answer to the event itself
    and counts on for requests decided again because of it. `digest` covers all the other fields.
    """

    programme: str
    position: int
    event_id: str
    part: int
    request_id: str
    event: str
    decision: str
    previous: str
    digest: str


class Ledger(Protocol):
    """An append-only memory of decisions."""

    def standing(self, programme: str) -> Standing:
        """Give where a programme stands after every entry recorded so far, by anyone."""

    def entries_of(self, event_id: str) -> tuple[Entry, ...]:
        """List what was recorded for an event, part by part; empty if it was never answered."""

    def event(self, event_id: str) -> Event | None:
        """Find the event that was answered under an id, or None."""

    def programmes_of(self, request_id: str) -> tuple[str, ...]:
        """List the programmes that have answers on a request, in the order they were first given."""

    def record(self, programme: str, position: int, answers: Sequence[Answer], texts: Mapping[str, str]) -> None:
        """Append answers to a programme, all or none, right after `position`.

        `texts` holds what stands behind the digests the decisions name, and is kept. Raises
        StaleStanding if the programme has moved past `position` or the event has been answered
        meanwhile, and EventIdReused if it was answered with other content.
        """

    def held(self) -> AbstractContextManager[None]:
        """Hold the ledger: until it is let go, nobody else records, and no standing moves but by the holder.

        What is recorded meanwhile is kept when it is let go, all of it, or none if an exception
        ends it. Holding a ledger that this thread already holds changes nothing. Raises LedgerError
        when others hold it for too long, and StaleStanding when something was written past the hold.
        """

    def undisturbed(self) -> AbstractContextManager[None]:
        """Let no other thread of this process decide on the standings given here, or move them, until it is let go.

        Deciding tries things out on a standing, in place, and takes them back. Other programs may record meanwhile.
        """

    def entries(self, programme: str | None = None) -> Iterator[Entry]:
        """Walk through the entries kept, in the order they were recorded, of one programme or of all.

        Entries of one programme come in the order of their positions. Nothing is locked by walking,
        and what is recorded meanwhile may come at the end.
        """

    def text(self, text_digest: str) -> str | None:
        """Give the text kept behind a digest, or None."""

    def texts(self) -> Iterator[tuple[str, str]]:
        """Walk through the digests and the texts kept behind them, as they are stored."""

    def heads(self) -> Mapping[str, tuple[int, str]]:
        """Give the position and digest of each programme's last entry.

        They are kept apart from the entries, so that the loss of the last one shows.
        """

    def close(self) -> None:
        """Let go of files and connections."""


def entries_after(programme: str, position: int, previous: str, answers: Sequence[Answer]) -> list[Entry]:
    """Write the answers to one event as the entries that follow `position`, whose digest is `previous`."""
    entries: list[Entry] = []
    for part, answer in enumerate(answers):
        entries.append(entry_after(programme, position + 1 + part, previous, part, answer))
        previous = entries[-1].digest
    return entries


def refuse_unless_next(standing: Standing, position: int) -> None:
    """Raise StaleStanding unless a programme still stands where an answer was decided."""
    if standing.at != position:
        raise StaleStanding(f"`{standing.programme}` stands at {standing.at}, not {position}: decide again")


def refuse_answered(first: Sequence[Entry], event: Event) -> None:
    """Raise if an event is answered already: EventIdReused for other content, StaleStanding for the same."""
    if first:
        refuse_reused(first[0], event)
        raise StaleStanding(f"event `{event.event_id}` was answered meanwhile: read its first answer")


def refuse_reused(first: Entry, event: Event) -> None:
    """Raise EventIdReused, naming both contents by digest, if the event first answered had other content."""
    content = canonical_json(event_to_json(event))
    if first.event != content:
        message = (
            f"`{event.event_id}` was already used for another event: "
            f"the first one has digest {digest(first.event)}, this one {digest(content)}"
        )
        raise EventIdReused([FieldFault(field="event_id", message=message)])


def entry_after(programme: str, position: int, previous: str, part: int, answer: Answer) -> Entry:
    """Write an answer as the entry that follows `previous`."""
    event = canonical_json(event_to_json(answer.event))
    decision = decision_text(answer.decision)
    return chained(
        programme=programme,
        position=position,
        event_id=answer.event.event_id,
        part=part,
        request_id=answer.decision.request_id,
        event=event,
        decision=decision,
        previous=previous,
    )


def chained(
    *,
    programme: str,
    position: int,
    event_id: str,
    part: int,
    request_id: str,
    event: str,
    decision: str,
    previous: str,
) -> Entry:
    """Make an entry with the digest that follows from its content."""
    content = canonical_json([programme, position, event_id, part, request_id, event, decision, previous])
    return Entry(
        programme=programme,
        position=position,
        event_id=event_id,
        part=part,
        request_id=request_id,
        event=event,
        decision=decision,
        previous=previous,
        digest=digest(content),
    )
