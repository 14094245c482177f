from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from rules_engine.matching.conditions import WrongKind
from rules_engine.matching.encoding import MOST_CONJUNCTIONS, Encoding, NotExact, TooManyAlternatives
from rules_engine.matching.engine_rules import MOST_ATTRIBUTES, MOST_ENGINE_RULES, TooManyTests, engine_rules
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing, Span, Value
from rules_engine.rulebook.rules import Condition
from rules_engine.rulebook.vocabulary import Comparison

from .rule_sets import condition, fact, rule

LARGEST = 2**63 - 1
SMALLEST = -(2**63)


def encoding(kind: Kind, *conditions: Condition, words: tuple[str, ...] = ()) -> Encoding:
    return Encoding((rule("the rule", *conditions),), {"observed": fact("observed", kind, words=words)})


def told(kind: Kind, comparison: Comparison, literal: Value, observed: Value) -> list[int]:
    attributes = encoding(kind, condition("observed", comparison, literal)).attributes({"observed": observed})
    return list(attributes.values())


@pytest.mark.parametrize(
    ("kind", "comparison", "literal", "observed", "number"),
    [
        (Kind.YES_NO, Comparison.IS, True, False, 0),
        (Kind.YES_NO, Comparison.IS, True, True, 1),
        (Kind.MONEY, Comparison.LESS_THAN, Money.parse("1"), Money.parse("250000.01"), 25_000_001),
        (Kind.DATE, Comparison.BEFORE, date(2016, 12, 1), date(1970, 1, 1), 719_163),  # the Unix epoch's day number
        (Kind.DAYS, Comparison.LESS_THAN, 30, -4, -4),
        (Kind.PERCENT, Comparison.IS, Decimal(100), Decimal("3.5"), 3_500_000),
        (Kind.MONTHS, Comparison.LESS_THAN, 6, Span(5, 6, date(2016, 1, 1), date(2016, 6, 2)), 5),
        (Kind.MONTHS, Comparison.AT_MOST, 6, Span(5, 6, date(2016, 1, 1), date(2016, 6, 2)), 6),
        (Kind.WORDS, Comparison.WITH, "a", frozenset({"a", "b"}), 1),
        (Kind.WORDS, Comparison.WITHOUT, "a", frozenset({"b"}), 0),
    ],
)
def test_tells_a_value_as_an_exact_integer(
    kind: Kind, comparison: Comparison, literal: Value, observed: Value, number: int
) -> None:
    assert told(kind, comparison, literal, observed) == [number]


def test_shares_keep_their_order_among_those_the_rules_name_however_fine() -> None:
    third = Fraction(1, 3)
    hair = Fraction(1, 10**30)
    places = [told(Kind.SHARE, Comparison.IS, third, share)[0] for share in (third - hair, third, third + hair)]
    assert places == sorted(set(places))


def test_a_word_nobody_listed_gets_a_number_no_rule_names() -> None:
    words = ("a", "b")
    both = encoding(Kind.WORD, condition("observed", Comparison.IS, "c"), words=words)
    numbers = {next(iter(both.attributes({"observed": word}).values())) for word in ("a", "b", "c", "unlisted")}
    assert len(numbers) == 4


def test_a_missing_fact_is_told_by_nothing() -> None:
    days = encoding(Kind.DAYS, condition("observed", Comparison.IS_NOT, 30))
    assert days.attributes({"observed": Missing(("received_on",))}) == {}


@pytest.mark.parametrize("edge", [LARGEST, SMALLEST])
def test_tells_integers_up_to_64_bits_and_refuses_the_next(edge: int) -> None:
    assert told(Kind.NUMBER, Comparison.IS, 0, edge) == [edge]
    with pytest.raises(NotExact, match="`observed`"):
        told(Kind.NUMBER, Comparison.IS, 0, edge + (1 if edge > 0 else -1))


def test_refuses_a_literal_past_64_bits_when_it_is_made() -> None:
    with pytest.raises(NotExact):
        encoding(Kind.NUMBER, condition("observed", Comparison.IS, LARGEST + 1))


def test_refuses_a_per_cent_finer_than_a_millionth() -> None:
    assert told(Kind.PERCENT, Comparison.IS, Decimal(1), Decimal("0.000001")) == [1]
    with pytest.raises(NotExact):
        told(Kind.PERCENT, Comparison.IS, Decimal(1), Decimal("0.0000011"))


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity")])
def test_refuses_a_per_cent_that_is_no_number(value: Decimal) -> None:
    with pytest.raises(NotExact):
        told(Kind.PERCENT, Comparison.IS, Decimal(1), value)


@pytest.mark.parametrize("edge", [LARGEST, SMALLEST])
def test_tells_money_up_to_64_bits_of_cents_and_refuses_the_next(edge: int) -> None:
    assert told(Kind.MONEY, Comparison.IS, Money.parse("1"), Money.from_cents(edge)) == [edge]
    with pytest.raises(NotExact, match="`observed`"):
        told(Kind.MONEY, Comparison.IS, Money.parse("1"), Money.from_cents(edge + (1 if edge > 0 else -1)))


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
