from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

from .running import ROOT, call, interest, lines, request, rows, run

PROGRAMME = "ally/term-notes-a"


@pytest.fixture
def faulty_book(tmp_path: Path) -> Path:
    """The shipped book with a slip in the terms of one programme's survivor's option."""
    book = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", book)
    file = book / PROGRAMME / "2015-08-10" / "survivors-option.yaml"
    file.write_text(file.read_text() + "terms:\n  - cite: Holding period\n    holding perriod: 6 months\n")
    return book


def test_answers_every_event_in_order_one_a_line() -> None:
    given = lines(interest("a"), request("b"), call("c", noticed="2017-11-15", redeem_on="2017-12-15"))
    result = run("decide", "-", "--json", given=given)
    assert [decision["event_id"] for decision in rows(result)] == ["a", "b", "c"]
    assert result.exit_code == 0


def test_reads_a_file(tmp_path: Path) -> None:
    (tmp_path / "events.jsonl").write_bytes(lines(interest("a")))
    result = run("decide", tmp_path / "events.jsonl", "--json")
    assert [decision["event_id"] for decision in rows(result)] == ["a"]


def test_a_rejection_is_an_answer() -> None:
    result = run("decide", "-", "--json", given=lines(request("a", representative="none")))
    assert [decision["outcome"] for decision in rows(result)] == ["rejected"]
    assert result.exit_code == 0


def test_answers_a_last_line_that_no_line_break_ends() -> None:
    assert len(rows(run("decide", "-", "--json", given=lines(interest("a"), interest("b"))[:-1]))) == 2


def test_has_nothing_to_say_to_an_empty_file() -> None:
    result = run("decide", "-", "--json")
    assert (result.stdout, result.exit_code) == ("", 0)


def test_puts_the_fault_of_a_line_in_its_place_and_goes_on() -> None:
    given = lines(interest("a"), interest("b", principal=1000), interest("c"))
    result = run("decide", "-", "--json", given=given)
    first, fault, last = rows(result)
    assert (first["event_id"], last["event_id"]) == ("a", "c")
    assert fault.keys() == {"line", "error"}
    assert (fault["line"], fault["error"]["field"]) == (2, "principal")
    assert "quotes" in fault["error"]["message"]
    assert result.exit_code == 1


def test_lists_every_fault_of_a_line_the_first_one_leading() -> None:
    given = lines(interest("a", cusip="02006DLF7", kind="coupon"))
    (fault,) = rows(run("decide", "-", "--json", given=given))
    assert [each["field"] for each in fault["errors"]] == ["cusip", "kind"]
    assert fault["error"] == fault["errors"][0]


@pytest.mark.parametrize("line", ["", "   ", "nonsense", "[]", '{"type": "payment_due"', "\ufeff{}", "null"])
def test_answers_a_line_that_is_no_event_at_all(line: str) -> None:
    result = run("decide", "-", "--json", given=lines(interest("a"), line, interest("b")))
    told = rows(result)
    assert [each.get("line") for each in told] == [None, 2, None]
    assert told[1]["error"]["field"] == ""
    assert result.exit_code == 1


def test_answers_a_line_that_is_not_text() -> None:
    result = run("decide", "-", "--json", given=b"\xff\xfe\n" + lines(interest("a")))
    assert [each.get("line") for each in rows(result)] == [1, None]


def test_the_same_event_again_gets_the_same_line() -> None:
    given = lines(request("a"), interest("b"), request("a"))
    first, _, again = run("decide", "-", "--json", given=given).stdout.splitlines()
    assert first == again


def test_the_same_event_id_with_other_content_names_both_contents() -> None:
    events = (interest("a"), interest("a", principal="2000.00"))
    result = run("decide", "-", "--json", given=lines(*events))
    fault = rows(result)[1]
    assert fault["error"]["field"] == "event_id"
    for event in events:
        content = json.dumps(event, sort_keys=True, separators=(",", ":"))
        assert f"sha256:{hashlib.sha256(content.encode()).hexdigest()}" in fault["error"]["message"]
    assert result.exit_code == 1


