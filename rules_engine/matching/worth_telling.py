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


def the_one_quantity(rule: Rule, facts: Mapping[str, Fact]) -> int | None:
    """Give the place of the condition on a quantity of a rule that stands against a case, where there is just one."""
    if rule.ruling not in (Ruling.REJECT, Ruling.REFER):
        return None
    found = [place for place, condition in enumerate(rule.conditions) if is_quantity(facts[condition.fact])]
    return found[0] if len(found) == 1 else None


def is_told_when_silent(rule: Rule, condition: Condition, facts: Mapping[str, Fact]) -> bool:
    """Tell whether it is worth telling that one condition alone kept a rule silent."""
    return len(rule.conditions) > 1 or is_quantity(facts[condition.fact])


def is_quantity(fact: Fact) -> bool:
    """Tell whether something can be missed by a little."""
    return fact.kind in QUANTITIES
