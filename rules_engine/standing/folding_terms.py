"""From entries to a standing: what binds a programme: limits, their bases, years, rates."""

from __future__ import annotations

from datetime import date

from rules_engine.model.decisions import Decision, Outcome
from rules_engine.model.events import (
    LimitsElected,
    NotesAccelerated,
    OutstandingReported,
    RateReset,
    YearOpened,
)
from rules_engine.model.limits import Covers, Limit
from rules_engine.model.replacing import replace
from rules_engine.standing.journal import Queue
from rules_engine.standing.limits import PROGRAMME, Election, Scope
from rules_engine.standing.standing import Opened, Standing


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
