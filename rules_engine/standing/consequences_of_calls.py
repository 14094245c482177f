"""What calls, lots, reports of a position and payments mean for requests answered earlier.

Every function reads the standing as it was before the event, and lists only requests whose answer the event can change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from rules_engine.model.codes import Code
from rules_engine.model.decisions import Decision, Finding, Outcome, Question
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.events import (
    CallNoticed,
    CallRescinded,
    LotteryDrawn,
    NotesAccelerated,
    PaymentMade,
    PositionReported,
)
from rules_engine.model.money import Money
from rules_engine.model.replacing import replace
from rules_engine.standing.consequences import within_its_year
from rules_engine.standing.deciding_again import Again, How, whole
from rules_engine.standing.folding_principal import notice_for
from rules_engine.standing.positions import PositionKey, position_key
from rules_engine.standing.requests import Request
from rules_engine.standing.standing import Standing


def called(event: CallNoticed, decision: Decision, standing: Standing) -> tuple[Again, ...]:
    """A repayment due before the redemption date is made first; everything later is redeemed with the note."""
    if decision.outcome is not Outcome.ACCEPTED or event.principal != "all":
        return ()
    return overtaken(event, standing)


def overtaken(event: CallNoticed, standing: Standing) -> tuple[Again, ...]:
    """List what a call of a whole note takes away of its requests."""
    before = standing.redeemed_on(event.cusip) or date.max
    late = {request.request_id for request in standing.due_within(event.cusip, event.redeem_on, before)}
    undecided = standing.undecided_on_note.of(event.cusip)
    again = []
    for request in standing.in_order((*late.difference(undecided), *undecided)):
        if request.request_id in late:
            because = f"The note is redeemed on {event.redeem_on}, before the repayment would be due."
            finding = _recorded(Code.REDEEMED_WITH_THE_NOTE, because, "Redemption ends later repayments")
            again.append(Again(request_id=request.request_id, how=How.FOUND, finding=finding))
        again += turn_away(event, request)
    return tuple(again)


def turn_away(event: CallNoticed, request: Request) -> tuple[Again, ...]:
    """Turn away what waits of a request, where a call of its whole note leaves no day to repay it on."""
    is_decided = request.is_settled_in_part and not (request.waiting.cents or request.pended.cents)
    if is_decided or not request.is_open or event.principal != "all":
        return ()
    on = max(request.counts_from, event.received_on)
    if request.waiting.cents:
        on = max(on, date(request.kept_out_in + 1, 1, 1))
    return (Again(request_id=request.request_id, how=How.REST, on=on, only_if=_REJECTED, by=event),)


_REJECTED = frozenset({Outcome.REJECTED})


def rescinded(event: CallRescinded, decision: Decision, standing: Standing) -> tuple[Again, ...]:
    """Give back what a notice took away, as of each request's own day, unless another call takes it away too."""
    if decision.outcome is not Outcome.ACCEPTED:
        return ()
    return taken_back(standing.notices[event.notice_id], standing)


def taken_back(notice: CallNoticed, standing: Standing) -> tuple[Again, ...]:
    """List what a notice that no longer stands had taken away."""
    others = [
        call.redeem_on
        for call in standing.calls.get(notice.cusip, ())
        if call.principal == "all" and call.notice_id != notice.notice_id
    ]
    back = []
    if notice.principal == "all":
        because = f"The call of {notice.redeem_on} no longer stands; the repayment is made as accepted."
        finding = _recorded(Code.BROUGHT_BACK, because, "Rescission of a call")
        for request in standing.due_within(notice.cusip, notice.redeem_on, min(others, default=date.max)):
            back.append(Again(request_id=request.request_id, how=How.FOUND, finding=finding))
    turned_away = standing.turned_away.of(notice.cusip) if notice.principal == "all" else ()
    cut = (
        request_id
        for lot in standing.lots_under.of(notice.notice_id)
        for request_id in standing.on_position.of(lot.position)
        if standing.requests[request_id].cut
    )
    anew, for_sure = whole(standing.requests[name] for name in (*turned_away, *cut)), frozenset(turned_away)
    return (*back, *(replace(each, sure=each.request_id in for_sure) for each in anew))


