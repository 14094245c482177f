"""Every slip in `slips/`, made in a copy of the shipped rules, is told: as a fault or a warning, at its place.

A slip is a change of one file: `change` is what stands there, once or more, and the first of it becomes `to`. Or the
file is `renamed`, `copied` or `deleted`. What has to be said is a `fault` (a part of its message or help) or a
`warning` (its name), in the line that was changed, or `at` another file, or in another `line`. A slip that makes only
a warning leaves no fault, unless `beside_faults`.
"""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from rules_engine.host import Host, shipped_rules
from rules_engine.rulebook.books import Book
from rules_engine.workbench.checked import Checked, check_book
from tests.shipped import shipped

SLIPS = Path(__file__).parent / "slips"
FEWEST = 138
"""As many slips as were made in the first trial, of which 56 passed in silence."""


def _read() -> list[dict[str, Any]]:
    return [slip for path in sorted(SLIPS.glob("*.yaml")) for slip in yaml.load(path.read_text(), yaml.BaseLoader)]


ALL = _read()


@cache
def _host() -> Host:
    return shipped(with_durable=False)


@pytest.mark.parametrize("slip", ALL, ids=[slip["slip"] for slip in ALL])
def test_is_told_at_its_place(slip: dict[str, Any], tmp_path: Path) -> None:
    line = _made(slip, tmp_path)
    checked = _checked(tmp_path)
    place = (slip.get("at", slip["file"]), int(slip.get("line", line)))
    if "fault" in slip:
        told = [(fault.file, fault.line) for fault in checked.faults if slip["fault"] in str(fault)]
        assert place in told, "\n".join(map(str, (*checked.faults, *checked.slips)))
        assert all(fault.help for fault in checked.faults)
        return
    named = [(each.problem.file, each.problem.line) for each in checked.slips if each.name == slip["warning"]]
    assert place in named, "\n".join(map(str, (*checked.faults, *checked.slips)))
    assert all(each.problem.help for each in checked.slips)
    assert not checked.faults or slip.get("beside_faults")


def test_there_are_as_many_as_in_the_first_trial_and_no_two_alike() -> None:
    assert len({slip["slip"] for slip in ALL}) == len(ALL) >= FEWEST


def test_the_rules_that_slips_are_made_in_have_neither_fault_nor_warning(tmp_path: Path) -> None:
    for issuer in ("ally", "cit", "hsbc", "slm"):
        _copy(tmp_path / issuer, issuer)
        checked = _checked(tmp_path / issuer)
        assert (checked.faults, checked.slips) == ((), ())


def _made(slip: dict[str, Any], root: Path) -> int:
    """Make a slip in a copy of the rules; give the line it stands in."""
    issuer = slip["file"].partition("/")[0]
    _copy(root, *({"ally", issuer} - {"standard", "calendars"}))
    for file, (old, new) in {**slip.get("also", {})}.items():
        _replace(root / file, old, new)
    for file, like in {**slip.get("more", {})}.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / like, root / file)
    for file, text in {**slip.get("written", {})}.items():
        (root / file).write_text(text)
    path = root / slip["file"]
    if "deleted" in slip:
        path.unlink()
        return 1
    if "renamed" in slip or "copied" in slip:
        to = root / str(slip.get("renamed", slip.get("copied")))
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, to)
        if "renamed" in slip:
            path.unlink()
        path = to
    line = _replace(path, slip["change"], slip["to"]) if "change" in slip else 1
    for file, (old, new) in {**slip.get("after", {})}.items():
        _replace(root / file, old, new)
    return 1 if "copied" in slip else line


def _replace(path: Path, old: str, new: str) -> int:
    text = path.read_text()
    assert old in text, f"{path} has no `{old}`"
    path.write_text(text.replace(old, new, 1))
    same = next((n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(old))
    return text[: text.index(old) + same].count("\n") + 1


def _copy(root: Path, *issuers: str) -> None:
    for name in ("standard", *issuers):
        shutil.copytree(shipped_rules() / name, root / name)
    (root / "calendars").mkdir()
    shutil.copy(shipped_rules() / "calendars" / "usny.yaml", root / "calendars")


def _checked(root: Path) -> Checked:
    host = _host()
    return check_book(Book.open(root, host.vocabulary), host.plugins, hidden=[shipped_rules()])
