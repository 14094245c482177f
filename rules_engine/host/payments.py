"""Payments held against the ledger: what is due of requests, what was paid of it, and what came back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules_engine.deciding.unruled import recorded, referred, rejected
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Finding
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.events import PaymentDue, PaymentMade, PaymentReturned
from rules_engine.model.money import Money
from rules_engine.standing.folding_principal import lots_for, notice_for
from rules_engine.standing.positions import NOTHING, PositionKey, position_key
from rules_engine.standing.requests import Request
from rules_engine.standing.standing import Standing

_CITE = "Life of a request, payments"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueParts:
    """What requests are due of a note on a day: each so much; and what is said of those that are not."""

    parts: tuple[tuple[str, Money], ...]
    findings: tuple[Finding, ...]

    @property
    def principal(self) -> Money:
        """All that is due."""
        return Money.from_cents(sum(principal.cents for _, principal in self.parts))


def due_parts(event: PaymentDue, due_on: date, standing: Standing) -> DueParts | Finding:
    """List what is due of a repayment, or give the finding that answers the question without any payment."""
    requests = standing.due_on(event.cusip, due_on)
    if event.request_id is not None:
        named = standing.live(event.request_id)
        if named is None:
            return request_not_known(event.request_id)
        if named.cusip != event.cusip:
            return _of_another_note(event.request_id, named.cusip, event.cusip)
        requests = [request for request in requests if request.request_id == event.request_id]
    redeemed_on = standing.redeemed_on(event.cusip)
    if requests and redeemed_on is not None and redeemed_on <= due_on:
        because = f"The note is redeemed on {redeemed_on}, before the repayment would be due."
        return rejected(Code.REDEEMED_WITH_THE_NOTE, because, "Redemption ends later repayments")
    stopped = [request for request in requests if request.questions]
    parts = tuple((request.request_id, _open_on(request, due_on)) for request in requests if not request.questions)
    findings = tuple(_stopped(request) for request in stopped)
    if not parts:
        return findings[0] if findings else _nothing_due(event)
    due = DueParts(parts=parts, findings=findings)
    if event.principal is not None and event.principal != due.principal:
        because = f"{event.principal} was given; by the ledger {due.principal} is due on {due_on}."
        return referred(Code.NOT_WHAT_IS_DUE, because)
    return due


def _open_on(request: Request, due_on: date) -> Money:
    return Money.from_cents(sum(each.open.cents for each in request.unpaid if each.due_on == due_on))


def _stopped(request: Request) -> Finding:
    because = f"The payment of request `{request.request_id}` is stopped: a person has to decide a question first."
    return referred(Code.PAYMENT_STOPPED, because)


def _nothing_due(event: PaymentDue) -> Finding:
    because = f"By the ledger no repayment of note {event.cusip} is due on {event.due_on}."
    if event.request_id is not None:
        because = f"By the ledger nothing is due to request `{event.request_id}` on {event.due_on}."
    return rejected(Code.NOTHING_IS_DUE, because, _CITE)


def payment_made(event: PaymentMade, standing: Standing) -> Finding:
    """Record a payment that is due; refer any other, which then settles nothing."""
    match event.kind:
        case PaymentKind.REPAYMENT:
            return next(_against_a_repayment(event, standing), None) or _settled(event)
        case PaymentKind.REDEMPTION:
            return next(_against_a_redemption(event, standing), None) or _settled(event)
        case PaymentKind.MATURITY:
            return next(_against_a_maturity(event, standing), None) or _settled(event)
    return _settled(event)


def _settled(event: PaymentMade) -> Finding:
    because = f"The {event.kind} payment of {event.principal} due on {event.due_on} is on record as paid."
    return recorded(Code.PAYMENT_RECORDED, because)


def _against_a_repayment(event: PaymentMade, standing: Standing) -> Iterator[Finding]:
    request_id = event.request_id or ""
    request = standing.live(request_id)
    if request is None:
        yield request_not_known(request_id)
        return
    if request.cusip != event.cusip:
        yield _of_another_note(request_id, request.cusip, event.cusip)
        return
    repayments = [each for each in request.repayments if each.due_on == event.due_on]
    open_principal = _open_on(request, event.due_on)
    if not open_principal.cents:
        if any(each.paid.cents for each in repayments):
            yield referred(
                Code.ALREADY_PAID, f"What request `{request_id}` was due on {event.due_on} has been paid already."
            )
        yield referred(
            Code.NOTHING_IS_DUE,
            f"Request `{request_id}` is {request.state.value}; nothing is due to it on {event.due_on}.",
        )
        return
    if request.questions:
        yield _stopped(request)
    redeemed_on = standing.redeemed_on(event.cusip)
    if redeemed_on is not None and redeemed_on <= event.due_on:
        because = f"The note is redeemed on {redeemed_on}; the repayment due on {event.due_on} is not made."
        yield referred(Code.REDEEMED_WITH_THE_NOTE, because)
    if event.principal > open_principal:
        because = f"{event.principal} was paid; only {open_principal} is open of request `{request_id}`."
        yield referred(Code.MORE_THAN_IS_DUE, because)


def _against_a_redemption(event: PaymentMade, standing: Standing) -> Iterator[Finding]:
    key = position_key(event.cusip, event)
    notice = notice_for(standing, event.cusip, event.due_on)
    if notice is None:
        yield referred(Code.NOTHING_IS_DUE, f"No accepted notice calls note {event.cusip} for {event.due_on}.")
        return
    yield from _not_due_yet(event)
    if event.cusip in standing.ended_notes:
        yield referred(Code.ALREADY_PAID, f"Note {event.cusip} has been redeemed or paid at maturity already.")
    if key is not None:
        yield from _against_a_position(event, key, notice.notice_id, notice.principal == "all", standing)
        return
    if isinstance(notice.principal, Money):
        left = notice.principal.cents - standing.redemption_paid.of(notice.notice_id)
        if event.principal.cents > left:
            because = f"{event.principal} was paid; only {Money.from_cents(left)} of the part called is open."
            yield referred(Code.MORE_THAN_IS_DUE if left else Code.ALREADY_PAID, because)


def _against_a_position(
    event: PaymentMade, key: PositionKey, notice_id: str, whole: bool, standing: Standing
) -> Iterator[Finding]:
    """Hold a redemption against the lot drawn of its position, or, where the whole note is called, what is there."""
    lots = [standing.lots[each] for each in lots_for(standing, key, event.due_on)]
    if lots and not whole:
        left = Money.from_cents(sum((lot.selected - lot.paid).cents for lot in lots))
    elif whole:
        held = standing.position(key).held
        if held is None:
            return
        left = held
    else:
        yield referred(Code.NOTHING_IS_DUE, f"No lot under notice `{notice_id}` drew anything of this position.")
        return
    if event.principal > left:
        because = f"{event.principal} was paid; only {left} of this position is to be redeemed."
        yield referred(Code.MORE_THAN_IS_DUE if left.cents else Code.ALREADY_PAID, because)


def _against_a_maturity(event: PaymentMade, standing: Standing) -> Iterator[Finding]:
    yield from _not_due_yet(event)
    if event.cusip in standing.ended_notes:
        yield referred(Code.ALREADY_PAID, f"Note {event.cusip} has been redeemed or paid at maturity already.")


def _not_due_yet(event: PaymentMade) -> Iterator[Finding]:
    if event.received_on < event.due_on:
        because = (
            f"The {event.kind} payment is due on {event.due_on}, after the day this event gives, {event.received_on}."
        )
        yield referred(Code.NOT_DUE_YET, because)


def payment_returned(event: PaymentReturned, standing: Standing) -> Finding:
    """Record what came back of a payment; refer more than was paid."""
    because = (
        f"{event.principal} of the {event.kind} due on {event.due_on} came back ({event.because}) and is open again."
    )
    back = recorded(Code.PAYMENT_CAME_BACK, because)
    if event.kind == PaymentKind.REPAYMENT:
        request = standing.live(event.request_id or "")
        if request is None:
            return request_not_known(event.request_id or "")
        if request.cusip != event.cusip:
            return _of_another_note(request.request_id, request.cusip, event.cusip)
        paid = sum(each.paid.cents for each in request.repayments if each.due_on == event.due_on)
        return back if event.principal.cents <= paid else _more_than_paid(event, Money.from_cents(paid))
    key = position_key(event.cusip, event)
    if event.kind == PaymentKind.REDEMPTION and key is not None:
        redeemed = standing.position(key).redeemed
        return back if event.principal <= redeemed else _more_than_paid(event, redeemed)
    return recorded(Code.PAYMENT_CAME_BACK, f"{event.principal} of the {event.kind} due on {event.due_on} came back.")


def _more_than_paid(event: PaymentReturned, paid: Money) -> Finding:
    because = f"{event.principal} came back; by the ledger {paid or NOTHING} was paid."
    return referred(Code.MORE_THAN_WAS_PAID, because)


def request_not_known(request_id: str) -> Finding:
    """Give the finding for an event that names a request nobody made."""
    return referred(Code.REQUEST_NOT_KNOWN, f"No request `{request_id}` is on the ledger.")


def _of_another_note(request_id: str, its: str, given: str) -> Finding:
    return referred(Code.NOTE_OF_ANOTHER_REQUEST, f"Request `{request_id}` is for note {its}, not {given}.")
