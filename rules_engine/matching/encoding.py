"""Values as small integers: where each stands among the values that the rules name, which is all a condition asks.

A rule set that names $1,000 and $250,000 of a fact divides its values into five: below the first, on it, between the
two, on the second, above it. A value's rank is which of the five; every condition on the fact holds of all values of a
rank or of none. So an engine that compares integers is told nothing it could read wrongly: no fraction, no text, no
large number. Ranks are worked out here, exactly, on the values themselves.
"""

from __future__ import annotations

import operator
from bisect import bisect_left
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any, NamedTuple

from rules_engine.errors import RulesEngineError
from rules_engine.matching.conditions import HELD_AS, FactValues
from rules_engine.matching.generated.text import Function
from rules_engine.matching.plain import held_as, other_currency, wrong_kind
from rules_engine.model.values import Kind, Missing, Span
from rules_engine.rulebook.rules import Condition, Rule
from rules_engine.rulebook.vocabulary import Comparison, Fact

MOST_CONJUNCTIONS = 200
"""How many conjunctions one rule may come to once each of its lists is taken word by word."""


class NotExact(RulesEngineError):
    """A value is no number, and has no place among others."""


class TooManyAlternatives(RulesEngineError):
    """The lists of a rule come to more conjunctions than one rule may have."""


class RankTest(NamedTuple):
    """The rank of one aspect held against one rank; `sign` is `==`, `!=`, `<`, `<=`, `>` or `>=`."""

    aspect: int
    sign: str
    rank: int


Ranks = tuple[int | None, ...]
"""A case as the engine is told it: the rank of each aspect, None where its fact is missing."""

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
"""For each comparison the part of a period it reads, and its sign between ranks."""


class Encoding:
    """How the facts of one set of rules become ranks: the same for its rules and for every case.

    `aspects` says how many there are. Raises ValueError for a condition its fact cannot have.
    """

    def __init__(self, rules: tuple[Rule, ...], facts: Mapping[str, Fact]) -> None:
        self._held_as = held_as(rules, facts)
        named: dict[str, dict[str, list[Any]]] = {fact: {} for fact in self._held_as}
        for condition in (condition for rule in rules for condition in rule.conditions):
            named[condition.fact].setdefault(self._looked_at(condition), []).extend(condition.values)
        self._ranks = {
            (fact, looked_at): _ranking(fact, self._held_as[fact][0], looked_at, values)
            for fact, aspects in named.items()
            for looked_at, values in aspects.items()
        }
        self._places = {aspect: place for place, aspect in enumerate(self._ranks)}
        self._of_fact = {
            fact: [(self._places[fact, looked_at], self._ranks[fact, looked_at]) for looked_at in aspects]
            for fact, aspects in named.items()
        }
        self.aspects = len(self._ranks)
        self._all_ranks = self._ranked_by_one_function()

    def ranks(self, case: FactValues) -> Ranks:
        """Tell a case; raise NotExact or WrongKind where it cannot be told."""
        ranks: Ranks = self._all_ranks(case)
        return ranks

    def _ranked_by_one_function(self) -> Callable[[FactValues], Any]:
        refusing = {"wrong_kind": wrong_kind, "other_currency": other_currency}
        function = Function("ranks", {"Missing": Missing, **refusing})
        for number, (fact, (kind, currency)) in enumerate(self._held_as.items()):
            key, held, value = (
                function.name(f"k{number}", fact),
                function.name(f"t{number}", HELD_AS[kind]),
                f"v{number}",
            )
            function.add(f"{value} = facts[{key}]", f"if type({value}) is {held}:")
            if kind is Kind.MONEY:
                expected = function.name(f"u{number}", currency)
                function.add(f" if {value}.currency != {expected}: raise other_currency({key}, {value}, {expected})")
            for place, ranking in self._of_fact[fact]:
                given = function.name(f"c{place}", ranking.given)
                function.add(f" r{place} = {ranking.written.format(v=value, c=given)}")
            function.add(f"elif type({value}) is Missing:")
            function.add(f" {' = '.join(f'r{place}' for place, _ in self._of_fact[fact])} = None")
            function.add(f"else: raise wrong_kind({key})")
        function.add(f"return ({''.join(f'r{place},' for place in range(self.aspects))})")
        return function.compiled()

    def ranks_of(self, fact: str, value: Any) -> list[tuple[int, int]]:
        """Give the ranks of one fact that is not missing, each with its aspect."""
        return [(place, ranking.rank(value)) for place, ranking in self._of_fact[fact]]

    def conjunctions(self, rule: Rule) -> tuple[tuple[RankTest, ...], ...]:
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

    def _looked_at(self, condition: Condition) -> str:
        """Name what a condition looks at of its fact: nothing more, a part of its period, or one word of its list."""
        kind = self._held_as[condition.fact][0]
        if kind is Kind.WORDS:
            return str(condition.values[0])
        return _SIGNS[condition.comparison][0] if kind is Kind.MONTHS else ""

    def _alternatives(self, condition: Condition) -> tuple[tuple[RankTest, ...], ...]:
        aspect = (condition.fact, self._looked_at(condition))
        place = self._places[aspect]
        if self._held_as[condition.fact][0] is Kind.WORDS:
            return ((RankTest(place, "==", int(condition.comparison is Comparison.WITH)),),)
        rank, kind = self._ranks[aspect].rank, self._held_as[condition.fact][0]
        literals = (_literal(value, kind) for value in condition.values)
        sign = _SIGNS[condition.comparison][1]
        tests = tuple(RankTest(place, sign, each) for each in dict.fromkeys(rank(literal) for literal in literals))
        if condition.comparison is Comparison.ONE_OF:
            return tuple((test,) for test in tests)
        return (tests,)


