"""How a request would stand if it were decided anew: what two such trials have in common, and what differs."""

from __future__ import annotations

import enum
from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any

from rules_engine.model.codes import Code
from rules_engine.model.decisions import Outcome, Question
from rules_engine.model.money import Money
from rules_engine.standing.holdings import contradictions
from rules_engine.standing.requests import NOTHING, PARTICULARS, Request, RequestState
from rules_engine.standing.standing import Standing


class Lens(enum.Enum):
    """What is left out of the ledger while requests are tried."""

    UNPAID = "what was paid of any of them"
    ALONE = "what was paid of the request itself"
    AS_PAID = "nothing"
    AS_CLAIMED = "that the request an event taken back was about has claimed less since"


_ASKED_EACH_TIME = frozenset({Code.RULE_REFERS, Code.NO_RULE_APPLIES, Code.POSITION_CONTRADICTED, Code.ACCOUNT_UNCLEAR})
"""Questions that follow from rules and ledger alone, so that they need not be remembered to be asked again."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How a request would stand on a standing if nothing of it had been paid and it were decided anew.

    `accepted` is what it would be accepted for in all, `outcome` the first answer. `asks` are the questions that follow
    from rules and ledger, `held` is what the ledger then has of its position.
    """

    outcome: Outcome
    accepted: Money
    stands: tuple[Any, ...]
    asks: tuple[Question, ...]
    held: Money | None

    @property
    def about(self) -> frozenset[Hashable]:
        """What is asked, whatever the figures are."""
        return frozenset(map(_about, self.asks))

    def is_like(self, other: Tried | None) -> bool:
        """Tell whether the request would stand alike."""
        return other is not None and (self.stands, self.about) == (other.stands, other.about)


def untouched(request: Request, asks: tuple[Question, ...] = ()) -> Request:
    """Give a request as if nothing had been accepted or paid of it, with the questions that its figures raise now."""
    remembered = (each for each in request.questions if each.code not in _ASKED_EACH_TIME)
    questions = tuple(dict.fromkeys((*remembered, *asks)))
    return replace(request, repayments=(), waiting=NOTHING, pended=NOTHING, questions=questions)


def contradicting(request_id: str, standing: Standing) -> tuple[Question, ...]:
    """Give the questions that what a request says raises now."""
    request = standing.requests[request_id]
    found = contradictions(request.asked, PARTICULARS, standing, request, came_before=True)
    closed = {_about(each.question) for each in request.closed}
    return tuple(each.question for each in found if _about(each.question) not in closed)


def asked_now(request: Request, without: Tried, now: Tried) -> tuple[Question, ...]:
    """Give the questions that stay open: without those the event had caused, with those it had kept from coming."""
    gone = without.about - now.about
    kept = [each for each in request.questions if _about(each) not in gone]
    added = [
        each
        for each in now.asks
        if request.state is not RequestState.PAID
        and each.code is Code.POSITION_CONTRADICTED
        and without.held != now.held
        and _about(each) not in without.about
        and not request.has_closed(each)
    ]
    by_subject: dict[Hashable, Question] = {}
    for each in (*kept, *added):
        by_subject.setdefault(_about(each), each)
    return tuple(by_subject.values())


def _about(question: Question) -> Hashable:
    """Give what makes a question the same one; of those that follow from rules and ledger the figures do not."""
    return (question.code, question.field, question.rule) if question.code in _ASKED_EACH_TIME else question


def stands_alike(before: Request, after: Request) -> bool:
    """Tell whether a request stands as before: the same state, the same questions, the same principal by year."""
    return (as_it_stands(before), before.questions) == (as_it_stands(after), after.questions)


def _by_year(request: Request) -> dict[int, int]:
    """Give what a request stands accepted for by the year it was accepted in, in cents."""
    accepted: dict[int, int] = {}
    for repayment in request.repayments if request.ending is None else ():
        year = repayment.accepted_on.year
        accepted[year] = accepted.get(year, 0) + repayment.principal.cents
    return {year: cents for year, cents in accepted.items() if cents}


def as_it_stands(request: Request) -> tuple[Any, ...]:
    """Give what makes two standings of a request the same: state, principal, what it waits for, and what is asked."""
    return (
        request.state,
        _by_year(request),
        request.waiting,
        request.pended,
        request.missing if request.state is RequestState.PENDED else (),
        request.ours,
    )
