"""Taking an event back: what it had put on the standing is taken off, as if it had not come.

What requests were answered because of it is not touched here: they are decided again, and those answers say what
stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules_engine.model.event_words import PaymentKind, PersonsAnswer
from rules_engine.model.events import (
    CallNoticed,
    CallRescinded,
    DocumentsReceived,
    Event,
    IssuerWaived,
    LimitsElected,
    LotteryDrawn,
    NotesAccelerated,
    OutstandingReported,
    ParticularsReceived,
    PaymentMade,
    PaymentReturned,
    PersonDecided,
    PositionReported,
    RateReset,
    SurvivorsOptionRequested,
    WithdrawalRequested,
    YearOpened,
)
from rules_engine.model.money import Money
from rules_engine.model.replacing import replace
from rules_engine.standing.answers import unpaid_by
from rules_engine.standing.contributing import keep
from rules_engine.standing.folding_principal import forget_lot, lots_for, notice_for, settle_lots
from rules_engine.standing.folding_terms import scope_of
from rules_engine.standing.positions import PositionKey, believed, position_key
from rules_engine.standing.reporting import take_off_report, take_off_reports_of, with_report
from rules_engine.standing.requests import (
    Closed,
    Ending,
    Request,
    RequestState,
    as_it_reads,
    told_otherwise_since,
    without_questions,
)
from rules_engine.standing.standing import LotKey, Standing

AboutOne = DocumentsReceived | ParticularsReceived | PersonDecided | IssuerWaived | WithdrawalRequested


def take_off_request(standing: Standing, event: SurvivorsOptionRequested) -> None:
    """Let a request be as if nobody had made it; what it reported of its position is no longer believed."""
    request = standing.requests.get(event.request_id)
    if request is None or request.made != event:
        return
    voided = Ending(by=event.event_id, state=RequestState.VOIDED)
    keep(standing, replace(request, ending=voided, questions=()))
    _take_off_shared(standing, request, event.event_id)
    key = position_key(event.cusip, request.asked)
    if key is not None:
        take_off_reports_of(standing, key, request)


def take_off_what_came(standing: Standing, event: AboutOne) -> None:
    """Let a request read as if an event about it had not come; its own day is the one it then has."""
    request = standing.live(event.request_id)
    if request is None:
        return
    by = event.event_id
    reported = tuple(each for each in request.reported if each.event.event_id != by)
    closed = tuple(each for each in request.closed if each.by != by)
    reopened = tuple(each.question for each in request.closed if each.by == by)
    overruled = dict(request.overruled)
    if (later := _gone_on_since(request, by)) is not None:
        closed, reopened = (*closed, *(Closed(by=later, question=question) for question in reopened)), ()
        if by in overruled:
            overruled[later] = overruled.pop(by)
        request = replace(request, revived=tuple(later if each == by else each for each in request.revived))
    ending = overruled.pop(by, None if request.ending and request.ending.by == by else request.ending)
    before = replace(
        request,
        asked=as_it_reads(request.made, reported),
        reported=reported,
        questions=tuple(dict.fromkeys((*request.questions, *reopened))),
        closed=closed,
        waivers=tuple(waiver for waiver in request.waivers if waiver.by != by),
        revived=tuple(each for each in request.revived if each != by),
        ending=ending,
        overruled=tuple((each, ended) for each, ended in overruled.items() if ended.by != by),
    )
    told, told_before = (told_otherwise_since(request.made, each) for each in (reported, request.reported))
    gone = (before.opened_by(by) | told_before) - told
    still = tuple(question for question in before.questions if question not in gone)
    before = replace(without_questions(before, by), questions=still)
    if before.asked.position != request.asked.position:
        before = replace(before, vouches=False)
    keep(standing, before)
    key = position_key(request.cusip, request.asked)
    if key is not None:
        take_off_report(standing, key, by)
    keep(standing, with_report(standing, request, before, request.made))
    _take_off_shared(standing, request, by)


def _gone_on_since(request: Request, by: str) -> str | None:
    """Name the event by which a person let a request go on once more after another; it closes what that one had."""
    came = [each.event for each in request.reported]
    after = [event.event_id for event in came].index(by) + 1 if by in {event.event_id for event in came} else len(came)
    later = (event for event in came[after:] if isinstance(event, PersonDecided))
    return next((event.event_id for event in later if event.answer is PersonsAnswer.GO_ON), None)


def _take_off_shared(standing: Standing, request: Request, by: str) -> None:
    """Let the papers of an event no longer have come for the owner's other requests."""
    for other in tuple(_registered_with(request, standing)):
        if any(event_id == by for event_id, _ in other.shared):
            keep(standing, replace(other, shared=tuple(each for each in other.shared if each[0] != by)))


def take_off_position(standing: Standing, event: PositionReported) -> None:
    """Believe a position as if nobody had reported it on purpose."""
    key = position_key(event.cusip, event)
    if key is not None:
        take_off_report(standing, key, event.event_id)


