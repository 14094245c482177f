"""To which programme an event belongs, by what it names: a programme, a note, a request, a notice, another event."""

from __future__ import annotations

import json
from collections.abc import Iterable

from rules_engine.ledger.base import Ledger
from rules_engine.model.decisions import Decision
from rules_engine.model.events import Event
from rules_engine.model.wire import decision_from_json
from rules_engine.rulebook.books import Book
from rules_engine.standing.kinds import KINDS, Names

UNASSIGNED = ""
"""The programme of events that name no note, programme or request which the book or ledger knows."""


class Belonging:
    """Finds programmes by the rule book and by what a ledger has recorded."""

    def __init__(self, book: Book, ledger: Ledger) -> None:
        self._book = book
        self._ledger = ledger

    def event(self, event_id: str) -> Event | None:
        """Find the event recorded under an id."""
        return self._ledger.event(event_id)

    def first_answer(self, event_id: str) -> Decision | None:
        """Give the decision recorded on an event itself."""
        entries = self._ledger.entries_of(event_id)
        return decision_from_json(json.loads(entries[0].decision)) if entries else None

    def answered_by(self, event_id: str) -> tuple[str, ...]:
        """List the requests that were answered again because of an event."""
        return tuple(entry.request_id for entry in self._ledger.entries_of(event_id) if entry.part)

    def programme_of(self, event: Event) -> str:
        """Give the programme an event belongs to; the unassigned one when nothing tells."""
        match KINDS[type(event)].names:
            case Names.PROGRAMME:
                return self._known(getattr(event, "programme", ""))
            case Names.NOTE:
                return self._of_note(getattr(event, "cusip", ""))
            case Names.PROGRAMME_OR_NOTE:
                cusip = getattr(event, "cusip", None)
                return self._of_note(cusip) if cusip else self._known(getattr(event, "programme", "") or "")
            case Names.REQUEST:
                return self._of_request(getattr(event, "request_id", ""))
            case Names.NOTICE:
                return self._of_notice(getattr(event, "notice_id", ""))
            case Names.EVENT:
                entries = self._ledger.entries_of(getattr(event, "voids", ""))
                return entries[0].programme if entries else UNASSIGNED
            case Names.MENDED:
                mended = self._ledger.event(getattr(event, "mends", ""))
                return UNASSIGNED if mended is None else self.programme_of(mended)

    def known_by_book(self, events: Iterable[Event]) -> frozenset[str]:
        """Name the programmes of those events that name a programme or a note, asking the ledger nothing."""
        told = (Names.PROGRAMME, Names.NOTE, Names.PROGRAMME_OR_NOTE)
        return frozenset(self.programme_of(event) for event in events if KINDS[type(event)].names in told)

    def stands_under(self, request_id: str) -> str | None:
        """Give the programme under which a request stands that was not voided; None where there is none."""
        for programme in reversed(self._ledger.programmes_of(request_id)):
            if self._ledger.standing(programme).live(request_id) is not None:
                return programme
        return None

    def _known(self, programme: str) -> str:
        return programme if programme in self._book.programmes else UNASSIGNED

    def _of_note(self, cusip: str) -> str:
        note = self._book.note(cusip)
        return UNASSIGNED if note is None else note.programme

    def _of_request(self, request_id: str) -> str:
        stands = self.stands_under(request_id)
        if stands is not None:
            return stands
        programmes = self._ledger.programmes_of(request_id)
        return programmes[-1] if programmes else UNASSIGNED

    def _of_notice(self, notice_id: str) -> str:
        """Give the programme that accepted a notice; the unassigned one when none did, or more than one."""
        found = [code for code in self._book.programmes if notice_id in self._ledger.standing(code).notices]
        return found[0] if len(found) == 1 else UNASSIGNED
