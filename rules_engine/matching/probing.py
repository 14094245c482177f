"""Made-up cases on which two matchers of the same rules must agree before either is believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import repeat
from typing import Any

from rules_engine.matching.conditions import FactValues, kind_compared
from rules_engine.matching.encoding import Ranks, RankTest
from rules_engine.matching.engine_rules import Conjunction
from rules_engine.model.exact import plus
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing, Span, Value
from rules_engine.rulebook.rules import Condition, Rule
from rules_engine.rulebook.vocabulary import Comparison, Fact

_HOLDS_BEFORE_ITS_VALUE = (
    Comparison.LESS_THAN,
    Comparison.BEFORE,
    Comparison.IS_NOT,
    Comparison.NOT_ONE_OF,
    Comparison.WITHOUT,
)
_HOLDS_PAST_ITS_VALUE = (Comparison.MORE_THAN, Comparison.AFTER)

# only a period's months are compared, so any days will do
_ANY_DAY = date(2000, 1, 1)


def probing_cases(rule: Rule, facts: Mapping[str, Fact]) -> Iterator[FactValues]:
    """Give the facts that a rule looks at: all missing, then all on a side of what its conditions name.

    Once they hold, so far as they can together; then every fact is one step before the value its condition names, on
    it, and one step past it. No rule is probed by what another names, so that a rule set takes as long as it has rules.
    """
    yield {condition.fact: Missing((condition.fact,)) for condition in rule.conditions}
    yield _made_up(rule.conditions, facts, map(_holding_step, rule.conditions))
    for step in (-1, 0, 1):
        yield _made_up(rule.conditions, facts, repeat(step))


def probing_ranks(conjunctions: Sequence[Conjunction], count: int) -> Iterator[Ranks]:
    """Give cases of so many ranks for an engine rule set: all missing, and each conjunction's on each of its sides.

    What a conjunction does not look at is as another wants it, so that several may match at once.
    """
    yield (None,) * count
    common = {test.aspect: _side(test, _HOLDING[test.sign]) for conjunction in conjunctions for test in conjunction}
    for conjunction in conjunctions:
        holding = {test.aspect: _side(test, _HOLDING[test.sign]) for test in conjunction}
        yield _ranked(common | holding, count)
        for step in (-1, 0, 1):
            yield _ranked(common | {test.aspect: _side(test, step) for test in conjunction}, count)


_HOLDING = {"==": 0, "<=": 0, ">=": 0, "<": -1, "!=": -1, ">": 1}
"""For each sign a step from a rank to one of which it holds."""


def _side(test: RankTest, step: int) -> int:
    return test.rank + step


def _ranked(ranks: Mapping[int, int], count: int) -> Ranks:
    return tuple(ranks.get(aspect) for aspect in range(count))


def _holding_step(condition: Condition) -> int:
    """Say on which side of the value it names a condition holds: -1 before, 0 on, 1 past it."""
    if condition.comparison in _HOLDS_BEFORE_ITS_VALUE:
        return -1
    return 1 if condition.comparison in _HOLDS_PAST_ITS_VALUE else 0


def _made_up(
    conditions: Iterable[Condition], facts: Mapping[str, Fact], steps: Iterable[int]
) -> dict[str, Value | Missing]:
    """Give each fact its value; of two conditions on one fact the later has its way, but words add up."""
    case: dict[str, Value | Missing] = {}
    for condition, step in zip(conditions, steps, strict=False):
        value = _beside(condition, kind_compared(condition, facts), step)
        already = case.get(condition.fact)
        if isinstance(value, frozenset) and isinstance(already, frozenset):
            value = value | already
        case[condition.fact] = value
    return case


def _beside(condition: Condition, kind: Kind, step: int) -> Value:
    """Find the value one step before (-1), on (0) or one step past (1) the one a condition names."""
    literal: Any = condition.values[-1 if step > 0 else 0]
    if kind is Kind.YES_NO:
        return bool(literal) is (step >= 0)
    if kind is Kind.WORDS:
        return frozenset() if step < 0 else frozenset((literal,))
    if kind is Kind.WORD:
        return "neither " + " nor ".join(map(str, condition.values)) if step < 0 else str(literal)
    if kind is Kind.MONTHS:
        # a day short of the months, to the day, and a day past them
        return Span(literal + min(step, 0), literal + max(step, 0), _ANY_DAY, _ANY_DAY)
    moved: Value = _moved(literal, step)
    return moved


def _moved(literal: Any, step: int) -> Any:
    """Move a literal by one step of its kind, staying on it at either end of the calendar."""
    if isinstance(literal, Money):
        return Money.from_cents(literal.cents + step, literal.currency)
    if isinstance(literal, date):
        return literal if literal in (date.min, date.max) else literal + timedelta(days=step)
    if isinstance(literal, Decimal):
        return plus(literal, Decimal(step))
    if isinstance(literal, Fraction | int):
        return literal + step
    return literal
