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


def checked(folder: Path, old: str, new: str, sheet: Path = SHEET) -> list[tuple[str, int, str]]:
    """Say what `check` finds once a sheet says something else."""
    shutil.copytree(shipped_rules(), folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    text = (folder / sheet).read_text()
    assert old in text
    (folder / sheet).write_text(text.replace(old, new, 1))
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
    at = f"  {key}:"
    assert checked(tmp_path / "rules", old, new) == [(SHEET.as_posix(), line_of(at) + (key == "notice"), printed)]


def test_a_key_that_is_left_out_is_told_where_the_redemption_stands(tmp_path: Path) -> None:
    notice = "  notice:\n    minimum: 30 days\n"
    expected = (SHEET.as_posix(), line_of("redemption:"), "`notice` is printed as `30 days`")
    assert checked(tmp_path / "rules", notice, "") == [expected]


def test_what_ships_says_what_it_prints(tmp_path: Path) -> None:
    assert checked(tmp_path / "rules", SENTENCE, SENTENCE) == []


STEP_UP = Path("household") / "internotes" / "supplements" / "2003-07-17.yaml"


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ("initial coupon 4.25%", "initial coupon 4.20%", "coupon", "`coupon` is printed as `4.20 %`"),
        ("to 4.85% on", "to 4.95% on", "coupon steps", "`coupon steps` is printed as `4.95 % from 2005-07-15`"),
        (
            "to 4.85% on 7/15/05",
            "to 4.85% on 7/15/06",
            "coupon steps",
            "`coupon steps` is printed as `4.85 % from 2006",
        ),
    ],
)
def test_rates_that_the_footnote_contradicts_are_a_fault_at_their_place(
    old: str, new: str, key: str, message: str, tmp_path: Path
) -> None:
    lines = (shipped_rules() / STEP_UP).read_text().splitlines()
    (line,) = (number for number, each in enumerate(lines, start=1) if each.startswith(f"{key}:"))
    ((file, at, told),) = checked(tmp_path / "rules", old, new, STEP_UP)
    assert (file, at) == (STEP_UP.as_posix(), line + (key == "coupon steps"))
    assert told.startswith(message)


DOW = Path("dow") / "internotes" / "supplements" / "2015-03-05.yaml"


def test_an_event_call_that_is_printed_and_not_given_is_a_fault(tmp_path: Path) -> None:
    text = (shipped_rules() / DOW).read_text()
    (sentence,) = (line.partition("printed: ")[2] for line in text.splitlines() if "printed: " in line)
    printed = f"{sentence}. Also redeemable at 100% within 90 days of a tax event."
    at = [number for number, line in enumerate(text.splitlines(), start=1) if line == "redemption:"]
    expected = "`event calls` is printed as `tax event at 100 % within 90 days`"
    assert checked(tmp_path / "without", sentence, printed, DOW) == [(DOW.as_posix(), *at, expected)]
    calls = "event calls:\n  - kind: tax event\n    price: 100 %\n    within: 90 days\n"
    given = f"{calls}redemption:\n  printed: {printed}"
    assert checked(tmp_path / "with", f"redemption:\n  printed: {sentence}", given, DOW) == []
