"""Where the environment says which ledger and which rule book are meant, and no option says otherwise."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.main import get_group

from rules_engine.cli import app
from rules_engine.cli.options import LEDGER_VARIABLE, RULES_VARIABLE

from .running import ROOT, interest, lines, rows, run

BAD = ROOT / "tests" / "rulebook" / "bad" / "editions-overlap"


@pytest.fixture
def events(tmp_path: Path) -> Path:
    file = tmp_path / "events.jsonl"
    file.write_bytes(lines(interest("coupon")))
    return file


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name a ledger in the environment that nobody has made yet."""
    url = f"sqlite:///{tmp_path}/kept.db"
    monkeypatch.setenv(LEDGER_VARIABLE, url)
    return url


def test_the_names_are_those_that_operations_set() -> None:
    assert (LEDGER_VARIABLE, RULES_VARIABLE) == ("RULES_ENGINE_LEDGER", "RULES_ENGINE_RULES")


def test_every_command_takes_its_ledger_and_its_rule_book_from_there() -> None:
    taken = {
        (name, option.envvar)
        for name, command in get_group(app).commands.items()
        for option in command.params
        if option.name in ("ledger", "rules", "folders")
    }
    assert {name for name, variable in taken if variable == LEDGER_VARIABLE} == {
        "compare",
        "deadlines",
        "decide",
        "decide-again",
        "decisions",
        "explain",
        "export",
        "letter",
        "limits",
        "notes",
        "pays",
        "requests",
        "serve",
        "verify",
    }
    assert {name for name, variable in taken if variable == RULES_VARIABLE} >= {"check", "decide", "schedule", "verify"}
    assert {variable for _, variable in taken} == {LEDGER_VARIABLE, RULES_VARIABLE}


def test_the_ledger_named_there_is_written_and_read(events: Path, kept: str) -> None:
    assert run("decide", events).exit_code == 0
    assert run("verify").stdout.startswith("1 entry proves: 1 decided again")
    assert [row["event_id"] for row in rows(run("export"))] == ["coupon"]
    assert run("requests").stdout == "no request is open\n"


def test_an_option_comes_before_it(events: Path, kept: str, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path}/other.db"
    assert run("decide", events, "--ledger", other).exit_code == 0
    assert run("decide", events, "--ledger", "memory:").exit_code == 0
    assert not (tmp_path / "kept.db").exists()
    assert run("verify", "--ledger", other).exit_code == 0


def test_without_either_a_ledger_that_has_to_be_kept_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LEDGER_VARIABLE, "")  # set to nothing is not set
    result = run("verify")
    assert result.exit_code == 2
    assert "Missing option '--ledger' (env var: 'RULES_ENGINE_LEDGER')" in result.stderr


def test_a_ledger_named_there_that_cannot_be_opened_is_told_without_its_password(
    events: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LEDGER_VARIABLE, "mysql://clerk:s3cret@host/ledger")
    result = run("decide", events)
    assert result.exit_code == 2
    assert "no ledger is kept in `mysql`" in result.stderr
    assert "s3cret" not in result.stdout + result.stderr


def test_the_rule_book_named_there_is_the_one_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RULES_VARIABLE, str(BAD))
    result = run("check")
    assert (result.exit_code, result.stdout) == (1, (BAD / "expected.txt").read_text())
    assert run("check", ROOT / "rules").exit_code == 0, "the folder given comes before it"
    assert run("schedule", "02006DLF6").exit_code != 0
    assert run("schedule", "02006DLF6", "--rules", ROOT / "rules").exit_code == 0


def test_several_working_copies_may_be_named_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "ally").mkdir(parents=True)
    monkeypatch.setenv(RULES_VARIABLE, os.pathsep.join(str(tmp_path / name) for name in ("one", "two")))
    result = run("check")
    assert f"two working copies are for `ally`: {tmp_path / 'one'} and {tmp_path / 'two'}" in result.stdout


def test_a_folder_named_there_that_is_none_is_told_with_the_variable(
    events: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(RULES_VARIABLE, str(tmp_path / "nothing"))
    result = run("decide", events)
    assert result.exit_code == 2
    assert "'--rules' (env var: 'RULES_ENGINE_RULES')" in result.stderr
