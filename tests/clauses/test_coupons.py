"""What is paid when a coupon steps or floats, when there is none, and who gets it: from YAML to cents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rules_engine.host import Host
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Decision, Outcome, Payment
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.events import CallNoticed, PaymentDue, RateReset, SurvivorsOptionRequested
from rules_engine.model.money import Money
from rules_engine.model.wire import decision_from_json, decision_to_json
from tests.acme import ACME, requested
from tests.clauses.coupon_notes import DISCOUNT, FLOATING, REOPENED, STEPPING, SUPPLEMENT, ZERO, host_of_coupons
from tests.clauses.example import proved_on

FACE = Money.parse("1000.00")


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return host_of_coupons(tmp_path)


def due(cusip: str, due_on: date, kind: PaymentKind = PaymentKind.INTEREST, principal: Money = FACE) -> PaymentDue:
    return PaymentDue(
        event_id=f"{cusip} {kind} {due_on} {principal}",
        received_on=due_on,
        cusip=cusip,
        due_on=due_on,
        kind=kind,
        principal=principal,
    )


def reset(start: date, rate: str, *, event_id: str = "", cusip: str = FLOATING) -> RateReset:
    return RateReset(
        event_id=event_id or f"rate of {start}",
        received_on=start,
        cusip=cusip,
        period_start=start,
        index_rate=Decimal(rate),
    )


def called(cusip: str, redeem_on: date, event_id: str = "call") -> CallNoticed:
    return CallNoticed(
        event_id=event_id,
        received_on=date(redeem_on.year, redeem_on.month - 1, 1),
        notice_id=event_id,
        cusip=cusip,
        notice_given_on=date(redeem_on.year, redeem_on.month - 1, 1),
        redeem_on=redeem_on,
        principal="all",
        notified=frozenset({"holders", "trustee"}),
        price=Decimal(100),
    )


def only(host: Host, event: Any) -> Decision:
    (decision,) = host.answer(event)
    return decision


def paid(decision: Decision) -> Payment:
    assert decision.payment is not None, decision.findings
    return decision.payment


@pytest.mark.parametrize(
    ("due_on", "interest", "rate"),
    [
        (date(2018, 6, 15), "3.54", "4.25"),  # 1000 x .0425 x 30/360 = 3.5417
        (date(2018, 7, 15), "3.54", "4.25"),  # the last before the step
        (date(2018, 8, 15), "4.04", "4.85"),  # 1000 x .0485 x 30/360 = 4.0417
    ],
)
def test_interest_steps_up_from_the_interest_date_named(host: Host, due_on: date, interest: str, rate: str) -> None:
    decision = only(host, due(STEPPING, due_on))
    assert paid(decision).interest == Money.parse(interest)
    assert decision.facts["rate of interest"] == rate


def test_a_note_called_on_the_step_never_pays_the_higher_coupon(host: Host) -> None:
    decision = only(host, called(STEPPING, date(2018, 7, 15)))
    assert paid(decision).per_1000 == (Money.parse("3.54"), Money.parse("1003.54"))
    after = only(host, due(STEPPING, date(2018, 8, 15)))
    assert (after.outcome, after.findings[0].name) == (Outcome.REJECTED, "redeemed before")


@pytest.mark.parametrize("due_on", [date(2018, 6, 30), date(2018, 9, 30)])
def test_a_payment_whose_index_is_not_set_is_pended_naming_the_period(host: Host, due_on: date) -> None:
    start = {date(2018, 6, 30): "2018-03-30", date(2018, 9, 30): "2018-06-30"}[due_on]
    decision = only(host, due(FLOATING, due_on))
    assert decision.outcome is Outcome.PENDED
    assert decision.payment is None
    assert decision.findings[0].missing == (f"rate_reset for the period starting {start}",)
    assert decision.facts["rate of interest"] == {"missing": [f"rate_reset for the period starting {start}"]}
    assert (decision.accepted, decision.not_accepted) == (Money.parse("0.00"), FACE)


def test_the_last_fixed_period_needs_no_index(host: Host) -> None:
    decision = only(host, due(FLOATING, date(2018, 3, 30)))
    assert paid(decision).interest == Money.parse("7.50")


@pytest.mark.parametrize(
    ("index", "interest", "rate"),
    [
        ("2", "8.22", "3.25"),  # 1000 x .0325 x 91/360 = 8.2153
        ("-0.24", "2.55", "1.01"),  # 2.5531
        ("-0.25", "2.53", "1"),  # 2.5278: the floor
        ("-0.26", "2.53", "1"),
        ("3.74", "12.61", "4.99"),  # 12.6136
        ("3.75", "12.64", "5"),  # 12.6389: the cap
        ("3.76", "12.64", "5"),
    ],
)
def test_a_floating_period_pays_index_and_spread_within_cap_and_floor_for_its_adjusted_days(
    host: Host, index: str, interest: str, rate: str
) -> None:
    assert only(host, reset(date(2018, 3, 30), index)).outcome is Outcome.RECORDED
    decision = only(host, due(FLOATING, date(2018, 6, 30)))  # a Saturday: 2018-06-29, 91 days after 2018-03-30
    assert (paid(decision).interest, paid(decision).pay_on) == (Money.parse(interest), date(2018, 6, 29))
    assert decision.facts["rate of interest"] == rate


def test_at_maturity_cash_moves_and_interest_does_not(host: Host) -> None:
    host.answer(reset(date(2018, 12, 30), "2"))
    payment = paid(
        only(host, due(FLOATING, date(2019, 3, 30), PaymentKind.MATURITY))
    )  # a Saturday, then Monday 1 April
    # from 2018-12-31, a Monday, to 2019-03-30: 89 days; 1000 x .0325 x 89/360 = 8.0347
    assert (payment.pay_on, payment.interest) == (date(2019, 4, 1), Money.parse("8.03"))


@pytest.mark.parametrize(
    ("event", "outcome", "rule"),
    [
        (reset(date(2018, 3, 30), "2"), Outcome.RECORDED, "rate set"),
        (reset(date(2018, 3, 29), "2"), Outcome.REJECTED, "not the start of a period"),
        (reset(date(2018, 6, 29), "2"), Outcome.REJECTED, "not the start of a period"),  # moved: the 30th is scheduled
        (reset(date(2017, 12, 30), "2"), Outcome.REJECTED, "period does not float"),
        (reset(date(2019, 3, 30), "2"), Outcome.REJECTED, "not the start of a period"),  # maturity starts none
        (reset(date(2018, 3, 15), "2", cusip=STEPPING), Outcome.REJECTED, "note does not float"),
        (reset(date(2018, 3, 30), "2", cusip="037833100"), Outcome.REFERRED, "note not known"),
    ],
)
def test_a_rate_is_put_on_record_for_a_floating_period_and_no_other_day(
    host: Host, event: RateReset, outcome: Outcome, rule: str
) -> None:
    decision = only(host, event)
    assert (decision.outcome, decision.findings[0].name) == (outcome, rule)


def test_a_second_figure_for_a_period_is_referred_and_the_first_stands(host: Host) -> None:
    host.answer(reset(date(2018, 3, 30), "2"))
    assert only(host, reset(date(2018, 3, 30), "2.00", event_id="again")).outcome is Outcome.RECORDED
    other = only(host, reset(date(2018, 3, 30), "2.01", event_id="other"))
    assert (other.outcome, other.findings[0].name) == (Outcome.REFERRED, "told otherwise")
    assert paid(only(host, due(FLOATING, date(2018, 6, 30)))).interest == Money.parse("8.22")


def test_a_rate_below_nothing_under_no_floor_is_referred(tmp_path: Path) -> None:
    host = host_of_coupons(tmp_path, SUPPLEMENT.replace("      floor: 1 %\n", ""))
    host.answer(reset(date(2018, 3, 30), "-1.26"))
    host.answer(reset(date(2018, 6, 30), "-1.25"))
    assert only(host, due(FLOATING, date(2018, 6, 30))).outcome is Outcome.REFERRED
    assert paid(only(host, due(FLOATING, date(2018, 9, 30)))).interest == Money.parse("0.00")


def test_a_call_in_a_floating_period_is_pended_until_its_index_is_set(host: Host) -> None:
    pended = only(host, called(FLOATING, date(2018, 9, 30), "early"))
    assert pended.findings[0].missing == ("rate_reset for the period starting 2018-06-30",)
    host.answer(reset(date(2018, 6, 30), "2"))
    payment = paid(only(host, called(FLOATING, date(2018, 9, 30), "later")))
    # from Friday 2018-06-29 to Friday 2018-09-28: 91 days; cash moves by plain following, on Monday
    assert payment.per_1000 == (Money.parse("8.22"), Money.parse("1008.22"))
    assert payment.pay_on == date(2018, 10, 1)


def survivor(cusip: str, received_on: date, principal: Money = FACE) -> SurvivorsOptionRequested:
    return requested(
        f"survivor of {cusip}",
        cusip=cusip,
        received_on=received_on,
        acquired_on=date(2017, 3, 30),
        occurred_on=date(2018, 1, 2),
        principal=principal,
        position=principal,
    )


def test_a_survivor_waits_for_the_index_and_is_answered_again_when_it_is_set(host: Host) -> None:
    waiting = only(host, survivor(FLOATING, date(2018, 6, 15)))
    assert waiting.findings[0].missing == ("rate_reset for the period starting 2018-06-30",)
    recorded, again = host.answer(reset(date(2018, 6, 30), "2"))
    assert (recorded.outcome, again.outcome, again.request_id) == (
        Outcome.RECORDED,
        Outcome.ACCEPTED,
        waiting.request_id,
    )
    assert (paid(again).due_on, paid(again).interest) == (date(2018, 9, 30), Money.parse("8.22"))
    assert host.ledger.standing(ACME).requests[waiting.request_id].missing == ()


def test_a_survivor_who_waits_for_another_period_is_left_alone(host: Host) -> None:
    host.answer(survivor(FLOATING, date(2018, 6, 15)))
    assert len(host.answer(reset(date(2018, 3, 30), "2"))) == 1


def test_a_survivor_of_a_discount_note_is_repaid_its_amortised_face(host: Host) -> None:
    # issued to yield 10 per cent a year: 106 / 1.1 = 96.3636... a year before maturity
    decision = only(host, survivor(DISCOUNT, date(2018, 2, 1)))
    payment = paid(decision)
    assert (payment.due_on, payment.interest, payment.total) == (
        date(2018, 3, 30),
        Money.parse("30.00"),
        Money.parse("993.64"),
    )
    assert decision.facts["price paid"] == "96.3636363636"
    assert payment.price == Decimal("96.3636363636")


def test_a_discount_is_rounded_once_on_the_whole_position(host: Host) -> None:
    # 7 x 963.64 would be 6,745.48: 7,000 x 0.963636... is 6,745.4545...
    principal = Money.parse("7000.00")
    accepted = paid(only(host, survivor(DISCOUNT, date(2018, 2, 1), principal)))
    payment = paid(only(host, due(DISCOUNT, date(2018, 3, 30), PaymentKind.REPAYMENT, principal)))
    assert (accepted.interest, accepted.total) == (Money.parse("210.00"), Money.parse("6955.45"))
    assert (payment.interest, payment.total) == (Money.parse("210.00"), Money.parse("6955.45"))


def test_a_discount_note_pays_par_at_maturity(host: Host) -> None:
    payment = paid(only(host, due(DISCOUNT, date(2019, 3, 30), PaymentKind.MATURITY)))
    assert (payment.price, payment.total) == (100, Money.parse("1030.00"))


def test_a_zero_coupon_note_pays_no_interest_and_par_at_maturity(host: Host) -> None:
    refused = only(host, due(ZERO, date(2019, 3, 30), PaymentKind.INTEREST))
    assert (refused.outcome, refused.findings[0].name) == (Outcome.REJECTED, "not an interest date")
    payment = paid(only(host, due(ZERO, date(2019, 3, 30), PaymentKind.MATURITY)))
    assert (payment.interest, payment.total, payment.interest_to) == (Money.parse("0.00"), FACE, "")


def test_a_zero_coupon_note_is_called_at_its_amortised_face(host: Host) -> None:
    # 25 doubles every year on its way to 100 in two
    payment = paid(only(host, due(ZERO, date(2018, 3, 30), PaymentKind.REDEMPTION)))
    assert (payment.price, payment.interest, payment.total) == (50, Money.parse("0.00"), Money.parse("500.00"))


def test_on_which_day_a_note_without_interest_dates_is_repaid_is_asked_of_a_person(host: Host) -> None:
    decision = only(host, survivor(ZERO, date(2018, 3, 10)))
    assert (decision.outcome, decision.codes) == (Outcome.REFERRED, {Code.NO_DAY_OF_REPAYMENT})
    assert "the note has no interest dates" in decision.findings[0].because


@pytest.mark.parametrize(
    ("received_on", "due_on", "total"),
    [
        (date(2018, 3, 10), date(2018, 3, 30), "500.00"),  # Good Friday, on which banks are open
        (date(2018, 3, 11), date(2018, 4, 2), "502.78"),  # 500 and 2/360 of the second 500, for the Monday
        (date(2019, 3, 9), date(2019, 3, 29), "998.61"),  # 500 and 359/360 of the second 500
        (date(2019, 3, 11), date(2019, 3, 30), "1000.00"),  # maturity comes first, a Saturday or not
    ],
)
def test_a_note_without_interest_dates_is_repaid_on_a_business_day_where_the_rules_say_so(
    tmp_path: Path, received_on: date, due_on: date, total: str
) -> None:
    host = host_of_coupons(tmp_path, payment="  repaid without interest dates on: business day\n")
    asked = replace(survivor(ZERO, received_on), occurred_on=received_on)
    payment = paid(only(host, asked))
    assert (payment.due_on, payment.total) == (due_on, Money.parse(total))
    dated = survivor(STEPPING, date(2018, 3, 10))
    assert paid(only(host, dated)).due_on == date(2018, 4, 15), "a Sunday, and an interest date"


def test_a_note_re_opened_accrues_from_its_first_issue(host: Host) -> None:
    # as Prospect printed it: 176 days from 19 February to 15 August
    assert paid(only(host, due(REOPENED, date(2017, 8, 15)))).interest == Money.parse("23.22")


def test_a_note_with_a_calendar_of_its_own_pays_by_that(host: Host) -> None:
    decision = only(host, due(REOPENED, date(2017, 8, 15)))  # a Tuesday, on which only this calendar is closed
    assert (decision.calendar, paid(decision).pay_on) == ("ACME", date(2017, 8, 16))
    assert only(host, due(STEPPING, date(2017, 8, 15))).calendar == "USNY"
    assert proved_on(host).differences == []


@pytest.mark.parametrize(
    ("cusip", "due_on", "kind", "interest_to"),
    [
        (STEPPING, date(2018, 6, 15), PaymentKind.INTEREST, "holder of record on 2018-05-31"),
        (STEPPING, date(2018, 7, 15), PaymentKind.REDEMPTION, "whoever gets the principal"),
        (STEPPING, date(2018, 6, 15), PaymentKind.REPAYMENT, "whoever gets the principal"),
        (STEPPING, date(2020, 7, 15), PaymentKind.MATURITY, "whoever gets the principal"),
        (
            STEPPING,
            date(2020, 7, 15),
            PaymentKind.INTEREST,
            "whoever gets the principal",
        ),  # due at maturity, whatever it is called
        (
            FLOATING,
            date(2018, 6, 30),
            PaymentKind.INTEREST,
            "holder of record on 2018-06-28",
        ),  # paid on the 29th, a Friday
        (
            FLOATING,
            date(2017, 12, 30),
            PaymentKind.INTEREST,
            "holder of record on 2017-12-29",
        ),  # a Friday before a Saturday
        (REOPENED, date(2017, 8, 15), PaymentKind.INTEREST, "holder of record on 2017-08-01"),
        (DISCOUNT, date(2018, 3, 30), PaymentKind.INTEREST, ""),  # no term says
    ],
)
def test_interest_goes_to_the_holder_of_record_or_with_the_principal(
    host: Host, cusip: str, due_on: date, kind: PaymentKind, interest_to: str
) -> None:
    host.answer(reset(date(2018, 3, 30), "2"))
    if kind is PaymentKind.REPAYMENT:
        host.answer(survivor(cusip, date(2018, 5, 20)))
    decision = only(host, due(cusip, due_on, kind))
    assert paid(decision).interest_to == interest_to
    assert decision_from_json(decision_to_json(decision)) == decision


def test_a_ledger_with_rates_proves_itself(host: Host) -> None:
    host.answer(due(FLOATING, date(2018, 6, 30)))
    host.answer(survivor(FLOATING, date(2018, 6, 15)))
    for start in (date(2018, 3, 30), date(2018, 6, 30)):
        host.answer(reset(start, "2"))
    host.answer(reset(date(2018, 6, 30), "3", event_id="other"))
    host.answer(due(FLOATING, date(2018, 6, 30), principal=Money.parse("2000.00")))
    done = proved_on(host)
    assert (done.differences, done.entries, done.decided_again) == ([], 7, 7)
