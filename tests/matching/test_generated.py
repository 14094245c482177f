"""The generated function, held to the plain matcher that defines what a rule means, near misses included."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.matching.conditions import WrongKind
from rules_engine.matching.generated.telling import MOST_REMEMBERED
from rules_engine.matching.near_misses import NearMisses, near_misses
from rules_engine.matching.plans import Plan
from rules_engine.model.canonical import canonical_json
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing, Value
from rules_engine.model.wire import near_miss_to_json
from rules_engine.rulebook.rules import Condition, Rule
from rules_engine.rulebook.vocabulary import BETWEEN_FACTS, COMPARISONS_FOR, ClauseWords, Comparison, Fact, Ruling

from .rule_sets import condition, fact, rule, rule_set
from .test_matchers_agree import DAY, FACTS, cases, conditions, examples

RULE_SETS = int(os.environ.get("RULE_SETS", "1000"))
"""How many rule sets are made up; `make prove` makes up 20,000."""

CASES = 4

Case = dict[str, Value | Missing]


def plan_of(*rules: Rule, facts: dict[str, Fact] = FACTS) -> Plan:
    words = ClauseWords(clause="survivors option", facts=facts, terms={}, payment={})
    return Plan.of(rule_set(*rules), words, with_durable=False)


def written(plan: Plan, case: Any) -> str:
    return canonical_json(plan.generated.near_misses(case))


def as_defined(plan: Plan, case: Any) -> str:
    return canonical_json([near_miss_to_json(near) for near in near_misses(plan, plan.plain.match(case), case)])


reasons = st.lists(st.sampled_from(["It is so: ", "{days one}", " and {the money two}", '"\\ é']), max_size=3).map(
    "".join
)
two_facts = st.sampled_from(
    [
        Condition(fact=f"{kind.value} {one}", comparison=comparison, values=(), against=f"{kind.value} {other}")
        for kind in BETWEEN_FACTS
        for comparison in COMPARISONS_FOR[kind]
        for one, other in (("one", "two"), ("two", "one"))
    ]
)
tests = conditions | two_facts
rules = st.lists(
    st.tuples(
        st.lists(tests, max_size=3) | st.lists(tests, min_size=4, max_size=7),
        st.sampled_from(Ruling),
        reasons,
    ),
    max_size=6,
)


def test_the_generated_function_gives_what_the_plain_matcher_gives_near_misses_included() -> None:
    compared = told = 0

    @examples(RULE_SETS)
    @given(made_up=rules, given_cases=st.lists(cases, min_size=CASES, max_size=CASES))
    def agree(made_up: list[tuple[list[Condition], Ruling, str]], given_cases: list[Case]) -> None:
        nonlocal compared, told
        named = (
            replace(rule(f"rule {place}", *found), ruling=ruling, because=because)
            for place, (found, ruling, because) in enumerate(made_up)
        )
        plan = plan_of(*named)
        for values in given_cases:
            case = values | plan.compared.numbers(values)
            assert plan.generated.match(case) == plan.plain.match(case)
            meant = as_defined(plan, case)
            assert written(plan, case) == meant
            told += meant != "[]"
        compared += 1

    agree()
    assert compared >= RULE_SETS
    assert told > compared // 4


YES = condition("yes or no one", Comparison.IS, True)
SHORT = condition("days one", Comparison.LESS_THAN, 30)
LISTED = condition("word one", Comparison.ONE_OF, "death", "hardship")
LATE = condition("date one", Comparison.AFTER, DAY)
ASKED = condition("money one", Comparison.MORE_THAN, Money.parse("250000.00"))
HOLDS: Case = {
    "yes or no one": True,
    "days one": 29,
    "word one": "death",
    "date one": DAY.replace(day=2),
    "money one": Money.parse("250000.01"),
}
FAILS: Case = {
    "yes or no one": False,
    "days one": 30,
    "word one": "adjudicated incompetent",
    "date one": DAY,
    "money one": Money.parse("250000.00"),
}


@pytest.mark.parametrize("count", range(1, 6))
def test_a_rule_of_any_length_comes_near_by_any_one_of_its_conditions_and_by_no_two(count: int) -> None:
    tests = (SHORT, YES, LISTED, LATE, ASKED)[:count]
    plan = plan_of(rule("the rule", *tests))
    assert written(plan, HOLDS) == as_defined(plan, HOLDS)
    for failing in tests:
        near = HOLDS | {failing.fact: FAILS[failing.fact]}
        assert plan.generated.match(near) == ((), {})
        assert f'"observed":"{failing.fact}: ' in written(plan, near)
        for other in tests:
            if other is not failing:
                assert written(plan, near | {other.fact: FAILS[other.fact]}) == "[]"
                assert written(plan, near | {other.fact: Missing((other.fact,))}) == "[]"


def test_what_is_written_is_what_is_read_one_by_one_whichever_comes_first() -> None:
    plan = plan_of(rule("too short", SHORT), rule("both", YES, LISTED))
    case = HOLDS | {"word one": "a word nobody listed"}
    near = NearMisses(plan, plan.generated.match(case), MappingProxyType(case))
    text = canonical_json(near.written())
    assert [each.short_by for each in near] == ["1 day", ""]
    assert near.written() is None
    assert canonical_json([near_miss_to_json(each) for each in near]) == text


def test_a_word_is_told_the_same_however_many_others_were_told_before() -> None:
    plan = plan_of(rule("both", YES, LISTED))
    words = [f"word {number}" for number in range(2 * MOST_REMEMBERED)]
    first = [written(plan, HOLDS | {"word one": word}) for word in words]
    assert len(set(first)) == len(words)
    assert [written(plan, HOLDS | {"word one": word}) for word in words] == first


@pytest.mark.parametrize(
    ("test", "observed"),
    [
        (YES, 1),
        (SHORT, True),
        (SHORT, "29"),
        (LATE, datetime(2016, 11, 30)),
        (ASKED, Money.parse("4", "EUR")),
    ],
)
def test_refuses_what_the_plain_matcher_refuses_in_the_same_words(test: Condition, observed: Value) -> None:
    plan, case = plan_of(rule("the rule", test)), {test.fact: observed}
    with pytest.raises(WrongKind) as meant:
        plan.plain.match(case)
    with pytest.raises(WrongKind) as refused:
        plan.generated.match(case)
    assert str(refused.value) == str(meant.value)


def test_a_rule_of_more_conditions_than_can_be_nested_is_matched_and_told() -> None:
    facts = {f"fact {number}": fact(f"fact {number}", Kind.DAYS) for number in range(150)}
    plan = plan_of(rule("long", *(condition(name, Comparison.IS, 1) for name in facts)), facts=facts)
    holds = dict.fromkeys(facts, 1)
    assert plan.generated.match(holds).matched == ("long",)
    near = holds | {"fact 149": 2}
    assert written(plan, near) == as_defined(plan, near) != "[]"


def test_two_thousand_rules_are_matched_as_defined() -> None:
    facts = {f"fact {number}": fact(f"fact {number}", Kind.DAYS) for number in range(20)}
    rules = [
        rule(f"rule {place}", condition(f"fact {place % 20}", Comparison.MORE_THAN, place)) for place in range(2_000)
    ]
    plan = plan_of(*rules, facts=facts)
    case = {name: 100 * number for number, name in enumerate(facts)}
    assert plan.generated.match(case) == plan.plain.match(case)
    assert written(plan, case) == as_defined(plan, case)


def test_nothing_written_in_a_rule_file_becomes_code() -> None:
    name = '")\nraise SystemExit(1)\n("'
    facts = {name: fact(name, Kind.WORD, words=(name,))}
    plan = plan_of(rule(name, condition(name, Comparison.IS, name)), facts=facts)
    assert plan.generated.match({name: name}).matched == (name,)
    assert plan.generated.match({name: Missing((name,))}).undetermined == {name: (name,)}
    assert plan.generated.near_misses({name: "another"}) == []
