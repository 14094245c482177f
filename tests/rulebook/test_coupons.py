"""Every way interest is printed reads as a note, and its canonical text reads back to the same note."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rules_engine.model.money import Money
from rules_engine.model.notes import CouponStep, Floating, Note
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.note_rows import read_note
from rules_engine.rulebook.vocabulary import Vocabulary

from .books import SUPPLEMENT, WITHDRAWAL, write_book
from .test_supplements import CALENDAR, PAYMENT_DAYS, TOP

ROWS = json.loads((Path(__file__).parents[1] / "oracles" / "pricing_rows.json").read_text(encoding="utf-8"))["rows"]
DATES = """\
    frequency: quarterly
    first coupon date: 2017-03-15
    last regular date: 2021-12-15
"""
HEAD = "  - cusip: 02006DLF6\n    maturity: 2021-12-15\n    survivors option: yes\n"
FLOATING = """\
    floating:
      from: 2018-03-15
      index: Consumer price index, yearly change
      spread: 1.25 %
      cap: 8 %
      floor: 0 %
"""
FLOATS = Floating(
    from_on=date(2018, 3, 15),
    index="Consumer price index, yearly change",
    spread=Decimal("1.25"),
    cap=Decimal(8),
    floor=Decimal(0),
)
PRINTED: dict[str, tuple[str, dict[str, Any]]] = {
    "fixed": (DATES + "    type: fixed\n    coupon: 3.5 %\n", {"coupon": Decimal("3.5")}),
    "step-up": (
        DATES
        + "    type: step-up\n    coupon: 3.5 %\n    coupon steps:\n"
        + "      - from: 2018-03-15\n        coupon: 4 %\n      - from: 2019-03-15\n        coupon: 4.85 %\n",
        {
            "coupon_steps": (
                CouponStep(from_on=date(2018, 3, 15), coupon=Decimal(4)),
                CouponStep(from_on=date(2019, 3, 15), coupon=Decimal("4.85")),
            )
        },
    ),
    "fixed to floating": (
        DATES + "    type: fixed to floating\n    coupon: 3.5 %\n" + FLOATING,
        {"coupon": Decimal("3.5"), "floating": FLOATS},
    ),
    "floating": (
        DATES
        + "    type: floating\n    floating:\n      from: 2016-12-01\n      index: Prime rate\n      spread: 0 %\n",
        {"floating": Floating(from_on=date(2016, 12, 1), index="Prime rate", spread=Decimal(0))},
    ),
    "floating, re-opened": (
        DATES + "    type: floating\n    interest accrues from: 2016-09-15\n"
        "    floating:\n      from: 2016-09-15\n      index: Prime rate\n      spread: 0 %\n",
        {"reopened_from": date(2016, 9, 15), "accrues_from": date(2016, 9, 15), "issue_date": date(2016, 12, 1)},
    ),
    "zero coupon": (
        "    type: zero coupon\n    issue price: 78.12 %\n",
        {
            "original_issue_discount": True,
            "pays_no_interest": True,
            "coupon": 0,
            "first_coupon_date": date(2021, 12, 15),
        },
    ),
    "original issue discount": (
        DATES + "    type: original issue discount\n    coupon: 1.5 %\n    issue price: 91.25 %\n",
        {"original_issue_discount": True, "pays_no_interest": False, "issue_price": Decimal("91.25")},
    ),
    "certificate of deposit": (
        DATES + "    kind: certificate of deposit\n    series: A\n    type: fixed\n    coupon: 2 %\n",
        {"kind": "certificate of deposit", "series": "A"},
    ),
    "days of its own": (
        DATES
        + "    type: fixed to floating\n    coupon: 3.5 %\n"
        + FLOATING
        + "    payment days:\n      calendar: USNY\n      floating interest convention: modified following\n"
        + "      floating accrual: adjusted\n      accrual at maturity: unadjusted\n"
        + "      record date: 15 days before\n",
        {
            "payment_days": {
                "calendar": "USNY",
                "floating interest convention": "modified following",
                "floating accrual": "adjusted",
                "accrual at maturity": "unadjusted",
                "record date": "15 days before",
            }
        },
    ),
}


def _note(row: str, root: Path, vocabulary: Vocabulary) -> Note:
    files = {
        "acme/notes-a/2015-08-10/withdrawal.yaml": WITHDRAWAL,
        "acme/notes-a/supplements/1.yaml": SUPPLEMENT.split("  - cusip")[0] + HEAD + row,
    }
    book = Book.open(write_book(root, files), vocabulary)
    assert [str(problem) for problem in book.problems] == []
    return book.notes["02006DLF6"]


@pytest.mark.parametrize("name", PRINTED)
def test_reads_every_way_interest_is_printed(name: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    row, expected = PRINTED[name]
    note = _note(row, tmp_path, vocabulary)
    assert {field: getattr(note, field) for field in expected} == expected


@pytest.mark.parametrize("name", PRINTED)
def test_a_note_reads_back_from_its_canonical_text(name: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    note = _note(PRINTED[name][0], tmp_path, vocabulary)
    again = read_note(note.text)
    assert (again, again.text, again.digest) == (note, note.text, note.digest)


@pytest.mark.parametrize(
    ("period_start", "coupon"),
    [
        (date(2018, 3, 14), Decimal("3.5")),
        (date(2018, 3, 15), Decimal(4)),
        (date(2019, 3, 14), Decimal(4)),
        (date(2019, 3, 15), Decimal("4.85")),
    ],
)
def test_a_step_holds_from_its_day_on(
    period_start: date, coupon: Decimal, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    assert _note(PRINTED["step-up"][0], tmp_path, vocabulary).coupon_from(period_start) == coupon


@pytest.mark.parametrize(
    ("index", "rate"),
    [
        ("-1.26", "0"),  # the floor
        ("-1.25", "0"),
        ("-1.24", "0.01"),
        ("2", "3.25"),
        ("6.74", "7.99"),
        ("6.75", "8"),
        ("6.76", "8"),  # the cap
    ],
)
def test_cap_and_floor_hold_the_rate_that_index_and_spread_make(index: str, rate: str) -> None:
    assert FLOATS.rate(Decimal(index)) == Decimal(rate)


# What the supplements of these two say beyond their rows; see `redemption_information` and `accrual_start_source`.
STEPS = {"44181EVJ4": "    coupon steps:\n      - from: 2005-07-15\n        coupon: 4.85 %\n"}
SETTLED = {"74348YMA6": "2014-03-11"}
# From 28 February to 15 August the issuer counted 165 days, as 30U/360 does; 30/360 counts 167.
DAYS = {"26054LRW5": "    payment days:\n      day count: 30U/360\n"}


def _row(row: dict[str, Any], *, cents_off: int = 0) -> str:
    cusip, accrual_start = row["cusip"], row["accrual_start"]
    amount = Decimal(row["first_coupon_amount_published"]) + Decimal(cents_off).scaleb(-2)
    issued = SETTLED.get(cusip, accrual_start)
    return (
        f'  - cusip: "{cusip}"\n'
        f"    coupon: {row['coupon_rate_pct']} %\n"
        f"    type: {'step-up' if cusip in STEPS else 'fixed'}\n"
        f"{STEPS.get(cusip, '')}"
        f"    frequency: {row['frequency'].lower().replace('_', '-')}\n"
        f"    issue date: {issued}\n"
        + (f"    interest accrues from: {accrual_start}\n" if issued != accrual_start else "")
        + DAYS.get(cusip, "")
        + f"    first coupon date: {row['first_coupon_date']}\n"
        f"    last regular date: {row['maturity_date']}\n"
        f"    maturity: {row['maturity_date']}\n"
        f"    first coupon amount: ${amount}\n"
        f"    survivors option: {row['survivors_option'].lower() if row['survivors_option'] else 'no'}\n"
    )


def _open(rows: str, root: Path, vocabulary: Vocabulary) -> Book:
    files = {
        "calendars/usny.yaml": CALENDAR,
        "printed/notes/2000-01-01/payment-days.yaml": PAYMENT_DAYS,
        "printed/notes/supplements/rows.yaml": TOP + rows,
    }
    return Book.open(write_book(root, files), vocabulary)


def test_every_printed_first_coupon_is_worked_out_again(tmp_path: Path, vocabulary: Vocabulary) -> None:
    book = _open("".join(_row(row) for row in ROWS), tmp_path, vocabulary)
    assert [str(problem) for problem in book.problems] == []
    assert len(book.notes) == len(ROWS) == 58
    assert book.notes["74348YMA6"].accrues_from == date(2014, 2, 19)
    assert book.notes["44181EVJ4"].coupon_steps == (CouponStep(from_on=date(2005, 7, 15), coupon=Decimal("4.85")),)


@pytest.mark.parametrize("cents_off", [-1, 1])
def test_every_printed_first_coupon_is_told_when_it_is_one_cent_off(
    cents_off: int, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    book = _open("".join(_row(row, cents_off=cents_off) for row in ROWS), tmp_path, vocabulary)
    assert book.notes == {}
    for row in ROWS:
        (problem,) = book.faulty_notes[row["cusip"]]
        assert problem.message.endswith(f"worked out it is {Money.parse(row['first_coupon_amount_published'])}")