def take_off_call(standing: Standing, event: CallNoticed) -> None:
    """Let a notice be as if it had not been given; its id is free again."""
    if standing.notices.get(event.notice_id) != event:
        return
    stand = tuple(call for call in standing.calls.get(event.cusip, ()) if call != event)
    standing.calls.put(event.cusip, stand)
    for lot_key in standing.lots_under.of(event.notice_id):
        forget_lot(standing, lot_key)
    standing.notices.drop(event.notice_id)
    standing.rescinded.drop(event.notice_id)


def take_off_rescission(standing: Standing, event: CallRescinded) -> None:
    """Let a notice stand again that had been taken back."""
    if standing.rescinded.get(event.notice_id) != event.event_id:
        return
    notice = standing.notices[event.notice_id]
    standing.rescinded.drop(event.notice_id)
    standing.calls.put(notice.cusip, (*standing.calls.get(notice.cusip, ()), notice))


def take_off_lot(standing: Standing, event: LotteryDrawn) -> None:
    """Let a lot be as if it had not been drawn."""
    key = position_key(event.cusip, event)
    if key is None:
        return
    lot_key = LotKey(event.notice_id, key)
    lot = standing.lots.get(lot_key)
    if lot is not None and lot.by == event.event_id:
        forget_lot(standing, lot_key)
    take_off_report(standing, key, event.event_id)


def take_off_payment(standing: Standing, event: PaymentMade | PaymentReturned) -> None:
    """Let a payment, or its return, be as if it had not come."""
    if event.request_id is not None and (request := standing.live(event.request_id)) is not None:
        keep(standing, unpaid_by(request, event.event_id))
    key = position_key(event.cusip, event)
    if event.request_id is not None and (request := standing.live(event.request_id)) is not None:
        key = position_key(request.cusip, request.asked)
    sign = 1 if isinstance(event, PaymentMade) else -1
    was_taken = key is None or _take_off_move(standing, key, event.event_id)
    if event.kind == PaymentKind.REDEMPTION and was_taken:
        _take_off_redemption(standing, key, event, Money.from_cents(-sign * event.principal.cents))
    ended = standing.ended_notes.get(event.cusip)
    if ended is not None and ended.by == event.event_id:
        standing.ended_notes.drop(event.cusip)
    for request_id in standing.ended_by.of(event.event_id):
        keep(standing, replace(standing.requests[request_id], ending=None))


def _take_off_redemption(
    standing: Standing, key: PositionKey | None, event: PaymentMade | PaymentReturned, off: Money
) -> None:
    notice = notice_for(standing, event.cusip, event.due_on)
    if key is not None:
        lots = () if notice is not None and notice.principal == "all" else lots_for(standing, key, event.due_on)
        settle_lots(standing, lots, off)
        return
    if notice is not None and event.event_id in standing.redemption_payments.of(notice.notice_id):
        standing.redemption_payments.discard(notice.notice_id, event.event_id)
        standing.redemption_paid.add(notice.notice_id, off.cents)


def _take_off_move(standing: Standing, key: PositionKey, by: str) -> bool:
    """Believe a position as if an event had paid nothing of it; tell whether it had."""
    moves = [move for move in standing.moves.of(key) if move.event_id == by]
    for move in moves:
        standing.moves.discard(key, move)
    standing.positions.put(key, believed(standing.reports.get(key, ()), standing.moves.of(key)))
    return bool(moves)


def take_off_election(standing: Standing, event: LimitsElected) -> None:
    """Let an election be as if nobody had sent it."""
    if event.owner_ref is None:
        standing.elections.take_back(event.year, event.event_id)
        return
    standing.owners_elections.take_back((event.year, event.owner_ref), event.event_id)
    standing.implied_elections.take_back(event.year, event.event_id)


def take_off_outstanding(standing: Standing, event: OutstandingReported) -> None:
    """Let a limit's base be as if it had not been reported."""
    key = (scope_of(event), event.as_of)
    if key not in standing.outstanding:
        return
    standing.outstanding.take_back(key, event.event_id)
    if key not in standing.outstanding:
        standing.reported_days[key[0]].remove(event.as_of)


def take_off_year(standing: Standing, event: YearOpened) -> None:
    """Let a year be as if it had not been opened."""
    opened = standing.opened.get(event.year)
    if opened is not None and opened.by == event.event_id:
        standing.opened.drop(event.year)


def take_off_rate(standing: Standing, event: RateReset) -> None:
    """Let the index of a period be as if nobody had set it."""
    standing.rates.take_back((event.cusip, event.period_start), event.event_id)


def take_off_acceleration(standing: Standing, event: NotesAccelerated) -> None:
    """Let notes be as if they had not been declared due."""
    standing.accelerated.take_back(event.cusip or "", event.event_id)


def nothing_to_take_off(standing: Standing, event: Event) -> None:
    """Leave the standing as it is: the event had changed nothing."""


def _registered_with(request: Request, standing: Standing) -> Iterator[Request]:
    """Walk through the requests of the same owner that share papers with one."""
    if request.asked.owner_ref is None:
        return
    for name in standing.of_owner.of(request.asked.owner_ref):
        other = standing.requests[name]
        if other.shares_papers and other.asked.registration == request.asked.registration:
            yield other
