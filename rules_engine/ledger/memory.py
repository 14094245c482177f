"""A ledger in memory: for a run whose answers are kept by someone else, and for trying things out."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice

from rules_engine.errors import StaleStanding
from rules_engine.ledger.base import (
    BEGINNING,
    NOTHING_WANTED,
    Answer,
    Entry,
    LookedUp,
    Numbered,
    Wanted,
    entries_after,
    refuse_answered,
    refuse_unless_next,
)
from rules_engine.ledger.forks import heed_forks
from rules_engine.ledger.taken import Taken
from rules_engine.model.events import Event
from rules_engine.standing.kinds import advance
from rules_engine.standing.standing import Standing

REST = 1
"""Seconds for which a fork waits for another thread that holds a ledger, before it goes ahead."""


class _Look:
    """What was looked up since a moment, at which there were `seen` entries, and how many were recorded in it."""

    def __init__(self, seen: int) -> None:
        self.seen = seen
        self.own: set[int] = set()
        self.at = LookedUp()


class MemoryLedger:
    """Keeps entries in a list; gone with the process.

    A process that is forked goes on with what was recorded by then, in a ledger of its own; what another thread had
    recorded in a hold that it had not let go of is not in it.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._holds = 0
        self._look: _Look | None = None
        self._settled = 0
        self._rests = False
        self._texts: dict[str, str] = {}
        self._served: dict[str, int] = {}
        self._taken = Taken()
        self._keep([])
        heed_forks(self)

    def standing(self, programme: str) -> Standing:
        """Give where a programme stands now."""
        with self._lock:
            if self._look is not None:
                self._look.at.programmes.add(programme)
            return self._standing(programme)

    def entries_of(self, event_id: str) -> tuple[Entry, ...]:
        """List what was recorded for an event."""
        with self._lock:
            if self._look is not None:
                self._look.at.events.add(event_id)
            return tuple(self._of_event.get(event_id, ()))

    def event(self, event_id: str) -> Event | None:
        """Find the event that was answered under an id."""
        with self._lock:
            if self._look is not None:
                self._look.at.events.add(event_id)
            return self._events.get(event_id)

    def programmes_of(self, request_id: str) -> tuple[str, ...]:
        """List the programmes that have answers on a request."""
        with self._lock:
            if self._look is not None:
                self._look.at.requests.add(request_id)
            return tuple(self._programmes_of.get(request_id, ()))

    def entries_about(self, request_id: str) -> tuple[Entry, ...]:
        """List the answers on a request, in the order they were kept."""
        with self._lock:
            return tuple(self._of_request.get(request_id, ()))

    def record(self, programme: str, position: int, answers: Sequence[Answer], texts: Mapping[str, str]) -> None:
        """Append answers, all or none; see `Ledger.record`."""
        with self._lock:
            self._refuse_if_moved()
            refuse_unless_next(self._standing(programme), position)
            refuse_answered(self._of_event.get(answers[0].event.event_id, ()), answers[0].event)
            entries = entries_after(programme, position, self._last.get(programme, BEGINNING), answers)
            self._texts.update(texts)
            for entry, answer in zip(entries, answers, strict=True):
                if self._look is not None:
                    self._look.own.add(len(self._kept))
                self._kept.append((entry, answer))
                self._index(entry, answer)
            if not self._holds:
                self._settled = len(self._kept)

    @contextmanager
    def looking_up(self, wanted: Wanted) -> Iterator[None]:
        """Find everything unchanged until an answer is recorded; see `Ledger.looking_up`."""
        del wanted  # it is all at hand
        with self._lock:
            outer, self._look = self._look, _Look(len(self._kept))
            own = self._look.own
            try:
                yield
            except BaseException:
                if own:
                    self._keep([each for place, each in enumerate(self._kept) if place not in own])
                raise
            finally:
                self._look = outer

    @contextmanager
    def held(self, programmes: Collection[str] | None = None, wanted: Wanted = NOTHING_WANTED) -> Iterator[None]:
        """Hold the whole ledger; see `Ledger.held`."""
        del programmes
        with self._lock, self.looking_up(wanted):
            kept = len(self._kept)
            self._holds += 1
            try:
                yield
            except BaseException:
                if self._holds == 1 and len(self._kept) > kept:
                    self._keep(self._kept[:kept])
                raise
            finally:
                self._holds -= 1
                if not self._holds:
                    self._settled = len(self._kept)

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Let no other thread decide on a standing, or move one; see `Ledger.undisturbed`."""
        with self._lock:
            yield

    def entries(self, programme: str | None = None) -> Iterator[Entry]:
        """Walk through the entries in the order they were recorded."""
        with self._lock:
            return iter([entry for entry, _ in self._kept if programme is None or entry.programme == programme])

    def programmes(self) -> frozenset[str]:
        """Name the programmes that entries stand under."""
        with self._lock:
            return frozenset(self._last)

    def feed(self, after: int, limit: int, programme: str | None = None) -> tuple[Numbered, ...]:
        """Read on from a number, which is an entry's place in the list; see `Ledger.feed`."""
        with self._lock:
            found = (
                Numbered(number, self._kept[number - 1][0])
                for number in range(max(after, 0) + 1, len(self._kept) + 1)
                if programme is None or self._kept[number - 1][0].programme == programme
            )
            return tuple(islice(found, limit))

    def last_number(self) -> int:
        """Give the number of the last entry."""
        with self._lock:
            return len(self._kept)

    def served_to(self, listener: str) -> int:
        """Give the number up to which a listener was served; see `Ledger.served_to`."""
        with self._lock:
            return self._served.setdefault(listener, len(self._kept))

    def serve_to(self, listener: str, number: int) -> None:
        """Keep it that a listener was served up to a number."""
        with self._lock:
            self._served[listener] = max(number, self.served_to(listener))

    @contextmanager
    def serving(self, listener: str) -> Iterator[bool]:
        """Try to be the only thread that serves a listener; see `Ledger.serving`."""
        with self._taken.taking(listener) as is_ours:
            yield is_ours

    def text(self, text_digest: str) -> str | None:
        """Give the text kept behind a digest."""
        return self._texts.get(text_digest)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Walk through the texts kept."""
        with self._lock:
            return iter(tuple(self._texts.items()))

    def heads(self) -> Mapping[str, tuple[int, str]]:
        """Give the position and digest of each programme's last entry."""
        with self._lock:
            return {programme: (self._standings[programme].at, last) for programme, last in self._last.items()}

    def close(self) -> None:
        """Let go of nothing: there is nothing to let go of."""

    def before_fork(self) -> None:
        """Wait for whoever holds the ledger, but not for ever."""
        self._rests = self._lock.acquire(timeout=REST)

    def after_fork(self) -> None:
        """Let others have the ledger again."""
        if self._rests:
            self._rests = False
            self._lock.release()

    def start_anew(self) -> None:
        """Keep what was settled; a thread that held the ledger is not in this process, and never ends what it began."""
        rested, self._rests = self._rests, False
        self._lock = threading.RLock()
        if not rested:
            self._holds = 0
            self._look = None
            self._keep(self._kept[: self._settled])

    def _standing(self, programme: str) -> Standing:
        if programme not in self._standings:
            self._standings[programme] = Standing(programme)
        return self._standings[programme]

    def _refuse_if_moved(self) -> None:
        """Raise StaleStanding if anything looked at was recorded about since, by somebody else."""
        look = self._look
        if look is None:
            return
        for place in range(look.seen, len(self._kept)):
            entry = self._kept[place][0]
            if place not in look.own and look.at.concerns(entry):
                raise StaleStanding(f"event `{entry.event_id}` was answered meanwhile: decide again")

    def _keep(self, kept: Sequence[tuple[Entry, Answer]]) -> None:
        """Start over with these entries and no others."""
        self._kept: list[tuple[Entry, Answer]] = list(kept)
        self._of_event: dict[str, list[Entry]] = {}
        self._events: dict[str, Event] = {}
        self._of_request: dict[str, list[Entry]] = {}
        self._programmes_of: dict[str, dict[str, None]] = {}
        self._last: dict[str, str] = {}
        self._standings: dict[str, Standing] = {}
        for entry, answer in kept:
            self._index(entry, answer)

    def _index(self, entry: Entry, answer: Answer) -> None:
        self._of_event.setdefault(entry.event_id, []).append(entry)
        self._events.setdefault(entry.event_id, answer.event)
        if entry.request_id:
            self._of_request.setdefault(entry.request_id, []).append(entry)
            self._programmes_of.setdefault(entry.request_id, {})[entry.programme] = None
        self._last[entry.programme] = entry.digest
        advance(self._standing(entry.programme), answer.event, answer.decision, self.event, part=entry.part)
