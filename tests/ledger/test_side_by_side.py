"""Programmes recorded side by side on a server: who waits for whom, how far it is, and that readers miss nothing."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import psycopg
import pytest

from rules_engine.errors import LedgerError, StaleStanding
from rules_engine.host import Host
from rules_engine.intake import read_event
from rules_engine.ledger.base import Answer, Ledger, Numbered
from rules_engine.ledger.opening import open_ledger
from rules_engine.model.decisions import Decision
from rules_engine.model.events import DocumentsReceived
from tests.ledger.events import papers, read, request
from tests.ledger.journeys import Journeys
from tests.ledger.rules import PROGRAMME
from tests.ledger.server import Server

Raw = psycopg.Connection[tuple[Any, ...]]

SLEEPS_BEFORE_IT_COMMITS = """
    CREATE FUNCTION sleeps() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_sleep({seconds}); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON ledger_entries DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION sleeps()
"""
"""Runs at the commit, when rows have their numbers and nobody else can see them yet."""

ELSEWHERE = "912828ZQ6"
"""A note that no supplement gives: requests for it belong to no programme, which has a chain of its own."""


@pytest.fixture
def ledger(postgresql_url: str) -> Iterator[Ledger]:
    ledger = open_ledger(postgresql_url)
    yield ledger
    ledger.close()


@pytest.fixture
def raw(server: Server, database: str, ledger: Ledger) -> Iterator[Raw]:
    with server.connect(database) as connection:
        yield connection


@cache
def papers_kept() -> tuple[DocumentsReceived, Decision]:
    """Decide once on papers that change nothing, so that an answer to them fits any programme at any position."""
    host = Host.open(with_durable=False)
    host.answer(read(request(1))[0])
    event = read_event(
        b'{"type":"documents_received","event_id":"p","request_id":"r","received_on":"2017-08-03",'
        b'"documents":["tax waiver"]}'
    )
    assert isinstance(event, DocumentsReceived)
    return event, host.preview(event)[0]


def record(ledger: Ledger, programme: str, position: int) -> str:
    """Record one answer at the end of any programme; give its event's id."""
    event, decision = papers_kept()
    event_id = f"{programme} {position}"
    answer = Answer(
        event=dataclasses.replace(event, event_id=event_id),
        decision=dataclasses.replace(decision, event_id=event_id, request_id="", programme=programme),
    )
    ledger.record(programme, position, [answer], {})
    return event_id


def test_who_holds_one_programme_keeps_no_other_waiting(postgresql_url: str, ledger: Ledger) -> None:
    other = open_ledger(postgresql_url, patience=1)
    with ledger.held(["a", "b"]):
        record(other, "c", 0)
        for programme in ("a", "b"):
            with pytest.raises(LedgerError, match="another program has held") as raised:
                record(other, programme, 0)
            assert raised.value.trying_again_helps
        record(ledger, "a", 0)
    record(other, "a", 1)
    assert [entry.event_id for entry in ledger.entries()] == ["c 0", "a 0", "a 1"]


def test_who_holds_the_whole_ledger_waits_for_holders_and_keeps_everybody_waiting(
    postgresql_url: str, ledger: Ledger
) -> None:
    other = open_ledger(postgresql_url, patience=1)
    with ledger.held(["a"]), pytest.raises(LedgerError, match="another program has held"), other.held():
        pass
    with ledger.held(), pytest.raises(LedgerError, match="another program has held"):
        record(other, "z", 0)
    with ledger.held(), pytest.raises(LedgerError, match="another program has held"), other.held(["z"]):
        pass
    record(other, "z", 0)


def test_who_only_looks_up_keeps_nobody_waiting_and_is_told_when_others_were_quicker(
    postgresql_url: str, ledger: Ledger
) -> None:
    other = Host.open(ledger=open_ledger(postgresql_url, patience=1), with_durable=False)

    class Overtaken(Host):
        times = 0

        def record(self, answers: Any) -> None:
            self.times += 1
            if self.times == 1:
                other.answer(read(request("quicker"))[0])
            super().record(answers)

    host = Overtaken.open(ledger=ledger, with_durable=False)
    (decision,) = host.answer(read(request("slower"))[0])
    assert (host.times, decision.standing_at) == (2, 1)
    assert [entry.event_id for entry in ledger.entries()] == ["event-quicker", "event-slower"]


def test_what_is_recorded_elsewhere_about_a_request_makes_an_answer_old(postgresql_url: str, ledger: Ledger) -> None:
    """The request is made under a programme while papers for it are answered under none, as not known."""
    other = Host.open(ledger=open_ledger(postgresql_url, patience=1), with_durable=False)

    class Overtaken(Host):
        def record(self, answers: Any) -> None:
            other.answer(read(request(1))[0])
            super().record(answers)

    (decision,) = Overtaken.open(ledger=ledger, with_durable=False).answer(read(papers("late", of=1))[0])
    assert decision.programme == PROGRAMME
    assert [(entry.programme, entry.event_id) for entry in ledger.entries()] == [
        (PROGRAMME, "event-1"),
        (PROGRAMME, "late"),
    ]


