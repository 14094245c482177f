"""What issuers really printed reads as a note, and a first coupon one cent off is told."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rules_engine.model.money import Money
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.vocabulary import Vocabulary

from .books import write_book

# Rows of real pricing supplements; see README.md beside them.
ORACLES = Path(__file__).parents[1] / "oracles"
ROWS = json.loads((ORACLES / "pricing_rows.json").read_text(encoding="utf-8"))["rows"]
STATED = [row for row in ROWS if row["accrual_start_source"] == "stated"]

CALENDAR = "calendar: USNY\nlibrary calendar: USNY\nyears covered: 2000 to 2060\nsource: K.8\n"
PAYMENT_DAYS = """\
rule set: Payment days
status: draft
clause: payment days
source: Pricing supplements
notes issued from: 2000-01-01
terms:
  calendar: {value: USNY, cite: Business day}
  interest convention: {value: following, cite: Interest}
  maturity convention: {value: following, cite: Interest}
  redemption convention: {value: following, cite: Interest}
  accrual: {value: unadjusted, cite: Interest}
  day count: {value: 30/360, cite: Interest}
"""
TOP = """\
supplement: Rows as printed
source: Form 424B2
denominations:
  minimum: $1,000
  increment: $1,000
notes:
"""


def _row(row: dict[str, Any], *, cents_off: int = 0) -> str:
    amount = Decimal(row["first_coupon_amount_published"]) + Decimal(cents_off).scaleb(-2)
    return f"""\
  - cusip: "{row["cusip"]}"
    coupon: {row["coupon_rate_pct"]} %
    type: fixed
    frequency: {row["frequency"].lower().replace("_", "-")}
    issue date: {row["accrual_start"]}
    first coupon date: {row["first_coupon_date"]}
    last regular date: {row["maturity_date"]}
    maturity: {row["maturity_date"]}
    first coupon amount: ${amount}
    survivors option: {row["survivors_option"].lower()}
"""


def _open(root: Path, rows: str, vocabulary: Vocabulary) -> Book:
    files = {
        "calendars/usny.yaml": CALENDAR,
        "printed/notes/2000-01-01/payment-days.yaml": PAYMENT_DAYS,
        "printed/notes/supplements/rows.yaml": TOP + rows,
    }
    return Book.open(write_book(root, files), vocabulary)


def test_reads_what_issuers_printed(tmp_path: Path, vocabulary: Vocabulary) -> None:
    book = _open(tmp_path, "".join(_row(row) for row in STATED), vocabulary)
    assert [str(problem) for problem in book.problems] == []
    assert len(book.notes) == len(STATED) >= 20
    for row in STATED:
        note = book.notes[row["cusip"]]
        assert (note.issue_date, note.maturity, note.coupon) == (
            date.fromisoformat(row["accrual_start"]),
            date.fromisoformat(row["maturity_date"]),
            Decimal(row["coupon_rate_pct"]),
        )


@pytest.mark.parametrize("cents_off", [-1, 1])
def test_tells_a_first_coupon_one_cent_off(cents_off: int, tmp_path: Path, vocabulary: Vocabulary) -> None:
    book = _open(tmp_path, "".join(_row(row, cents_off=cents_off) for row in STATED), vocabulary)
    assert book.notes == {}
    for row in STATED:
        (problem,) = book.faulty_notes[row["cusip"]]
        printed = Money.parse(row["first_coupon_amount_published"])
        assert problem.message.endswith(f"worked out it is {printed}")
