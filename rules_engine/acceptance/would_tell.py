"""Events that would tell a changed rule book from the one it was: what a scenario has to be written about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rules_engine.acceptance.desk import COMPLETE, Draft
from rules_engine.acceptance.expecting import reasons
from rules_engine.acceptance.mutants import Mutant
from rules_engine.acceptance.mutating import Mutation
from rules_engine.acceptance.scenario_runs import events_of
from rules_engine.acceptance.trials import Trial
from rules_engine.dates.months import add_months
from rules_engine.deciding.schedule import Schedule
from rules_engine.errors import EventError
from rules_engine.host.in_use import InUse
from rules_engine.host.opening import Scheduled
from rules_engine.model.decisions import Decision
from rules_engine.model.event_words import LISTS, PaymentKind
from rules_engine.model.notes import Note

MOST = 600
"""How many events are tried for one mutant."""

_DAYS = (1, -1, 2, -2, 31, -31)
_MONTHS = (1, -1, 6, -6, 12, -12)
_AMOUNTS = (1, -1, 100_00, -100_00, 100 * 1_000, -100 * 1_000)
"""By how many cents an amount is varied."""

_NEVER_VARIED = ("type", "event_id", "request_id", "notice_id", "cusip", "programme", "owner_ref", "account_ref")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Events of which the last is decided otherwise by a changed rule book; `scenario` is where the others come from.

    `decided` and `otherwise` are the two answers in lines: the outcome, then each finding with its reason.
    """

    events: tuple[Draft, ...]
    decided: tuple[str, ...]
    otherwise: tuple[str, ...]
    scenario: str = ""


def what_would_tell(mutation: Mutation, mutant: Mutant, *, most: int = MOST) -> Telling | None:
    """Look for an event that a mutant decides otherwise; None where none of `most` events tried does.

    First come the events of scenarios as they are, of which no step looked at what differs; then the last event of each
    with one thing in it another; then what falls due on the notes.
    """
    left = most
    for issuer, changed in mutation.changed_book(mutant):
        base = mutation.base
        histories = [(each.place, events_of(each, base)) for each in mutation.likely(mutant, issuer)]
        for events, scenario in _tries(histories, base, mutation.notes_of(issuer, mutant)):
            if left <= 0:
                return None
            left -= 1
            if found := _differing(events, base, changed):
                at, decided, otherwise = found
                return Telling(events=events[: at + 1], decided=decided, otherwise=otherwise, scenario=scenario)
    return None


def _tries(
    histories: Sequence[tuple[str, tuple[Draft, ...]]], base: InUse, notes: Iterable[Note]
) -> Iterator[tuple[tuple[Draft, ...], str]]:
    for place, events in histories:
        yield events, place
    for note in notes:
        for event in _about(note, base):
            yield (event,), ""
    for place, events in histories:
        if events:
            for varied in _varied(events[-1]):
                yield (*events[:-1], varied), place


def _differing(
    events: Sequence[Draft], base: InUse, changed: InUse
) -> tuple[int, tuple[str, ...], tuple[str, ...]] | None:
    """Give the place of the first event that two books decide otherwise, and both answers."""
    one, other = Trial(base), Trial(changed)
    for place, event in enumerate(events):
        text = json.dumps(event)
        try:
            first, second = one.answer(one.read_event(text)), other.answer(other.read_event(text))
        except EventError:
            return None
        if [_seen(each) for each in first] != [_seen(each) for each in second]:
            at = next((n for n, (a, b) in enumerate(zip(first, second, strict=False)) if _seen(a) != _seen(b)), 0)
            return place, _lines(first[at]), _lines(second[at])
    return None


def _seen(decision: Decision) -> tuple[Any, ...]:
    """Give what a step of a scenario can look at."""
    money = (decision.accepted, decision.carried_over, decision.pended, decision.not_accepted, decision.taken_back)
    found = tuple((each.outcome, each.name, each.because, each.missing) for each in decision.findings)
    return decision.outcome, money, decision.request_id, found, decision.questions, decision.payment


