"""What is asked of a request, and what an answer on it takes in besides the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from rules_engine.deciding.case import Lifted
from rules_engine.deciding.deciding import Besides
from rules_engine.deciding.unruled import RestsOn, recorded
from rules_engine.host.cases import Asking
from rules_engine.host.on_record import dated_before_latest
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Finding
from rules_engine.model.events import (
    Event,
)
from rules_engine.model.money import Money
from rules_engine.standing.answers import paid_parts
from rules_engine.standing.requests import (
    NOTHING,
    Request,
)
from rules_engine.standing.standing import Standing


def released(request: Request) -> Request:
    """Give a request as if nothing but what was paid of it had been accepted, and nothing kept out."""
    return replace(request, repayments=paid_parts(request), waiting=NOTHING, pended=NOTHING, ending=None)


def let_in_by_year(before: Request, request: Request) -> Mapping[int, int]:
    """Give what limits have let in of a request by year, in cents: all that is to be paid, unless its owner changed."""
    if before.asked.owner_ref != request.asked.owner_ref:
        return {}
    years: Counter[int] = Counter()
    for repayment in before.unpaid:
        years[repayment.accepted_on.year] += repayment.open.cents
    return years


def only_the_note(cusip: str, request: Request | None) -> RestsOn:
    """Say that an answer rests on no edition of the rules, as none could be asked."""
    return RestsOn(cusip=cusip, series=request.series if request else "")


def asking_whole(request: Request) -> Asking:
    """Ask for all that a request asks for, as of its own day."""
    return Asking(asked=request.asked, principal=request.asked.principal, on=request.counts_from, earlier=request)


def asking_rest(request: Request, on: date) -> Asking:
    """Ask for what waits of a request, as of a day; what limits of an earlier year kept out is carried over."""
    return Asking(
        asked=request.asked,
        principal=request.waiting + request.pended,
        on=on,
        earlier=request,
        carried_over=on.year > min(request.kept_out_in, request.counts_from.year),
    )


def still_asked(request: Request) -> Money:
    """Give the principal of a request that is neither paid nor refused yet."""
    if not request.is_settled_in_part:
        return request.asked.principal
    return request.to_be_paid + request.waiting + request.pended


def taken_in(event: Event, request: Request, standing: Standing, *, also: Iterable[Finding] = ()) -> Besides:
    """Give what an answer on a request takes in: what a person and the issuer have lifted, and how the event came."""
    lifted = Lifted(
        closed=frozenset(each.question for each in request.closed),
        waived=frozenset(each.rule for each in request.waivers if each.rule),
        open=request.questions,
    )
    return Besides(findings=(*also, *when_it_came(event, request, standing)), lifted=lifted)


def when_it_came(event: Event, request: Request, standing: Standing) -> tuple[Finding, ...]:
    """Say of an event that it is dated before the request it is about, or before the latest event."""
    latest = dated_before_latest(event.received_on, standing)
    if getattr(event, "request_id", "") != request.request_id or event.received_on >= request.made.received_on:
        return latest
    because = (
        f"The event is dated {event.received_on}, before the request of {request.made.received_on} it is about; "
        "it counts from the later day."
    )
    return (recorded(Code.DATED_BEFORE_REQUEST, because), *latest)
