"""Taking an event back: which requests its absence can change, listed from the standing as it was before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from rules_engine.model.codes import Code
from rules_engine.model.decisions import Finding, Outcome
from rules_engine.model.events import (
    CallNoticed,
    CallRescinded,
    Event,
    LimitsElected,
    LotteryDrawn,
    NotesAccelerated,
    OutstandingReported,
    PaymentMade,
    PaymentReturned,
    PositionReported,
    RateReset,
    SurvivorsOptionRequested,
    YearOpened,
)
from rules_engine.standing.consequences_of_calls import overtaken, taken_back
from rules_engine.standing.deciding_again import Again, How, whole
from rules_engine.standing.positions import position_key
from rules_engine.standing.requests import (
    Request,
)
from rules_engine.standing.standing import Standing
from rules_engine.standing.voiding import AboutOne


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
