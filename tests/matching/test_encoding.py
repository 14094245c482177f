from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from rules_engine.matching.conditions import WrongKind
from rules_engine.matching.encoding import MOST_CONJUNCTIONS, Encoding, NotExact, Ranks, TooManyAlternatives
from rules_engine.matching.engine_rules import MOST_ATTRIBUTES, MOST_ENGINE_RULES, TooManyTests, engine_rules
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing, Span, Value
from rules_engine.rulebook.rules import Condition
from rules_engine.rulebook.vocabulary import Comparison

from .rule_sets import condition, fact, rule

HAIR = Fraction(1, 10**30)


def encoding(kind: Kind, *conditions: Condition, words: tuple[str, ...] = ()) -> Encoding:
    return Encoding((rule("the rule", *conditions),), {"observed": fact("observed", kind, words=words)})


def told(kind: Kind, comparison: Comparison, literal: Value, *observed: Value) -> list[Ranks]:
    made = encoding(kind, condition("observed", comparison, literal))
    return [made.ranks({"observed": value}) for value in observed]


BELOW, ON, ABOVE = (0,), (1,), (2,)


@pytest.mark.parametrize(
    ("kind", "literal", "below", "above"),
    [
        (Kind.MONEY, Money.parse("250000.00"), Money.parse("249999.99"), Money.parse("250000.01")),
        (Kind.DAYS, 30, 29, 31),
        (Kind.NUMBER, 2**64, 2**64 - 1, 2**64 + 1),
        (Kind.PERCENT, Decimal(100), Decimal("99.9999999999999999"), Decimal("100.0000000000000001")),
        (Kind.SHARE, Fraction(1, 3), Fraction(1, 3) - HAIR, Fraction(1, 3) + HAIR),
        (Kind.DATE, date(2016, 12, 1), date(2016, 11, 30), date(2016, 12, 2)),
    ],
)
def test_a_value_is_told_by_its_place_below_on_or_above_the_one_that_is_named(
    kind: Kind, literal: Value, below: Value, above: Value
) -> None:
    assert told(kind, Comparison.IS_NOT, literal, below, literal, above) == [BELOW, ON, ABOVE]


@pytest.mark.parametrize(
    ("kind", "comparison", "literal", "observed", "rank"),
    [
        (Kind.YES_NO, Comparison.IS, True, False, 0),
        (Kind.YES_NO, Comparison.IS, True, True, 1),
        (Kind.MONTHS, Comparison.LESS_THAN, 6, Span(5, 6, date(2016, 1, 1), date(2016, 6, 2)), 0),
        (Kind.MONTHS, Comparison.AT_MOST, 6, Span(5, 6, date(2016, 1, 1), date(2016, 6, 2)), 1),
        (Kind.WORDS, Comparison.WITH, "a", frozenset({"a", "b"}), 1),
        (Kind.WORDS, Comparison.WITHOUT, "a", frozenset({"b"}), 0),
    ],
)
def test_yes_and_no_parts_of_a_period_and_papers_are_told(
    kind: Kind, comparison: Comparison, literal: Value, observed: Value, rank: int
) -> None:
    assert told(kind, comparison, literal, observed) == [(rank,)]


def test_between_two_that_are_named_there_is_a_place_of_its_own() -> None:
    both = encoding(
        Kind.DAYS, condition("observed", Comparison.LESS_THAN, 30), condition("observed", Comparison.MORE_THAN, 10)
    )
    places = [both.ranks({"observed": days}) for days in (9, 10, 11, 29, 30, 31)]
    assert places == [(0,), (1,), (2,), (2,), (3,), (4,)]


def test_words_that_no_rule_names_are_one_to_the_engine() -> None:
    both = encoding(Kind.WORD, condition("observed", Comparison.ONE_OF, "c", "a"), words=("a", "b", "c"))
    assert [both.ranks({"observed": word}) for word in ("c", "a", "b", "unlisted")] == [(0,), (1,), (2,), (2,)]


