"""Calls in part: by lot, position by position; or pro rata, as a fraction of every position."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rules_engine.host import Host
from rules_engine.model.money import Money

from .example import ANY_DAY, answer, drawn, example_host, noticed, outstanding, rescinded, spoken

IN_PART = ANY_DAY + "      price: 101 %\n      notice: {minimum: 30 days}\n      amount: whole or part\n"
BY_LOT = IN_PART + "      part chosen: by lot\n"
PRO_RATA = IN_PART + "      part chosen: pro rata\n"
OTHER_NOTE = """\
  - cusip: 30199AAB1
    coupon: 4 %
    type: fixed
    frequency: semi-annual
    maturity: 2027-06-15
    first coupon date: 2017-12-15
    last regular date: 2027-06-15
    survivors option: yes
"""
REDEEM_ON, GIVEN_ON = date(2021, 6, 15), date(2021, 5, 3)


def called(host: Host, principal: str = "10000", **changes: object) -> Host:
    fields: dict[str, Any] = {"principal": Money.parse(principal), "price": Decimal(101)} | changes
    answer(host, noticed(REDEEM_ON, GIVEN_ON, **fields))
    return host


@pytest.fixture
def by_lot(tmp_path: Path) -> Host:
    """Call $10,000 of a note whose parts are chosen by lot."""
    return called(example_host(tmp_path, BY_LOT))


def test_what_a_lot_draws_is_paid_as_the_call_pays(by_lot: Host) -> None:
    # half a year's interest at 4 per cent on 3,000 is 60; at 101 per cent the principal is 3,030
    decision = answer(by_lot, drawn("3000"))
    assert spoken(decision) == ("accepted", set())
    assert (decision.notice_id, decision.accepted) == ("notice of call", Money.parse("3000"))
    assert decision.payment is not None
    assert (decision.payment.due_on, decision.payment.total) == (REDEEM_ON, Money.parse("3090"))


def test_a_position_the_lot_passed_by_is_paid_nothing(by_lot: Host) -> None:
    decision = answer(by_lot, drawn("0.00"))
    assert spoken(decision) == ("accepted", set())
    assert (decision.payment, decision.accepted) == (None, None)


@pytest.mark.parametrize(
    ("last", "told"),
    [("2000", ("accepted", set[str]())), ("3000", ("rejected", {"drawn beyond the call"}))],
)
def test_all_lots_together_draw_no_more_than_was_called(by_lot: Host, last: str, told: tuple[str, set[str]]) -> None:
    answer(by_lot, drawn("5000", event_id="lot 1"))
    answer(by_lot, drawn("3000", event_id="lot 2"))
    assert spoken(answer(by_lot, drawn(last, event_id="lot 3"))) == told


@pytest.mark.parametrize(
    ("selected", "position", "told"),
    [
        ("500", "1000", ("rejected", {"small position in part", "drawn in odd amounts"})),
        ("1000", "1000", ("accepted", set[str]())),
        ("1000", "1000.01", ("accepted", set[str]())),
        ("1000", "2000", ("accepted", set[str]())),
        ("1500", "2000", ("rejected", {"drawn in odd amounts"})),
        ("3000", "2000", ("referred", {"drawn beyond the position"})),
    ],
)
def test_a_position_of_a_thousand_or_less_is_redeemed_whole_or_not_at_all(
    by_lot: Host, selected: str, position: str, told: tuple[str, set[str]]
) -> None:
    assert spoken(answer(by_lot, drawn(selected, position))) == told


def test_a_second_lot_for_the_same_owner_is_for_a_person_to_see(by_lot: Host) -> None:
    answer(by_lot, drawn("1000", event_id="lot 1", owner_ref="owner"))
    decision = answer(by_lot, drawn("1000", event_id="lot 2", owner_ref="owner"))
    assert spoken(decision) == ("referred", {"drawn twice"})


def test_a_lot_for_no_notice_is_referred(by_lot: Host) -> None:
    assert spoken(answer(by_lot, drawn("1000", notice_id="another"))) == ("referred", {"notice not known"})


def test_a_lot_for_a_notice_of_another_note_is_referred(tmp_path: Path) -> None:
    host = called(example_host(tmp_path, BY_LOT + OTHER_NOTE))
    told = spoken(answer(host, drawn("1000", cusip="30199AAB1")))
    assert told == ("referred", {"notice of another note"})


def test_nothing_is_drawn_of_a_note_called_whole(tmp_path: Path) -> None:
    host = example_host(tmp_path, BY_LOT)
    answer(host, noticed(REDEEM_ON, GIVEN_ON, price=Decimal(101)))
    assert spoken(answer(host, drawn("1000"))) == ("rejected", {"called in whole"})


def test_nothing_is_drawn_by_a_notice_taken_back(tmp_path: Path) -> None:
    host = called(example_host(tmp_path, BY_LOT), conditional=True)
    answer(host, rescinded(date(2021, 5, 10)))
    assert spoken(answer(host, drawn("1000"))) == ("rejected", {"notice was taken back"})


@pytest.mark.parametrize(
    ("principal", "told", "fraction"),
    [
        ("39000", ("accepted", {"redeemed pro rata"}), "39/40"),
        ("40000", ("accepted", {"redeemed pro rata"}), "1"),
        ("41000", ("rejected", {"redeemed pro rata", "more than is outstanding"}), "41/40"),
    ],
)
def test_a_pro_rata_call_tells_the_fraction_of_what_is_outstanding(
    principal: str, told: tuple[str, set[str]], fraction: str, tmp_path: Path
) -> None:
    host = example_host(tmp_path, PRO_RATA)
    answer(host, outstanding("90000", date(2019, 12, 31), "report 1"))
    answer(host, outstanding("40000", date(2020, 12, 31), "report 2"))
    answer(host, outstanding("80000", date(2018, 12, 31), "report 3"))  # reported last, but of an earlier day
    decision = answer(host, noticed(REDEEM_ON, GIVEN_ON, price=Decimal(101), principal=Money.parse(principal)))
    assert spoken(decision) == told
    assert decision.facts["fraction called"] == fraction


def test_a_pro_rata_call_says_the_fraction_in_words(tmp_path: Path) -> None:
    host = example_host(tmp_path, PRO_RATA)
    answer(host, outstanding("40000", date(2020, 12, 31)))
    decision = answer(host, noticed(REDEEM_ON, GIVEN_ON, price=Decimal(101), principal=Money.parse("10000")))
    assert "called pro rata, 1/4 of every position" in " ".join(finding.because for finding in decision.findings)


def test_a_pro_rata_call_waits_for_what_is_outstanding(tmp_path: Path) -> None:
    host = example_host(tmp_path, PRO_RATA)
    decision = answer(host, noticed(REDEEM_ON, GIVEN_ON, price=Decimal(101), principal=Money.parse("10000")))
    assert decision.outcome.word == "pended"
    assert {name for finding in decision.findings for name in finding.missing} == {"outstanding_reported of 30199AAA3"}


def test_nothing_is_drawn_of_a_note_called_pro_rata(tmp_path: Path) -> None:
    host = example_host(tmp_path, PRO_RATA)
    answer(host, outstanding("40000", date(2020, 12, 31)))
    called(host)
    assert spoken(answer(host, drawn("1000"))) == ("rejected", {"chosen pro rata"})


def test_a_note_called_only_in_whole_is_not_called_in_part(tmp_path: Path) -> None:
    host = example_host(tmp_path, IN_PART.replace("whole or part", "whole"))
    decision = answer(host, noticed(REDEEM_ON, GIVEN_ON, price=Decimal(101), principal=Money.parse("10000")))
    assert spoken(decision) == ("rejected", {"whole notes only"})
