"""What one answer means for requests answered earlier: which of them are decided again, and as of when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rules_engine.deciding.schedule import rate_missing
from rules_engine.model.decisions import Decision, Finding, Outcome
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.events import (
    CallNoticed,
    CallRescinded,
    DocumentsReceived,
    Event,
    OutstandingReported,
    PaymentDue,
    RateReset,
    SurvivorsOptionRequested,
    YearOpened,
    accepted_day,
)
from rules_engine.model.money import Money
from rules_engine.model.standing import OPEN_STATES, Request, RequestState, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A request to be answered again because of an event.

    `on` is the day it is decided as of. `ended` is the finding that ends it, or brings it back, without
    asking the rules; None asks them. `only_if` lists the outcomes worth an answer; any other leaves the
    request as it stood.
    """

    request: Request
    on: date
    ended: Finding | None = None
    only_if: frozenset[Outcome] = frozenset(Outcome)


def consequences(event: Event, decision: Decision, standing: Standing) -> tuple[Again, ...]:
    """List the requests an answered event has to answer again, in the order they are taken.

    A year opened asks again for what limits kept out; a base reported, or a rate set, for what waited for it. A
    whole call and a maturity end what they leave no time to repay; a call rescinded gives back what it ended.
    Papers ask again for the owner's other requests that wait for them, where they serve a whole registration.
    """
    match event:
        case SurvivorsOptionRequested() | DocumentsReceived():
            return _papers_came(event, standing)
        case YearOpened() if decision.outcome is Outcome.RECORDED:
            return tuple(Again(request=request, on=accepted_day(event)) for request in standing.queue())
        case OutstandingReported() if decision.outcome is Outcome.RECORDED:
            return tuple(
                Again(
                    request=request, on=event.received_on, only_if=frozenset({Outcome.ACCEPTED, Outcome.CARRIED_OVER})
                )
                for request in standing.queue()
                if request.missing
            )
        case RateReset() if decision.outcome is Outcome.RECORDED:
            return _rate_known(event, standing)
        case CallNoticed() if decision.outcome is Outcome.ACCEPTED and event.principal == "all":
            return _called(event, standing)
        case CallRescinded() if decision.outcome is Outcome.ACCEPTED:
            return _rescinded(event, standing)
        case PaymentDue(kind=PaymentKind.MATURITY) if decision.outcome is Outcome.ACCEPTED:
            return _matured(event, standing)
    return ()


def _papers_came(event: SurvivorsOptionRequested | DocumentsReceived, standing: Standing) -> tuple[Again, ...]:
    """Ask again for requests of the same owner and registration that waited for a paper which came just now."""
    papers, earlier = event.documents or frozenset(), standing.requests.get(event.request_id)
    asked = earlier.event if earlier else event
    if not papers or not isinstance(asked, SurvivorsOptionRequested) or asked.owner_ref is None:
        return ()
    return tuple(
        Again(request=request, on=event.received_on, only_if=frozenset({Outcome.ACCEPTED, Outcome.CARRIED_OVER}))
        for cusip in standing.by_note
        for request in standing.requests_of(cusip, asked.owner_ref)
        if request.state is RequestState.PENDED
        and request.event.request_id != event.request_id
        and request.event.registration == asked.registration
        and not papers.isdisjoint(request.missing)
    )


def _rate_known(event: RateReset, standing: Standing) -> tuple[Again, ...]:
    """Ask again for requests that waited for the rate of this period, and now wait for nothing or for other things."""
    return tuple(
        Again(request=request, on=event.received_on)
        for request in standing.requests_on(event.cusip)
        if request.state is RequestState.PENDED and rate_missing(event.period_start) in request.missing
    )


def _called(event: CallNoticed, standing: Standing) -> tuple[Again, ...]:
    """A repayment due before the redemption date is made first; everything later is redeemed with the note."""
    again = []
    for request in _open_requests(standing, event.cusip):
        if any(repayment.due_on >= event.redeem_on for repayment in request.unpaid):
            because = f"The note is redeemed on {event.redeem_on}, before the repayment would be due."
            finding = _ended("redeemed with the note", because, "Redemption ends later repayments")
            again.append(Again(request=request, on=event.received_on, ended=finding))
        elif request.state is not RequestState.ACCEPTED or request.waiting.amount:
            on = date(event.received_on.year + 1, 1, 1) if request.waiting.amount else event.received_on
            again.append(Again(request=request, on=on, only_if=frozenset({Outcome.REJECTED})))
    return tuple(again)


def _rescinded(event: CallRescinded, standing: Standing) -> tuple[Again, ...]:
    """Bring back what the notice ended, first tendered first, unless another call ends it too.

    A request that waited for a limit, and would have been decided again when the year was opened in
    the meantime, is decided then.
    """
    notice = standing.notices[event.notice_id]
    again: list[Again] = []
    for request in sorted(standing.requests_on(notice.cusip), key=lambda each: each.tendered):
        if request.ended_by != notice.notice_id or request.state not in _WITH_THE_NOTE:
            continue
        if standing.ended_also_by(request, notice) is not None:
            continue
        before = request.state_before.value if request.state_before else "open"
        because = f"The call of {notice.redeem_on} was rescinded; the request is {before} again."
        finding = _ended("brought back by the rescission", because, "Rescission of a call")
        again.append(Again(request=request, on=event.received_on, ended=finding))
        year = event.received_on.year
        waits = request.waiting_before is not None and request.waiting_before.amount
        if waits and notice.received_on.year < year and year in standing.opened_years:
            again.append(Again(request=request, on=event.received_on, only_if=frozenset({Outcome.ACCEPTED})))
    return tuple(again)


def _matured(event: PaymentDue, standing: Standing) -> tuple[Again, ...]:
    because = f"The note matured on {event.due_on}; its principal is paid at maturity."
    finding = _ended("paid at maturity", because, "Payment at maturity")
    return tuple(
        Again(request=request, on=event.received_on, ended=finding)
        for request in _open_requests(standing, event.cusip)
        if not request.unpaid or request.waiting.amount
    )


_WITH_THE_NOTE = frozenset({RequestState.REDEEMED, RequestState.PAID})
"""States of a request that a call ended: redeemed, or paid for what fell due before the redemption date."""


def _open_requests(standing: Standing, cusip: str) -> tuple[Request, ...]:
    return tuple(request for request in standing.requests_on(cusip) if request.state in OPEN_STATES)


def _ended(rule: str, because: str, cite: str) -> Finding:
    return Finding(rule=rule, outcome=Outcome.RECORDED, because=because, cite=cite)


def still_open(request: Request) -> Money:
    """Give the principal of a request that is neither repaid nor refused yet."""
    unpaid = sum((repayment.principal.cents for repayment in request.unpaid), request.waiting.cents)
    return Money.from_cents(unpaid) if unpaid else request.event.principal
