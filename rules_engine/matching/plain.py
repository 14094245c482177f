"""What a rule means: which rules of a rule set match the facts of a case, and which cannot be told.

This matcher is the definition. Every other way of matching is held against it. A condition on a
missing fact is unknown; a rule with a false condition does not match; a rule with an unknown one and
no false one is undetermined; a rule all of whose conditions hold matches, and so does one without any.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from rules_engine.matching.conditions import (
    COMPARED,
    HELD_AS,
    FactValues,
    Ready,
    WrongKind,
    kind_compared,
    literal_of,
    ready,
)
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing
from rules_engine.rulebook.rules import Condition, Rule, RuleSet
from rules_engine.rulebook.vocabulary import Fact

_Ready = tuple[tuple[Rule, tuple[Ready, ...]], ...]
"""The rules in file order, each with its conditions made ready."""


@dataclass(frozen=True, slots=True)
class Matches:
    """Which rules of a rule set match a case, in file order, and which cannot be told for want of what.

    `undetermined` gives each such rule's missing event fields, each once, in the order of its conditions.
    """

    matched: tuple[str, ...]
    undetermined: Mapping[str, tuple[str, ...]]
    _ready: _Ready = field(repr=False, compare=False)
    _facts: FactValues = field(repr=False, compare=False)

    @property
    def nearly(self) -> tuple[tuple[Rule, Condition], ...]:
        """Name the rules one false condition alone stood against, with it; worked out when asked for."""
        undetermined = self.undetermined
        found = ((rule, self._only_false(tests)) for rule, tests in self._ready if rule.name not in undetermined)
        return tuple((rule, condition) for rule, condition in found if condition is not None)

    def _only_false(self, tests: tuple[Ready, ...]) -> Condition | None:
        false: Condition | None = None
        for test in tests:
            held = test.holds(self._facts[test.condition.fact])
            if held is None or (not held and false is not None):
                return None
            if not held:
                false = test.condition
        return false


class PlainMatcher:
    """Matches the rules it was compiled from; pure, and free to be shared between threads."""

    __slots__ = ("_matching", "_ready")

    def __init__(self, rules: tuple[Rule, ...], facts: Mapping[str, Fact]) -> None:
        self._ready: _Ready = tuple((rule, tuple(map(ready, rule.conditions))) for rule in rules)
        self._matching = _generated(rules, facts)

    def match(self, facts: FactValues) -> Matches:
        """Match every rule at once; raise WrongKind for a fact that is not what the vocabulary says."""
        matched, undetermined = self._matching(facts)
        return Matches(matched, undetermined, self._ready, facts)


def compile_rules(rules: RuleSet, facts: Mapping[str, Fact]) -> PlainMatcher:
    """Make the matcher of a rule set whose words are in `facts`; raise ValueError for any other word."""
    return PlainMatcher(rules.rules, facts)


_Matching = Callable[[FactValues], tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]]


def _generated(rules: tuple[Rule, ...], facts: Mapping[str, Fact]) -> _Matching:
    """Write one function for all rules.

    Its text holds nothing but our own numbered names; names of facts and rules, words and literals are
    handed to it as objects, so that nothing written in a file can become code.
    """
    given: dict[str, Any] = {"proxy": MappingProxyType, "fields": _missing_fields, "refuse": _refuse_unless_missing}
    lines = ["def matching(facts):", " matched = []", " undetermined = {}"]
    numbers: dict[str, int] = {}
    for condition in (condition for rule in rules for condition in rule.conditions):
        if condition.fact not in numbers:
            number = numbers[condition.fact] = len(numbers)
            lines += _read(number, condition, kind_compared(condition, facts), given)
    for place, rule in enumerate(rules):
        given[f"n{place}"] = rule.name
        lines += _ruled(place, rule, numbers, facts, given)
    lines.append(" return tuple(matched), proxy(undetermined)")
    code = compile("\n".join(lines), "<rules>", "exec").co_consts[0]
    function: _Matching = types.FunctionType(code, given)
    return function


def _read(number: int, condition: Condition, kind: Kind, given: dict[str, Any]) -> list[str]:
    """Write the lines that read one fact: `v` its value, `m` whether it is missing."""
    given[f"k{number}"] = condition.fact
    given[f"t{number}"] = HELD_AS[kind]
    lines = [
        f" v{number} = facts[k{number}]",
        f" m{number} = type(v{number}) is not t{number}",
        f" if m{number}: refuse(k{number}, v{number})",
    ]
    if kind is Kind.MONEY:
        given[f"u{number}"] = literal_of(condition).currency
        given["other_currency"] = _refuse_currency
        lines += [
            f" elif v{number}.currency != u{number}: other_currency(k{number}, v{number}, u{number})",
            f" else: v{number} = v{number}.cents",
        ]
    return lines


def _ruled(
    place: int, rule: Rule, numbers: Mapping[str, int], facts: Mapping[str, Fact], given: dict[str, Any]
) -> list[str]:
    """Write the lines that decide one rule: no condition false, and then whether any is unknown."""
    if not rule.conditions:
        return [f" matched.append(n{place})"]
    tests = []
    for position, condition in enumerate(rule.conditions):
        kind = kind_compared(condition, facts)
        compared = COMPARED[condition.comparison]
        number = numbers[condition.fact]
        literal = literal_of(condition)
        if kind is Kind.MONEY:
            if literal.currency != given[f"u{number}"]:
                raise ValueError(f"`{condition.fact}` is compared in two currencies")
            literal = literal.cents
        given[f"c{place}_{position}"] = literal
        value = f"v{number}.{compared.part}" if kind is Kind.MONTHS else f"v{number}"
        test = compared.sign.format(v=value, c=f"c{place}_{position}")
        tests.append(f"(m{number} or {test})")
    read = list(dict.fromkeys(numbers[condition.fact] for condition in rule.conditions))
    return [
        f" if {' and '.join(tests)}:",
        f"  if {' or '.join(f'm{number}' for number in read)}:",
        f"   undetermined[n{place}] = fields({', '.join(f'v{number}' for number in read)})",
        f"  else: matched.append(n{place})",
    ]


def _missing_fields(*values: Any) -> tuple[str, ...]:
    fields = (name for value in values if isinstance(value, Missing) for name in value.fields)
    return tuple(dict.fromkeys(fields))


def _refuse_unless_missing(fact: str, value: Any) -> None:
    if not isinstance(value, Missing):
        raise WrongKind(f"`{fact}` was worked out as another kind of value than it is declared as")


def _refuse_currency(fact: str, money: Money, currency: str) -> None:
    raise WrongKind(f"`{fact}` is in {money.currency}, its rules speak of {currency}")
