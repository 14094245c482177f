"""Where programmes stand by the entries in a database, moved on by what others recorded since."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from rules_engine.errors import LedgerError, StaleStanding
from rules_engine.ledger.base import Entry, ReadEvent
from rules_engine.ledger.chain import BEFORE_THE_FIRST, Link, breach
from rules_engine.ledger.packing import Packing
from rules_engine.ledger.sql_database import Database, Rows
from rules_engine.ledger.sql_statements import (
    AFTER,
    CATCH_UP,
    HEAD_OF,
    KEEP_SNAPSHOT,
    LAST_NUMBER,
    PAGE,
    SNAPSHOT_OF,
    Step,
)
from rules_engine.model.events import Event
from rules_engine.model.wire import decision_from_json
from rules_engine.standing import snapshots
from rules_engine.standing.kinds import advance
from rules_engine.standing.standing import Standing

FindEvent = Callable[[str], Event | None]
"""Finds an event that was answered, by its id."""


@dataclass(slots=True)
class Followed:
    """A programme as far as it was read or recorded here: its standing, and the end of its chain.

    `laid_down_at` is the position up to which its standing was laid down last, as far as is known here.
    """

    standing: Standing
    end: Link = BEFORE_THE_FIRST
    laid_down_at: int = 0

    @contextmanager
    def all_or_none(self) -> Iterator[None]:
        """Go back to where it stood if an exception ends this."""
        end = self.end
        try:
            with self.standing.journal.all_or_none():
                yield
        except BaseException:
            self.end = end
            raise


class Following:
    """Every programme that was asked about, each read once: from where its standing was laid down, or its first entry.

    All of them are caught up with together: `to` is the number up to which that was done.
    """

    def __init__(self, database: Database, packing: Packing, read_event: ReadEvent) -> None:
        self._database = database
        self._packing = packing
        self._read_event = read_event
        self._programmes: dict[str, Followed] = {}
        self._to = 0
        self._lays_down = not database.only_reading

    def programme(self, code: str, event: FindEvent, *, is_settled: bool) -> Followed:
        """Give a programme, with what others recorded unless it `is_settled` that nothing more is to be read now."""
        if code not in self._programmes:
            self._programmes[code] = self._read(code, event)
        elif not is_settled:
            number, rows = self._database.go(self.catching_up())
            self.catch_up(number, rows, event)
        return self._programmes[code]

    def catching_up(self) -> list[Step]:
        """Ask for the number of the last entry, and then for what others recorded."""
        ends = json.dumps({code: followed.end.position for code, followed in self._programmes.items()})
        return [Step(LAST_NUMBER), Step(CATCH_UP[self._database.dialect], [{"seq": self._to, "ends": ends}])]

    def catch_up(self, number: Rows, rows: Rows, event: FindEvent) -> int:
        """Move programmes past what others recorded, and give the number of the last entry at that time."""
        last: int = number[0][0]
        while True:
            for seq, *row in rows:
                entry = self._packing.entry(row)
                self._move_past(self._programmes[entry.programme], entry, event)
                self._to = seq
            if len(rows) < PAGE:
                break
            rows = self._database.go(self.catching_up())[1]
        self._to = max(self._to, last)
        return last

    def _read(self, code: str, event: FindEvent) -> Followed:
        """Read a programme on from where it was laid down, and hold its end against the head, which is read before."""
        given = {"programme": code, "shape": snapshots.SHAPE}
        heads, laid_down = self._database.go([Step(HEAD_OF, [given]), Step(SNAPSHOT_OF, [given])])
        head = Link(*heads[0][1:]) if heads else BEFORE_THE_FIRST
        followed, number = _taken_up(code, head, laid_down)
        (rows,) = self._database.go([_after(followed)])
        reached = head in (BEFORE_THE_FIRST, followed.end)
        while True:
            for _, *row in rows:
                self._move_past(followed, self._packing.entry(row), event)
                reached = reached or head == followed.end
            if len(rows) < PAGE:
                break
            (rows,) = self._database.go([_after(followed)])
        if head == BEFORE_THE_FIRST != followed.end:  # its first entry may have come after the head was read
            reached = bool(self._database.read(HEAD_OF, {"programme": code}))
        if not reached:
            raise _tampered(f"`{code}` had {head.position} entries, and {followed.end.position} are there")
        if not self._programmes:
            self._to = rows[-1][0] if rows else max(number, self._to)
        return followed

    def lay_down(self, *, after: int, share: int = 0) -> None:
        """Lay down where programmes stand that have moved by so many entries, and by a share of all, since they were.

        A ledger that cannot be written to just now, or not by this user, is left without: nothing is lost with it.
        """
        for code, followed in self._programmes.items():
            moved = followed.end.position - followed.laid_down_at
            least = max(after, followed.end.position // share if share else 0)
            if self._lays_down and moved >= least and followed.standing.journal.at_rest:
                self._lay_down(code, followed)

    def _lay_down(self, code: str, followed: Followed) -> None:
        row = {
            "programme": code,
            "position": followed.end.position,
            "digest": followed.end.digest,
            "shape": snapshots.SHAPE,
            "state": snapshots.laid_down(followed.standing),
        }
        try:
            self._database.write(KEEP_SNAPSHOT, [row])
        except (LedgerError, StaleStanding):
            self._lays_down = False
        followed.laid_down_at = followed.end.position

    def _move_past(self, followed: Followed, entry: Entry, find: FindEvent) -> None:
        """Move a programme past an entry that follows the one before."""
        if why := breach(followed.end, entry):
            raise _tampered(why)
        event, decision = self._read_event(entry.event), decision_from_json(json.loads(entry.decision))
        advance(followed.standing, event, decision, find, part=entry.part)
        followed.end = Link(entry.position, entry.digest)


def _taken_up(code: str, head: Link, laid_down: Rows) -> tuple[Followed, int]:
    """Begin with a programme where it was laid down, unless that is past its head; give the number of its entry."""
    for position, digest, number, state in laid_down:
        if position > head.position:
            continue
        with suppress(snapshots.NoSnapshot):
            return Followed(snapshots.taken_up(code, state), Link(position, digest), position), int(number)
    return Followed(Standing(code)), 0


def _after(followed: Followed) -> Step:
    return Step(AFTER, [{"programme": followed.standing.programme, "position": followed.end.position}])


def _tampered(why: str) -> LedgerError:
    return LedgerError(f"the ledger was changed by other means, so nothing is decided on it: {why}; put a copy back")
