"""Every printed row, laid out in every way, reads back to its facts; what cannot be known is said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from rules_engine.model.money import Money
from rules_engine.supplements import read_supplement_text

from .book import notes_of
from .layouts import LAYOUTS, ROWS, Row, cell_a_line, columns, headings_for_each, html_table, settling, stepping

DOUBTFUL = {
    "26054LRW5": {"first coupon amount"},  # $8.94 is 165 days; 30/360 counts 167 from the end of February
    "26054LKN2": {"redemption"},  # the sentence is cut off
    "26054LNT6": {"redemption"},  # the sentence is cut off
    "06050XWB5": {"redemption"},  # words are left out of the sentence
}


def doubtful_of(row: Row) -> set[str]:
    unprinted = set() if row["redemption_information"] else {"redemption"}
    return DOUBTFUL.get(row["cusip"], set()) | unprinted


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["cusip"]))
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_printed_row_reads_back_to_its_facts(layout: str, row: Row) -> None:
    read = read_supplement_text(LAYOUTS[layout]([row]).encode())
    (note,) = read.notes
    value = {key: reading.value for key, reading in note.readings.items()}
    assert value["cusip"] == row["cusip"]
    assert value["coupon"] == Decimal(row["coupon_rate_pct"])
    assert value["type"] == ("step-up" if stepping(row) else "fixed")
    assert value["frequency"] == row["frequency"].lower().replace("_", "-")
    assert value["maturity"] == date.fromisoformat(row["maturity_date"])
    assert value["first coupon date"] == date.fromisoformat(row["first_coupon_date"])
    assert value["first coupon amount"] == Money.parse(row["first_coupon_amount_published"])
    assert value["survivors option"] is True
    assert value["gross concession"] == Decimal("0.625" if layout == "cell_a_line" else "1.25")
    assert value["issue price"] == (None if layout == "two_headings" else Decimal(100))
    assert read.readings["issue date"].value == settling(row)
    assert {key for key, reading in note.readings.items() if reading.doubts} == doubtful_of(row)
    assert [key for key, reading in read.readings.items() if reading.doubts] == []
    assert read.general_doubts == []


@pytest.mark.parametrize("row", [row for row in ROWS if not doubtful_of(row)], ids=lambda row: str(row["cusip"]))
def test_the_rule_book_takes_what_was_read_without_a_doubt(row: Row) -> None:
    read = read_supplement_text(html_table([row]).encode())
    (note,), faults = notes_of(read.yaml)
    assert faults == []
    assert (note.cusip, note.coupon, note.maturity) == (
        row["cusip"],
        Decimal(row["coupon_rate_pct"]),
        date.fromisoformat(row["maturity_date"]),
    )
    assert note.accrues_from == date.fromisoformat(row["accrual_start"])
    assert (note.call is None) == ("Non-Callable" in row["redemption_information"])


@pytest.mark.parametrize("row", [row for row in ROWS if doubtful_of(row)], ids=lambda row: str(row["cusip"]))
def test_the_rule_book_refuses_what_is_doubtful(row: Row) -> None:
    notes, faults = notes_of(read_supplement_text(html_table([row]).encode()).yaml)
    assert notes == []
    assert faults


@pytest.mark.parametrize("layout", [each for each in LAYOUTS if each != "named_lines"])
@pytest.mark.parametrize("prefix", ["26054LK", "02006D", "63743FK", "40429XX"])
def test_several_notes_of_one_supplement_are_kept_apart(layout: str, prefix: str) -> None:
    rows = [row for row in ROWS if row["cusip"].startswith(prefix) and row["accrual_start"] != "2010-07-09"]
    read = read_supplement_text(LAYOUTS[layout](rows).encode())
    assert [note.cusip for note in read.notes] == [row["cusip"] for row in rows]
    for row, note in zip(rows, read.notes, strict=True):
        assert note.readings["coupon"].value == Decimal(row["coupon_rate_pct"])
        assert note.readings["maturity"].value == date.fromisoformat(row["maturity_date"])
        assert note.readings["first coupon amount"].value == Money.parse(row["first_coupon_amount_published"])


def by_cusip(cusip: str) -> Row:
    return next(row for row in ROWS if row["cusip"] == cusip)


def test_a_coupon_that_steps_up_is_read_with_its_step() -> None:
    read = read_supplement_text(headings_for_each([by_cusip("44181EVJ4")]).encode())
    (note,), _ = notes_of(read.yaml)
    assert note.coupon == Decimal("4.25")
    assert [(step.from_on, step.coupon) for step in note.coupon_steps] == [(date(2005, 7, 15), Decimal("4.85"))]


def test_a_note_issued_before_accrues_from_its_first_issue() -> None:
    row = {**by_cusip("74348YMA6"), "redemption_information": "Redemption Information: Non-Callable"}
    (note,), faults = notes_of(read_supplement_text(headings_for_each([row]).encode()).yaml)
    assert faults == []
    assert (note.issue_date, note.reopened_from) == (date(2014, 3, 11), date(2014, 2, 19))


def test_a_short_sentence_is_completed_by_the_long_form_below_it() -> None:
    row = by_cusip("06050XD26")
    long = (
        "The Notes will be subject to redemption at the option of the issuer, in whole on the interest payment date "
        "occurring any time on or after 08/15/2011 at a redemption price equal to 100% of the principal amount of the "
        "Notes, plus accrued interest thereon, if any, upon at least 30 days prior notice to the noteholder and the "
        "trustee, as described in the prospectus."
    )
    text = columns([row]).replace("coupon date thereafter.\n", f"coupon date thereafter.\n\n{long}\n")
    read = read_supplement_text(text.encode())
    assert read.doubts == ()
    (note,), _ = notes_of(read.yaml)
    assert note.call
    assert note.call.printed == "Callable at 100.000% on 08/15/2011 and every coupon date thereafter."
    assert note.call.notice
    assert (note.call.notice.minimum_days, note.call.amount) == (30, "whole")
    assert "completed from line 23" in read.yaml


def test_a_long_form_that_says_otherwise_is_a_doubt() -> None:
    long = (
        "The Notes will be subject to redemption in whole on any interest payment date on or after 08/15/2012 at 100%."
    )
    text = columns([by_cusip("06050XD26")]).replace("thereafter.\n", f"thereafter.\n\n{long}\n")
    (doubt,) = read_supplement_text(text.encode()).doubts
    assert doubt.message.endswith("the first date is 2011-08-15, but in the long form (line 23) 2012-08-15")


def test_figures_run_together_by_an_extraction_are_parted() -> None:
    text = (
        "Filed under Rule 424(b)(2), Registration Statement No. 333-123456\n"
        "Pricing Supplement No. 1493 — Dated Monday, December 9, 2024\n"
        "CUSIP NumberISIN\nNumber\nPrincipal AmountSelling PriceGross ConcessionNet\nProceeds\n"
        "Coupon TypeCoupon RateCoupon FrequencyMaturity Date1st Coupon Date1st Coupon AmountSurvivor's OptionRanking\n"
        "74348GUU2US74348GUU20$485,000.00100.000%1.000%$480,150.00Fixed7.125%Semi-Annual12/15/20276/15/2025$36.22Yes"
        "Unsecured\nNotes\n"
        "Redemption Information: Callable at 100.000% on 6/15/2025 and every business day thereafter\n"
        "Settle Date: Thursday, December 12, 2024\nMinimum Denomination/Increments: $1,000.00/$1,000.00\n"
    )
    read = read_supplement_text(text.encode())
    assert read.doubts == ()
    (note,), _ = notes_of(read.yaml)
    assert (note.coupon, note.maturity, note.first_coupon_date) == (
        Decimal("7.125"),
        date(2027, 12, 15),
        date(2025, 6, 15),
    )


def test_a_cusip_may_stand_in_the_last_column() -> None:
    text = (
        "Coupon |\nInterest |\nMaturity |\nCallable |\nSurvivors |\nPrice(1) |\nYield(2) |\nMoodys |\nS&P |\nCUSIP |\n"
        "5.550% |\nMonthly() |\n3/15/18 |\n3/15/09() |\nNO |\n100.00 |\n5.615% |\nA2 |\nA |\n78490FWY1 |\n"
        "() Callable at 100% beginning on\n"
        "the call date above and continuous thereafter with 20 business days notice.\n"
    )
    (note,) = read_supplement_text(text.encode()).notes
    assert note.value("coupon") == Decimal("5.550")
    assert note.value("frequency") == "monthly"
    assert note.value("maturity") == date(2018, 3, 15)
    assert note.value("survivors option") is False
    terms = note.value("redemption")
    assert (terms.first_on, terms.on, terms.notice.minimum_days) == (date(2009, 3, 15), "any day", 20)
    assert terms.notice.counted == "business days"


def test_the_registration_fee_table_is_no_note() -> None:
    read = read_supplement_text(cell_a_line([by_cusip("63743FNE2")]).encode())
    assert [note.cusip for note in read.notes] == ["63743FNE2"]


def test_a_certificate_of_deposit_is_known_by_the_line_above_it() -> None:
    row = by_cusip("06050WFB6")
    above = "Brokered Certificates of Deposit\n" + headings_for_each([row])
    (certificate,), faults = notes_of(read_supplement_text(above.encode()).yaml)
    assert faults == []
    assert certificate.kind == "certificate of deposit"
    prose = "The notes are not certificates of deposit of any bank.\n" + headings_for_each([row])
    (note,), _ = notes_of(read_supplement_text(prose.encode()).yaml)
    assert note.kind == "note"
