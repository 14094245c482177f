"""The model by itself, on histories whose answers were worked out by hand from the texts."""

from __future__ import annotations

from datetime import date

import pytest

from .examples import (
    ALL_PAPERS,
    F6,
    G4,
    Event,
    asked_about,
    called,
    decided,
    elected,
    lot,
    opened,
    paid,
    papers,
    request,
    told,
    told_to,
    voided,
)
from .expected import Expected, one_of
from .model import Model
from .terms import PROGRAMME, cents, notes

THIRD: Event = {"registration": "tenants in common", "co_owner_is_spouse": False, "deceased_share": "1/3"}
NO_CERTIFICATE = [paper for paper in ALL_PAPERS if paper != "death certificate"]


def last(*events: Event) -> list[Expected]:
    model = Model()
    answers = told_to(model, *events)
    assert not model.left_open
    return answers[-1]


def amounts(expected: Expected) -> tuple[object, object]:
    return expected.accepted, expected.carried_over


def test_a_share_comes_in_parts_and_no_more_than_the_share() -> None:
    a, b, c = (request(name, asked, position="30000.00", **THIRD) for name, asked in (("A", 8), ("B", 5), ("C", 1)))
    model = Model()
    first, second, third = told_to(model, a, b, c)
    assert [each[0].accepted for each in (first, second, third)] == [cents("8000"), cents("2000"), 0]
    assert third[0].outcomes == one_of("rejected")


def test_two_owners_of_one_account_are_repaid_once() -> None:
    h = request("A", 40, account_ref="joint", owner_ref="h", registration="joint tenants")
    w = request("B", 40, "2017-08-02", account_ref="joint", owner_ref="w")
    assert last(h, w)[0].outcomes == one_of("rejected")


def test_a_figure_between_left_and_held_agrees_and_another_is_a_question() -> None:
    a = request("A", 20, position="50000.00")
    for figure, outcome in (("30000.00", "accepted"), ("50000.00", "accepted"), ("51000.00", "referred")):
        answer = last(a, request("B", 10, position=figure))[0]
        assert answer.outcomes == one_of(outcome), figure


def test_paid_principal_cannot_be_asked_for_again() -> None:
    whole = last(request("A", 20), paid("A", 20, "2017-09-15"), request("B", 20, "2017-10-02"))
    assert whole[0].outcomes == one_of("rejected")


def test_papers_dated_before_their_request_count_from_the_request() -> None:
    answer = last(request("A", 20, documents=NO_CERTIFICATE), papers("A", "2017-01-05", "death certificate"))[0]
    assert answer.due_on == date(2017, 9, 15)
    assert frozenset({"dated_before_request"}) in answer.codes


def test_papers_that_come_in_a_year_already_opened_use_that_years_limit() -> None:
    history = (
        elected(2017, "2017-01-02"),
        request("A", 251, documents=NO_CERTIFICATE),
        opened(2018, "2018-01-02"),
        papers("A", "2017-12-20", "death certificate"),
    )
    # Nothing was elected for 2018, and the periods still count to the day of the request.
    assert amounts(last(*history)[0]) == (cents("251000"), 0)
    assert last(*history)[0].due_on == date(2018, 2, 15)


def test_what_a_limit_keeps_out_waits_for_the_year_and_for_what_is_elected_then() -> None:
    history = [elected(2017, "2017-01-02"), request("A", 600), opened(2018, "2018-01-03")]
    _, on_a = last(*history)
    assert (on_a.accepted, on_a.pended) == (0, cents("350000"))
    _, on_a = last(*history, elected(2018, "2018-01-20"))
    assert amounts(on_a) == (cents("250000"), cents("100000"))
    assert on_a.due_on == date(2018, 2, 15)


def test_the_year_of_its_own_date_and_one_after_the_last_is_opened() -> None:
    before = [elected(2017, "2017-01-02"), request("A", 300), elected(2018, "2018-01-02"), opened(2018, "2018-01-03")]
    for year, day in ((2018, "2018-02-01"), (2020, "2020-01-02"), (2019, "2018-12-31"), (2017, "2017-12-31")):
        assert last(*before, opened(year, day))[0].outcomes == one_of("referred")
    assert last(*before, opened(2019, "2019-01-02"))[0].outcomes == one_of("recorded")