class _Numbered(dict[Any, int]):
    """Words by number; any word that no rule names has the number after the last."""

    def __missing__(self, _: object) -> int:
        return len(self)


class _Ranking(NamedTuple):
    """What ranks the values of a fact: as a function, and as it is written into the one that ranks all facts.

    There `{v}` is the value, and `{c}` the object `given`.
    """

    rank: Callable[[Any], int]
    written: str
    given: object


def _ranking(fact: str, kind: Kind, looked_at: str, named: list[Any]) -> _Ranking:
    """Give what ranks the values of a fact among those that rules name."""
    if kind is Kind.WORDS:
        return _Ranking(lambda words: int(looked_at in words), "+({c} in {v})", looked_at)
    if kind is Kind.YES_NO:
        return _Ranking(int, "+{v}", None)
    if kind is Kind.WORD:
        numbered = _Numbered((word, number) for number, word in enumerate(dict.fromkeys(named)))
        return _Ranking(numbered.__getitem__, "{c}[{v}]", numbered)
    if kind is Kind.PERCENT:
        among = _among(sorted(set(named)))

        def rank(number: Decimal) -> int:
            return among(_finite(fact, number))

        return _Ranking(rank, "{c}({v})", rank)
    if kind is Kind.MONEY:
        return _ranked("cents", [money.cents for money in named])
    return _ranked(looked_at, named)


def _ranked(part: str, named: list[Any]) -> _Ranking:
    """Rank what a value, or a part of it, comes to among what rules name: odd on one of them, even between two."""
    values = sorted(set(named))
    read = operator.attrgetter(part) if part else _itself
    value = f"{{v}}.{part}" if part else "{v}"
    among = _among(values)
    if len(values) == 1:
        return _Ranking(lambda each: among(read(each)), f"({value} >= {{c}}) + ({value} > {{c}})", values[0])
    return _Ranking(lambda each: among(read(each)), f"{{c}}({value})", among)


def _among(named: list[Any]) -> Callable[[Any], int]:
    def rank(value: Any) -> int:
        place = bisect_left(named, value)
        return 2 * place + (place < len(named) and named[place] == value)

    return rank


def _itself(value: Any) -> Any:
    return value


def _literal(value: Any, kind: Kind) -> Any:
    """Give a value with the rank of a literal: of months, a period of just so many."""
    return Span(value, value, _ANY_DAY, _ANY_DAY) if kind is Kind.MONTHS else value


# only a period's months are ranked
_ANY_DAY = date(2000, 1, 1)


def _finite(fact: str, number: Decimal) -> Decimal:
    if not number.is_finite():
        raise NotExact(f"`{fact}` is {number}, which is not a number")
    return number
