"""What every ledger promises, as tests; a store proves itself by inheriting them."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest

from rules_engine.errors import EventError, EventIdReused, LedgerError, StaleStanding
from rules_engine.host import Host
from rules_engine.host.answered import Answered
from rules_engine.intake import read_event
from rules_engine.ledger.base import Answer, Ledger, Numbered, Wanted
from rules_engine.model.canonical import canonical_json, event_to_json
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Outcome
from rules_engine.model.events import Event
from rules_engine.model.wire import decision_from_json
from rules_engine.standing.kinds import advance
from rules_engine.standing.requests import RequestState
from rules_engine.standing.standing import Standing
from tests.ledger.events import elected, made_up, opened, outstanding, papers, read, request, withdrawal
from tests.ledger.rules import PROGRAMME
from tests.shipped import shipped
from tests.standing.seen import seen

Opening = Callable[[], Ledger]
"""Opens the same store once more, as another program would; a ledger in memory can only give itself."""

ODD = "a'b\"c`d%s{e}:f\\g;--é√😀"


def independent_digest(*content: Any) -> str:
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(written.encode()).hexdigest()


def folded(ledger: Ledger, programme: str) -> dict[str, Any]:
    """Fold a standing from the entries alone, from the first one on, and lay it open."""
    standing = Standing(programme)
    for entry in ledger.entries(programme):
        decision = decision_from_json(json.loads(entry.decision))
        advance(standing, read_event(entry.event), decision, ledger.event, part=entry.part)
    return seen(standing)


def stands(ledger: Ledger, programme: str = PROGRAMME) -> dict[str, Any]:
    """Lay open where a programme stands by the ledger."""
    return seen(ledger.standing(programme))


def record(ledger: Ledger, answers: tuple[Answer, ...], texts: dict[str, str] | None = None) -> None:
    first = answers[0].decision
    ledger.record(first.programme, first.standing_at, answers, texts or {})


def while_held(ledger: Ledger, *steps: Callable[[], object]) -> None:
    """Take some steps while the ledger is held."""
    with ledger.held():
        for step in steps:
            step()


def while_looking_up(ledger: Ledger, wanted: Wanted, *steps: Callable[[], object]) -> None:
    """Take some steps while what is wanted stays as it was looked up."""
    with ledger.looking_up(wanted):
        for step in steps:
            step()


def fail() -> None:
    raise KeyError("on purpose")


def undone(ledger: Ledger, host: Host, *events: Event) -> None:
    """Answer events while the ledger is held, and fail before it is let go."""
    with pytest.raises(KeyError, match="on purpose"):
        while_held(ledger, *(partial(host.answer, event) for event in events), fail)


class LedgerContract:
    """The promises; `opening` is what a store has to give."""

    @pytest.fixture
    def ledger(self, opening: Opening) -> Iterator[Ledger]:
        ledger = opening()
        yield ledger
        ledger.close()

    @pytest.fixture
    def host(self, ledger: Ledger) -> Host:
        return shipped(ledger)

    def test_starts_with_nothing(self, ledger: Ledger) -> None:
        assert list(ledger.entries()) == []
        assert stands(ledger) == seen(Standing(PROGRAMME))
        assert ledger.entries_of("event-1") == ()
        assert ledger.event("event-1") is None
        assert ledger.programmes_of("request-1") == ()
        assert ledger.text("sha256:0") is None
        assert list(ledger.texts()) == []
        assert ledger.heads() == {}

    def test_keeps_an_answer_with_its_event_and_decision(self, ledger: Ledger, host: Host) -> None:
        (event,) = read(request(1))
        (decision,) = host.answer(event)
        (entry,) = ledger.entries()
        assert decision.outcome is Outcome.ACCEPTED
        assert (entry.programme, entry.position, entry.part) == (PROGRAMME, 1, 0)
        assert (entry.event_id, entry.request_id) == ("event-1", "request-1")
        assert read_event(entry.event) == event
        assert decision_from_json(json.loads(entry.decision)) == decision
        assert ledger.entries_of("event-1") == (entry,)
        assert ledger.event("event-1") == event
        assert ledger.programmes_of("request-1") == (PROGRAMME,)

    def test_lists_every_answer_on_a_request_in_the_order_they_were_kept(self, ledger: Ledger, host: Host) -> None:
        assert ledger.entries_about("request-1") == ()
        for event in read(request(1, documents=["tax waiver"]), request(2), papers("papers", 1)):
            host.answer(event)
        found = ledger.entries_about("request-1")
        assert [(entry.event_id, entry.part) for entry in found] == [("event-1", 0), ("papers", 0)]
        assert set(found) < set(ledger.entries())

    def test_keeps_what_stands_behind_the_digests(self, ledger: Ledger, host: Host) -> None:
        (decision,) = host.answer(read(request(1))[0])
        rules = ledger.text(decision.rules_digest)
        assert rules is not None
        assert "Survivor's Protection Option" in rules
        for digest in (decision.calendar_digest, decision.note_digest, decision.days_digest):
            assert ledger.text(digest)

    def test_keeps_a_text_once_however_often_it_is_given(self, ledger: Ledger, host: Host) -> None:
        for event in read(request(1), request(2)):
            record(ledger, host.decide(event, ledger.standing(PROGRAMME)), {"sha256:0": "the text"})
        assert ledger.text("sha256:0") == "the text"

    @pytest.mark.parametrize("count", [0, 1, 499, 500, 501])
    def test_walks_through_every_text_as_it_is_stored(self, ledger: Ledger, host: Host, count: int) -> None:
        texts = {f"sha256:{number:064}": ODD * (number % 3) for number in range(count)}
        (event,) = read(withdrawal(1, of=1))
        record(ledger, host.decide(event, ledger.standing("")), texts)
        walked = list(ledger.texts())
        assert dict(walked) == texts
        assert len(walked) == count

    def test_a_text_given_while_held_is_there_at_once_and_lost_with_the_rest(self, ledger: Ledger, host: Host) -> None:
        (event,) = read(withdrawal(1, of=1))
        answers = host.decide(event, ledger.standing(""))
        found: list[str | None] = []
        with pytest.raises(KeyError, match="on purpose"):
            while_held(
                ledger,
                partial(record, ledger, answers, {"sha256:1": "the text"}),
                lambda: found.append(ledger.text("sha256:1")),
                fail,
            )
        assert found == ["the text"]
        assert list(ledger.entries()) == []

    def test_finds_an_event_by_its_id_in_whatever_programme(self, ledger: Ledger, host: Host) -> None:
        events = read(outstanding(), request(1), request("x", cusip="912828ZQ6"), withdrawal(2, of=1))
        for event in events:
            assert ledger.event(event.event_id) is None
            host.answer(event)
        assert [ledger.event(event.event_id) for event in events] == events

    def test_finds_the_event_behind_an_answer_of_several_parts(self, ledger: Ledger, host: Host) -> None:
        first = [outstanding(), elected(2017), request(1, principal="260000.00"), elected(2018), opened(2018)]
        for event in read(*first):
            host.answer(event)
        assert len(ledger.entries_of("opened-2018")) == 2
        assert ledger.event("opened-2018") == read(opened(2018))[0]

    def test_chains_each_entry_to_the_one_before_it_in_its_programme(self, ledger: Ledger, host: Host) -> None:
        for event in read(request(1), request("x", cusip="912828ZQ6"), request(2), withdrawal(3, of=2)):
            host.answer(event)
        ends = {PROGRAMME: (0, "sha256:" + 64 * "0"), "": (0, "sha256:" + 64 * "0")}
        for entry in ledger.entries():
            position, digest = ends[entry.programme]
            assert entry.position == position + 1
            assert entry.previous == digest
            assert entry.digest == independent_digest(
                entry.programme,
                entry.position,
                entry.event_id,
                entry.part,
                entry.request_id,
                entry.event,
                entry.decision,
                entry.previous,
            )
            ends[entry.programme] = entry.position, entry.digest
        assert ends[PROGRAMME][0] == 3
        assert ends[""][0] == 1
        assert ledger.heads() == ends

    def test_walks_in_the_order_recorded_over_all_programmes_or_one(self, ledger: Ledger, host: Host) -> None:
        for event in read(request(1), request("x", cusip="912828ZQ6"), request(2)):
            host.answer(event)
        assert [entry.event_id for entry in ledger.entries()] == ["event-1", "event-x", "event-2"]
        assert [entry.event_id for entry in ledger.entries(PROGRAMME)] == ["event-1", "event-2"]
        assert list(ledger.entries("acme/notes")) == []

    @pytest.mark.parametrize("count", [500, 501])
    def test_walks_past_what_is_read_at_a_time(self, ledger: Ledger, host: Host, count: int) -> None:
        events = read(*(withdrawal(number, of=number) for number in range(count)))
        assert len(list(host.answer_all(events))) == count
        expected = [f"withdrawal-{number}" for number in range(count)]
        assert [entry.event_id for entry in ledger.entries()] == expected
        assert [entry.event_id for entry in ledger.entries("")] == expected

    def test_may_be_recorded_to_while_it_is_walked(self, ledger: Ledger, host: Host) -> None:
        host.answer(read(request(1))[0])
        walk = ledger.entries()
        assert next(walk).event_id == "event-1"
        host.answer(read(request(2))[0])
        assert [entry.event_id for entry in walk] in ([], ["event-2"])

    def test_numbers_entries_in_the_order_they_are_kept_over_all_programmes(self, ledger: Ledger, host: Host) -> None:
        assert (ledger.feed(0, 10), ledger.last_number()) == ((), 0)
        for event in read(request(1), request("x", cusip="912828ZQ6"), request(2), withdrawal(3, of=2)):
            host.answer(event)
        feed = ledger.feed(0, 10)
        numbers = [each.number for each in feed]
        assert [each.entry for each in feed] == list(ledger.entries())
        assert numbers[0] >= 1
        assert numbers == sorted(set(numbers))
        assert ledger.last_number() == numbers[-1]
        assert [each.entry.event_id for each in ledger.feed(0, 10, "")] == ["event-x"]
        assert ledger.feed(0, 10, "acme/notes") == ()

    def test_reads_on_from_any_number_so_many_at_a_time(self, ledger: Ledger, host: Host) -> None:
        list(host.answer_all(read(*(withdrawal(number, of=number) for number in range(9)))))
        everything = ledger.feed(0, 100)
        for limit in (1, 2, 8, 9, 10):
            read_on: list[Numbered] = []
            after = 0
            while page := ledger.feed(after, limit):
                assert len(page) <= limit
                read_on += page
                after = page[-1].number
            assert tuple(read_on) == everything
        assert ledger.feed(everything[3].number, 100) == everything[4:]
        assert ledger.feed(ledger.last_number(), 100) == ()

    def test_a_number_is_never_given_again_to_what_comes_after_a_hold_that_failed(
        self, ledger: Ledger, host: Host
    ) -> None:
        host.answer(read(request(1))[0])
        before = ledger.last_number()
        undone(ledger, host, *read(request(2), request(3)))
        assert ledger.last_number() == before
        host.answer(read(request(4))[0])
        assert [each.entry.event_id for each in ledger.feed(before, 10)] == ["event-4"]

    def test_a_listener_not_seen_before_begins_at_the_end_of_the_feed(self, ledger: Ledger, host: Host) -> None:
        host.answer(read(request(1))[0])
        assert ledger.served_to("early") == ledger.last_number()
        host.answer(read(request(2))[0])
        assert ledger.served_to("early") < ledger.last_number()
        assert ledger.served_to("late") == ledger.last_number()

    def test_keeps_how_far_a_listener_was_served_which_never_goes_back(self, opening: Opening, ledger: Ledger) -> None:
        assert ledger.served_to("acme's") == 0
        ledger.serve_to("acme's", 7)
        ledger.serve_to("acme's", 5)
        assert (ledger.served_to("acme's"), opening().served_to("acme's")) == (7, 7)
        assert ledger.served_to(ODD) == 0

    def test_one_at_a_time_serves_a_listener(self, ledger: Ledger) -> None:
        with ledger.serving("acme") as first, ledger.serving("acme") as second, ledger.serving("other") as other:
            assert (first, second, other) == (True, False, True)
        with ledger.serving("acme") as again:
            assert again

    def test_what_was_looked_up_is_kept_with_its_answer_or_not_at_all(self, ledger: Ledger, host: Host) -> None:
        first, second = read(request(1), request(2))
        wanted = Wanted(events=frozenset({"event-1", "event-2"}), requests=frozenset({"request-1", "request-2"}))
        with ledger.looking_up(wanted):
            record(ledger, host.decide(first, ledger.standing(PROGRAMME)))
            assert [entry.event_id for entry in ledger.entries_of("event-1")] == ["event-1"]
            assert ledger.programmes_of("request-1") == (PROGRAMME,)
        assert [entry.event_id for entry in ledger.entries()] == ["event-1"]
        before = stands(ledger)
        with pytest.raises(KeyError, match="on purpose"):
            while_looking_up(
                ledger, wanted, lambda: record(ledger, host.decide(second, ledger.standing(PROGRAMME))), fail
            )
        assert [entry.event_id for entry in ledger.entries()] == ["event-1"]
        assert stands(ledger) == before == folded(ledger, PROGRAMME)
        record(ledger, host.decide(second, ledger.standing(PROGRAMME)))
        assert stands(ledger) == folded(ledger, PROGRAMME) != before

    def test_refuses_a_decision_made_on_an_older_standing(self, ledger: Ledger, host: Host) -> None:
        first, second = (host.decide(event, ledger.standing(PROGRAMME)) for event in read(request(1), request(2)))
        record(ledger, first)
        with pytest.raises(StaleStanding, match="stands at 1, not 0: decide again"):
            record(ledger, second)
        assert [entry.event_id for entry in ledger.entries()] == ["event-1"]
        record(ledger, host.decide(second[0].event, ledger.standing(PROGRAMME)))
        assert [entry.event_id for entry in ledger.entries()] == ["event-1", "event-2"]

    def test_refuses_a_decision_made_on_a_standing_that_is_not_there_yet(self, ledger: Ledger, host: Host) -> None:
        answers = host.decide(read(request(1))[0], ledger.standing(PROGRAMME))
        with pytest.raises(StaleStanding, match="stands at 0, not 1"):
            ledger.record(PROGRAMME, 1, answers, {})
        assert list(ledger.entries()) == []

    def test_another_programme_moving_makes_no_decision_old(self, ledger: Ledger, host: Host) -> None:
        answers = host.decide(read(request(1))[0], ledger.standing(PROGRAMME))
        host.answer(read(request("x", cusip="912828ZQ6"))[0])
        record(ledger, answers)
        assert ledger.standing(PROGRAMME).at == 1

    def test_the_same_event_again_changes_nothing_and_gives_the_first_answers(self, ledger: Ledger, host: Host) -> None:
        (event,) = read(request(1))
        first = host.answer(event)
        host.answer(read(request(2))[0])
        assert host.answer(event) == first
        assert len(list(ledger.entries())) == 2

    def test_refuses_other_content_under_the_same_event_id_naming_both(self, ledger: Ledger, host: Host) -> None:
        first, other = read(request(1), request(1, principal="6000.00"))
        host.answer(first)
        digests = [
            "sha256:" + hashlib.sha256(canonical_json(event_to_json(event)).encode()).hexdigest()
            for event in (first, other)
        ]
        with pytest.raises(EventIdReused, match=f"`event-1`.*{digests[0]}.*{digests[1]}"):
            host.answer(other)
        answers = host.decide(other, ledger.standing(PROGRAMME))
        with pytest.raises(EventIdReused, match=f"`event-1`.*{digests[0]}.*{digests[1]}"):
            record(ledger, answers)
        assert len(list(ledger.entries())) == 1

    def test_refuses_to_answer_an_event_twice_in_two_programmes(self, ledger: Ledger, host: Host) -> None:
        (event,) = read(withdrawal(1, of=1))
        unknown = host.decide(event, ledger.standing(""))
        host.answer(read(request(1))[0])
        host.answer(event)
        with pytest.raises(StaleStanding, match="answered meanwhile"):
            record(ledger, unknown)
        assert [entry.programme for entry in ledger.entries()] == [PROGRAMME, PROGRAMME]

    def test_decides_again_when_the_request_an_event_names_was_made_meanwhile(
        self, ledger: Ledger, opening: Opening
    ) -> None:
        other = shipped(opening())

        class Overtaken(Host):
            def decide(self, event: Event, standing: Standing) -> tuple[Answer, ...]:
                decided = super().decide(event, standing)
                other.answer(read(request(1))[0])
                return decided

        (decision,) = Overtaken.open(ledger=ledger).answer(read(withdrawal(1, of=1))[0])
        assert decision.programme == PROGRAMME
        assert [entry.event_id for entry in ledger.entries()] == ["event-1", "withdrawal-1"]

    def test_names_the_programmes_with_answers_on_a_request_in_the_order_first_given(
        self, ledger: Ledger, host: Host
    ) -> None:
        events = read(
            request(1, cusip="912828ZQ6"),
            request(2, request_id="request-1"),
            request(3, cusip="912828ZQ6", request_id="request-1"),
            request(4),
        )
        for event in events:
            host.answer(event)
        assert ledger.programmes_of("request-1") == ("", PROGRAMME)
        assert ledger.programmes_of("request-4") == (PROGRAMME,)
        assert ledger.programmes_of("request-5") == ()
        assert [entry.programme for entry in ledger.entries()] == ["", PROGRAMME, "", PROGRAMME]

    def test_keeps_every_part_of_an_answer_together(self, ledger: Ledger, host: Host) -> None:
        first = [
            outstanding(),
            elected(2017),
            request(1, principal="200000.00", owner_ref="ada"),
            request(2, principal="100000.00", owner_ref="ada"),
            elected(2018),
        ]
        for event in read(*first):
            host.answer(event)
        decisions = host.answer(read(opened(2018))[0])
        assert [decision.request_id for decision in decisions] == ["", "request-2"]
        assert [(entry.position, entry.part, entry.request_id) for entry in ledger.entries_of("opened-2018")] == [
            (6, 0, ""),
            (7, 1, "request-2"),
        ]
        assert host.answer(read(opened(2018))[0]) == decisions
        assert stands(ledger) == folded(ledger, PROGRAMME)

    def test_keeps_text_as_it_is(self, ledger: Ledger, host: Host) -> None:
        (event,) = read(request(1, event_id=ODD, request_id=ODD, owner_ref=ODD))
        (decision,) = host.answer(event)
        (entry,) = ledger.entries_of(ODD)
        assert read_event(entry.event) == event
        assert decision_from_json(json.loads(entry.decision)) == decision
        assert ledger.event(ODD) == event
        assert ledger.programmes_of(ODD) == (PROGRAMME,)
        assert set(ledger.standing(PROGRAMME).requests) == {ODD}

    def test_what_is_recorded_while_held_is_kept_when_it_is_let_go(
        self, ledger: Ledger, host: Host, opening: Opening
    ) -> None:
        with ledger.held():
            for event in read(request(1), request(2)):
                host.answer(event)
            assert ledger.standing(PROGRAMME).at == 2
            assert len(ledger.entries_of("event-1")) == 1
            assert ledger.programmes_of("request-2") == (PROGRAMME,)
        assert [entry.event_id for entry in opening().entries()] == ["event-1", "event-2"]

    def test_what_is_recorded_while_held_is_lost_together(self, ledger: Ledger, host: Host) -> None:
        kept, *lost = read(request(1), request(2), request(3, documents=[]), withdrawal(4, of=1))
        host.answer(kept)
        before = folded(ledger, PROGRAMME)
        undone(ledger, host, *lost)
        assert stands(ledger) == before
        assert ledger.standing(PROGRAMME).requests["request-1"].state is RequestState.ACCEPTED
        assert [entry.event_id for entry in ledger.entries()] == ["event-1"]
        assert ledger.entries_of("event-2") == ()
        assert ledger.event("event-2") is None
        assert ledger.programmes_of("request-2") == ()
        assert ledger.heads()[PROGRAMME][0] == 1

    def test_answers_the_same_again_after_a_hold_that_failed(self, ledger: Ledger, host: Host) -> None:
        events = read(request(1), request(2), withdrawal(3, of=2))
        undone(ledger, host, *events)
        assert list(ledger.entries()) == []
        again = [host.answer(event) for event in events]
        undisturbed = shipped()
        assert again == [undisturbed.answer(event) for event in events]
        assert list(ledger.entries()) == list(undisturbed.ledger.entries())

    def test_a_hold_within_a_hold_is_the_same_hold(self, ledger: Ledger, host: Host) -> None:
        answer = partial(host.answer, read(request(1))[0])
        with pytest.raises(KeyError, match="on purpose"):
            while_held(ledger, partial(while_held, ledger, answer), fail)
        assert list(ledger.entries()) == []

    def test_a_refusal_within_a_hold_leaves_the_rest_of_it(self, ledger: Ledger, host: Host) -> None:
        with ledger.held():
            answers = host.decide(read(request(1))[0], ledger.standing(PROGRAMME))
            host.answer(read(request(2))[0])
            with pytest.raises(StaleStanding):
                record(ledger, answers)
        assert [entry.event_id for entry in ledger.entries()] == ["event-2"]

    def test_reads_what_others_recorded(self, ledger: Ledger, host: Host, opening: Opening) -> None:
        other = shipped(opening())
        for event in read(request(1, documents=[]), request(2)):
            host.answer(event)
        for event in read(withdrawal(3, of=1), request(4)):
            other.answer(event)
        assert stands(ledger) == folded(ledger, PROGRAMME) == stands(other.ledger)
        assert len(ledger.entries_of("withdrawal-3")) == 1
        host.answer(read(request(5))[0])
        assert ledger.heads() == other.ledger.heads()

    def test_moves_a_standing_on_as_reading_every_entry_would(self, ledger: Ledger, opening: Opening) -> None:
        hosts = [shipped(each) for each in (ledger, opening())]
        for number, event in enumerate(read(*made_up(seed=11, count=300))):
            hosts[number // 7 % 2].answer(event)
        for programme in (PROGRAMME, ""):
            expected = folded(ledger, programme)
            assert [stands(host.ledger, programme) for host in hosts] == [expected, expected]
            assert stands(opening(), programme) == expected

    def test_what_one_thread_tries_on_a_standing_no_other_thread_sees(self, ledger: Ledger) -> None:
        hosts = [shipped(ledger, with_durable=False) for _ in range(3)]
        list(hosts[0].answer_all(read(*(request(number) for number in range(5)))))

        def previews(host: Host, name: str) -> None:
            # papers for an accepted request are held against its answer, which is tried anew on the standing
            asked = [papers(f"{name} {number}", of=number) for number in range(5)]
            told = {host.preview(event)[0].findings[0].code for event in read(*asked) * 40}
            assert told == {Code.PAPERS_KEPT}

        def answers(host: Host) -> None:
            assert len([host.answer(event) for event in read(*(request(f"later {n}") for n in range(60)))]) == 60

        by_turns = sys.getswitchinterval()
        sys.setswitchinterval(1e-5)
        try:
            with ThreadPoolExecutor(3) as threads:
                done = [threads.submit(previews, host, f"paper {n}") for n, host in enumerate(hosts[:2])]
                for each in (*done, threads.submit(answers, hosts[2])):
                    each.result()
        finally:
            sys.setswitchinterval(by_turns)
        assert ledger.standing(PROGRAMME).at == 65
        assert stands(ledger) == folded(ledger, PROGRAMME)

    def test_answers_a_run_in_its_order_and_tells_faults_in_their_place(self, ledger: Ledger, host: Host) -> None:
        unreadable = EventError([])
        first, other, last = read(request(1), request(1, principal="6000.00"), request(2))
        results = list(host.answer_all([first, unreadable, other, last, first], batch=2))
        assert [type(result) for result in results] == [Answered, EventError, EventIdReused, Answered, Answered]
        assert results[0] == results[4]
        assert [entry.event_id for entry in ledger.entries()] == ["event-1", "event-2"]

    def test_gives_no_answer_of_a_run_before_it_is_kept(self, ledger: Ledger, host: Host, opening: Opening) -> None:
        reader = opening()
        events = read(*(request(number) for number in range(7)))
        for event, _ in zip(events, host.answer_all(events, batch=3), strict=True):
            assert event.event_id in {entry.event_id for entry in reader.entries()}

    def test_gives_the_same_entries_however_many_are_committed_together(self, ledger: Ledger, host: Host) -> None:
        events = read(*made_up(seed=5, count=150))
        list(host.answer_all(events, batch=64))
        undisturbed = shipped()
        for event in events:
            undisturbed.answer(event)
        assert list(ledger.entries()) == list(undisturbed.ledger.entries())

    def test_gives_up_when_the_standing_moves_without_end(self, ledger: Ledger) -> None:
        class Overtaken(Host):
            def record(self, answers: Sequence[Answer]) -> None:
                raise StaleStanding("moved")

        host = Overtaken.open(ledger=ledger)
        for answering in (lambda event: host.answer(event), lambda event: list(host.answer_all([event]))):
            with pytest.raises(LedgerError, match="`event-1` was decided 10 times"):
                answering(read(request(1))[0])
        assert list(ledger.entries()) == []
