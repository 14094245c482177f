"""A maturity printed after it was moved to a business day: what falls due on which day, from YAML to cents.

Interest falls on the 15th. 15 December 2024 is a Sunday, so the notes below are printed as due on Monday the 16th, or
on Friday the 13th where principal goes to the day before. One is due on Tuesday the 17th, after a day that was open.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rules_engine.host import Host
from rules_engine.host.opening import Scheduled
from rules_engine.model.cusips import check_digit
from rules_engine.model.decisions import Decision, Outcome, Payment
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.events import CallNoticed, PaymentDue, RateReset, SurvivorsOptionRequested
from rules_engine.model.money import Money
from rules_engine.workbench.explaining import explain
from rules_engine.workbench.timetable import timetable
from tests.acme import requested
from tests.clauses.coupon_notes import host_of_coupons
from tests.clauses.example import proved_on

MONTHLY, STUB, BEFORE, DISCOUNT, MAKE_WHOLE, FLOATING = (
    f"00499A{name}{check_digit(f'00499A{name}')}" for name in ("MA", "MB", "MC", "MD", "ME", "MF")
)
SUPPLEMENT = f"""\
supplement: Pricing Supplement No. 2
source: Made up
issue date: 2022-12-15
denominations:
  minimum: $1,000
  increment: $1,000
notes:
  - cusip: {MONTHLY}
    type: fixed
    coupon: 3.600 %
    frequency: monthly
    first coupon date: 2023-01-15
    last regular date: 2024-12-15
    maturity: 2024-12-16
    survivors option: yes
    redemption:
      printed: Callable at 100% on 6/15/2024 and any time thereafter with 30 Calendar Days Notice.
      style: American
      first date: 2024-06-15
      on: any day
      price: 100 %
      notice:
        minimum: 30 days
    event calls:
      - kind: tax event
        price: 100 %
        notice:
          minimum: 30 days
    payment days:
      record date: 15 days before
  - cusip: {STUB}
    type: fixed
    coupon: 3.600 %
    frequency: monthly
    first coupon date: 2023-01-15
    last regular date: 2024-12-15
    maturity: 2024-12-17
    survivors option: yes
  - cusip: {BEFORE}
    type: fixed
    coupon: 3.600 %
    frequency: monthly
    first coupon date: 2023-01-15
    last regular date: 2024-11-15
    maturity: 2024-12-13
    survivors option: yes
    payment days:
      maturity convention: preceding
  - cusip: {DISCOUNT}
    type: original issue discount
    coupon: 6 %
    issue price: 93.057851239669 %
    frequency: annual
    first coupon date: 2023-12-15
    last regular date: 2024-12-15
    maturity: 2024-12-16
    survivors option: yes
    payment days:
      amortised face compounds: annual
  - cusip: {MAKE_WHOLE}
    type: fixed
    coupon: 4 %
    frequency: semi-annual
    first coupon date: 2023-06-15
    last regular date: 2024-12-15
    maturity: 2024-12-16
    survivors option: yes
    redemption:
      printed: Redeemable at any time from 6/15/2023 at the make-whole price, Treasury plus 0.50%, on 30 days notice.
      style: American
      first date: 2023-06-15
      on: any day
      price: 100 %
      make whole:
        spread: 0.5 %
      notice:
        minimum: 30 days
  - cusip: {FLOATING}
    type: floating
    floating:
      from: 2022-12-15
      index: Three-month rate
      spread: 1 %
    frequency: quarterly
    first coupon date: 2023-03-15
    last regular date: 2024-12-15
    maturity: 2024-12-16
    survivors option: yes
