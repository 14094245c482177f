"""The times a survivor's option request turns on: how long the notes were held, and how long ago the death was."""

from __future__ import annotations

from datetime import date

from rules_engine.dates.months import months_between
from rules_engine.deciding.case import RequestCase
from rules_engine.deciding.declaring import fact
from rules_engine.model.values import Kind, Missing, Span


@fact("months held", Kind.MONTHS)
def months_held(case: RequestCase) -> Span | Missing:
    """Months from the day the notes were acquired to the day the request was received, the estate's time counted."""
    acquired_on = case.asked.acquired_on
    return Missing(("acquired_on",)) if acquired_on is None else months_between(acquired_on, case.asked.received_on)


@fact("months since death", Kind.MONTHS)
def months_since_death(case: RequestCase) -> Span | Missing:
    """Months from the day of death (or adjudication) to the day the request was received."""
    occurred_on = case.asked.occurred_on
    return Missing(("occurred_on",)) if occurred_on is None else months_between(occurred_on, case.asked.received_on)


@fact("days since death", Kind.DAYS)
def days_since_death(case: RequestCase) -> int | Missing:
    """Calendar days from the death (or adjudication) to the day the request was received; negative if it came first."""
    occurred_on = case.asked.occurred_on
    return Missing(("occurred_on",)) if occurred_on is None else (case.asked.received_on - occurred_on).days


@fact("day of receipt", Kind.DATE)
def day_of_receipt(case: RequestCase) -> date:
    """The day the request was received."""
    return case.asked.received_on


@fact("day of death", Kind.DATE)
def day_of_death(case: RequestCase) -> date | Missing:
    """The day of death (or adjudication)."""
    return case.asked.occurred_on or Missing(("occurred_on",))


@fact("day acquired", Kind.DATE)
def day_acquired(case: RequestCase) -> date | Missing:
    """The day the notes were acquired."""
    return case.asked.acquired_on or Missing(("acquired_on",))


@fact("day of issue", Kind.DATE, about="note")
def day_of_issue(case: RequestCase) -> date:
    """The day the note was issued; of a note that was re-opened, the day of its first issue.

    A re-opened note is one with the first issue's, and may have been acquired since that.
    """
    return case.note.accrues_from


@fact("months held at death", Kind.MONTHS)
def months_held_at_death(case: RequestCase) -> Span | Missing:
    """Months from the day the notes were acquired to the day of death (or adjudication), the estate's not counted."""
    acquired_on, occurred_on = case.asked.acquired_on, case.asked.occurred_on
    if acquired_on is None or occurred_on is None:
        return _not_given(acquired_on=acquired_on, occurred_on=occurred_on)
    return months_between(acquired_on, occurred_on)


@fact("months from issue to request", Kind.MONTHS)
def months_from_issue_to_request(case: RequestCase) -> Span:
    """Months from the note's issue date to the day the request was received, whoever held it meanwhile."""
    return months_between(case.note.issue_date, case.asked.received_on)


def _not_given(**days: date | None) -> Missing:
    return Missing(tuple(name for name, day in days.items() if day is None))


FACTS = (
    months_held,
    months_held_at_death,
    months_from_issue_to_request,
    months_since_death,
    days_since_death,
    day_of_receipt,
    day_of_death,
    day_acquired,
    day_of_issue,
)
