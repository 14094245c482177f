"""What a running service holds: its host, who may call, its jobs, webhooks, drafts and figures."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import Request

from rules_engine import __version__
from rules_engine.host import Host
from rules_engine.model.canonical import canonical_json, digest
from rules_engine.rulebook.books import Book
from rules_engine.service.bounds import Streams
from rules_engine.service.callers import Callers
from rules_engine.service.drafts import Drafts
from rules_engine.service.figures import Figures
from rules_engine.service.jobs import Jobs
from rules_engine.service.settings import Settings
from rules_engine.service.webhook_delivery import Deliveries
from rules_engine.service.webhooks import Webhooks


@dataclass(slots=True)
class Running:
    """One service at work; `ledger_url` is the address its jobs find the ledger at, empty for one in memory."""

    host: Host
    settings: Settings
    ledger_url: str
    rules: tuple[Path, ...]
    callers: Callers
    streams: Streams
    figures: Figures
    jobs: Jobs
    drafts: Drafts
    webhooks: Webhooks
    deliveries: Deliveries
    temporary: tempfile.TemporaryDirectory[str] | None = None
    _named: tuple[Book, str] | None = field(default=None, repr=False)

    @classmethod
    def begin(cls, host: Host, settings: Settings, *, ledger_url: str = "", rules: tuple[Path, ...] = ()) -> Running:
        """Set a service up on a host; nothing is at work yet."""
        temporary = None if settings.state else tempfile.TemporaryDirectory(prefix="rules-engine-")
        state = settings.state or Path(temporary.name if temporary else "")
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        figures = Figures()
        webhooks = Webhooks(state / "webhooks.sqlite")
        return cls(
            host=host,
            settings=settings,
            ledger_url=ledger_url,
            rules=rules,
            callers=Callers(settings),
            streams=Streams(settings.max_streams),
            figures=figures,
            jobs=Jobs(side_by_side=settings.jobs, seconds=settings.job_seconds),
            drafts=Drafts(state / "drafts"),
            webhooks=webhooks,
            deliveries=Deliveries(host.ledger, webhooks, figures, settings),
            temporary=temporary,
        )

    def end(self) -> None:
        """Stop what is at work, and let go of everything but the ledger."""
        self.streams.ending = True
        self.deliveries.end()
        self.jobs.end()
        self.webhooks.close()
        if self.temporary is not None:
            self.temporary.cleanup()

    @property
    def book_digest(self) -> str:
        """The digest of the whole rule book in use."""
        book = self.host.book
        if self._named is None or self._named[0] is not book:
            content = {code: book.digest_of(code) for code in book.programmes}
            self._named = (book, digest(canonical_json(content)))
        return self._named[1]

    def made_by(self) -> dict[str, Any]:
        """Name what answers: the engine and the rule book."""
        return {"engine": __version__, "book": self.book_digest}

    def resting_on(self, cusip: str) -> dict[str, Any]:
        """Name what an answer about a note rests on: its edition, and the digests of rules, note and calendar."""
        book = self.host.book
        note = book.note(cusip)
        found = (
            {}
            if note is None
            else {
                clause: book.rule_set(note.programme, clause, note.issue_date)
                for clause in ("survivors option", "payment days")
            }
        )
        option, days = found.get("survivors option"), found.get("payment days")
        return self.made_by() | {
            "edition": option.edition if option else days.edition if days else "",
            "rules_digest": option.digest if option else "",
            "payment_days_digest": days.digest if days else "",
            "note_digest": note.digest if note else "",
        }


def running(request: Request) -> Running:
    """Give the service that a call is answered by."""
    found = request.app.state.running
    assert isinstance(found, Running)
    return found
