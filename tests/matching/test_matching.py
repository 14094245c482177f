from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from rules_engine.matching.conditions import WrongKind
from rules_engine.matching.plain import Matches, Nearly, compile_rules
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing, Span, Value
from rules_engine.rulebook.rules import Condition
from rules_engine.rulebook.vocabulary import Comparison

from .rule_sets import condition, fact, rule, rule_set

# Held from 31 August 2015: six months end on 29 February 2016, there being no 31 February.
START = date(2015, 8, 31)
FIVE_MONTHS_AND_28_DAYS = Span(5, 6, START, date(2016, 2, 28))
SIX_MONTHS = Span(6, 6, START, date(2016, 2, 29))
SIX_MONTHS_AND_A_DAY = Span(6, 7, START, date(2016, 3, 1))


def match_one(kind: Kind, comparison: Comparison, literals: tuple[Value, ...], observed: Value) -> bool:
    facts = {"observed": fact("observed", kind, words=("a", "b", "c"))}
    rules = rule_set(rule("the rule", condition("observed", comparison, *literals)))
    return compile_rules(rules, facts).match({"observed": observed}).matched == ("the rule",)


@pytest.mark.parametrize(
    ("comparison", "below", "on", "above"),
    [
        (Comparison.IS, False, True, False),
        (Comparison.IS_NOT, True, False, True),
        (Comparison.LESS_THAN, True, False, False),
        (Comparison.AT_MOST, True, True, False),
        (Comparison.MORE_THAN, False, False, True),
        (Comparison.AT_LEAST, False, True, True),
    ],
)
@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Kind.MONEY, (Money.parse("249999.99"), Money.parse("250000.00"), Money.parse("250000.01"))),
        (Kind.DAYS, (29, 30, 31)),
        (Kind.BUSINESS_DAYS, (9, 10, 11)),
        (Kind.NUMBER, (-1, 0, 1)),
        (Kind.PERCENT, (Decimal("99.999999"), Decimal("100"), Decimal("100.000001"))),
        (Kind.SHARE, (Fraction(333_333, 1_000_000), Fraction(1, 3), Fraction(333_334, 1_000_000))),
    ],
)
def test_a_threshold_holds_from_its_edge_and_not_one_step_to_the_other_side(
    kind: Kind, values: tuple[Value, Value, Value], comparison: Comparison, below: bool, on: bool, above: bool
) -> None:
    assert [match_one(kind, comparison, (values[1],), value) for value in values] == [below, on, above]


@pytest.mark.parametrize(
    ("comparison", "day_before", "that_day", "day_after"),
    [
        (Comparison.IS, False, True, False),
        (Comparison.IS_NOT, True, False, True),
        (Comparison.BEFORE, True, False, False),
        (Comparison.ON_OR_BEFORE, True, True, False),
        (Comparison.AFTER, False, False, True),
        (Comparison.ON_OR_AFTER, False, True, True),
    ],
)
def test_a_date_is_held_against_the_day_and_its_neighbours(
    comparison: Comparison, day_before: bool, that_day: bool, day_after: bool
) -> None:
    days = (date(2016, 11, 30), date(2016, 12, 1), date(2016, 12, 2))
    expected = [day_before, that_day, day_after]
    assert [match_one(Kind.DATE, comparison, (date(2016, 12, 1),), day) for day in days] == expected


@pytest.mark.parametrize(
    ("comparison", "a_day_short", "to_the_day", "a_day_past"),
    [
        (Comparison.LESS_THAN, True, False, False),
        (Comparison.AT_LEAST, False, True, True),
        (Comparison.AT_MOST, True, True, False),
        (Comparison.MORE_THAN, False, False, True),
    ],
)
def test_months_count_to_the_day_so_that_a_day_past_six_months_is_past_them(
    comparison: Comparison, a_day_short: bool, to_the_day: bool, a_day_past: bool
) -> None:
    spans = (FIVE_MONTHS_AND_28_DAYS, SIX_MONTHS, SIX_MONTHS_AND_A_DAY)
    assert [match_one(Kind.MONTHS, comparison, (6,), span) for span in spans] == [a_day_short, to_the_day, a_day_past]


@pytest.mark.parametrize(
    ("comparison", "literals", "holding", "failing"),
    [
        (Comparison.IS, ("a",), "a", "b"),
        (Comparison.IS_NOT, ("a",), "b", "a"),
        (Comparison.ONE_OF, ("a", "b"), "b", "c"),
        (Comparison.NOT_ONE_OF, ("a", "b"), "c", "b"),
        (Comparison.NOT_ONE_OF, ("a", "b"), "a word nobody listed", "a"),
    ],
)
def test_a_word_is_held_against_words(
    comparison: Comparison, literals: tuple[str, ...], holding: str, failing: str
) -> None:
    assert match_one(Kind.WORD, comparison, literals, holding)
    assert not match_one(Kind.WORD, comparison, literals, failing)


