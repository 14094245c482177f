from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from rules_engine.matching.words import observed_in_words, opposite_in_words, required_in_words, short_by
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing, Span, Value
from rules_engine.rulebook.vocabulary import Comparison

from .rule_sets import condition, fact

LIMIT = Money.parse("25000")


@pytest.mark.parametrize(
    ("kind", "comparison", "literals", "required", "opposite"),
    [
        (Kind.MONTHS, Comparison.LESS_THAN, (6,), "less than 6 months", "at least 6 months"),
        (Kind.MONTHS, Comparison.AT_MOST, (1,), "at most 1 month", "more than 1 month"),
        (Kind.DAYS, Comparison.AT_LEAST, (30,), "at least 30 days", "less than 30 days"),
        (Kind.BUSINESS_DAYS, Comparison.MORE_THAN, (1,), "more than 1 business day", "at most 1 business day"),
        (Kind.MONEY, Comparison.AT_MOST, (LIMIT,), "at most $25,000", "more than $25,000"),
        (Kind.DATE, Comparison.BEFORE, (date(2016, 12, 1),), "before 2016-12-01", "on or after 2016-12-01"),
        (Kind.DATE, Comparison.AFTER, (date(2016, 12, 1),), "after 2016-12-01", "on or before 2016-12-01"),
        (Kind.PERCENT, Comparison.IS, (Decimal("100"),), "100 per cent", "not 100 per cent"),
        (Kind.SHARE, Comparison.LESS_THAN, (Fraction(1, 3),), "less than 1/3", "at least 1/3"),
        (Kind.NUMBER, Comparison.IS_NOT, (2,), "not 2", "2"),
        (Kind.YES_NO, Comparison.IS, (True,), "yes", "no"),
        (Kind.YES_NO, Comparison.IS, (False,), "no", "yes"),
        (Kind.WORD, Comparison.IS, ("death",), "death", "not death"),
        (Kind.WORD, Comparison.ONE_OF, ("a",), "one of a", "not one of a"),
        (Kind.WORD, Comparison.NOT_ONE_OF, ("a", "b", "c"), "not one of a, b or c", "one of a, b or c"),
        (Kind.WORDS, Comparison.WITH, ("tax waiver",), "with tax waiver", "without tax waiver"),
    ],
)
def test_says_what_a_condition_asks_and_what_it_rules_out(
    kind: Kind, comparison: Comparison, literals: tuple[Value, ...], required: str, opposite: str
) -> None:
    held = condition("observed", comparison, *literals)
    assert required_in_words(held, fact("observed", kind)) == required
    assert opposite_in_words(held, fact("observed", kind)) == opposite


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        # 1 December and five months is 1 May; 31 May is thirty days on
        (Kind.MONTHS, Span(5, 6, date(2015, 12, 1), date(2016, 5, 31)), "5 months and 30 days"),
        (Kind.MONTHS, Span(6, 6, date(2015, 12, 1), date(2016, 6, 1)), "6 months"),
        (Kind.MONTHS, Span(1, 2, date(2015, 12, 1), date(2016, 1, 2)), "1 month and 1 day"),
        (Kind.MONTHS, Span(0, 1, date(2015, 12, 1), date(2015, 12, 3)), "2 days"),
        (Kind.MONTHS, Span(0, 0, date(2015, 12, 1), date(2015, 12, 1)), "0 days"),
        (Kind.MONTHS, Span(-1, 0, date(2015, 12, 1), date(2015, 11, 30)), "1 day before 2015-12-01"),
        (Kind.MONEY, LIMIT, "$25,000"),
        (Kind.MONEY, Money.parse("4.28"), "$4.28"),
        (Kind.YES_NO, True, "yes"),
        (Kind.YES_NO, False, "no"),
        (Kind.DATE, date(2016, 12, 1), "2016-12-01"),
        (Kind.DAYS, 1, "1 day"),
        (Kind.BUSINESS_DAYS, 10, "10 business days"),
        (Kind.NUMBER, 3, "3"),
        (Kind.PERCENT, Decimal("99.5"), "99.5 per cent"),
        (Kind.SHARE, Fraction(1, 3), "1/3"),
        (Kind.WORD, "death", "death"),
        (Kind.TEXT, "as printed", "as printed"),
        (Kind.WORDS, frozenset({"trust agreement", "tax waiver"}), "tax waiver, trust agreement"),
        (Kind.WORDS, frozenset(), "none"),
        (Kind.DAYS, Missing(("received_on",)), "not known"),
    ],
)
def test_says_what_was_observed(kind: Kind, value: Value | Missing, said: str) -> None:
    assert observed_in_words(fact("observed", kind), value) == said


