"""The host: plug in, open the book, decide, record.

`Host.decide` is the straight line of one event: case, facts, findings, decision. It writes nothing.
`Host.answer` decides and records, and decides again when the standing moved meanwhile;
`Host.answer_all` does so for a run of events, committing many together.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import Self

from rules_engine.errors import EventError, LedgerError, OtherRuleBook, StaleStanding
from rules_engine.host.answering import Answering
from rules_engine.host.belonging import Belonging
from rules_engine.host.bookshelf import WorkingCopies, installed_plugins, open_book, vocabulary_with
from rules_engine.host.bookshelf import shipped_rules as shipped_rules
from rules_engine.host.cases import Prepared
from rules_engine.host.opening import CaseOpener, Scheduled
from rules_engine.host.preparing import Preparing
from rules_engine.host.words import strange_words
from rules_engine.intake import AddedWords
from rules_engine.ledger.base import Answer, Ledger, refuse_reused
from rules_engine.ledger.forks import OneAtATime
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.matching import durable
from rules_engine.model.decisions import Decision, Finding
from rules_engine.model.events import Event
from rules_engine.model.wire import decision_from_json
from rules_engine.plugging import Plugins
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.option_terms import OptionTerms
from rules_engine.rulebook.vocabulary import Vocabulary
from rules_engine.standing.standing import Standing

ATTEMPTS = 10
"""How often an event is decided because others moved the standing, before giving up."""

UNHELD = 2
"""How many of these attempts leave the ledger free meanwhile; the later ones wait their turn and hold it."""

KEPT_NOTICES = 100
"""How many notices a host keeps for whoever asks; the oldest are let go."""

BATCH = 64
"""How many events of a run are committed together."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The decisions on an event, the one on the event itself first; `new` are the answers recorded just now."""

    decisions: tuple[Decision, ...]
    new: tuple[Answer, ...] = ()