def test_a_list_of_words_is_with_what_it_holds_and_without_what_it_does_not() -> None:
    papers = frozenset({"a", "b"})
    assert match_one(Kind.WORDS, Comparison.WITH, ("a",), papers)
    assert not match_one(Kind.WORDS, Comparison.WITH, ("c",), papers)
    assert match_one(Kind.WORDS, Comparison.WITHOUT, ("c",), papers)
    assert not match_one(Kind.WORDS, Comparison.WITHOUT, ("a",), papers)
    assert match_one(Kind.WORDS, Comparison.WITHOUT, ("a",), frozenset())


def test_no_is_an_answer_and_not_the_absence_of_one() -> None:
    assert match_one(Kind.YES_NO, Comparison.IS, (False,), False)
    assert not match_one(Kind.YES_NO, Comparison.IS, (True,), False)


FACTS = {
    "joint": fact("joint", Kind.YES_NO),
    "days": fact("days", Kind.DAYS),
    "trigger": fact("trigger", Kind.WORD, words=("death",)),
}
YES = condition("joint", Comparison.IS, True)
SHORT = condition("days", Comparison.LESS_THAN, 30)
DEATH = condition("trigger", Comparison.IS, "death")


def match(*conditions: Condition, **case: Value | Missing) -> Matches:
    return compile_rules(rule_set(rule("the rule", *conditions)), FACTS).match(case)


def nearly(*conditions: Condition, **case: Value | Missing) -> Nearly:
    return compile_rules(rule_set(rule("the rule", *conditions)), FACTS).nearly(case)


def test_a_rule_without_conditions_always_matches() -> None:
    assert match().matched == ("the rule",)


def test_matched_rules_keep_the_order_of_the_file() -> None:
    rules = rule_set(rule("later in the alphabet", YES), rule("a rule between", SHORT), rule("earlier"))
    matches = compile_rules(rules, FACTS).match({"joint": True, "days": 30})
    assert matches.matched == ("later in the alphabet", "earlier")


def test_a_missing_fact_leaves_a_rule_undetermined_naming_its_fields_once_in_order() -> None:
    matches = match(
        YES, SHORT, DEATH, joint=Missing(("registration", "co_owner")), days=29, trigger=Missing(("co_owner", "cause"))
    )
    assert matches.matched == ()
    assert matches.undetermined == {"the rule": ("registration", "co_owner", "cause")}


def test_one_false_condition_decides_against_a_rule_whatever_is_missing() -> None:
    for conditions in ((YES, SHORT), (SHORT, YES)):
        case: dict[str, Value | Missing] = {"joint": Missing(("registration",)), "days": 30}
        assert match(*conditions, **case) == ((), {})
        assert nearly(*conditions, **case) == ()


def test_a_rule_comes_near_when_one_false_condition_alone_stands_against_it() -> None:
    found = nearly(YES, SHORT, DEATH, joint=True, days=30, trigger="death")
    assert [(near.name, failed) for near, failed in found] == [("the rule", SHORT)]


def test_a_rule_with_two_false_conditions_does_not_come_near() -> None:
    assert nearly(YES, SHORT, DEATH, joint=False, days=30, trigger="death") == ()


def test_a_rule_that_matches_or_cannot_be_told_does_not_come_near() -> None:
    assert nearly(YES, joint=True) == ()
    assert nearly(YES, joint=Missing(("registration",))) == ()


@pytest.mark.parametrize(
    ("kind", "comparison", "literal", "observed"),
    [
        (Kind.YES_NO, Comparison.IS, True, 1),
        (Kind.DAYS, Comparison.LESS_THAN, 30, True),
        (Kind.DAYS, Comparison.LESS_THAN, 30, "29"),
        (Kind.PERCENT, Comparison.IS, Decimal(100), 100),
        (Kind.DATE, Comparison.BEFORE, date(2016, 12, 1), datetime(2016, 11, 30)),
        (Kind.MONTHS, Comparison.LESS_THAN, 6, 5),
        (Kind.MONEY, Comparison.LESS_THAN, Money.parse("5"), Money.parse("4", "EUR")),
    ],
)
def test_refuses_a_fact_worked_out_as_another_kind_of_value(
    kind: Kind, comparison: Comparison, literal: Value, observed: Value
) -> None:
    with pytest.raises(WrongKind, match="`observed`"):
        match_one(kind, comparison, (literal,), observed)


@pytest.mark.parametrize(
    ("faulty", "said"),
    [
        (condition("no such fact", Comparison.IS, True), "unknown fact `no such fact`"),
        (condition("joint", Comparison.LESS_THAN, True), "cannot be compared with `less than`"),
        (condition("days", Comparison.IS, 1, 2), "compared with 2 values"),
        (condition("days", Comparison.IS, "30"), "not of its kind, days"),
    ],
)
def test_refuses_rules_the_vocabulary_does_not_allow(faulty: Condition, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        compile_rules(rule_set(rule("the rule", faulty)), FACTS)


def test_refuses_one_fact_held_against_two_currencies() -> None:
    facts = {"asked": fact("asked", Kind.MONEY)}
    dollars = condition("asked", Comparison.LESS_THAN, Money.parse("5"))
    euros = condition("asked", Comparison.LESS_THAN, Money.parse("5", "EUR"))
    with pytest.raises(ValueError, match="two currencies"):
        compile_rules(rule_set(rule("the rule", dollars, euros)), facts)