def lot_drawn(event: LotteryDrawn, decision: Decision, standing: Standing) -> tuple[Again, ...]:
    """Cut what is due on or after the redemption date to what a lot leaves, the latest tender first."""
    key = position_key(event.cusip, event)
    if decision.outcome is not Outcome.ACCEPTED or key is None:
        return ()
    held = standing.position(key).held or event.position
    over = standing.claimed.of(key) + standing.drawn_of.of(key) + event.selected.cents - held.cents
    redeem_on = standing.notices[event.notice_id].redeem_on
    again = []
    for request, cents in _latest_first(key, max(0, over), standing, from_on=redeem_on):
        cut = Money.from_cents(cents)
        because = f"A lot drew {event.selected} of the position for {redeem_on}; {cut} less is left to be repaid."
        finding = Finding(
            code=Code.CUT_TO_WHAT_IS_LEFT,
            outcome=Outcome.REJECTED if cents == request.to_be_paid.cents else Outcome.ACCEPTED,
            because=because,
            cite="Redemption, selection of notes",
        )
        again.append(Again(request_id=request.request_id, how=How.FOUND, finding=finding, cut=cut))
    cut_already = {each.request_id for each in again}
    waiting = (standing.requests[name] for name in standing.on_position.of(key) if name not in cut_already)
    again += [
        Again(
            request_id=request.request_id,
            how=How.REST,
            on=within_its_year(event.received_on, request, standing),
            only_if=frozenset(Outcome) if request.is_settled_in_part else _REJECTED,
            if_changed=True,
        )
        for request in sorted(waiting, key=lambda request: request.tendered)
        if request.is_open and (not request.is_settled_in_part or request.waiting.cents or request.pended.cents)
    ]
    return tuple(again)


def _latest_first(
    key: PositionKey, over: int, standing: Standing, *, from_on: date = date.min
) -> Iterator[tuple[Request, int]]:
    """Share out what is too much, in cents, over the requests of a position, the latest tender first."""
    for request in reversed(standing.in_order(standing.on_position.of(key))):
        open_cents = sum(each.open.cents for each in request.unpaid if each.due_on >= from_on)
        cents = min(over, open_cents)
        if cents > 0:
            over -= cents
            yield request, cents


def position_reported(event: PositionReported, decision: Decision, standing: Standing) -> tuple[Again, ...]:
    """Ask a person about what was accepted of a position that, as reported now, no longer holds it."""
    key = position_key(event.cusip, event)
    if decision.outcome is not Outcome.RECORDED or key is None:
        return ()
    as_of = standing.position(key).as_of
    if standing.position(key).firm and as_of is not None and event.as_of < as_of:
        return ()
    later = sum(move.principal.cents for move in standing.moves.of(key) if move.on > event.as_of)
    held = event.principal.cents - later
    over = standing.claimed.of(key) + standing.drawn_of.of(key) - held
    reported, accepted = Money.from_cents(max(0, held)), Money.from_cents(standing.claimed.of(key))
    values = (f"{reported} reported", f"{accepted} accepted")
    question = Question(code=Code.POSITION_CONTRADICTED, field="position", values=values)
    because = f"The position is reported to hold {reported}; {accepted} of it was accepted and is not paid yet."
    finding = Finding(
        code=Code.POSITION_CONTRADICTED,
        outcome=Outcome.REFERRED,
        because=because,
        cite="Standing of the position",
    )
    return tuple(
        Again(request_id=request.request_id, how=How.FOUND, finding=finding, question=question)
        for request, _ in _latest_first(key, over, standing)
    )


def payment_made(event: PaymentMade, decision: Decision, standing: Standing) -> tuple[Again, ...]:
    """End, with the note or the position that was paid, what is still open on it and not due before."""
    if decision.outcome is not Outcome.RECORDED or event.kind not in (PaymentKind.MATURITY, PaymentKind.REDEMPTION):
        return ()
    key = position_key(event.cusip, event)
    if event.kind == PaymentKind.MATURITY:
        because = f"The note matured on {event.due_on}; its principal was paid at maturity."
        finding = _recorded(Code.PAID_AT_MATURITY, because, "Payment at maturity")
        return _ending(standing.in_order(standing.open_on_note.of(event.cusip)), finding)
    notice = notice_for(standing, event.cusip, event.due_on)
    if notice is None or notice.principal != "all":
        return ()
    on = standing.open_on_note.of(event.cusip) if key is None else standing.on_position.of(key)
    because = f"The note was redeemed on {event.due_on}, and its principal paid to whoever held it."
    finding = _recorded(Code.REDEEMED_AND_PAID, because, "Redemption ends later repayments")
    not_due_before = (
        request
        for request in standing.in_order(on)
        if request.is_open and not any(each.due_on < event.due_on for each in request.unpaid)
    )
    return _ending(not_due_before, finding)


def _ending(requests: Iterable[Request], finding: Finding) -> tuple[Again, ...]:
    return tuple(Again(request_id=request.request_id, how=How.FOUND, finding=finding) for request in requests)


def accelerated(event: NotesAccelerated, decision: Decision, standing: Standing) -> tuple[Again, ...]:
    """Decide anew what is not yet repaid of notes that were declared due."""
    if decision.outcome is not Outcome.RECORDED:
        return ()
    notes = standing.open_on_note.keys() if event.cusip is None else (event.cusip,)
    return whole(standing.requests[name] for cusip in notes for name in standing.open_on_note.of(cusip))


def _recorded(code: Code, because: str, cite: str) -> Finding:
    return Finding(code=code, outcome=Outcome.RECORDED, because=because, cite=cite)
