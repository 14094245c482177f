"""What is to be decided again because of an event: which request, in which way, as of when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from rules_engine.model.decisions import Decision, Finding, Outcome, Question
from rules_engine.model.events import (
    CallNoticed,
    Event,
)
from rules_engine.model.money import Money
from rules_engine.standing.requests import Request
from rules_engine.standing.standing import Standing


class How(Enum):
    """How a request is answered again."""

    REST = auto()
    """What still waits of it is decided, as of a day."""
    WHOLE = auto()
    """All that is not paid is decided anew, as of its own day."""
    FOUND = auto()
    """It is answered by a finding, without asking the rules."""


MAY_PAY = frozenset({Outcome.ACCEPTED, Outcome.CARRIED_OVER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A request to be answered again because of an event.

    `on` is the day what waits is decided as of; None is its own day. `finding` answers without asking the rules, with
    the `question` it opens or the principal it takes back (`cut`). `only_if` lists the outcomes worth an answer, and
    `if_changed` asks for one that accepts some of what waits, or changes how much does; any other leaves it as it was.
    `by` is the call whose doing it has to be: an answer that would be the same without it is none. `beside` says that
    it was decided before the event came, and is not answered: it stands beside the others while they are tried. `sure`
    says that what the event takes back made it stand as it does, whatever else would have done so since.
    """

    request_id: str
    how: How
    on: date | None = None
    finding: Finding | None = None
    question: Question | None = None
    cut: Money | None = None
    only_if: frozenset[Outcome] = frozenset(Outcome)
    if_changed: bool = False
    by: CallNoticed | None = None
    beside: bool = False
    sure: bool = False


def rate_missing(period_start: date) -> str:
    """Name the event that is missing while the index of a period is not set."""
    return f"rate_reset for the period starting {period_start}"


def election_missing(year: int) -> str:
    """Name the event that is missing while nobody has said which limits bind in a year."""
    return f"limits_elected for {year}"


def whole(requests: Iterable[Request]) -> tuple[Again, ...]:
    """Decide requests anew, in the order of their own days and then of receipt; answer those whose answer changes."""
    unique = {request.request_id: request for request in requests}.values()
    ordered = sorted(unique, key=lambda each: (each.counts_from, each.tendered))
    return tuple(Again(request_id=request.request_id, how=How.WHOLE) for request in ordered)


def none_again(event: Event, decision: Decision, standing: Standing) -> tuple[Again, ...]:
    """Leave every request as it stands."""
    return ()
