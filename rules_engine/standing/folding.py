"""From entries to a standing: what each recorded answer changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from rules_engine.model.codes import Code
from rules_engine.model.decisions import Decision, Outcome
from rules_engine.model.event_words import PaymentKind, PersonsAnswer
from rules_engine.model.events import (
    CallNoticed,
    CallRescinded,
    DocumentsReceived,
    Event,
    FaultMended,
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
from rules_engine.model.limits import Covers, Limit
from rules_engine.model.money import Money
from rules_engine.standing.answers import answered, paid, returned
from rules_engine.standing.contributing import keep
from rules_engine.standing.journal import Queue
from rules_engine.standing.limits import PROGRAMME, Election, Scope
from rules_engine.standing.own_day import day_of
from rules_engine.standing.positions import (
    Move,
    PositionKey,
    Report,
    believed,
    is_held_already,
    moved,
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
from rules_engine.standing.standing import Lot, LotKey, NoteEnded, Opened, Standing

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
    before, request = request, with_reported(request, event, standing)
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
    return replace(request, waivers=(*request.waivers, waiver))


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
    move(standing, key, Move(event_id=event.event_id, on=on, principal=principal, redeemed=False))


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
    move(standing, key, Move(event_id=event.event_id, on=on, principal=principal, redeemed=True))


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


# The programme


def limits_elected(standing: Standing, event: LimitsElected, decision: Decision) -> None:
    """Let what an issuer elected for a year stand; an amount for one owner stands beside what binds everybody."""
    if decision.outcome is not Outcome.RECORDED:
        return
    election = election_of(event)
    if event.owner_ref is None:
        standing.elections.state(event.year, event.event_id, election)
        return
    standing.owners_elections.state((event.year, event.owner_ref), event.event_id, election)
    standing.implied_elections.state(event.year, event.event_id, replace(election, amounts=()))


def election_of(event: LimitsElected) -> Election:
    """Give what an event elects, limit by limit; where nothing else is said, `annual` speaks for series and issue."""
    applied = {
        Limit.INDIVIDUAL: event.individual,
        Limit.ANNUAL: event.annual,
        Limit.SERIES: event.annual if event.series_limit is None else event.series_limit,
        Limit.ISSUE: event.annual if event.issue_limit is None else event.issue_limit,
    }
    amounts = {
        Limit.INDIVIDUAL: event.individual_amount,
        Limit.ANNUAL: event.annual_amount,
        Limit.SERIES: event.series_amount,
        Limit.ISSUE: event.issue_amount,
    }
    return Election(
        applied=frozenset(limit for limit, applies in applied.items() if applies),
        amounts=tuple((limit, amount) for limit, amount in amounts.items() if amount is not None),
    )


def outstanding_reported(standing: Standing, event: OutstandingReported, decision: Decision) -> None:
    """Put the base of a limit on record."""
    if decision.outcome is not Outcome.RECORDED:
        return
    scope = scope_of(event)
    if (scope, event.as_of) not in standing.outstanding:
        if scope not in standing.reported_days:
            standing.reported_days.put(scope, Queue(standing.journal))
        standing.reported_days[scope].add(event.as_of)
    standing.outstanding.state((scope, event.as_of), event.event_id, event.principal)


def scope_of(event: OutstandingReported) -> Scope:
    """Name what a report is about: the programme, one series, or one note."""
    if event.cusip is not None:
        return Scope(Covers.ISSUE, event.cusip)
    return PROGRAMME if event.series is None else Scope(Covers.SERIES, event.series)


def year_opened(standing: Standing, event: YearOpened, decision: Decision) -> None:
    """Open a year."""
    if decision.outcome is Outcome.RECORDED:
        standing.opened.put(event.year, Opened(by=event.event_id, on=opened_on(event)))


def opened_on(event: YearOpened) -> date:
    """Give the day from which what waited counts in the year opened."""
    return max(event.received_on, date(event.year, 1, 1))


def rate_reset(standing: Standing, event: RateReset, decision: Decision) -> None:
    """Put the index of one period on record."""
    if decision.outcome is not Outcome.RECORDED:
        return
    standing.rate_periods.add(event.cusip, event.period_start)
    standing.rates.state((event.cusip, event.period_start), event.event_id, event.index_rate)


def notes_accelerated(standing: Standing, event: NotesAccelerated, decision: Decision) -> None:
    """Put on record that notes were declared due."""
    if decision.outcome is Outcome.RECORDED:
        standing.accelerated.state(event.cusip or "", event.event_id, event.declared_on)


def nothing_changes(standing: Standing, event: Event, decision: Decision) -> None:
    """Leave the standing as it was: the event was a question."""
