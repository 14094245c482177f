"""From entries to a standing: what each recorded answer changes."""

from __future__ import annotations

from dataclasses import replace

from rules_engine.model.decisions import Decision, Outcome
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.events import (
    CallNoticed,
    CallRescinded,
    DocumentsReceived,
    Event,
    LimitsElected,
    LotteryDrawn,
    OutstandingReported,
    ParticularsReceived,
    PaymentDue,
    RateReset,
    SurvivorsOptionRequested,
    WithdrawalRequested,
    YearOpened,
    accepted_day,
)
from rules_engine.model.money import Money
from rules_engine.model.standing import (
    DECIDED_AGAIN,
    Election,
    Repayment,
    Request,
    RequestState,
    Scope,
    Standing,
    with_documents,
    with_particulars,
)

NOTHING = Money.from_cents(0)

STATE_OF = {
    Outcome.ACCEPTED: RequestState.ACCEPTED,
    Outcome.CARRIED_OVER: RequestState.CARRIED_OVER,
    Outcome.PENDED: RequestState.PENDED,
    Outcome.REJECTED: RequestState.REJECTED,
    Outcome.REFERRED: RequestState.REFERRED,
}

USED_BEFORE = "request id used before"
"""The finding on a request whose id another request has, of this or another programme; it opens none."""


def advance(standing: Standing, event: Event, decision: Decision) -> None:
    """Move a standing past one recorded answer, in place."""
    standing.position += 1
    if standing.latest_received_on is None or event.received_on > standing.latest_received_on:
        standing.latest_received_on = event.received_on
    match event:
        case SurvivorsOptionRequested() | DocumentsReceived() if _of_another(event, decision):
            _answer(standing, standing.requests[decision.request_id], event, decision)
        case SurvivorsOptionRequested():
            if decision.request_id not in standing.requests and decision.findings[0].rule != USED_BEFORE:
                _open_request(standing, event, decision)
        case DocumentsReceived() if decision.request_id in standing.requests:
            request = standing.requests[decision.request_id]
            if request.state in DECIDED_AGAIN:
                _answer(
                    standing, replace(request, event=with_documents(request.event, event.documents)), event, decision
                )
        case ParticularsReceived() if decision.request_id in standing.requests:
            request = standing.requests[decision.request_id]
            asked = with_particulars(request.event, event)
            if request.state in DECIDED_AGAIN and isinstance(asked, SurvivorsOptionRequested):
                _answer(standing, replace(request, event=asked), event, decision)
        case WithdrawalRequested() if decision.outcome is Outcome.ACCEPTED:
            _keep(standing, replace(standing.requests[event.request_id], state=RequestState.WITHDRAWN, waiting=NOTHING))
        case CallNoticed() if decision.request_id:
            _end(standing, decision.request_id, RequestState.REDEEMED, by=event.notice_id)
        case CallNoticed() if decision.outcome is Outcome.ACCEPTED:
            standing.calls[event.cusip] = (*standing.calls.get(event.cusip, ()), event)
            standing.notices[event.notice_id] = event
        case CallRescinded() if decision.request_id and decision.outcome is Outcome.RECORDED:
            _bring_back(standing, decision.request_id)
        case CallRescinded() if decision.request_id:
            _answer(standing, standing.requests[decision.request_id], event, decision)
        case CallRescinded() if decision.outcome is Outcome.ACCEPTED:
            _rescind(standing, standing.notices[event.notice_id])
        case LotteryDrawn() if decision.outcome is Outcome.ACCEPTED:
            standing.drawn[event.notice_id] = standing.drawn.get(event.notice_id, NOTHING) + event.selected
            standing.drawn_owners.add((event.notice_id, event.owner_ref))
        case PaymentDue() if decision.request_id:
            _end(standing, decision.request_id, RequestState.MATURED)
        case PaymentDue() if decision.outcome is Outcome.ACCEPTED:
            _pay(standing, event)
        case YearOpened() | OutstandingReported() | RateReset() if decision.request_id:
            _answer(standing, standing.requests[decision.request_id], event, decision)
        case YearOpened() if decision.outcome is Outcome.RECORDED:
            standing.opened_years.add(event.year)
        case OutstandingReported() if decision.outcome is Outcome.RECORDED:
            standing.outstanding[_scope_of(event), event.as_of] = event.principal
        case RateReset() if decision.outcome is Outcome.RECORDED:
            standing.rates.setdefault(event.cusip, {})[event.period_start] = event.index_rate
        case LimitsElected() if decision.outcome is Outcome.RECORDED:
            standing.elections[event.year] = Election(
                annual=event.annual, individual=event.individual, annual_amount=event.annual_amount
            )


def _of_another(event: SurvivorsOptionRequested | DocumentsReceived, decision: Decision) -> bool:
    """Tell whether an answer is to another request of the owner's, which the papers that came serve too."""
    return decision.request_id not in ("", event.request_id)