def test_two_programs_that_wait_for_each_other_end_with_one_to_decide_again(
    postgresql_url: str, ledger: Ledger
) -> None:
    both_hold = threading.Barrier(2)

    def cross(mine: str, theirs: str) -> str:
        own = open_ledger(postgresql_url)
        try:
            with own.held([mine]):
                both_hold.wait(30)
                record(own, theirs, 0)
            return "kept"
        except StaleStanding:
            return "decide again"
        finally:
            own.close()

    with ThreadPoolExecutor(2) as threads:
        ends = [threads.submit(cross, *programmes) for programmes in (("a", "b"), ("b", "a"))]
        assert sorted(end.result() for end in ends) == ["decide again", "kept"]
    assert len(list(ledger.entries())) == 1


def test_programmes_are_decided_side_by_side_and_every_answer_is_as_if_alone(
    postgresql_url: str, ledger: Ledger
) -> None:
    """Four programs answer for two programmes at once, each request followed by papers that only name it."""

    def written(number: int) -> list[Any]:
        cusip = {"cusip": ELSEWHERE} if number % 2 else {}
        return read(request(number, **cusip), papers(f"papers-{number}", of=number))

    def answer(numbers: range) -> None:
        host = Host.open(ledger=open_ledger(postgresql_url), with_durable=False)
        for number in numbers:
            for event in written(number):
                host.answer(event)
        host.ledger.close()

    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(answer, range(start, 48, 4)) for start in range(4)]:
            done.result()
    alone = Host.open(with_durable=False)
    for entry in ledger.entries():
        if entry.part == 0:
            alone.answer(read_event(entry.event))
    assert list(alone.ledger.entries()) == list(ledger.entries()), (
        "in the order of the feed each answer comes out alike"
    )
    assert len(list(ledger.entries())) == 96


# Numbers


def test_an_entry_that_commits_late_is_missed_by_nobody_who_reads_on(
    postgresql_url: str, ledger: Ledger, raw: Raw
) -> None:
    """The slow programme's row has its number, and sleeps before it commits; the quick one's comes meanwhile."""
    raw.execute(SLEEPS_BEFORE_IT_COMMITS.format(seconds=1, when="NEW.programme = 'slow'"))
    papers_kept()
    quick, slow = open_ledger(postgresql_url), open_ledger(postgresql_url)
    with ThreadPoolExecutor(2) as threads:
        late = threads.submit(record, slow, "slow", 0)
        time.sleep(0.3)
        early = threads.submit(record, quick, "quick", 0)
        read: list[Numbered] = []
        while True:
            are_done = late.done() and early.done()
            page = ledger.feed(read[-1].number if read else 0, 10)
            read += page
            if are_done and not page:
                break
    assert {each.entry.event_id for each in read} == {"slow 0", "quick 0"}
    assert tuple(read) == ledger.feed(0, 10)


def test_a_reader_that_reads_on_meets_every_entry_of_slow_writers_once_and_in_order(
    postgresql_url: str, ledger: Ledger, raw: Raw
) -> None:
    raw.execute(SLEEPS_BEFORE_IT_COMMITS.format(seconds="random() / 50", when="true"))
    papers_kept()
    writers, each_writes = 5, 12
    done = threading.Event()

    def write(programme: str) -> None:
        own = open_ledger(postgresql_url)
        for position in range(each_writes):
            record(own, programme, position)
        own.close()

    def read_on() -> list[Numbered]:
        own = open_ledger(postgresql_url)
        found: list[Numbered] = []
        while True:
            is_last_look = done.is_set()
            page = own.feed(found[-1].number if found else 0, 3)
            found += page
            if is_last_look and not page:
                own.close()
                return found

    with ThreadPoolExecutor(writers + 1) as threads:
        reader = threads.submit(read_on)
        for each in [threads.submit(write, f"programme {number}") for number in range(writers)]:
            each.result()
        done.set()
        read = reader.result()
    assert len(read) == writers * each_writes
    assert tuple(read) == ledger.feed(0, 1_000)


# How far it is to the server


@pytest.fixture
def journeys(server: Server) -> Journeys:
    return Journeys(server.port)


@pytest.fixture
def far_away(journeys: Journeys, postgresql_url: str, ledger: Ledger) -> Iterator[Host]:
    """A host whose ledger is on a server far away, and which has answered before."""
    with journeys.listening() as port:
        far = open_ledger(postgresql_url.replace(f":{journeys.server}/", f":{port}/"))
        host = Host.open(ledger=far, with_durable=False)
        for event in read(request("before"), request("elsewhere", cusip=ELSEWHERE)):
            host.answer(event)
        yield host
        far.close()


def test_an_answer_takes_two_journeys_to_the_server(far_away: Host, journeys: Journeys) -> None:
    for event in read(request(1), papers("papers-1", of=1), request(2, cusip=ELSEWHERE)):
        with journeys.counted() as made:
            assert far_away.answer(event).is_new
        assert made == [2], event.event_id


