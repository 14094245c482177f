from __future__ import annotations

import io
import os
import pty
import re
import subprocess
from pathlib import Path

import pytest
from rich.console import Console

from rules_engine.cli.answers import TerminalRows
from rules_engine.cli.progress import shown
from rules_engine.errors import FieldFault
from rules_engine.intake import read_event
from tests.shipped import shipped

from .running import COMMAND, environment, lines, request

REJECTED = lines(request("a-rather-long-event-id", acquired_on="2017-02-02"))
REASON = "The notes were held 5 months before the request; 6 months are needed."


def on_a_terminal(width: int) -> tuple[TerminalRows, io.StringIO]:
    shows = io.StringIO()
    return TerminalRows(Console(file=shows, force_terminal=True, width=width, color_system="standard")), shows


@pytest.mark.parametrize("width", [60, 80, 119, 120, 200])
def test_a_row_fits_the_terminal_and_says_everything(width: int) -> None:
    to, shows = on_a_terminal(width)
    (decision,) = shipped().answer(read_event(REJECTED))
    to.decision(decision)
    plain = Console(file=io.StringIO(), width=width)
    told = [plain.render_str(line).plain for line in _without_colour(shows.getvalue()).splitlines()]
    assert all(len(line) <= width for line in told)
    together = "".join("".join(told).split())
    assert "rejected" in together
    for word in REASON.split():
        assert word in together


def test_outcomes_are_coloured() -> None:
    to, shows = on_a_terminal(120)
    (decision,) = shipped().answer(read_event(REJECTED))
    to.decision(decision)
    assert "\x1b[31mrejected" in shows.getvalue()


def test_brackets_in_an_event_are_text_and_not_layout() -> None:
    to, shows = on_a_terminal(120)
    to.fault(3, [FieldFault(field="type", message="unknown event type `[bold]x[/bold]`")])
    assert "[bold]x[/bold]" in shows.getvalue()


def test_a_terminal_gets_colour_and_a_heading(tmp_path: Path) -> None:
    (tmp_path / "events.jsonl").write_bytes(REJECTED)
    ours, theirs = pty.openpty()
    environ = {**environment(), "TERM": "xterm-256color", "COLUMNS": "140"}
    environ.pop("NO_COLOR", None)
    subprocess.run(
        [*COMMAND, "decide", str(tmp_path / "events.jsonl")],
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        check=True,
        env=environ,
    )
    os.close(theirs)
    told = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "\x1b[31mrejected" in told
    assert "outcome" in told


def test_a_long_run_shows_how_far_it_has_come() -> None:
    watching = io.StringIO()
    console = Console(file=watching, force_terminal=True, width=80)
    passed = list(shown([b"four", b"more"], size=8, console=console, patience=0))
    assert passed == [b"four", b"more"]
    assert "answering" in watching.getvalue()


def test_a_short_run_shows_nothing() -> None:
    watching = io.StringIO()
    console = Console(file=watching, force_terminal=True, width=80)
    assert list(shown([b"four", b"more"], size=8, console=console)) == [b"four", b"more"]
    assert watching.getvalue() == ""


def _without_colour(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", text)