def _open_request(standing: Standing, event: SurvivorsOptionRequested, decision: Decision) -> None:
    request = Request(
        event=event,
        position=standing.position,
        state=RequestState.PENDED,
        eligible=NOTHING,
        waiting=NOTHING,
        series=decision.series,
    )
    standing.by_note.setdefault(event.cusip, []).append(event.request_id)
    if event.owner_ref is not None:
        standing.by_owner.setdefault((event.cusip, event.owner_ref), []).append(event.request_id)
    _answer(standing, request, event, decision)


def _answer(standing: Standing, request: Request, event: Event, decision: Decision) -> None:
    """Take an answer to a request into its state, its repayments and the limits it uses up."""
    accepted, carried = decision.accepted or NOTHING, decision.carried_over or NOTHING
    repayments = request.repayments
    if decision.payment is not None and accepted.amount:
        accepted_on = accepted_day(event)
        repayments = (
            *repayments,
            Repayment(accepted_on=accepted_on, due_on=decision.payment.due_on, principal=accepted),
        )
        _use_up(standing, request, accepted_on.year, accepted)
    first = request.position == standing.position or not (request.repayments or request.waiting.amount)
    state = STATE_OF[decision.outcome]
    # an answer that waits for papers or a person refuses nothing: what limits kept out is still asked for
    waiting = request.waiting if state in DECIDED_AGAIN and not carried.amount else carried
    if state is RequestState.REJECTED and repayments:
        state = RequestState.ACCEPTED  # what was accepted before stands; only the rest is refused
    _keep(
        standing,
        replace(
            request,
            state=state,
            eligible=accepted + carried if first else request.eligible,
            waiting=waiting,
            repayments=repayments,
            missing=tuple(dict.fromkeys(name for finding in decision.findings for name in finding.missing)),
            complete_on=request.complete_on or (event.received_on if decision.outcome < Outcome.PENDED else None),
        ),
    )


def _use_up(standing: Standing, request: Request, year: int, accepted: Money) -> None:
    """Count principal accepted in a year against whatever limit may cover it."""
    scopes = (("programme", ""), ("series", request.series), ("issue", request.event.cusip))
    for scope in scopes:
        standing.annual_used[scope, year] = standing.annual_used.get((scope, year), NOTHING) + accepted
    if request.event.owner_ref is not None:
        key = (request.event.owner_ref, year)
        standing.individual_used[key] = standing.individual_used.get(key, NOTHING) + accepted


def _scope_of(event: OutstandingReported) -> Scope:
    if event.cusip is not None:
        return ("issue", event.cusip)
    return ("programme", "") if event.series is None else ("series", event.series)


def _pay(standing: Standing, event: PaymentDue) -> None:
    """Mark the repayments of a note that this payment settles."""
    if event.kind == PaymentKind.INTEREST:
        return
    if event.kind == PaymentKind.MATURITY:
        standing.matured.add(event.cusip)
    for request in standing.requests_on(event.cusip):
        if not any(repayment.due_on == event.due_on for repayment in request.unpaid):
            continue
        repayments = tuple(
            replace(repayment, paid=True) if repayment.due_on == event.due_on else repayment
            for repayment in request.repayments
        )
        paid = replace(request, repayments=repayments)
        settled = not paid.unpaid and not paid.waiting.amount
        _keep(standing, replace(paid, state=RequestState.PAID) if settled else paid)


def _end(standing: Standing, request_id: str, state: RequestState, *, by: str = "") -> None:
    """End a request together with its note; `by` is the notice of the call that ends it."""
    request = standing.requests[request_id]
    ended = replace(request, state=state, waiting=NOTHING)
    if by:
        ended = replace(ended, ended_by=by, state_before=request.state, waiting_before=request.waiting)
    _keep(standing, ended)


def _rescind(standing: Standing, notice: CallNoticed) -> None:
    """Take a notice back; what it ended and another call ends too is ended by that one from now on."""
    standing.calls[notice.cusip] = tuple(call for call in standing.calls[notice.cusip] if call != notice)
    standing.rescinded.add(notice.notice_id)
    for request in standing.requests_on(notice.cusip):
        other = standing.ended_also_by(request, notice) if request.ended_by == notice.notice_id else None
        if other is not None:
            _keep(standing, replace(request, ended_by=other.notice_id))


def _bring_back(standing: Standing, request_id: str) -> None:
    """Give a request the state it had before a call, since rescinded, ended it."""
    request = standing.requests[request_id]
    state, waiting = request.state_before or request.state, request.waiting_before or NOTHING
    if request.repayments and not request.unpaid and not waiting.amount:
        state = RequestState.PAID
    _keep(
        standing,
        replace(request, state=state, waiting=waiting, ended_by="", state_before=None, waiting_before=None),
    )


def _keep(standing: Standing, request: Request) -> None:
    """Put a request back, and into or out of the queue."""
    name = request.event.request_id
    standing.requests[name] = request
    waiting = standing.waiting.setdefault(request.event.received_on.year, set())
    if request.waiting.amount:
        waiting.add(name)
    else:
        waiting.discard(name)
