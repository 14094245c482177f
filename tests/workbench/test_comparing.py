"""What an edit changes, on a history whose answers before and after can be worked out by hand.

The issuer applies its annual limit of $2,000,000 in 2018. R-1 asks for $1,900,000 and is accepted; R-2 asks for
$300,000 and finds $100,000 left; R-3 asks for $50,000, and nothing is left. R-1 held its notes for six months and a
half.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from rules_engine.host import Host, shipped_rules
from rules_engine.model.events import Event
from rules_engine.workbench.comparing import beside
from rules_engine.workbench.comparing.impact import How, compare_history
from rules_engine.workbench.comparing.meaning import changes
from rules_engine.workbench.comparing.page import page
from tests.cli.running import call, request, run
from tests.shipped import shipped

OPTION = "ally/term-notes-a/2015-08-10/survivors-option.yaml"
SEVEN_MONTHS = "terms:\n  holding period:\n    value: 7 months\n    cite: Survivor's Option, para. 2\n"
PROGRAMME = "ally/term-notes-a"


def _history() -> list[dict[str, Any]]:
    elected = {"type": "limits_elected", "event_id": "limits", "programme": PROGRAMME, "year": 2018, "annual": True}
    reported = {"type": "outstanding_reported", "event_id": "report", "programme": PROGRAMME, "as_of": "2017-12-31"}
    asked = {"acquired_on": "2016-12-01", "occurred_on": "2018-01-05"}
    return [
        {**elected, "individual": False, "received_on": "2018-01-02"},
        {**reported, "principal": "50000000.00", "received_on": "2018-01-02"},
        request("1", received_on="2018-02-01", principal="1900000.00", **{**asked, "acquired_on": "2017-07-15"}),
        request("2", received_on="2018-02-02", principal="300000.00", **asked),
        request("3", received_on="2018-02-05", principal="50000.00", **asked),
        request("4", received_on="2018-02-06", principal="1000.00", **asked),
    ]


def _events(host: Host, history: list[dict[str, Any]]) -> list[Event]:
    return [host.read_event(json.dumps(event)) for event in history]


def _copy(root: Path, text: str = "", *, file: str = OPTION, edit: tuple[str, str] = ("", "")) -> Path:
    shutil.copytree(shipped_rules() / "ally", root / "ally")
    path = root / file
    path.write_text(f"{path.read_text().replace(*edit, 1) if edit[0] else path.read_text()}{text}")
    return root


def _opened(root: Path) -> Host:
    return Host.open(root, with_durable=False)


@pytest.mark.parametrize("in_two_processes", [False, True])
def test_tells_who_is_behind_whom(in_two_processes: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "WORTH_A_PROCESS", 0 if in_two_processes else 1_000_000)
    before, after = shipped(with_durable=False), _opened(_copy(tmp_path, SEVEN_MONTHS))
    impact = compare_history(before, after, _events(before, _history()))
    assert impact.events == impact.decided == 6
    rows = {row.name: row for row in impact.changed}
    assert {name: row.how for name, row in rows.items()} == {
        "request-1": How.DIRECTLY,
        "request-2": How.BEHIND,
        "request-3": How.BEHIND,
        "request-4": How.BEHIND,
    }
    assert rows["request-2"].cause == "fits because request-1 no longer takes its room"
    accepted = {name: (row.before.accepted, row.after.accepted) for name, row in rows.items()}
    assert accepted == {
        "request-1": (190_000_000, 0),
        "request-2": (10_000_000, 30_000_000),
        "request-3": (0, 5_000_000),
        "request-4": (0, 100_000),
    }
    assert (rows["request-2"].before.waiting, rows["request-2"].after.waiting) == (20_000_000, 0)
    assert impact.dollars == {(PROGRAMME, 2018): (200_000_000, 35_100_000)}


def test_what_is_found_the_other_way_round_says_who_takes_the_room(tmp_path: Path) -> None:
    stricter, shorter = _opened(_copy(tmp_path, SEVEN_MONTHS)), shipped(with_durable=False)
    impact = compare_history(stricter, shorter, _events(shorter, _history()))
    (second,) = [row for row in impact.changed if row.name == "request-2"]
    assert second.cause == "no longer fits because request-1 takes $1,900,000 more"


def test_a_limit_that_is_lowered_changes_directly_and_those_behind_it(tmp_path: Path) -> None:
    lower = "terms:\n  annual limit amount:\n    value: $500,000\n    cite: Survivor's Option, limits\n"
    root = _copy(tmp_path, lower + "  annual limit percentage:\n    value: 2 %\n    cite: Survivor's Option, limits\n")
    before, after = shipped(with_durable=False), _opened(root)
    impact = compare_history(before, after, _events(before, _history()))
    (first,) = [row for row in impact.changed if row.name == "request-1"]
    assert (first.how, first.before.accepted, first.after.accepted) == (How.DIRECTLY, 190_000_000, 100_000_000)


def test_another_sentence_changes_the_reason_only(tmp_path: Path) -> None:
    sentence = """
rules:
  - rule: nobody with authority
    when:
      representative: one of guardian, none
    then: reject
    because: Nobody who may act for the deceased has asked.
    cite: Survivor's option, authorized representative
