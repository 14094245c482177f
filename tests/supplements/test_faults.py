"""A supplement that does not hold together: each fault is said, and its field is left to a person."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rules_engine.supplements import NoNoteFound, ReadSupplement, UnreadableSupplement, read_supplement_text

from .book import notes_of

SOUND = """\
Filed under Rule 424(b)(2), Registration Statement No. 333-206284
Pricing Supplement No. 124 - Dated Monday, November 28, 2016 (To: Prospectus dated August 10, 2015)

CUSIP Number\tSelling Price\tGross Concession\tCoupon Type\tCoupon Rate\tCoupon Frequency\tMaturity Date\t\
1st Coupon Date\t1st Coupon Amount\tSurvivor's Option\tProduct Ranking
02006DLF6\t100.00%\t1.125%\tFixed\t3.500%\tMonthly\t12/15/2019\t1/15/2017\t$4.28\tYes\tSenior Unsecured Notes
Redemption Information: Callable at 100% on 12/15/2017 and Monthly thereafter with 30 Calendar Days Notice.

Trade Date: Monday, November 28, 2016 @ 12:00 PM ET
Settle Date: Thursday, December 1, 2016
Minimum Denomination/Increments: $1,000.00/$1,000.00
"""


def read(text: str) -> ReadSupplement:
    return read_supplement_text(text.encode(), file="supplement.txt")


def spoilt(right: str, wrong: str) -> str:
    """Print something else in the sound supplement; a figure more has a heading more."""
    headings = SOUND.replace("\tMaturity Date", "\tDay Count Basis\tMaturity Date") if "Actual" in wrong else SOUND
    return headings.replace(right, wrong, 1)


def test_the_sound_one_is_not_doubted() -> None:
    supplement = read(SOUND)
    assert supplement.doubts == ()
    assert supplement.warnings == []
    notes, faults = notes_of(supplement.yaml)
    assert len(notes) == 1
    assert faults == []


FAULTS = {
    "a wrong check digit": (
        ("02006DLF6", "02006DLF5"),
        (
            5,
            "02006DLF5: `cusip`: `02006DLF5` is not a CUSIP: any of its characters may be the wrong one, "
            "or two changed places: hold all of it against the print",
        ),
    ),
    "a weekday that is another": (
        ("Trade Date: Monday, November 28", "Trade Date: Tuesday, November 28"),
        (8, '`trade date`: "Tuesday, November 28, 2016": 2016-11-28 is a Monday'),
    ),
    "a weekday that is another, of no field": (
        ("Trade Date:", "Offering Date: Sunday, November 21, 2016\nTrade Date:"),
        (8, '"Sunday, November 21, 2016": 2016-11-21 is a Monday'),
    ),
    "a first coupon one cent too low": (
        ("$4.28", "$4.27"),
        (
            5,
            "02006DLF6: `first coupon amount`: $4.27 is printed, but $4.28 comes out from 2016-12-01 "
            "on 30/360 unadjusted, which is assumed",
        ),
    ),
    "a first coupon one cent too high": (
        ("$4.28", "$4.29"),
        (
            5,
            "02006DLF6: `first coupon amount`: $4.29 is printed, but $4.28 comes out from 2016-12-01 "
            "on 30/360 unadjusted, which is assumed",
        ),
    ),
    "settled before it was traded": (
        ("Thursday, December 1, 2016", "Thursday, November 24, 2016"),
        (9, "`issue date`: 2016-11-24 does not come after the trade date, 2016-11-28"),
    ),
    "matured before its first coupon": (
        ("12/15/2019", "12/15/2016"),
        (5, "02006DLF6: `maturity`: 2016-12-15 does not come after the first coupon date, 2017-01-15"),
    ),
    "two coupon rates in the row": (
        ("Fixed\t3.500%", "Fixed\t3.500% 3.750%"),
        (
            5,
            '02006DLF6: `coupon`: "3.500%" (line 5), but also "3.750%" (line 5): which of them holds is not said',
        ),
    ),
    "a title with another coupon rate": (
        ("Pricing Supplement", "3.750% Notes due December 15, 2019\nPricing Supplement"),
        (6, '02006DLF6: `coupon`: "3.500%" (line 6), but also "3.750% Notes due December 15, 2019" (line 2)'),
    ),
    "a second row for the note": (
        (
            "Trade Date:",
            "02006DLF6\t100.00%\t1.125%\tFixed\t3.600%\tMonthly\t12/15/2019\t1/15/2017\t$4.28\tYes\nTrade Date:",
        ),
        (
            5,
            '02006DLF6: `coupon`: "3.500%" (line 5), but also "3.600%" (line 8): which of them holds is not said',
        ),
    ),
    "no survivor's option": (("\tYes\t", "\t\t"), (5, "02006DLF6: `survivors option`: not found")),
    "no frequency": (("\tMonthly\t", "\t\t"), (5, "02006DLF6: `frequency`: not found")),
    "a rate that may change": (
        ("Trade Date:", "Interest Rate Adjustment: see below\nTrade Date:"),
        (5, '02006DLF6: `type`: "Interest Rate Adjustment" (line 8): the rate may change'),
    ),
    "one date for two columns": (
        ("12/15/2019\t1/15/2017", "12/15/2019"),
        (
            5,
            '02006DLF6: `maturity`: "12/15/2019" may be `maturity` or `first coupon date`: the columns do not tell',
        ),
    ),
    "a sentence cut off": (
        ("Monthly thereafter with 30 Calendar Days Notice.", "[excerpt ends]"),
        (
            6,
            '02006DLF6: `redemption`: the sentence is cut off: "Callable at 100% on 12/15/2017 and [excerpt ends]"',
        ),
    ),
    "a call after maturity": (
        ("100% on 12/15/2017", "100% on 12/15/2020"),
        (
            6,
            "02006DLF6: `redemption`: the note cannot be called on 2020-12-15: it lives from 2016-12-01 to 2019-12-15",
        ),
    ),
    "no redemption sentence": (
        (
            SOUND.splitlines()[5],
            "",
        ),
        (5, "02006DLF6: `redemption`: no redemption sentence is found"),
    ),
    "a step without its day": (
        ("\tFixed\t3.500%", "\tStep\t3.500% to 4.000%"),
        (5, '02006DLF6: `coupon steps`: no sentence says when the coupon steps beside "3.500% to 4.000%"'),
    ),
    "two trade dates": (
        ("Settle Date:", "Trade Date: Tuesday, November 29, 2016\nSettle Date:"),
        (
            8,
            '`trade date`: "Monday, November 28, 2016" (line 8), but also "Tuesday, November 29, 2016" (line 9): '
            "which of them holds is not said",
        ),
    ),
    "two registration statements": (
        ("Trade Date:", "Registration Statement No. 333-1234567\nTrade Date:"),
        (1, "`source`: registration statements 333-206284 and 333-1234567 are both named"),
    ),
    "another day count": (
        ("Monthly\t12/15/2019", "Monthly\tActual/360\t12/15/2019"),
        (5, '"Actual/360" is printed, but first coupons are worked out on 30/360 only'),
    ),
    "a note without a row": (
        ("Trade Date:", "The terms of 02006DLG4 are set elsewhere.\nTrade Date:"),
        (8, "`02006DLG4` is named, but no row of figures is found for it"),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_says_what_does_not_hold_together(fault: str) -> None:
    (right, wrong), expected = FAULTS[fault]
    assert right in SOUND
    doubts = [(doubt.line, doubt.message) for doubt in read(spoilt(right, wrong)).doubts]
    assert expected in doubts


@pytest.mark.parametrize("fault", FAULTS)
def test_the_rule_book_refuses_a_file_with_a_doubt_in_it(fault: str) -> None:
    (right, wrong), _ = FAULTS[fault]
    notes, faults = notes_of(read(spoilt(right, wrong)).yaml)
    assert notes == []
    assert faults


def test_says_where_a_cusip_should_stand_and_none_does() -> None:
    with pytest.raises(NoNoteFound) as caught:
        read(SOUND.replace("02006DLF6", "02006DLF"))
    (remark,) = caught.value.remarks
    assert remark.message == "`02006DLF` stands where a CUSIP should, and is none"


@pytest.mark.parametrize("first", ["02/15/2017", "12/15/2016"])
def test_warns_of_a_first_coupon_in_an_unusual_month(first: str) -> None:
    # one month after the issue is usual; two, or none, are told
    supplement = read(SOUND.replace("1/15/2017", first).replace("$4.28", ""))
    (warning,) = supplement.warnings
    assert warning.line == 5
    assert "the first coupon of a monthly note falls" in warning.message
    assert supplement.doubts == ()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7\n", "this is a PDF"),
        (b"CUSIP\0\0\1", "this is not text"),
        (b" " * (8 * 1024 * 1024 + 1), "larger than"),
    ],
)
def test_says_of_a_file_that_is_no_text_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableSupplement, match=message):
        read_supplement_text(data)


NO_NOTES: dict[str, Callable[[], str]] = {
    "prose": lambda: "The notes will mature on 12/15/2019 and pay 3.500% monthly.",
    "headings alone": lambda: SOUND.splitlines()[3],
    "a CUSIP in prose": lambda: "The notes, 02006DLF6, pay 3.500% monthly until 12/15/2019.",
    "numbers like CUSIPs": lambda: "Film number 123456782, file 037833100, coupon rate 3.5%.",
}


@pytest.mark.parametrize("text", NO_NOTES)
def test_finds_no_note_where_there_is_none(text: str) -> None:
    with pytest.raises(NoNoteFound):
        read(NO_NOTES[text]())


def test_a_column_with_a_heading_nobody_knows_keeps_its_figures_to_itself() -> None:
    wider = SOUND.replace("\tMaturity Date", "\tDate of Pricing\tMaturity Date")
    supplement = read(wider.replace("Monthly\t12/15/2019", "Monthly\t11/28/2016\t12/15/2019"))
    assert supplement.doubts == ()
    assert "maturity: 2019-12-15" in supplement.yaml
    missing = read(wider.replace("Monthly\t12/15/2019", "Monthly\t11/28/2016"))
    assert any("the columns do not tell" in doubt.message for doubt in missing.doubts)
    assert "maturity:  # doubtful" in missing.yaml


LINES = {
    "Pricing Supplement No.": "9",
    "CUSIP": "02006DLF6",
    "Original Issue Date": "June 11, 2009",
    "Maturity": "June 15, 2014",
    "Interest Rate": "5.00%",
    "Payment Frequency": "Monthly",
    "First Payment Date": "July 15, 2009",
    "Redemption": "Non-Callable",
}


def of_lines(**changed: str) -> ReadSupplement:
    lines = {**LINES, **{name.replace("_", " "): value for name, value in changed.items()}}
    return read_supplement_text("".join(f"{name}: {value}\n" for name, value in lines.items()).encode())


@pytest.mark.parametrize(
    ("key", "changed"),
    [
        ("floating", {"Interest_Rate": "The greater of 3.00% and CPI plus 1.50%"}),
        ("floating", {"Interest_Rate": "2 times CPI plus 1.50%"}),
        ("maturity", {"Extended_Maturity_Date": "June 15, 2019"}),
        ("coupon", {"Interest_Rate": "5.00% through June 15, 2011, thereafter as reset by the Company"}),
        ("type", {"Interest_Rate": "June 11, 2009 to June 14, 2011 5.00%, 6.00%"}),
        ("redemption", {"Redemption_Price": "100%", "Redemption": "No", "Initial_Redemption_Date": "June 15, 2011"}),
    ],
)
def test_a_value_that_other_words_change_is_doubtful(key: str, changed: dict[str, str]) -> None:
    (note,) = of_lines(**changed).notes
    assert note.readings[key].doubts


@pytest.mark.parametrize(
    ("printed", "rate"),
    [("5 1/4%", "5.25"), ("5-1/4%", "5.25"), ("5\u00bd%", "5.5"), ("4 31/32 %", "4.96875"), ("7/8%", "0.875")],
)
def test_a_rate_in_fractions_is_read(printed: str, rate: str) -> None:
    (note,) = of_lines(Interest_Rate=printed).notes
    assert str(note.value("coupon")) == rate


@pytest.mark.parametrize("printed", ["51/4%", "5 1/3%", "5 9/8%"])
def test_a_fraction_that_cannot_be_read_is_no_rate(printed: str) -> None:
    (note,) = of_lines(Interest_Rate=printed).notes
    assert note.value("coupon") is None


def test_a_figure_in_the_place_of_a_lost_one_is_doubtful_though_each_fits() -> None:
    cells = ["CUSIP Number", "Selling Price", "Coupon Type", "Coupon Frequency", "Coupon Rate", "Survivor's Option"]
    cells += ["Product Ranking", "Branch Code", "02006DLF6", "100.000%", "Fixed", "Monthly", "No", "Senior", "4.750%"]
    (note,) = read_supplement_text("\n".join(cells).encode()).notes
    assert note.value("coupon") is None
    assert note.value("survivors option") in (None, False)
