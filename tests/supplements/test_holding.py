"""What a supplement gives of a redemption, held against the sentence it prints."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from rules_engine.host import shipped_rules
from tests.cli.running import run

SHEET = Path("ally") / "term-notes-a" / "supplements" / "123.yaml"
SENTENCE = "Callable at 100% on 12/15/2017 and Monthly thereafter with 30 Calendar Days Notice."


def checked(folder: Path, old: str, new: str) -> list[tuple[str, int, str]]:
    """Say what `check` finds once the sheet of the first note says something else of its redemption."""
    shutil.copytree(shipped_rules(), folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    text = (folder / SHEET).read_text()
    assert old in text
    (folder / SHEET).write_text(text.replace(old, new, 1))
    result = run("check", folder, "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code == 1) is bool(found)
    return [(problem["file"], problem["line"], problem["message"]) for problem in found]


def line_of(text: str) -> int:
    lines = (shipped_rules() / SHEET).read_text().splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


@pytest.mark.parametrize(
    ("old", "new", "printed"),
    [
        ("first date: 2017-12-15", "first date: 2018-12-15", "`first date` is printed as `2017-12-15`"),
        ("on: monthly", "on: coupon date", "`on` is printed as `monthly`"),
        ("price: 100 %\n", "price: 101 %\n", "`price` is printed as `100 %`"),
        ("minimum: 30 days", "minimum: 10 days", "`notice` is printed as `30 days`"),
        ("minimum: 30 days", "minimum: 30 business days", "`notice` is printed as `30 days`"),
    ],
)
def test_a_key_that_the_sentence_contradicts_is_a_fault_at_its_place(
    old: str, new: str, printed: str, tmp_path: Path
) -> None:
    key = printed.split("`")[1]
    at = f"      {key}:"
    assert checked(tmp_path / "rules", old, new) == [(SHEET.as_posix(), line_of(at) + (key == "notice"), printed)]


def test_a_key_that_is_left_out_is_told_where_the_redemption_stands(tmp_path: Path) -> None:
    notice = "      notice:\n        minimum: 30 days\n"
    expected = (SHEET.as_posix(), line_of("    redemption:"), "`notice` is printed as `30 days`")
    assert checked(tmp_path / "rules", notice, "") == [expected]


def test_what_ships_says_what_it_prints(tmp_path: Path) -> None:
    assert checked(tmp_path / "rules", SENTENCE, SENTENCE) == []
