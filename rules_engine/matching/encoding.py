"""Values as exact 64-bit integers, the only thing the engine beside the plain matcher compares rightly.

Words are numbered, yes and no are 1 and 0, money is in cents, dates are day numbers. A share is its place
among the shares the rules name, so that thirds stay thirds. What cannot be told exactly is refused.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

from rules_engine.errors import RulesEngineError
from rules_engine.matching.conditions import HELD_AS, FactValues, WrongKind, kind_compared
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing
from rules_engine.rulebook.rules import Condition, Rule
from rules_engine.rulebook.vocabulary import Comparison, Fact

MOST_CONJUNCTIONS = 200
"""How many conjunctions one rule may come to once each of its lists is taken word by word."""

_PERCENT_STEPS = 10**6


class NotExact(RulesEngineError):
    """A value has no exact 64-bit integer, so the engine must not see it."""


class TooManyAlternatives(RulesEngineError):
    """The lists of a rule come to more conjunctions than one rule may have."""


class IntegerTest(NamedTuple):
    """One integer attribute held against one integer; `sign` is `==`, `!=`, `<`, `<=`, `>` or `>=`."""

    attribute: str
    sign: str
    number: int


_SIGNS: Mapping[Comparison, tuple[str, str]] = {
    Comparison.IS: ("", "=="),
    Comparison.IS_NOT: ("", "!="),
    Comparison.LESS_THAN: ("completed", "<"),
    Comparison.AT_LEAST: ("completed", ">="),
    Comparison.MORE_THAN: ("begun", ">"),
    Comparison.AT_MOST: ("begun", "<="),
    Comparison.BEFORE: ("", "<"),
    Comparison.ON_OR_BEFORE: ("", "<="),
    Comparison.AFTER: ("", ">"),
    Comparison.ON_OR_AFTER: ("", ">="),
    Comparison.ONE_OF: ("", "=="),
    Comparison.NOT_ONE_OF: ("", "!="),
}
"""For each comparison the part of a period it reads, and its sign between integers."""

_Aspect = tuple[str, str]
"""A fact and what is told of it: nothing more, a part of its period, or one word of its list."""


class Encoding:
    """How the facts of one set of rules become integers: the same for its rules and for every case.

    Raises NotExact when it is made of a rule that names a value without an exact integer, and
    ValueError for a condition its fact cannot have.
    """

    def __init__(self, rules: tuple[Rule, ...], facts: Mapping[str, Fact]) -> None:
        conditions = [condition for rule in rules for condition in rule.conditions]
        self._kinds = {condition.fact: kind_compared(condition, facts) for condition in conditions}
        self._words = _numbered_words(conditions, facts)
        self._shares = _ranked_shares(conditions, self._kinds)
        self._currencies = _currencies(conditions)
        self._attributes: dict[_Aspect, str] = {}
        for condition in conditions:
            self._attributes.setdefault(self._aspect(condition), f"a{len(self._attributes)}")
        self._read = [(fact, kind, HELD_AS[kind], self._aspects(fact)) for fact, kind in self._kinds.items()]
        self._told: Mapping[Kind, Callable[[str, Any], int]] = {
            Kind.WORD: lambda _, word: self._words.get(word, len(self._words)),
            Kind.MONEY: self._cents,
            Kind.DATE: lambda _, day: int(day.toordinal()),
            Kind.PERCENT: _per_cent_steps,
            Kind.SHARE: lambda fact, share: _rank(share, self._shares[fact]),
        }
        self._numbers = {condition: self._literals(condition) for condition in conditions}

    def conjunctions(self, rule: Rule) -> tuple[tuple[IntegerTest, ...], ...]:
        """Say a rule as conjunctions of which any suffices; raise TooManyAlternatives past the bound."""
        choices = [self._alternatives(condition) for condition in rule.conditions]
        count = 1
        for choice in choices:
            count *= len(choice)
        if count > MOST_CONJUNCTIONS:
            raise TooManyAlternatives(
                f"rule `{rule.name}` comes to {count} combinations of words, of {MOST_CONJUNCTIONS} at most: "
                "say it as several rules, or with `not one of`"
            )
        return tuple(tuple(test for part in parts for test in part) for parts in product(*choices))

    def attributes(self, case: FactValues) -> dict[str, int]:
        """Tell a case in integers; a missing fact has none. Raise NotExact or WrongKind where it cannot be told."""
        told: dict[str, int] = {}
        for fact, kind, held_as, aspects in self._read:
            value: Any = case[fact]
            if type(value) is Missing:
                continue
            if type(value) is not held_as:
                raise WrongKind(f"`{fact}` was worked out as another kind of value than it is declared as")
            for aspect, attribute in aspects:
                told[attribute] = _exact(fact, self._number(fact, kind, aspect, value))
        return told

    def _number(self, fact: str, kind: Kind, aspect: str, value: Any) -> int:
        if kind is Kind.MONTHS:
            return int(getattr(value, aspect))
        if kind is Kind.WORDS:
            return int(aspect in value)
        tell = self._told.get(kind)
        return int(value) if tell is None else tell(fact, value)

    def _aspect(self, condition: Condition) -> _Aspect:
        kind = self._kinds[condition.fact]
        if kind is Kind.WORDS:
            return condition.fact, str(condition.values[0])
        return condition.fact, _SIGNS[condition.comparison][0] if kind is Kind.MONTHS else ""

    def _aspects(self, fact: str) -> tuple[tuple[str, str], ...]:
        return tuple((aspect, key) for (name, aspect), key in self._attributes.items() if name == fact)

    def _literals(self, condition: Condition) -> tuple[int, ...]:
        kind = self._kinds[condition.fact]
        if kind is Kind.WORDS:
            return (int(condition.comparison is Comparison.WITH),)
        values: tuple[Any, ...] = condition.values
        tell = self._told.get(kind)
        numbers = (int(value) if tell is None else tell(condition.fact, value) for value in values)
        return tuple(_exact(condition.fact, number) for number in dict.fromkeys(numbers))

    def _alternatives(self, condition: Condition) -> tuple[tuple[IntegerTest, ...], ...]:
        attribute = self._attributes[self._aspect(condition)]
        sign = "==" if self._kinds[condition.fact] is Kind.WORDS else _SIGNS[condition.comparison][1]
        tests = tuple(IntegerTest(attribute, sign, number) for number in self._numbers[condition])
        if condition.comparison is Comparison.ONE_OF:
            return tuple((test,) for test in tests)
        return (tests,)

    def _cents(self, fact: str, money: Money) -> int:
        if money.currency != self._currencies[fact]:
            raise WrongKind(f"`{fact}` is in {money.currency}, its rules speak of {self._currencies[fact]}")
        return money.cents


def _numbered_words(conditions: list[Condition], facts: Mapping[str, Fact]) -> dict[str, int]:
    """Number every word a fact may be or a rule names; any other word gets a number no rule names."""
    known = (word for condition in conditions for word in facts[condition.fact].words)
    named = (value for condition in conditions for value in condition.values if isinstance(value, str))
    return {word: number for number, word in enumerate(dict.fromkeys((*known, *named)))}


def _ranked_shares(conditions: list[Condition], kinds: Mapping[str, Kind]) -> dict[str, list[Fraction]]:
    shares: dict[str, set[Fraction]] = {fact: set() for fact, kind in kinds.items() if kind is Kind.SHARE}
    for condition in conditions:
        if condition.fact in shares:
            shares[condition.fact].update(value for value in condition.values if isinstance(value, Fraction))
    return {fact: sorted(named) for fact, named in shares.items()}


def _currencies(conditions: list[Condition]) -> dict[str, str]:
    currencies: dict[str, str] = {}
    for condition in conditions:
        for value in condition.values:
            if isinstance(value, Money) and currencies.setdefault(condition.fact, value.currency) != value.currency:
                raise ValueError(f"`{condition.fact}` is compared in two currencies")
    return currencies


def _rank(share: Fraction, named: list[Fraction]) -> int:
    """Place a share among those the rules name: odd on one of them, even between two."""
    place = bisect_left(named, share)
    return 2 * place + (place < len(named) and named[place] == share)


def _per_cent_steps(fact: str, value: Decimal) -> int:
    if not value.is_finite():
        raise NotExact(f"`{fact}` is {value}, which is no number")
    numerator, denominator = value.as_integer_ratio()
    scaled, rest = divmod(numerator * _PERCENT_STEPS, denominator)
    if rest:
        raise NotExact(f"`{fact}` is {value}, which is finer than a step of 1/{_PERCENT_STEPS}")
    return scaled


def _exact(fact: str, number: int) -> int:
    if not -(2**63) <= number < 2**63:
        raise NotExact(f"`{fact}` is larger than can be compared exactly")
    return number
