"""A ledger on disk: the same promises in SQLite and in PostgreSQL.

Where each programme stands is kept here between answers, and moved on by reading only the entries that others recorded
since. What an answer needs is looked up at one stroke before it is decided, and what is recorded is written at one
stroke at the end: to a server that is two journeys, and to nobody a long wait.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager

from rules_engine.errors import LedgerError
from rules_engine.ledger.base import (
    NOTHING_WANTED,
    Answer,
    Entry,
    Numbered,
    ReadEvent,
    Wanted,
    entries_after,
    refuse_answered,
    refuse_unless_next,
)
from rules_engine.ledger.forks import heed_forks
from rules_engine.ledger.memory import REST
from rules_engine.ledger.packing import Base, Packing
from rules_engine.ledger.sql_database import Database, Hold, Kind
from rules_engine.ledger.sql_following import Followed, Following
from rules_engine.ledger.sql_statements import (
    ABOUT,
    ADD_LISTENER,
    AFTER,
    ALL_HEADS,
    BASE_ABOUT,
    BASE_OF,
    FEED,
    FEED_OF_PROGRAMME,
    FIRST_BASES,
    LAST_NUMBER,
    PAGE,
    PAGE_OF_BASES,
    PROGRAMMES,
    SERVE_TO,
    SERVED_TO,
    TEXT_OF,
    TEXTS_AFTER,
)
from rules_engine.ledger.sql_work import Work
from rules_engine.ledger.taken import Taken
from rules_engine.model.events import Event
from rules_engine.standing.standing import Standing

WORTH_LAYING_DOWN = 1_000
"""So many entries take some tenths of a second to be folded again."""

SHARE = 4
"""While answers are recorded, a standing is laid down when a quarter of its entries have come since."""


class SqlLedger:
    """Keeps entries in a database; any number of programs may record into it."""

    def __init__(self, kind: Kind, read_event: ReadEvent, *, create: bool) -> None:
        self._read_event = read_event
        self._lock = threading.RLock()
        self._work: Work | None = None
        self._taken = Taken()
        self._texts_kept: set[str] = set()
        self._rests = False
        self._database = Database(kind)
        self._packing = Packing(self._base_of, self._base_about)
        self._following = self._followed_anew()
        with self._lock:
            heed_forks(self)
            self._database.open(create=create)
            bases = [Base(*row) for row in self._database.read(FIRST_BASES, {})]
            self._packing.begin(bases, all_there_are=len(bases) < PAGE_OF_BASES)

    def standing(self, programme: str) -> Standing:
        """Give where a programme stands after every entry recorded so far, by anyone."""
        with self._lock:
            return self._caught_up(programme).standing

    def entries_of(self, event_id: str) -> tuple[Entry, ...]:
        """List what was recorded for an event."""
        with self._at_work() as work:
            self._look_up(work, Wanted(events=frozenset({event_id})))
            work.at.events.add(event_id)
            return work.of_event[event_id]

    def event(self, event_id: str) -> Event | None:
        """Find the event that was answered under an id."""
        first = self.entries_of(event_id)
        return self._read_event(first[0].event) if first else None

    def programmes_of(self, request_id: str) -> tuple[str, ...]:
        """List the programmes that have answers on a request."""
        with self._at_work() as work:
            self._look_up(work, Wanted(requests=frozenset({request_id})))
            work.at.requests.add(request_id)
            return tuple(dict.fromkeys((*work.programmes_of[request_id], *work.requests.get(request_id, ()))))

    def entries_about(self, request_id: str) -> tuple[Entry, ...]:
        """List the answers on a request, in the order they were kept."""
        with self._lock:
            return tuple(self._packing.entry(row) for _, *row in self._database.read(ABOUT, {"request_id": request_id}))

    def record(self, programme: str, position: int, answers: Sequence[Answer], texts: Mapping[str, str]) -> None:
        """Append answers, all or none; see `Ledger.record`."""
        event = answers[0].event
        with self._working(Wanted(events=frozenset({event.event_id}))) as work:
            followed = self._caught_up(programme)
            refuse_unless_next(followed.standing, position)
            refuse_answered(self.entries_of(event.event_id), event)
            entries = entries_after(programme, position, followed.end.digest, answers)
            work.record(followed, entries, answers, texts, self.event)

    @contextmanager
    def looking_up(self, wanted: Wanted) -> Iterator[None]:
        """Look up at one stroke what an answer is likely to ask for; see `Ledger.looking_up`."""
        with self._working(wanted):
            yield

    @contextmanager
    def held(self, programmes: Collection[str] | None = None, wanted: Wanted = NOTHING_WANTED) -> Iterator[None]:
        """Hold some programmes, or the whole ledger; see `Ledger.held`."""
        with self._working(wanted, None if programmes is None else frozenset(programmes), holds=True):
            yield

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Let no other thread decide on a standing, or move one; see `Ledger.undisturbed`."""
        with self._lock:
            yield

    def entries(self, programme: str | None = None) -> Iterator[Entry]:
        """Walk through the entries kept, in the order they were recorded."""
        number = position = 0
        while True:
            with self._lock:
                if programme is None:
                    rows = self._database.read(FEED, {"seq": number, "limit": PAGE})
                else:
                    rows = self._database.read(AFTER, {"programme": programme, "position": position})
            for _, *row in rows:
                entry = self._packing.entry(row)
                yield entry
            if len(rows) < PAGE:
                return
            number, position = rows[-1][0], entry.position

    def programmes(self) -> frozenset[str]:
        """Name the programmes that entries stand under."""
        with self._lock:
            return frozenset(programme for (programme,) in self._database.read(PROGRAMMES, {}))

    def feed(self, after: int, limit: int, programme: str | None = None) -> tuple[Numbered, ...]:
        """Read on from a number; see `Ledger.feed`."""
        within = {} if programme is None else {"programme": programme}
        with self._lock:
            statement = FEED if programme is None else FEED_OF_PROGRAMME
            rows = self._database.read(statement, {"seq": after, "limit": limit, **within})
        return tuple(Numbered(number, self._packing.entry(row)) for number, *row in rows)

    def last_number(self) -> int:
        """Give the number of the last entry kept."""
        with self._lock:
            return int(self._database.read(LAST_NUMBER, {})[0][0])

    def served_to(self, listener: str) -> int:
        """Give the number up to which a listener was served; see `Ledger.served_to`."""
        with self._lock:
            found = self._database.read(SERVED_TO, {"listener": listener})
            if not found and self._database.only_reading:
                return self.last_number()
            if not found:
                self._database.write(ADD_LISTENER, [{"listener": listener}])
                found = self._database.read(SERVED_TO, {"listener": listener})
            return int(found[0][0])

    def serve_to(self, listener: str, number: int) -> None:
        """Keep it that a listener was served up to a number."""
        with self._lock:
            self._database.write(SERVE_TO, [{"of": listener, "to": number}])

    @contextmanager
    def serving(self, listener: str) -> Iterator[bool]:
        """Try to be the only one who serves a listener; see `Ledger.serving`."""
        with self._taken.taking(listener) as is_ours_here:
            with self._lock:
                is_ours = is_ours_here and not self._database.only_reading and self._database.claim(listener)
            try:
                yield is_ours
            finally:
                if is_ours:
                    with self._lock:
                        self._database.let_go(listener)

    def text(self, text_digest: str) -> str | None:
        """Give the text kept behind a digest, or None."""
        with self._lock:
            if self._work is not None and text_digest in self._work.texts:
                return self._work.texts[text_digest]
            found = self._database.read(TEXT_OF, {"digest": text_digest})
            return str(found[0][0]) if found else None

    def texts(self) -> Iterator[tuple[str, str]]:
        """Walk through the texts kept, as they are stored."""
        last = ""
        while True:
            with self._lock:
                rows = self._database.read(TEXTS_AFTER, {"digest": last})
            for named, content in rows:
                yield str(named), str(content)
            if len(rows) < PAGE:
                return
            last = rows[-1][0]

    def heads(self) -> Mapping[str, tuple[int, str]]:
        """Give the position and digest of each programme's last entry, as kept apart from the entries."""
        with self._lock:
            return {programme: (position, end) for programme, position, end in self._database.read(ALL_HEADS, {})}

    def close(self) -> None:
        """Let go of the file or the connection, once it is laid down where programmes stand."""
        with self._lock:
            if self._work is None:
                self._following.lay_down(after=WORTH_LAYING_DOWN)
            self._database.close()

    def before_fork(self) -> None:
        """Let go of the connection, unless it is being written over; wait for another thread, but not for ever."""
        self._rests = self._lock.acquire(timeout=REST)
        if self._rests and self._work is None:
            self._database.close()
        self._database.before_fork()

    def after_fork(self) -> None:
        """Let others have the ledger again."""
        self._database.after_fork()
        if self._rests:
            self._rests = False
            self._lock.release()

    def start_anew(self) -> None:
        """Read on over a new connection; what was being recorded at the fork is the other process's to record."""
        settled = self._rests and self._work is None
        self._rests = False
        self._lock = threading.RLock()
        self._work = None
        if not settled:
            self._following = self._followed_anew()
            self._texts_kept = set()
        self._database.start_anew()

    def _base_of(self, number: int) -> Base | None:
        found = self._database.read(BASE_OF, {"number": number})
        return Base(*found[0]) if found else None

    def _base_about(self, about: str) -> Base | None:
        found = self._database.read(BASE_ABOUT, {"about": about})
        return Base(*found[0]) if found else None

    def _followed_anew(self) -> Following:
        """Begin to follow programmes, from the first entry on."""
        return Following(self._database, self._packing, self._read_event)

    @contextmanager
    def _at_work(self) -> Iterator[Work]:
        """Give what is going on, or something for a single question."""
        with self._lock, ExitStack() as moved:
            yield self._work or Work(moved, self._packing)

    @contextmanager
    def _working(
        self, wanted: Wanted, programmes: frozenset[str] | None = frozenset(), *, holds: bool = False
    ) -> Iterator[Work]:
        """Look up what is wanted, and keep at the end what is recorded meanwhile; join what is going on already."""
        with self._lock:
            if self._work is not None:
                self._begin(self._work, wanted, Hold(programmes) if holds and self._work.hold is None else None)
                yield self._work
                return
            try:
                with ExitStack() as moved:
                    self._work = work = Work(moved, self._packing)
                    self._begin(work, wanted, Hold(programmes) if holds else None)
                    yield work
                    if self._work is not work:
                        raise LedgerError("the ledger was held when this process was forked: the other process records")
                    self._keep(work)
            except BaseException:
                if self._work is work:
                    self._database.roll_back()
                raise
            finally:
                self._work = None
            self._texts_kept.update(work.texts)
            self._packing.kept(work.bases)
            if work.recorded:
                self._following.lay_down(after=2 * WORTH_LAYING_DOWN, share=SHARE)

    def _begin(self, work: Work, wanted: Wanted, hold: Hold | None) -> None:
        """Begin a transaction if something is to be held, catch up with what others recorded, and look up the rest."""
        is_first = work.seen is None
        steps = [*(self._following.catching_up() if is_first else ()), *work.looking_up(wanted)]
        if hold is not None:
            answers = self._database.begin(hold, steps)
            work.hold = hold
        else:
            answers = self._database.go(steps) if steps else []
        if is_first:
            number, rows, *answers = answers
            work.seen = self._following.catch_up(number, rows, self.event)
        work.look_up(wanted, answers)

    def _keep(self, work: Work) -> None:
        """Write what was recorded, unless others have moved what it rests on."""
        if work.recorded:
            moved = Hold(frozenset(entry.programme for entry in work.recorded))
            self._database.keep(work.hold, moved, work.keeping(self._database.dialect, self._texts_kept))
        elif work.hold is not None:
            self._database.commit()

    def _look_up(self, work: Work, wanted: Wanted) -> None:
        steps = work.looking_up(wanted)
        work.look_up(wanted, self._database.go(steps) if steps else [])

    def _caught_up(self, programme: str) -> Followed:
        """Give a programme with what others recorded; within some work it stays as it was when that began."""
        followed = self._following.programme(programme, self.event, is_settled=self._work is not None)
        if self._work is not None:
            self._work.at.programmes.add(programme)
        return followed