def test_an_answer_on_record_a_preview_and_a_page_take_one_journey(far_away: Host, journeys: Journeys) -> None:
    (event, other) = read(request("before"), request(3))
    with journeys.counted() as made:
        assert not far_away.answer(event).is_new
    assert made == [1]
    with journeys.counted() as made:
        far_away.preview(other)
    assert made == [1]
    with journeys.counted() as made:
        far_away.decisions(0, limit=1)
    assert made == [1]


def test_a_run_takes_two_journeys_for_all_that_is_committed_together(far_away: Host, journeys: Journeys) -> None:
    events = read(*(request(number) for number in range(64)))
    with journeys.counted() as made:
        list(far_away.answer_all(events))
    assert made == [2]
    after = read(*(papers(f"papers-{number}", of=number) for number in range(64)))
    with journeys.counted() as made:
        list(far_away.answer_all(after))
    assert made == [2]


# Rights


READS = (
    "SELECT ON ledger_version, ledger_entries, ledger_texts, ledger_bases, ledger_heads, ledger_snapshots, "
    "ledger_listeners"
)


def role(raw: Raw, name: str, *grants: str) -> None:
    raw.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'only for this run'")
    for grant in grants:
        raw.execute(f"GRANT {grant} TO {name}")


@pytest.fixture
def clerk(raw: Raw, postgresql_url: str) -> Iterator[str]:
    """The address for a role that has just the rights that recording takes."""
    role(
        raw,
        "clerk",
        READS,
        "INSERT ON ledger_entries, ledger_texts, ledger_bases, ledger_heads, ledger_snapshots",
        "UPDATE (position, digest) ON ledger_heads",
        "UPDATE ON ledger_snapshots",
    )
    yield postgresql_url.replace("ledger:", "clerk:")
    raw.execute("DROP OWNED BY clerk")
    raw.execute("DROP ROLE clerk")


@pytest.fixture
def reader(raw: Raw, postgresql_url: str) -> Iterator[str]:
    """The address for a role that may read and nothing else."""
    role(
        raw,
        "reader",
        READS,
    )
    yield postgresql_url.replace("ledger:", "reader:")
    raw.execute("DROP OWNED BY reader")
    raw.execute("DROP ROLE reader")


def test_a_role_with_just_the_rights_to_record_answers_one_by_one_many_together_and_held(clerk: str) -> None:
    host = Host.open(ledger=open_ledger(clerk), with_durable=False)
    assert host.answer(read(request(1))[0]).is_new
    assert not host.answer(read(request(1))[0]).is_new
    assert len(list(host.answer_all(read(*(request(number) for number in range(2, 9)))))) == 7
    with host.ledger.held():
        host.answer(read(request(10))[0])
    assert [each.decision.event_id for each in host.decisions(7).items] == ["event-8", "event-10"]
    host.ledger.close()


def test_a_listener_takes_the_right_to_keep_how_far_it_was_served(clerk: str, raw: Raw) -> None:
    ledger = open_ledger(clerk)
    with pytest.raises(LedgerError, match=r"may not do this .*: grant the right"):
        ledger.served_to("acme")
    raw.execute("GRANT INSERT, UPDATE (number) ON ledger_listeners TO clerk")
    with ledger.serving("acme") as is_ours:
        assert is_ours
        ledger.served_to("acme")
        ledger.serve_to("acme", 7)
    assert ledger.served_to("acme") == 7
    ledger.close()


def test_a_role_with_the_right_to_read_reads_everything_and_records_nothing(reader: str, ledger: Ledger) -> None:
    Host.open(ledger=ledger, with_durable=False).answer(read(request(1))[0])
    host = Host.open(ledger=open_ledger(reader, create=False), with_durable=False)
    assert [each.decision.event_id for each in host.decisions().items] == ["event-1"]
    assert [each.request_id for each in host.requests().items] == ["request-1"]
    assert host.preview(read(request(2))[0]).is_new
    with pytest.raises(LedgerError, match=r"may not do this .*: grant the right to read and insert"):
        host.answer(read(request(2))[0])
    assert len(list(ledger.entries())) == 1
    host.ledger.close()


def test_another_program_serves_a_listener_while_one_does(postgresql_url: str, ledger: Ledger) -> None:
    other = open_ledger(postgresql_url)
    with ledger.serving("acme") as ours, other.serving("acme") as theirs, other.serving("other") as free:
        assert (ours, theirs, free) == (True, False, True)
    with other.serving("acme") as theirs:
        assert theirs
    other.close()


def test_a_listener_whose_program_has_ended_is_free(postgresql_url: str, ledger: Ledger) -> None:
    ended = open_ledger(postgresql_url)
    with ended.serving("acme") as theirs:
        assert theirs
        ended.close()
        give_up_at = time.monotonic() + 20
        while True:
            with ledger.serving("acme") as ours:
                if ours:
                    break
            assert time.monotonic() < give_up_at
