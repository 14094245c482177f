"""A timetable shows the rate of each period, the record date, and what is still to be set."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rules_engine.host import Host
from rules_engine.host.opening import Scheduled
from rules_engine.workbench.timetable import timetable, timetable_to_json
from tests.clauses.coupon_notes import DISCOUNT, FLOATING, REOPENED, STEPPING, ZERO, host_of_coupons


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Host:
    return host_of_coupons(tmp_path_factory.mktemp("coupons"))


def written(host: Host, cusip: str) -> dict[str, Any]:
    scheduled = host.schedule(cusip)
    assert isinstance(scheduled, Scheduled)
    return timetable_to_json(timetable(scheduled))


def test_shows_the_rate_before_and_after_a_step(host: Host) -> None:
    by_day = {coupon["due_on"]: (coupon["rate"], coupon["interest"]) for coupon in written(host, STEPPING)["coupons"]}
    assert (by_day["2018-07-15"], by_day["2018-08-15"]) == (("4.25", "3.54"), ("4.85", "4.04"))


def test_leaves_open_what_an_index_is_still_to_be_set_for(host: Host) -> None:
    coupons = written(host, FLOATING)["coupons"]
    assert [(coupon["rate"], coupon["interest"]) for coupon in coupons] == [("3", "7.50")] * 4 + [(None, None)] * 4
    assert [(coupon["accrual_end"], coupon["pay_on"], coupon["days"]) for coupon in coupons[4:]] == [
        ("2018-06-29", "2018-06-29", 91),
        ("2018-09-28", "2018-09-28", 91),
        ("2018-12-31", "2018-12-31", 94),
        ("2019-03-30", "2019-04-01", 89),
    ]


@pytest.mark.parametrize(
    ("cusip", "due_on", "record_on"),
    [
        (STEPPING, "2017-04-15", "2017-03-31"),  # 15 days before
        (STEPPING, "2020-07-15", None),  # maturity: with the principal
        (FLOATING, "2018-06-30", "2018-06-28"),  # paid on Friday the 29th: the interest date itself moves
        (FLOATING, "2017-12-30", "2017-12-29"),  # the business day before
        (REOPENED, "2017-08-15", "2017-08-01"),
        (REOPENED, "2018-02-15", "2018-02-01"),
        (DISCOUNT, "2018-03-30", None),  # no term says
    ],
)
def test_shows_the_record_date_of_interest_before_maturity(
    host: Host, cusip: str, due_on: str, record_on: str | None
) -> None:
    (coupon,) = [coupon for coupon in written(host, cusip)["coupons"] if coupon["due_on"] == due_on]
    assert coupon["record_on"] == record_on


def test_a_zero_coupon_note_has_no_coupons_and_a_maturity(host: Host) -> None:
    found = written(host, ZERO)
    assert (found["coupons"], found["maturity"]["due_on"]) == ([], "2019-03-30")


def test_a_discount_note_is_called_at_its_amortised_face(host: Host) -> None:
    (redemption,) = written(host, ZERO)["redemptions"]
    assert (redemption["redeem_on"], redemption["price"]) == ("2018-03-30", "50")


def test_a_re_opened_notes_first_period_starts_before_its_issue(host: Host) -> None:
    scheduled = host.schedule(REOPENED)
    assert isinstance(scheduled, Scheduled)
    first = timetable(scheduled).coupons[0]
    assert (first.accrual_start, first.days) == (date(2017, 2, 19), 176)
