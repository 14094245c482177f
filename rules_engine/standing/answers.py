"""What an answer makes of the request it is on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rules_engine.model.codes import OURS, Code
from rules_engine.model.decisions import Decision, Outcome
from rules_engine.model.money import Money
from rules_engine.model.replacing import replace
from rules_engine.standing.requests import (
    NOTHING,
    SHARED_PAPERS,
    Ending,
    Paid,
    Repayment,
    Request,
    RequestState,
    settled,
    with_ending,
    with_questions,
)

STATE_OF: Mapping[Outcome, RequestState] = {
    Outcome.ACCEPTED: RequestState.ACCEPTED,
    Outcome.CARRIED_OVER: RequestState.CARRIED_OVER,
    Outcome.PENDED: RequestState.PENDED,
    Outcome.REJECTED: RequestState.REJECTED,
    Outcome.REFERRED: RequestState.REFERRED,
}

ENDS: Mapping[Code, RequestState] = {
    Code.REDEEMED_AND_PAID: RequestState.REDEEMED,
    Code.PAID_AT_MATURITY: RequestState.MATURED,
    Code.REJECTED_BY_PERSON: RequestState.REJECTED,
}
"""Findings that end the request they are on."""


def answered(request: Request, by: str, decision: Decision, *, ends: bool) -> Request:
    """Give a request as it stands once an event, `by` its id, was answered so.

    An answer that only records something leaves it as it was, unless it ends it. `ends` says that the issuer ends the
    note's option: a notice calls all of it, or it was declared due.
    """
    ended = next((ENDS[code] for code in decision.codes if code in ENDS), None)
    stops = request.is_settled_in_part and not decision.anew
    if ended is not None:
        return with_ending(request, Ending(by=by, state=ended, paid=request.paid))
    if decision.outcome is Outcome.RECORDED:
        return request
    if decision.anew:
        request = replace(request, repayments=paid_parts(request), waiting=NOTHING, pended=NOTHING)
    elif decision.taken_back is not None:
        request = replace(request, repayments=_cut(request.repayments, decision.taken_back))
    request = replace(
        _with_kept_out(request, decision),
        repayments=_with(request.repayments, by, decision),
        ours=bool(decision.codes & OURS),
        series=decision.series or request.series,
        cut=request.cut or Code.CUT_TO_WHAT_IS_LEFT in decision.codes,
    )
    request = with_questions(request, decision.questions, by, stops=stops)
    if decision.facts:  # the rules were asked
        missing = tuple(dict.fromkeys(name for finding in decision.findings for name in finding.missing))
        request = replace(
            request,
            missing=missing,
            waited=request.waited.union(missing),
            turned_away=ends and any(finding.outcome is Outcome.REJECTED for finding in decision.findings),
            shares_papers=SHARED_PAPERS in decision.facts,
        )
    return settled(request, STATE_OF[decision.outcome])


def paid_parts(request: Request) -> tuple[Repayment, ...]:
    """Keep of each repayment what was paid of it, and what was paid and came back on record."""
    return tuple(replace(each, principal=each.paid) for each in request.repayments if each.payments)


def _cut(repayments: tuple[Repayment, ...], cut: Money) -> tuple[Repayment, ...]:
    """Cut what is still to be paid, what is due last first."""
    left = cut.cents
    kept = []
    for each in sorted(repayments, key=lambda repayment: repayment.due_on, reverse=True):
        off = min(left, each.open.cents)
        left -= off
        if each.principal.cents > off or each.payments:
            kept.append(replace(each, principal=Money.from_cents(each.principal.cents - off)))
    return tuple(sorted(kept, key=lambda repayment: repayment.due_on))


def _with(repayments: tuple[Repayment, ...], by: str, decision: Decision) -> tuple[Repayment, ...]:
    """Add the repayment an answer accepts; one that decides anew pays all that it accepts, in one."""
    payment = decision.payment
    principal = (payment.principal if payment else None) if decision.anew else decision.accepted
    if payment is None or principal is None or not principal.cents:
        return repayments
    assert decision.counts_from is not None
    new = Repayment(by=by, accepted_on=decision.counts_from, due_on=payment.due_on, principal=principal)
    return (*repayments, new)


def _with_kept_out(request: Request, decision: Decision) -> Request:
    """Give a request with what limits keep out of it and what waits for a report.

    An answer that waits for papers or a person refuses nothing: what was kept out before is still asked for.
    """
    carried, pended = decision.carried_over or NOTHING, decision.pended or NOTHING
    if decision.requested is None:
        return request
    if not (carried.cents or pended.cents):
        waits = decision.outcome in (Outcome.PENDED, Outcome.REFERRED) and not decision.anew
        return request if waits else replace(request, waiting=NOTHING, pended=NOTHING, kept_out_by=frozenset())
    assert decision.counts_from is not None, "what waits counts from a day"
    return replace(
        request,
        waiting=carried,
        pended=pended,
        kept_out_in=decision.counts_from.year,
        kept_out_by=frozenset(finding.limit for finding in decision.findings if finding.limit),
    )


def paid(request: Request, by: str, on: date, due_on: date, principal: Money) -> Request:
    """Settle so much of what a request is due on a day; raise ValueError for more than is open."""
    left = principal.cents
    repayments = []
    for each in request.repayments:
        part = min(left, each.open.cents) if each.due_on == due_on else 0
        left -= part
        if part:
            payment = Paid(event_id=by, on=on, principal=Money.from_cents(part))
            each = replace(each, payments=(*each.payments, payment))
        repayments.append(each)
    if left:
        raise ValueError(f"request `{request.request_id}` is due less than {principal} on {due_on}")
    return settled(replace(request, repayments=tuple(repayments)), request.answered)


def returned(request: Request, by: str, on: date, due_on: date, principal: Money) -> Request:
    """Open again so much of what a request was paid for a day; raise ValueError for more than was paid.

    What was paid had been accepted: a request the rest of which was rejected or taken back since is open with it.
    """
    left = principal.cents
    repayments = []
    for each in reversed(request.repayments):
        part = min(left, each.paid.cents) if each.due_on == due_on else 0
        left -= part
        if part:
            payment = Paid(event_id=by, on=on, principal=Money.from_cents(-part))
            each = replace(each, payments=(*each.payments, payment))
        repayments.append(each)
    if left:
        raise ValueError(f"request `{request.request_id}` was paid less than {principal} for {due_on}")
    if request.ending is not None and request.ending.state in (RequestState.REJECTED, RequestState.WITHDRAWN):
        overruled = (*request.overruled, (by, request.ending))
        request = replace(request, ending=None, overruled=overruled, waiting=NOTHING, pended=NOTHING)
    return settled(replace(request, repayments=tuple(reversed(repayments))), request.answered)


def unpaid_by(request: Request, event_id: str) -> Request:
    """Give a request as if an event that paid or returned some of it had not come.

    What did not come back after all, and was to be paid on another day since, is not to be paid then.
    """
    repayments = tuple(
        replace(each, payments=tuple(payment for payment in each.payments if payment.event_id != event_id))
        for each in request.repayments
    )
    if (ending := dict(request.overruled).get(event_id)) is not None:
        overruled = tuple(each for each in request.overruled if each[0] != event_id)
        request = replace(request, ending=ending, overruled=overruled)
    over = sum(max(0, (each.paid - each.principal).cents) for each in repayments)
    if over:
        repayments = tuple(replace(each, principal=max(each.principal, each.paid)) for each in repayments)
        repayments = _cut(repayments, Money.from_cents(over))
    return settled(replace(request, repayments=repayments), request.answered)
