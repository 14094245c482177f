"""What events report of a position, and what of it is believed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rules_engine.model.events import Event, SurvivorsOptionRequested
from rules_engine.model.money import Money
from rules_engine.model.replacing import replace
from rules_engine.standing.contributing import keep
from rules_engine.standing.positions import Position, PositionKey, Report, believed, position_key
from rules_engine.standing.requests import Request
from rules_engine.standing.standing import Standing


def left_of(key: PositionKey, position: Position, standing: Standing) -> int:
    """Give what of a position is neither gone, nor accepted, nor drawn, in cents; less than nothing if too much is.

    It is never more than the most ever reported leaves once all that was paid is taken off.
    """
    if key.cusip in standing.ended_notes or position.held is None:
        return 0
    paid = position.repaid.cents + position.redeemed.cents
    unpaid = standing.claimed.of(key) + standing.drawn_of.of(key)
    return min(position.held.cents, position.most.cents - paid) - unpaid


def agrees(
    principal: Money, key: PositionKey, standing: Standing, own: Request | None, *, before_payments: bool = False
) -> bool:
    """Tell whether a figure agrees with what the ledger has of a position.

    One between what is left and what is held does: platforms differ on whether tendered principal counts. Where
    nothing is left no figure matters any more. `own` is the request that tells it, as it stands on that position; what
    was told `before_payments` may hold all that was paid since.
    """
    position = standing.position(key)
    if position.held is None or is_free_to_be_told(key, standing, own):
        return True
    left = left_of(key, position, standing) + (own.to_be_paid.cents if own else 0)
    paid = position.repaid.cents + position.redeemed.cents if before_payments else 0
    return left <= 0 or left <= principal.cents <= position.held.cents + paid


def is_free_to_be_told(key: PositionKey, standing: Standing, own: Request | None) -> bool:
    """Tell whether what is believed of a position rests on nothing but requests that ended without any principal.

    What a request of its `own` says of it does not count.
    """
    vouched = standing.vouched.of(key) - (1 if own and own.vouches and own.claims else 0)
    touched = vouched or standing.lots_of.count(key) or standing.moves.count(key)
    return not (touched or standing.position(key).firm)


def report(standing: Standing, key: PositionKey, said: Report, own: Request | None = None) -> None:
    """Take in what was reported of a position.

    What was not made to say so changes nothing that is believed already, unless that rests on nothing any more.
    """
    if said.firm:
        _believe(standing, key, (*standing.reports.get(key, ()), said))
    elif standing.position(key).held is None or is_free_to_be_told(key, standing, own):
        _believe(standing, key, (said,))


def report_new(standing: Standing, asked: SurvivorsOptionRequested) -> None:
    """Take in what a new request reports of its position, where it says whose that is and what it holds."""
    key = position_key(asked.cusip, asked)
    if key is not None and asked.position is not None:
        said = Report(event_id=asked.event_id, as_of=asked.received_on, principal=asked.position, firm=False)
        report(standing, key, said)


def with_report(standing: Standing, before: Request | None, request: Request, event: Event) -> Request:
    """Believe what a request reports of its position, where an event tells which position that is, or what it holds.

    A request that turns out to be about another position no longer reports the one it was taken to be about, and what
    it was paid was paid of the other one. Gives the request, which then vouches for what is believed, or does not.
    """
    key, told = position_key(request.cusip, request.asked), request.asked.position
    old_key = position_key(before.cusip, before.asked) if before else None
    if before and old_key and old_key != key:
        take_off_reports_of(standing, old_key, before)
        _carry_payments(standing, old_key, key, before)
    if key is None or (before and old_key == key and before.asked.position == told):
        return request
    own = before if old_key == key else None
    if told is None:
        is_known = standing.position(key).held is not None and not is_free_to_be_told(key, standing, own)
        return replace(request, vouches=is_known)
    vouches = agrees(told, key, standing, own)
    said = Report(event_id=event.event_id, as_of=event.received_on, principal=told, firm=False)
    report(standing, key, said, own)
    return replace(request, vouches=vouches)


def _carry_payments(standing: Standing, old_key: PositionKey, key: PositionKey | None, request: Request) -> None:
    """Believe that what a request was paid was paid of another position."""
    events = {payment.event_id for each in request.repayments for payment in each.payments}
    carried = [move for move in standing.moves.of(old_key) if move.event_id in events]
    if key is None or not carried:
        return
    for move in carried:
        standing.moves.discard(old_key, move)
        standing.moves.add(key, move)
    for each in (old_key, key):
        _believe(standing, each, standing.reports.get(each, ()))


def take_off_reports_of(standing: Standing, key: PositionKey, request: Request) -> None:
    """Believe a position as if a request, and what came about it, had not reported it."""
    for event_id in (request.made.event_id, *(reported.event.event_id for reported in request.reported)):
        take_off_report(standing, key, event_id)


def take_off_report(standing: Standing, key: PositionKey, by: str) -> None:
    """Believe a position as if an event had not reported it: then the first request or lot that still does."""
    said = standing.reports.get(key, ())
    left = tuple(report for report in said if report.event_id != by)
    if left == said:
        return
    still = sorted(_still_reported(standing, key, by), key=lambda each: each.place)
    if any(report.firm for report in left):
        known = {report.event_id for report in left}
        left = (*left, *(each.report for each in still if each.agrees and each.report.event_id not in known))
    else:
        told = {each.report.principal for each in still}
        spoken_for = tuple(report for report in left if report.principal in told)
        left = spoken_for or tuple(each.report for each in still[:1])
    _believe(standing, key, left)
    for request in standing.in_order(standing.on_position.of(key)):
        if not request.vouches and request.asked.position == standing.position(key).held:
            keep(standing, replace(request, vouches=True))


class _Said(NamedTuple):
    """What a request or a lot says of a position, at which place of the ledger, and whether it agreed with that."""

    place: int
    report: Report
    agrees: bool


def _still_reported(standing: Standing, key: PositionKey, but: str) -> Iterator[_Said]:
    """Walk through what requests and lots say of a position, apart from one event."""
    for request in standing.in_order(standing.on_position.of(key)):
        made, told = request.made, request.asked.position
        if told is not None and made.event_id != but and request.speaks:
            said = Report(event_id=made.event_id, as_of=made.received_on, principal=told, firm=False)
            yield _Said(request.tendered[1], said, request.vouches)
    for lot_key in standing.lots_of.of(key):
        lot = standing.lots[lot_key]
        if lot.by != but:
            said = Report(event_id=lot.by, as_of=lot.redeem_on, principal=lot.position, firm=False)
            yield _Said(lot.drawn_at, said, agrees=True)


def _believe(standing: Standing, key: PositionKey, reports: tuple[Report, ...]) -> None:
    standing.reports.put(key, reports)
    standing.positions.put(key, believed(reports, standing.moves.of(key)))
