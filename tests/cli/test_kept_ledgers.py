"""`verify`, `requests` and `export`: the commands about a ledger that is kept."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.ledger.laid_plainly import lay_plainly

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
    lay_plainly(file)
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
    assert waits["deadline"] == {
        "on": "2017-08-26",
        "what": "papers complete by then are repaid on 2017-09-15",
        "papers": True,
    }


def test_requests_prints_a_table_for_a_person(kept: str) -> None:
    told = run("requests", "--ledger", kept).stdout
    heading, _, programme, first, *_ = told.splitlines()
    assert heading.split() == ["request", "note", "state", "days", "waiting", "to", "be", "paid", "next"]
    assert programme == "ally/term-notes-a"
    # twenty days after 1 August, the next interest date is 15 September; the call of 15 November came 106 days later
    assert first.split() == ["request-paid", "02006DLF6", "accepted", "106", "$25,000", "2017-09-15"]
    assert "\n    repayment 2017-09-15: $25,000 to pay, OVERDUE\n" in told
    assert "\n    missing: death certificate, signature guarantee, proof of ownership, letters\n" in told


LISTS = ("requests", "pays", "limits", "notes", "deadlines")


@pytest.mark.parametrize("command", LISTS)
def test_a_list_of_the_desk_fits_80_columns_and_has_the_same_rows_in_each_form(command: str, kept: str) -> None:
    more = ("--programme", "ally/term-notes-a")
    told = run(command, "--ledger", kept, *more).stdout
    assert told
    assert max(map(len, told.splitlines())) <= 80
    written = [row for row in rows(run(command, "--ledger", kept, *more, "--json")) if "may_be_due" not in row]
    table = list(csv.DictReader(io.StringIO(run(command, "--ledger", kept, *more, "--csv").stdout)))
    assert len(written) == len(table) > 0
    assert list(written[0]) == list(table[0])


@pytest.mark.parametrize("command", LISTS)
def test_a_list_in_two_forms_at_once_is_refused(command: str, kept: str) -> None:
    assert run(command, "--ledger", kept, "--json", "--csv").exit_code == 2


def test_a_spreadsheet_works_nothing_out_of_an_id(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kept.db"
    run("decide", "-", "--ledger", url, given=lines(request("a", request_id="=1+1", owner_ref="@o")))
    (row,) = csv.DictReader(io.StringIO(run("requests", "--ledger", url, "--csv").stdout))
    assert (row["request_id"], row["owner_ref"]) == ("'=1+1", "'@o")


def test_explain_tells_why_a_request_stands_as_it_does_whatever_event_brought_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kept.db"
    papers = {
        "type": "documents_received",
        "event_id": "papers",
        "received_on": "2017-08-20",
        "request_id": "request-a",
        "documents": ["death certificate", "signature guarantee", "proof of ownership", "letters of authority"],
    }
    run("decide", "-", "--ledger", url, given=lines(request("a", documents=["repayment request"]), papers))
    told = run("explain", "--request", "request-a", "--ledger", url).stdout
    assert told.startswith("event papers: documents request-a, received 2017-08-20\noutcome: accepted")
    assert run("explain", "--request", "request-b", "--ledger", url).exit_code == 2
    assert run("explain", "--request", "request-a").exit_code == 2
    assert run("explain", "--ledger", url).exit_code == 2


def test_letter_writes_the_letter_in_each_form(kept: str) -> None:
    told = run("letter", "request-paid", "--ledger", kept)
    assert told.exit_code == 0
    assert "$25,000 of principal will be paid on Friday, 15 September 2017." in told.stdout
    assert "notice: provisional, not to be sent" in told.stderr
    assert run("letter", "request-paid", "--ledger", kept, "--html").stdout.startswith("<!DOCTYPE html>")
    (written,) = rows(run("letter", "request-paid", "--ledger", kept, "--json"))
    assert (written["kind"], written["provisional"], written["accepted"]) == ("accepted", True, "25000.00")
    assert written["text"] == told.stdout
    assert run("letter", "no-such", "--ledger", kept).exit_code == 2


def test_deadlines_are_written_as_a_calendar_file(kept: str, tmp_path: Path) -> None:
    file = tmp_path / "deadlines.ics"
    result = run("deadlines", "--ledger", kept, "--ics", file)
    assert (result.exit_code, result.stdout) == (0, "")
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert run("deadlines", "--from", "2017-11-01").exit_code == 0
    assert run("deadlines").exit_code == 2


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
