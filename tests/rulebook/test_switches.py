"""Warnings of `check` are switched off by name in the file they are of, with a reason, and never for nothing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from rules_engine.host import shipped_rules
from rules_engine.rulebook.books import Book
from rules_engine.workbench.checked import Checked, check_book
from rules_engine.workbench.slips import KINDS
from tests.shipped import shipped

ROOT = Path(__file__).parent.parent.parent
OPTION = "ally/term-notes-a/2015-08-10/survivors-option.yaml"
UNUSUAL = "terms:\n  individual limit:\n    value: $25,000\n    cite: Survivor's Option, limits\n"


def _checked(root: Path, text: str) -> Checked:
    for name in ("standard", "ally"):
        shutil.copytree(shipped_rules() / name, root / name)
    (root / "calendars").mkdir()
    shutil.copy(shipped_rules() / "calendars" / "usny.yaml", root / "calendars")
    (root / OPTION).write_text(f"{(root / OPTION).read_text()}{text}")
    host = shipped(with_durable=False)
    return check_book(Book.open(root, host.vocabulary), host.plugins)


def _off(name: str, reason: str = "The prospectus gives it; read twice.") -> str:
    return f"{UNUSUAL}warnings off:\n  {name}: {reason}\n"


def test_a_warning_says_how_it_is_switched_off(tmp_path: Path) -> None:
    (slip,) = _checked(tmp_path, UNUSUAL).slips
    assert str(slip).endswith("    if it is meant: `warnings off:` with `unusual figure of individual limit: <reason>`")


def test_is_switched_off_as_it_says(tmp_path: Path) -> None:
    checked = _checked(tmp_path, _off("unusual figure of individual limit"))
    assert (checked.faults, checked.slips) == ((), ())


def test_is_switched_off_for_a_whole_file(tmp_path: Path) -> None:
    checked = _checked(tmp_path, _off("unusual figure"))
    assert (checked.faults, checked.slips) == ((), ())


def test_a_switch_changes_no_digest(tmp_path: Path) -> None:
    for name, text in {"one": UNUSUAL, "other": _off("unusual figure")}.items():
        _checked(tmp_path / name, text)
    host = shipped(with_durable=False)
    one, other = (Book.open(tmp_path / name, host.vocabulary) for name in ("one", "other"))
    assert [each.digest for each in one.rule_sets] == [each.digest for each in other.rule_sets]


def test_a_switch_for_another_word_leaves_the_warning_and_is_told(tmp_path: Path) -> None:
    checked = _checked(tmp_path, _off("unusual figure of holding period"))
    assert [slip.about for slip in checked.slips] == ["individual limit"]
    assert "is switched off, and nothing here gives that warning" in checked.faults[0].message


def test_a_switch_without_a_reason_is_a_fault(tmp_path: Path) -> None:
    checked = _checked(tmp_path, _off("unusual figure", reason=""))
    assert [fault.message for fault in checked.faults] == ["`unusual figure` is empty"]
    assert checked.slips


def test_a_switch_of_no_warning_is_a_fault(tmp_path: Path) -> None:
    (fault,) = _checked(tmp_path, _off("unusal figure")).faults
    assert (fault.message, fault.help) == ("there is no warning `unusal figure`", "did you mean `unusual figure`?")


def test_a_file_that_cannot_speak_has_it_said_beside_it(tmp_path: Path) -> None:
    text = "warnings off:\n  file not read of letter.docx: Kept for the second reader.\n"
    checked = _checked_with_letter(tmp_path / "said", text)
    assert (checked.faults, checked.slips) == ((), ())
    assert [slip.name for slip in _checked_with_letter(tmp_path / "more", "").slips] == ["file not read"]


def _checked_with_letter(root: Path, text: str) -> Checked:
    _checked(root, text)
    (root / OPTION).with_name("letter.docx").write_bytes(b"PK")
    host = shipped(with_durable=False)
    return check_book(Book.open(root, host.vocabulary), host.plugins)


def test_the_page_on_checking_lists_every_warning() -> None:
    page = (ROOT / "docs" / "checking.md").read_text()
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", page, re.MULTILINE)
    assert {name: meaning for name, meaning in rows if name in KINDS} == dict(KINDS)


def test_every_warning_has_a_slip_that_it_tells() -> None:
    made = "".join(path.read_text() for path in (ROOT / "tests" / "rulebook" / "slips").glob("*.yaml"))
    assert [name for name in KINDS if f"warning: {name}\n" not in made] == []
