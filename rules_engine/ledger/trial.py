"""A ledger for asking "what if": it starts where another one stands, and never writes to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import chain

from rules_engine.ledger.base import Entry, Ledger, Numbered, Wanted
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.model.events import Event
from rules_engine.standing.standing import Standing


class TrialLedger(MemoryLedger):
    """Reads another ledger, and keeps what is recorded here in memory; gone with the process.

    What it records is chained among itself, not to the other ledger's entries, and carries on from
    where each programme stood when it was first asked about.
    """

    def __init__(self, base: Ledger) -> None:
        self._base = base
        self._base_ends = base.last_number()
        super().__init__()

    @contextmanager
    def looking_up(self, wanted: Wanted) -> Iterator[None]:
        """Look up at once what an answer is likely to ask for, there and here."""
        with self._base.looking_up(wanted), super().looking_up(wanted):
            yield

    def feed(self, after: int, limit: int, programme: str | None = None) -> tuple[Numbered, ...]:
        """Read on from a number: the other ledger's entries as they were at the start, then those recorded here."""
        ends = self._base_ends
        there = [each for each in self._base.feed(after, limit, programme) if each.number <= ends]
        here = super().feed(max(after - ends, 0), limit - len(there), programme) if len(there) < limit else ()
        return (*there, *(Numbered(ends + each.number, each.entry) for each in here))

    def last_number(self) -> int:
        """Give the number of the last entry, there or here."""
        return self._base_ends + super().last_number()

    def entries_of(self, event_id: str) -> tuple[Entry, ...]:
        """List what was recorded for an event, there or here."""
        return self._base.entries_of(event_id) or super().entries_of(event_id)

    def event(self, event_id: str) -> Event | None:
        """Find the event that was answered under an id, there or here."""
        return self._base.event(event_id) or super().event(event_id)

    def programmes_of(self, request_id: str) -> tuple[str, ...]:
        """List the programmes that have answers on a request, there or here."""
        return tuple(dict.fromkeys((*self._base.programmes_of(request_id), *super().programmes_of(request_id))))

    def entries_about(self, request_id: str) -> tuple[Entry, ...]:
        """List the answers on a request, those there before those here."""
        return (*self._base.entries_about(request_id), *super().entries_about(request_id))

    def entries(self, programme: str | None = None) -> Iterator[Entry]:
        """Walk through the other ledger's entries, then those recorded here."""
        return chain(self._base.entries(programme), super().entries(programme))

    def programmes(self) -> frozenset[str]:
        """Name the programmes that entries stand under, there or here."""
        return self._base.programmes() | super().programmes()

    def heads(self) -> Mapping[str, tuple[int, str]]:
        """Give the last entry of each programme, there or here."""
        return {**self._base.heads(), **super().heads()}

    def text(self, text_digest: str) -> str | None:
        """Give the text kept behind a digest, there or here."""
        return self._base.text(text_digest) or super().text(text_digest)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Walk through the other ledger's texts, then those kept here."""
        return chain(self._base.texts(), super().texts())

    def close(self) -> None:
        """Let go of the other ledger."""
        self._base.close()

    def _standing(self, programme: str) -> Standing:
        if programme not in self._standings:
            with self._base.undisturbed():
                self._standings[programme] = self._base.standing(programme).copy()
        return self._standings[programme]
