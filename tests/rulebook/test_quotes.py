"""What a person finds in a sentence: figures in digits and in words, and nothing that only looks like them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Value
from rules_engine.rulebook.quotes import gives, plain


@pytest.mark.parametrize(
    ("quote", "value", "kind"),
    [
        ("in excess of $250,000 in any calendar year", Money.parse("250000"), Kind.MONEY),
        ("the greater of $2,000,000 or 2%", Money.parse("2000000"), Kind.MONEY),
        ("the greater of $2 million or two percent (2%)", Money.parse("2000000"), Kind.MONEY),
        ("\\$1,000.00/\\$1,000.00", Money.parse("1000"), Kind.MONEY),
        ("1/15/2017 $4.28 Yes", Money.parse("4.28"), Kind.MONEY),
        ("the greater of $2,000,000 or 2%", Decimal(2), Kind.PERCENT),
        ("two per cent of the principal", Decimal(2), Kind.PERCENT),
        ("100.00 % (1) 1.125 % Fixed 3.500 % Monthly", Decimal("3.5"), Kind.PERCENT),
        ("for at least six (6) months", 6, Kind.MONTHS),
        ("within one year of the date of death", 12, Kind.MONTHS),
        ("a twelve-month period", 12, Kind.MONTHS),
        ("a 6 month holding period", 6, Kind.MONTHS),
        ("30 Calendar Days Notice", 30, Kind.DAYS),
        ("not less than thirty days", 30, Kind.DAYS),
        ("twenty-one days", 21, Kind.DAYS),
        ("on 10 Business Days' notice", 10, Kind.BUSINESS_DAYS),
        ("at least 30 days prior notice", 30, Kind.NUMBER),
        ("12/15/2019 1/15/2017", date(2017, 1, 15), Kind.DATE),
        ("Settle Date: Thursday, December 1, 2016", date(2016, 12, 1), Kind.DATE),
        ("15 Dec 2019", date(2019, 12, 15), Kind.DATE),
        ("as of 2016-12-01", date(2016, 12, 1), Kind.DATE),
        ("as of December 31 of the most recent year", "31 December", Kind.DAY_OF_THE_YEAR),
        ("on the 31st December", "31 December", Kind.DAY_OF_THE_YEAR),
        ("a share of 1/3", Fraction(1, 3), Kind.SHARE),
    ],
)
def test_a_figure_is_found_as_a_person_finds_it(quote: str, value: Value, kind: Kind) -> None:
    assert gives(quote, value, kind) is True


@pytest.mark.parametrize(
    ("quote", "value", "kind"),
    [
        ("in excess of $1,250,000", Money.parse("250000"), Kind.MONEY),
        ("$250,000.50", Money.parse("250000"), Kind.MONEY),
        ("250,0000", Money.parse("250000"), Kind.MONEY),
        ("$2 or more", Decimal(2), Kind.PERCENT),
        ("2.5%", Decimal(2), Kind.PERCENT),
        ("six days", 6, Kind.MONTHS),
        ("16 months", 6, Kind.MONTHS),
        ("sixteen months", 6, Kind.MONTHS),
        ("six months and six years", 12, Kind.MONTHS),
        ("10 business days", 10, Kind.DAYS),
        ("10 calendar days", 10, Kind.BUSINESS_DAYS),
        ("112/15/2019", date(2019, 12, 15), Kind.DATE),
        ("13/32/2019", date(2019, 12, 15), Kind.DATE),
        ("December 31", "30 December", Kind.DAY_OF_THE_YEAR),
    ],
)
def test_another_figure_is_not_taken_for_it(quote: str, value: Value, kind: Kind) -> None:
    assert gives(quote, value, kind) is False


@pytest.mark.parametrize("kind", [Kind.WORD, Kind.WORDS, Kind.YES_NO, Kind.TEXT, Kind.RECORD_DATE])
def test_a_choice_is_no_figure_and_is_left_to_the_reader(kind: Kind) -> None:
    assert gives("paid on the next business day", "following", kind) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Monthly\t12/15/2019\n1/15/2017", "Monthly 12/15/2019 1/15/2017"),
        ("**02006DLG4** 100.00 %", "02006DLG4 100.00 %"),
        ("\\$4.28", "$4.28"),
        ("the Survivor\u2019s Option \u2014 \u201cYes\u201d", 'the Survivor\'s Option - "Yes"'),
        ("re\u00adpaid", "repaid"),
    ],
)
def test_what_an_extraction_adds_says_nothing(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(("one", "other"), [("six months", "Six months"), ("$4.28", "$4.29"), ("not paid", "paid")])
def test_every_other_sign_counts(one: str, other: str) -> None:
    assert plain(one) != plain(other)