class Host:
    """Answers events on one rule book, with its plugins, into one ledger.

    Threads may share a host, which then answers one event at a time; other hosts and other programs
    may record into the same ledger. `notices` tells of programmes whose last entry another rule book
    decided, at once and once each; a host that is `pinned` raises OtherRuleBook instead, and records
    nothing there.
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
        self.book = book
        self.plugins = plugins
        self.vocabulary = vocabulary
        self.ledger = ledger
        self.with_durable = with_durable
        self.pinned = pinned
        self.notices: deque[str] = deque(maxlen=KEPT_NOTICES)
        self._one_at_a_time = OneAtATime()
        self._preparing = Preparing(book, plugins, vocabulary, with_durable=with_durable)
        self._opener = CaseOpener(self._preparing)
        self._belonging_to = Belonging(book, ledger)
        self._answering = Answering(self._opener, self._belonging_to)

    @classmethod
    def open(
        cls,
        rules: WorkingCopies = None,
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
        """
        plugins = plugins or installed_plugins(rules)
        book = open_book(plugins, vocabulary_with(plugins), rules)
        return cls(
            book,
            plugins,
            book.vocabulary,
            ledger or MemoryLedger(),
            with_durable=durable.available() if with_durable is None else with_durable,
            pinned=pinned,
        )

    @property
    def added_words(self) -> AddedWords:
        """The words that issuers add to the usual lists: `read_event` reads events with them."""
        return self.vocabulary.added

    def decide(self, event: Event) -> Decision:
        """Decide an event on the standing of this moment; write nothing.

        Raises EventError for a word that the issuer whose note it is about does not have.
        """
        self._hold_to_words(event)
        with self.ledger.undisturbed():
            decision = self._answering.decide(event, self.ledger.standing(self.programme_of(event)))
        return replace(decision, made_by=self._preparing.made_by(decision))

    def answer(self, event: Event) -> tuple[Decision, ...]:
        """Decide an event and record the answer; give it, and those to requests it makes anew.

        The same event again changes nothing and gives the first answers. Raises EventIdReused when
        its `event_id` was used with other content, EventError for a word that its note's issuer does not have, and
        LedgerError when the ledger cannot be used.
        """
        for attempt in range(ATTEMPTS):
            with self._one_at_a_time, suppress(StaleStanding):
                with nullcontext() if attempt < UNHELD else self.ledger.held():
                    answered = self._answer(event)
                return self._told(answered)
        raise _moved_every_time(event)

    def answer_all(
        self, events: Iterable[Event | EventError], *, batch: int = BATCH
    ) -> Iterator[tuple[Decision, ...] | EventError]:
        """Answer a run of events in order, giving one result for each once it is safely recorded.

        `batch` events are drawn at a time, and their answers committed together: after a crash the
        run can be given again from its start. An event that could not be read, or whose `event_id`
        was used with other content, comes out as the EventError it is, and the run goes on.
        """
        drawn = iter(events)
        while together := list(islice(drawn, batch)):
            yield from self._answer_together(together)

    def answered(self, event: Event) -> tuple[Decision, ...]:
        """Give the answers recorded for an event; none when it was never answered.

        Raises EventIdReused when its `event_id` was used with other content.
        """
        first = self.ledger.entries_of(event.event_id)
        if first:
            refuse_reused(first[0], event)
        return tuple(decision_from_json(json.loads(entry.decision)) for entry in first)

    def schedule(self, cusip: str) -> Scheduled | Finding:
        """Give a note's schedule and the rules it follows, or the finding that says why there is none."""
        return self._opener.schedule(cusip)

    def option_terms(self, cusip: str) -> OptionTerms | None:
        """Give the terms of a note's survivor's option; None where no rules say."""
        found = self._opener.option(cusip)
        return found.terms if isinstance(found, Prepared) and isinstance(found.terms, OptionTerms) else None

    def answers(self, event: Event, standing: Standing) -> tuple[Answer, ...]:
        """Decide an event on a standing, and then every request it has to answer again; write nothing."""
        with self.ledger.undisturbed():
            answers = self._answering.answers(event, standing)
        return tuple(
            replace(answer, decision=replace(answer.decision, made_by=self._preparing.made_by(answer.decision)))
            for answer in answers
        )

    def record(self, answers: Sequence[Answer]) -> None:
        """Record the answers to one event, all or none.

        Raises StaleStanding when the programme has moved since they were decided.
        """
        first = answers[0].decision
        self.ledger.record(first.programme, first.standing_at, answers, self._texts(answers))

    def programme_of(self, event: Event) -> str:
        """Give the programme an event belongs to; the empty one when nothing tells."""
        return self._belonging_to.programme_of(event)

    def stands_under(self, request_id: str) -> str | None:
        """Give the programme under which a request stands that was not voided; None where there is none."""
        return self._belonging_to.stands_under(request_id)

    def _answer_together(self, events: Sequence[Event | EventError]) -> list[tuple[Decision, ...] | EventError]:
        for _ in range(ATTEMPTS):
            with self._one_at_a_time, suppress(StaleStanding):
                with self.ledger.held():
                    answered = [self._answer_or_fault(event) for event in events]
                return [each if isinstance(each, EventError) else self._told(each) for each in answered]
        raise _moved_every_time(next(event for event in events if isinstance(event, Event)))

    def _answer_or_fault(self, event: Event | EventError) -> Answered | EventError:
        try:
            return event if isinstance(event, EventError) else self._answer(event)
        except EventError as fault:
            return fault

    def _answer(self, event: Event) -> Answered:
        """Find the answers to an event, or decide and record them; raise StaleStanding if others were quicker."""
        if first := self.answered(event):
            return Answered(first)
        seen = self._belonging(event)
        programme, _ = seen
        self._hold_to_words(event)
        standing = self.ledger.standing(programme)
        self._hold_to_the_book(standing)
        answers = self.answers(event, standing)
        with self.ledger.held():
            if self._belonging(event) != seen:
                raise StaleStanding(f"the request that event `{event.event_id}` names was made meanwhile: decide again")
            self.record(answers)
        return Answered(tuple(answer.decision for answer in answers), answers)

    def _hold_to_the_book(self, standing: Standing) -> None:
        """Tell that another rule book decided a programme's last entry, or refuse to go on after it."""
        ours = self.book.digest_of(standing.programme)
        if not (ours and standing.book) or standing.book == ours:
            return
        other = f"the last answer of `{standing.programme}` is by another rule book ({standing.book})"
        if self.pinned:
            raise OtherRuleBook(f"{other}; this one is {ours}, and nothing is recorded while the two may not mix")
        told = f"{other}; from now on it is answered by this one ({ours})"
        if told not in self.notices:
            self.notices.append(told)

    def _hold_to_words(self, event: Event) -> None:
        """Refuse a word that another issuer adds to a list, and not the one whose note an event is about."""
        if self.vocabulary.listed and (faults := strange_words(event, self.programme_of(event), self.vocabulary)):
            raise EventError(faults)

    def _told(self, answered: Answered) -> tuple[Decision, ...]:
        """Tell listeners what was recorded just now, once it can no longer be undone."""
        for answer in answered.new:
            for listener in self.plugins.listeners:
                self.plugins.tell(listener, answer.event, answer.decision)
        return answered.decisions

    def _belonging(self, event: Event) -> tuple[str, str | None]:
        """Give the programme an event belongs to, and the one that the request it names stands under."""
        request_id = getattr(event, "request_id", "")
        return self.programme_of(event), self._belonging_to.stands_under(request_id) if request_id else None

    def _texts(self, answers: Sequence[Answer]) -> dict[str, str]:
        """Gather what stands behind the digests that decisions name."""
        return {name: text for answer in answers for name, text in self._preparing.texts(answer.decision).items()}


def _moved_every_time(event: Event) -> LedgerError:
    return LedgerError(
        f"event `{event.event_id}` was decided {ATTEMPTS} times, and the standing moved every time: "
        "see what writes to the ledger without holding it, then run again"
    )
