"""Faults of ours: no ledger is opened for a faulty book, and what a fault kept back is decided once it is mended."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from rules_engine.acceptance.desk import COMPLETE

from .running import ROOT, call, lines, request, rows, run


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A copy of the rule book, to break and to mend."""
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    return tmp_path / "rules"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/kept.db"


def broken(book: Path, file: str) -> Path:
    """Break a file of a rule book; `mended` puts it right."""
    path = book / file
    path.with_suffix(".kept").write_bytes(path.read_bytes())
    path.write_text(path.read_text(encoding="utf-8") + "\nno such words: here\n", encoding="utf-8")
    return path


def mended(path: Path) -> None:
    path.with_suffix(".kept").replace(path)


def given(tmp_path: Path, *events: dict[str, Any]) -> Path:
    file = tmp_path / "events.jsonl"
    file.write_bytes(lines(*events))
    return file


OPTION = "ally/term-notes-a/2015-08-10/survivors-option.yaml"


def test_a_kept_ledger_is_not_opened_for_a_faulty_book(book: Path, url: str, tmp_path: Path) -> None:
    broken(book, OPTION)
    events = given(tmp_path, request("first"))
    result = run("decide", events, "--ledger", url, "--rules", book)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"{OPTION}:" in result.stderr
    assert "nothing is recorded: mend them, or give --despite-faults" in result.stderr
    assert run("decide", events, "--rules", book).exit_code == 1, "a ledger in memory keeps nothing"


def test_what_a_fault_kept_back_is_decided_as_of_its_own_day(book: Path, url: str, tmp_path: Path) -> None:
    path = broken(book, OPTION)
    events = given(tmp_path, request("first"), request("second", received_on="2017-12-20"))
    result = run("decide", events, "--ledger", url, "--rules", book, "--despite-faults", "--json")
    assert result.exit_code == 1
    assert [each["outcome"] for each in rows(result)] == ["referred", "referred"]

    still = run("decide-again", "--ledger", url, "--rules", book, "--despite-faults")
    assert still.exit_code == 1
    assert "event `first` still waits: The rules on survivors option" in still.stderr

    mended(path)
    result = run("decide-again", "--ledger", url, "--rules", book, "--json")
    assert result.exit_code == 0, result.stderr
    first, second = rows(result)
    assert (first["outcome"], first["event_id"]) == ("accepted", "first#mended")
    assert first["payment"]["due_on"] == "2018-01-15", "the first interest date still to come"
    assert "late" in json.dumps(first["findings"])
    assert second["outcome"] == "accepted"

    again = run("decide-again", "--ledger", url, "--rules", book)
    assert (again.exit_code, again.stderr) == (0, "0 answers\n")
    assert run("verify", "--ledger", url).exit_code == 0


def test_what_came_before_its_note_is_made_again_under_it_with_its_papers(book: Path, url: str, tmp_path: Path) -> None:
    supplement = book / "ally/term-notes-a/supplements/123.yaml"
    kept = supplement.read_bytes()
    supplement.unlink()
    papers = {
        "type": "documents_received",
        "event_id": "papers",
        "request_id": "request-first",
        "received_on": "2017-08-10",
        "documents": ["death certificate"],
    }
    events = given(
        tmp_path,
        request("first", documents=[each for each in COMPLETE["documents"] if each != "death certificate"]),
        papers,
        call("call", noticed="2017-11-15", redeem_on="2017-12-15"),
    )
    result = run("decide", events, "--ledger", url, "--rules", book, "--json")
    assert {each["outcome"] for each in rows(result)} == {"referred"}
    assert {each["programme"] for each in rows(result)} == {""}

    supplement.write_bytes(kept)
    result = run("decide-again", "--ledger", url, "--rules", book, "--on", "2017-12-01", "--json")
    assert result.exit_code == 0, result.stderr
    assert [(each["event_id"], each["outcome"], each["programme"]) for each in rows(result)] == [
        ("first#mended", "pended", "ally/term-notes-a"),
        ("papers#mended", "accepted", "ally/term-notes-a"),
        ("call#mended", "accepted", "ally/term-notes-a"),
    ]
    listed = rows(run("requests", "--ledger", url, "--rules", book, "--json"))
    assert [(each["programme"], each["request_id"]) for each in listed] == [("ally/term-notes-a", "request-first")]
    again = run("decide-again", "--ledger", url, "--rules", book)
    assert again.stderr == "0 answers\n"
    assert run("verify", "--ledger", url).stdout.startswith("6 entries prove: 3 decided again")


def test_a_ledger_that_is_not_there_is_not_made(url: str, tmp_path: Path) -> None:
    result = run("decide-again", "--ledger", url)
    assert result.exit_code == 2
    assert not list(tmp_path.glob("*.db"))


def test_two_rule_books_in_one_ledger_are_told_at_once_and_pin_refuses(book: Path, url: str, tmp_path: Path) -> None:
    option = book / "standard" / "survivors-option.yaml"
    assert run("decide", given(tmp_path, request("first")), "--ledger", url).exit_code == 0
    option.write_text(option.read_text(encoding="utf-8").replace("12 months", "13 months"), encoding="utf-8")
    other = given(tmp_path, request("second"), request("third"))

    refused = run("decide", other, "--ledger", url, "--rules", book, "--pin")
    assert refused.exit_code == 2
    assert "the last answer of `ally/term-notes-a` is by another rule book (sha256:" in refused.stderr
    assert refused.stdout.count("\n") == 1, "only the heading"

    told = run("decide", other, "--ledger", url, "--rules", book)
    assert told.exit_code == 0
    assert told.stderr.count("is by another rule book") == 1
    assert run("decide", other, "--ledger", url, "--rules", book, "--pin").exit_code == 0, "pinned to the new one"


def test_the_same_book_is_not_told_of(url: str, tmp_path: Path) -> None:
    run("decide", given(tmp_path, request("first")), "--ledger", url)
    result = run("decide", given(tmp_path, request("second")), "--ledger", url, "--pin")
    assert (result.exit_code, "rule book" in result.stderr) == (0, False)
