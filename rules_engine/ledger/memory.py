"""A ledger in memory: for a run whose answers are kept by someone else, and for trying things out."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence

from rules_engine.errors import EventIdReused, FieldFault, StaleStanding
from rules_engine.ledger.base import BEGINNING, Answer, Entry, entry_after
from rules_engine.ledger.folding import advance
from rules_engine.model.standing import Standing


class MemoryLedger:
    """Keeps entries in a list; gone with the process."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._entries: list[Entry] = []
        self._of_event: dict[str, list[Entry]] = {}
        self._programme_of: dict[str, str] = {}
        self._last: dict[str, str] = {}
        self._standings: dict[str, Standing] = {}
        self._texts: dict[str, str] = {}

    def standing(self, programme: str) -> Standing:
        """Give where a programme stands now."""
        with self._lock:
            return self._standings.setdefault(programme, Standing(programme))

    def entries_of(self, event_id: str) -> tuple[Entry, ...]:
        """List what was recorded for an event."""
        return tuple(self._of_event.get(event_id, ()))

    def programme_of(self, request_id: str) -> str | None:
        """Give the programme a request was made under."""
        return self._programme_of.get(request_id)

    def record(self, programme: str, position: int, answers: Sequence[Answer], texts: Mapping[str, str]) -> None:
        """Append answers, all or none; see `Ledger.record`."""
        with self._lock:
            standing = self.standing(programme)
            if standing.position != position:
                raise StaleStanding(f"`{programme}` stands at {standing.position}, not {position}: decide again")
            entries = self._chained(programme, position, answers)
            self._refuse_reuse(entries)
            self._texts.update(texts)
            for entry, answer in zip(entries, answers, strict=True):
                self._entries.append(entry)
                self._of_event.setdefault(entry.event_id, []).append(entry)
                if entry.request_id:
                    self._programme_of.setdefault(entry.request_id, programme)
                self._last[programme] = entry.digest
                advance(standing, answer.event, answer.decision)

    def entries(self, programme: str | None = None) -> Iterator[Entry]:
        """Walk through the entries in the order they were recorded."""
        return iter([entry for entry in self._entries if programme is None or entry.programme == programme])

    def text(self, text_digest: str) -> str | None:
        """Give the text kept behind a digest."""
        return self._texts.get(text_digest)

    def heads(self) -> Mapping[str, tuple[int, str]]:
        """Give the position and digest of each programme's last entry."""
        return {programme: (self._standings[programme].position, last) for programme, last in self._last.items()}

    def close(self) -> None:
        """Let go of nothing: there is nothing to let go of."""

    def _chained(self, programme: str, position: int, answers: Sequence[Answer]) -> list[Entry]:
        entries: list[Entry] = []
        previous = self._last.get(programme, BEGINNING)
        for part, answer in enumerate(answers):
            entries.append(entry_after(programme, position + 1 + part, previous, part, answer))
            previous = entries[-1].digest
        return entries

    def _refuse_reuse(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.part == 0 and entry.event_id in self._of_event:
                raise EventIdReused([FieldFault(field="event_id", message=f"`{entry.event_id}` is already answered")])
