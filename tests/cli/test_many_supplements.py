"""Sheets by the folder, a working copy they are added to, and a person's look at what is doubtful."""

from __future__ import annotations

import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from rules_engine.cli.sheet_review import review
from rules_engine.host import Host
from rules_engine.supplements import ReadSupplement, read_supplement_text

from .running import ROOT, rows, run

SEED = ROOT / "tests" / "supplements" / "texts" / "000_7cfa1e8d39dac1c8.txt"
NEXT = {"02006DLF6": "02006DLH2", "02006DLG4": "02006DLJ8", "Supplement No. 123": "Supplement No. 124"}


def next_sheet(**changes: str) -> bytes:
    """The supplement after the shipped one: the same terms under CUSIPs and a number of its own."""
    text = SEED.read_text()
    for old, new in {**NEXT, **changes}.items():
        text = text.replace(old, new)
    return text.encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sheets = tmp_path / "sheets"
    (sheets / "june").mkdir(parents=True)
    (sheets / "124.txt").write_bytes(next_sheet())
    (sheets / "june" / "125.html").write_bytes(next_sheet(**{"4.28": "4.29"}))
    (sheets / "letter.txt").write_text("Dear investor,\n")
    (sheets / "notes.md").write_text("to do\n")
    (sheets / ".draft.txt").write_text("to do\n")
    return sheets


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A working copy of the rule book."""
    root = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return root


def test_a_folder_is_read_a_line_each_with_a_summary_by_reason(folder: Path) -> None:
    result = run("read-supplement", folder)
    assert result.exit_code == 1
    ready, to_look_at, unread = result.stdout.splitlines()
    assert ready == f"{folder}/124.txt: ready (02006DLH2, 02006DLJ8)"
    assert to_look_at.startswith(
        f"{folder}/june/125.html: to look at (02006DLH2, 02006DLJ8): `first coupon amount`: ..."
    )
    assert unread.startswith(f"{folder}/letter.txt: unread: no note is found")
    left, counts, *reasons = result.stderr.splitlines()
    assert left == f"{folder}: 1 file is not read (notes.md): only .txt, .htm, .html, .pdf, .xml are"
    assert counts == "1 ready, 1 to look at, 1 unread"
    assert len(reasons) == 2
    assert "    1  `first coupon amount`: ... is printed, but ... comes out from ... on ..." in result.stderr


def test_a_run_goes_on_with_what_is_not_read_yet(folder: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    first = run("read-supplement", folder, "--into", shelf)
    (kept,) = shelf.glob("124-*.yaml")
    assert kept.read_text().startswith("supplement: Pricing Supplement No. 124")
    kept.write_text("filled in by hand")
    journal = (shelf / "read.jsonl").read_text()
    again = run("read-supplement", folder, "--into", shelf)
    assert again.stdout == first.stdout
    assert (kept.read_text(), (shelf / "read.jsonl").read_text()) == ("filled in by hand", journal)
    (folder / "124.txt").write_bytes(next_sheet(**{"12/15/2021": "12/15/2022"}))
    run("read-supplement", folder, "--into", shelf)
    assert "maturity: 2022-12-15" in kept.read_text()


def test_a_line_that_a_stopped_run_did_not_finish_is_read_again(folder: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    whole = run("read-supplement", folder, "--into", shelf).stdout
    journal = shelf / "read.jsonl"
    journal.write_text(journal.read_text()[:-40])
    assert run("read-supplement", folder, "--into", shelf).stdout == whole


def test_a_folder_of_something_else_is_not_taken_for_a_shelf(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "read.jsonl").write_text("{}\n{}\n")
    result = run("read-supplement", folder, "--into", tmp_path)
    assert result.exit_code == 2
    assert "read.jsonl:1: not a journal of sheets: name another folder" in result.stderr


def test_many_are_told_as_json_a_line_each(folder: Path) -> None:
    told = rows(run("read-supplement", folder, "--json"))
    assert [each["outcome"] for each in told] == ["ready", "to look at", "unread"]
    assert told[0]["notes"][0]["cusip"]["value"] == "02006DLH2"
    assert told[2]["reasons"] == ["no note is found: a note needs a CUSIP under its heading, or named `CUSIP:`"]


def test_adds_what_is_ready_to_the_programme_that_its_cusips_tell(folder: Path, copy: Path) -> None:
    result = run("read-supplement", folder / "124.txt", "--add", "--rules", copy)
    assert result.exit_code == 0
    assert f"{folder}/124.txt: added as ally/term-notes-a/supplements/124.yaml" in result.stderr
    assert "  new: 02006DLH2 3.5 % monthly, due 2019-12-15, with survivor's option" in result.stderr
    schedule = json.loads(run("schedule", "02006DLH2", "--rules", copy, "--json").stdout)
    assert schedule["coupons"][0]["interest"] == "4.28"


def test_adds_of_a_folder_what_is_ready_and_nothing_else(folder: Path, copy: Path) -> None:
    result = run("read-supplement", folder, "--add", "--rules", copy)
    assert result.exit_code == 1
    assert sorted(each.name for each in (copy / "ally" / "term-notes-a" / "supplements").iterdir()) == [
        "123.yaml",
        "124.yaml",
    ]


def test_refuses_a_note_that_is_there_unless_it_is_amended(copy: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "124.txt"
    sheet.write_bytes(next_sheet())
    run("read-supplement", sheet, "--add", "--rules", copy)
    sheet.write_bytes(next_sheet(**{"3.500 %": "3.600 %", "4.28": "4.40"}))
    refused = run("read-supplement", sheet, "--add", "--rules", copy)
    assert refused.exit_code == 1
    assert (
        "not added: the rule book has 02006DLH2, 02006DLJ8 already: replace what it says with --amends"
        in refused.stderr
    )
    amended = run("read-supplement", sheet, "--add", "--amends", "--rules", copy)
    assert amended.exit_code == 0
    assert "  changed: 02006DLH2 3.6 % monthly" in amended.stderr
    assert '  +    coupon: 3.600 %  # read: "3.600 %"' in amended.stderr


def test_an_amended_note_leaves_the_file_it_stood_in(copy: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "125.txt"
    one_note = next_sheet(**{"02006DLF6": "02006DLF6", "Supplement No. 123": "Supplement No. 125"}).decode()
    sheet.write_text(
        one_note.partition("**02006DLJ8**")[0] + one_note[one_note.index("Ally Financial Inc.\tOffering") :]
    )
    result = run("read-supplement", sheet, "--add", "--amends", "--rules", copy)
    assert result.exit_code == 0
    supplements = copy / "ally" / "term-notes-a" / "supplements"
    assert "02006DLF6" not in (supplements / "123.yaml").read_text()
    assert "02006DLG4" in (supplements / "123.yaml").read_text()
    assert "02006DLF6" in (supplements / "125.yaml").read_text()


def test_a_book_that_would_not_hold_is_left_as_it_was(copy: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "124.txt"
    # settled before the programme's first edition: no rules are for such a note
    sheet.write_bytes(
        next_sheet(
            **{
                "December 1, 2016": "December 1, 2014",
                "Thursday,": "",
                "Monday, November 28, 2016 @": "November 28, 2014 @",
                "$4.28": "",
                "$5.19": "",
                "1/15/2017": "1/15/2015",
            }
        )
    )
    result = run("read-supplement", sheet, "--add", "--rules", copy)
    assert result.exit_code == 1
    assert "not added: the rule book would not hold" in result.stderr
    assert [each.name for each in (copy / "ally" / "term-notes-a" / "supplements").iterdir()] == ["123.yaml"]


def test_of_two_sheets_of_one_note_in_a_run_the_second_is_refused(copy: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "1.txt").write_bytes(next_sheet())
    (inbox / "2.txt").write_bytes(next_sheet())
    ended = run("read-supplement", inbox, "--add", "--amends", "--rules", copy)
    assert ended.exit_code == 1
    assert "2.txt: not added: 02006DLH2 was added from" in ended.stderr
    assert Host.open(copy).book.notes["02006DLH2"].coupon == Decimal("3.500")


def test_what_a_stopped_run_read_and_did_not_add_is_added(folder: Path, copy: Path, tmp_path: Path) -> None:
    run("read-supplement", folder, "--into", tmp_path / "shelf")
    run("read-supplement", folder, "--into", tmp_path / "shelf", "--add", "--rules", copy)
    assert "02006DLH2" in Host.open(copy).book.notes


def test_asks_for_the_programme_where_no_cusip_tells(copy: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "57.txt"
    sheet.write_bytes((ROOT / "tests" / "supplements" / "sheets" / "any-time.txt").read_bytes())
    result = run("read-supplement", sheet, "--add", "--rules", copy)
    assert result.exit_code == 1
    assert "no note of the rule book has a CUSIP that starts with 85678L: name the programme" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["--add"], "name one with --rules DIR"), (["--amends"], "--amends says what --add may do: give both")],
)
def test_what_goes_together_is_given_together(arguments: list[str], message: str) -> None:
    result = run("read-supplement", SEED, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def doubtful_sheet() -> ReadSupplement:
    return read_supplement_text(
        next_sheet(**{"4.28": "4.29", "with 30 Calendar Days Notice": "if rates fall"}), file="x"
    )


def reviewed(keys: str, *lines: str) -> ReadSupplement:
    supplement = doubtful_sheet()
    pressed, typed = iter(keys), iter(lines)
    review(supplement, "", key=lambda: next(pressed), line=lambda _: next(typed))
    return supplement


def test_one_key_accepts_and_one_corrects_the_doubtful_fields_first(capsys: pytest.CaptureFixture[str]) -> None:
    redemption = "Callable at 100% on 12/15/2017 and monthly thereafter with 30 days notice"
    supplement = reviewed("accccq", redemption, "no such amount", "4.31", redemption)
    first, second = supplement.notes
    assert str(first.value("first coupon amount")) == "$4.29"
    assert first.readings["first coupon amount"].checked == "a person looked at it"
    assert first.value("redemption").first_on == date(2017, 12, 15)
    assert second.value("redemption").price == Decimal(100)
    told = capsys.readouterr().err
    assert "3 fields are doubtful" in told
    assert "doubtful: $4.29 is printed, but $4.28 comes out" in told


def test_what_is_skipped_stays_doubtful() -> None:
    supplement = reviewed("sssq")
    assert len(supplement.doubts) == 3
    assert "redemption:  # doubtful" in supplement.yaml


def test_a_key_that_means_nothing_is_asked_again(capsys: pytest.CaptureFixture[str]) -> None:
    reviewed("xq")
    assert "a accepts, c corrects, s skips, q stops" in capsys.readouterr().err
