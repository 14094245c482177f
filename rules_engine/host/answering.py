"""Answering one event on one standing: its own decision, and those on requests it has to answer again."""

from __future__ import annotations

from collections.abc import Callable

from rules_engine.clauses.consequences import Again, consequences, still_open
from rules_engine.deciding.deciding import decide
from rules_engine.deciding.unruled import unruled
from rules_engine.host.cases import Opened
from rules_engine.host.opening import CaseOpener, request_id_used
from rules_engine.ledger.base import Answer
from rules_engine.ledger.folding import advance
from rules_engine.model.decisions import Decision, Finding
from rules_engine.model.events import Event, SurvivorsOptionRequested
from rules_engine.model.standing import Standing


class Answering:
    """Answers events on the cases an opener opens; writes nothing.

    `programme_of` gives the programme a request id is in use under, or None.
    """

    def __init__(self, opener: CaseOpener, programme_of: Callable[[str], str | None]) -> None:
        self._opener = opener
        self._programme_of = programme_of

    def answers(self, event: Event, standing: Standing) -> tuple[Answer, ...]:
        """Decide an event on a standing, and then every request it has to answer again; write nothing."""
        first = Answer(event=event, decision=self.decide(event, standing))
        again = consequences(event, first.decision, standing)
        if not again:
            return (first,)
        answers, moved = [first], standing.copy()
        advance(moved, event, first.decision)
        for each in again:
            decision = self._decide_again(event, each, moved)
            if decision.outcome in each.only_if:
                answers.append(Answer(event=event, decision=decision))
                advance(moved, event, decision)
        return tuple(answers)

    def open(self, event: Event, standing: Standing) -> Opened | Finding:
        """Open the case of an event, or give the finding that answers it without rules."""
        if isinstance(event, SurvivorsOptionRequested):
            made_under = self._programme_of(event.request_id)
            if made_under not in (None, standing.programme):
                return request_id_used(event.request_id)
        return self._opener.open(event, standing)

    def decide(self, event: Event, standing: Standing) -> Decision:
        """Decide an event itself, leaving out what it means for other requests."""
        opened = self.open(event, standing)
        if isinstance(opened, Finding):
            return unruled(event, standing, opened, rests_on=self._opener.rests_on(event))
        return decide(opened.case, opened.clause, opened.plan, days=opened.days, also=opened.also)

    def _decide_again(self, event: Event, again: Again, standing: Standing) -> Decision:
        request = standing.requests[again.request.event.request_id]
        opened = again.ended or self._opener.open_again(event, request, again.on, standing)
        if isinstance(opened, Finding):
            return unruled(
                event,
                standing,
                opened,
                cusip=request.event.cusip,
                request_id=request.event.request_id,
                requested=still_open(request),
            )
        return decide(opened.case, opened.clause, opened.plan, days=opened.days, also=opened.also)
