from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from .running import ROOT, run

BAD = ROOT / "tests" / "rulebook" / "bad"


def test_the_shipped_book_has_no_faults() -> None:
    result = run("check")
    assert result.exit_code == 0
    assert re.fullmatch(r"no faults: \d+ rule sets, \d+ notes, \d+ calendars\n", result.stdout)


def test_says_what_a_book_holds_and_what_of_it_is_a_draft(tmp_path: Path) -> None:
    for folder in ("ally", "calendars", "standard"):
        shutil.copytree(ROOT / "rules" / folder, tmp_path / folder)
    result = run("check", tmp_path)
    assert result.exit_code == 0
    assert result.stdout == "no faults: 6 rule sets, 2 notes, 4 calendars\n"
    assert "6 of 6 rule sets are drafts, not yet approved:\n  ally/term-notes-a/2015-08-10: 6\n" in result.stderr


@pytest.mark.parametrize("name", ["editions-overlap", "calendar-years", "files-out-of-place"])
def test_every_fault_is_told_with_its_place_and_a_way_out(name: str) -> None:
    result = run("check", BAD / name)
    assert result.exit_code == 1
    assert result.stdout == (BAD / name / "expected.txt").read_text()


def test_its_json_is_a_list_of_faults_in_their_parts() -> None:
    result = run("check", BAD / "editions-overlap", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "file": "acme/notes-a/2018-06-01/withdrawal.yaml",
            "line": 5,
            "column": 20,
            "message": "editions overlap: `acme/notes-a/2015-08-10/withdrawal.yaml` "
            "is for notes issued on 2018-06-01 too",
            "help": "end that one with `notes issued until: 2018-05-31`",
        }
    ]


def test_its_json_is_an_empty_list_where_there_is_no_fault() -> None:
    assert json.loads(run("check", "--json").stdout) == []


def test_tells_of_a_programme_that_no_plugin_declares(tmp_path: Path) -> None:
    (tmp_path / "acme" / "notes-a" / "supplements").mkdir(parents=True)
    assert "declares programme `acme/notes-a`" in run("check", tmp_path).stderr


def test_tells_of_a_folder_that_holds_no_rule_book(tmp_path: Path) -> None:
    assert "the folder holds no rule set and no note" in run("check", tmp_path).stderr
    assert "the folder holds no" not in run("check").stderr


def test_warns_apart_of_what_is_no_fault(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rules", tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    supplement = tmp_path / "ally" / "term-notes-a" / "supplements" / "123.yaml"
    text = supplement.read_text()
    assert text.count("maturity: 2019-12-15") == 1
    moved = "maturity: 2019-12-16\n    last regular date: 2019-12-15\n    inferred: maturity"  # the Monday after
    supplement.write_text(text.replace("maturity: 2019-12-15", moved))
    result = run("check", tmp_path)
    assert result.exit_code == 0
    assert result.stdout.startswith("no faults: ")
    warning = "the maturity printed is 2019-12-15 moved to a business day: interest stops on 2019-12-15"
    told = re.search(
        rf"^warning: ally/term-notes-a/supplements/123.yaml:\d+:\d+: {warning}$", result.stderr, re.MULTILINE
    )
    assert told, result.stderr
    as_json = run("check", tmp_path, "--json")
    assert (as_json.exit_code, json.loads(as_json.stdout)) == (0, [])
    assert "warning: " in as_json.stderr


def test_looks_deep_and_writes_events_that_decide_confirms(tmp_path: Path) -> None:
    result = run("check", "--deep", "--examples", tmp_path, "--seconds", "600")
    assert result.exit_code == 0
    assert "proved for all " in result.stdout
    files = sorted(tmp_path.glob("*-gap.jsonl"))
    assert files
    for file in files:
        assert f"rules-engine decide {file}" in result.stdout
    ally = next(file for file in files if "02006DLF6" in file.read_text())
    assert [json.loads(line)["outcome"] for line in run("decide", ally, "--json").stdout.splitlines()] == ["accepted"]


def test_its_json_has_what_was_found_deep_with_its_events() -> None:
    items = json.loads(run("check", "--deep", "--json", "--seconds", "600").stdout)
    gaps = [item for item in items if item.get("finding") == "gap"]
    assert {"outcome", "events", "rules", "programmes", "imagined", "file", "line"} <= gaps[0].keys()
    assert {item["verdict"] for item in items if "policy" in item} == {"proved"}


def test_deep_findings_fit_the_width_of_a_terminal_but_for_places() -> None:
    lines = run("check", "--deep", "--seconds", "600").stdout.splitlines()
    assert [line for line in lines if len(line) > 80 and not re.match(r"(gap|    help): ", line)] == []
