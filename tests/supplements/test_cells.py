"""Whatever parts the cells of a text, they flow alike, and every place still knows its line."""

from __future__ import annotations

import pytest

from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.opening import open_sheet


def read_sheet(data: bytes) -> Sheet:
    sheet, _ = open_sheet(data)
    return sheet


def flow(text: str) -> str:
    return read_sheet(text.encode()).text


@pytest.mark.parametrize(
    "text",
    [
        "Coupon Rate\t3.500 %\t$4.28\tYes",
        "|Coupon Rate|3.500 %|$4.28|Yes|",
        "Coupon Rate    3.500 %   $4.28  Yes",
        "<table><tr><td>Coupon<br>Rate</td><td></td><td>3.500 %</td><td>$4.28</td><td><b>Yes</b></td></tr></table>",
        "**Coupon Rate**\t3.500 %\t\\$4.28\tYes",
        "Coupon\u00a0Rate\t3.500\u00a0%\t$4.28\t\u200bYes",
        "<b>Coupon Rate</b>\t3.500 %\t$4.28\t<i>Yes</i>",
    ],
)
def test_cells_flow_alike_however_they_are_parted(text: str) -> None:
    assert flow(text).strip("\n") == "Coupon Rate\t3.500 %\t$4.28\tYes"


def test_headings_of_two_lines_are_put_together_column_by_column() -> None:
    text = "CUSIP     Coupon      Maturity   Survivor's\nNumber    Rate        Date       Option\n"
    assert flow(text) == "CUSIP Number\tCoupon Rate\tMaturity Date\tSurvivor's Option\n"


def test_a_word_wrapped_in_its_column_is_put_together() -> None:
    text = "02006DLF6   3.500%   SEMI-    12/15/2019\n                     ANNUAL\n"
    assert flow(text) == "02006DLF6\t3.500%\tSEMI- ANNUAL\t12/15/2019\n"


def test_a_line_of_figures_is_never_put_below_another() -> None:
    text = "CUSIP     Coupon      Maturity   Survivor's\n02006DLF6 3.500%      12/15/2019 Yes\n"
    assert len(flow(text).splitlines()) == 2


def test_a_heading_row_below_a_note_is_not_put_into_it() -> None:
    text = "02006DLF6\t3.500%\t12/15/2019\tYes\nCUSIP\tCoupon Rate\tMaturity Date\tSurvivor's Option\n"
    assert len(flow(text).splitlines()) == 2


def test_every_place_knows_its_line() -> None:
    read = read_sheet(b"\n\nfirst\n\n\n\nCoupon\tRate\n<b>third</b>\n")
    lines = {word: read.line_at(read.text.index(word)) for word in ("first", "Rate", "third")}
    assert lines == {"first": 3, "Rate": 7, "third": 8}


def test_every_place_of_a_web_page_knows_its_line() -> None:
    read = read_sheet(b"<html>\n<p>first</p>\n<table>\n<tr>\n<td>\nCoupon</td><td>Rate</td></tr>\n</table>")
    assert read.line_at(read.text.index("first")) == 2
    assert read.line_at(read.text.index("Rate")) == 6


def test_a_text_in_the_windows_code_page_is_read() -> None:
    assert read_sheet("Survivor\u2019s Option \u2014 Yes".encode("cp1252")).text == "Survivor's Option - Yes"


def test_what_a_page_does_not_show_is_not_read() -> None:
    text = "<html><head><title>424B2</title><style>p {}</style><script>x = 1</script></head><p>shown</p></html>"
    assert flow(text) == "shown"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param(
            "Interest Payment    Monthly    Quarterly\nFrequency\n",
            "Interest Payment Frequency\tMonthly\tQuarterly",
            id="a name over two lines",
        ),
        pytest.param(
            "Redemption:    Callable at 100% on June 15, 2011 and\n               monthly thereafter\n",
            "Redemption:\tCallable at 100% on June 15, 2011 and monthly thereafter",
            id="a sentence in its column",
        ),
        pytest.param(
            "Coupon Rate:    5.00%\nFrequency:      x Monthly o Annual\n",
            "Coupon Rate:\t5.00%\nFrequency:\tx Monthly o Annual",
            id="a named cell is its own",
        ),
        pytest.param(
            "           PRICE TO    INTEREST\n"
            "CUSIP      PUBLIC      PAYMENT      MATURITY\n"
            "NUMBER                 FREQUENCY    DATE\n",
            "CUSIP NUMBER\tPRICE TO PUBLIC\tINTEREST PAYMENT FREQUENCY\tMATURITY DATE",
            id="headings in storeys",
        ),
    ],
)
def test_what_was_wrapped_in_its_column_is_put_together(text: str, read: str) -> None:
    assert flow(text).rstrip("\n") == read


@pytest.mark.parametrize("boxes", ["|X| Yes |_| No", "|x| Yes | | No", "/X/ Yes / / No", "{X} Yes {_} No"])
def test_boxes_of_other_signs_part_no_cells(boxes: str) -> None:
    assert flow(f"Survivor's Option: {boxes}").replace("\t", " ").endswith("\u2612 Yes \u2610 No")