def test_room_in_a_year_not_opened_yet_is_kept_for_what_waits() -> None:
    history = [
        elected(2017, "2017-01-02"),
        request("A", 400),
        elected(2018, "2018-01-02"),
        request("B", 200, "2018-01-10", cusip=G4),
    ]
    assert amounts(last(*history)[0]) == (cents("100000"), cents("100000"))


def test_a_part_pays_a_part_and_a_second_payment_settles_nothing() -> None:
    history = [request("A", 10), paid("A", 4, "2017-09-15"), asked_about("2017-09-15", "2017-09-16")]
    assert last(*history)[0].asked_for == cents("6000")
    history += [paid("A", 6, "2017-09-15", "2017-09-18")]
    assert last(*history)[0].outcomes == one_of("accepted", "recorded")
    assert last(*history, paid("A", 1, "2017-09-15", "2017-09-19"))[0].codes == {
        frozenset({"already_paid", "more_than_is_due"})
    }


def test_what_is_learnt_after_acceptance_stops_the_payment_and_keeps_the_room() -> None:
    model = Model()
    told_to(model, elected(2017, "2017-01-02"), request("A", 250), told("A", "2017-08-20", owner_at_death=False))
    assert model.states == {"A": "referred"}
    stopped, other = told_to(model, paid("A", 250, "2017-09-15"), request("B", 10, "2017-09-16", cusip=G4))
    assert stopped[0].outcomes == one_of("referred")
    assert amounts(other[0]) == (0, cents("10000"))


def test_a_person_decides_which_day_stands_and_the_request_keeps_its_own_day() -> None:
    late = request("A", 10, occurred_on="2016-06-10")
    answer = last(late, decided("A", "2017-08-20", occurred_on="2017-06-10"))[0]
    assert (answer.outcomes, answer.due_on) == (one_of("accepted"), date(2017, 9, 15))
    late_again = last(late, decided("A", "2017-10-02", occurred_on="2017-06-10"))[0]
    assert late_again.due_on == date(2017, 10, 15)


def test_a_person_cannot_accept_what_a_rule_rejects() -> None:
    answer = last(
        request("A", 10, "2017-05-20", occurred_on="2017-04-10", owner_at_death="in doubt"), decided("A", "2017-05-22")
    )
    assert answer[0].outcomes == one_of("rejected")


def test_a_voided_request_frees_the_limit_and_the_position() -> None:
    history = [elected(2017, "2017-01-02"), request("A", 250), request("B", 250, "2017-08-02", cusip=G4)]
    assert amounts(last(*history)[0]) == (0, cents("250000"))
    _, on_b = last(*history, voided("asks-A", "2017-10-02"))
    assert (on_b.request_id, on_b.accepted, on_b.due_on) == ("B", cents("250000"), date(2017, 10, 15))


def test_a_voided_paper_takes_back_what_it_let_in() -> None:
    history = [request("A", 20, documents=NO_CERTIFICATE), papers("A", "2017-08-05", "death certificate")]
    _, on_a = last(*history, voided("papers-A-2017-08-05", "2017-08-07"))
    assert on_a.accepted == -cents("20000")


def test_a_lot_cuts_what_is_due_later_to_what_is_left() -> None:
    history = [
        called("N", "2017-12-15", "2017-11-10", principal="50000.00"),
        request("A", 25, "2017-12-04", occurred_on="2017-11-20"),
        lot("N", 5, 25, "2017-12-08"),
    ]
    _, on_a = last(*history)
    assert on_a.accepted == -cents("5000")
    assert on_a.codes == {frozenset({"cut_to_what_is_left"})}


def test_a_lot_leaves_what_is_due_before_it_and_is_referred_for_more_than_that_leaves() -> None:
    history = [
        request("A", 20, "2017-11-20", position="25000.00"),
        called("N", "2018-01-15", "2017-12-01", principal="50000.00"),
    ]
    assert last(*history, lot("N", 5, 25, "2017-12-08"))[0].outcomes == one_of("accepted")
    assert last(*history, lot("N", 6, 25, "2017-12-08"))[0].outcomes == one_of("referred")


