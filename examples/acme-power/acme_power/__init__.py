"""Acme Power Company: the Power Notes of the prospectus of May 2, 2016. The issuer is fictitious."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from importlib.resources import files

from rules_engine.authoring import (
    ClauseWords,
    Decision,
    Event,
    Issuer,
    Kind,
    Missing,
    Programme,
    RequestSeen,
    TermWord,
    Traversable,
    added_words,
    fact,
    hookimpl,
)

HOOK_CONTRACT = 1


@hookimpl
def issuers() -> Sequence[Issuer]:
    """Declare Acme Power and its programme."""
    notes = Programme(code="acme-power/power-notes", name="Acme Power Company Power Notes")
    return [Issuer(code="acme-power", name="Acme Power Company", programmes=(notes,))]


@hookimpl
def rules() -> Traversable:
    """Give the folder with the rules of the Power Notes, and with the calendar they are paid by."""
    return files("acme_power") / "rules"


@fact("days from issue to death", Kind.DAYS)
def days_from_issue_to_death(case: RequestSeen) -> int | Missing:
    """Calendar days from the note's issue date to the day of death."""
    died_on = case.asked.occurred_on
    return Missing(("occurred_on",)) if died_on is None else (died_on - case.note.issue_date).days


INITIAL_PERIOD = TermWord(
    name="initial period",
    kind=Kind.DAYS,
    meaning="How many days after the issue the owner has to have lived for the option to be there.",
)


@hookimpl
def words() -> Sequence[ClauseWords]:
    """Declare the words that the survivor's option of Power Notes needs."""
    return [added_words("survivors option", facts=[days_from_issue_to_death], terms=[INITIAL_PERIOD])]


@hookimpl
def decision_recorded(event: Event, decision: Decision) -> None:
    """Tell Acme's desk of each answer about its notes."""
    if decision.programme.startswith("acme-power/"):
        logging.getLogger("acme_power").warning("event %s was answered: %s", event.event_id, decision.outcome.word)
