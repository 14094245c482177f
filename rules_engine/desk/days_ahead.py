"""What must happen by when: notices, record dates, papers, repayments, questions, years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

from rules_engine.dates.redemptions import last_notice_day
from rules_engine.deciding.schedule import Schedule
from rules_engine.desk.cash_days import DAYS_AHEAD, LONGEST_MOVE
from rules_engine.desk.day import latest_day, schedule_of, standings
from rules_engine.desk.work_queue import Wanted, work_queue
from rules_engine.desk.year_ahead import next_year
from rules_engine.errors import RulesEngineError
from rules_engine.host import Host
from rules_engine.model.notes import Note
from rules_engine.standing.standing import Standing

LONGEST_NOTICE = timedelta(days=100)
"""No notice that was read has to be given longer before a redemption."""


class DayKind(StrEnum):
    """What kind of day it is."""

    NOTICE = "notice"
    RECORD_DATE = "record date"
    PAPERS = "papers"
    REPAYMENT = "repayment"
    QUESTION = "question"
    REDEMPTION = "redemption"
    MATURITY = "maturity"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayAhead:
    """A day by which, or on which, something has to happen; a request is named where it is about one.

    `is_overdue` says that it has passed and the thing has not happened.
    """

    on: date
    kind: DayKind
    what: str
    programme: str
    cusip: str = ""
    request_id: str = ""
    is_overdue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysWanted:
    """Which days are wanted, the first and the last included; what is None keeps none out."""

    first: date | None = None
    last: date | None = None
    programme: str | None = None
    cusip: str | None = None
    kinds: frozenset[DayKind] = frozenset(DayKind)


def days_ahead(host: Host, wanted: DaysWanted | None = None) -> list[DayAhead]:
    """List days in their order, those overdue first.

    The first day is by default the latest business date on the ledger, the last one a month later. On a ledger without
    entries a first day has to be given; without one the list is empty.
    """
    wanted = wanted or DaysWanted()
    first = wanted.first or latest_day(host.ledger)
    if first is None:
        return []
    last = wanted.last or first + timedelta(days=DAYS_AHEAD)
    found = [*_of_requests(host, wanted, first), *_of_years(host, wanted, first), *_of_notes(host, wanted, first, last)]
    return sorted(
        (day for day in found if day.kind in wanted.kinds and (day.is_overdue or first <= day.on <= last)),
        key=lambda day: (day.on, day.kind, day.programme, day.cusip, day.request_id),
    )


def _of_requests(host: Host, wanted: DaysWanted, day: date) -> Iterator[DayAhead]:
    """List what requests wait for: repayments, papers, a person's decision."""
    for request in work_queue(host, Wanted(programme=wanted.programme, cusip=wanted.cusip), on=day):
        day_ahead = partial(DayAhead, programme=request.programme, cusip=request.cusip, request_id=request.request_id)
        for each in request.repayments:
            if each.open.cents:
                on = each.pay_on or each.due_on
                yield day_ahead(on=on, kind=DayKind.REPAYMENT, what=f"repay {each.open}", is_overdue=each.is_overdue)
        if request.questions:
            yield day_ahead(on=day, kind=DayKind.QUESTION, what=" ".join(request.to_decide))
        if request.deadline and request.deadline.papers:
            missing = f": {', '.join(request.missing)}" if request.missing else ""
            yield day_ahead(on=request.deadline.on, kind=DayKind.PAPERS, what=f"{request.deadline.what}{missing}")


def _of_years(host: Host, wanted: DaysWanted, day: date) -> Iterator[DayAhead]:
    """List the years to be opened for what limits keep waiting."""
    if wanted.cusip is not None:
        return
    for standing in standings(host, wanted.programme):
        year = next_year(standing)
        if year is not None:
            on = date(year, 1, 1)
            count = sum(1 for _ in standing.in_queue())
            what = f"report the outstanding principal, elect limits and open {year}: {_counted(count)} for it"
            yield DayAhead(on=on, kind=DayKind.YEAR, what=what, programme=standing.programme, is_overdue=on < day)


def _counted(count: int) -> str:
    return "1 request waits" if count == 1 else f"{count:,} requests wait"


def _of_notes(host: Host, wanted: DaysWanted, first: date, last: date) -> Iterator[DayAhead]:
    known = host.ledger.heads()
    for note in host.book.notes.values():
        if wanted.programme not in (None, note.programme) or wanted.cusip not in (None, note.cusip):
            continue
        if not (note.issue_date <= last and note.maturity >= first):
            continue
        with host.ledger.undisturbed():
            standing = host.ledger.standing(note.programme) if note.programme in known else Standing(note.programme)
            schedule = schedule_of(host, note.cusip, standing)
            days = [] if schedule is None else list(_of_note(note, schedule, standing, first, last))
        yield from days


def _of_note(note: Note, schedule: Schedule, standing: Standing, first: date, last: date) -> Iterator[DayAhead]:
    if note.cusip in standing.ended_notes:
        return
    redeemed_on = standing.redeemed_on(note.cusip)
    day_ahead = partial(DayAhead, programme=note.programme, cusip=note.cusip)
    for call in standing.calls.get(note.cusip, ()):
        whole = "the whole note" if call.principal == "all" else str(call.principal)
        yield day_ahead(on=call.redeem_on, kind=DayKind.REDEMPTION, what=f"{whole} is redeemed")
    if redeemed_on is None:
        yield day_ahead(on=note.maturity, kind=DayKind.MATURITY, what="the note matures")
        for redeem_on, notice_on in _notices(schedule, first, last):
            what = f"last day for notice of a redemption on {redeem_on}"
            yield day_ahead(on=notice_on, kind=DayKind.NOTICE, what=what)
    for due_on, record_on in _records(schedule, first, last):
        if redeemed_on is None or due_on <= redeemed_on:
            what = f"holders of this day get the interest due on {due_on}"
            yield day_ahead(on=record_on, kind=DayKind.RECORD_DATE, what=what)


def _notices(schedule: Schedule, first: date, last: date) -> Iterator[tuple[date, date]]:
    notice = schedule.note.call.notice if schedule.note.call else None
    if notice is None:
        return
    for day in _between(_call_dates(schedule), first, last + LONGEST_NOTICE):
        try:
            on = last_notice_day(day, notice, schedule.calendar)
        except RulesEngineError:  # the calendar does not cover the year
            return
        if first <= on <= last:
            yield day, on


def _call_dates(schedule: Schedule) -> tuple[date, ...]:
    try:
        return schedule.call_dates
    except RulesEngineError:
        return ()


def _records(schedule: Schedule, first: date, last: date) -> Iterator[tuple[date, date]]:
    if schedule.note.pays_no_interest:
        return
    for due_on in _between(schedule.interest_dates[:-1], first - LONGEST_MOVE, last + LONGEST_NOTICE):
        try:
            record_on = schedule.record_on(due_on)
        except RulesEngineError:
            return
        if record_on is not None and first <= record_on <= last:
            yield due_on, record_on


def _between(days: Iterable[date], first: date, last: date) -> Iterator[date]:
    return (day for day in days if first <= day <= last)
