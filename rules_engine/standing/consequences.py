"""What an answered event means for requests answered earlier: which of them are decided again, and as of when.

Every function reads the standing as it was before the event, and lists only requests whose answer the event can change,
found by key.
"""

from __future__ import annotations

from datetime import date

from rules_engine.model.decisions import Decision, Outcome
from rules_engine.model.events import (
    DocumentsReceived,
    LimitsElected,
    OutstandingReported,
    RateReset,
    SurvivorsOptionRequested,
    YearOpened,
)
from rules_engine.standing.deciding_again import MAY_PAY, Again, How, election_missing, rate_missing
from rules_engine.standing.folding_terms import election_of, opened_on
from rules_engine.standing.requests import Request
from rules_engine.standing.standing import Registered, Standing


def papers_came(
    event: SurvivorsOptionRequested | DocumentsReceived, decision: Decision, standing: Standing
) -> tuple[Again, ...]:
    """Ask again for the owner's other requests under the same registration whose last missing paper came just now."""
    papers, earlier = event.documents or frozenset(), standing.live(event.request_id)
    asked = earlier.asked if earlier else event
    if not papers or not isinstance(asked, SurvivorsOptionRequested) or not (asked.owner_ref and asked.registration):
        return ()
    registered = Registered(asked.owner_ref, asked.registration)
    waiting = dict.fromkeys(name for paper in papers for name in standing.waiting_for_paper.of((registered, paper)))
    waiting.pop(event.request_id, None)
    complete = (
        request
        for request in standing.in_order(tuple(waiting))
        if all(missing in papers or standing.papers.of((registered, missing)) for missing in request.missing)  # type: ignore[arg-type]  # a word no paper has counts none
    )
    return tuple(
        Again(
            request_id=request.request_id,
            how=How.REST,
            on=max(request.counts_from, event.received_on),
            only_if=MAY_PAY,
        )
        for request in complete
    )


def year_opened(event: YearOpened, decision: Decision, standing: Standing) -> tuple[Again, ...]:
    """Ask again for what limits kept out, first tendered first."""
    if decision.outcome is not Outcome.RECORDED:
        return ()
    on = opened_on(event)
    kept_out = (request for request in standing.in_queue() if request.kept_out_in <= event.year)
    return tuple(Again(request_id=request.request_id, how=How.REST, on=on) for request in kept_out)


def outstanding_reported(event: OutstandingReported, decision: Decision, standing: Standing) -> tuple[Again, ...]:
    """Ask again for what waits for a report of the base of its limit."""
    if decision.outcome is not Outcome.RECORDED:
        return ()
    waiting = standing.waiting_for_report.of(event.as_of.year + 1)
    return tuple(
        Again(
            request_id=request.request_id,
            how=How.REST,
            on=within_its_year(event.received_on, request, standing),
            if_changed=True,
        )
        for request in standing.in_order(waiting)
    )


def within_its_year(day: date, request: Request, standing: Standing) -> date:
    """Give the day, within the year in which a request waits, that counts for principal let in on a day.

    It is neither before the request's own day nor before that year was opened.
    """
    year = request.kept_out_in or request.counts_from.year
    opened = standing.opened.get(year)
    first = request.counts_from if opened is None else max(request.counts_from, opened.on)
    return max(first, min(day, date(year, 12, 31)))


def limits_elected(event: LimitsElected, decision: Decision, standing: Standing) -> tuple[Again, ...]:
    """Ask again for what waits to know this year's limits, and for what the limits of this year have kept out."""
    if decision.outcome is not Outcome.RECORDED or _was_elected(event, standing):
        return ()
    opened = standing.opened.get(event.year)
    silent = standing.in_order(standing.waiting_for.of(election_missing(event.year)))
    again = [
        Again(request_id=request.request_id, how=How.REST, on=max(event.received_on, opened.on))
        for request in silent
        if opened is not None
    ]
    if standing.election(event.year) is not None:
        named = {request.request_id for request in silent}
        again += [
            Again(
                request_id=request.request_id,
                how=How.REST,
                on=within_its_year(event.received_on, request, standing),
                if_changed=True,
            )
            for request in standing.in_queue()
            if request.kept_out_in == event.year and request.request_id not in named
        ]
    return tuple(again)


def _was_elected(event: LimitsElected, standing: Standing) -> bool:
    """Tell whether what an event elects is what stands already."""
    stands = standing.elections.standing(event.year)
    if event.owner_ref is not None:
        stands = standing.owners_elections.standing((event.year, event.owner_ref))
    return stands == election_of(event)


def rate_set(event: RateReset, decision: Decision, standing: Standing) -> tuple[Again, ...]:
    """Ask again for requests that waited for the rate of this period, and now wait for nothing or for other things."""
    if decision.outcome is not Outcome.RECORDED:
        return ()
    waiting = standing.in_order(standing.waiting_for.of(rate_missing(event.period_start)))
    return tuple(
        Again(request_id=request.request_id, how=How.REST, on=within_its_year(event.received_on, request, standing))
        for request in waiting
        if request.cusip == event.cusip
    )