def _lines(decision: Decision) -> tuple[str, ...]:
    paid = decision.payment
    if paid is None:
        return reasons(decision)
    total = (
        f"{paid.total}" if paid.total is not None else f"{paid.per_1000[1]} for each $1,000" if paid.per_1000 else ""
    )
    return (*reasons(decision), f"{total} is paid on {paid.pay_on}, due on {paid.due_on}")


def _varied(event: Draft) -> Iterator[Draft]:
    """Give an event with one thing in it another, in turn."""
    for field, value in event.items():
        if field in _NEVER_VARIED:
            continue
        for other in _others(field, value):
            yield {**event, field: other}
        if field not in ("received_on", "principal"):
            yield {name: each for name, each in event.items() if name != field}


def _others(field: str, value: Any) -> Iterable[Any]:
    if field == "documents":
        return [[each for each in value if each != one] for one in value] + [
            [*value, each] for each in LISTS["documents"] if each not in value
        ]
    if field in LISTS:
        return [each for each in LISTS[field] if each != value]
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, str):
        return _other_texts(value)
    return ()


def _other_texts(value: str) -> Iterable[str]:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        whole, dot, cents = value.partition(".")
        if not (dot and whole.isdigit() and len(cents) == 2 and cents.isdigit()):
            return ()
        amounts = (int(whole + cents) + step for step in _AMOUNTS)
        return [f"{each // 100}.{each % 100:02}" for each in amounts if each > 0]
    days = [day + timedelta(days=step) for step in _DAYS] + [add_months(day, step) for step in _MONTHS]
    return [each.isoformat() for each in days]


def _about(note: Note, base: InUse) -> Iterator[Draft]:
    """Give events about a note: what falls due on it, a complete request, and calls of it on its first call date."""
    found = base.opener.schedule(note.cusip)
    if isinstance(found, Scheduled):
        yield from _payments(found.schedule, note)
    died_on = min(note.issue_date + timedelta(days=400), note.maturity - timedelta(days=120))
    yield {
        **COMPLETE,
        "type": "survivors_option_requested",
        "event_id": "event 1",
        "request_id": "request 1",
        "cusip": note.cusip,
        "principal": "10000.00",
        "position": "10000.00",
        "owner_ref": "owner 1",
        "acquired_on": note.issue_date.isoformat(),
        "occurred_on": died_on.isoformat(),
        "received_on": (died_on + timedelta(days=60)).isoformat(),
    }
    if note.call is not None:
        for days in (5, 10, 15, 20, 25, 29, 30, 31, 45, 60, 61):
            yield _call(note, note.call.first_on, days)
        for step in range(1, 14):
            yield _call(note, add_months(note.call.first_on, step), 45)
        for days in (-1, 1, 2):
            yield _call(note, note.call.first_on + timedelta(days=days), 45)


def _call(note: Note, redeem_on: date, days: int) -> Draft:
    noticed = (redeem_on - timedelta(days=days)).isoformat()
    return {
        "type": "call_noticed",
        "event_id": "event 1",
        "notice_id": "notice 1",
        "cusip": note.cusip,
        "redeem_on": redeem_on.isoformat(),
        "notice_given_on": noticed,
        "received_on": noticed,
        "principal": "all",
        "price": str(note.call.price) if note.call else "100",
        "notified": ["holders", "trustee"],
    }


def _payments(schedule: Schedule, note: Note) -> Iterator[Draft]:
    due = [(PaymentKind.INTEREST, day) for day in schedule.interest_dates]
    for kind, day in (*due, (PaymentKind.MATURITY, note.maturity)):
        yield {
            "type": "payment_due",
            "event_id": "event 1",
            "kind": kind.value,
            "cusip": note.cusip,
            "principal": "1000.00",
            "due_on": day.isoformat(),
            "received_on": day.isoformat(),
        }