"""
FACE, ASKED = Money.parse("1000.00"), Money.parse("25000.00")
SCHEDULED, PRINTED = date(2024, 12, 15), date(2024, 12, 16)
MOVED = "Sunday 2024-12-15 moved to a business day"


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return host_of_coupons(tmp_path, SUPPLEMENT)


def due(cusip: str, due_on: date, kind: PaymentKind, principal: Money = FACE) -> PaymentDue:
    return PaymentDue(
        event_id=f"{cusip} {kind} {due_on}",
        received_on=date(2024, 12, 1),
        cusip=cusip,
        due_on=due_on,
        kind=kind,
        principal=principal,
    )


def survivor(cusip: str, received_on: date, **changed: Any) -> SurvivorsOptionRequested:
    """Ask for $25,000 after a death at the start of the month."""
    fields: dict[str, Any] = {
        "cusip": cusip,
        "received_on": received_on,
        "occurred_on": received_on.replace(day=1),
        "acquired_on": date(2023, 1, 1),
    }
    return requested(f"{cusip} {received_on}", **(fields | changed))


def only(host: Host, event: Any) -> Decision:
    (decision,) = host.answer(event)
    return decision


def paid(decision: Decision) -> Payment:
    assert decision.payment is not None, decision.findings
    return decision.payment


def called(cusip: str, redeem_on: date, **changed: Any) -> CallNoticed:
    fields: dict[str, Any] = {
        "event_id": f"call for {redeem_on}",
        "received_on": date(2024, 5, 1),
        "notice_id": f"call for {redeem_on}",
        "cusip": cusip,
        "notice_given_on": date(2024, 5, 1),
        "redeem_on": redeem_on,
        "principal": "all",
        "notified": frozenset({"holders", "trustee"}),
        "price": Decimal(100),
    }
    return CallNoticed(**(fields | changed))


@pytest.mark.parametrize("due_on", [SCHEDULED, PRINTED])
def test_principal_falls_due_on_the_printed_day_with_interest_to_the_day_scheduled(host: Host, due_on: date) -> None:
    payment = paid(only(host, due(MONTHLY, due_on, PaymentKind.MATURITY)))
    assert (payment.due_on, payment.pay_on) == (PRINTED, PRINTED)
    assert payment.interest == Money.parse("3.00")  # 1000 x .036 x 30/360, from 15 November to 15 December
    assert payment.total == Money.parse("1003.00")
    assert payment.interest_to == "whoever gets the principal"


@pytest.mark.parametrize("due_on", [SCHEDULED, PRINTED])
def test_the_last_interest_falls_due_on_either_day_and_is_paid_on_the_printed_one(host: Host, due_on: date) -> None:
    payment = paid(only(host, due(MONTHLY, due_on, PaymentKind.INTEREST)))
    assert (payment.due_on, payment.pay_on) == (due_on, PRINTED)
    assert (payment.interest, payment.total) == (Money.parse("3.00"), Money.parse("3.00"))
    assert payment.interest_to == "whoever gets the principal"


@pytest.mark.parametrize("due_on", [date(2024, 12, 14), date(2024, 12, 17)])
@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (PaymentKind.MATURITY, "not the maturity date"),
        (PaymentKind.INTEREST, "not an interest date"),
        (PaymentKind.REPAYMENT, "nothing is due"),
    ],
)
def test_nothing_falls_due_a_day_off(host: Host, due_on: date, kind: PaymentKind, rule: str) -> None:
    only(host, survivor(MONTHLY, date(2024, 11, 20)))
    decision = only(host, due(MONTHLY, due_on, kind, ASKED))
    assert decision.outcome is Outcome.REJECTED
    assert rule in [finding.name for finding in decision.findings]


def test_the_schedule_has_no_coupon_of_one_day(host: Host) -> None:
    scheduled = host.schedule(MONTHLY)
    assert isinstance(scheduled, Scheduled)
    found = timetable(scheduled)
    assert len(found.coupons) == 24
    last = found.coupons[-1]
    assert (last.accrual_start, last.accrual_end, last.days) == (date(2024, 11, 15), SCHEDULED, 30)
    assert (last.due_on, last.pay_on, last.interest) == (SCHEDULED, PRINTED, Money.parse("3.00"))
    assert last.record_on is None, "whoever gets the principal gets it"
    assert found.coupons[-2].record_on == date(2024, 10, 31)  # 15 days before 15 November
    assert (found.matures_on, found.pay_on) == (PRINTED, PRINTED)
    assert found.redemptions[-1].redeem_on == date(2024, 12, 14)


def test_a_last_period_of_two_days_stays_where_one_of_them_was_open(host: Host) -> None:
    payment = paid(only(host, due(STUB, date(2024, 12, 17), PaymentKind.MATURITY)))
    assert payment.interest == Money.parse("0.20")  # 1000 x .036 x 2/360
    regular = paid(only(host, due(STUB, SCHEDULED, PaymentKind.INTEREST)))
    assert (regular.pay_on, regular.interest) == (PRINTED, Money.parse("3.00"))
    refused = only(host, due(STUB, SCHEDULED, PaymentKind.MATURITY))
    assert "not the maturity date" in [finding.rule for finding in refused.findings]


def test_a_maturity_printed_on_the_day_before_still_bears_interest_to_the_day_scheduled(host: Host) -> None:
    for due_on in (date(2024, 12, 13), SCHEDULED):
        payment = paid(only(host, due(BEFORE, due_on, PaymentKind.MATURITY)))
        assert (payment.due_on, payment.pay_on) == (date(2024, 12, 13), date(2024, 12, 13))
        assert payment.interest == Money.parse("3.00")
    for due_on in (date(2024, 12, 12), date(2024, 12, 14), PRINTED):
        assert only(host, due(BEFORE, due_on, PaymentKind.MATURITY)).outcome is Outcome.REJECTED


def test_a_survivor_is_repaid_on_the_printed_day(host: Host) -> None:
    payment = paid(only(host, survivor(MONTHLY, date(2024, 11, 20))))
    assert (payment.due_on, payment.pay_on) == (PRINTED, PRINTED)
    assert payment.interest == Money.parse("75.00")  # of $25,000
    for due_on in (SCHEDULED, PRINTED):
        repaid = paid(only(host, due(MONTHLY, due_on, PaymentKind.REPAYMENT, ASKED)))
        assert (repaid.due_on, repaid.pay_on, repaid.total) == (PRINTED, PRINTED, Money.parse("25075.00"))


@pytest.mark.parametrize(
    ("redeem_on", "is_a_call_date"),
    [(date(2024, 12, 14), True), (SCHEDULED, False), (PRINTED, False)],
)
@pytest.mark.parametrize("basis", ["issuer's choice", "tax event"])
def test_neither_day_is_one_to_call_the_note_for(host: Host, redeem_on: date, is_a_call_date: bool, basis: str) -> None:
    event_on = date(2024, 4, 1) if basis == "tax event" else None
    decision = only(host, called(MONTHLY, redeem_on, basis=basis, event_on=event_on))
    assert decision.facts["redemption date is a call date"] is is_a_call_date


@pytest.mark.parametrize(
    ("given_on", "served"), [(date(2024, 11, 14), "2024-12-14"), (date(2024, 11, 15), "no later call date")]
)
def test_a_notice_serves_no_day_of_maturity(host: Host, given_on: date, served: str) -> None:
    notice = called(MONTHLY, date(2024, 11, 29), notice_given_on=given_on, received_on=given_on)
    assert served in only(host, notice).findings[0].because


def test_a_discount_accrues_on_the_days_scheduled_and_is_gone_at_maturity(host: Host) -> None:
    # at 10 per cent a year and a coupon of 6: worth 96.3636... a year before the day scheduled
    only(host, survivor(DISCOUNT, date(2023, 11, 20), owner_ref="owner-1"))
    only(host, survivor(DISCOUNT, date(2024, 11, 20), owner_ref="owner-2"))
    year_before = paid(only(host, due(DISCOUNT, date(2023, 12, 15), PaymentKind.REPAYMENT, ASKED)))
    assert year_before.price == Decimal("96.3636363636")
    for due_on in (SCHEDULED, PRINTED):
        assert paid(only(host, due(DISCOUNT, due_on, PaymentKind.REPAYMENT, ASKED))).price == 100
        assert paid(only(host, due(DISCOUNT, due_on, PaymentKind.MATURITY))).total == Money.parse("1060.00")


def test_a_make_whole_discounts_from_the_day_scheduled(host: Host) -> None:
    # half a year before: 102 at 1.5 and 0.5 per cent is 102 / 1.01 = 100.990...; a day more would make it 100.985
    decision = only(host, called(MAKE_WHOLE, date(2024, 6, 15), price=None, treasury_yield=Decimal("1.5")))
    assert paid(decision).price == Decimal("100.990")


def test_no_rate_is_set_from_the_day_scheduled_on(host: Host) -> None:
    def reset(start: date) -> RateReset:
        return RateReset(
            event_id=f"rate of {start}",
            received_on=start,
            cusip=FLOATING,
            period_start=start,
            index_rate=Decimal(3),
        )

    assert only(host, reset(date(2024, 9, 15))).outcome is Outcome.RECORDED
    assert only(host, reset(SCHEDULED)).outcome is not Outcome.RECORDED
    payment = paid(only(host, due(FLOATING, PRINTED, PaymentKind.MATURITY)))
    assert payment.interest == Money.parse("10.00")  # 1000 x .04 x 90/360


@pytest.mark.parametrize(
    ("kind", "due_on", "told"),
    [
        (
            PaymentKind.MATURITY,
            SCHEDULED,
            f"The payment falls due on Monday 2024-12-16, the maturity printed: {MOVED}.",
        ),
        (
            PaymentKind.MATURITY,
            PRINTED,
            f"The payment falls due on Monday 2024-12-16, the maturity printed: {MOVED}.",
        ),
        (PaymentKind.INTEREST, SCHEDULED, "The payment falls due on Sunday 2024-12-15, as scheduled."),
    ],
)
def test_the_payment_is_explained_by_both_days(host: Host, kind: PaymentKind, due_on: date, told: str) -> None:
    falls_due, cash, interest, *_ = explain(host, due(MONTHLY, due_on, kind)).payment
    assert falls_due == told
    assert "Monday 2024-12-16" in cash
    assert "Interest from 2024-11-15 to 2024-12-15, not including that day: 30 days of 30/360" in interest


def test_what_was_decided_is_proved_again(host: Host) -> None:
    for due_on in (SCHEDULED, PRINTED):
        only(host, due(MONTHLY, due_on, PaymentKind.MATURITY))
    only(host, due(STUB, date(2024, 12, 17), PaymentKind.MATURITY))
    only(host, survivor(MONTHLY, date(2024, 11, 20)))
    for due_on in (SCHEDULED, PRINTED):
        only(host, due(MONTHLY, due_on, PaymentKind.REPAYMENT, ASKED))
    done = proved_on(host)
    assert (done.differences, done.entries, done.decided_again) == ([], 6, 6)


def test_the_book_warns_of_each_that_is_printed_moved_and_of_no_other(host: Host) -> None:
    told = [(warning.line, warning.message) for warning in host.book.warnings]
    moved = [line for line, _ in told]
    lines = SUPPLEMENT.splitlines()
    assert [lines[line - 1].strip() for line in moved] == [
        "maturity: 2024-12-16",
        "maturity: 2024-12-13",
        "maturity: 2024-12-16",
        "maturity: 2024-12-16",
        "maturity: 2024-12-16",
    ]
    message = "the maturity printed is 2024-12-15 moved to a business day: interest stops on 2024-12-15"
    assert {each for _, each in told} == {message}
