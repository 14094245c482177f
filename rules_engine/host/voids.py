"""Whether an event may be taken back."""

from __future__ import annotations

from collections.abc import Iterator

from rules_engine.deciding.unruled import recorded, referred
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Finding
from rules_engine.model.events import (
    CallNoticed,
    Event,
    EventVoided,
    FaultMended,
    LotteryDrawn,
    PaymentMade,
    PaymentReturned,
    SurvivorsOptionRequested,
)
from rules_engine.standing.kinds import KINDS
from rules_engine.standing.positions import position_key
from rules_engine.standing.requests import Repayment, Request
from rules_engine.standing.standing import LotKey, Standing


def voided(event: EventVoided, named: Event | None, standing: Standing) -> Finding:
    """Record that an event is taken back, or refer it where that would undo what was paid."""
    if named is None:
        return referred(Code.EVENT_NOT_KNOWN, f"No event `{event.voids}` is on the ledger.")
    against = next(_against(event, named, standing), "")
    if against:
        return referred(Code.CANNOT_BE_VOIDED, against)
    because = (
        f"Event `{event.voids}` ({KINDS[type(named)].words}, of {named.received_on}) is taken back by "
        f"`{event.decided_by}`: {event.because}."
    )
    return recorded(Code.VOIDED, because)


def _against(event: EventVoided, named: Event, standing: Standing) -> Iterator[str]:
    if event.voids in standing.voided:
        yield f"Event `{event.voids}` was voided already, by event `{standing.voided[event.voids]}`."
    match named:
        case EventVoided() | FaultMended():
            yield "A void, or a mended fault, cannot be voided: send the event again, under a new id."
        case SurvivorsOptionRequested():
            request = standing.live(named.request_id)
            if request is not None and request.made == named and request.paid.cents:
                yield f"{request.paid} of the request has been paid: void it once that came back."
        case PaymentMade() | PaymentReturned():
            yield from _against_a_payment(named, standing)
        case CallNoticed():
            if standing.redemption_paid.of(named.notice_id) or any(
                standing.lots[lot].paid.cents for lot in standing.lots_under.of(named.notice_id)
            ):
                yield "What the notice called has been paid."
        case LotteryDrawn():
            key = position_key(named.cusip, named)
            lot = standing.lots.get(LotKey(named.notice_id, key)) if key else None
            if lot is not None and lot.by == named.event_id and lot.paid.cents:
                yield "What the lot drew has been paid."


def _against_a_payment(named: PaymentMade | PaymentReturned, standing: Standing) -> Iterator[str]:
    """A payment that came back cannot be voided before its return, nor a return after what came back was paid again."""
    request = standing.requests.get(named.request_id or "")
    if request is None:
        return
    for repayment in request.repayments:
        rest = repayment.paid.cents - sum(
            payment.principal.cents for payment in repayment.payments if payment.event_id == named.event_id
        )
        if rest < 0:
            yield "What was paid has come back since: void that first."
        over = rest - repayment.principal.cents
        if over > 0 and (_paid_again(repayment, named) or over > _open_but(repayment, request)):
            yield "What came back has been paid again since: void that first."
        if request.ending is not None and rest > repayment.paid.cents:
            yield (
                f"What came back is not accepted any more: the request is {request.state.value} since, by event "
                f"`{request.ending.by}`; void that first."
            )


def _paid_again(repayment: Repayment, returned: PaymentMade | PaymentReturned) -> bool:
    """Tell whether something was paid of a repayment after what came back of it."""
    events = [payment.event_id for payment in repayment.payments]
    after = repayment.payments[events.index(returned.event_id) + 1 :] if returned.event_id in events else ()
    return any(payment.principal.cents > 0 for payment in after)


def _open_but(repayment: Repayment, request: Request) -> int:
    """Give what is to be paid of a request besides one repayment, in cents: what came back may have moved there."""
    return sum(each.open.cents for each in request.unpaid if each is not repayment)
