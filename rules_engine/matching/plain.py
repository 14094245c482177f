"""What a rule means: which rules of a rule set match the facts of a case, which cannot be told, and which came near.

This matcher is the definition. Every other way of matching is held against it. A condition on a missing fact is
unknown; a rule with a false condition does not match; a rule with an unknown one and no false one is undetermined; a
rule all of whose conditions hold matches, and so does one without any. A rule comes near when one condition alone is
false and none is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rules_engine.matching.conditions import HELD_AS, FactValues, Ready, WrongKind, kind_compared, literal_of, ready
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing, Value
from rules_engine.rulebook.rules import Condition, Rule, RuleSet
from rules_engine.rulebook.vocabulary import Fact


class Matches(NamedTuple):
    """Which rules of a rule set match a case, in file order, and which cannot be told for want of what.

    `undetermined` gives each such rule's missing event fields, each once, in the order of its conditions.
    """

    matched: tuple[str, ...]
    undetermined: Mapping[str, tuple[str, ...]]


Nearly = tuple[tuple[Rule, Condition], ...]
"""The rules one false condition alone stood against, each with that condition, in file order."""


class PlainMatcher:
    """Matches the rules it was made of, one by one; pure, and free to be shared between threads.

    Raises ValueError for a condition the vocabulary does not allow.
    """

    __slots__ = ("_held_as", "_ready")

    def __init__(self, rules: tuple[Rule, ...], facts: Mapping[str, Fact]) -> None:
        self._held_as = held_as(rules, facts)
        self._ready = tuple((rule, tuple(map(ready, rule.conditions))) for rule in rules)

    def match(self, facts: FactValues) -> Matches:
        """Match every rule; raise WrongKind for a fact that is not what the vocabulary says."""
        self._refuse_wrong_kinds(facts)
        matched: list[str] = []
        undetermined: dict[str, tuple[str, ...]] = {}
        for rule, tests in self._ready:
            held = _held(tests, facts)
            if None in held and False not in held:
                undetermined[rule.name] = missing_fields(facts[test.condition.fact] for test in tests)
            elif False not in held:
                matched.append(rule.name)
        return Matches(tuple(matched), undetermined)

    def nearly(self, facts: FactValues) -> Nearly:
        """Name the rules that came near; raise WrongKind as `match` does."""
        self._refuse_wrong_kinds(facts)
        found = []
        for rule, tests in self._ready:
            held = _held(tests, facts)
            if held.count(False) == 1 and None not in held:
                found.append((rule, tests[held.index(False)].condition))
        return tuple(found)

    def _refuse_wrong_kinds(self, facts: FactValues) -> None:
        for fact, (kind, currency) in self._held_as.items():
            value = facts[fact]
            if isinstance(value, Missing):
                continue
            if type(value) is not HELD_AS[kind]:
                raise wrong_kind(fact)
            if isinstance(value, Money) and value.currency != currency:
                raise other_currency(fact, value, currency)


def compile_rules(rules: RuleSet, facts: Mapping[str, Fact]) -> PlainMatcher:
    """Make the matcher of a rule set whose words are in `facts`; raise ValueError for any other word."""
    return PlainMatcher(rules.rules, facts)


def held_as(rules: Iterable[Rule], facts: Mapping[str, Fact]) -> dict[str, tuple[Kind, str]]:
    """Give the kind of each fact that rules look at, and the currency of those that are money, in the rules' order."""
    found: dict[str, tuple[Kind, str]] = {}
    for condition in (condition for rule in rules for condition in rule.conditions):
        kind, literal = kind_compared(condition, facts), literal_of(condition)
        currency = literal.currency if isinstance(literal, Money) else ""
        if found.setdefault(condition.fact, (kind, currency))[1] != currency:
            raise ValueError(f"`{condition.fact}` is compared in two currencies")
    return found


def missing_fields(values: Iterable[Value | Missing]) -> tuple[str, ...]:
    """Name the event fields that are missing to work some facts out, each once."""
    fields = (name for value in values if isinstance(value, Missing) for name in value.fields)
    return tuple(dict.fromkeys(fields))


def wrong_kind(fact: str) -> WrongKind:
    """Say that a fact is not what the vocabulary says."""
    return WrongKind(f"`{fact}` was worked out as another kind of value than it is declared as")


def other_currency(fact: str, money: Money, currency: str) -> WrongKind:
    """Say that a fact is money of another currency than its rules compare it with."""
    return WrongKind(f"`{fact}` is in {money.currency}, its rules speak of {currency}")


def _held(tests: tuple[Ready, ...], facts: FactValues) -> list[bool | None]:
    return [test.holds(facts[test.condition.fact]) for test in tests]
