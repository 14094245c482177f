"""The survivor's option: a deceased owner's notes are repaid before maturity."""

from __future__ import annotations

from rules_engine.clauses import limits, repayment, survivors_facts, survivors_papers, survivors_times
from rules_engine.deciding.case import Clause
from rules_engine.deciding.declaring import by_name
from rules_engine.model.events import DocumentsReceived, ParticularsReceived, SurvivorsOptionRequested
from rules_engine.model.values import Kind
from rules_engine.rulebook.vocabulary import ClauseWords, TermWord

TERM_WORDS = (
    TermWord(
        name="holding period",
        kind=Kind.MONTHS,
        meaning="How long the notes must have been held or outstanding; the rule that names it says from when to when.",
    ),
    TermWord(
        name="filing period",
        kind=Kind.MONTHS,
        meaning="How long after the death a request may be made; the last day is included.",
    ),
    TermWord(
        name="multiple",
        kind=Kind.MONEY,
        meaning="Principal is repaid in whole multiples of this amount.",
        required=True,
    ),
    TermWord(
        name="least principal left",
        kind=Kind.MONEY,
        meaning="If any principal is left after a repayment, it is at least this much.",
    ),
)

SURVIVORS_OPTION = Clause(
    words=ClauseWords(
        clause="survivors option",
        facts=by_name(
            survivors_facts.FACTS + survivors_times.FACTS + survivors_papers.FACTS + limits.FACTS + repayment.FACTS
        ),
        terms=by_name(TERM_WORDS + limits.TERM_WORDS),
        payment=by_name(repayment.PAYMENT_WORDS),
    ),
    answers=(SurvivorsOptionRequested, DocumentsReceived, ParticularsReceived),
    asked=repayment.asked,
    pay=repayment.pay,
    pays_by=tuple(fact.name for fact in repayment.FACTS),
)
