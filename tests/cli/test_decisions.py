"""`rules-engine decisions`: what was recorded from a number on, and what is recorded while somebody follows."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rules_engine import Host, open_ledger, read_event
from tests.cli.running import COMMAND, environment, request, rows, run
from tests.ledger.rules import limited_rules


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.db'}"


@pytest.fixture
def answer(url: str) -> Callable[..., None]:
    """Answer requests into the ledger, as another program does."""
    host = Host.open(ledger=open_ledger(url), with_durable=False)
    return lambda *names, **other: [host.answer(read_event(json.dumps(request(name, **other)))) for name in names]  # type: ignore[return-value]  # nobody looks


def ids(lines: list[Any]) -> list[str]:
    return [line["event"]["event_id"] for line in lines]


def test_writes_each_decision_with_its_number_its_places_and_its_event(url: str, answer: Callable[..., None]) -> None:
    answer("a", "b")
    answer("nowhere", cusip="912828ZQ6")
    first, second, third = rows(run("decisions", "--ledger", url, "--json"))
    assert first["event"]["request_id"] == "request-a"
    assert (first["programme"], first["position"], first["part"], first["book_changed"]) == (
        "ally/term-notes-a",
        1,
        0,
        False,
    )
    assert first["decision"]["outcome"] == "accepted"
    assert first["digest"].startswith("sha256:")
    assert first["number"] < second["number"] < third["number"]
    assert third["programme"] == ""


def test_reads_on_after_a_number_and_of_one_programme(url: str, answer: Callable[..., None]) -> None:
    answer("a", "b", "c")
    answer("nowhere", cusip="912828ZQ6")
    numbers = [line["number"] for line in rows(run("decisions", "--ledger", url, "--json"))]
    assert ids(rows(run("decisions", "--ledger", url, "--json", "--after", str(numbers[1])))) == ["c", "nowhere"]
    assert rows(run("decisions", "--ledger", url, "--json", "--after", str(numbers[3]))) == []
    assert ids(rows(run("decisions", "--ledger", url, "--json", "--programme", ""))) == ["nowhere"]


def test_lays_decisions_out_for_people_and_tells_of_another_book(
    url: str, answer: Callable[..., None], tmp_path: Path
) -> None:
    answer("a")
    other = Host.open(limited_rules(tmp_path / "rules"), open_ledger(url), with_durable=False)
    other.answer(read_event(json.dumps(request("b"))))
    done = run("decisions", "--ledger", url)
    heading, first, second = done.stdout.splitlines()
    assert heading.split()[:3] == ["event", "what", "outcome"]
    assert first.split()[:2] == ["1", "a"]
    assert second.split()[:2] == ["2", "b"]
    assert done.stderr == "notice: from number 2 on `ally/term-notes-a` has another rule book\n"
    assert [line["book_changed"] for line in rows(run("decisions", "--ledger", url, "--json"))] == [False, True]


def test_follows_what_is_recorded_from_now_on_until_it_is_stopped(url: str, answer: Callable[..., None]) -> None:
    answer("a", "b")
    command = [*COMMAND, "decisions", "--ledger", url, "--json", "--after", "1", "--follow"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    ) as follower:
        try:
            assert follower.stdout is not None
            assert follower.stderr is not None
            assert json.loads(follower.stdout.readline())["event"]["event_id"] == "b"
            answer("c")
            assert json.loads(follower.stdout.readline())["event"]["event_id"] == "c"
            answer("d", "e")
            assert json.loads(follower.stdout.readline())["event"]["event_id"] == "d"
            assert json.loads(follower.stdout.readline())["event"]["event_id"] == "e"
            follower.send_signal(signal.SIGINT)
            assert follower.wait(120) == 0
            assert (follower.stdout.read(), follower.stderr.read()) == ("", "")
        finally:
            follower.kill()


@pytest.mark.parametrize("after", ["-1", "x", "1.5"])
def test_a_number_that_cannot_be_is_refused(url: str, answer: Callable[..., None], after: str) -> None:
    answer("a")
    done = run("decisions", "--ledger", url, "--after", after)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "--after" in done.stderr


def test_a_ledger_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    done = run("decisions", "--ledger", f"sqlite:///{tmp_path / 'none.db'}", "--follow")
    assert done.exit_code == 2
    assert "there is no ledger at" in done.stderr
    assert list(tmp_path.iterdir()) == []
