"""What issuers and calendars report, put on record where it agrees with what is on record already."""

from __future__ import annotations

from datetime import date

from rules_engine.deciding.schedule import Schedule
from rules_engine.deciding.unruled import recorded, referred
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Finding, Outcome
from rules_engine.model.events import (
    LimitsElected,
    NotesAccelerated,
    OutstandingReported,
    PositionReported,
    RateReset,
    YearOpened,
)
from rules_engine.standing.folding_terms import election_of, scope_of
from rules_engine.standing.limits import PROGRAMME, Election
from rules_engine.standing.standing import Standing


def limits_elected(event: LimitsElected, standing: Standing) -> Finding:
    """Record an election; one that binds more than it did, once something was accepted in its year, is referred."""
    said, before = election_of(event), standing.election(event.year)
    own = standing.owners_elections.standing((event.year, event.owner_ref)) if event.owner_ref else None
    used = standing.used.of((PROGRAMME, event.year))
    if event.owner_ref and before is not None and said.applied != before.applied:
        because = (
            f"For {event.year} the issuer said otherwise which limits it applies; "
            f"an amount for owner `{event.owner_ref}` alone does not change that."
        )
        return referred(Code.TOLD_OTHERWISE, because)
    if used and _binds_more(said, own if event.owner_ref else before):
        because = (
            f"For {event.year} the issuer said otherwise before, and principal was accepted by that; "
            "an election that binds more needs the earlier one to be voided."
        )
        return referred(Code.TOLD_OTHERWISE, because)
    whose = f" of owner `{event.owner_ref}`" if event.owner_ref else ""
    return recorded(Code.LIMITS_ELECTED, f"The issuer's limits{whose} for {event.year} are on record.")


def _binds_more(said: Election, before: Election | None) -> bool:
    """Tell whether an election applies a limit that another does not, or allows less under one."""
    if before is None:
        return False
    if said.applied - before.applied:
        return True
    allowed, now = dict(before.amounts), dict(said.amounts)
    return any(
        limit in said.applied and amount > now.get(limit, amount.__class__.from_cents(0))
        for limit, amount in allowed.items()
    )


def outstanding_reported(event: OutstandingReported, standing: Standing) -> Finding:
    """Record a limit's base; a second figure for one day is a contradiction."""
    known = standing.outstanding.standing((scope_of(event), event.as_of))
    if known is not None and known != event.principal:
        because = (
            f"For {event.as_of} {known} is on record as outstanding; now it is {event.principal}. "
            "A person has to say which is right, and void the other."
        )
        return referred(Code.TOLD_OTHERWISE, because)
    return recorded(Code.OUTSTANDING_REPORTED, f"The principal outstanding at {event.as_of} is on record.")


def year_opened(event: YearOpened, standing: Standing) -> Finding:
    """Open the year of the event's own date, one after the last one opened; refer any other."""
    last = standing.last_opened
    if event.year != event.received_on.year:
        because = f"{event.year} is not the year of {event.received_on}: a year is opened within it."
        return referred(Code.NOT_THE_NEXT_YEAR, because)
    if last is not None and event.year != last + 1:
        because = f"The last year opened is {last}, so {last + 1} is opened next, not {event.year}."
        return referred(Code.NOT_THE_NEXT_YEAR, because)
    because = f"What limits kept out before {event.year} is decided again, first tendered first."
    return recorded(Code.YEAR_OPENED, because)


def position_reported(event: PositionReported) -> Finding:
    """Record what stands in an account."""
    because = f"{event.principal} is on record as standing in the position at the end of {event.as_of}."
    return recorded(Code.POSITION_REPORTED, because)


def notes_accelerated(event: NotesAccelerated) -> Finding:
    """Record that notes were declared due."""
    what = f"Note {event.cusip} was" if event.cusip else "The notes were"
    return recorded(Code.NOTES_ACCELERATED, f"{what} declared due on {event.declared_on}.")


def rate_reset(event: RateReset, schedule: Schedule, standing: Standing) -> Finding:
    """Record the index of a floating period; any other day is refused.

    A second figure for a period is referred: payments may have been answered on the first.
    """
    start = event.period_start
    if schedule.note.floating is None:
        because = f"Note {event.cusip} has a fixed rate; no index is set for it."
        return _refused(Code.NOTE_DOES_NOT_FLOAT, because)
    if start not in [period.unadjusted_start for period in schedule.periods]:
        because = f"No interest period of note {event.cusip} starts on {start}."
        return _refused(Code.NOT_THE_START_OF_A_PERIOD, because)
    if not schedule.note.floats_in(start):
        because = (
            f"The period starting {start} has a fixed rate; the note floats from {schedule.note.floating.from_on}."
        )
        return _refused(Code.PERIOD_DOES_NOT_FLOAT, because)
    known = standing.rates.standing((event.cusip, start))
    if known is not None and known != event.index_rate:
        because = f"For the period starting {start}, {known:f} per cent is on record; now it is {event.index_rate:f}."
        return referred(Code.TOLD_OTHERWISE, because)
    index = schedule.note.floating.index
    because = f"{index} for the period starting {start} is on record: {event.index_rate:f} per cent."
    return recorded(Code.RATE_SET, because)


def dated_before_latest(received_on: date, standing: Standing) -> tuple[Finding, ...]:
    """Say of an event dated before the latest one that decisions made meanwhile stand."""
    latest = standing.latest_received_on
    if latest is None or received_on >= latest:
        return ()
    because = f"The event is dated {received_on}, before the latest one, of {latest}; decisions made meanwhile stand."
    return (recorded(Code.DATED_BEFORE_LATEST, because),)


def _refused(code: Code, because: str) -> Finding:
    return Finding(code=code, outcome=Outcome.REJECTED, because=because, cite="Pricing supplement, interest rate")
