"""A ledger opened before a fork, used on both sides of it: in memory, in a file and on a server."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from rules_engine.errors import LedgerError
from rules_engine.hookspecs import hookimpl
from rules_engine.host import Host
from rules_engine.intake import read_event
from rules_engine.ledger.base import BEGINNING, Entry, Ledger, chained
from rules_engine.ledger.forks import OneAtATime
from rules_engine.ledger.opening import open_ledger
from rules_engine.ledger.trial import TrialLedger
from rules_engine.model.decisions import Decision
from rules_engine.model.kept import kept
from tests.acme import found, loaded
from tests.ledger.events import made_up, read, request
from tests.ledger.forking import Child
from tests.ledger.rules import PROGRAMME
from tests.shipped import shipped

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    return "memory:" if request.param == "memory" else str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=["sqlite", "postgresql"])
def kept_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


def opened(url: str, patience: int = 20) -> Ledger:
    return open_ledger(url, read_event, patience=patience)


def answer(host: Host, *numbers: int) -> list[tuple[Decision, ...]]:
    return [host.answer(event) for event in read(*(request(number) for number in numbers))]


def ids(entries: Sequence[Entry] | Iterator[Entry]) -> list[str]:
    return [entry.event_id for entry in entries]


def recorded(url: str) -> list[Entry]:
    """Read a kept ledger anew, and hold each entry against the one before it."""
    with_its_programme: dict[str, tuple[int, str]] = {}
    ledger = opened(url)
    entries = list(ledger.entries())
    ledger.close()
    for entry in entries:
        position, previous = with_its_programme.get(entry.programme, (0, BEGINNING))
        assert (entry.position, entry.previous) == (position + 1, previous)
        content = {name: getattr(entry, name) for name in Entry.__slots__ if name != "digest"}
        assert chained(**content) == entry
        with_its_programme[entry.programme] = entry.position, entry.digest
    return entries


@contextmanager
def a_thread_that(begins: Callable[[threading.Event, threading.Event], object]) -> Iterator[threading.Event]:
    """Run something in another thread, from when it has begun until it is let go."""
    begun, let_go = threading.Event(), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(begins, begun, let_go)
        try:
            assert begun.wait(20)
            yield let_go
        finally:
            let_go.set()
            done.result()


def test_both_processes_find_what_was_answered_before_and_go_on(url: str) -> None:
    host = shipped(opened(url))
    first = answer(host, 1)
    child = Child(lambda: (answer(host, 1), answer(host, 2), ids(host.ledger.entries())))
    again = answer(host, 1, 3)
    told = child.result()
    assert told[0] == [again[0]] == first
    alone = shipped()
    answer(alone, 1)
    if url == "memory:":
        # each goes on by itself, as two ledgers in memory do
        assert told[2] == ["event-1", "event-2"]
        assert ids(host.ledger.entries()) == ["event-1", "event-3"]
        assert told[1] == answer(alone, 2)
    else:
        assert sorted(ids(recorded(url))) == ["event-1", "event-2", "event-3"]
        assert ids(host.ledger.entries()) == ids(recorded(url))


def test_events_that_both_processes_are_given_are_recorded_once(kept_url: str) -> None:
    host = shipped(opened(kept_url))
    events = read(*made_up(11, 120))
    host.answer(events[0])
    children: list[Child[Any]] = [
        Child(lambda: list(host.answer_all(events, batch=7))),
        Child(lambda: [host.answer(each) for each in events]),
    ]
    here = [host.answer(event) for event in reversed(events)]
    told = [child.result() for child in children]
    first = {entry.event_id: 0 for entry in recorded(kept_url)}
    for entry in recorded(kept_url):
        first[entry.event_id] += entry.part == 0
    assert set(first.values()) == {1}
    assert first.keys() == {event.event_id for event in events}
    assert told[0] == told[1] == here[::-1]


def test_a_lock_that_another_thread_holds_stops_nobody(url: str) -> None:
    host = shipped(opened(url))
    answer(host, 1)

    def hold(begun: threading.Event, let_go: threading.Event) -> None:
        with host.ledger.held():
            answer(host, 2)
            begun.set()
            assert let_go.wait(20)

    with a_thread_that(hold) as let_go:
        child = Child(lambda: (answer(host, 3), ids(host.ledger.entries()), host.ledger.standing(PROGRAMME).at))
        time.sleep(0.3)
        let_go.set()
    _, entries, position = child.result()
    if url == "memory:":
        assert entries == ["event-1", "event-3"]  # 2 was not settled when the process was forked
        assert position == 2
        assert ids(host.ledger.entries()) == ["event-1", "event-2"]
    else:
        assert entries == ids(recorded(url)) == ["event-1", "event-2", "event-3"]
        assert position == 3
    answer(host, 4)
    assert ids(host.ledger.entries())[-1] == "event-4"


def test_what_another_thread_undoes_later_is_not_kept_by_either(url: str) -> None:
    host = shipped(opened(url))
    answer(host, 1)

    class Undone(Exception):
        pass

    def hold(begun: threading.Event, let_go: threading.Event) -> None:
        with suppress(Undone), host.ledger.held():
            answer(host, 2)
            begun.set()
            assert let_go.wait(20)
            raise Undone

    with a_thread_that(hold) as let_go:
        child = Child(lambda: (answer(host, 3), ids(host.ledger.entries())))
        let_go.set()
    assert child.result()[1] == ["event-1", "event-3"]
    answer(host, 2)
    assert sorted(ids(host.ledger.entries())) == (
        ["event-1", "event-2"] if url == "memory:" else ["event-1", "event-2", "event-3"]
    )


def test_forks_in_the_middle_of_anything_leave_everything_whole(url: str) -> None:
    host = shipped(opened(url))
    numbers = count()
    stopped = threading.Event()

    def go_on(begun: threading.Event, _: threading.Event) -> None:
        while not stopped.is_set():
            answer(host, next(numbers))
            begun.set()

    def one_more(number: int) -> tuple[list[str], list[tuple[Decision, ...]]]:
        answered = answer(host, number)
        return ids(host.ledger.entries()), answered

    with a_thread_that(go_on):
        children = [(number, Child(lambda: one_more(number))) for number in range(10**9, 10**9 + 8)]  # noqa: B023
        told = [(number, child.result()) for number, child in children]
        stopped.set()
    for number, (entries, answered) in told:
        assert entries.count(f"event-{number}") == 1
        assert len(set(entries)) == len(entries)
        assert answered[0][0].outcome.word == "accepted"
    if url != "memory:":
        assert sorted(ids(recorded(url))) == sorted(
            [f"event-{number}" for number in range(next(numbers))] + [f"event-{number}" for number, _ in told]
        )


def test_a_host_that_another_thread_is_answering_with_answers(url: str) -> None:
    begun, let_go, here = threading.Event(), threading.Event(), os.getpid()

    class Listener:
        """Stands in the way of every other thread while it is told, in the process it is in."""

        @hookimpl
        def decision_recorded(self) -> None:
            if os.getpid() == here:
                begun.set()
                assert let_go.wait(20)

    host = Host.open(ledger=opened(url), plugins=loaded(found("listener", Listener)))
    with ThreadPoolExecutor(1) as pool:
        answering = pool.submit(answer, host, 1)
        assert begun.wait(20)
        child = Child(lambda: (answer(host, 1), answer(host, 2)))
        again, _ = child.result()
        let_go.set()
        assert answering.result() == again


def test_whoever_forks_while_holding_the_ledger_records_and_the_new_process_does_not(kept_url: str) -> None:
    host = shipped(opened(kept_url))
    answer(host, 1)
    here, ends = os.getpid(), os.pipe()
    try:
        with host.ledger.held():
            answer(host, 2)
            process = os.fork()
    except LedgerError as fault:
        if os.getpid() == here:
            raise
        os.write(ends[1], str(fault).encode())
        answer(host, 3)
        os._exit(0)
    finally:
        if os.getpid() != here:
            os._exit(1)
    _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert b"was held when this process was forked" in os.read(ends[0], 1_000)
    assert ids(recorded(kept_url)) == ["event-1", "event-2", "event-3"]
    assert ids(host.ledger.entries()) == ["event-1", "event-2", "event-3"]


def test_a_ledger_in_memory_held_at_the_fork_goes_on_in_both_processes() -> None:
    host = shipped()
    with host.ledger.held():
        answer(host, 1)
        child = Child(lambda: (answer(host, 2), ids(host.ledger.entries())))
        answer(host, 3)
    assert child.result()[1] == ["event-1", "event-2"]
    assert ids(host.ledger.entries()) == ["event-1", "event-3"]


def test_a_ledger_for_trying_goes_on_in_both_processes(kept_url: str) -> None:
    answer(shipped(opened(kept_url)), 1)
    host = shipped(TrialLedger(opened(kept_url)))
    answer(host, 2)
    child = Child(lambda: (answer(host, 3), ids(host.ledger.entries())))
    answer(host, 4)
    assert child.result()[1] == ["event-1", "event-2", "event-3"]
    assert ids(host.ledger.entries()) == ["event-1", "event-2", "event-4"]
    assert ids(recorded(kept_url)) == ["event-1"]


def wires() -> list[str]:
    """List what this process has open, as the system names it."""
    names = []
    for each in Path("/proc/self/fd").iterdir():
        try:
            names.append(os.readlink(each))
        except OSError:
            continue  # the one that was open to look
    return names


def test_no_file_of_a_ledger_is_open_in_the_new_process(sqlite_url: str) -> None:
    file = sqlite_url.removeprefix("sqlite:///")
    host = shipped(opened(sqlite_url))
    answer(host, 1)
    assert any(file in name for name in wires())
    child = Child(lambda: (wires(), answer(host, 2), wires()))
    before, _, after = child.result()
    assert not any(file in name for name in before)
    assert any(file in name for name in after)
    answer(host, 3)


def test_no_connection_to_a_server_is_open_in_the_new_process(postgresql_url: str) -> None:
    host = shipped(opened(postgresql_url))
    answer(host, 1)
    there = set(wires())
    child = Child(wires)
    sockets = {name for name in child.result() if name.startswith("socket:")}
    answer(host, 2)
    again = {name for name in wires() if name.startswith("socket:")}
    assert again - there  # the connection was made anew here
    assert not again - there & sockets


def test_a_connection_that_a_thread_is_using_is_not_ended_by_the_new_process(kept_url: str) -> None:
    """Also where the new process ends as any program does, taking leave of all that it has open."""
    program = f"""
