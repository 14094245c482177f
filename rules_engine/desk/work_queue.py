"""The work queue: requests as they stand, each with what it waits for, who decides it, and until when."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rules_engine.deciding.questions import question_aloud
from rules_engine.deciding.schedule import Schedule
from rules_engine.desk.day import pay_day, schedule_of, standings
from rules_engine.desk.recorded_answers import last_decision
from rules_engine.errors import RulesEngineError
from rules_engine.host import Host
from rules_engine.host.request_list import states_named
from rules_engine.model.decisions import Question
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.money import Money
from rules_engine.rulebook.option_terms import OptionTerms, RepaidOn
from rules_engine.standing.requests import Request, RequestState
from rules_engine.standing.standing import Standing

EXPLAINED = frozenset({RequestState.PENDED, RequestState.REFERRED, RequestState.REJECTED, RequestState.CARRIED_OVER})
"""States of which the queue says why a request is in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The next day that matters to a request, and what happens on it; `papers` says that papers must be in by then."""

    on: date
    what: str
    papers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRepayment:
    """Principal of a request that falls due on one day; `pay_on` is None where no calendar says when cash moves."""

    due_on: date
    pay_on: date | None
    principal: Money
    paid: Money
    open: Money
    is_overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRequest:
    """A request as of a day.

    `days_old` counts calendar days since it was received. `unpaid` is principal accepted and not yet repaid, `waiting`
    what limits or missing reports keep out, of which `carried_over` waits for a limit. `why` tells why it is not
    accepted, each reason with its clause; `to_decide` is what a person has to decide. `deadline` is None where no day
    is set, or the rules for its note cannot be used.
    """

    programme: str
    request_id: str
    cusip: str
    owner_ref: str
    account_ref: str
    state: str
    is_open: bool
    received_on: date
    counts_from: date
    days_old: int
    requested: Money
    accepted: Money
    paid: Money
    unpaid: Money
    waiting: Money
    carried_over: Money
    missing: tuple[str, ...]
    why: tuple[str, ...]
    questions: tuple[Question, ...]
    to_decide: tuple[str, ...]
    repayments: tuple[DeskRepayment, ...]
    is_overdue: bool
    deadline: Deadline | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which requests are wanted; what is None keeps none out.

    Only open requests are, unless `finished` or a state that is over is asked for. `due_by` keeps those of which
    something has to happen, or cash to move, by that day.
    """

    programme: str | None = None
    cusip: str | None = None
    owner_ref: str | None = None
    states: Collection[str] | None = None
    due_by: date | None = None
    finished: bool = False


def work_queue(host: Host, wanted: Wanted | None = None, *, on: date | None = None) -> Iterator[DeskRequest]:
    """List the requests of each programme, first tendered first.

    `on` is the day ages and deadlines are counted from; by default the latest business date the programme has recorded.
    Raises ValueError for a state that does not exist.
    """
    wanted = wanted or Wanted()
    states = states_named(wanted.states)
    for standing in standings(host, wanted.programme):
        day = on or standing.latest_received_on
        if day is None:
            continue
        for request in sorted(standing.requests.values(), key=lambda request: request.tendered):
            if not _is_wanted(request, wanted, states):
                continue
            # what was asked before its note was known may stand under a programme since
            if not standing.programme and host.stands_under(request.request_id) != standing.programme:
                continue
            listed = request_at_desk(host, request, standing, day)
            if wanted.due_by is None or _is_due_by(listed, wanted.due_by):
                yield listed


def _is_wanted(request: Request, wanted: Wanted, states: frozenset[RequestState] | None) -> bool:
    if states is None and not (request.is_open or wanted.finished):
        return False
    return (
        (states is None or request.state in states)
        and wanted.cusip in (None, request.cusip)
        and wanted.owner_ref in (None, request.asked.owner_ref)
    )


def _is_due_by(listed: DeskRequest, day: date) -> bool:
    repaid = (each.pay_on or each.due_on for each in listed.repayments if each.open.cents)
    return any(on <= day for on in (*repaid, *([listed.deadline.on] if listed.deadline else [])))


