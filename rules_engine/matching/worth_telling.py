"""Which near misses are worth telling."""

from __future__ import annotations

from collections.abc import Mapping

from rules_engine.model.values import Kind
from rules_engine.rulebook.rules import Condition, Rule
from rules_engine.rulebook.vocabulary import Fact, Ruling

QUANTITIES = frozenset(
    {Kind.MONEY, Kind.MONTHS, Kind.DAYS, Kind.BUSINESS_DAYS, Kind.DATE, Kind.PERCENT, Kind.NUMBER, Kind.SHARE}
)
"""Kinds of fact by which something can be missed by a little."""


def hangs_on_one(rule: Rule, facts: Mapping[str, Fact]) -> bool:
    """Tell whether a rule stands against a case by one quantity alone."""
    stands_against = rule.ruling in (Ruling.REJECT, Ruling.REFER)
    return stands_against and len(rule.conditions) == 1 and is_quantity(facts[rule.conditions[0].fact])


def is_told_when_silent(rule: Rule, condition: Condition, facts: Mapping[str, Fact]) -> bool:
    """Tell whether it is worth telling that one condition alone kept a rule silent."""
    return len(rule.conditions) > 1 or is_quantity(facts[condition.fact])


def is_quantity(fact: Fact) -> bool:
    """Tell whether something can be missed by a little."""
    return fact.kind in QUANTITIES
