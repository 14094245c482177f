"""Listeners: served from the feed, at least once, in order, outside the host's lock, and on after a crash."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rules_engine import Decision, Event, Host, Ledger, LedgerError, StaleStanding, open_ledger
from rules_engine.hookspecs import hookimpl
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.plugging import Plugins
from tests.acme import found, loaded, requested

Heard = Callable[[Event, Decision], None]


class Crash(BaseException):
    """What ends a program in the middle of something."""


class Listener:
    """A plugin that listens; what it does on hearing a decision is up to a test."""

    def __init__(self, on_hearing: Heard = lambda event, decision: None) -> None:
        self.heard: list[str] = []
        self.on_hearing = on_hearing

    @hookimpl
    def decision_recorded(self, event: Event, decision: Decision) -> None:
        self.on_hearing(event, decision)
        self.heard.append(decision.event_id)


def plugged_in(**listeners: Listener) -> Plugins:
    return loaded(*(found(name, listener) for name, listener in listeners.items()))


def asked(number: int) -> Event:
    return requested(f"e-{number}", owner_ref=f"o-{number}")


def listening(ledger: Ledger, **listeners: Listener) -> Host:
    return Host.open(ledger=ledger, plugins=plugged_in(**listeners), with_durable=False)


@pytest.fixture(params=["memory", "sqlite"])
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Ledger]:
    """Open one ledger over and over, as programs do that come one after the other."""
    if request.param == "sqlite":
        return lambda: open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    ledger = MemoryLedger()
    return lambda: ledger


def test_a_listener_hears_each_decision_once_in_the_order_kept(opening: Callable[[], Ledger]) -> None:
    listener = Listener()
    host = listening(opening(), acme=listener)
    for number in range(3):
        host.answer(asked(number))
    host.answer(asked(0))
    list(host.answer_all(map(asked, range(7)), batch=3))
    assert listener.heard == [f"e-{number}" for number in range(7)]


def test_a_listener_that_is_new_hears_from_then_on(opening: Callable[[], Ledger]) -> None:
    listening(opening()).answer(asked(1))
    listener = Listener()
    host = listening(opening(), acme=listener)
    host.answer(asked(2))
    assert listener.heard == ["e-2"]


def test_what_others_record_is_heard_too(opening: Callable[[], Ledger]) -> None:
    listener = Listener()
    host = listening(opening(), acme=listener)
    listening(opening()).answer(asked(1))
    assert listener.heard == []
    host.serve_listeners()
    assert listener.heard == ["e-1"]


def test_after_a_crash_a_listener_hears_what_it_had_not_taken_in(opening: Callable[[], Ledger]) -> None:
    def cut_off(plugins: Plugins, name: str, event: Event, decision: Decision) -> None:
        if decision.event_id == "e-2":
            raise Crash

    host = listening(opening(), acme=Listener())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Plugins, "tell", cut_off)
        host.answer(asked(1))
        with pytest.raises(Crash):
            host.answer(asked(2))
    assert [entry.event_id for entry in host.ledger.entries()] == ["e-1", "e-2"], "the decision was recorded before"
    listening(opening()).answer(asked(3))

    afterwards = Listener()
    listening(opening(), acme=afterwards)
    assert afterwards.heard == ["e-2", "e-3"], "served when the host is opened, with no new event"
    listening(opening(), acme=afterwards)
    assert afterwards.heard == ["e-2", "e-3"]


@pytest.mark.parametrize(
    "fault",
    [
        ConnectionError("the queue is away"),
        TimeoutError(),
        StaleStanding("x"),
        LedgerError("x", trying_again_helps=True),
    ],
)
def test_a_listener_that_may_do_better_later_is_told_the_same_again_and_others_go_on(
    fault: Exception, opening: Callable[[], Ledger]
) -> None:
    is_away = True

    def deliver(event: Event, decision: Decision) -> None:
        if is_away:
            raise fault

    waiting, other = Listener(deliver), Listener()
    host = listening(opening(), a=waiting, b=other)
    for number in range(3):
        host.answer(asked(number))
    assert (waiting.heard, other.heard) == ([], ["e-0", "e-1", "e-2"])
    is_away = False
    host.serve_listeners()
    assert waiting.heard == ["e-0", "e-1", "e-2"]
    assert host.plugins.listener_faults


@pytest.mark.parametrize("fault", [ValueError("no such field"), LedgerError("full")])
def test_a_decision_that_a_listener_cannot_take_holds_up_no_other(
    fault: Exception, opening: Callable[[], Ledger]
) -> None:
    def choke(event: Event, decision: Decision) -> None:
        if decision.event_id == "e-1":
            raise fault

    listener = Listener(choke)
    host = listening(opening(), acme=listener)
    for number in range(3):
        host.answer(asked(number))
    assert listener.heard == ["e-0", "e-2"]
    assert len(host.plugins.listener_faults) == 1
    assert "`e-1`" in host.plugins.listener_faults[0]


def test_a_listener_may_ask_and_answer_from_within(opening: Callable[[], Ledger]) -> None:
    def answer_another(event: Event, decision: Decision) -> None:
        assert host.recorded(event) == (decision,)
        if decision.event_id == "e-1":
            assert host.answer(asked(2)).is_new

    listener = Listener(answer_another)
    host = listening(opening(), acme=listener)
    host.answer(asked(1))
    assert listener.heard == ["e-1", "e-2"]


def test_a_slow_listener_keeps_no_other_thread_from_answering(opening: Callable[[], Ledger]) -> None:
    heard_first, others_done = threading.Event(), threading.Event()

    def wait(event: Event, decision: Decision) -> None:
        heard_first.set()
        assert others_done.wait(30), "nobody could answer while the listener took its time"

    listener = Listener(wait)
    host = listening(opening(), acme=listener)
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(host.answer, asked(1))
        assert heard_first.wait(30)
        assert [host.answer(asked(number)).is_new for number in (2, 3)] == [True, True]
        assert listener.heard == []
        others_done.set()
        slow.result()
    assert listener.heard == ["e-1", "e-2", "e-3"], "what was answered meanwhile is heard by whoever serves"


def test_two_programs_on_one_ledger_serve_a_listener_together() -> None:
    ledger = MemoryLedger()
    listener = Listener()
    hosts = [listening(ledger, acme=listener) for _ in range(2)]
    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(hosts[number % 2].answer, asked(number)) for number in range(20)]:
            done.result()
    assert sorted(listener.heard) == sorted(f"e-{number}" for number in range(20))
    assert listener.heard == [each.decision.event_id for each in hosts[0].decisions().items]


def test_a_ledger_that_fails_while_listeners_are_served_takes_no_answer_back() -> None:
    class Failing(MemoryLedger):
        def serve_to(self, listener: str, number: int) -> None:
            if number == 1:
                raise LedgerError("the connection was lost", trying_again_helps=True)
            super().serve_to(listener, number)

    listener = Listener()
    host = listening(Failing(), acme=listener)
    assert host.answer(asked(1)).is_new
    assert host.plugins.listener_faults == ["listeners are served later: the connection was lost"]
    host.answer(asked(2))
    assert listener.heard == ["e-1", "e-1", "e-2"], "at least once"
