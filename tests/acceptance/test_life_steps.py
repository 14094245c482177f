"""Steps that gather what several answers say, or several particulars in one event."""

from __future__ import annotations

import pytest

from rules_engine.acceptance import answer_steps, issuer_steps, person_steps, request_steps
from rules_engine.acceptance.desk import Desk
from tests.shipped import shipped


@pytest.fixture
def desk() -> Desk:
    """Give a desk on the rule book that ships."""
    return Desk(shipped(), lambda decision: None)


@pytest.fixture
def carried_over(desk: Desk) -> Desk:
    """Let a request be accepted for $250,000 of $300,000, the limit of two years."""
    issuer_steps.the_programme(desk, "ally/term-notes-a")
    for year in (2017, 2018):
        issuer_steps.limits_elected(desk, "the individual limit", year)
    request_steps.a_complete_request(desk, "A", "300000.00", "02006DLF6")
    request_steps.request_is_received(desk, "A", "2017-08-01")
    return desk


def test_what_a_request_stands_accepted_for_is_counted_once(carried_over: Desk) -> None:
    request_steps.received_once_more(carried_over)
    answer_steps.stands_accepted_for(carried_over, "A", "250000.00")


def test_what_a_request_stands_accepted_for_is_the_sum_of_its_answers_less_what_they_took_back(
    carried_over: Desk,
) -> None:
    issuer_steps.year_opened(carried_over, 2018)
    answer_steps.stands_accepted_for(carried_over, "A", "300000.00")
    person_steps.last_taken_back(carried_over, "2018-01-02")
    answer_steps.stands_accepted_for(carried_over, "A", "250000.00")


def test_another_sum_fails_and_names_both(carried_over: Desk) -> None:
    with pytest.raises(AssertionError, match=r"request `A` stands accepted for \$250000.00, not \$300000.00"):
        answer_steps.stands_accepted_for(carried_over, "A", "300000.00")
    with pytest.raises(AssertionError, match="no answer is on request `B`"):
        answer_steps.stands_accepted_for(carried_over, "B", "0.00")


def test_a_table_reports_particulars_by_their_names(desk: Desk) -> None:
    request_steps.a_complete_request(desk, "A", "25000.00", "02006DLF6")
    request_steps.request_is_received(desk, "A", "2017-08-01")
    person_steps.particulars_reported(
        desk, "2017-08-02", [["ownership at death", "no"], ["position", "$26,000"], ["day of death", "2017-06-09"]]
    )
    told = {question.field: question.values for question in desk.answer.questions}
    assert told == {
        "owner_at_death": ("yes", "no"),
        "position": ("$25,000", "$26,000"),
        "occurred_on": ("2017-06-10", "2017-06-09"),
    }


def test_a_particular_that_there_is_not_is_named(desk: Desk) -> None:
    request_steps.a_complete_request(desk, "A", "25000.00", "02006DLF6")
    with pytest.raises(AssertionError, match=r"`favourite colour` is no particular; these are: day of death, "):
        person_steps.particulars_reported(desk, "2017-08-02", [["favourite colour", "blue"]])


def test_an_event_is_named_by_its_place_among_those_sent(desk: Desk) -> None:
    request_steps.a_complete_request(desk, "A", "25000.00", "02006DLF6")
    request_steps.request_is_received(desk, "A", "2017-08-01")
    with pytest.raises(AssertionError, match="only 1 events were sent"):
        person_steps.taken_back(desk, 2, "2017-08-02")
    person_steps.taken_back(desk, 1, "2017-08-02")
    assert desk.answer.outcome.word == "recorded"
