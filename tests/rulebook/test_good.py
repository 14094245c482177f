"""A whole book that uses the language's corners, and reads without a fault."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from rules_engine.model.money import Money
from rules_engine.model.note_words import CallAmount, CallDay, CallStyle, CountedIn
from rules_engine.model.notes import Call, Notice
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.rules import RuleSet
from rules_engine.rulebook.vocabulary import Comparison, Ruling, Vocabulary

GOOD = Path(__file__).parent / "good"
PROGRAMME, CLAUSE = "acme/notes-a", "survivors option"


@pytest.fixture(scope="module")
def book(vocabulary: Vocabulary) -> Book:
    return Book.open(GOOD, vocabulary)


def _rule_set(book: Book, issued_on: date) -> RuleSet:
    found = book.rule_set(PROGRAMME, CLAUSE, issued_on)
    assert found is not None
    return found


def test_reads_without_a_fault(book: Book) -> None:
    assert [str(problem) for problem in book.problems] == []
    assert book.programmes == (PROGRAMME,)
    assert (book.faulty_programmes, book.faulty_notes) == ({}, {})


def test_a_note_keeps_the_edition_it_was_issued_under(book: Book) -> None:
    assert book.rule_set(PROGRAMME, CLAUSE, date(2012, 2, 29)) is None
    assert _rule_set(book, date(2012, 3, 1)).edition == "acme/notes-a/2012-03-01"
    assert _rule_set(book, date(2015, 8, 9)).edition == "acme/notes-a/2012-03-01"
    assert _rule_set(book, date(2015, 8, 10)).edition == "acme/notes-a/2015-08-10"


def test_own_rules_replace_the_base_s_in_place_and_new_ones_come_last(book: Book) -> None:
    rules = _rule_set(book, date(2016, 12, 1)).rules
    assert [rule.name for rule in rules] == [
        "repay at par",
        "held too briefly",
        "individual limit",
        "transferred first",
    ]
    assert rules[1].because == "The notes were held {months held} months."


def test_a_condition_takes_its_figure_from_the_term(book: Book) -> None:
    held, trigger = _rule_set(book, date(2016, 12, 1)).rules[1].conditions
    assert (held.fact, held.comparison, held.values, held.term) == (
        "months held",
        Comparison.LESS_THAN,
        (12,),
        "holding period",
    )
    assert (trigger.fact, trigger.comparison, trigger.values, trigger.term) == (
        "trigger",
        Comparison.IS,
        ("death",),
        "",
    )


def test_what_a_year_s_limit_keeps_out_is_carried_over_unless_the_rule_says_otherwise(book: Book) -> None:
    limit = _rule_set(book, date(2016, 12, 1)).rules[2]
    assert (limit.ruling, limit.at_most, limit.rest) == (
        Ruling.ACCEPT_AT_MOST,
        "individual limit remaining",
        "carried over",
    )
    assert _rule_set(book, date(2012, 3, 1)).rules[1].rest == "not accepted"


def test_payment_words_override_the_base_s_one_by_one(book: Book) -> None:
    rule_set = _rule_set(book, date(2016, 12, 1))
    assert rule_set.payment == {"days after acceptance": 30, "price": Decimal(100)}
    assert rule_set.payment_cite == "Payment; Survivor's Option, para. 5"
    assert rule_set.payment_mark == "standard wording", "the price is no surer than where it was taken from"


def test_reads_terms_and_a_pending_rule_as_written(book: Book) -> None:
    rule_set = _rule_set(book, date(2012, 3, 1))
    assert rule_set.terms["multiple"].value == Money.parse("1000.00")
    assert rule_set.payment["price"] == Decimal("99.5")
    papers = rule_set.rules[2]
    assert papers.waits_for == "a death certificate"
    assert [(each.comparison, each.values) for each in papers.conditions] == [
        (Comparison.WITHOUT, ("death certificate",)),
        (Comparison.NOT_ONE_OF, ("custodian", "nominee", "trust")),
    ]


def test_reads_a_note_as_printed(book: Book) -> None:
    note = book.note("02006DLF6")
    assert note is not None
    assert (note.programme, note.supplement, note.title) == (
        PROGRAMME,
        "Pricing Supplement No. 1",
        "Acme 3.500 % due 2019",
    )
    assert (note.issue_date, note.trade_date) == (date(2016, 12, 1), date(2016, 11, 28))
    assert (note.coupon, note.issue_price, note.roll_day) == (Decimal("3.5"), Decimal("99.25"), 0)
    assert note.survivors_option
    assert note.call == Call(
        style=CallStyle.EUROPEAN,
        first_on=date(2018, 11, 30),
        on=CallDay.ONCE,
        price=Decimal("101.5"),
        notice=Notice(minimum_days=10, maximum_days=60, counted=CountedIn.BUSINESS_DAYS),
        amount=CallAmount.WHOLE_OR_PART,
        printed="Callable at 101.5% one time only on call date above, 11/30/2018",
    )


def test_a_note_s_own_dates_and_denominations_go_before_its_supplement_s(book: Book) -> None:
    note = book.note("02006DLG4")
    assert note is not None
    assert (note.trade_date, note.issue_date) == (date(2015, 8, 5), date(2015, 8, 9))
    assert (note.minimum_denomination, note.increment) == (Money.parse("10000"), Money.parse("5000"))
    assert (note.roll_day, note.survivors_option, note.call) == (30, False, None)


def test_a_calendar_s_own_closures_are_added_to_the_library_s(book: Book) -> None:
    wire = book.calendar("WIRE")
    assert not wire.is_business_day(date(2012, 10, 29))  # Hurricane Sandy, from the file
    assert wire.is_business_day(date(2012, 10, 30))
    assert not wire.is_business_day(date(2017, 1, 16))  # Martin Luther King Jr. Day, from the library
