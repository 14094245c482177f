"""The survivor's option: a deceased owner's notes are repaid before maturity."""

from __future__ import annotations

from rules_engine.clauses import limits, repayment, survivors_facts, survivors_papers, survivors_times
from rules_engine.deciding.case import Bound, Clause, RequestCase
from rules_engine.deciding.declaring import by_name
from rules_engine.model.codes import Code
from rules_engine.model.events import SurvivorsOptionRequested
from rules_engine.model.limits import LimitTerms
from rules_engine.model.notes import Note
from rules_engine.model.replacing import replace
from rules_engine.model.values import Kind, Missing
from rules_engine.rulebook.option_terms import OptionTerms, PartialFit, Word, read_option_terms
from rules_engine.rulebook.rules import RuleSet
from rules_engine.rulebook.vocabulary import ClauseWords, TermWord

TERM_WORDS = (
    TermWord(
        name=Word.HOLDING_PERIOD.value,
        kind=Kind.MONTHS,
        meaning="How long the notes must have been held or outstanding; the rule that names it says from when to when.",
    ),
    TermWord(
        name=Word.FILING_PERIOD.value,
        kind=Kind.MONTHS,
        meaning="How long after the death a request may be made; the last day is included.",
    ),
    TermWord(
        name=Word.MULTIPLE.value,
        kind=Kind.MONEY,
        meaning="Principal is repaid in whole multiples of this amount.",
        required=True,
    ),
    TermWord(
        name=Word.LEAST_LEFT.value,
        kind=Kind.MONEY,
        meaning="If any principal is left after a repayment, it is at least this much.",
    ),
    TermWord(
        name=Word.PARTIAL_FIT.value,
        kind=Kind.WORD,
        words=tuple(PartialFit),
        meaning="Whether a tender that does not fit a limit is accepted in part, in multiples, or waits whole.",
        required=True,
    ),
)


def bounds(case: RequestCase) -> tuple[Bound, ...]:
    """Give what the ledger leaves: of the position, and, where nobody has said which limits bind, of the year."""
    return (*_of_the_position(case), *limits.bounds(case))


def _of_the_position(case: RequestCase) -> tuple[Bound, ...]:
    """Accept no more than is left of the position, whatever the rules say; nothing while it is not known.

    Where as much is left as is asked for, nothing is bound.
    """
    holding = case.holding
    missing = () if holding.key else ("owner_ref",)
    if holding.key and holding.held is None:
        missing = ("position",)
    if holding.account_needed:
        missing = (*missing, "account_ref")
    if missing or holding.left is None:
        named = " and ".join(f"`{name}`" for name in missing)
        because = f"{named} {'is' if len(missing) == 1 else 'are'} missing: which principal is asked for is not known."
        return (Bound(code=Code.POSITION_NOT_KNOWN, at_most=Missing(missing), because=because, cite=_CITE),)
    if holding.left.cents and holding.left.cents >= case.asking.cents:
        return ()
    if holding.left.cents:
        because = f"At most {holding.left} is left of the position of {holding.held}."
        return (Bound(code=Code.MORE_THAN_IS_LEFT, at_most=holding.left, because=because, cite=_CITE),)
    because = "Nothing is left of the position: all of it was repaid, redeemed, drawn by lot or accepted before."
    return (Bound(code=Code.NOTHING_IS_LEFT, at_most=holding.left, because=because, cite=_CITE),)


_CITE = "Life of a request, positions"


def _terms(rule_set: RuleSet, note: Note) -> OptionTerms:
    """Read an edition's terms, with the figures of limits that the note's own row gives in their place."""
    terms = read_option_terms(rule_set)
    own = {limit: terms.limits.get(limit, LimitTerms()).replaced_by(given) for limit, given in note.limits.items()}
    return replace(terms, limits={**terms.limits, **own})


SURVIVORS_OPTION = Clause(
    words=ClauseWords(
        clause="survivors option",
        facts=by_name(
            survivors_facts.FACTS + survivors_times.FACTS + survivors_papers.FACTS + limits.FACTS + repayment.FACTS
        ),
        terms=by_name(TERM_WORDS + limits.TERM_WORDS),
        payment=by_name(repayment.PAYMENT_WORDS),
    ),
    answers=(SurvivorsOptionRequested,),
    asked=repayment.asked,
    pay=repayment.pay,
    pays_by=tuple(fact.name for fact in repayment.FACTS),
    bounds=bounds,
    remarks=repayment.remarks,
    read_terms=_terms,
)
