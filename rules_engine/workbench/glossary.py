"""The vocabulary as a glossary: every word a rule may use, what it means, and how its values are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

from rules_engine.deciding.concluding import OUTCOME_OF
from rules_engine.model.decisions import Outcome
from rules_engine.model.values import Kind
from rules_engine.rulebook.vocabulary import (
    COMPARISONS_FOR,
    ClauseWords,
    Comparison,
    Fact,
    Ruling,
    TermWord,
    Vocabulary,
)


class Written(NamedTuple):
    """How values of a kind are written in a rule file: their unit, empty for none, and an example."""

    unit: str
    example: str


WRITTEN: Mapping[Kind, Written] = MappingProxyType(
    {
        Kind.YES_NO: Written("", "yes"),
        Kind.WORD: Written("", ""),
        Kind.WORDS: Written("", ""),
        Kind.MONEY: Written("US dollars", "$1,000"),
        Kind.MONTHS: Written("months", "6 months"),
        Kind.DAYS: Written("days", "30 days"),
        Kind.BUSINESS_DAYS: Written("business days", "10 business days"),
        Kind.DATE: Written("", "2017-12-15"),
        Kind.PERCENT: Written("per cent", "100 %"),
        Kind.NUMBER: Written("", "2"),
        Kind.SHARE: Written("", "1/3"),
        Kind.DAY_OF_THE_YEAR: Written("", "31 December"),
        Kind.RECORD_DATE: Written("", "15 days before"),
        Kind.TEXT: Written("", "USNY"),
    }
)
"""A word's example is one of the words it may be."""

MEANING_OF: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.RECORDED: "A fact is on record for later; nothing is decided on it now.",
        Outcome.ENTITLED: "The right exists, whatever else is found: what a finding says, and no event is answered.",
        Outcome.ACCEPTED: "The event is accepted, in whole or in part, and its payment is worked out.",
        Outcome.CARRIED_OVER: "It is in order, but nothing fits a limit this year; it is decided again next year.",
        Outcome.PENDED: "Something is missing, and the answer names it; papers that come later decide it again.",
        Outcome.REJECTED: "A term of the note or programme stands against it.",
        Outcome.REFERRED: "The rules cannot answer it; a person must decide.",
    }
)
"""What each answer means, from the least to the most cautious; the most cautious one found stands."""

COMPARED: Mapping[Comparison, str] = MappingProxyType(
    {
        Comparison.IS: "The fact is this value; written without a word of its own.",
        Comparison.IS_NOT: "The fact is any other value.",
        Comparison.LESS_THAN: "The fact is below the value; a period counts the months completed.",
        Comparison.AT_MOST: "The fact is the value or below it; a period counts the months begun.",
        Comparison.MORE_THAN: "The fact is above the value; a period counts the months begun.",
        Comparison.AT_LEAST: "The fact is the value or above it; a period counts the months completed.",
        Comparison.BEFORE: "The day is earlier.",
        Comparison.ON_OR_BEFORE: "The day is that one or earlier.",
        Comparison.AFTER: "The day is later.",
        Comparison.ON_OR_AFTER: "The day is that one or later.",
        Comparison.ONE_OF: "The fact is one of the words listed.",
        Comparison.NOT_ONE_OF: "The fact is none of the words listed.",
        Comparison.WITH: "The list holds the word.",
        Comparison.WITHOUT: "The list does not hold the word.",
    }
)
"""What each comparison means."""


def glossary(vocabulary: Vocabulary) -> dict[str, Any]:
    """Lay out every word, ready to be written as JSON: clauses with facts and terms, comparisons, outcomes.

    `of_issuers` has the words that only the rules of one issuer know, and `listed` those it adds to lists.
    """
    return {
        "clauses": [_clause(clause) for clause in vocabulary.clauses.values()],
        "of_issuers": [
            {"issuer": issuer, **_clause(_added(clause, vocabulary.clauses[clause.clause]))}
            for issuer, clauses in sorted(vocabulary.of_issuers.items())
            for clause in clauses.values()
        ],
        "listed": [
            {"issuer": issuer, "list": field.replace("_", " "), "word": word, "meaning": meaning}
            for issuer, lists in sorted(vocabulary.listed.items())
            for field, words in lists.items()
            for word, meaning in words.items()
        ],
        "comparisons": [_comparison(comparison) for comparison in Comparison],
        "outcomes": [_outcome(outcome) for outcome in Outcome],
    }


def _added(words: ClauseWords, to: ClauseWords) -> ClauseWords:
    """Give what one issuer's words have that those of everybody have not."""
    facts = {name: fact for name, fact in words.facts.items() if name not in to.facts}
    terms = {name: term for name, term in words.terms.items() if name not in to.terms}
    return replace(words, facts=facts, terms=terms, payment={})


def _clause(words: ClauseWords) -> dict[str, Any]:
    return {
        "clause": words.clause,
        "facts": [_fact(fact) for fact in words.facts.values()],
        "terms": [_term(term) for term in words.terms.values()],
        "payment": [_term(term) for term in words.payment.values()],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    word = _word(fact)
    if not COMPARISONS_FOR.get(fact.kind):
        word["example"] = ""  # nothing is ever written beside it: it stands in the braces of a reason
    return {**word, "about": fact.about, "terms": list(fact.terms)}


def _term(term: TermWord) -> dict[str, Any]:
    return {**_word(term), "required": term.required}


def _word(word: Fact | TermWord) -> dict[str, Any]:
    written = WRITTEN[word.kind]
    return {
        "name": word.name,
        "type": word.kind.value,
        "unit": written.unit,
        "meaning": word.meaning,
        "words": list(word.words),
        "example": word.words[0] if word.words else written.example,
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    kinds = [kind.value for kind, comparisons in COMPARISONS_FOR.items() if comparison in comparisons]
    return {"comparison": comparison.value, "meaning": COMPARED[comparison], "types": kinds}


def _outcome(outcome: Outcome) -> dict[str, Any]:
    """Tell an answer, and what a rule writes after `then:` to give it."""
    phrases = [ruling.value for ruling, given in OUTCOME_OF.items() if given is outcome]
    if outcome is Outcome.CARRIED_OVER:
        phrases = [Ruling.ACCEPT_AT_MOST.value]
    return {"outcome": outcome.word, "then": phrases, "meaning": MEANING_OF[outcome]}
