"""Two facts held against each other, as the one number that says which is more.

An engine is given one flat set of facts and never joins two of them, so what needs two is worked out before: for
`days of notice: less than the days of notice needed` a number that is below zero where the first is less, zero where
they are equal, above zero where it is more. The matchers hold that number against zero and know nothing else of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, NamedTuple

from rules_engine.matching.conditions import HELD_AS, FactValues, WrongKind
from rules_engine.matching.plain import missing_fields, wrong_kind
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing, Value
from rules_engine.rulebook.rules import Condition, Rule, RuleSet
from rules_engine.rulebook.vocabulary import BETWEEN_FACTS, COMPARISONS_FOR, Comparison, Fact

_BY_NUMBER = {
    Comparison.BEFORE: Comparison.LESS_THAN,
    Comparison.ON_OR_BEFORE: Comparison.AT_MOST,
    Comparison.AFTER: Comparison.MORE_THAN,
    Comparison.ON_OR_AFTER: Comparison.AT_LEAST,
}
"""How a number is held against zero where days are held against each other."""


class Pair(NamedTuple):
    """Two facts of one kind that a condition holds against each other."""

    fact: str
    against: str
    held_as: type[Any]


@dataclass(frozen=True, slots=True)
class Comparisons:
    """The comparisons of two facts that a rule set makes.

    `rules` are its rules as the matchers are given them, with a number in the place of each pair, and `facts` the
    vocabulary they are given them with.
    """

    rules: RuleSet
    facts: Mapping[str, Fact]
    pairs: Mapping[str, Pair]

    @classmethod
    def of(cls, rule_set: RuleSet, facts: Mapping[str, Fact]) -> Comparisons:
        """Take a rule set's comparisons apart; raise ValueError for two facts that cannot be compared."""
        pairs: dict[str, Pair] = {}
        rules = tuple(_with_numbers(rule, facts, pairs) for rule in rule_set.rules)
        numbers = {name: _number(name) for name in pairs}
        return cls(replace(rule_set, rules=rules), MappingProxyType({**facts, **numbers}), MappingProxyType(pairs))

    def number(self, name: str, facts: FactValues) -> int | Missing:
        """Work out which of a pair is more; Missing names what is lacking of either."""
        pair = self.pairs[name]
        return compared(pair, facts[pair.fact], facts[pair.against])

    def numbers(self, facts: FactValues) -> dict[str, Value | Missing]:
        """Work out every pair."""
        return {name: self.number(name, facts) for name in self.pairs}


def compared(pair: Pair, one: Any, other: Any) -> int | Missing:
    """Say which of two values is more: -1, 0 or 1; raise WrongKind for money of two currencies."""
    for name, value in ((pair.fact, one), (pair.against, other)):
        if type(value) is not pair.held_as and not isinstance(value, Missing):
            raise wrong_kind(name)
    if isinstance(one, Missing) or isinstance(other, Missing):
        return Missing(missing_fields((one, other)))
    if isinstance(one, Money) and isinstance(other, Money):
        if one.currency != other.currency:
            raise WrongKind(f"`{pair.fact}` is in {one.currency}, `{pair.against}` in {other.currency}")
        return (one.cents > other.cents) - (one.cents < other.cents)
    return int(one > other) - int(one < other)


def as_held(condition: Condition, facts: FactValues) -> Condition:
    """Give a condition on two facts as one on the first and the value that the second has in this case.

    Where that is missing there is no value to hold the first against. Every other condition is given as it is.
    """
    if not condition.against:
        return condition
    value = facts[condition.against]
    return replace(condition, values=() if isinstance(value, Missing) else (value,))


def as_written(rule: Rule, given: Rule, held: Condition) -> Condition:
    """Find the condition of a rule that a matcher was given as one of the rule `given`."""
    return rule.conditions[given.conditions.index(held)]


def _with_numbers(rule: Rule, facts: Mapping[str, Fact], pairs: dict[str, Pair]) -> Rule:
    if not any(condition.against for condition in rule.conditions):
        return rule
    pairs.update({_name(each): _pair(each, facts) for each in rule.conditions if each.against})
    return replace(rule, conditions=tuple(_with_number(condition) for condition in rule.conditions))


def _with_number(condition: Condition) -> Condition:
    if not condition.against:
        return condition
    comparison = _BY_NUMBER.get(condition.comparison, condition.comparison)
    return replace(condition, fact=_name(condition), comparison=comparison, values=(0,), against="")


def _pair(condition: Condition, facts: Mapping[str, Fact]) -> Pair:
    for name in (condition.fact, condition.against):
        if name not in facts:
            raise ValueError(f"unknown fact `{name}`")
    kind, other = facts[condition.fact].kind, facts[condition.against].kind
    if kind is not other or kind not in BETWEEN_FACTS or condition.comparison not in COMPARISONS_FOR[kind]:
        raise ValueError(f"`{condition.fact}` cannot be compared with `{condition.against}`")
    return Pair(condition.fact, condition.against, HELD_AS[kind])


def _name(condition: Condition) -> str:
    return f"{condition.fact} against {condition.against}"


def _number(name: str) -> Fact:
    return Fact(name=name, kind=Kind.NUMBER, meaning="Which of two facts is more.", work_out=_never)


def _never(_: object) -> Value:
    raise LookupError("two facts are compared where both are known")
