"""What every ledger keeps and promises: entries, chained within their programme, never changed.

A ledger answers a few questions (where does a programme stand, what was answered to this event,
which programmes is this request of, what is behind this digest) and does one thing: record. It can
be held for a while, so that nobody else records and all that is recorded meanwhile is kept or lost
together. Entries are numbered as they are kept, so that whoever reads on from a number misses none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from rules_engine.errors import EventIdReused, FieldFault, LedgerError, StaleStanding
from rules_engine.model.canonical import canonical_json, digest, event_to_json
from rules_engine.model.decisions import Decision
from rules_engine.model.events import Event
from rules_engine.model.wire import decision_text
from rules_engine.standing.standing import Standing

ReadEvent = Callable[[str], Event]
"""Reads an event from its canonical JSON; handed to a ledger by whoever opens it."""


class UnreadableEntry(LedgerError):
    """An entry that cannot be read from where it lies: something of it was changed, or is lost."""

    def __init__(self, programme: str, position: int, why: str) -> None:
        super().__init__(
            f"the ledger was changed by other means: of entry {position} of `{programme}`, {why}; put a copy back"
        )
        self.programme = programme
        self.position = position
        self.why = why


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


@dataclass(frozen=True, slots=True)
class Numbered:
    """An entry with its number in the order in which entries were kept, over all programmes.

    Numbers count up from 1, perhaps with gaps. An entry that can be read has a smaller number than every entry that
    can be read later and could not before.
    """

    number: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Wanted:
    """The ids of the events and the requests that are about to be asked for, so that they are looked up at once."""

    events: frozenset[str] = frozenset()
    requests: frozenset[str] = frozenset()

    def besides(self, events: Collection[str], requests: Collection[str]) -> Wanted:
        """Give what is wanted and not among those looked up already."""
        return Wanted(self.events.difference(events), self.requests.difference(requests))


NOTHING_WANTED = Wanted()


@dataclass(slots=True)
class LookedUp:
    """What an answer was looked up for: an entry that concerns any of it, recorded by others since, makes it old."""

    events: set[str] = field(default_factory=set)
    requests: set[str] = field(default_factory=set)
    programmes: set[str] = field(default_factory=set)

    def concerns(self, entry: Entry) -> bool:
        """Tell whether an entry would have been found, or would have moved a standing that was looked at."""
        return entry.event_id in self.events or entry.request_id in self.requests or entry.programme in self.programmes


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

    def entries_about(self, request_id: str) -> tuple[Entry, ...]:
        """List the answers on a request, in the order they were kept; empty where there is none."""

    def record(self, programme: str, position: int, answers: Sequence[Answer], texts: Mapping[str, str]) -> None:
        """Append answers to a programme, all or none, right after `position`.

        `texts` holds what stands behind the digests the decisions name, and is kept. Raises
        StaleStanding if the programme has moved past `position` or the event has been answered
        meanwhile, and EventIdReused if it was answered with other content.
        """

    def looking_up(self, wanted: Wanted) -> AbstractContextManager[None]:
        """Look up at once what an answer is likely to ask for, and find it unchanged until the answer is recorded.

        What is recorded within is kept at the end of it, all or none. Raises StaleStanding then, and keeps
        nothing, where others meanwhile recorded anything about an event, a request or a programme that was looked
        at: decide again. Others need not wait for it. Within a hold of this thread it adds to that.
        """

    def held(
        self, programmes: Collection[str] | None = None, wanted: Wanted = NOTHING_WANTED
    ) -> AbstractContextManager[None]:
        """Hold some programmes, or the whole ledger: until they are let go, nobody else records into them.

        `wanted` is looked up at once, as by `looking_up`, whose other promises hold here too. Holding a ledger that
        this thread already holds changes nothing. Raises LedgerError when others hold it for too long, and
        StaleStanding when something was written past the hold. A store may hold more than it is asked for.
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

    def programmes(self) -> frozenset[str]:
        """Name the programmes that entries stand under."""

    def feed(self, after: int, limit: int, programme: str | None = None) -> tuple[Numbered, ...]:
        """Read on from a number: the entries kept after it, at most `limit`, in the order in which they were kept.

        Whoever goes on from the last number read misses no entry, however long another program takes to keep one.
        """

    def last_number(self) -> int:
        """Give the number of the last entry kept; 0 where there is none."""

    def served_to(self, listener: str) -> int:
        """Give the number up to which a listener was served; one not seen before begins at the end of the feed."""

    def serve_to(self, listener: str, number: int) -> None:
        """Keep it that a listener was served up to a number; a smaller one than is kept changes nothing."""

    def serving(self, listener: str) -> AbstractContextManager[bool]:
        """Try to be the only one who serves a listener, and give whether that is so.

        Two programs that use one file may both be told that they are. It is never so where a ledger is only read.
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
