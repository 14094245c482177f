"""Where programmes stand by the entries in a database, moved on by what others recorded since."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rules_engine.errors import LedgerError
from rules_engine.ledger.base import Entry, ReadEvent
from rules_engine.ledger.chain import BEFORE_THE_FIRST, Link, breach
from rules_engine.ledger.packing import Packing
from rules_engine.ledger.sql_database import Database, Rows
from rules_engine.ledger.sql_statements import AFTER, CATCH_UP, HEAD_OF, LAST_NUMBER, PAGE, Step
from rules_engine.model.events import Event
from rules_engine.model.wire import decision_from_json
from rules_engine.standing.kinds import advance
from rules_engine.standing.standing import Standing

FindEvent = Callable[[str], Event | None]
"""Finds an event that was answered, by its id."""


@dataclass(slots=True)
class Followed:
    """A programme as far as it was read or recorded here: its standing, and the end of its chain."""

    standing: Standing
    end: Link = BEFORE_THE_FIRST

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
    """Every programme that was asked about, each read once from its first entry on.

    All of them are caught up with together: `to` is the number up to which that was done.
    """

    def __init__(self, database: Database, packing: Packing, read_event: ReadEvent) -> None:
        self._database = database
        self._packing = packing
        self._read_event = read_event
        self._programmes: dict[str, Followed] = {}
        self._to = 0

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
        """Read a programme from its first entry, and hold its end against the head, which is read before."""
        followed = Followed(Standing(code))
        heads, rows = self._database.go([Step(HEAD_OF, [{"programme": code}]), _after(followed)])
        head = Link(*heads[0][1:]) if heads else BEFORE_THE_FIRST
        reached = head == BEFORE_THE_FIRST
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
        if not self._programmes and rows:
            self._to = rows[-1][0]
        return followed

    def _move_past(self, followed: Followed, entry: Entry, find: FindEvent) -> None:
        """Move a programme past an entry that follows the one before."""
        if why := breach(followed.end, entry):
            raise _tampered(why)
        event, decision = self._read_event(entry.event), decision_from_json(json.loads(entry.decision))
        advance(followed.standing, event, decision, find, part=entry.part)
        followed.end = Link(entry.position, entry.digest)


def _after(followed: Followed) -> Step:
    return Step(AFTER, [{"programme": followed.standing.programme, "position": followed.end.position}])


def _tampered(why: str) -> LedgerError:
    return LedgerError(f"the ledger was changed by other means, so nothing is decided on it: {why}; put a copy back")
