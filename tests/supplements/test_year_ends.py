"""A sentence that keeps payments within the year is told of, unless the programme's terms say the same."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from rules_engine.clauses import CLAUSES
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.vocabulary import Vocabulary
from rules_engine.supplements import read_supplement_text
from tests.acme import spell_out

RULES = Path(__file__).parents[2] / "rules"
ALLY = "ally/term-notes-a"
TODO = "give each note `following within the year` for what that is about, under `payment days`"


def supplement(sentence: str) -> bytes:
    return f"""\
Registration Statement No. 333-206284
Pricing Supplement No. 124
CUSIP\tCoupon Type\tCoupon Rate\tCoupon Frequency\tMaturity\t1st Coupon Date\t1st Coupon Amount\tSurvivor's Option
02006DLF6\tFixed\t3.500%\tMonthly\t12/15/2019\t1/15/2017\t$4.28\tYes
Redemption Information: Non-Callable
Settle Date: Thursday, December 1, 2016
Minimum Denomination/Increments: $1,000.00/$1,000.00
{sentence}
""".encode()


def warned(sentence: str, book: Book | None = None) -> list[str]:
    read = read_supplement_text(supplement(sentence), programme=ALLY if book else "", book=book)
    assert read.notes[0].value("maturity") == date(2019, 12, 15)
    return [remark.message for remark in read.warnings if TODO in remark.message]


@pytest.mark.parametrize(
    "sentence",
    [
        "If a payment date is not a business day, payment is made on the next business day, unless that day falls in "
        "the next calendar year, in which case it is made on the immediately preceding business day.",
        "Any payment that falls due on a day that is not a Business Day will be made on the following Business Day, "
        "or, if that is in the succeeding calendar year,\non the preceding Business Day.",
        "Payment is made on the preceding business day if the next business day would fall in the following year.",
        "Payment is made on the business day next succeeding, but on the preceding day where that is in the next year.",
    ],
)
def test_warns_of_a_sentence_that_turns_back_at_the_end_of_a_year(sentence: str) -> None:
    (message,) = warned(sentence)
    assert "year" in message


@pytest.mark.parametrize(
    "sentence",
    [
        "If a payment date is not a business day, payment is made on the next business day.",
        "If that day falls in the next calendar month, payment is made on the preceding business day.",
        # of limits, not of days
        "Tenders not accepted are deemed tendered on the first business day of the next calendar year.",
        # two sentences, of two things
        "Limits are counted again in the next calendar year. Payment is made on the next business day, and notice is "
        "given on the preceding business day.",
    ],
)
def test_says_nothing_of_other_sentences(sentence: str) -> None:
    assert warned(sentence) == []


def test_says_nothing_where_the_programme_moves_days_so(tmp_path: Path) -> None:
    root = tmp_path / "rules"
    shutil.copytree(RULES, root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    spell_out(root / ALLY / "2015-08-10")
    file = root / ALLY / "2015-08-10" / "payment-days.yaml"
    sentence = (
        "Payment is made on the next business day, but on the preceding business day if that falls in the next year."
    )
    words = Vocabulary.of(clause.words for clause in CLAUSES)
    assert len(warned(sentence, Book.open(root, words))) == 1
    file.write_text(file.read_text().replace("value: following", "value: following within the year", 1))
    assert len(warned(sentence, Book.open(root, words))) == 1  # of maturity nothing is said yet
    file.write_text(file.read_text().replace("value: following\n", "value: following within the year\n"))
    assert warned(sentence, Book.open(root, words)) == []
