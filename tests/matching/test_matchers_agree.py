"""The engine, the plain matcher and a reading of the definition, held against each other on made-up rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules_engine.matching.durable import DurableMatcher, available, why_unavailable
from rules_engine.matching.encoding import RankTest
from rules_engine.matching.engine_rules import holds
from rules_engine.matching.plain import compile_rules
from rules_engine.matching.probing import probing_cases, probing_ranks
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing, Span, Value
from rules_engine.rulebook.rules import Condition, Rule
from rules_engine.rulebook.vocabulary import COMPARISONS_FOR, Comparison

from .rule_sets import condition, fact, rule, rule_set

CASES_A_RULE_SET = 40
MOST_RULES = 70
WORDS = ("death", "adjudicated incompetent", "hardship")
DAY = date(2016, 12, 1)
YEAR_START = date(2015, 12, 1)


def money(cents: int) -> Money:
    return Money.from_cents(cents)


def span(completed: int, begun: int) -> Span:
    return Span(completed, begun, YEAR_START, DAY)


# For each kind the literals a rule may name, and observed values on them and one step each side.
LITERALS: Mapping[Kind, tuple[Value, ...]] = {
    Kind.YES_NO: (True, False),
    Kind.WORD: (*WORDS, "a word of the rule's own"),
    Kind.WORDS: WORDS,
    Kind.MONEY: (money(0), money(25_000_000), money(99_999_999_999_999_999)),
    Kind.MONTHS: (0, 6, 12),
    Kind.DAYS: (-1, 0, 30),
    Kind.BUSINESS_DAYS: (10, 20),
    Kind.DATE: (DAY, date(2012, 10, 29)),  # Hurricane Sandy
    Kind.PERCENT: (Decimal("100"), Decimal("100.000001"), Decimal("-3.5")),
    Kind.NUMBER: (0, 2**63 - 1, -(2**63)),
    Kind.SHARE: (Fraction(1, 3), Fraction(1, 2), Fraction(1)),
}
OBSERVED: Mapping[Kind, tuple[Value, ...]] = {
    Kind.YES_NO: (True, False),
    Kind.WORD: (*WORDS, "a word of the rule's own", "a word nobody listed"),
    Kind.WORDS: (frozenset(), frozenset(WORDS), *(frozenset({word}) for word in WORDS), frozenset({"unlisted"})),
    Kind.MONEY: tuple(
        money(literal.cents + step)
        for literal in LITERALS[Kind.MONEY]
        if isinstance(literal, Money)
        for step in (-1, 0, 1)
    ),
    Kind.MONTHS: tuple(
        span(months + completed, months + begun)
        for months in (0, 6, 12)
        for completed, begun in ((-1, -1), (-1, 0), (0, 0), (0, 1), (1, 1))
    ),
    Kind.DAYS: (-2, -1, 0, 1, 29, 30, 31),
    Kind.BUSINESS_DAYS: (9, 10, 11, 19, 20, 21),
    Kind.DATE: tuple(day + timedelta(days=step) for day in (DAY, date(2012, 10, 29)) for step in (-1, 0, 1)),
    Kind.PERCENT: tuple(
        Decimal(text) for text in ("99.999999", "100", "100.000001", "100.000002", "-3.500001", "-3.5", "-3.499999")
    ),
    Kind.NUMBER: (-1, 0, 1, 2**63 - 2, 2**63 - 1, 1 - 2**63, -(2**63)),
    Kind.SHARE: (
        *(Fraction(1, 3) + Fraction(step, 10**18 + 9) for step in (-1, 0, 1)),
        *(Fraction(1, 2) + Fraction(step, 10**18 + 9) for step in (-1, 0, 1)),
        Fraction(2, 3),
        Fraction(1),
    ),
}

# Two facts of each kind, so that one rule can test a kind twice and two rules can look past each other.
FACTS = {
    name: fact(name, kind, words=WORDS if kind in (Kind.WORD, Kind.WORDS) else ())
    for kind in LITERALS
    for name in (f"{kind.value} one", f"{kind.value} two")
}


def conditions_for(name: str) -> list[Condition]:
    kind = FACTS[name].kind
    found = []
    for comparison in COMPARISONS_FOR[kind]:
        if comparison in (Comparison.ONE_OF, Comparison.NOT_ONE_OF):
            literals = LITERALS[kind]
            found += [condition(name, comparison, *literals[:count]) for count in range(1, len(literals))]
        else:
            found += [condition(name, comparison, literal) for literal in LITERALS[kind]]
    return found


conditions = st.sampled_from([found for name in FACTS for found in conditions_for(name)])
rules_of_any_length = st.integers(0, MOST_RULES).flatmap(
    lambda count: st.lists(st.lists(conditions, max_size=4), min_size=count, max_size=count)
)
a_few_rules = st.lists(st.lists(conditions, max_size=3), max_size=4)
cases = st.fixed_dictionaries(
    {name: st.sampled_from((Missing((name, "shared field")), *OBSERVED[found.kind])) for name, found in FACTS.items()}
)
lists_of_cases = st.lists(cases, min_size=CASES_A_RULE_SET, max_size=CASES_A_RULE_SET)


def named(made_up: list[list[Condition]]) -> tuple[Rule, ...]:
    return tuple(rule(f"rule {place}", *found) for place, found in enumerate(made_up))


def as_defined(rules: tuple[Rule, ...], case: Mapping[str, Value | Missing]) -> tuple[Any, Any, Any]:
    """Read the definition word for word: matched, undetermined, and nearly."""
    matched, undetermined, nearly = [], {}, []
    for found in rules:
        stands = [(each, truth(each, case[each.fact])) for each in found.conditions]
        false = [each for each, true in stands if true is False]
        unknown = [case[each.fact] for each, true in stands if true is None]
        if len(false) == 1 and not unknown:
            nearly.append((found.name, false[0]))
        if false:
            continue
        if unknown:
            fields = [field for missing in unknown if isinstance(missing, Missing) for field in missing.fields]
            undetermined[found.name] = tuple(sorted(set(fields), key=fields.index))
        else:
            matched.append(found.name)
    return tuple(matched), undetermined, tuple(nearly)


def truth(found: Condition, value: Any) -> bool | None:
    if isinstance(value, Missing):
        return None
    literal: Any = found.values[0]
    match found.comparison:
        case Comparison.IS:
            return bool(value == literal)
        case Comparison.IS_NOT:
            return bool(value != literal)
        case Comparison.ONE_OF:
            return value in found.values
        case Comparison.NOT_ONE_OF:
            return value not in found.values
        case Comparison.WITH:
            return literal in value
        case Comparison.WITHOUT:
            return literal not in value
        case Comparison.LESS_THAN | Comparison.BEFORE:
            return bool((value.completed if isinstance(value, Span) else value) < literal)
        case Comparison.AT_LEAST | Comparison.ON_OR_AFTER:
            return bool((value.completed if isinstance(value, Span) else value) >= literal)
        case Comparison.MORE_THAN | Comparison.AFTER:
            return bool((value.begun if isinstance(value, Span) else value) > literal)
        case Comparison.AT_MOST | Comparison.ON_OR_BEFORE:
            return bool((value.begun if isinstance(value, Span) else value) <= literal)


def examples(count: int) -> settings:
    return settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))


engine_needed = pytest.mark.skipif(not available(), reason=why_unavailable())


@engine_needed
def test_the_engine_and_the_plain_matcher_agree_on_five_thousand_rule_sets() -> None:
    compared = 0

    @examples(5_000)
    @given(made_up=a_few_rules, case=cases)
    def agree(made_up: list[list[Condition]], case: dict[str, Value | Missing]) -> None:
        nonlocal compared
        rules = rule_set(*named(made_up))
        engine = DurableMatcher(rules, FACTS)
        assert engine.ask(case) == frozenset(compile_rules(rules, FACTS).match(case).matched)
        engine.close()
        compared += 1

    agree()
    assert compared >= 5_000


@engine_needed
@examples(60)
@given(made_up=rules_of_any_length, given_cases=lists_of_cases)
def test_the_engine_and_the_plain_matcher_agree_on_case_after_case_of_more_rules_than_one_set_holds(
    made_up: list[list[Condition]], given_cases: list[dict[str, Value | Missing]]
) -> None:
    rules = rule_set(*named(made_up))
    plain, engine = compile_rules(rules, FACTS), DurableMatcher(rules, FACTS)
    for case in given_cases:
        assert engine.ask(case) == frozenset(plain.match(case).matched)
    engine.close()


@examples(60)
@given(made_up=rules_of_any_length, given_cases=lists_of_cases)
def test_the_plain_matcher_answers_as_the_definition_reads(
    made_up: list[list[Condition]], given_cases: list[dict[str, Value | Missing]]
) -> None:
    rules = named(made_up)
    matcher = compile_rules(rule_set(*rules), FACTS)
    for case in given_cases:
        found = matcher.match(case)
        nearly = tuple((near.name, failed) for near, failed in matcher.nearly(case))
        assert (found.matched, dict(found.undetermined), nearly) == as_defined(rules, case)


@engine_needed
@examples(40)
@given(made_up=rules_of_any_length, given_cases=lists_of_cases, data=st.data())
def test_the_order_of_the_rules_changes_nothing_that_matches(
    made_up: list[list[Condition]], given_cases: list[dict[str, Value | Missing]], data: st.DataObject
) -> None:
    written = named(made_up)
    shuffled = tuple(data.draw(st.permutations(written)))
    one, other = rule_set(*written), rule_set(*shuffled)
    plain_one, plain_other = compile_rules(one, FACTS), compile_rules(other, FACTS)
    engine_one, engine_other = DurableMatcher(one, FACTS), DurableMatcher(other, FACTS)
    for case in given_cases[:10]:
        assert set(plain_one.match(case).matched) == set(plain_other.match(case).matched)
        assert engine_one.ask(case) == engine_other.ask(case)
    engine_one.close()
    engine_other.close()


def test_the_probe_meets_every_condition_both_holding_and_failing() -> None:
    for held in (found for name in FACTS for found in conditions_for(name)):
        answers = {truth(held, case[held.fact]) for case in probing_cases(rule("the rule", held), FACTS)}
        assert answers == {None, True, False}, held


def test_the_probe_has_a_case_in_which_conditions_on_several_facts_hold_together() -> None:
    others = (condition("days two", Comparison.LESS_THAN, 30), condition("business days two", Comparison.MORE_THAN, 10))
    for held in (found for name in FACTS if name.endswith("one") for found in conditions_for(name)):
        probed = rule("the rule", *others, held)
        assert any(as_defined((probed,), case)[0] for case in probing_cases(probed, FACTS)), held


@pytest.mark.parametrize("sign", ["==", "!=", "<", "<=", ">", ">="])
def test_the_engine_is_probed_with_every_test_both_holding_and_failing_and_with_several_matching(sign: str) -> None:
    one, other = (RankTest(0, sign, 1),), (RankTest(0, sign, 1), RankTest(1, "==", 1))
    probed = list(probing_ranks((one, other), 2))
    assert {holds(one, ranks) for ranks in probed} == {holds(other, ranks) for ranks in probed} == {True, False}
    assert any(holds(one, ranks) and holds(other, ranks) for ranks in probed)
    assert probed[0] == (None, None)
