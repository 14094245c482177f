"""A literal is what its kind says, to the letter, and is written as it is read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Value
from rules_engine.rulebook.literals import LiteralFault, read_literal, write_literal

WORDS = ("trust", "nominee", "held by the entirety", "letters and wills")


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("6 months", Kind.MONTHS, 6),
        ("1 month", Kind.MONTHS, 1),
        ("0 months", Kind.MONTHS, 0),
        ("1 year", Kind.MONTHS, 12),
        ("2 years", Kind.MONTHS, 24),
        ("30 days", Kind.DAYS, 30),
        ("1 day", Kind.DAYS, 1),
        ("20 business days", Kind.BUSINESS_DAYS, 20),
        ("$250,000", Kind.MONEY, Money.parse("250000.00")),
        ("$2,000,000.00", Kind.MONEY, Money.parse("2000000.00")),
        ("$4.28", Kind.MONEY, Money.parse("4.28")),
        ("$1000", Kind.MONEY, Money.parse("1000.00")),
        ("2 %", Kind.PERCENT, Decimal(2)),
        ("2%", Kind.PERCENT, Decimal(2)),
        ("3.500%", Kind.PERCENT, Decimal("3.5")),
        ("100.00 %", Kind.PERCENT, Decimal(100)),
        ("2016-12-01", Kind.DATE, date(2016, 12, 1)),
        ("2016-02-29", Kind.DATE, date(2016, 2, 29)),  # a leap year
        ("yes", Kind.YES_NO, True),
        ("no", Kind.YES_NO, False),
        ("trust", Kind.WORD, "trust"),
        ("trust, nominee and held by the entirety", Kind.WORDS, frozenset(WORDS[:3])),
        ("trust or nominee", Kind.WORDS, frozenset(WORDS[:2])),
        ("trust, nominee, and letters and wills", Kind.WORDS, frozenset((*WORDS[:2], WORDS[3]))),
        ("letters and wills", Kind.WORDS, frozenset(WORDS[3:])),
        ("1/3", Kind.SHARE, Fraction(1, 3)),
        ("1", Kind.SHARE, Fraction(1)),
        ("12", Kind.NUMBER, 12),
        ("15 days before", Kind.RECORD_DATE, "15 days before"),
        ("1 business day before", Kind.RECORD_DATE, "1 business day before"),
        ("first of the month", Kind.RECORD_DATE, "first of the month"),
        ("1 March and 1 September", Kind.RECORD_DATE, "1 March and 1 September"),
        ("31 December", Kind.DAY_OF_THE_YEAR, "31 December"),
        ("28 February", Kind.DAY_OF_THE_YEAR, "28 February"),
        ("USNY", Kind.TEXT, "USNY"),
    ],
)
def test_reads_a_literal(text: str, kind: Kind, value: Value) -> None:
    assert read_literal(text, kind, WORDS) == value


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("-6 months", Kind.MONTHS),
        ("six months", Kind.MONTHS),
        ("6 business days", Kind.MONTHS),
        ("20 days", Kind.BUSINESS_DAYS),
        ("20 business days", Kind.DAYS),
        ("36601 days", Kind.DAYS),
        ("-12", Kind.NUMBER),
        ("20 days", Kind.NUMBER),
        ("0 days before", Kind.RECORD_DATE),
        ("367 days before", Kind.RECORD_DATE),  # longer than any interest period
        ("15 days", Kind.RECORD_DATE),
        ("1 March, 1 September", Kind.RECORD_DATE),
        ("1 March and 31 September", Kind.RECORD_DATE),
        ("12-31", Kind.DAY_OF_THE_YEAR),
        ("29 February", Kind.DAY_OF_THE_YEAR),  # only leap years have one
        ("31 June", Kind.DAY_OF_THE_YEAR),
        ("0 May", Kind.DAY_OF_THE_YEAR),
        ("1 Mai", Kind.DAY_OF_THE_YEAR),
        ("\u0663 days", Kind.DAYS),  # an Arabic-Indic three
        ("250,000", Kind.MONEY),
        ("$25,00", Kind.MONEY),
        ("$2500,000", Kind.MONEY),
        ("$4.285", Kind.MONEY),
        ("$-5", Kind.MONEY),
        ("$1000000000000000", Kind.MONEY),
        ("-2 %", Kind.PERCENT),
        ("2 per cent", Kind.PERCENT),
        ("2016-12-1", Kind.DATE),
        ("2017-02-29", Kind.DATE),
        ("2016-13-01", Kind.DATE),
        ("2016-04-31", Kind.DATE),
        ("2016-04-00", Kind.DATE),
        ("0000-04-01", Kind.DATE),
        ("Yes", Kind.YES_NO),
        ("trusts", Kind.WORD),
        ("trust, nominees", Kind.WORDS),
        ("trust,", Kind.WORDS),
        ("1/0", Kind.SHARE),
        ("4/3", Kind.SHARE),
        ("1.5", Kind.NUMBER),
        ("1000000000000000", Kind.NUMBER),
    ],
)
def test_refuses_what_is_none(text: str, kind: Kind) -> None:
    with pytest.raises(LiteralFault):
        read_literal(text, kind, WORDS)


VALUES = st.one_of(
    *(st.tuples(st.just(kind), st.integers(0, 36_600)) for kind in (Kind.MONTHS, Kind.DAYS, Kind.BUSINESS_DAYS)),
    st.tuples(st.just(Kind.MONEY), st.integers(0, 10**17 - 1).map(Money.from_cents)),
    st.tuples(st.just(Kind.PERCENT), st.decimals(0, 999_999, places=5)),
    st.tuples(st.just(Kind.DATE), st.dates()),
    st.tuples(st.just(Kind.YES_NO), st.booleans()),
    st.tuples(st.just(Kind.WORD), st.sampled_from(WORDS)),
    st.tuples(st.just(Kind.WORDS), st.frozensets(st.sampled_from(WORDS), min_size=1)),
    st.tuples(st.just(Kind.SHARE), st.fractions(0, 1, max_denominator=10**9 - 1)),
    st.tuples(st.just(Kind.NUMBER), st.integers(0, 10**15 - 1)),
)


@given(VALUES)
def test_a_value_is_written_as_it_is_read(given_value: tuple[Kind, Value]) -> None:
    kind, value = given_value
    assert read_literal(write_literal(value, kind), kind, WORDS) == value
