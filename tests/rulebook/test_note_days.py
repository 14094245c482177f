"""The terms on payment days, read once: a programme's, and what one note's row says in their place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from rules_engine.dates.schedules import DayTerms
from rules_engine.model.note_words import Accrual, Compounding, Convention, DayCount
from rules_engine.model.notes import Note
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.note_days import WORDS, PaymentDayTerms, terms_for, terms_of
from rules_engine.rulebook.rules import RuleSet, Term
from rules_engine.rulebook.vocabulary import Vocabulary

EVERY_WORD = Path(__file__).parent / "every_word"
PROGRAMME = "acme/notes-a"

OTHER = {
    "calendar": "NYSE",
    "interest convention": "following",
    "maturity convention": "none",
    "redemption convention": "modified preceding",
    "accrual": "unadjusted",
    "accrual at maturity": "adjusted",
    "day count": "30/360",
    "floating interest convention": "following",
    "floating accrual": "adjusted",
    "floating day count": "actual/360",
    "record date": "15 days before",
    "amortised face compounds": "annual",
}
"""For each term another word than the programme's."""


@pytest.fixture(scope="module")
def book(vocabulary: Vocabulary) -> Book:
    return Book.open(EVERY_WORD, vocabulary)


@pytest.fixture
def payment_days(book: Book) -> RuleSet:
    (found,) = (
        each for each in book.rule_sets if each.edition.endswith("2015-08-10") and each.clause == "payment days"
    )
    return found


@pytest.fixture
def note(book: Book) -> Note:
    found = book.note("00499AAA3")
    assert found is not None
    return replace(found, payment_days={})


def test_reads_every_term_of_a_programme(payment_days: RuleSet) -> None:
    assert terms_of(payment_days) == PaymentDayTerms(
        calendar="USNY",
        interest=DayTerms(
            day_count=DayCount.ACTUAL_ACTUAL_ICMA, convention=Convention.PRECEDING, accrual=Accrual.ADJUSTED
        ),
        floating=DayTerms(
            day_count=DayCount.ACTUAL_365_FIXED,
            convention=Convention.MODIFIED_FOLLOWING,
            accrual=Accrual.UNADJUSTED,
        ),
        maturity_convention=Convention.MODIFIED_PRECEDING,
        redemption_convention=Convention.FOLLOWING,
        accrual_at_maturity=Accrual.UNADJUSTED,
        record_date="first of the month",
        compounds=Compounding.SEMI_ANNUAL,
    )


@pytest.mark.parametrize("name", WORDS)
def test_a_note_s_own_word_stands_in_place_of_the_programme_s(note: Note, payment_days: RuleSet, name: str) -> None:
    programme = terms_of(payment_days)
    assert terms_for(note, payment_days) == programme
    assert OTHER[name] != payment_days.terms[name].value
    assert terms_for(replace(note, payment_days={name: OTHER[name]}), payment_days) != programme


def test_what_is_not_said_of_the_floating_period_is_as_in_the_fixed_one(payment_days: RuleSet) -> None:
    required = (
        "calendar",
        "interest convention",
        "maturity convention",
        "redemption convention",
        "accrual",
        "day count",
    )
    terms: dict[str, Term] = {name: payment_days.terms[name] for name in required}
    read = terms_of(replace(payment_days, terms=MappingProxyType(terms)))
    assert read.floating == read.interest
    assert (read.accrual_at_maturity, read.record_date, read.compounds) == (None, None, None)
