"""From entries to a standing: positions, payments, calls and lots."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rules_engine.model.decisions import Decision, Outcome
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.events import (
    CallNoticed,
    CallRescinded,
    LotteryDrawn,
    PaymentMade,
    PaymentReturned,
    PositionReported,
)
from rules_engine.model.money import Money
from rules_engine.model.replacing import replace
from rules_engine.standing.answers import paid, returned
from rules_engine.standing.contributing import keep
from rules_engine.standing.positions import (
    Move,
    PositionKey,
    Report,
    believed,
    is_held_already,
    moved,
    position_key,
)
from rules_engine.standing.reporting import report
from rules_engine.standing.requests import (
    Request,
)
from rules_engine.standing.standing import Lot, LotKey, NoteEnded, Standing

# Positions


def position_reported(standing: Standing, event: PositionReported, decision: Decision) -> None:
    """Believe what was reported of a position, as of its day."""
    key = position_key(event.cusip, event)
    if key is not None and decision.outcome is Outcome.RECORDED:
        said = Report(event_id=event.event_id, as_of=event.as_of, principal=event.principal, firm=True)
        report(standing, key, said)


def move(standing: Standing, key: PositionKey, what: Move) -> None:
    """Take off a position what was paid of it."""
    standing.moves.add(key, what)
    standing.positions.put(key, moved(standing.position(key), what))


def forget_payments(standing: Standing, request: Request) -> None:
    """Believe a position as if nothing of a request had been paid."""
    key = position_key(request.cusip, request.asked)
    if key is None:
        return
    events = {payment.event_id for each in request.repayments for payment in each.payments}
    paid = [each for each in standing.moves.of(key) if each.event_id in events]
    if not paid:
        return
    for each in paid:
        standing.moves.discard(key, each)
    believe = believed(standing.reports.get(key, ()), standing.moves.of(key))
    if believe.held is not None:
        # what a later report had taken off already would stand there besides
        back = sum(each.principal.cents for each in paid if is_held_already(believe, each))
        believe = replace(believe, held=Money.from_cents(max(0, believe.held.cents + back)))
    standing.positions.put(key, believe)


# Payments


def payment_made(standing: Standing, event: PaymentMade, decision: Decision) -> None:
    """Settle what was paid."""
    if decision.outcome is not Outcome.RECORDED:
        return
    if event.kind == PaymentKind.REPAYMENT and event.request_id is not None:
        request = standing.requests[event.request_id]
        keep(standing, paid(request, event.event_id, event.received_on, event.due_on, event.principal))
        _move_of(standing, request, event, event.received_on, event.principal)
    elif event.kind == PaymentKind.REDEMPTION:
        _redemption_paid(standing, event, event.principal)
    elif event.kind == PaymentKind.MATURITY:
        standing.ended_notes.put(event.cusip, NoteEnded(by=event.event_id, on=event.due_on, matured=True))


def payment_returned(standing: Standing, event: PaymentReturned, decision: Decision) -> None:
    """Open again what came back."""
    if decision.outcome is not Outcome.RECORDED:
        return
    back = Money.from_cents(-event.principal.cents)
    if event.kind == PaymentKind.REPAYMENT and event.request_id is not None:
        request = standing.requests[event.request_id]
        on = _came_back_on(event, request)
        keep(standing, returned(request, event.event_id, on, event.due_on, event.principal))
        _move_of(standing, request, event, on, back)
    elif event.kind == PaymentKind.REDEMPTION and position_key(event.cusip, event) is not None:
        _redemption_paid(standing, event, back)


def _came_back_on(event: PaymentReturned, request: Request) -> date:
    """Give the day a return counts from: never before the last payment of what it brings back."""
    repayments = (each for each in request.repayments if each.due_on == event.due_on)
    return max(event.received_on, *(paid.on for each in repayments for paid in each.payments), date.min)


def _move_of(
    standing: Standing, request: Request, event: PaymentMade | PaymentReturned, on: date, principal: Money
) -> None:
    key = position_key(request.cusip, request.asked)
    assert key is not None, "a request without a position is not accepted"
    move(standing, key, Move(event_id=event.event_id, on=on, principal=principal, redeemed=False, at=standing.at))


def _redemption_paid(standing: Standing, event: PaymentMade | PaymentReturned, principal: Money) -> None:
    """Take a redemption off its position, or, where none is named, off its notice; a whole note ends with it."""
    key = position_key(event.cusip, event)
    notice = notice_for(standing, event.cusip, event.due_on)
    if key is None:
        assert notice is not None, "a redemption nobody noticed is not put on record"
        standing.redemption_paid.add(notice.notice_id, principal.cents)
        standing.redemption_payments.add(notice.notice_id, event.event_id)
        if notice.principal == "all":
            standing.ended_notes.put(event.cusip, NoteEnded(by=event.event_id, on=event.due_on, matured=False))
        return
    lots = lots_for(standing, key, event.due_on)
    if lots and (notice is None or notice.principal != "all"):
        settle_lots(standing, lots, principal)
    elif standing.position(key).held is None:
        said = Report(event_id=event.event_id, as_of=event.received_on, principal=principal, firm=False)
        report(standing, key, said)
    earlier = (paid.on for paid in standing.moves.of(key) if paid.redeemed) if principal.cents < 0 else ()
    on = max(event.received_on, *earlier, date.min)
    move(standing, key, Move(event_id=event.event_id, on=on, principal=principal, redeemed=True, at=standing.at))


def notice_for(standing: Standing, cusip: str, redeem_on: date) -> CallNoticed | None:
    """Find the notice that stands for a redemption date of a note; one of the whole note comes before all others."""
    found = [call for call in standing.calls.get(cusip, ()) if call.redeem_on == redeem_on]
    return min(found, key=lambda call: call.principal != "all", default=None)


def lots_for(standing: Standing, key: PositionKey, redeem_on: date) -> tuple[LotKey, ...]:
    """List the lots that drew of a position for a redemption date, under whatever notice, first drawn first."""
    return tuple(each for each in standing.lots_of.of(key) if standing.lots[each].redeem_on == redeem_on)


def settle_lots(standing: Standing, lots: Iterable[LotKey], principal: Money) -> None:
    """Share out over lots what was paid of them, or, less than nothing, came back."""
    rest = principal.cents
    for lot_key in lots:
        lot = standing.lots[lot_key]
        part = max(-lot.paid.cents, min(rest, (lot.selected - lot.paid).cents))
        rest -= part
        if part:
            forget_lot(standing, lot_key)
            put_lot(standing, lot_key, replace(lot, paid=lot.paid + Money.from_cents(part)))


# Calls and lots


def call_noticed(standing: Standing, event: CallNoticed, decision: Decision) -> None:
    """Let a notice stand."""
    if decision.outcome is Outcome.ACCEPTED:
        standing.calls.put(event.cusip, (*standing.calls.get(event.cusip, ()), event))
        standing.notices.put(event.notice_id, event)


def call_rescinded(standing: Standing, event: CallRescinded, decision: Decision) -> None:
    """Take a notice back, and with it what was drawn by lot under it and not paid."""
    if decision.outcome is Outcome.ACCEPTED:
        take_notice_back(standing, standing.notices[event.notice_id], event.event_id)


def take_notice_back(standing: Standing, notice: CallNoticed, by: str) -> None:
    """Let a notice stand no longer."""
    stand = tuple(call for call in standing.calls.get(notice.cusip, ()) if call.notice_id != notice.notice_id)
    standing.calls.put(notice.cusip, stand)
    standing.rescinded.put(notice.notice_id, by)
    for lot_key in standing.lots_under.of(notice.notice_id):
        lot = standing.lots[lot_key]
        forget_lot(standing, lot_key)
        if lot.paid.cents:
            put_lot(standing, lot_key, replace(lot, selected=lot.paid))


def lottery_drawn(standing: Standing, event: LotteryDrawn, decision: Decision) -> None:
    """Draw principal of a position, for its owner."""
    key = position_key(event.cusip, event)
    if key is None or decision.outcome is not Outcome.ACCEPTED:
        return
    said = Report(event_id=event.event_id, as_of=event.received_on, principal=event.position, firm=False)
    report(standing, key, said)
    notice = standing.notices[event.notice_id]
    lot_key = LotKey(event.notice_id, key)
    lot = Lot(
        by=event.event_id,
        owner_ref=event.owner_ref,
        redeem_on=notice.redeem_on,
        position=event.position,
        selected=event.selected,
        drawn_at=standing.at,
    )
    put_lot(standing, lot_key, lot)


def put_lot(standing: Standing, lot_key: LotKey, lot: Lot) -> None:
    """Let a lot stand."""
    standing.lots.put(lot_key, lot)
    standing.lots_of.add(lot_key.position, lot_key)
    standing.lots_under.add(lot_key.notice_id, lot_key)
    standing.drawn.add(lot_key.notice_id, lot.selected.cents)
    standing.drawn_of.add(lot_key.position, (lot.selected - lot.paid).cents)
    standing.claimed_by.add((lot_key.position, lot.owner_ref), lot.selected.cents)


def forget_lot(standing: Standing, lot_key: LotKey) -> None:
    """Let a lot stand no longer; raise KeyError where it does not stand."""
    lot = standing.lots[lot_key]
    standing.lots.drop(lot_key)
    standing.lots_of.discard(lot_key.position, lot_key)
    standing.lots_under.discard(lot_key.notice_id, lot_key)
    standing.drawn.add(lot_key.notice_id, -lot.selected.cents)
    standing.drawn_of.add(lot_key.position, (lot.paid - lot.selected).cents)
    standing.claimed_by.add((lot_key.position, lot.owner_ref), -lot.selected.cents)
