"""What one answer means for requests answered earlier: which of them are decided again, and as of when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rules_engine.model.decisions import Decision, Finding, Outcome
from rules_engine.model.events import CallNoticed, Event, OutstandingReported, PaymentDue, YearOpened, accepted_day
from rules_engine.model.money import Money
from rules_engine.model.standing import OPEN_STATES, Request, RequestState, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A request to be answered again because of an event.

    `on` is the day it is decided as of. `ended` is the finding that ends it without asking the
    rules; None asks them. `only_if` lists the outcomes worth an answer; any other leaves the
    request as it stood.
    """

    request: Request
    on: date
    ended: Finding | None = None
    only_if: frozenset[Outcome] = frozenset(Outcome)


def consequences(event: Event, decision: Decision, standing: Standing) -> tuple[Again, ...]:
    """List the requests an answered event has to answer again, in the order they are taken.

    A year opened asks again for what limits kept out; a base reported, for what waited for it. A
    whole call and a maturity end what they leave no time to repay.
    """
    match event:
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
        case CallNoticed() if decision.outcome is Outcome.ACCEPTED and event.principal == "all":
            return _called(event, standing)
        case PaymentDue(kind="maturity") if decision.outcome is Outcome.ACCEPTED:
            return _matured(event, standing)
    return ()


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


def _matured(event: PaymentDue, standing: Standing) -> tuple[Again, ...]:
    because = f"The note matured on {event.due_on}; its principal is paid at maturity."
    finding = _ended("paid at maturity", because, "Payment at maturity")
    return tuple(
        Again(request=request, on=event.received_on, ended=finding)
        for request in _open_requests(standing, event.cusip)
        if not request.unpaid or request.waiting.amount
    )


def _open_requests(standing: Standing, cusip: str) -> tuple[Request, ...]:
    return tuple(request for request in standing.requests_on(cusip) if request.state in OPEN_STATES)


def _ended(rule: str, because: str, cite: str) -> Finding:
    return Finding(rule=rule, outcome=Outcome.RECORDED, because=because, cite=cite)


def still_open(request: Request) -> Money:
    """Give the principal of a request that is neither repaid nor refused yet."""
    unpaid = sum((repayment.principal.cents for repayment in request.unpaid), request.waiting.cents)
    return Money.from_cents(unpaid) if unpaid else request.event.principal
