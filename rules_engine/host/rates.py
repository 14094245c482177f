"""A floating note's index, set for one interest period: put on record, or why not."""

from __future__ import annotations

from rules_engine.deciding.schedule import Schedule
from rules_engine.deciding.unruled import recorded, referred
from rules_engine.model.decisions import Finding, Outcome
from rules_engine.model.events import RateReset
from rules_engine.model.standing import Standing


def rate_on_record(event: RateReset, schedule: Schedule, standing: Standing) -> Finding:
    """Answer a rate reset: it is recorded for a floating period, and refused for any other day.

    A second figure for a period is referred: payments may have been answered on the first.
    """
    start = event.period_start
    if schedule.note.floating is None:
        return _refused("note does not float", f"Note {event.cusip} has a fixed rate; no index is set for it.")
    starts = [period.unadjusted_start for period in schedule.periods]
    if start not in starts:
        return _refused("not the start of a period", f"No interest period of note {event.cusip} starts on {start}.")
    if not schedule.note.floats_in(start):
        because = (
            f"The period starting {start} has a fixed rate; the note floats from {schedule.note.floating.from_on}."
        )
        return _refused("period does not float", because)
    known = standing.rates.get(event.cusip, {}).get(start)
    if known is not None and known != event.index_rate:
        because = f"For the period starting {start}, {known:f} per cent is on record; now it is {event.index_rate:f}."
        return referred("rate set otherwise before", because)
    index = schedule.note.floating.index
    return recorded("rate set", f"{index} for the period starting {start} is on record: {event.index_rate:f} per cent.")


def _refused(rule: str, because: str) -> Finding:
    return Finding(rule=rule, outcome=Outcome.REJECTED, because=because, cite="Pricing supplement, interest rate")
