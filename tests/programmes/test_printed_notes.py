"""Every printed row of a real pricing supplement is a note of the shipped book, and its first coupon comes out."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rules_engine.host import Host
from rules_engine.model.decisions import Outcome, Payment
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.events import CallNoticed, PaymentDue
from rules_engine.model.money import Money
from rules_engine.rulebook.note_rows import read_note
from tests.shipped import shipped

ROWS = json.loads((Path(__file__).parent.parent / "oracles" / "pricing_rows.json").read_text())["rows"]
BY_CUSIP = {row["cusip"]: row for row in ROWS}
RAISED = "44181EVJ4"  # its coupon steps up in 2005
REOPENED = "74348YMA6"  # its row gives the first issue's date as the start of interest, and 2014-03-11 as its own
DOUBTED = "26054LRW5"  # its issue date is inferred, and the printed first coupon does not follow from it
PROGRAMMES = {
    "ALLY FINANCIAL INC": "ally/term-notes-a",
    "BANK OF AMERICA CORP": "bank-of-america/internotes",
    "DOW CHEMICAL CO": "dow/internotes",
    "HOUSEHOLD FINANCE CORP": "household/internotes",
    "HSBC FINANCE CORP": "hsbc/internotes",
    "NATIONAL RURAL UTILITIES CFC": "cfc/internotes",
    "PROSPECT CAPITAL CORP": "prospect/internotes",
    "PRUDENTIAL FINANCIAL INC": "prudential/internotes",
}
THOUSAND = Money.parse("1000.00")


@pytest.fixture(scope="module")
def host() -> Host:
    return shipped(with_durable=False)


def first_coupon(host: Host, row: dict[str, Any]) -> Payment:
    """Ask the host for the first interest payment on $1,000."""
    due_on = date.fromisoformat(row["first_coupon_date"])
    event = PaymentDue(
        event_id="first coupon",
        received_on=due_on,
        cusip=row["cusip"],
        due_on=due_on,
        kind=PaymentKind.INTEREST,
        principal=THOUSAND,
    )
    decision = host.preview(event)[0]
    assert decision.outcome is Outcome.ACCEPTED, decision.findings
    assert decision.payment is not None
    return decision.payment


def test_the_shipped_book_has_no_fault_and_just_these_notes(host: Host) -> None:
    assert not host.book.problems
    assert len(BY_CUSIP) == 58
    assert set(host.book.notes) == set(BY_CUSIP)


@pytest.mark.parametrize("cusip", BY_CUSIP)
def test_the_terms_of_a_note_are_those_of_its_row(host: Host, cusip: str) -> None:
    row, note = BY_CUSIP[cusip], host.book.note(cusip)
    assert note is not None
    assert note.programme == PROGRAMMES[row["issuer"]]
    assert note.accrues_from == date.fromisoformat(row["accrual_start"])
    assert note.issue_date == (date(2014, 3, 11) if cusip == REOPENED else note.accrues_from)
    assert note.maturity == date.fromisoformat(row["maturity_date"])
    assert note.first_coupon_date == date.fromisoformat(row["first_coupon_date"])
    assert note.coupon == Decimal(row["coupon_rate_pct"])
    assert note.frequency == row["frequency"].lower().replace("_", "-")
    assert note.survivors_option is (row["survivors_option"] == "Yes")


@pytest.mark.parametrize("cusip", BY_CUSIP)
def test_the_redemption_of_a_note_is_as_printed_none_or_said_to_be_unread(host: Host, cusip: str) -> None:
    row, note = BY_CUSIP[cusip], host.book.note(cusip)
    assert note is not None
    text = (row["redemption_information"] or "").removeprefix("Redemption Information: ")
    cut_off = not text or text.endswith("[excerpt ends]")
    assert note.redemption_known is not cut_off
    if cut_off or text == "Non-Callable":
        assert note.call is None
        return
    assert note.call is not None
    assert text.startswith(note.call.printed)
    month, day, year = text.split(" on ", 1)[1].split(" ", 1)[0].split("/")
    assert note.call.first_on == date(int(year), int(month), int(day))
    assert note.call.price == 100
    printed_days = {"coupon date": "every coupon date", "business day": "every business day", "monthly": "Monthly"}
    assert f"{printed_days[note.call.on]} thereafter" in text
    printed_notice = "30 Calendar Days Notice" in text or "at least 30 days prior notice" in text
    assert (note.call.notice is not None) is printed_notice


@pytest.mark.parametrize("cusip", BY_CUSIP)
def test_a_note_is_read_back_from_its_text_as_itself(host: Host, cusip: str) -> None:
    note = host.book.note(cusip)
    assert note is not None
    assert read_note(note.text) == note


@pytest.mark.parametrize("cusip", [cusip for cusip in BY_CUSIP if cusip != DOUBTED])
def test_the_printed_first_coupon_comes_out_and_cash_moves_on_the_day_it_did(host: Host, cusip: str) -> None:
    row = BY_CUSIP[cusip]
    payment = first_coupon(host, row)
    assert payment.interest == Money.parse(row["first_coupon_amount_published"])
    assert payment.pay_on == date.fromisoformat(row["first_payment_date_usny_following"])


def test_the_one_first_coupon_in_doubt_is_worked_out_and_not_said_to_be_printed(host: Host) -> None:
    row, note = BY_CUSIP[DOUBTED], host.book.note(DOUBTED)
    assert note is not None
    assert note.first_coupon_amount is None
    assert (row["first_coupon_amount_published"], row["computed_30_360_us_eom"]) == ("8.94", "8.94")
    assert first_coupon(host, row).interest == Money.parse(row["computed_30_360_bond"]) == Money.parse("9.05")


def test_a_coupon_that_steps_up_pays_the_higher_rate_from_the_day_printed(host: Host) -> None:
    note = host.book.note(RAISED)
    assert note is not None
    paid = []
    for due_on in (date(2005, 7, 15), date(2005, 8, 15)):
        event = PaymentDue(
            event_id=str(due_on),
            received_on=due_on,
            cusip=RAISED,
            due_on=due_on,
            kind=PaymentKind.INTEREST,
            principal=THOUSAND,
        )
        payment = host.preview(event)[0].payment
        assert payment is not None
        paid.append(payment.interest)
    # a month of 4.25 per cent is 3.5417, one of 4.85 is 4.0417
    assert paid == [Money.parse("3.54"), Money.parse("4.04")]


@pytest.mark.parametrize("cusip", [row["cusip"] for row in ROWS if row["redemption_information"] is None])
def test_a_call_of_a_note_whose_redemption_was_not_read_goes_to_a_person(host: Host, cusip: str) -> None:
    note = host.book.note(cusip)
    assert note is not None
    event = CallNoticed(
        event_id="call",
        received_on=note.first_coupon_date,
        notice_id="notice",
        cusip=cusip,
        notice_given_on=note.first_coupon_date,
        redeem_on=date(note.maturity.year - 1, note.maturity.month, note.maturity.day),
        principal="all",
        price=Decimal(100),
        notified=frozenset({"holders", "trustee"}),
    )
    decision = host.preview(event)[0]
    assert decision.outcome is Outcome.REFERRED
    assert decision.findings[0].name == "redemption terms not read"