import os, sys, threading, time
sys.path.insert(0, {str(ROOT)!r})
from rules_engine.hookspecs import hookimpl
from rules_engine.host import Host
from rules_engine.intake import read_event
from rules_engine.ledger.opening import open_ledger
from tests.ledger.events import read, request

host = Host.open(ledger=open_ledger({kept_url!r}, read_event, patience=20))
begun, let_go = threading.Event(), threading.Event()

def hold():
    with host.ledger.held():
        host.answer(read(request(1))[0])
        begun.set()
        assert let_go.wait(20)
        host.answer(read(request(2))[0])

thread = threading.Thread(target=hold)
thread.start()
assert begun.wait(20)
process = os.fork()
if process == 0:
    list(host.ledger.entries())
    host.ledger.close()
    sys.exit(7)
assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 7
let_go.set()
thread.join()
host.answer(read(request(3))[0])
print(*(entry.event_id for entry in host.ledger.entries()))
host.ledger.close()
"""
    # from Python 3.12 on, forking beside threads is warned of, and here it is what is asked about
    warnings = ["-W", "error::ResourceWarning", "-W", "ignore::DeprecationWarning"]
    command = [sys.executable, *warnings, "-c", program]
    piped = subprocess.PIPE
    with subprocess.Popen(command, stdout=piped, stderr=piped, text=True, cwd=ROOT, start_new_session=True) as running:
        try:
            told = running.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)  # the program and what it forked
            raise
    assert (running.returncode, *told) == (0, "event-1 event-2 event-3\n", "")
    assert ids(recorded(kept_url)) == ["event-1", "event-2", "event-3"]


HOSTS: dict[str, Host] = {}


def _answered_by_a_worker(number: int) -> tuple[int, str]:
    ((decision, *_),) = answer(HOSTS["of this test"], number)
    return os.getpid(), decision.receipt


def test_workers_of_multiprocessing_answer_into_one_ledger(kept_url: str) -> None:
    HOSTS["of this test"] = host = shipped(opened(kept_url))
    answer(host, 0)
    numbers = [*range(40), *range(40)]
    with multiprocessing.get_context("fork").Pool(3) as pool:
        told = pool.map_async(_answered_by_a_worker, numbers, chunksize=1).get(timeout=120)
    answer(host, *range(30, 50))
    receipts = [receipt for _, receipt in told]
    assert receipts[:40] == receipts[40:]
    assert sorted(ids(recorded(kept_url))) == sorted(f"event-{number}" for number in range(50))


def test_a_ledger_that_was_being_written_to_at_the_fork_says_so(sqlite_url: str) -> None:
    """A statement that takes longer than the ledger's patience: nobody can tell in what state it left SQLite."""
    ledger: Any = opened(sqlite_url, patience=1)
    answer(shipped(ledger), 1)

    def speak(begun: threading.Event, let_go: threading.Event) -> None:
        with ledger._lock, ledger._database._plainly():
            begun.set()
            assert let_go.wait(20)

    with a_thread_that(speak):
        child = Child(lambda: _fault_of(lambda: list(ledger.entries())))
        assert "was being written to when this process was forked" in child.result()
    assert ids(ledger.entries()) == ["event-1"]


