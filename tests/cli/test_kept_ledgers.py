"""`verify`, `requests` and `export`: the commands about a ledger that is kept."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from .running import ROOT, call, interest, lines, request, rows, run


@pytest.fixture
def kept(tmp_path: Path) -> str:
    """A ledger with an accepted request, one that waits for papers, a call and a coupon."""
    url = f"sqlite:///{tmp_path}/kept.db"
    events = tmp_path / "events.jsonl"
    events.write_bytes(
        lines(
            request("paid"),
            request("waits", documents=["repayment request"]),
            interest("coupon"),
            call("call", noticed="2017-11-15", redeem_on="2017-12-15"),
        )
    )
    assert run("decide", events, "--ledger", url).exit_code == 0
    return url


def test_verify_proves_a_ledger(kept: str) -> None:
    result = run("verify", "--ledger", kept)
    assert result.exit_code == 0
    first, end = result.stdout.splitlines()
    assert first == "4 entries prove: 4 decided again with the same receipts"
    assert result.stderr == ""
    assert end.startswith("  ally/term-notes-a ends at entry 4: sha256:")
    told = json.loads(run("verify", "--ledger", kept, "--json").stdout)
    digest = end.rpartition(" ")[2]
    assert told["heads"] == {"ally/term-notes-a": {"position": 4, "digest": digest}}


def test_verify_names_the_first_entry_that_differs_and_ends_with_1(kept: str) -> None:
    file = sqlite3.connect(kept.removeprefix("sqlite:///"))
    for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        file.execute(f'DROP TRIGGER "{name}"')
    file.execute("UPDATE ledger_entries SET decision = replace(decision, '72.92', '72.93') WHERE event_id = 'paid'")
    file.commit()
    file.close()
    result = run("verify", "--ledger", kept)
    assert result.exit_code == 1
    assert "differs: entry 1 of `ally/term-notes-a` (event `paid`)" in result.stdout
    told = json.loads(run("verify", "--ledger", kept, "--json").stdout)
    assert told["differences"] == [
        {
            "programme": "ally/term-notes-a",
            "position": 1,
            "event_id": "paid",
            "what": "its content does not have its digest",
            "cause": "",
        }
    ]


def test_verify_tells_how_many_decisions_rest_on_rules_changed_since(kept: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(ROOT / "rules" / "ally", copy / "ally")
    shutil.copytree(ROOT / "rules" / "calendars", copy / "calendars")
    for file in (*copy.rglob("2015-08-10/*.yaml"), *copy.rglob("supplements/*.yaml")):
        text = file.read_text()
        file.write_text(text.replace("source: ", "source: Second reading of the ", 1).replace("3.500 %", "3.625 %"))
    usny = copy / "calendars" / "usny.yaml"
    usny.write_text(usny.read_text().replace("2000 to", "2001 to"))
    result = run("verify", "--ledger", kept, "--rules", copy)
    assert result.exit_code == 0
    for what in ("rules", "notes", "calendars"):
        assert f"notice: 4 rest on {what} that this rule book has changed since, or does not have" in result.stderr
    told = json.loads(run("verify", "--ledger", kept, "--rules", copy, "--json").stdout)
    assert told["changed_since"] == {"rules": 4, "notes": 4, "calendars": 4}


@pytest.mark.parametrize("command", ["verify", "requests", "export"])
def test_a_ledger_that_is_not_there_is_refused_and_not_made(command: str, tmp_path: Path) -> None:
    result = run(command, "--ledger", f"sqlite:///{tmp_path}/none.db")
    assert result.exit_code == 2
    assert "there is no ledger at" in result.stderr
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("command", ["verify", "requests", "export", "decide", "explain"])
def test_a_ledger_that_others_may_read_is_mentioned_once_and_left_as_it_is(
    command: str, kept: str, tmp_path: Path
) -> None:
    path = Path(kept.removeprefix("sqlite:///"))
    events = tmp_path / "events.jsonl"
    asked: dict[str, list[str | Path]] = {"decide": [events], "explain": [events, "--event", "paid"]}
    given = asked.get(command, [])
    quiet = run(command, *given, "--ledger", kept)
    assert "others may read" not in quiet.stderr
    path.chmod(0o644)
    told = run(command, *given, "--ledger", kept)
    assert told.stderr.count("notice: others may read or write") == 1
    assert f"`chmod 600 {path}`" in told.stderr
    assert (told.exit_code, told.stdout) == (quiet.exit_code, quiet.stdout)
    assert f"{path.stat().st_mode & 0o777:o}" == "644"


@pytest.mark.parametrize("command", ["verify", "requests", "export"])
def test_a_ledger_has_to_be_named(command: str) -> None:
    assert run(command).exit_code == 2


def test_requests_lists_what_is_open_with_age_what_is_missing_and_the_next_deadline(kept: str) -> None:
    result = run("requests", "--ledger", kept, "--json", "--on", "2017-08-11")
    assert result.exit_code == 0
    paid, waits = rows(result)
    assert (paid["request_id"], paid["deadline"]["on"]) == ("request-paid", "2017-09-15")
    assert (waits["request_id"], waits["state"], waits["days_old"]) == ("request-waits", "pended", 10)
    assert waits["missing"] == [
        "death certificate",
        "signature guarantee",
        "proof of ownership",
        "letters of authority",
    ]
    assert waits["deadline"] == {"on": "2017-08-26", "what": "papers complete by then are repaid on 2017-09-15"}


def test_requests_prints_a_table_for_a_person(kept: str) -> None:
    told = run("requests", "--ledger", kept).stdout.splitlines()
    assert told[0].split() == [
        "request",
        "note",
        "state",
        "received",
        "days",
        "waiting",
        "to",
        "be",
        "paid",
        "missing",
        "next",
    ]
    assert "2017-09-15: repayment is due" in told[1]


def test_requests_says_when_none_is_open(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kept.db"
    run("decide", "-", "--ledger", url, given=lines(interest("coupon")))
    assert run("requests", "--ledger", url).stdout == "no request is open\n"


def test_export_gives_events_that_decide_to_the_same_receipts(kept: str) -> None:
    exported = run("export", "--ledger", kept)
    assert exported.exit_code == 0
    again = rows(run("decide", "-", "--json", given=exported.stdout_bytes))
    first = rows(run("decide", "-", "--json", "--ledger", kept, given=exported.stdout_bytes))
    assert [decision["receipt"] for decision in again] == [decision["receipt"] for decision in first]
    assert len(again) == 4
