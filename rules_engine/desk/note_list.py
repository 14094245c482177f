"""The notes of the rule book: their terms, the next days that matter, and what the ledger has of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rules_engine.deciding.schedule import Schedule
from rules_engine.desk.day import latest_day
from rules_engine.errors import RulesEngineError
from rules_engine.host import Host
from rules_engine.host.opening import Scheduled
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.notes import Note
from rules_engine.standing.standing import Standing

STANDS, CALLED, REDEEMED, MATURED, ACCELERATED = "stands", "called", "redeemed", "matured", "accelerated"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedNote:
    """A note with what becomes of it.

    `next_interest_on` is scheduled, and cash moves on `next_pay_on`; `callable_from` is the next redemption date of its
    call. Each is None where there is none, or no day is given to count from. `state` is `stands`, `called` (for
    `ends_on`), `redeemed`, `matured` or `accelerated`. `rules` is the edition its survivor's option is decided by,
    empty where none is.
    """

    cusip: str
    programme: str
    title: str
    series: str
    kind: str
    coupon: Decimal
    frequency: str
    issue_date: date
    maturity: date
    survivors_option: bool
    state: str
    ends_on: date
    next_interest_on: date | None
    next_pay_on: date | None
    callable_from: date | None
    open_requests: int
    rules: str
    provisional: bool
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesWanted:
    """Which notes are wanted; what is None keeps none out. `search` is found in CUSIP, title or series."""

    programme: str | None = None
    search: str | None = None
    survivors_option: bool | None = None
    on_ledger: bool = False

    def has(self, note: Note) -> bool:
        """Tell whether a note is one of them."""
        text = f"{note.cusip} {note.title} {note.series} {note.programme}".lower()
        return (
            self.programme in (None, note.programme, note.programme.partition("/")[0])
            and (self.search is None or self.search.lower() in text)
            and self.survivors_option in (None, note.survivors_option)
        )


def note_list(host: Host, wanted: NotesWanted | None = None, *, on: date | None = None) -> Iterator[ListedNote]:
    """List notes by programme and maturity; `on` is by default the latest business date on the ledger."""
    wanted = wanted or NotesWanted()
    day, on_ledger = on or latest_day(host.ledger), host.ledger.heads()
    notes = sorted(host.book.notes.values(), key=lambda note: (note.programme, note.maturity, note.cusip))
    for note in notes:
        if wanted.has(note) and (note.programme in on_ledger or not wanted.on_ledger):
            with host.ledger.undisturbed():
                standing = host.ledger.standing(note.programme) if note.programme in on_ledger else None
                listed = listed_note(host, note, standing, day)
            yield listed


def listed_note(host: Host, note: Note, standing: Standing | None, day: date | None) -> ListedNote:
    """Give one note as it stands on a day."""
    found = host.schedule(note.cusip)
    schedule = found.schedule if isinstance(found, Scheduled) else None
    state, ends_on = _state(note, standing, day)
    next_on = _next_interest(schedule, day) if state in (STANDS, CALLED) else None
    rule_set = host.book.rule_set(note.programme, "survivors option", note.issue_date)
    rests_on = [rule_set.status if rule_set else ""]
    if isinstance(found, Scheduled):
        rests_on.append(found.days.status)
    return ListedNote(
        cusip=note.cusip,
        programme=note.programme,
        title=note.title,
        series=note.series,
        kind=note.kind,
        coupon=note.coupon,
        frequency=note.frequency.value,
        issue_date=note.issue_date,
        maturity=note.maturity,
        survivors_option=note.survivors_option,
        state=state,
        ends_on=ends_on,
        next_interest_on=next_on,
        next_pay_on=_pay_on(schedule, next_on),
        callable_from=_next_call(schedule, day) if state == STANDS else None,
        open_requests=len(standing.open_on_note.of(note.cusip)) if standing else 0,
        rules=rule_set.edition if rule_set else "",
        provisional="draft" in rests_on,
        fault="" if isinstance(found, Scheduled) else found.because,
    )


def _state(note: Note, standing: Standing | None, day: date | None) -> tuple[str, date]:
    if standing is not None:
        if ended := standing.ended_notes.get(note.cusip):
            return (MATURED if ended.matured else REDEEMED), ended.on
        if standing.is_accelerated(note.cusip):
            return ACCELERATED, note.maturity
        redeemed_on = standing.redeemed_on(note.cusip)
        if redeemed_on is not None:
            return CALLED, redeemed_on
    return (MATURED if day is not None and note.maturity < day else STANDS), note.maturity


def _next_interest(schedule: Schedule | None, day: date | None) -> date | None:
    if schedule is None or day is None or schedule.note.pays_no_interest or schedule.note.maturity < day:
        return None
    return schedule.first_interest_date(day)


def _pay_on(schedule: Schedule | None, due_on: date | None) -> date | None:
    if schedule is None or due_on is None:
        return None
    try:
        return schedule.pay_on(due_on, PaymentKind.INTEREST)
    except RulesEngineError:
        return None


def _next_call(schedule: Schedule | None, day: date | None) -> date | None:
    if schedule is None or day is None:
        return None
    try:
        return next((each for each in schedule.call_dates if each >= day), None)
    except RulesEngineError:
        return None
