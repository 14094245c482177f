"""What is believed of a position: figures worked out by hand from what was reported and paid, day by day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from rules_engine.model.money import Money
from rules_engine.standing.positions import NO_POSITION, Move, Position, Report, believed, moved

MAY, JUNE, JULY, AUGUST = date(2017, 5, 15), date(2017, 6, 15), date(2017, 7, 15), date(2017, 8, 15)


def money(thousands: float) -> Money:
    return Money.from_cents(int(Decimal(str(thousands)) * 100_000))


def said(principal: float, as_of: date = MAY, *, firm: bool = False) -> Report:
    """Report so many thousands: by the way, in a request or a lot."""
    return Report(event_id=f"said {principal} {as_of}", as_of=as_of, principal=money(principal), firm=firm)


def stated(principal: float, as_of: date) -> Report:
    """Report so many thousands on purpose, as of a day."""
    return said(principal, as_of, firm=True)


def repaid(principal: float, on: date) -> Move:
    return Move(event_id=f"repaid {principal} {on}", on=on, principal=money(principal), redeemed=False)


def redeemed(principal: float, on: date) -> Move:
    return Move(event_id=f"redeemed {principal} {on}", on=on, principal=money(principal), redeemed=True)


def held(position: Position) -> float | None:
    return None if position.held is None else position.held.cents / 100_000


@pytest.mark.parametrize(
    ("reports", "moves", "holds", "most"),
    [
        # nobody has said anything
        ([], [], None, 0),
        ([], [repaid(5, JUNE)], None, 0),
        # the first report, less all that was paid, on whatever day
        ([said(30)], [], 30, 30),
        ([said(30)], [repaid(10, JUNE)], 20, 30),
        ([said(30)], [repaid(10, JUNE), redeemed(5, JULY)], 15, 30),
        ([said(30, JULY)], [repaid(10, JUNE)], 20, 30),
        ([said(30)], [repaid(30, JUNE)], 0, 30),
        ([said(30)], [repaid(40, JUNE)], 0, 30),
        # a second one by the way changes nothing but the most
        ([said(30), said(50)], [], 30, 50),
        ([said(30), said(20)], [repaid(10, JUNE)], 20, 30),
        # one on purpose replaces what was believed, as of its day
        ([said(30), stated(50, JUNE)], [], 50, 50),
        ([said(50), stated(30, JUNE)], [], 30, 50),
        ([stated(30, JUNE), said(50)], [], 30, 50),
        # what was paid on its day or before was taken off already; what was paid later is taken off
        ([stated(50, JUNE)], [repaid(10, MAY)], 50, 50),
        ([stated(50, JUNE)], [repaid(10, JUNE)], 50, 50),
        ([stated(50, JUNE)], [repaid(10, date(2017, 6, 16))], 40, 50),
        ([stated(50, JUNE)], [repaid(10, MAY), repaid(7, JULY)], 43, 50),
        # the one of the latest day counts, in whatever order they came; of one day the one that came last
        ([stated(50, JUNE), stated(20, JULY)], [], 20, 50),
        ([stated(20, JULY), stated(50, JUNE)], [], 20, 50),
        ([stated(50, JUNE), stated(20, JUNE)], [], 20, 50),
        ([stated(20, JUNE), stated(50, JUNE)], [], 50, 50),
        ([stated(50, JUNE), stated(20, JULY)], [repaid(5, date(2017, 7, 1))], 20, 50),
        ([stated(50, JUNE), stated(20, JULY)], [repaid(5, AUGUST)], 15, 50),
        # what came back stands there again
        ([said(30)], [repaid(10, JUNE), repaid(-10, JULY)], 30, 30),
        ([said(30)], [repaid(10, JUNE), repaid(-4, JULY)], 24, 30),
        ([stated(20, JULY)], [repaid(10, JUNE), repaid(-10, AUGUST)], 30, 20),
    ],
)
def test_what_stands_there_is_the_report_that_counts_less_what_was_paid_since(
    reports: list[Report], moves: list[Move], holds: float | None, most: float
) -> None:
    position = believed(tuple(reports), tuple(moves))
    assert (held(position), position.most) == (holds, money(most))


def test_what_was_repaid_and_what_was_redeemed_are_summed_apart_whatever_was_reported() -> None:
    moves = (repaid(10, MAY), redeemed(7, JUNE), repaid(-3, JULY), redeemed(2, AUGUST))
    for reports in ((), (said(100),), (stated(100, AUGUST),)):
        position = believed(reports, moves)
        assert (position.repaid, position.redeemed) == (money(7), money(9))


def test_nothing_below_nothing_stands_there() -> None:
    position = believed((said(10),), (repaid(10, JUNE),))
    assert held(moved(position, repaid(5, JULY))) == 0
    # an amount paid beyond what stood there does not hide what comes back
    assert held(moved(moved(position, repaid(5, JULY)), repaid(-5, AUGUST))) == 5


def test_a_payment_taken_off_at_once_is_the_same_as_one_worked_out_from_all() -> None:
    reports = (said(30), stated(50, JUNE), stated(40, JULY))
    moves = (repaid(5, MAY), redeemed(3, date(2017, 7, 1)), repaid(10, AUGUST), repaid(-2, AUGUST))
    step_by_step = believed(reports, ())
    for move in moves:
        step_by_step = moved(step_by_step, move)
    assert step_by_step == believed(reports, moves)
    assert held(step_by_step) == 32


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_the_order_in_which_reports_of_different_days_came_does_not_matter(order: tuple[int, ...]) -> None:
    reports = (stated(30, MAY), stated(50, JUNE), stated(40, JULY))
    assert held(believed(tuple(reports[place] for place in order), (repaid(1, AUGUST),))) == 39


def test_the_day_and_the_kind_of_the_report_that_counts_are_known() -> None:
    assert (NO_POSITION.as_of, NO_POSITION.firm) == (None, False)
    by_the_way = believed((said(30, MAY),), ())
    assert (by_the_way.as_of, by_the_way.firm) == (MAY, False)
    on_purpose = believed((said(30, AUGUST), stated(50, JUNE)), ())
    assert (on_purpose.as_of, on_purpose.firm) == (JUNE, True)
