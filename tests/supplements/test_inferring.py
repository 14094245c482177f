"""What is taken from a supplement's own dates, and where that is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rules_engine.clauses import CLAUSES
from rules_engine.model.money import Money
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.vocabulary import Vocabulary
from rules_engine.supplements import read_supplement_text
from rules_engine.supplements.readings import Denominations

from .layouts import ROWS, headings_for_each

RULES = Path(__file__).parents[2] / "rules"
ALLY = "ally/term-notes-a"


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.open(RULES, Vocabulary.of(clause.words for clause in CLAUSES))


def supplement(*, trade: str = "", settle: str = "", amount: str = "", first: str = "1/15/2017") -> bytes:
    dates = (f"Trade Date: {trade}\n" if trade else "") + (f"Settle Date: {settle}\n" if settle else "")
    return f"""\
Registration Statement No. 333-206284
Pricing Supplement No. 124
CUSIP\tCoupon Type\tCoupon Rate\tCoupon Frequency\tMaturity\t1st Coupon Date\t1st Coupon Amount\tSurvivor's Option
02006DLF6\tFixed\t3.500%\tMonthly\t12/15/2049\t{first}\t{amount}\tYes
Redemption Information: Non-Callable
{dates}Minimum Denomination/Increments: $1,000.00/$1,000.00
""".encode()


@pytest.mark.parametrize(
    ("trade", "issue"),
    [
        # three business days until trades of 1 September 2017, a Friday before Labor Day
        ("Monday, November 28, 2016", date(2016, 12, 1)),
        ("Friday, September 1, 2017", date(2017, 9, 7)),  # 4 September is Labor Day
        # two from 5 September 2017 until trades of 24 May 2024, a Friday before Memorial Day
        ("Tuesday, September 5, 2017", date(2017, 9, 7)),
        ("Friday, May 24, 2024", date(2024, 5, 29)),  # 27 May is Memorial Day
        # one from 28 May 2024
        ("Tuesday, May 28, 2024", date(2024, 5, 29)),
        ("Thursday, March 28, 2024", date(2024, 4, 2)),  # Good Friday is no settlement day
    ],
)
def test_a_missing_issue_date_is_the_day_trades_of_its_time_settled(trade: str, issue: date, book: Book) -> None:
    read = read_supplement_text(supplement(trade=trade, first="1/15/2025"), book=book)
    reading = read.readings["issue date"]
    assert (reading.value, reading.how) == (issue, "inferred")
    (doubt,) = reading.doubts
    assert doubt.endswith(f"gives {issue}, which no printed first coupon bears out")


def test_an_inferred_issue_date_is_borne_out_by_the_first_coupon(book: Book) -> None:
    read = read_supplement_text(supplement(trade="Monday, November 28, 2016", amount="$4.28"), book=book)
    assert read.doubts == ()
    assert read.readings["issue date"].value == date(2016, 12, 1)


def test_an_issue_date_the_first_coupon_speaks_against_is_left_to_a_person(book: Book) -> None:
    # traded on 6 May 2024 and settled on the 9th, three business days later: CFC's supplement prints both
    row = next(row for row in ROWS if row["cusip"] == "63743F2P0")
    text = headings_for_each([{**row, "redemption_information": "Redemption Information: Non-Callable"}])
    missing = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("Settle Date"))
    read = read_supplement_text(missing.encode(), book=book)
    assert [doubt.message for doubt in read.doubts] == [
        "`issue date`: not found; trade date 2024-05-06 and 2 business days gives 2024-05-08, "
        "but the first coupons fit 2024-05-09 (3 business days)"
    ]


def test_a_settle_date_is_never_replaced(book: Book) -> None:
    data = supplement(trade="Monday, November 28, 2016", settle="Friday, December 2, 2016")
    reading = read_supplement_text(data, book=book).readings["issue date"]
    assert (reading.value, reading.how) == (date(2016, 12, 2), "read")


def test_nothing_is_inferred_without_a_trade_date_or_a_calendar(book: Book) -> None:
    for read in (
        read_supplement_text(supplement(), book=book),
        read_supplement_text(supplement(trade="Monday, November 28, 2016")),
    ):
        assert read.readings["issue date"].value is None
        assert read.readings["issue date"].doubts == ["not found"]


@pytest.mark.parametrize(
    ("first", "maturity", "last"),
    [
        ("1/15/2017", "12/15/2019", date(2019, 12, 15)),  # the maturity is an interest date
        ("1/15/2017", "12/14/2019", date(2019, 11, 15)),  # a day before one: a last short period
        ("1/15/2017", "12/16/2019", date(2019, 12, 15)),  # a day after one
        ("2/28/2017", "8/28/2019", date(2019, 8, 28)),  # on day 28, which every month has
    ],
)
def test_the_last_regular_date_is_the_last_interest_day_up_to_maturity(first: str, maturity: str, last: date) -> None:
    data = supplement(settle="Thursday, December 1, 2016", first=first).replace(b"12/15/2049", maturity.encode())
    reading = read_supplement_text(data).notes[0].readings["last regular date"]
    assert (reading.value, reading.how) == (last, "inferred")


@pytest.mark.parametrize(
    ("maturity", "told"),
    [
        ("12/15/2019", "the maturity falls on it"),  # a Sunday, as scheduled
        (
            "12/16/2019",
            "the last one before the maturity; the maturity printed is 2019-12-15 moved to a business day",
        ),
        ("12/17/2019", "the last one before the maturity"),  # Monday was open
        ("12/15/2061", "the maturity falls on it"),
        ("12/16/2061", "the last one before the maturity"),  # a year the calendar does not cover
    ],
)
def test_a_maturity_printed_moved_is_told_of_by_the_programmes_days(maturity: str, told: str, book: Book) -> None:
    data = supplement(settle="Thursday, December 1, 2016", amount="$4.28").replace(b"12/15/2049", maturity.encode())
    read = read_supplement_text(data, programme=ALLY, book=book)
    reading = read.notes[0].readings["last regular date"]
    assert reading.words == f"monthly on day 15: {told}"
    assert reading.value == date(int(maturity[-4:]), 12, 15)
    assert read.doubts == ()
    without = read_supplement_text(data).notes[0].readings["last regular date"]
    assert (without.value, without.words) == (reading.value, f"monthly on day 15: {told.split(';')[0]}")


def test_the_end_of_the_month_is_not_guessed() -> None:
    data = supplement(settle="Thursday, December 1, 2016", first="2/28/2017").replace(b"12/15/2049", b"8/31/2019")
    (doubt,) = read_supplement_text(data).notes[0].readings["last regular date"].doubts
    assert doubt == "interest may fall on day 28 or on the end of the month: neither is said"


def test_the_programmes_day_count_is_what_a_first_coupon_is_held_against(book: Book) -> None:
    data = supplement(settle="Thursday, December 1, 2016", amount="$4.28")
    (note,) = read_supplement_text(data, programme=ALLY, book=book).notes
    assert note.readings["first coupon amount"].checked == f"it comes out on 30/360, as `{ALLY}` counts"
    (note,) = read_supplement_text(data).notes
    assert note.readings["first coupon amount"].checked == "it comes out on 30/360 unadjusted, which is assumed"


def test_a_day_count_of_the_programme_that_does_not_fit_is_told(book: Book) -> None:
    # issued before the programme's first edition, so that it has no payment days for the note
    data = supplement(settle="Thursday, December 4, 2014", amount="$4.28", first="1/15/2015")
    read = read_supplement_text(data, programme=ALLY, book=book)
    assert any("has no payment days for these notes" in warning.message for warning in read.warnings)


def test_denominations_not_printed_are_those_of_the_programmes_other_notes(book: Book) -> None:
    data = supplement(settle="Thursday, December 1, 2016").replace(
        b"Minimum Denomination/Increments: $1,000.00/$1,000.00", b""
    )
    reading = read_supplement_text(data, programme=ALLY, book=book).readings["denominations"]
    assert reading.how == "inferred"
    assert reading.value == Denominations(minimum=Money.parse("1000"), increment=Money.parse("1000"))
    alone = read_supplement_text(data, book=book)
    assert (alone.readings["denominations"].value, alone.readings["denominations"].doubts) == (None, [])
    assert "# denominations: not found" in alone.yaml


def test_a_make_whole_call_without_a_first_date_starts_the_day_after_the_issue() -> None:
    sentence = (
        b"Callable at any time at the greater of 100% and the present value at Treasury plus 25 basis points "
        b"until 11/15/2030, then at par."
    )
    data = supplement(settle="Thursday, December 1, 2016").replace(b"Non-Callable", sentence)
    read = read_supplement_text(data)
    assert read.doubts == ()
    assert "first date: 2016-12-02  # inferred: the day after the issue date" in read.yaml
