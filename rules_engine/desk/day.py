"""The day a desk list is for, and the standings it is read from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rules_engine.deciding.schedule import Schedule
from rules_engine.errors import RulesEngineError
from rules_engine.host import Host
from rules_engine.host.opening import Scheduled
from rules_engine.ledger.base import Ledger
from rules_engine.model.event_words import PaymentKind
from rules_engine.standing.standing import Standing


def latest_day(ledger: Ledger) -> date | None:
    """Give the latest business date recorded in any programme; None on a ledger without entries."""
    with ledger.undisturbed():
        days = (ledger.standing(programme).latest_received_on for programme in ledger.heads())
        return max((day for day in days if day is not None), default=None)


def standings(host: Host, programme: str | None = None) -> Iterator[Standing]:
    """Give where each programme on the ledger stands, or one of them; nobody decides on it until the next is asked for.

    What was asked before its note was known stands under the empty programme.
    """
    known = sorted(host.ledger.heads())
    for code in known if programme is None else [each for each in known if each == programme]:
        with host.ledger.undisturbed():
            yield host.ledger.standing(code)


def schedule_of(host: Host, cusip: str, standing: Standing) -> Schedule | None:
    """Give a note's schedule with the rates known on a standing; None where the rule book gives none."""
    found = host.schedule(cusip)
    return found.schedule.knowing(standing.rates_of(cusip)) if isinstance(found, Scheduled) else None


def pay_day(schedule: Schedule | None, due_on: date, kind: PaymentKind) -> date | None:
    """Give the day cash moves for a payment; None where the schedule or its calendar does not say."""
    if schedule is None:
        return None
    try:
        return schedule.pay_on(due_on, kind)
    except RulesEngineError:
        return None
