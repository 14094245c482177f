"""Rescission: whether the issuer may take back the notice of a call."""

from __future__ import annotations

from datetime import date

from rules_engine.clauses.redemption_facts import redemption_date
from rules_engine.deciding.case import Asked, Clause, RescissionCase
from rules_engine.deciding.declaring import by_name, fact
from rules_engine.model.decisions import Payment
from rules_engine.model.events import CallRescinded
from rules_engine.model.money import Money
from rules_engine.model.values import Kind
from rules_engine.rulebook.redemption_terms import Word, read_redemption_terms
from rules_engine.rulebook.vocabulary import ClauseWords, TermWord

TERM_WORDS = (
    TermWord(
        name=Word.MAY_BE_RESCINDED.value,
        kind=Kind.YES_NO,
        meaning="Whether the issuer may take back a notice that depends on no condition.",
    ),
)


@fact("notice is conditional", Kind.YES_NO)
def notice_is_conditional(case: RescissionCase) -> bool:
    """Whether the notice said that the redemption depends on a condition."""
    return case.notice.conditional


@fact("notice may be rescinded", Kind.YES_NO, terms=(Word.MAY_BE_RESCINDED.value,))
def may_be_rescinded(case: RescissionCase) -> bool:
    """Whether a notice like this one may be taken back at all: a conditional one, or any where the terms allow it."""
    return case.notice.conditional or case.terms.may_be_rescinded is True


@fact("rescinded on", Kind.DATE)
def rescinded_on(case: RescissionCase) -> date:
    """The day the rescission was received."""
    return case.rescission.received_on


@fact("notice was rescinded before", Kind.YES_NO, about="standing")
def rescinded_before(case: RescissionCase) -> bool:
    """Whether the notice has already been taken back."""
    return case.notice.notice_id in case.standing.rescinded


def _asked(case: RescissionCase) -> Asked:
    principal = case.notice.principal
    return Asked(requested=principal if isinstance(principal, Money) else None)


def _pay(case: RescissionCase, accepted: Money | None) -> Payment | None:
    """Move no money: a rescission only takes a redemption back."""
    return None


RESCISSION = Clause(
    words=ClauseWords(
        clause="rescission",
        facts=by_name(
            (
                notice_is_conditional,
                may_be_rescinded,
                redemption_date,
                rescinded_on,
                rescinded_before,
            )
        ),
        terms=by_name(TERM_WORDS),
        payment=by_name(()),
    ),
    answers=(CallRescinded,),
    asked=_asked,
    read_terms=lambda rule_set, _: read_redemption_terms(rule_set),
    pay=_pay,
)
