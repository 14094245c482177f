"""Calls because of a regulatory or a tax event: their right, their window, their price and their notice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rules_engine.model.decisions import Decision
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.events import PaymentDue
from rules_engine.model.money import Money

from .example import ANY_DAY, NOTE, answer, example_host, noticed, spoken

EVENTS = (
    ANY_DAY
    + """\
      price: 100 %
      notice: {minimum: 5 days}
    event calls:
      - {kind: regulatory event, price: 100.5 %, within: 90 days, notice: {minimum: 30 days, maximum: 60 days}}
      - {kind: tax event, price: 100 %, notice: {minimum: 10 business days}}
"""
)
EVENT_ON = date(2018, 3, 1)  # long before the first call date; ninety days later is 30 May


def regulatory(redeem_on: date, given_on: date, tmp_path: Path, **changes: object) -> Decision:
    fields: dict[str, Any] = {"basis": "regulatory event", "event_on": EVENT_ON, "price": Decimal("100.5")} | changes
    return answer(example_host(tmp_path, EVENTS), noticed(redeem_on, given_on, **fields))


@pytest.mark.parametrize(
    ("redeem_on", "told"),
    [
        (date(2018, 5, 29), ("accepted", set[str]())),
        (date(2018, 5, 30), ("accepted", set[str]())),
        (date(2018, 5, 31), ("rejected", {"outside the event's window"})),
    ],
)
def test_a_note_is_redeemed_within_ninety_days_of_the_event(
    redeem_on: date, told: tuple[str, set[str]], tmp_path: Path
) -> None:
    assert spoken(regulatory(redeem_on, date(2018, 4, 16), tmp_path)) == told


def test_a_late_redemption_tells_by_how_much(tmp_path: Path) -> None:
    decision = regulatory(date(2018, 6, 1), date(2018, 4, 16), tmp_path)
    assert decision.findings[0].because == (
        "The redemption date 2018-06-01 lies past 2018-05-30, the last day of the window "
        "that the regulatory event opened."
    )


def test_the_event_call_has_its_own_price(tmp_path: Path) -> None:
    payment = regulatory(date(2018, 5, 30), date(2018, 4, 16), tmp_path).payment
    assert payment is not None
    assert payment.price == Decimal("100.5")
    told = spoken(regulatory(date(2018, 5, 30), date(2018, 4, 16), tmp_path / "par", price=Decimal(100)))
    assert told == ("rejected", {"not the call price"})


@pytest.mark.parametrize(
    ("redeem_on", "given_on", "rules"),
    [
        (date(2018, 5, 29), date(2018, 3, 29), {"notice too early"}),
        (date(2018, 5, 29), date(2018, 3, 30), set[str]()),  # sixty days
        (date(2018, 5, 30), date(2018, 4, 30), set[str]()),  # thirty days
        (date(2018, 5, 30), date(2018, 5, 1), {"short notice"}),
    ],
)
def test_a_call_for_an_event_needs_the_notice_printed_for_it(
    redeem_on: date, given_on: date, rules: set[str], tmp_path: Path
) -> None:
    outcome = "rejected" if rules else "accepted"
    assert spoken(regulatory(redeem_on, given_on, tmp_path)) == (outcome, rules)


@pytest.mark.parametrize(
    ("given_on", "told"),
    [
        (date(2018, 4, 13), ("rejected", {"notice before the event"})),
        (date(2018, 4, 16), ("accepted", set[str]())),
    ],
)
def test_notice_is_given_after_the_event_has_happened(
    given_on: date, told: tuple[str, set[str]], tmp_path: Path
) -> None:
    assert spoken(regulatory(date(2018, 5, 25), given_on, tmp_path, event_on=date(2018, 4, 16))) == told


def test_a_call_for_an_event_waits_for_the_day_of_the_event(tmp_path: Path) -> None:
    decision = regulatory(date(2018, 5, 30), date(2018, 4, 16), tmp_path, event_on=None)
    assert decision.outcome.word == "pended"
    assert {name for finding in decision.findings for name in finding.missing} == {"event_on"}


@pytest.mark.parametrize(
    ("given_on", "told"),
    [
        (date(2022, 8, 31), ("accepted", set[str]())),  # ten business days; 5 September is Labor Day
        (date(2022, 9, 1), ("rejected", {"short notice"})),
    ],
)
def test_an_event_without_a_window_lets_the_note_be_called_years_later(
    given_on: date, told: tuple[str, set[str]], tmp_path: Path
) -> None:
    notice = noticed(date(2022, 9, 15), given_on, basis="tax event", event_on=EVENT_ON)
    assert spoken(answer(example_host(tmp_path, EVENTS), notice)) == told


@pytest.mark.parametrize("redeem_on", [date(2017, 6, 15), date(2027, 6, 15)], ids=["issue", "maturity"])
def test_a_call_for_an_event_names_a_day_of_the_notes_life(redeem_on: date, tmp_path: Path) -> None:
    notice = noticed(redeem_on, date(2017, 5, 1), basis="tax event", event_on=date(2017, 5, 1))
    assert "not a call date" in spoken(answer(example_host(tmp_path, EVENTS), notice))[1]


def test_a_note_without_a_call_for_the_event_is_not_called_for_it(tmp_path: Path) -> None:
    plain = ANY_DAY + "      price: 100 %\n      notice: {minimum: 5 days}\n"
    notice = noticed(date(2021, 7, 20), date(2021, 7, 6), basis="tax event", event_on=EVENT_ON)
    decision = answer(example_host(tmp_path, plain), notice)
    assert decision.outcome.word == "rejected"
    assert "note cannot be called" in spoken(decision)[1]
    assert "(tax event)" in next(each.because for each in decision.findings if each.rule == "note cannot be called")


@pytest.mark.parametrize(("due_on", "outcome"), [(date(2018, 5, 29), "rejected"), (date(2018, 5, 30), "accepted")])
def test_a_redemption_for_an_event_is_paid_on_the_day_noticed_and_on_no_other(
    due_on: date, outcome: str, tmp_path: Path
) -> None:
    host = example_host(tmp_path, EVENTS)
    fields: dict[str, Any] = {"basis": "regulatory event", "event_on": EVENT_ON, "price": Decimal("100.5")}
    answer(host, noticed(date(2018, 5, 30), date(2018, 4, 16), **fields))
    due = PaymentDue(
        event_id="payment",
        received_on=due_on,
        cusip=NOTE,
        due_on=due_on,
        kind=PaymentKind.REDEMPTION,
        principal=Money.parse("1000"),
    )
    decision = answer(host, due)
    assert decision.outcome.word == outcome
    # 100.5 per cent of 1,000, and 165 of 360 days at 4 per cent since 15 December
    assert decision.payment is None or decision.payment.total == Money.parse("1023.33")
