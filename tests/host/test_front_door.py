"""What an embedding program asks of a host: previews, answers and whether they are new, and what is on record."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from rules_engine import EventIdReused, Host, decision_to_json, event_to_json, recorded_to_json, request_to_json
from rules_engine.host.feed import RecordedDecision
from rules_engine.model.decisions import Outcome
from rules_engine.model.events import LimitsElected, YearOpened
from rules_engine.model.money import Money
from tests.acme import ALLY, requested

ASKED = {"principal": Money.parse("300000.00"), "position": Money.parse("300000.00")}


def elects(year: int) -> LimitsElected:
    return LimitsElected(
        event_id=f"limits-{year}",
        received_on=date(year, 1, 3),
        programme=ALLY,
        year=year,
        annual=False,
        individual=True,
    )


def opens(year: int) -> YearOpened:
    return YearOpened(event_id=f"year-{year}", received_on=date(year, 1, 2), programme=ALLY, year=year)


@pytest.fixture
def host() -> Host:
    return Host.open()


def carried_over(host: Host) -> None:
    """Let a limit keep out some of a request, which the next year then decides again."""
    for event in (elects(2017), requested("big", **ASKED), elects(2018)):
        host.answer(event)


# Previews, and answers


def test_a_preview_gives_what_an_answer_would_and_writes_nothing(host: Host) -> None:
    carried_over(host)
    before = list(host.ledger.entries())
    preview = host.preview(opens(2018))
    assert list(host.ledger.entries()) == before
    assert preview.is_new
    answered = host.answer(opens(2018))
    assert answered == preview
    assert [decision.request_id for decision in answered] == ["", "request of big"]


def test_an_answer_says_whether_it_is_new(host: Host) -> None:
    first = host.answer(requested())
    again = host.answer(requested())
    assert (first.is_new, again.is_new) == (True, False)
    assert again == first
    assert host.preview(requested()) == first
    assert not host.preview(requested()).is_new
    assert [answered.is_new for answered in host.answer_all([requested(), requested("e-2")])] == [False, True]  # type: ignore[union-attr]  # none is a fault


def test_what_was_recorded_is_found_by_its_event_or_its_id(host: Host) -> None:
    carried_over(host)
    answered = host.answer(opens(2018))
    assert host.recorded("year-2018") == host.recorded(opens(2018)) == answered
    assert not host.recorded("year-2018").is_new
    assert host.recorded("year-2019") == ()
    assert host.recorded(opens(2019)) == ()


def test_other_content_under_an_id_is_refused_by_whatever_is_asked(host: Host) -> None:
    host.answer(requested())
    other = replace(requested(), principal=Money.parse("1000.00"))
    for asking in (host.preview, host.answer, host.recorded):
        with pytest.raises(EventIdReused, match="`e-1` was already used for another event"):
            asking(other)
    assert len(host.recorded("e-1")) == 1, "an id alone says nothing of content"


# Decisions, page by page


def test_recorded_decisions_are_read_page_by_page_without_a_gap(host: Host) -> None:
    events = [requested(f"e-{number}", owner_ref=f"o-{number}") for number in range(5)]
    decided = [decision for event in events for decision in host.answer(event)]
    for limit in (1, 2, 4, 5, 6):
        read: list[RecordedDecision] = []
        after, pages = 0, 0
        while not (page := host.decisions(after, limit=limit)).is_last:
            assert len(page.items) == limit
            read, after, pages = [*read, *page.items], page.next, pages + 1
        read += page.items
        assert [each.decision for each in read] == decided
        assert [each.event for each in read] == events
        assert pages == (len(events) - 1) // limit


def test_the_end_of_the_decisions_is_where_what_comes_later_is_read_from(host: Host) -> None:
    end = host.decisions()
    assert (end.items, end.next, end.is_last) == ((), 0, True)
    host.answer(requested())
    page = host.decisions(end.next)
    assert [each.decision.event_id for each in page.items] == ["e-1"]
    assert host.decisions(page.next).items == ()
    assert host.decisions(page.next).next == page.next


def test_a_recorded_decision_has_its_places_and_its_event(host: Host) -> None:
    carried_over(host)
    host.answer(requested("elsewhere", cusip="912828ZQ6"))
    host.answer(opens(2018))
    *_, unknown, opened, again = host.decisions().items
    assert (unknown.programme, unknown.position, unknown.part) == ("", 1, 0)
    assert (opened.programme, opened.position, opened.part) == (ALLY, 4, 0)
    assert (again.programme, again.position, again.part) == (ALLY, 5, 1)
    assert unknown.number < opened.number < again.number
    assert opened.event == again.event == opens(2018)
    written = recorded_to_json(again)
    assert written["event"] == event_to_json(opens(2018))
    assert written["decision"] == decision_to_json(again.decision)
    assert json.loads(json.dumps(written)) == written
    assert [each.number for each in host.decisions(programme="").items] == [unknown.number]


@pytest.mark.parametrize(("after", "limit"), [(-1, 10), (0, 0), (0, -1), (0, 1001)])
def test_a_page_that_cannot_be_is_refused(host: Host, after: int, limit: int) -> None:
    with pytest.raises(ValueError, match=r"^`(after|limit)` must be"):
        host.decisions(after, limit=limit)
    assert host.decisions(0, limit=1000).items == ()


# Requests, page by page


def test_requests_are_listed_as_they_stand_first_tendered_first(host: Host) -> None:
    host.answer(requested("late", received_on=date(2017, 9, 5), owner_ref="o-1"))
    host.answer(requested("early", received_on=date(2017, 9, 1), owner_ref="o-2"))
    host.answer(requested("short", owner_ref="o-3", acquired_on=date(2017, 8, 1), received_on=date(2017, 9, 6)))
    host.answer(requested("nowhere", cusip="912828ZQ6", owner_ref="o-4"))
    listed = host.requests().items
    assert [each.request_id for each in listed] == [
        "request of nowhere",
        "request of early",
        "request of late",
        "request of short",
    ]
    nowhere, early, _, short = listed
    assert (nowhere.programme, nowhere.state) == ("", "referred")
    assert (early.state, early.is_open, early.to_be_paid) == ("accepted", True, Money.parse("25000.00"))
    assert early.due_on == date(2017, 10, 15)
    assert (short.state, short.is_open, short.accepted) == ("rejected", False, Money.parse("0.00"))
    written = request_to_json(early)
    assert written["requested"] == written["accepted"] == "25000.00"
    assert json.loads(json.dumps(written)) == written


def test_requests_are_found_by_what_they_are_about(host: Host) -> None:
    host.answer(requested("a", owner_ref="o-1"))
    host.answer(requested("b", owner_ref="o-2", cusip="02006DLG4"))
    host.answer(requested("c", owner_ref="o-2", documents=frozenset()))

    def found(**asked: object) -> list[str]:
        return [each.request_id[-1] for each in host.requests(**asked).items]  # type: ignore[arg-type]  # by name

    assert found(owner_ref="o-2") == ["b", "c"]
    assert found(cusip="02006DLG4") == ["b"]
    assert found(owner_ref="o-2", cusip="02006DLG4", programme=ALLY) == ["b"]
    assert found(states=["accepted"]) == ["a", "b"]
    assert found(states=["pended", "accepted"], owner_ref="o-2") == ["b", "c"]
    assert found(states=[]) == []
    assert found(programme="acme/notes") == []


def test_requests_are_read_page_by_page_whatever_comes_in_between(host: Host) -> None:
    for number in range(5):
        host.answer(requested(f"e-{number}", owner_ref=f"o-{number}"))
    first = host.requests(limit=2)
    assert [each.request_id for each in first.items] == ["request of e-0", "request of e-1"]
    host.answer(requested("e-5", owner_ref="o-5"))
    second = host.requests(limit=3, after=first.next)
    assert [each.request_id for each in second.items] == ["request of e-2", "request of e-3", "request of e-4"]
    last = host.requests(limit=3, after=second.next)
    assert [each.request_id for each in last.items] == ["request of e-5"]
    assert (first.is_last, second.is_last, last.is_last) == (False, False, True)
    assert host.requests(after=last.next).items == ()


def test_a_request_asked_for_before_its_note_was_known_is_listed_once_it_stands_somewhere(host: Host) -> None:
    host.answer(requested("a", cusip="912828ZQ6", request_id="r"))
    assert [each.programme for each in host.requests().items] == [""]
    host.answer(requested("b", request_id="r"))
    assert [each.programme for each in host.requests().items] == [ALLY]
    request = host.request("r")
    assert request is not None
    assert (request.programme, request.requested) == (ALLY, Money.parse("25000.00"))
    assert host.request("nobody's") is None


@pytest.mark.parametrize("cursor", ["x", "[]", '["a"]', "7", '["a","b","c","d"]'])
def test_a_place_that_no_page_gave_is_refused(host: Host, cursor: str) -> None:
    with pytest.raises(ValueError, match="`after` must be the `next` of an earlier page"):
        host.requests(after=cursor)


def test_a_state_that_does_not_exist_is_refused_naming_those_there_are(host: Host) -> None:
    with pytest.raises(ValueError, match=r"`open` is not a state of a request; there are: pended, .*carried over"):
        host.requests(states=["open"])


def test_a_question_of_a_request_is_listed_with_it(host: Host) -> None:
    (decision,) = host.answer(requested(owner_at_death="in doubt"))
    assert decision.outcome is Outcome.REFERRED
    (request,) = host.requests().items
    assert request.questions == decision.questions != ()
    assert request_to_json(request)["questions"] == decision_to_json(decision)["questions"]
