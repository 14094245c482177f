"""What taking an event back must not do, each once found in a random history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .engine import run
from .examples import ALL_PAPERS, Event, called, decided, elected, paid, papers, request, voided

SHORT = [each for each in ALL_PAPERS if each != "proof of ownership"]


def returned(request_id: str, thousands: int, due_on: str, day: str) -> Event:
    """A payment that came back."""
    payment = paid(request_id, thousands, due_on, day)
    because = {"event_id": f"back {request_id} {day}", "because": "account closed"}
    return {**payment, **because, "type": "payment_returned"}


def answers(*events: Event) -> list[dict[str, Any]]:
    """The answers on the last of some events."""
    return run(events)[-1]


def about(request_id: str, found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The answer on a request."""
    return next(each for each in found if each.get("request_id") == request_id)


def codes(answer: dict[str, Any]) -> set[str]:
    """What the engine found."""
    return {each.get("code") or each["rule"] for each in answer["findings"]}


def test_a_return_taken_back_after_a_person_moved_the_repayment_leaves_nothing_to_be_paid() -> None:
    a = request("A", 7, "2017-07-11")
    came_back = returned("A", 7, "2017-08-15", "2017-10-11")
    go_on = decided("A", "2017-12-06")
    void = voided(came_back["event_id"], "2017-12-09")
    again = paid("A", 7, "2017-12-15")
    answer = answers(a, paid("A", 7, "2017-08-15"), came_back, go_on, void, again)[0]
    assert answer["outcome"] == "referred"
    assert codes(answer) & {"nothing_is_due", "already_paid"}


def test_a_person_s_go_on_taken_back_is_answered_and_takes_the_principal_back() -> None:
    reject, go_on = decided("A", "2017-08-05", "reject"), decided("A", "2017-08-08")
    answer = about("A", answers(request("A", 25), reject, go_on, voided(go_on["event_id"], "2017-08-10")))
    assert (answer["outcome"], answer["taken_back"]) == ("rejected", "25000.00")


def test_what_was_paid_because_of_it_is_referred() -> None:
    reject, go_on = decided("A", "2017-08-05", "reject"), decided("A", "2017-08-08")
    payment = paid("A", 25, "2017-09-15")
    found = answers(request("A", 25), reject, go_on, payment, voided(go_on["event_id"], "2017-09-20"))
    assert "paid_meanwhile" in codes(about("A", found))


def test_a_request_taken_back_gives_back_what_it_kept_out_even_if_it_was_rejected_since() -> None:
    first = request("A", 20, position="25000.00", documents=SHORT)
    second = request("B", 20, "2017-08-02", position="25000.00")
    found = answers(first, second, decided("A", "2017-08-05", "reject"), voided(first["event_id"], "2017-08-10"))
    assert about("B", found)["accepted"] == "20000.00"


def test_a_request_taken_back_changes_nothing_that_was_answered_before_it_came() -> None:
    first, second = request("A", 20, position="25000.00"), request("B", 20, "2017-08-02", position="25000.00")
    third = request("C", 25, "2017-08-06", position="25000.00")
    reject = decided("A", "2017-08-05", "reject")
    found = answers(first, second, reject, third, voided(third["event_id"], "2017-08-10"))
    assert [each.get("request_id") or "" for each in found] == [""]


def test_a_payment_that_comes_back_is_open_though_a_person_rejected_the_rest() -> None:
    limit = elected(2017, "2017-01-05", annual=False, individual=True)
    a = request("A", 500, position="500000.00")
    reject = decided("A", "2017-10-08", "reject")
    back = returned("A", 250, "2017-09-15", "2017-10-20")
    repaid = {**paid("A", 250, "2017-09-15", "2017-10-21"), "event_id": "paid once more"}
    answer = answers(limit, a, paid("A", 250, "2017-09-15"), reject, back, repaid)[0]
    assert answer["outcome"] == "recorded"


def test_papers_taken_back_after_the_note_was_redeemed_are_told_of_what_was_paid() -> None:
    call = called("N", "2017-12-15", "2017-07-03")
    a = request("A", 25, "2017-07-05", documents=SHORT)
    came = papers("A", "2017-07-10", "proof of ownership")
    redeemed = {**paid("A", 500, "2017-12-15"), "kind": "redemption", "event_id": "redeemed"}
    del redeemed["request_id"]
    found = answers(call, a, came, paid("A", 25, "2017-08-15"), redeemed, voided(came["event_id"], "2017-12-16"))
    assert "paid_meanwhile" in codes(about("A", found))


def test_an_election_sent_again_lets_nothing_in() -> None:
    limit = elected(2017, "2017-01-05", annual=False, individual=True)
    a = request("A", 250, position="250000.00", cusip="02006DLG4")
    b = request("B", 25, "2017-08-02", position="30000.00")
    again = {**limit, "event_id": "once more", "received_on": "2017-08-20"}
    found = answers(limit, a, b, decided("A", "2017-08-10", "reject"), again)
    assert len(found) == 1
