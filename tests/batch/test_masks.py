"""Masks over columns held to the plain matcher, which defines what a rule means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from hypothesis import given

from rules_engine.batch.conditions import MATCHED, NO, UNDETERMINED, FactColumn, patterns, states_of
from rules_engine.batch.days import number_of
from rules_engine.matching.comparing import Comparisons
from rules_engine.matching.plain import compile_rules
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing, Value
from rules_engine.rulebook.rules import Condition
from tests.matching.rule_sets import rule_set
from tests.matching.test_matchers_agree import FACTS, examples, lists_of_cases, named, rules_of_any_length

RULE_SETS = 100

Case = Mapping[str, Value | Missing]


@examples(RULE_SETS)
@given(made_up=rules_of_any_length, given_cases=lists_of_cases)
def test_masks_over_columns_say_of_each_case_what_the_plain_matcher_says(
    made_up: list[list[Condition]], given_cases: list[Case]
) -> None:
    rules = rule_set(*named(made_up))
    states = states_of(Comparisons.of(rules, FACTS), columns(given_cases), len(given_cases))
    plain = compile_rules(rules, FACTS)
    for place, case in enumerate(given_cases):
        found = plain.match(case)
        by_name = {rule.name: state for rule, state in zip(rules.rules, states[:, place], strict=True)}
        assert tuple(name for name, state in by_name.items() if state == MATCHED) == found.matched
        assert [name for name, state in by_name.items() if state == UNDETERMINED] == list(found.undetermined)


@examples(25)
@given(made_up=rules_of_any_length, given_cases=lists_of_cases)
def test_cases_of_one_pattern_are_those_whose_rules_come_to_the_same(
    made_up: list[list[Condition]], given_cases: list[Case]
) -> None:
    rules = rule_set(*named(made_up))
    states = states_of(Comparisons.of(rules, FACTS), columns(given_cases), len(given_cases))
    also = np.arange(len(given_cases)) % 2
    numbers, first = patterns(states, [also])
    told = [(tuple(states[:, place]), int(also[place])) for place in range(len(given_cases))]
    for place, number in enumerate(numbers):
        assert told[place] == told[first[number]]
    assert len(set(told)) == len(first)
    assert set(states.ravel().tolist()) <= {NO, MATCHED, UNDETERMINED}


def columns(given_cases: Sequence[Case]) -> dict[str, FactColumn]:
    return {name: column(found.kind, [case[name] for case in given_cases]) for name, found in FACTS.items()}


def column(kind: Kind, values: Sequence[Any]) -> FactColumn:
    """Put the values of one fact into a column."""
    missing = np.array([isinstance(value, Missing) for value in values], dtype="int64")
    fields = [next((value.fields for value in values if isinstance(value, Missing)), ())]
    known = [value for value in values if not isinstance(value, Missing)]
    if kind in (Kind.WORD, Kind.PERCENT, Kind.SHARE):
        among = list(dict.fromkeys(known))
        numbers = [0 if isinstance(value, Missing) else among.index(value) for value in values]
        return FactColumn(kind=kind, values=np.array(numbers), among=among, missing=missing, fields=fields)
    if kind is Kind.WORDS:
        among = sorted({word for value in known for word in value})
        bits = [0 if isinstance(value, Missing) else sum(1 << among.index(word) for word in value) for value in values]
        return FactColumn(kind=kind, values=np.array(bits), among=among, missing=missing, fields=fields)
    if kind is Kind.MONTHS:
        parts = [(0, 0) if isinstance(value, Missing) else (value.completed, value.begun) for value in values]
        completed, begun = np.array(parts).T
        return FactColumn(kind=kind, values=completed, begun=begun, missing=missing, fields=fields)
    numbers = [0 if isinstance(value, Missing) else _number(value) for value in values]
    return FactColumn(kind=kind, values=np.array(numbers), missing=missing, fields=fields)


def _number(value: Any) -> Any:
    if isinstance(value, Money):
        return value.cents
    return number_of(value) if isinstance(value, date) else value
