"""Open requests: what still waits, for how long, for what, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rules_engine.host import Host
from rules_engine.model.decisions import Finding
from rules_engine.model.money import Money
from rules_engine.rulebook.option_terms import RepaidOn
from rules_engine.standing.requests import Request, RequestState
from rules_engine.standing.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The next day that matters to a request, and what happens on it."""

    on: date
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRequest:
    """A request in which something is still to happen, as of a day.

    `days_old` counts calendar days since it was received. `waiting` is principal kept out by
    limits, `unpaid` is principal accepted and not yet repaid. `deadline` is None where no day is
    set, or the rules for its note cannot be used.
    """

    programme: str
    request_id: str
    cusip: str
    state: str
    received_on: date
    days_old: int
    requested: Money
    waiting: Money
    unpaid: Money
    missing: tuple[str, ...]
    deadline: Deadline | None


def open_requests(host: Host, *, on: date | None = None) -> Iterator[OpenRequest]:
    """List the open requests of every programme on the host's ledger, first tendered first.

    `on` is the day ages and deadlines are counted from; by default the latest business date the
    programme has recorded.
    """
    for programme in sorted(host.ledger.heads()):
        standing = host.ledger.standing(programme)
        day = on or standing.latest_received_on
        requests = [request for request in standing.requests.values() if request.is_open]
        if not programme:  # what was asked before its note was known may stand under a programme since
            requests = [request for request in requests if host.stands_under(request.request_id) == programme]
        for request in sorted(requests, key=lambda request: request.tendered):
            if day is not None:
                yield _as_of(day, request, standing, host)


def open_request_to_json(request: OpenRequest) -> dict[str, Any]:
    """Write an open request with text for dates and money."""
    deadline = request.deadline
    return {
        "programme": request.programme,
        "request_id": request.request_id,
        "cusip": request.cusip,
        "state": request.state,
        "received_on": request.received_on.isoformat(),
        "days_old": request.days_old,
        "requested": request.requested.wire,
        "waiting": request.waiting.wire,
        "unpaid": request.unpaid.wire,
        "missing": list(request.missing),
        "deadline": None if deadline is None else {"on": deadline.on.isoformat(), "what": deadline.what},
    }


def _as_of(day: date, request: Request, standing: Standing, host: Host) -> OpenRequest:
    event = request.asked
    return OpenRequest(
        programme=standing.programme,
        request_id=event.request_id,
        cusip=event.cusip,
        state=request.state.value,
        received_on=event.received_on,
        days_old=(day - event.received_on).days,
        requested=event.principal,
        waiting=request.waiting + request.pended,
        unpaid=request.to_be_paid,
        missing=request.missing if request.state in (RequestState.PENDED, RequestState.REFERRED) else (),
        deadline=_deadline(day, request, standing, host),
    )


def _deadline(day: date, request: Request, standing: Standing, host: Host) -> Deadline | None:
    """Find the next day that matters: a repayment, the papers' last day for the next one, or a year opened."""
    if request.unpaid:
        due_on = min(repayment.due_on for repayment in request.unpaid)
        return Deadline(on=due_on, what="repayment is due")
    if request.waiting.cents and not request.missing:
        return Deadline(on=date(day.year + 1, 1, 1), what=f"decided again when {day.year + 1} is opened")
    return _last_day_for_papers(day, request, standing, host)


def _last_day_for_papers(day: date, request: Request, standing: Standing, host: Host) -> Deadline | None:
    """Find the last day on which papers still bring the next repayment the note leaves time for."""
    cusip = request.cusip
    scheduled, terms = host.schedule(cusip), host.option_terms(cusip)
    if isinstance(scheduled, Finding) or terms is None or terms.repaid_on is not RepaidOn.INTEREST_DATE:
        return None
    days = terms.days_after_acceptance
    schedule = scheduled.schedule
    repaid_on = schedule.first_interest_date(day + timedelta(days=days))
    redeemed_on = standing.redeemed_on(cusip)
    if redeemed_on is not None and repaid_on >= redeemed_on:
        return Deadline(on=redeemed_on, what="the note is redeemed, and no repayment is possible before")
    if repaid_on == schedule.note.maturity:
        return Deadline(on=repaid_on, what="the note matures")
    return Deadline(
        on=repaid_on - timedelta(days=days), what=f"papers complete by then are repaid on {repaid_on.isoformat()}"
    )
