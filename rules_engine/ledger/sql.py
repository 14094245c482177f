"""A ledger on disk: the same promises in SQLite and in PostgreSQL.

Where each programme stands is kept here between answers, and moved on by reading only the entries
that others recorded since. While the ledger is held, what is recorded waits here, and is written in
one go when it is let go.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from rules_engine.errors import LedgerError
from rules_engine.ledger.base import Answer, Entry, ReadEvent, entries_after, refuse_answered, refuse_unless_next
from rules_engine.ledger.chain import BEFORE_THE_FIRST, Link, breach
from rules_engine.ledger.forks import heed_forks
from rules_engine.ledger.memory import REST
from rules_engine.ledger.sql_database import Database, Kind
from rules_engine.ledger.sql_statements import (
    ADD_ENTRY,
    ADD_TEXT,
    AFTER,
    ALL_AFTER,
    ALL_HEADS,
    FIELDS,
    HEAD_OF,
    MOVE_HEAD,
    OF_EVENT,
    PAGE,
    PROGRAMMES_OF,
    TEXT_OF,
    TEXTS_AFTER,
)
from rules_engine.model.events import Event
from rules_engine.model.wire import decision_from_json
from rules_engine.standing.kinds import advance
from rules_engine.standing.standing import Standing


@dataclass(slots=True)
class _Followed:
    """A programme as far as it was read or recorded here: its standing, and the end of its chain.

    `whole` once that end was held against the head kept apart from the entries.
    """

    standing: Standing
    end: Link = BEFORE_THE_FIRST
    whole: bool = False


@dataclass(slots=True)
class _Hold:
    """What was recorded since the ledger was held, and what was read, which stays true until it is let go.

    `requests` gives the programmes of the requests recorded; `programmes_of` of those kept before.
    """

    recorded: list[Entry] = field(default_factory=list)
    requests: dict[str, dict[str, None]] = field(default_factory=dict)
    of_event: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    programmes_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    caught_up: set[str] = field(default_factory=set)


class SqlLedger:
    """Keeps entries in a database; any number of programs may record into it."""

    def __init__(self, kind: Kind, read_event: ReadEvent, *, create: bool) -> None:
        self._read_event = read_event
        self._lock = threading.RLock()
        self._hold: _Hold | None = None
        self._followed: dict[str, _Followed] = {}
        self._texts_kept: set[str] = set()
        self._rests = False
        self._database = Database(kind)
        with self._lock:
            heed_forks(self)
            self._database.open(create=create)

    def standing(self, programme: str) -> Standing:
        """Give where a programme stands after every entry recorded so far, by anyone."""
        with self._lock:
            return self._caught_up(programme).standing

    def entries_of(self, event_id: str) -> tuple[Entry, ...]:
        """List what was recorded for an event."""
        with self._lock:
            hold = self._hold or _Hold()
            if event_id not in hold.of_event:
                rows = self._database.read(OF_EVENT, {"event_id": event_id})
                hold.of_event[event_id] = tuple(_entry(row) for row in rows)
            return hold.of_event[event_id]

    def event(self, event_id: str) -> Event | None:
        """Find the event that was answered under an id."""
        first = self.entries_of(event_id)
        return self._read_event(first[0].event) if first else None

    def programmes_of(self, request_id: str) -> tuple[str, ...]:
        """List the programmes that have answers on a request."""
        with self._lock:
            hold = self._hold or _Hold()
            if request_id not in hold.programmes_of:
                rows = self._database.read(PROGRAMMES_OF, {"request_id": request_id})
                hold.programmes_of[request_id] = tuple(str(row[0]) for row in rows)
            return tuple(dict.fromkeys((*hold.programmes_of[request_id], *hold.requests.get(request_id, ()))))

    def record(self, programme: str, position: int, answers: Sequence[Answer], texts: Mapping[str, str]) -> None:
        """Append answers, all or none; see `Ledger.record`."""
        with self._holding() as hold:
            followed = self._caught_up(programme)
            refuse_unless_next(followed.standing, position)
            refuse_answered(self.entries_of(answers[0].event.event_id), answers[0].event)
            entries = entries_after(programme, position, followed.end.digest, answers)
            hold.texts.update(texts)
            hold.recorded.extend(entries)
            hold.of_event[entries[0].event_id] = tuple(entries)
            for entry, answer in zip(entries, answers, strict=True):
                if entry.request_id:
                    hold.requests.setdefault(entry.request_id, {})[programme] = None
                advance(followed.standing, answer.event, answer.decision, self.event, part=entry.part)
            followed.end = Link(entries[-1].position, entries[-1].digest)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the ledger; see `Ledger.held`."""
        with self._holding():
            yield

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Let no other thread decide on a standing, or move one; see `Ledger.undisturbed`."""
        with self._lock:
            yield

    def entries(self, programme: str | None = None) -> Iterator[Entry]:
        """Walk through the entries kept, in the order they were recorded."""
        if programme is not None:
            yield from self._after(programme, 0)
            return
        seq = 0
        while True:
            with self._lock:
                rows = self._database.read(ALL_AFTER, {"seq": seq})
            for _, *row in rows:
                yield _entry(row)
            if len(rows) < PAGE:
                return
            seq = rows[-1][0]

    def text(self, text_digest: str) -> str | None:
        """Give the text kept behind a digest, or None."""
        with self._lock:
            if self._hold is not None and text_digest in self._hold.texts:
                return self._hold.texts[text_digest]
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
        """Let go of the file or the connection."""
        with self._lock:
            self._database.close()

    def before_fork(self) -> None:
        """Let go of the connection, unless it is being written over; wait for another thread, but not for ever."""
        self._rests = self._lock.acquire(timeout=REST)
        if self._rests and self._hold is None:
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
        settled = self._rests and self._hold is None
        self._rests = False
        self._lock = threading.RLock()
        self._hold = None
        if not settled:
            self._followed = {}
            self._texts_kept = set()
        self._database.start_anew()

    @contextmanager
    def _holding(self) -> Iterator[_Hold]:
        with self._lock:
            if self._hold is not None:
                yield self._hold
                return
            self._database.begin()
            self._hold = hold = _Hold()
            try:
                yield hold
                if self._hold is not hold:
                    raise LedgerError("the ledger was held when this process was forked: the other process records")
                self._write(hold)
                self._database.commit()
            except BaseException:
                self._undo(hold)
                raise
            finally:
                self._hold = None
            self._texts_kept.update(hold.texts)

    def _write(self, hold: _Hold) -> None:
        if not hold.recorded:
            return
        self._database.write(ADD_ENTRY, [_row(entry) for entry in hold.recorded])
        heads = {entry.programme: entry for entry in hold.recorded}
        self._database.write(MOVE_HEAD, [_row(entry) for entry in heads.values()])
        new = [
            {"digest": name, "text": content}
            for name, content in hold.texts.items()
            if name not in self._texts_kept and not self._database.read(TEXT_OF, {"digest": name})
        ]
        if new:
            self._database.write(ADD_TEXT, new)

    def _undo(self, hold: _Hold) -> None:
        """Forget what was recorded in a hold that failed; where its programmes stand is read again."""
        if self._hold is not hold:
            return
        for entry in hold.recorded:
            self._followed.pop(entry.programme, None)
        self._database.roll_back()

    def _caught_up(self, programme: str) -> _Followed:
        """Move a programme on past what others recorded, checking that each entry follows the one before."""
        if programme not in self._followed:
            self._followed[programme] = _Followed(Standing(programme))
        followed = self._followed[programme]
        if self._hold is not None and programme in self._hold.caught_up:
            return followed
        for entry in self._after(programme, followed.end.position):
            if why := breach(followed.end, entry):
                raise _tampered(why)
            event, decision = self._read_event(entry.event), decision_from_json(json.loads(entry.decision))
            advance(followed.standing, event, decision, self.event, part=entry.part)
            followed.end = Link(entry.position, entry.digest)
        if self._hold is not None:
            self._hold.caught_up.add(programme)
            if not followed.whole:
                self._refuse_if_cut_short(programme, followed.end)
                followed.whole = True
        return followed

    def _refuse_if_cut_short(self, programme: str, end: Link) -> None:
        heads = self._database.read(HEAD_OF, {"programme": programme})
        head = Link(*heads[0][1:]) if heads else BEFORE_THE_FIRST
        if head != end:
            raise _tampered(f"`{programme}` had {head.position} entries, and {end.position} are there")

    def _after(self, programme: str, position: int) -> Iterator[Entry]:
        while True:
            with self._lock:
                rows = self._database.read(AFTER, {"programme": programme, "position": position})
            for row in rows:
                entry = _entry(row)
                yield entry
            if len(rows) < PAGE:
                return
            position = entry.position


def _entry(row: Sequence[Any]) -> Entry:
    return Entry(**dict(zip(FIELDS, row, strict=True)))


def _row(entry: Entry) -> dict[str, str | int]:
    return {name: getattr(entry, name) for name in FIELDS}


def _tampered(why: str) -> LedgerError:
    return LedgerError(f"the ledger was changed by other means, so nothing is decided on it: {why}; put a copy back")
