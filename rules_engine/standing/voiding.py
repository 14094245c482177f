"""Taking an event back: what it had put on the standing is taken off, as if it had not come.

What requests were answered because of it is not touched here: they are decided again, and those answers say what
stands. Of each type of event two things are told: how it is taken off, and which requests its absence can change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from rules_engine.model.codes import Code
from rules_engine.model.decisions import Finding, Outcome
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
from rules_engine.standing.answers import unpaid_by
from rules_engine.standing.consequences import Again, How, overtaken, taken_back, whole
from rules_engine.standing.contributing import keep
from rules_engine.standing.folding import forget_lot, lots_for, notice_for, scope_of, settle_lots
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


# What is taken off


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
    ending = overruled.pop(by, None if request.ending and request.ending.by == by else request.ending)
    before = replace(
        request,
        asked=as_it_reads(request.made, reported),
        reported=reported,
        questions=tuple(dict.fromkeys((*request.questions, *reopened))),
        closed=closed,
        waivers=tuple(waiver for waiver in request.waivers if waiver.by != by),
        ending=ending,
        overruled=tuple((each, ended) for each, ended in overruled.items() if ended.by != by),
    )
    told, told_before = (told_otherwise_since(request.made, each) for each in (reported, request.reported))
    gone = (before.opened_by(by) | told_before) - told
    still = tuple(question for question in before.questions if question not in gone)
    before = replace(without_questions(before, by), questions=still)
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


# Whom it changes, listed from the standing as it was before


def of_a_request(event: SurvivorsOptionRequested, standing: Standing) -> tuple[Again, ...]:
    """A request no longer made leaves room on its position and under the limits."""
    request = standing.live(event.request_id)
    if request is None or request.made != event:
        return ()
    return whole(each for each in _with_whom_it_shares(request, standing) if each.request_id != event.request_id)


def of_what_came(event: AboutOne, standing: Standing) -> tuple[Again, ...]:
    """What came about one request changes that one first, and then whom it kept out."""
    request = standing.live(event.request_id)
    if request is None:
        return ()
    return whole((request, *_with_whom_it_shares(request, standing)))


def of_a_position(event: PositionReported, standing: Standing) -> tuple[Again, ...]:
    """What was reported of a position changes what may be accepted of it."""
    key = position_key(event.cusip, event)
    return () if key is None else whole(standing.requests[name] for name in standing.on_position.of(key))


def of_a_call(event: CallNoticed, standing: Standing) -> tuple[Again, ...]:
    """A call that was not given took nothing away."""
    return taken_back(event, standing) if standing.notices.get(event.notice_id) == event else ()


def of_a_rescission(event: CallRescinded, standing: Standing) -> tuple[Again, ...]:
    """A call that stands again takes away what it had taken away before."""
    if standing.rescinded.get(event.notice_id) != event.event_id:
        return ()
    notice = standing.notices[event.notice_id]
    return overtaken(notice, standing) if notice.principal == "all" else ()


def of_a_lot(event: LotteryDrawn, standing: Standing) -> tuple[Again, ...]:
    """A lot that was not drawn cut nothing."""
    key = position_key(event.cusip, event)
    return () if key is None else whole(standing.requests[name] for name in standing.on_position.of(key))


def of_a_payment(event: PaymentMade | PaymentReturned, standing: Standing) -> tuple[Again, ...]:
    """What a payment had ended is open again, and of what it left of a position other requests may have been asked."""
    because = (
        f"The payment of {event.principal} due on {event.due_on} was entered by mistake; the request is open again."
    )
    finding = Finding(
        code=Code.BROUGHT_BACK, outcome=Outcome.RECORDED, because=because, cite="Life of a request, an event taken back"
    )
    ended = standing.in_order(standing.ended_by.of(event.event_id))
    again = tuple(Again(request_id=request.request_id, how=How.FOUND, finding=finding) for request in ended)
    payer = None if event.request_id is None else standing.live(event.request_id)
    key = position_key(event.cusip, event if payer is None else payer.asked)
    on_position = () if key is None or not isinstance(event, PaymentMade) else standing.on_position.of(key)
    named = {request.request_id for request in (*ended, *((payer,) if payer else ()))}
    others = (standing.requests[name] for name in on_position if name not in named)
    return (*again, *_given_up(event, payer), *whole(request for request in others if request.is_open))


def _given_up(event: PaymentMade | PaymentReturned, payer: Request | None) -> tuple[Again, ...]:
    """What had been paid of a request that has ended since, and was not paid after all, is not accepted any more."""
    if payer is None or payer.ending is None or not isinstance(event, PaymentMade):
        return ()
    if not any(paid.event_id == event.event_id for each in payer.repayments for paid in each.payments):
        return ()
    because = (
        f"The payment of {event.principal} due on {event.due_on} was entered by mistake, and the request is "
        f"{payer.state.value}: that principal is not accepted any more."
    )
    finding = Finding(
        code=Code.REQUEST_IS_FINISHED,
        outcome=Outcome.REJECTED,
        because=because,
        cite="Life of a request, an event taken back",
    )
    return (Again(request_id=payer.request_id, how=How.FOUND, finding=finding, cut=event.principal),)


def of_limits(event: LimitsElected | OutstandingReported, standing: Standing) -> tuple[Again, ...]:
    """A limit that binds otherwise changes what was accepted under it, and what waits."""
    year = event.year if isinstance(event, LimitsElected) else event.as_of.year + 1
    accepted = (standing.requests[name] for name in standing.accepted_in.of(year))
    ownerless = (standing.requests[name] for name in standing.waiting_for.of("owner_ref"))
    return whole((*accepted, *_waiting(standing), *ownerless))


def of_a_year(event: YearOpened, standing: Standing) -> tuple[Again, ...]:
    """A year that was not opened let nothing in."""
    opened = standing.opened.get(event.year)
    if opened is None or opened.by != event.event_id:
        return ()
    let_in = (standing.requests[name] for name in standing.accepted_in.of(event.year))
    by = (each for each in let_in if any(repayment.by == event.event_id for repayment in each.repayments))
    return whole((*by, *_waiting(standing)))


def of_a_rate(event: RateReset, standing: Standing) -> tuple[Again, ...]:
    """A rate nobody has set leaves what is to be paid unknown."""
    return whole(standing.requests[name] for name in standing.open_on_note.of(event.cusip))


def of_an_acceleration(event: NotesAccelerated, standing: Standing) -> tuple[Again, ...]:
    """Notes that were not declared due keep their option."""
    notes = standing.turned_away.keys() if event.cusip is None else (event.cusip,)
    return whole(standing.requests[name] for cusip in notes for name in standing.turned_away.of(cusip))


def of_nobody(event: Event, standing: Standing) -> tuple[Again, ...]:
    """Leave every request as it stands."""
    return ()


def _with_whom_it_shares(request: Request, standing: Standing) -> Iterator[Request]:
    """Walk through the requests that share a position, an owner's principal, a limit or papers with one."""
    yield from _on_the_position(request, standing)
    yield from _waiting(standing)
    if request.asked.owner_ref is None:
        return
    for name in standing.of_owner.of(request.asked.owner_ref):
        other = standing.requests[name]
        is_registered = other.shares_papers and other.asked.registration == request.asked.registration
        if is_registered or other.cusip == request.cusip:
            yield other


def _on_the_position(request: Request, standing: Standing) -> Iterator[Request]:
    key = position_key(request.cusip, request.asked)
    return (standing.requests[name] for name in (standing.on_position.of(key) if key else ()))


def _waiting(standing: Standing) -> Iterator[Request]:
    """Walk through what waits, and what waited once and was let in later: the years after its own."""
    yield from standing.in_queue()
    years: Iterable[int] = standing.opened
    for year in years:
        for name in standing.accepted_in.of(year):
            request = standing.requests[name]
            if request.counts_from < date(year, 1, 1):
                yield request


def _registered_with(request: Request, standing: Standing) -> Iterator[Request]:
    """Walk through the requests of the same owner that share papers with one."""
    if request.asked.owner_ref is None:
        return
    for name in standing.of_owner.of(request.asked.owner_ref):
        other = standing.requests[name]
        if other.shares_papers and other.asked.registration == request.asked.registration:
            yield other
