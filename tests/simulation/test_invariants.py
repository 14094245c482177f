"""Each invariant fails on a wrong list of answers, and holds on the right one beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from .examples import F6, Event, asked_about, decided, elected, lot, opened, paid, papers, request
from .invariants import asking_changes_nothing, every_request_can_end, faults_of, the_same_again

Answer = dict[str, Any]

THIRD: Event = {"registration": "tenants in common", "co_owner_is_spouse": False, "deceased_share": "1/3"}
RECORDED: Answer = {"outcome": "recorded", "requested": None, "findings": []}


def answer(
    request_id: str,
    accepted: int,
    requested: int | None = None,
    outcome: str = "accepted",
    due_on: str | None = "2017-09-15",
    **different: Any,
) -> Answer:
    amounts = {"accepted": accepted, "carried_over": 0, "pended": 0, "taken_back": 0}
    amounts |= {name: different.pop(name) for name in tuple(amounts) if name in different}
    asked = accepted if requested is None else requested
    amounts["not_accepted"] = asked - amounts["accepted"] - amounts["carried_over"] - amounts["pended"]
    written = {name: f"{amount}000.00" if amount else "0.00" for name, amount in amounts.items()}
    return (
        {
            "request_id": request_id,
            "outcome": outcome,
            "requested": f"{asked}000.00",
            "payment": {"due_on": due_on} if due_on and accepted else None,
            "findings": [],
        }
        | written
        | different
    )


def refusal(code: str = "") -> Answer:
    return {"outcome": "referred", "requested": None, "findings": [{"code": code}] if code else []}


def found(*history: tuple[Event, Sequence[Answer]]) -> list[str]:
    return faults_of([event for event, _ in history], [answers for _, answers in history])


def test_principal_of_a_position_is_accepted_once() -> None:
    a = request("A", 40, account_ref="joint")
    b = request("B", 40, "2017-08-02", account_ref="joint", owner_ref="w")
    assert not found((a, [answer("A", 40)]), (b, [answer("B", 0, 40, "rejected")]))
    assert "80000.00 of position" in found((a, [answer("A", 40)]), (b, [answer("B", 40)]))[0]


def test_what_a_lot_drew_is_not_accepted_as_well() -> None:
    a, drawn = request("A", 25), lot("N", 5, 25, "2017-08-08")
    cut = answer("A", 0, 5, "recorded", taken_back=5)
    assert not found((a, [answer("A", 25)]), (drawn, [RECORDED, cut]))
    assert "30000.00 of position" in found((a, [answer("A", 25)]), (drawn, [RECORDED]))[0]


def test_a_tenant_in_common_gets_the_share_and_no_more() -> None:
    a, b = (request(name, 10, position="30000.00", **THIRD) for name in "AB")
    assert not found((a, [answer("A", 10)]), (b, [answer("B", 0, 10, "rejected")]))
    assert "is accepted of the share 1/3" in found((a, [answer("A", 10)]), (b, [answer("B", 1, 10)]))[0]


def test_the_limit_of_one_owner_holds_in_each_year() -> None:
    start = (elected(2017, "2017-01-02"), [RECORDED])
    a = request("A", 400)
    fits = answer("A", 250, 400, carried_over=150)
    assert not found(start, (a, [fits]))
    assert "the limit is 250000.00" in found(start, (a, [answer("A", 251, 400, carried_over=149)]))[0]
    allowed = (elected(2017, "2017-01-03", individual_amount="400000.00"), [RECORDED])
    assert not found(start, allowed, (a, [answer("A", 400)]))
    next_year = (elected(2018, "2018-01-02"), [RECORDED])
    too_much = (opened(2018, "2018-01-03"), [RECORDED, answer("A", 251, 350, due_on="2018-02-15", carried_over=99)])
    a = request("A", 600)
    assert "in 2018" in found(start, (a, [answer("A", 250, 600, carried_over=350)]), next_year, too_much)[0]


def test_the_limit_of_the_programme_holds_in_each_year() -> None:
    start = (elected(2017, "2017-01-02", annual=True, individual=False), [RECORDED])
    a, b = (request(name, 1_500, owner_ref=name) for name in "AB")
    assert not found(start, (a, [answer("A", 1_500)]), (b, [answer("B", 500, 1_500, carried_over=1_000)]))
    assert (
        "programme's limit"
        in found(start, (a, [answer("A", 1_500)]), (b, [answer("B", 501, 1_500, carried_over=999)]))[0]
    )


@pytest.mark.parametrize(
    ("event", "due_on", "what"),
    [
        (request("A", 10), "2017-07-15", "the request was received"),
        (request("A", 10, occurred_on="2017-09-20"), "2017-09-15", "the owner died"),
    ],
)
def test_nothing_is_due_before_the_request_or_the_death(event: Event, due_on: str, what: str) -> None:
    assert what in found((event, [answer("A", 10, due_on=due_on)]))[0]
    assert not found((request("A", 10), [answer("A", 10)]))


def test_nothing_is_due_before_the_event_that_accepts_it() -> None:
    a = (request("A", 10), [answer("A", 0, 10, "pended", pended=10)])
    late = papers("A", "2017-10-02", "death certificate")
    assert "the event came" in found(a, (late, [answer("A", 10)]))[0]
    assert not found(a, (late, [answer("A", 10, due_on="2017-11-15")]))


def test_principal_is_paid_once() -> None:
    a = (request("A", 10), [answer("A", 10)])
    once, twice = (paid("A", 10, "2017-09-15", day) for day in ("2017-09-15", "2017-09-16"))
    settled = [{"outcome": "recorded", "request_id": "A", "requested": None}]
    assert not found(a, (once, settled), (twice, [refusal("already_paid")]))
    assert "20000.00 is paid" in found(a, (once, settled), (twice, settled))[0]


def test_what_is_said_to_be_due_is_open_and_its_parts_add_up() -> None:
    a = (request("A", 10), [answer("A", 10)])
    question = asked_about("2017-09-15", "2017-09-15")

    def due(principal: str, *parts: str) -> list[Answer]:
        payment = {"principal": principal, "parts": [{"principal": part} for part in parts]}
        return [{"outcome": "accepted", "requested": None, "payment": payment}]

    assert not found(a, (question, due("10000.00", "10000.00")))
    assert "is open on the note" in found(a, (question, due("11000.00")))[0]
    assert "do not add up" in found(a, (question, due("10000.00", "4000.00")))[0]


def test_a_question_is_answered_and_nothing_else() -> None:
    question = asked_about("2017-09-15", "2017-09-15")
    assert not found((question, [refusal()]))
    assert "answered 2 times" in found((question, [refusal(), answer("A", 0)]))[0]


def test_a_payment_before_its_day_ends_nothing() -> None:
    a = (request("A", 10), [answer("A", 0, 10, "pended", pended=10)])
    maturity = {"type": "payment_made", "event_id": "m", "cusip": F6, "due_on": "2019-12-15", "kind": "maturity"}
    early, in_time = (maturity | {"received_on": day, "principal": "1.00"} for day in ("2017-09-01", "2019-12-15"))
    ended = {"request_id": "A", "outcome": "recorded", "requested": None}
    assert not found(a, (in_time, [RECORDED, ended]))
    assert "is dated before" in found(a, (early, [RECORDED, ended]))[0]


def test_a_request_is_finished_only_where_something_finished_it() -> None:
    a = (request("A", 10), [answer("A", 0, 10, "pended", pended=10)])
    late = papers("A", "2017-08-07", "death certificate")
    finished = {"request_id": "A", "outcome": "rejected", "findings": [{"code": "request_is_finished"}]}
    assert "nothing has finished it" in found(a, (late, [finished]))[0]
    rejected = (decided("A", "2017-08-05", "reject"), [answer("A", 0, 10, "rejected")])
    assert not found(a, rejected, (late, [finished]))


def test_amounts_add_up_in_every_answer_and_over_a_life() -> None:
    a = request("A", 10, position="50000.00")
    assert "does not add up" in found((a, [answer("A", 4, 10) | {"not_accepted": "5000.00"}]))[0]
    again = papers("A", "2017-08-07", "tax waiver")
    assert "more than it asked for" in found((a, [answer("A", 10)]), (again, [answer("A", 1)]))[0]
    more_back = answer("A", 0, 11, "recorded", taken_back=11)
    assert "more is taken back" in " ".join(found((a, [answer("A", 10)]), (again, [more_back])))


def pending(events: Sequence[Event]) -> list[list[Answer]]:
    return [[answer("A", 0, 10, "pended", pended=10) | {"receipt": "r"}] for _ in events]


def test_asking_changes_no_other_answer() -> None:
    def moved_by_questions(events: Sequence[Event]) -> list[list[Answer]]:
        asked = sum(event["type"] == "payment_due" for event in events)
        return [[answer("A", asked, 100)] for _ in events]

    history = [request("A", 10), papers("A", "2017-08-07", "tax waiver"), papers("A", "2017-08-08", "tax waiver")]
    assert asking_changes_nothing(moved_by_questions, history, seed=1)
    assert not asking_changes_nothing(pending, history, seed=1)


def test_a_request_that_no_person_can_end_is_found() -> None:
    def ends(events: Sequence[Event]) -> list[list[Answer]]:
        rejected = any(event["type"] == "person_decided" for event in events)
        return [*pending(events[:-1]), [answer("A", 0, 10, "rejected" if rejected else "pended", pended=10)]]

    assert every_request_can_end(pending, [request("A", 10)])
    assert not every_request_can_end(ends, [request("A", 10)])


def test_other_receipts_the_second_time_are_found() -> None:
    times: list[int] = []

    def forgetful(events: Sequence[Event]) -> list[list[Answer]]:
        times.append(1)
        return [[{"receipt": f"sha256:{len(times)}"}] for _ in events]

    assert the_same_again(forgetful, [request("A", 10)])
    assert not the_same_again(pending, [request("A", 10)])
