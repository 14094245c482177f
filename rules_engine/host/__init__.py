"""The host: plug in, open the book, decide, record.

`Host.decide` is the straight line of one event on one standing: case, facts, findings, decision. It writes nothing.
`Host.preview` does that on the standing of this moment. `Host.answer` records too, and decides again when the standing
moved meanwhile; `Host.answer_all` does so for a run of events, committing many together.
"""

from __future__ import annotations

import copy
import logging
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Self

from rules_engine.errors import EventError, FieldFault, OtherRuleBook, RuleBookError
from rules_engine.host.answered import Answered
from rules_engine.host.bookshelf import (
    WorkingCopies,
    installed_plugins,
    open_book,
    plugins_with,
    vocabulary_with,
)
from rules_engine.host.bookshelf import shipped_rules as shipped_rules
from rules_engine.host.faults_at_opening import warn_of
from rules_engine.host.in_use import InUse
from rules_engine.host.listeners import Listeners
from rules_engine.host.read_only import ReadOnly
from rules_engine.host.reloading import BookChanged, against_replacing, changed
from rules_engine.host.taking_turns import TakingTurns
from rules_engine.ledger.base import Answer, Ledger
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.matching import durable
from rules_engine.model.events import Event
from rules_engine.plugging import Plugins
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.vocabulary import Vocabulary
from rules_engine.standing.standing import Standing

KEPT_NOTICES = 100
"""How many notices a host keeps for whoever asks; the oldest are let go."""

BATCH = 64
"""How many events of a run are committed together."""

_LOG = logging.getLogger(__name__)


