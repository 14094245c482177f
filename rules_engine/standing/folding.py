"""From entries to a standing: what each recorded answer changes."""

from __future__ import annotations

from collections.abc import Callable

from rules_engine.model.codes import Code
from rules_engine.model.decisions import Decision, Outcome
from rules_engine.model.event_words import PersonsAnswer
from rules_engine.model.events import (
    DocumentsReceived,
    Event,
    FaultMended,
    IssuerWaived,
    ParticularsReceived,
    PersonDecided,
    SurvivorsOptionRequested,
    WithdrawalRequested,
)
from rules_engine.model.replacing import replace
from rules_engine.standing.answers import answered
from rules_engine.standing.contributing import keep
from rules_engine.standing.own_day import day_of
from rules_engine.standing.positions import (
    Report,
    position_key,
)
from rules_engine.standing.reporting import report, with_report
from rules_engine.standing.requests import (
    Closed,
    Ending,
    Reported,
    Request,
    RequestState,
    Waiver,
    completed,
)
from rules_engine.standing.standing import Standing

Recorded = Callable[[str], Event | None]
"""Finds the event recorded under an id; None where there is none."""

NOT_OF_A_REQUEST = frozenset({Code.REQUEST_NOT_KNOWN, Code.REQUEST_ID_USED})
"""Findings on an event that names a request, which change none."""


def is_done(decision: Decision) -> bool:
    """Tell whether an event was taken: accepted, or put on record."""
    return decision.outcome in (Outcome.ACCEPTED, Outcome.RECORDED)


# A request, and what comes about it


def request_made(standing: Standing, event: SurvivorsOptionRequested, decision: Decision) -> None:
    """Open a request, and believe what it reports of its position where nobody had reported it."""
    if decision.codes & NOT_OF_A_REQUEST:
        return
    request = replace(opened_by(event, standing), tendered=(event.received_on, standing.at), series=decision.series)
    request = with_report(standing, None, request, event)
    keep(standing, _answered(standing, request, event, decision))


def opened_by(event: SurvivorsOptionRequested, standing: Standing) -> Request:
    """Give a request as it is before it is answered; it comes last of its day."""
    return Request(
        made=event,
        asked=event,
        tendered=(event.received_on, standing.at + 1),
        series="",
        first_on=day_of(event, standing),
        answered=RequestState.PENDED,
    )


def came_about_a_request(
    standing: Standing, event: DocumentsReceived | ParticularsReceived | PersonDecided, decision: Decision
) -> None:
    """Add what came to its request, and then the answer."""
    request = standing.live(event.request_id)
    if request is None:
        return
    before, request = request, with_reported(request, event, standing)
    if not isinstance(event, PersonDecided):
        request = with_report(standing, before, request, event) if before.speaks else request
    elif event.answer is PersonsAnswer.GO_ON and Code.REQUEST_IS_FINISHED not in decision.codes:
        request = as_person_decided(standing, before, event)
    keep(standing, _answered(standing, request, event, decision))


def with_reported(
    request: Request, event: DocumentsReceived | ParticularsReceived | PersonDecided, standing: Standing
) -> Request:
    """Give a request with what came about it, its own day moved on where it waited for that."""
    day = max(request.made.received_on, day_of(event, standing))
    return replace(
        request,
        asked=completed(request.asked, event),
        reported=(*request.reported, Reported(event=event, day=day)),
    )


def as_person_decided(standing: Standing, request: Request, event: PersonDecided) -> Request:
    """Give a request whose open questions a person has closed; one a person had rejected goes on too.

    What the person says of the position stands against what the ledger had.
    """
    before, request = request, with_reported(request.with_revival(event.event_id), event, standing)
    request = with_report(standing, before if before.speaks else None, request, event)
    key = position_key(request.cusip, request.asked)
    if event.position is not None and key is not None:
        as_of = request.made.received_on
        report(standing, key, Report(event_id=event.event_id, as_of=as_of, principal=event.position, firm=True))
    asked, rejected = request.questions, request.ending is not None and request.ending.state is RequestState.REJECTED
    if rejected and request.ending is not None:
        asked = tuple(question for question, _ in request.openers if not request.has_closed(question))
        overruled = (*request.overruled, (event.event_id, request.ending))
        request = replace(request, ending=None, overruled=overruled)
    closed = tuple(Closed(by=event.event_id, question=question) for question in asked)
    return replace(request, questions=(), closed=(*request.closed, *closed))


def waived(standing: Standing, event: IssuerWaived, decision: Decision) -> None:
    """Add to a request what was waived for it, where it may be, and then the answer."""
    request = standing.live(event.request_id)
    if request is None or decision.codes & {Code.MAY_NOT_BE_WAIVED, Code.RULE_NOT_KNOWN, Code.REQUEST_IS_FINISHED}:
        return
    keep(standing, _answered(standing, with_waiver(request, event), event, decision))


def with_waiver(request: Request, event: IssuerWaived) -> Request:
    """Give a request with what the issuer waived for it."""
    waiver = Waiver(by=event.event_id, rule=event.rule or "", limit=event.limit or "", amount=event.amount)
    return replace(request.with_revival(event.event_id), waivers=(*request.waivers, waiver))


def withdrawn(standing: Standing, event: WithdrawalRequested, decision: Decision) -> None:
    """End a request that was allowed to be taken back."""
    request = standing.live(event.request_id)
    if request is not None and decision.outcome is Outcome.ACCEPTED:
        ended = replace(request, ending=Ending(by=event.event_id, state=RequestState.WITHDRAWN, paid=request.paid))
        keep(standing, _dated(standing, request, ended, decision))


def request_mended(standing: Standing, event: Event, mended: FaultMended, decision: Decision) -> bool:
    """Take in the answer to a request that a fault of ours had kept from being decided; tell whether it is here."""
    request = standing.live(getattr(event, "request_id", ""))
    if request is None or not request.ours:
        return False
    keep(standing, _answered(standing, request, mended, decision))
    return True


def answered_again(standing: Standing, event: Event, decision: Decision) -> None:
    """Take in an answer to a request that another event made decided again."""
    request = standing.requests[decision.request_id]
    if isinstance(event, DocumentsReceived | SurvivorsOptionRequested):
        request = replace(request, shared=(*request.shared, (event.event_id, day_of(event, standing))))
    keep(standing, _answered(standing, request, event, decision))


def _answered(standing: Standing, request: Request, event: Event, decision: Decision) -> Request:
    ends = standing.redeemed_on(request.cusip) is not None or standing.is_accelerated(request.cusip)
    now = _dated(standing, request, answered(request, event.event_id, decision, ends=ends), decision)
    return with_report(standing, None, now, now.made) if now.speaks and not request.speaks else now


def _dated(standing: Standing, before: Request, now: Request, decision: Decision) -> Request:
    """Note where on the ledger a request was answered by rules, and where it came to claim less."""
    if decision.facts:
        now = replace(now, answered_at=standing.at)
    return replace(now, claims_less_since=standing.at) if now.claims < before.claims else now


def nothing_changes(standing: Standing, event: Event, decision: Decision) -> None:
    """Leave the standing as it was: the event was a question."""