"""
    before, after = shipped(with_durable=False), _opened(_copy(tmp_path, sentence))
    history = [request("1"), request("2", representative="none")]
    impact = compare_history(before, after, _events(before, history))
    assert [(row.name, row.how) for row in impact.changed] == [("request-2", How.REASON)]


def test_a_supplement_and_a_calendar_change_what_is_paid(tmp_path: Path) -> None:
    edit = ("    minimum: 30 days", "    minimum: 60 days")
    root = _copy(tmp_path, file="ally/term-notes-a/supplements/123.yaml", edit=edit)
    (root / "calendars").mkdir()
    usny = (shipped_rules() / "calendars" / "usny.yaml").read_text()
    closed = "years covered: 2000 to 2060\nclosures:\n  - date: 2017-09-15\n    because: To try it\n"
    edited = usny.replace("years covered: 2000 to 2060\n", closed)
    assert edited != usny
    (root / "calendars" / "usny.yaml").write_text(edited)
    before, after = shipped(with_durable=False), _opened(root)
    said = [str(change) for change in changes(before, after)]
    assert "days closed of calendar USNY 2017-09-15 added" in said
    assert any(each.startswith("redemption of 02006DLF6 ") for each in said)
    history = [request("1"), call("2", noticed="2018-05-01", redeem_on="2018-06-15")]  # 45 days of notice
    impact = compare_history(before, after, _events(before, history))
    rows = {row.name: row for row in impact.changed}
    assert (rows["notice-2"].how, rows["notice-2"].before.outcome) == (How.DIRECTLY, "accepted")
    assert rows["notice-2"].after.outcome == "rejected"
    assert (rows["request-1"].before.pays_on, rows["request-1"].after.pays_on) == ("2017-09-15", "2017-09-18")


def test_programmes_that_both_books_answer_alike_are_not_decided(tmp_path: Path) -> None:
    before, after = shipped(with_durable=False), _opened(_copy(tmp_path))
    impact = compare_history(before, after, _events(before, _history()))
    assert (impact.events, impact.decided, impact.changed) == (6, 0, [])
    assert changes(before, after) == ()


def test_says_in_meaning_what_the_lines_of_a_file_say(tmp_path: Path) -> None:
    before, after = shipped(with_durable=False), _opened(_copy(tmp_path, SEVEN_MONTHS))
    assert [str(change) for change in changes(before, after)] == [
        "holding period 6 months to 7 months, notes issued from 2015-08-10, survivors option, ally/term-notes-a"
    ]


def _written(path: Path, history: list[dict[str, Any]]) -> Path:
    path.write_text("".join(f"{json.dumps(event)}\n" for event in history))
    return path


def test_the_command_reads_a_file_and_a_ledger_and_writes_a_page(tmp_path: Path) -> None:
    copy = _copy(tmp_path / "mine", SEVEN_MONTHS)
    events = _written(tmp_path / "events.jsonl", _history())
    ledger = f"sqlite:///{tmp_path / 'ledger.db'}"
    assert run("decide", events, "--ledger", ledger).exit_code == 0
    html = tmp_path / "impact.html"
    by_file = run("compare", copy, "--events", events)
    by_ledger = run("compare", copy, "--ledger", ledger, "--html", html)
    assert (by_file.exit_code, by_ledger.exit_code) == (0, 0)
    assert by_file.stdout == by_ledger.stdout
    assert "fits because request-1 no longer takes its room" in by_file.stdout
    assert [line for line in by_file.stdout.splitlines() if len(line) > 80] == []
    text = html.read_text()
    assert "<svg" in text
    assert "http" not in text.replace("http-equiv", "")
    assert "request-2" in text


def test_its_json_has_money_as_text_and_all_rows(tmp_path: Path) -> None:
    copy = _copy(tmp_path / "mine", SEVEN_MONTHS)
    result = run("compare", copy, "--events", _written(tmp_path / "events.jsonl", _history()), "--json")
    found = json.loads(result.stdout)
    assert found["accepted"] == [{"programme": PROGRAMME, "year": 2018, "before": "2000000.00", "after": "351000.00"}]
    assert [row["how"] for row in found["changed"]] == ["directly", "behind others", "behind others", "behind others"]
    assert found["meaning"][0]["what"] == "holding period"


def test_two_working_copies_are_compared_with_each_other(tmp_path: Path) -> None:
    one, other = _copy(tmp_path / "one"), _copy(tmp_path / "other", SEVEN_MONTHS)
    assert "holding period 6 months to 7 months" in run("compare", one, other).stdout
    assert "holding period 7 months to 6 months" in run("compare", other, one).stdout


def test_a_line_that_cannot_be_read_is_told_and_the_run_goes_on(tmp_path: Path) -> None:
    copy = _copy(tmp_path / "mine", SEVEN_MONTHS)
    file = _written(tmp_path / "events.jsonl", _history())
    file.write_text("{}\n" + file.read_text())
    result = run("compare", copy, "--events", file)
    assert result.exit_code == 1
    assert "not read: a line: " in result.stdout
    assert "behind others: 3" in result.stdout


def test_what_is_written_into_a_page_is_text() -> None:
    assert "<script>" not in page("<script>alert(1)</script>", (), None)
