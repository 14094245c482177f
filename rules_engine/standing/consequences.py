"""What an answered event means for requests answered earlier: which of them are decided again, and as of when.

Every function reads the standing as it was before the event, and lists only requests whose answer the event can change,
found by key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto

from rules_engine.model.codes import Code
from rules_engine.model.decisions import Decision, Finding, Outcome, Question
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.events import (
    CallNoticed,
    CallRescinded,
    DocumentsReceived,
    Event,
    LimitsElected,
    LotteryDrawn,
    NotesAccelerated,
    OutstandingReported,
    PaymentMade,
    PositionReported,
    RateReset,
    SurvivorsOptionRequested,
    YearOpened,
)
from rules_engine.model.money import Money
from rules_engine.standing.folding import election_of, notice_for, opened_on
from rules_engine.standing.positions import PositionKey, position_key
from rules_engine.standing.requests import Request
from rules_engine.standing.standing import Registered, Standing


class How(Enum):
    """How a request is answered again."""

    REST = auto()
    """What still waits of it is decided, as of a day."""
    WHOLE = auto()
    """All that is not paid is decided anew, as of its own day."""
    FOUND = auto()
    """It is answered by a finding, without asking the rules."""


MAY_PAY = frozenset({Outcome.ACCEPTED, Outcome.CARRIED_OVER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A request to be answered again because of an event.

    `on` is the day what waits is decided as of; None is its own day. `finding` answers without asking the rules, with
    the `question` it opens or the principal it takes back (`cut`). `only_if` lists the outcomes worth an answer, and
    `if_changed` asks for one that accepts some of what waits, or changes how much does; any other leaves it as it was.
    `by` is the call whose doing it has to be: an answer that would be the same without it is none. `beside` says that
    it was decided before the event came, and is not answered: it stands beside the others while they are tried. `sure`
    says that what the event takes back made it stand as it does, whatever else would have done so since.
    """

    request_id: str
    how: How
    on: date | None = None
    finding: Finding | None = None
    question: Question | None = None
    cut: Money | None = None
    only_if: frozenset[Outcome] = frozenset(Outcome)
    if_changed: bool = False
    by: CallNoticed | None = None
    beside: bool = False
    sure: bool = False


def rate_missing(period_start: date) -> str:
    """Name the event that is missing while the index of a period is not set."""
    return f"rate_reset for the period starting {period_start}"


def election_missing(year: int) -> str:
    """Name the event that is missing while nobody has said which limits bind in a year."""
    return f"limits_elected for {year}"


def whole(requests: Iterable[Request]) -> tuple[Again, ...]:
    """Decide requests anew, in the order of their own days and then of receipt; answer those whose answer changes."""
    unique = {request.request_id: request for request in requests}.values()
    ordered = sorted(unique, key=lambda each: (each.counts_from, each.tendered))
    return tuple(Again(request_id=request.request_id, how=How.WHOLE) for request in ordered)


def none_again(event: Event, decision: Decision, standing: Standing) -> tuple[Again, ...]:
    """Leave every request as it stands."""
    return ()


def papers_came(
    event: SurvivorsOptionRequested | DocumentsReceived, decision: Decision, standing: Standing
) -> tuple[Again, ...]:
    """Ask again for the owner's other requests under the same registration whose last missing paper came just now."""
    papers, earlier = event.documents or frozenset(), standing.live(event.request_id)
    asked = earlier.asked if earlier else event
    if not papers or not isinstance(asked, SurvivorsOptionRequested) or not (asked.owner_ref and asked.registration):
        return ()
    registered = Registered(asked.owner_ref, asked.registration)
    waiting = dict.fromkeys(name for paper in papers for name in standing.waiting_for_paper.of((registered, paper)))
    waiting.pop(event.request_id, None)
    complete = (
        request
        for request in standing.in_order(tuple(waiting))
        if all(missing in papers or standing.papers.of((registered, missing)) for missing in request.missing)  # type: ignore[arg-type]  # a word no paper has counts none
    )
    return tuple(
        Again(
            request_id=request.request_id,
            how=How.REST,
            on=max(request.counts_from, event.received_on),
            only_if=MAY_PAY,
        )
        for request in complete
    )


def year_opened(event: YearOpened, decision: Decision, standing: Standing) -> tuple[Again, ...]:
    """Ask again for what limits kept out, first tendered first."""
    if decision.outcome is not Outcome.RECORDED:
        return ()
    on = opened_on(event)
    kept_out = (request for request in standing.in_queue() if request.kept_out_in <= event.year)
    return tuple(Again(request_id=request.request_id, how=How.REST, on=on) for request in kept_out)


def outstanding_reported(event: OutstandingReported, decision: Decision, standing: Standing) -> tuple[Again, ...]:
    """Ask again for what waits for a report of the base of its limit."""
    if decision.outcome is not Outcome.RECORDED:
        return ()
    waiting = standing.waiting_for_report.of(event.as_of.year + 1)
    return tuple(
        Again(
            request_id=request.request_id,
            how=How.REST,
            on=within_its_year(event.received_on, request, standing),
            if_changed=True,
        )
        for request in standing.in_order(waiting)
    )


def within_its_year(day: date, request: Request, standing: Standing) -> date:
    """Give the day, within the year in which a request waits, that counts for principal let in on a day.

    It is neither before the request's own day nor before that year was opened.
    """
    year = request.kept_out_in or request.counts_from.year
    opened = standing.opened.get(year)
    first = request.counts_from if opened is None else max(request.counts_from, opened.on)
    return max(first, min(day, date(year, 12, 31)))


def limits_elected(event: LimitsElected, decision: Decision, standing: Standing) -> tuple[Again, ...]:
    """Ask again for what waits to know this year's limits, and for what the limits of this year have kept out."""
    if decision.outcome is not Outcome.RECORDED or _was_elected(event, standing):
        return ()
    opened = standing.opened.get(event.year)
    silent = standing.in_order(standing.waiting_for.of(election_missing(event.year)))
    again = [
        Again(request_id=request.request_id, how=How.REST, on=max(event.received_on, opened.on))
        for request in silent
        if opened is not None
    ]
    if standing.election(event.year) is not None:
        named = {request.request_id for request in silent}
        again += [
            Again(
                request_id=request.request_id,
                how=How.REST,
                on=within_its_year(event.received_on, request, standing),
                if_changed=True,
            )
            for request in standing.in_queue()
            if request.kept_out_in == event.year and request.request_id not in named
        ]
    return tuple(again)


def _was_elected(event: LimitsElected, standing: Standing) -> bool:
    """Tell whether what an event elects is what stands already."""
    stands = standing.elections.standing(event.year)
    if event.owner_ref is not None:
        stands = standing.owners_elections.standing((event.year, event.owner_ref))
    return stands == election_of(event)


def rate_set(event: RateReset, decision: Decision, standing: Standing) -> tuple[Again, ...]:
    """Ask again for requests that waited for the rate of this period, and now wait for nothing or for other things."""
    if decision.outcome is not Outcome.RECORDED:
        return ()
    waiting = standing.in_order(standing.waiting_for.of(rate_missing(event.period_start)))
    return tuple(
        Again(request_id=request.request_id, how=How.REST, on=within_its_year(event.received_on, request, standing))
        for request in waiting
        if request.cusip == event.cusip
    )


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
