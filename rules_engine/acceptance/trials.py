"""Answering a scenario's events: the host's own line from event to entry, into a ledger that is gone afterwards."""

from __future__ import annotations

from rules_engine.host import Host
from rules_engine.host.answered import Answered
from rules_engine.host.in_use import InUse
from rules_engine.host.read_only import ReadOnly
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.matching.plans import Plan
from rules_engine.model.events import Event
from rules_engine.plugging import Plugins
from rules_engine.rulebook.books import Book


class Trial(ReadOnly):
    """Decides and records as a host does; no listener hears of it, and nobody else records there."""

    def __init__(self, in_use: InUse) -> None:
        ledger = MemoryLedger()
        super().__init__(ledger, in_use.on(ledger))

    def answer(self, event: Event) -> Answered:
        """Decide an event and record the answer; the same event again gives the first answers."""
        if first := self.recorded(event):
            return first
        programme = self.programme_of(event)
        self._hold_to_words(event, programme)
        answers = self.decide(event, self.ledger.standing(programme))
        decided = answers[0].decision
        self.ledger.record(decided.programme, decided.standing_at, answers, {})
        return Answered((answer.decision for answer in answers), is_new=True)


def trial_ground_of(host: Host) -> InUse:
    """Put the rule book that a host answers by to use for any number of trials."""
    return InUse.of(host.book, host.plugins, host.vocabulary, MemoryLedger(), with_durable=host.with_durable)


def plain_ground(book: Book, plugins: Plugins, plans: dict[str, Plan]) -> InUse:
    """Put a rule book to use that differs little from others; rule sets are made ready once for all of them.

    The plain matcher answers alone, which says what a rule means.
    """
    return InUse.of(book, plugins, book.vocabulary, MemoryLedger(), with_durable=False, plans=plans)