def held_until(day: date) -> Span:
    """Held from 1 December 2015: six months are complete on 1 June 2016, in leap year or not."""
    completed = 5 if day < date(2016, 6, 1) else 6
    begun = 6 if day <= date(2016, 6, 1) else 7
    return Span(completed, begun, date(2015, 12, 1), day)


@pytest.mark.parametrize(
    ("kind", "comparison", "literal", "value", "said"),
    [
        (Kind.MONTHS, Comparison.AT_LEAST, 6, held_until(date(2016, 5, 31)), "1 day"),
        (Kind.MONTHS, Comparison.AT_LEAST, 6, held_until(date(2016, 6, 1)), ""),
        (Kind.MONTHS, Comparison.LESS_THAN, 6, held_until(date(2016, 6, 1)), "1 day"),
        (Kind.MONTHS, Comparison.LESS_THAN, 6, held_until(date(2016, 5, 31)), ""),
        (Kind.MONTHS, Comparison.AT_MOST, 6, held_until(date(2016, 6, 3)), "2 days"),
        (Kind.MONTHS, Comparison.AT_MOST, 6, held_until(date(2016, 6, 1)), ""),
        (Kind.MONTHS, Comparison.MORE_THAN, 6, held_until(date(2016, 6, 1)), "1 day"),
        (Kind.MONEY, Comparison.AT_LEAST, Money.parse("1000"), Money.parse("500"), "$500"),
        (Kind.MONEY, Comparison.AT_MOST, Money.parse("1000"), Money.parse("1500"), "$500"),
        (Kind.MONEY, Comparison.MORE_THAN, Money.parse("1000"), Money.parse("1000"), "$0.01"),
        (Kind.MONEY, Comparison.MORE_THAN, Money.parse("1000"), Money.parse("1000.01"), ""),
        (Kind.DAYS, Comparison.AT_LEAST, 30, 29, "1 day"),
        (Kind.DAYS, Comparison.AT_LEAST, 30, 30, ""),
        (Kind.DAYS, Comparison.LESS_THAN, 30, 30, "1 day"),
        (Kind.BUSINESS_DAYS, Comparison.AT_LEAST, 10, 8, "2 business days"),
        (Kind.NUMBER, Comparison.AT_MOST, 3, 5, "2"),
        (Kind.DATE, Comparison.BEFORE, date(2016, 12, 1), date(2016, 12, 1), "1 day"),
        (Kind.DATE, Comparison.ON_OR_AFTER, date(2016, 12, 1), date(2016, 11, 1), "30 days"),
        (Kind.PERCENT, Comparison.AT_LEAST, Decimal(100), Decimal("99.5"), "0.5 per cent"),
        (Kind.SHARE, Comparison.MORE_THAN, Fraction(1, 2), Fraction(1, 3), "1/6"),
        (Kind.SHARE, Comparison.MORE_THAN, Fraction(1, 2), Fraction(1, 2), ""),
        (Kind.WORD, Comparison.IS, "death", "hardship", ""),
        (Kind.DAYS, Comparison.AT_LEAST, 30, Missing(("received_on",)), ""),
    ],
)
def test_says_by_how_much_a_threshold_was_missed(
    kind: Kind, comparison: Comparison, literal: Value, value: Value | Missing, said: str
) -> None:
    assert short_by(condition("observed", comparison, literal), fact("observed", kind), value) == said
