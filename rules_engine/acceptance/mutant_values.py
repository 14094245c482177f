"""What a value of a rule file is changed to, one step at a time, to see whether a scenario notices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from rules_engine.matching.words import OPPOSITE
from rules_engine.model.exact import minus, plus
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Value
from rules_engine.rulebook.literals import LiteralFault, read_literal, write_literal
from rules_engine.rulebook.phrases import write_condition
from rules_engine.rulebook.rules import Condition
from rules_engine.rulebook.vocabulary import COMPARISONS_FOR, Comparison, Fact

_ONE_DAY = timedelta(days=1)
_AT_THE_EDGE = (
    (Comparison.LESS_THAN, Comparison.AT_MOST),
    (Comparison.MORE_THAN, Comparison.AT_LEAST),
    (Comparison.BEFORE, Comparison.ON_OR_BEFORE),
    (Comparison.AFTER, Comparison.ON_OR_AFTER),
)
_OTHER_EDGE = {**dict(_AT_THE_EDGE), **{second: first for first, second in _AT_THE_EDGE}}
"""The comparison that differs on the edge alone, which is the slip that is seen last."""

_LISTS = (Comparison.ONE_OF, Comparison.NOT_ONE_OF)
_OF_FIGURES = (Kind.MONEY, Kind.PERCENT, Kind.MONTHS, Kind.DAYS, Kind.BUSINESS_DAYS, Kind.NUMBER, Kind.DATE)


def other_values(text: str, kind: Kind, words: Sequence[str] = ()) -> Iterator[str]:
    """Give what a literal of a kind is changed to: a figure one step each way, a word to each other word.

    A step is one unit of the last digit that is not zero: `$250,000` becomes `$260,000` and `$240,000`, `2 %` becomes
    `3 %` and `1 %`, `6 months` 7 and 5, a date the days beside it. What cannot be read as the kind is left alone.
    """
    try:
        value = read_literal(text, kind, words)
    except LiteralFault:
        return
    for other in _others(value, kind, words):
        yield write_literal(other, kind)


def _others(value: Value, kind: Kind, words: Sequence[str]) -> Iterable[Value]:
    match value:
        case bool():
            return (not value,)
        case int():
            return [each for each in (value + 1, value - 1) if each >= 0]
        case Money():
            return [Money(cents, value.currency) for cents in _beside(value.cents)]
        case Decimal():
            step = Decimal((0, (1,), min(int(value.as_tuple().exponent), 0)))
            return [each for each in (plus(value, step), minus(value, step)) if each >= 0]
        case date():
            return (value + _ONE_DAY, value - _ONE_DAY)
        case frozenset():
            return [value - {word} for word in sorted(value) if len(value) > 1]
    if kind is Kind.WORD:
        return [word for word in words if word != value]
    if kind is Kind.DAY_OF_THE_YEAR:
        return [day for day in ("31 December", "30 June") if day != value]
    return ()


def _beside(cents: int) -> Iterator[int]:
    """Give an amount one step more, and one step less; of 1,000 a step less is 900."""
    step = 1
    while cents and cents % (step * 10) == 0:
        step *= 10
    yield cents + step
    if cents > step:
        yield cents - step
    elif step > 1:
        yield cents - step // 10


def other_conditions(condition: Condition, fact: Fact) -> Iterator[tuple[str, str]]:
    """Give what a line of `when` is changed to, each with what kind of change it is."""
    comparison = _OTHER_EDGE.get(condition.comparison, OPPOSITE[condition.comparison])
    if comparison in COMPARISONS_FOR[fact.kind]:
        yield "comparison", write_condition(replace(condition, comparison=comparison), fact)
    if condition.term or condition.against:
        return
    for values in _other_values_of(condition, fact):
        what = "figure" if fact.kind in _OF_FIGURES else "word"
        yield what, write_condition(replace(condition, values=values), fact)


def _other_values_of(condition: Condition, fact: Fact) -> Iterator[tuple[Value, ...]]:
    if condition.comparison in _LISTS:
        for word in condition.values if len(condition.values) > 1 else ():
            yield tuple(each for each in condition.values if each != word)
        added = next((word for word in fact.words if word not in condition.values), None)
        if added is not None:
            yield (*condition.values, added)
        return
    value = condition.values[0]
    if fact.kind in _OF_FIGURES:
        yield from ((other,) for other in _others(value, fact.kind, ()))
    elif fact.kind in (Kind.WORD, Kind.WORDS) and value in fact.words and len(fact.words) > 1:
        yield (fact.words[(fact.words.index(str(value)) + 1) % len(fact.words)],)