class Host(ReadOnly):
    """Answers events on one rule book, with its plugins, into one ledger.

    Threads may share a host, which then answers one event at a time; other hosts and other programs
    may record into the same ledger. `notices` tells of programmes whose last entry another rule book
    decided, at once and once each; a host that is `pinned` raises OtherRuleBook instead, and records
    nothing there. Where `approved` names digests of rule sets, an event whose answer would rest on another is refused
    with an EventError, and nothing is recorded.
    """

    def __init__(
        self,
        book: Book,
        plugins: Plugins,
        vocabulary: Vocabulary,
        ledger: Ledger,
        *,
        with_durable: bool,
        pinned: bool = False,
    ) -> None:
        self.with_durable = with_durable
        self.pinned = pinned
        self._rules: WorkingCopies = None
        self._tells = True
        self.approved: frozenset[str] | None = None
        self.notices: deque[str] = deque(maxlen=KEPT_NOTICES)
        super().__init__(ledger, self._in_use_of(book, plugins, vocabulary, ledger))
        self._turns = TakingTurns(ledger)
        self._listeners = Listeners(ledger)
        self._listeners.begin(self.plugins)

    @classmethod
    def open(
        cls,
        rules: Path | str | Sequence[Path | str] | None = None,
        ledger: Ledger | None = None,
        *,
        plugins: Plugins | None = None,
        with_durable: bool | None = None,
        pinned: bool = False,
    ) -> Self:
        """Open the rule book that ships and that the plugins installed bring.

        `rules` names working copies, which go before it issuer by issuer. `ledger` is a new one in memory if none is
        given. `with_durable` says whether durable_rules matches beside the plain matcher; by default it does wherever
        it can be used. `pinned` keeps programmes to the rule book that decided their last entry.

        A plugin that cannot be used, and each fault of a rule file, is logged as a warning; the cases they concern are
        referred, and all others answered. Listeners are served what they have not heard yet.
        """
        plugins = plugins or installed_plugins(rules)
        book = open_book(plugins, vocabulary_with(plugins), rules)
        host = cls(
            book,
            plugins,
            book.vocabulary,
            ledger or MemoryLedger(),
            with_durable=durable.available() if with_durable is None else with_durable,
            pinned=pinned,
        )
        host._rules = rules
        host.serve_listeners()
        return host

    def beside(self, ledger: Ledger) -> Self:
        """Give another host on the same rule book with a ledger of its own; no listener hears of what it answers.

        What was made ready of the rule book serves both, so that many cost little.
        """
        other = copy.copy(self)
        ReadOnly.__init__(other, ledger, self._in_use.on(ledger))
        other._turns = TakingTurns(ledger)
        other._listeners = Listeners(ledger)
        other.notices = deque(maxlen=KEPT_NOTICES)
        other._tells = False
        return other

    # Deciding

    def answer(self, event: Event) -> Answered:
        """Decide an event and record the answer; give it, and those to requests it makes anew.

        The same event again changes nothing and gives the first answers, which are then not new. Raises EventIdReused
        when its `event_id` was used with other content, EventError for a word that the issuer of its note does not
        have, and LedgerError when the ledger cannot be used.
        """
        answered = self._turns.one(event, self._answer)
        if answered.is_new:
            self.serve_listeners()
        return answered

    def answer_all(
        self, events: Iterable[Event | EventError], *, batch: int = BATCH
    ) -> Iterator[Answered | EventError]:
        """Answer a run of events in order, giving one result for each once it is safely recorded.

        `batch` events are drawn at a time, and their answers committed together: after a crash the
        run can be given again from its start. An event that could not be read, or whose `event_id`
        was used with other content, comes out as the EventError it is, and the run goes on.
        """
        drawn = iter(events)
        while together := list(islice(drawn, batch)):
            known = self._in_use.belonging.known_by_book(event for event in together if isinstance(event, Event))
            answered = self._turns.several(together, self._answer, known)
            if any(isinstance(each, Answered) and each.is_new for each in answered):
                self.serve_listeners()
            yield from answered

    def record(self, answers: Sequence[Answer]) -> None:
        """Record the answers to one event, all or none.

        Raises StaleStanding when the programme has moved since they were decided.
        """
        first = answers[0].decision
        self.ledger.record(first.programme, first.standing_at, answers, self._texts(answers))

    # Running on

    def serve_listeners(self) -> None:
        """Tell listeners every decision on the ledger that they have not heard yet; `answer` does so by itself."""
        if self._tells:
            self._listeners.serve(self.plugins)

    def reload(
        self, rules: Path | str | Sequence[Path | str] | None = None, *, despite_faults: bool = False
    ) -> BookChanged:
        """Answer by other working copies from now on, or by the same as they read now; give what that changes.

        What is being decided is decided by the old one. Raises RuleBookError, and goes on with the old one, where the
        new one has faults (unless `despite_faults`), gives a note another edition than it was sold under, or leaves out
        a note of which a request is open. The plugins stay as they are; the issuers that working copies declare in
        files are read anew.
        """
        copies = self._rules if rules is None else rules
        plugins = plugins_with(self.plugins, copies)
        book = open_book(plugins, vocabulary_with(plugins), copies)
        problems = () if despite_faults else book.own_problems
        if problems := (*problems, *against_replacing(self.book, book, self.ledger)):
            raise RuleBookError(problems)
        in_use = self._in_use_of(book, plugins, book.vocabulary, self.ledger)
        with self._turns.alone():
            told = changed(self.book, book)
            self._in_use, self._rules = in_use, copies
        _LOG.info("the rule book was replaced: %d programmes read otherwise", len(told.programmes))
        return told

    def _in_use_of(self, book: Book, plugins: Plugins, vocabulary: Vocabulary, ledger: Ledger) -> InUse:
        """Make a rule book ready, and warn of what is not as it should be in it."""
        warn_of(book, plugins)
        return InUse.of(book, plugins, vocabulary, ledger, with_durable=self.with_durable)

    def _answer(self, event: Event) -> Answered:
        """Find the answers to an event, or decide and record them; raise StaleStanding if others were quicker."""
        if first := self.recorded(event):
            return first
        programme = self.programme_of(event)
        self._hold_to_words(event, programme)
        self._turns.touch(programme)
        standing = self.ledger.standing(programme)
        other = self._other_book(standing)
        first_answer, *again = self.decide(event, standing)
        self._refuse_unapproved(first_answer, *again)
        if other:
            made_by = replace(first_answer.decision.made_by, book_before=other)
            first_answer = replace(first_answer, decision=replace(first_answer.decision, made_by=made_by))
        answers = (first_answer, *again)
        self.record(answers)
        return Answered((answer.decision for answer in answers), is_new=True)

    def _refuse_unapproved(self, *answers: Answer) -> None:
        """Raise EventError where only approved rules may answer, and an answer rests on others."""
        if self.approved is None:
            return
        for decision in (answer.decision for answer in answers):
            used = {each for each in (decision.rules_digest, decision.days_digest) if each}
            if decision.drafts or not used <= self.approved:
                drafts = f" ({', '.join(decision.drafts)})" if decision.drafts else ""
                message = f"the answer would rest on rules that are not approved{drafts}"
                raise EventError([FieldFault(field="", message=message)])

    def _other_book(self, standing: Standing) -> str:
        """Give the digest of another rule book that decided the last entry, and tell of it; raise where pinned."""
        ours = self.book.digest_of(standing.programme)
        if not (ours and standing.book) or standing.book == ours:
            return ""
        other = f"the last answer of `{standing.programme}` is by another rule book ({standing.book})"
        if self.pinned:
            raise OtherRuleBook(f"{other}; this one is {ours}, and nothing is recorded while the two may not mix")
        told = f"{other}; from now on it is answered by this one ({ours})"
        if told not in self.notices:
            self.notices.append(told)
        return standing.book

    def _texts(self, answers: Sequence[Answer]) -> dict[str, str]:
        """Gather what stands behind the digests that decisions name."""
        return {
            name: text for answer in answers for name, text in self._in_use.preparing.texts(answer.decision).items()
        }
