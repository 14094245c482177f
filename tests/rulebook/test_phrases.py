"""A line of `when` says what it says aloud."""

from __future__ import annotations

from datetime import date

import pytest

from rules_engine.model.money import Money
from rules_engine.model.values import Value
from rules_engine.rulebook.phrases import read_condition, read_ruling, write_condition
from rules_engine.rulebook.places import Faults, Text
from rules_engine.rulebook.rules import Place
from rules_engine.rulebook.vocabulary import ClauseWords, Comparison, Ruling, Vocabulary

PLACE = Place(file="file.yaml", line=1, column=1)


@pytest.fixture
def clause(vocabulary: Vocabulary) -> ClauseWords:
    return vocabulary.clauses["survivors option"]


@pytest.mark.parametrize(
    ("fact", "line", "comparison", "values", "term"),
    [
        ("survivor's option on the note", "no", Comparison.IS, (False,), ""),
        ("trigger", "death", Comparison.IS, ("death",), ""),
        ("trigger", "not death", Comparison.IS_NOT, ("death",), ""),
        ("beneficial owner at death", "in doubt", Comparison.IS, ("in doubt",), ""),
        ("beneficial owner at death", "not in doubt", Comparison.IS_NOT, ("in doubt",), ""),
        ("beneficial owner at death", "one of no and in doubt", Comparison.ONE_OF, ("in doubt", "no"), ""),
        (
            "registration",
            "one of trust, nominee or custodian",
            Comparison.ONE_OF,
            ("custodian", "nominee", "trust"),
            "",
        ),
        ("registration", "one of trust", Comparison.ONE_OF, ("trust",), ""),
        ("registration", "not one of trust, nominee", Comparison.NOT_ONE_OF, ("nominee", "trust"), ""),
        ("documents", "with tax waiver", Comparison.WITH, ("tax waiver",), ""),
        ("documents", "without tax waiver", Comparison.WITHOUT, ("tax waiver",), ""),
        ("months held", "less than 6 months", Comparison.LESS_THAN, (6,), ""),
        ("months held", "at least 1 year", Comparison.AT_LEAST, (12,), ""),
        ("months held", "less than the holding period", Comparison.LESS_THAN, (), "holding period"),
        ("days since death", "0 days", Comparison.IS, (0,), ""),
        ("days since death", "not 0 days", Comparison.IS_NOT, (0,), ""),
        ("days since death", "more than 365 days", Comparison.MORE_THAN, (365,), ""),
        ("position", "at most $1,000", Comparison.AT_MOST, (Money.parse("1000"),), ""),
        ("position", "more than the individual limit", Comparison.MORE_THAN, (), "individual limit"),
        ("repayment due date", "before 2016-12-01", Comparison.BEFORE, (date(2016, 12, 1),), ""),
        ("repayment due date", "on or before 2016-12-01", Comparison.ON_OR_BEFORE, (date(2016, 12, 1),), ""),
        ("repayment due date", "after 2016-12-01", Comparison.AFTER, (date(2016, 12, 1),), ""),
        ("repayment due date", "on or after 2016-12-01", Comparison.ON_OR_AFTER, (date(2016, 12, 1),), ""),
    ],
)
def test_reads_a_line_and_writes_it_to_be_read_again(
    fact: str, line: str, comparison: Comparison, values: tuple[Value, ...], term: str, clause: ClauseWords
) -> None:
    faults = Faults()
    word = clause.facts[fact]
    condition = read_condition(word, Text(PLACE, line), clause, faults)
    assert faults == []
    assert condition is not None
    assert (condition.fact, condition.comparison, condition.values, condition.term) == (fact, comparison, values, term)
    assert read_condition(word, Text(PLACE, write_condition(condition, word)), clause, faults) == condition


@pytest.mark.parametrize(
    ("fact", "line", "comparison", "other"),
    [
        ("day of receipt", "before the day of death", Comparison.BEFORE, "day of death"),
        ("day acquired", "the day of issue", Comparison.IS, "day of issue"),
        ("principal asked for", "more than the position", Comparison.MORE_THAN, "position"),
        ("principal asked for", "not the position", Comparison.IS_NOT, "position"),
    ],
)
def test_reads_a_line_that_holds_a_fact_against_another(
    fact: str, line: str, comparison: Comparison, other: str, clause: ClauseWords
) -> None:
    faults = Faults()
    condition = read_condition(clause.facts[fact], Text(PLACE, line), clause, faults)
    assert faults == []
    assert condition is not None
    assert (condition.comparison, condition.values, condition.term, condition.against) == (comparison, (), "", other)
    assert write_condition(condition, clause.facts[fact]) == line


def test_no_fact_has_the_name_of_a_term_of_its_clause(vocabulary: Vocabulary) -> None:
    assert [each.clause for each in vocabulary.clauses.values() if each.facts.keys() & each.terms.keys()] == []


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("no more than 6 months", "at most"),
        ("not more than 6 months", "at most"),
        ("no less than 6 months", "at least"),
        ("greater than 6 months", "more than"),
        ("<= 6 months", "at most"),
        ("< the holding period", "less than"),
    ],
)
def test_knows_what_people_write_for_a_comparison(line: str, phrase: str, clause: ClauseWords) -> None:
    faults = Faults()
    assert read_condition(clause.facts["months held"], Text(PLACE, line), clause, faults) is None
    assert [fault.help for fault in faults] == [f"did you mean `{phrase}`?"]


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        ("months held", "6 months"),
        ("documents", "tax waiver"),
        ("documents", "one of tax waiver, death certificate"),
        ("survivor's option on the note", "not yes"),
        ("position", "before $1,000"),
        ("repayment due date", "less than 2016-12-01"),
        ("position", "one of $1,000"),
        ("trigger", "the individual limit"),
        ("position", "more than the holding period"),
        ("position", "more than the position"),
        ("registration", "one of the holding period"),
    ],
)
def test_refuses_a_comparison_that_makes_no_sense_of_the_fact(fact: str, line: str, clause: ClauseWords) -> None:
    faults = Faults()
    assert read_condition(clause.facts[fact], Text(PLACE, line), clause, faults) is None
    assert len(faults) == 1


@pytest.mark.parametrize(
    ("then", "ruling"),
    [
        ("entitle", (Ruling.ENTITLE, "")),
        ("accept", (Ruling.ACCEPT, "")),
        ("pend", (Ruling.PEND, "")),
        ("reject", (Ruling.REJECT, "")),
        ("refer", (Ruling.REFER, "")),
        ("accept at most the individual limit", (Ruling.ACCEPT_AT_MOST, "individual limit")),
        ("accept at most the individual limit remaining", (Ruling.ACCEPT_AT_MOST, "individual limit remaining")),
        ("accept at most individual limit", None),
        ("accept at most", None),
        ("accept at most the months held", None),
        ("Accept", None),
        ("carry over", None),
    ],
)
def test_reads_what_a_rule_does(then: str, ruling: tuple[Ruling, str] | None, clause: ClauseWords) -> None:
    faults = Faults()
    assert read_ruling(Text(PLACE, then), clause, faults) == ruling
    assert len(faults) == (ruling is None)


def test_a_line_of_a_hundred_thousand_words_is_answered_at_once_and_quoted_in_part(clause: ClauseWords) -> None:
    faults = Faults()
    assert read_condition(clause.facts["months held"], Text(PLACE, "a " * 100_000 + "b"), clause, faults) is None
    assert [len(fault.message) < 500 for fault in faults] == [True]
