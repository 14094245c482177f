"""A program is ended at any moment and started again: the ledger comes out as if nothing had happened."""

from __future__ import annotations

import json
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from rules_engine.host import Host
from rules_engine.intake import read_event
from rules_engine.ledger.base import Entry
from rules_engine.ledger.opening import open_ledger
from tests.ledger import answering
from tests.ledger.events import made_up

EVENTS = 1500
SECONDS = 300


@dataclass(frozen=True)
class Run:
    """A file of events, and what an undisturbed run makes of it: lines of receipts, and entries."""

    file: Path
    rules: Path
    lines: list[str]
    entries: list[Entry]

    def start(self, url: str, batch: int, limit: Callable[[], None] | None = None) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", answering.__name__, url, str(self.rules), str(self.file), str(batch)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=limit)


def undisturbed(folder: Path, rules: Path, count: int) -> Run:
    events = made_up(seed=count, count=count)
    file = folder / "events.jsonl"
    file.write_text("".join(json.dumps(event) + "\n" for event in events))
    host = Host.open(rules)
    lines = []
    for event in events:
        decisions = host.answer(read_event(json.dumps(event)))
        lines.append(json.dumps([event["event_id"], *(decision.receipt for decision in decisions)]))
    return Run(file, rules, lines, list(host.ledger.entries()))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, limited: Path) -> Run:
    return undisturbed(tmp_path_factory.mktemp("run"), limited, EVENTS)


def killed(program: subprocess.Popen[str], after_lines: int, then_seconds: float) -> list[str]:
    """End a program once it printed so many lines and so much time went by; give what it printed by then."""
    assert program.stdout is not None
    printed = [program.stdout.readline() for _ in range(after_lines)]
    time.sleep(then_seconds)
    program.send_signal(signal.SIGKILL)
    rest = program.stdout.read()
    program.wait(timeout=SECONDS)
    return ("".join(printed) + rest).split("\n")[:-1]


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
@pytest.mark.parametrize(("batch", "kills"), [(64, 4), (0, 2)])
def test_a_run_killed_again_and_again_ends_as_if_undisturbed(
    store: str, batch: int, kills: int, run: Run, request: pytest.FixtureRequest
) -> None:
    url = str(request.getfixturevalue(f"{store}_url"))
    chance = random.Random(f"{store} {batch}")
    reached = sorted(chance.randrange(1, EVENTS * 9 // 10) for _ in range(kills))
    for lines in reached:
        printed = killed(run.start(url, batch), after_lines=lines, then_seconds=chance.random() / 10)
        assert printed == run.lines[: len(printed)]
        kept = list(open_ledger(url, read_event).entries())
        assert kept == run.entries[: len(kept)]
        assert {json.loads(line)[0] for line in printed} <= {entry.event_id for entry in kept}
    printed_at_last, faults = run.start(url, batch).communicate(timeout=SECONDS)
    assert faults == ""
    assert printed_at_last.splitlines() == run.lines
    assert list(open_ledger(url, read_event).entries()) == run.entries


def test_a_file_that_cannot_grow_is_said_so_and_the_run_goes_on_when_it_can(
    limited: Path, tmp_path: Path, sqlite_url: str
) -> None:
    """The system refuses the program any file above so many bytes, which hits the log before the ledger."""
    run = undisturbed(tmp_path, limited, 1000)
    bytes_at_most = 400 * 1000

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_at_most, bytes_at_most))

    program = run.start(sqlite_url, 64, limit)
    printed, fault = program.communicate(timeout=SECONDS)
    assert program.returncode == 3, fault
    assert "the disk is full" in fault or "cannot be written to" in fault
    assert "then run again" in fault
    kept = list(open_ledger(sqlite_url, read_event).entries())
    assert 0 < len(kept) < len(run.entries)
    assert kept == run.entries[: len(kept)]
    assert printed.splitlines() == run.lines[: len(printed.splitlines())]
    printed, fault = run.start(sqlite_url, 64).communicate(timeout=SECONDS)
    assert (printed.splitlines(), fault) == (run.lines, "")
    assert list(open_ledger(sqlite_url, read_event).entries()) == run.entries