def test_a_ledger_remembers_what_was_answered(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    given = lines(request("a"), interest("b"))
    first = run("decide", "-", "--json", "--ledger", url, given=given)
    again = run("decide", "-", "--json", "--ledger", url, given=given)
    assert first.stdout == again.stdout
    later = run("decide", "-", "--json", "--ledger", url, given=lines(interest("c")))
    assert rows(later)[0]["standing_at"] == 2


def test_an_event_that_decides_others_again_has_a_line_for_each() -> None:
    elected = {
        "type": "limits_elected",
        "event_id": "limits",
        "received_on": "2017-01-02",
        "programme": PROGRAMME,
        "year": 2017,
        "annual": False,
        "individual": True,
    }
    again = elected | {"event_id": "limits again", "year": 2018}
    opened = {
        "type": "year_opened",
        "event_id": "year",
        "received_on": "2018-01-02",
        "programme": PROGRAMME,
        "year": 2018,
    }
    given = lines(elected, again, request("a", principal="300000.00"), opened)
    told = rows(run("decide", "-", "--json", given=given))
    assert [(each["event_id"], each["outcome"]) for each in told] == [
        ("limits", "recorded"),
        ("limits again", "recorded"),
        ("a", "accepted"),
        ("year", "recorded"),
        ("year", "accepted"),
    ]
    # $250,000 is the individual limit of a year; what is above it waits for the next
    assert [(each["accepted"], each["carried_over"]) for each in told if each["type"] != "limits_elected"] == [
        ("250000.00", "50000.00"),
        (None, None),
        ("50000.00", "0.00"),
    ]


def test_plain_text_has_no_colour_and_cuts_nothing_off() -> None:
    name = "e" * 200
    given = lines(interest(name), request("tenants", registration="tenants in common", co_owner_is_spouse=False))
    result = run("decide", "-", given=given)
    assert name in result.stdout
    assert "`deceased_share` is missing: whether the rule applies is not known yet." in result.stdout
    assert not re.search(r"[\x1b\u2500-\u257f]|\.\.\.|\u2026", result.stdout)


def test_plain_text_is_aligned() -> None:
    result = run("decide", "-", given=lines(interest("a"), interest("b")))
    heading, *answers = result.stdout.splitlines()[:3]
    assert all(answer.index("2017-01-17") == heading.index("pays on") for answer in answers)
    assert all(answer.index("payment due 02006DLF6") == heading.index("what") for answer in answers)
    assert all(answer.index("$4.28") + len("$4.28") == heading.index("pays ") + len("pays") for answer in answers)


def test_tells_a_person_by_how_little_a_request_failed() -> None:
    given = lines(request("early", received_on="2017-05-31", occurred_on="2017-03-10", held_in="estate account"))
    assert "6 months are needed. (Short by 1 day.)" in run("decide", "-", given=given).stdout


def test_tells_a_person_every_fault_of_a_line() -> None:
    result = run("decide", "-", given=lines(interest("a"), interest("b", kind="coupon", due_on="2017-02-30")))
    (told,) = [line for line in result.stdout.splitlines() if line.startswith("line 2")]
    assert "kind:" in told
    assert "due_on: `2017-02-30` is not a day of the calendar" in told


def test_sums_up_on_standard_error_and_says_once_what_is_provisional() -> None:
    given = lines(interest("a"), interest("b"), request("c", representative="none"), "nonsense")
    result = run("decide", "-", given=given)
    assert result.stderr.splitlines()[-1] == "3 answers: 2 accepted, 1 rejected; 1 line faulty"
    assert result.stdout.count("provisional: rests on drafts") == 1


def test_for_programs_there_is_nothing_but_answers() -> None:
    result = run("decide", "-", "--json", given=lines(interest("a")))
    assert result.stderr == ""
    assert len(result.stdout.splitlines()) == 1


def test_a_faulty_rule_file_is_told_and_only_its_cases_are_referred(faulty_book: Path) -> None:
    given = lines(interest("a"), request("b"))
    result = run("decide", "-", "--json", "--rules", faulty_book, given=given)
    assert [decision["outcome"] for decision in rows(result)] == ["accepted", "referred"]
    assert f"{PROGRAMME}/2015-08-10/survivors-option.yaml:" in result.stderr
    assert re.search(r"survivors-option\.yaml:6:5: .*`holding perriod`.*\n +help: did you mean", result.stderr)
    assert result.exit_code == 1


def test_a_note_in_no_rule_book_is_referred_and_not_a_fault() -> None:
    result = run("decide", "-", "--json", given=lines(request("a", cusip="912828YK0")))
    assert [decision["outcome"] for decision in rows(result)] == ["referred"]
    assert result.exit_code == 0