def test_a_missing_fact_is_told_by_nothing() -> None:
    days = encoding(Kind.DAYS, condition("observed", Comparison.IS_NOT, 30))
    assert days.ranks({"observed": Missing(("received_on",))}) == (None,)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity")])
def test_refuses_a_per_cent_that_is_no_number(value: Decimal) -> None:
    with pytest.raises(NotExact):
        told(Kind.PERCENT, Comparison.IS, Decimal(1), value)


def test_refuses_money_of_another_currency_than_the_rules_speak_of() -> None:
    with pytest.raises(WrongKind, match="EUR"):
        told(Kind.MONEY, Comparison.IS, Money.parse("1"), Money.parse("1", "EUR"))


def test_refuses_a_value_of_another_kind() -> None:
    with pytest.raises(WrongKind, match="`observed`"):
        told(Kind.DAYS, Comparison.IS, 1, True)


def one_of(count: int, name: str = "observed") -> Condition:
    return condition(name, Comparison.ONE_OF, *(f"word {number}" for number in range(count)))


def test_a_list_becomes_one_conjunction_a_word_and_its_denial_a_single_one() -> None:
    words = encoding(Kind.WORD, one_of(3), condition("observed", Comparison.NOT_ONE_OF, "x", "y"))
    conjunctions = words.conjunctions(rule("the rule", one_of(3)))
    assert [[test.sign for test in tests] for tests in conjunctions] == [["=="]] * 3
    denied = words.conjunctions(rule("denied", condition("observed", Comparison.NOT_ONE_OF, "x", "y")))
    assert [[test.sign for test in tests] for tests in denied] == [["!=", "!="]]


def test_refuses_a_rule_of_more_conjunctions_than_the_bound_and_takes_one_of_as_many() -> None:
    most, past = rule("most", one_of(MOST_CONJUNCTIONS)), rule("past", one_of(MOST_CONJUNCTIONS + 1))
    facts = {"observed": fact("observed", Kind.WORD)}
    assert len(Encoding((most,), facts).conjunctions(most)) == MOST_CONJUNCTIONS
    with pytest.raises(TooManyAlternatives, match="rule `past`"):
        Encoding((past,), facts).conjunctions(past)


@pytest.mark.parametrize(("rules", "sets"), [(0, 0), (59, 1), (60, 2), (118, 2), (119, 3)])
def test_no_engine_rule_set_has_more_than_sixty_rules_the_one_that_always_fires_among_them(
    rules: int, sets: int
) -> None:
    facts = {"observed": fact("observed", Kind.DAYS)}
    written = tuple(rule(f"rule {day}", condition("observed", Comparison.IS, day)) for day in range(rules))
    found = engine_rules(written, Encoding(written, facts))
    assert len(found) == sets
    assert all(len(each.rule_names) + 1 <= MOST_ENGINE_RULES for each in found)


def with_words(first: int, past: int) -> tuple[Condition, ...]:
    return tuple(condition("observed", Comparison.WITH, f"word {number}") for number in range(first, past))


def test_rules_that_look_at_many_things_are_split_and_one_that_looks_at_too_many_is_refused() -> None:
    facts = {"observed": fact("observed", Kind.WORDS)}
    fitting = (rule("half", *with_words(0, 100)), rule("other half", *with_words(100, MOST_ATTRIBUTES)))
    assert len(engine_rules(fitting, Encoding(fitting, facts))) == 1
    wider = (*fitting, rule("one more", *with_words(MOST_ATTRIBUTES, MOST_ATTRIBUTES + 1)))
    assert len(engine_rules(wider, Encoding(wider, facts))) == 2
    too_wide = (rule("too wide", *with_words(0, MOST_ATTRIBUTES + 1)),)
    with pytest.raises(TooManyTests, match="rule `too wide`"):
        engine_rules(too_wide, Encoding(too_wide, facts))