def _fault_of(do: Callable[[], object]) -> str:
    try:
        do()
    except LedgerError as fault:
        return str(fault)
    return "nothing"


def test_a_lock_is_entered_by_one_thread_at_a_time_and_as_often_as_it_likes() -> None:
    lock, order = OneAtATime(), []

    def enter(begun: threading.Event, let_go: threading.Event) -> None:
        with lock, lock:
            begun.set()
            assert let_go.wait(20)
            order.append("first")

    with a_thread_that(enter) as let_go:
        threading.Timer(0.2, let_go.set).start()
        with lock:
            order.append("second")
    assert order == ["first", "second"]


def test_a_lock_entered_here_at_the_fork_is_left_in_both_processes() -> None:
    lock = OneAtATime()

    def enter_elsewhere() -> bool:
        done = threading.Event()

        def enter() -> None:
            with lock:
                done.set()

        threading.Thread(target=enter, daemon=True).start()
        return done.wait(10)

    with lock:
        child = Child(enter_elsewhere)
        assert child.result()
    assert enter_elsewhere()


class Slow:
    """Something with a property that takes long to work out, in one thread of one process."""

    begun, let_go = threading.Event(), threading.Event()

    def __init__(self, *, waits: bool) -> None:
        self.waits = waits
        self.asked = 0

    @kept
    def property(self) -> int:
        """What is kept."""
        self.asked += 1
        if self.waits:
            self.begun.set()
            assert self.let_go.wait(20)
        return 7


def test_a_property_being_worked_out_at_the_fork_stops_nobody() -> None:
    slow = Slow(waits=True)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(lambda: slow.property)
        assert slow.begun.wait(20)
        assert Child(lambda: Slow(waits=False).property).result() == 7
        slow.let_go.set()
        assert first.result() == 7


def test_a_property_is_worked_out_once_and_documented() -> None:
    other = Slow(waits=False)
    assert (other.property, other.property, other.asked) == (7, 7, 1)
    assert Slow.property.__doc__ == "What is kept."


def test_ledgers_that_are_gone_are_forgotten() -> None:
    from rules_engine.ledger import forks

    before = len(forks._known)
    for _ in range(50):
        Host.open(Path(__file__).parent)
    gc.collect()
    assert len(forks._known) <= before + 2