def request_at_desk(host: Host, request: Request, standing: Standing, day: date) -> DeskRequest:
    """Give one request as it stands on a day."""
    schedule = schedule_of(host, request.cusip, standing)
    repayments = tuple(_repayments(request, schedule, day))
    return DeskRequest(
        programme=standing.programme,
        request_id=request.request_id,
        cusip=request.cusip,
        owner_ref=request.asked.owner_ref or "",
        account_ref=request.asked.account_ref or "",
        state=request.state.value,
        is_open=request.is_open,
        received_on=request.made.received_on,
        counts_from=request.counts_from,
        days_old=(day - request.made.received_on).days,
        requested=request.made.principal,
        accepted=request.accepted,
        paid=request.paid,
        unpaid=request.to_be_paid,
        waiting=request.waiting + request.pended,
        carried_over=request.waiting,
        missing=request.missing if request.state in (RequestState.PENDED, RequestState.REFERRED) else (),
        why=_why(host, request) if request.state in EXPLAINED else (),
        questions=request.questions if request.is_open else (),
        to_decide=tuple(map(question_aloud, request.questions)) if request.is_open else (),
        repayments=repayments,
        is_overdue=any(each.is_overdue for each in repayments),
        deadline=_deadline(request, schedule, host.option_terms(request.cusip), standing, day),
    )


def _repayments(request: Request, schedule: Schedule | None, day: date) -> Iterator[DeskRepayment]:
    """List what was accepted, each with its own day; once a request is over, only what was paid."""
    for each in request.repayments:
        is_due = request.ending is None and bool(each.open.cents)
        if not (is_due or each.paid.cents):
            continue
        pay_on = pay_day(schedule, each.due_on, PaymentKind.REPAYMENT)
        yield DeskRepayment(
            due_on=each.due_on,
            pay_on=pay_on,
            principal=each.principal,
            paid=each.paid,
            open=each.open if is_due else Money.from_cents(0),
            is_overdue=is_due and (pay_on or each.due_on) < day,
        )


def _why(host: Host, request: Request) -> tuple[str, ...]:
    """Give the reasons of the last answer that accepted nothing more."""
    last = last_decision(host.ledger, request.request_id)
    return () if last is None else tuple(f"{each.because} [{each.cite}]" for each in last.decisive)


def _deadline(
    request: Request, schedule: Schedule | None, terms: OptionTerms | None, standing: Standing, day: date
) -> Deadline | None:
    """Find the next day that matters: a repayment, the papers' last day for the next one, or a year opened."""
    if not request.is_open:
        return None
    if request.unpaid:
        due_on = min(repayment.due_on for repayment in request.unpaid)
        stopped = ", but stopped until a person decides" if request.questions else ""
        return Deadline(on=due_on, what=f"repayment is due{stopped}")
    if request.waiting.cents and not request.missing:
        year = max(request.kept_out_in, standing.last_opened or 0) + 1
        return Deadline(on=date(year, 1, 1), what=f"decided again when {year} is opened")
    if schedule is None or terms is None:
        return None
    try:
        return _last_day_for_papers(day, request.cusip, schedule, terms, standing)
    except RulesEngineError:  # the calendar does not cover the year
        return None


def _last_day_for_papers(
    day: date, cusip: str, schedule: Schedule, terms: OptionTerms, standing: Standing
) -> Deadline | None:
    """Find the last day on which papers still bring the next repayment the note leaves time for."""
    if terms.repaid_on is not RepaidOn.INTEREST_DATE:
        return None
    days = terms.days_after_acceptance
    repaid_on = schedule.first_interest_date(day + timedelta(days=days))
    redeemed_on = standing.redeemed_on(cusip)
    if redeemed_on is not None and repaid_on >= redeemed_on:
        return Deadline(on=redeemed_on, what="the note is redeemed, and no repayment is possible before", papers=True)
    if repaid_on == schedule.note.maturity:
        return Deadline(on=repaid_on, what="the note matures", papers=True)
    return Deadline(
        on=repaid_on - timedelta(days=days),
        what=f"papers complete by then are repaid on {repaid_on.isoformat()}",
        papers=True,
    )
