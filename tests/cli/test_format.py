from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from rules_engine.errors import RuleBookError
from rules_engine.host import shipped_rules
from rules_engine.rulebook.laying_out import laid_out

from .running import run

UNTIDY = """\
# The prospectus was read twice.
rule set:   Withdrawal
status: draft   # until somebody signs
rules:
- rule: requests stand
  then: reject
  # as the paper says it
  because: "A request once made: it stands."
  cite: 'para. 5'
"""
TIDY = """\
# The prospectus was read twice.
rule set: Withdrawal
status: draft   # until somebody signs
rules:
  - rule: requests stand
    then: reject
  # as the paper says it
    because: "A request once made: it stands."
    cite: 'para. 5'
"""


def test_lays_out_and_keeps_comments_and_quotes(tmp_path: Path) -> None:
    file = tmp_path / "withdrawal.yaml"
    file.write_text(UNTIDY)
    assert run("format", "--check", file).exit_code == 1
    assert run("format", file).stdout == f"{file}: laid out\n"
    assert file.read_text() == TIDY
    assert run("format", "--check", file).exit_code == 0
    assert run("format", file).stdout == ""


def test_every_file_that_ships_is_laid_out() -> None:
    for path in sorted(shipped_rules().rglob("*.yaml")):
        assert laid_out(path.read_text(), path.name) == path.read_text()


def test_a_file_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "withdrawal.yaml"
    file.write_text("rules:\n  - rule: one\n   then: reject\n")
    result = run("format", file)
    assert result.exit_code == 1
    assert "withdrawal.yaml:3:4: the line is indented by 3" in result.stderr
    assert file.read_text() == "rules:\n  - rule: one\n   then: reject\n"


@pytest.mark.parametrize("value", ["2016-12-01", "0123", "1_000", "yes", "null", "1e3", "02006DLF6", "~", "12:30"])
def test_text_that_yaml_would_read_as_something_else_stays_text(value: str) -> None:
    text = f"notes: {value}\n"
    written = ""
    with suppress(RuleBookError):  # where it would not say the same, nothing is written
        written = laid_out(text, "a.yaml")
    assert written in ("", text)