def test_a_call_stops_what_is_due_from_its_day_until_it_is_taken_back() -> None:
    model = Model()
    history = [
        request("A", 25, "2017-12-27"),
        called("N", "2018-02-15", "2017-12-28", conditional=True),
        {"type": "call_rescinded", "event_id": "back", "received_on": "2018-01-02", "notice_id": "N"},
    ]
    _, call, back = told_to(model, *history)
    assert [each.codes for each in call[1:]] == [{frozenset({"redeemed_with_the_note"})}]
    assert [each.request_id for each in back[1:]] == ["A"]
    assert last(*history, asked_about("2018-02-15", "2018-02-15"))[0].asked_for == cents("25000")


def test_maturity_ends_what_is_open_only_once_its_day_has_come() -> None:
    waiting = request("A", 25, "2019-11-01", occurred_on="2019-06-10", documents=NO_CERTIFICATE)
    maturity = {
        "type": "payment_made",
        "cusip": F6,
        "due_on": "2019-12-15",
        "kind": "maturity",
        "principal": "25000.00",
    }
    for day, state in (("2019-12-14", "pended"), ("2019-12-15", "matured")):
        model = Model()
        told_to(model, waiting, maturity | {"event_id": "m", "received_on": day, "principal": "25000.00"})
        assert model.states == {"A": state}


def test_a_report_replaces_the_figure_as_of_its_own_day() -> None:
    report = {
        "type": "position_reported",
        "event_id": "report",
        "received_on": "2017-10-01",
        "cusip": F6,
        "owner_ref": "owner-1",
        "as_of": "2017-09-10",
        "principal": "60000.00",
    }
    history = [request("A", 20, position="50000.00"), paid("A", 20, "2017-09-15"), report]
    assert last(*history, request("B", 40, "2017-10-02", position="40000.00"))[0].accepted == cents("40000")
    assert last(*history, request("B", 41, "2017-10-02", position="40000.00"))[0].outcomes == one_of("rejected")


def test_the_same_principal_under_another_name_is_a_question() -> None:
    named = request("A", 20, account_ref="x")
    bare = request("B", 20, "2017-08-02")
    assert last(named, bare)[0].outcomes == one_of("pended")
    assert last(bare, named)[0].codes == {frozenset({"account_unclear"}), frozenset({"dated_before_latest"})}


def test_a_second_figure_for_one_day_is_a_contradiction() -> None:
    def report(number: int, principal: str) -> Event:
        fields = {"programme": PROGRAMME, "as_of": "2017-12-31", "principal": principal}
        return {"type": "outstanding_reported", "event_id": f"o{number}", "received_on": "2018-01-03"} | fields

    assert last(report(1, "1000.00"), report(2, "2000.00"))[0].outcomes == one_of("referred")


def test_a_request_id_is_used_once_unless_the_first_was_voided() -> None:
    again = request("A", 20, "2017-08-02") | {"event_id": "again"}
    assert last(request("A", 20), again)[0].codes == {frozenset({"request_id_used_before"})}
    after_a_void = last(request("A", 20), voided("asks-A", "2017-08-01"), again)[0]
    assert after_a_void.outcomes == one_of("accepted")


@pytest.mark.parametrize(
    ("day", "due_on"),
    [("2017-08-26", "2017-09-15"), ("2017-08-27", "2017-10-15"), ("2019-11-30", "2019-12-15")],
)
def test_repayment_is_due_on_the_first_interest_date_twenty_days_on_or_at_maturity(day: str, due_on: str) -> None:
    died = "2017-06-10" if day < "2018" else "2019-06-10"
    assert last(request("A", 10, day, occurred_on=died))[0].due_on == date.fromisoformat(due_on)


def test_interest_is_rounded_once_on_the_whole_amount() -> None:
    assert notes()[F6].interest(cents("25000"), date(2017, 1, 15)) == cents("106.94")
    assert notes()[G4].interest(cents("3000"), date(2017, 9, 15)) == cents("10.63")
