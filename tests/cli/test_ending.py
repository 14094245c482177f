from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from .running import COMMAND, environment, interest, lines, run, run_apart

ENTIRELY_WRONG = [
    ["decide"],
    ["decide", "no-such-file.jsonl"],
    ["decide", "."],
    ["decide", "-", "--rules", "no-such-folder"],
    ["decide", "-", "--ledger", "mysql://somewhere"],
    ["decide", "-", "--ledger", "ledger.sqlite"],
    ["decide", "-", "--ledger", "sqlite:///no-such-folder/ledger.sqlite"],
    ["decide", "-", "--jason"],
    ["explain", "-"],
    ["explain", "-", "--event", "a"],
    ["schedule", "02006DLF7"],
    ["schedule", "02006DLF6", "--rules", "no-such-folder"],
    ["check", "no-such-folder"],
    ["decided"],
    ["words", "more"],
]


@pytest.mark.parametrize("arguments", ENTIRELY_WRONG, ids=" ".join)
def test_a_wrong_command_ends_with_2_and_a_sentence(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


def test_a_wrong_command_is_told_without_a_traceback() -> None:
    done = run_apart("decide", "-", "--ledger", "mysql://somewhere")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("rules-engine: ")


def test_an_answer_is_there_before_the_next_event_is() -> None:
    with subprocess.Popen(
        [*COMMAND, "decide", "-", "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()
    ) as running:
        assert running.stdin
        assert running.stdout
        for name in ("a", "b"):
            running.stdin.write(lines(interest(name)))
            running.stdin.flush()
            assert f'"event_id": "{name}"'.encode() in running.stdout.readline()
        running.stdin.close()
        assert running.wait() == 0


def test_a_reader_who_leaves_ends_the_run_quietly(tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    events.write_bytes(lines(*(interest(f"event-{number}") for number in range(2000))))
    with subprocess.Popen(
        [*COMMAND, "decide", str(events), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""


def test_an_id_that_a_terminal_cannot_show_is_written_all_the_same() -> None:
    done = subprocess.run(
        [*COMMAND, "decide", "-"],
        input=lines(interest("Zahlung-für-√")),
        capture_output=True,
        check=False,
        env={**environment(), "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 0
    assert b"Zahlung-f\\xfcr-\\u221a" in done.stdout


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    (tmp_path / "events.jsonl").write_bytes(lines(*(interest(f"event-{number}") for number in range(50))))
    result = run("decide", "-", "--ledger", f"sqlite:///{tmp_path / 'events.jsonl'}", given=lines(interest("a")))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("rules-engine: ")


def test_a_ledger_in_memory_does_without_a_database() -> None:
    listing = "import sys; from rules_engine.cli import app; app(standalone_mode=False); print(sorted(sys.modules))"
    done = subprocess.run(
        [COMMAND[0], "-c", listing, "decide", "-", "--json"],
        input=lines(interest("a")),
        capture_output=True,
        check=True,
        env=environment(),
    )
    answer, modules = done.stdout.decode().splitlines()
    assert '"event_id": "a"' in answer
    assert "'rules_engine.host'" in modules
    assert "'sqlalchemy'" not in modules


def test_tells_its_version() -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("rules-engine 0.")


@pytest.mark.parametrize("command", ["decide", "schedule", "check", "words", "explain", "plugins", "demo"])
def test_help_shows_an_example_of_each_command(command: str) -> None:
    assert command in run("--help").stdout
    assert f"Example: rules-engine {command}" in run(command, "--help").stdout
