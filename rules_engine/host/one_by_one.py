"""Requests answered one after another on a standing that is being tried, each moving it past its answer."""

from __future__ import annotations

from rules_engine.host.asking import RequestAnswering
from rules_engine.model.decisions import Decision, Outcome
from rules_engine.model.events import CallNoticed, Event
from rules_engine.standing.deciding_again import Again
from rules_engine.standing.folding import Recorded
from rules_engine.standing.kinds import advance
from rules_engine.standing.requests import NOTHING, Request
from rules_engine.standing.standing import Standing


class OneByOne:
    """Answers requests again, one at a time."""

    def __init__(self, requests: RequestAnswering, recorded: Recorded) -> None:
        self._requests = requests
        self._recorded = recorded

    def since(
        self, event: Event, decision: Decision, standing: Standing, stood: Request | None = None
    ) -> list[Decision]:
        """Decide at once what limits keep out of a year that is past, for each year opened since.

        `stood` is the request as it stood before, where all of it is decided anew.
        """
        decisions: list[Decision] = []
        while lets_wait(decision, standing):
            request = standing.requests[decision.request_id]
            opened = standing.opened.get(request.kept_out_in + 1)
            if opened is None:
                break
            decision = self._requests.rest(event, request, opened.on, standing, stood)
            decisions.append(decision)
            self._take(event, decision, standing)
        return decisions

    def _once(self, event: Event, each: Again, standing: Standing) -> Decision | None:
        request = standing.requests[each.request_id]
        if each.finding is not None:
            return self._requests.found(event, request, standing, each.finding, question=each.question, cut=each.cut)
        decision = self._requests.rest(event, request, each.on or request.counts_from, standing)
        if decision.outcome not in each.only_if or (each.if_changed and _leaves_as_it_was(request, decision)):
            return None
        return None if each.by and self._is_so_without(event, each, each.by, decision, standing) else decision

    def _is_so_without(
        self, event: Event, each: Again, call: CallNoticed, decision: Decision, standing: Standing
    ) -> bool:
        """Tell whether what waits of a request would be answered alike without a call."""
        with standing.trying():
            stand = (other for other in standing.calls.get(call.cusip, ()) if other.notice_id != call.notice_id)
            standing.calls.put(call.cusip, tuple(stand))
            request = standing.requests[each.request_id]
            on = max(request.counts_from, call.received_on)
            without = self._requests.rest(event, request, on, standing)
        return without.outcome is decision.outcome

    def _take(self, event: Event, decision: Decision, standing: Standing) -> None:
        advance(standing, event, decision, self._recorded, part=1)


def lets_wait(decision: Decision, standing: Standing) -> bool:
    """Tell whether an answer lets principal wait for a year that is opened already."""
    waits = (decision.carried_over or NOTHING).cents + (decision.pended or NOTHING).cents
    if not waits or decision.counts_from is None or standing.last_opened is None:
        return False
    return decision.counts_from.year < standing.last_opened


def _leaves_as_it_was(request: Request, decision: Decision) -> bool:
    """Tell whether an answer on what waits of a request lets just as much wait for the same."""
    if decision.outcome is Outcome.REJECTED or (decision.accepted or NOTHING).cents:
        return False
    waits = (decision.carried_over or NOTHING, decision.pended or NOTHING)
    return waits in ((request.waiting, request.pended), (NOTHING, NOTHING))
