"""What a host can be asked without writing anything: what it would decide, and what is on record."""

from __future__ import annotations

import json
from collections.abc import Collection

from rules_engine.deciding.case import Clause, RequestCase
from rules_engine.deciding.deciding import NOTHING_BESIDES
from rules_engine.errors import EventError
from rules_engine.host.answered import Answered
from rules_engine.host.cases import Asking, Prepared
from rules_engine.host.feed import RecordedDecision, decisions_after
from rules_engine.host.in_use import InUse
from rules_engine.host.opening import CaseOpener, Scheduled
from rules_engine.host.pages import PAGE, Page
from rules_engine.host.request_list import RequestSummary, Wished, request_summary, requests_after, states_named
from rules_engine.host.taking_turns import wanted_by
from rules_engine.host.words import strange_words
from rules_engine.intake import read_event
from rules_engine.ledger.base import Answer, Ledger, refuse_reused
from rules_engine.model.decisions import Finding
from rules_engine.model.events import Event, SurvivorsOptionRequested
from rules_engine.model.replacing import complete
from rules_engine.model.wire import decision_from_json
from rules_engine.plugging import Plugins
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.option_terms import OptionTerms
from rules_engine.rulebook.vocabulary import Vocabulary
from rules_engine.standing.standing import Standing


class ReadOnly:
    """Answers questions on the rule book in use and on a ledger; changes neither."""

    def __init__(self, ledger: Ledger, in_use: InUse) -> None:
        self.ledger = ledger
        self._in_use = in_use

    @property
    def book(self) -> Book:
        """The rule book that answers."""
        return self._in_use.book

    @property
    def plugins(self) -> Plugins:
        """The plugins, those that cannot be used among them."""
        return self._in_use.plugins

    @property
    def vocabulary(self) -> Vocabulary:
        """The words that rules may use."""
        return self._in_use.vocabulary

    def read_event(self, line: str | bytes) -> Event:
        """Read one line of JSON as an event, with the words that issuers of this rule book add to the usual lists.

        Raises EventError holding the faults of the line. The function `read_event` knows the usual words alone.
        """
        return read_event(line, added=self.vocabulary.added)

    def _hold_to_words(self, event: Event, programme: str) -> None:
        """Raise EventError for a word that other issuers add to a list, and the issuer of a programme does not."""
        if self.vocabulary.listed and (faults := strange_words(event, programme, self.vocabulary)):
            raise EventError(faults)

    def preview(self, event: Event) -> Answered:
        """Give what `answer` would give on the standing of this moment; write nothing.

        Raises EventIdReused and EventError as `answer` does, and LedgerError when the ledger cannot be read.
        """
        with self.ledger.looking_up(wanted_by([event])):
            if recorded := self.recorded(event):
                return recorded
            programme = self.programme_of(event)
            self._hold_to_words(event, programme)
            answers = self.decide(event, self.ledger.standing(programme))
        return Answered((answer.decision for answer in answers), is_new=True)

    def decide(self, event: Event, standing: Standing) -> tuple[Answer, ...]:
        """Decide an event on a standing, and then every request it has to answer again; write nothing."""
        in_use = self._in_use
        with self.ledger.undisturbed():
            answers = in_use.answering.answers(event, standing)
        for answer in answers:
            complete(answer.decision, made_by=in_use.preparing.made_by(answer.decision))
        return answers

    def recorded(self, event: Event | str) -> Answered:
        """Give the decisions recorded on an event, or on the event of an id; none when it was never answered.

        Raises EventIdReused when an event is given whose `event_id` was used with other content.
        """
        entries = self.ledger.entries_of(event if isinstance(event, str) else event.event_id)
        if entries and not isinstance(event, str):
            refuse_reused(entries[0], event)
        return Answered((decision_from_json(json.loads(entry.decision)) for entry in entries), is_new=False)

    def decisions(
        self, after: int = 0, *, limit: int = PAGE, programme: str | None = None
    ) -> Page[RecordedDecision, int]:
        """Give recorded decisions from a number on, in the order in which they were kept: a page of the feed.

        Begin with `after=0`, and go on with the page's `next`; whoever keeps that number misses no decision, whatever
        else records into the ledger, and after a crash is given again what came after it. `limit` is from 1 to 1,000.
        Raises ValueError for a number or a limit that cannot be.
        """
        return decisions_after(self.ledger, after, limit=limit, programme=programme)

    def requests(
        self,
        *,
        programme: str | None = None,
        cusip: str | None = None,
        owner_ref: str | None = None,
        states: Collection[str] | None = None,
        after: str = "",
        limit: int = PAGE,
    ) -> Page[RequestSummary, str]:
        """Give requests as they stand, programme by programme, each first tendered first: a page of the list.

        Each filter that is given leaves out what does not have it; `states` are words such as `accepted` or
        `carried over`. Begin without `after`, and go on with the page's `next`. Raises ValueError for a state that does
        not exist, a limit that cannot be, or an `after` that no page gave.
        """
        states_wished = states_named(states)
        wished = Wished(programme=programme, cusip=cusip, owner_ref=owner_ref, states=states_wished)
        return requests_after(self.ledger, wished, after, limit)

    def request(self, request_id: str) -> RequestSummary | None:
        """Give one request as it stands; None where there is none, or it was voided."""
        programme = self.stands_under(request_id)
        return None if programme is None else request_summary(self.ledger, programme, request_id)

    def schedule(self, cusip: str) -> Scheduled | Finding:
        """Give a note's schedule and the rules it follows, or the finding that says why there is none."""
        return self._in_use.opener.schedule(cusip)

    @property
    def cases(self) -> CaseOpener:
        """What opens cases on the rule book in use."""
        return self._in_use.opener

    def prepared(self, cusip: str, clause: Clause) -> Prepared | Finding:
        """Make a note ready to be decided by a clause, or give the finding that says why it cannot be."""
        return self._in_use.preparing.prepare(cusip, clause)

    def request_case(self, event: SurvivorsOptionRequested, standing: Standing) -> RequestCase | Finding:
        """Open the case of a new request on a standing, or give the finding that says why there is none.

        Nothing is decided; it is how the figures are found that a request made now would be decided by.
        """
        asking = Asking(asked=event, principal=event.principal, on=event.received_on)
        opened = self._in_use.opener.request(event, asking, standing, NOTHING_BESIDES)
        if isinstance(opened, Finding):
            return opened
        assert isinstance(opened.case, RequestCase)
        return opened.case

    def option_terms(self, cusip: str) -> OptionTerms | None:
        """Give the terms of a note's survivor's option; None where no rules say."""
        found = self._in_use.opener.option(cusip)
        return found.terms if isinstance(found, Prepared) and isinstance(found.terms, OptionTerms) else None

    def programme_of(self, event: Event) -> str:
        """Give the programme an event belongs to; the empty one when nothing tells."""
        return self._in_use.belonging.programme_of(event)

    def stands_under(self, request_id: str) -> str | None:
        """Give the programme under which a request stands that was not voided; None where there is none."""
        return self._in_use.belonging.stands_under(request_id)
