"""Every sheet of the corpus reads to what it prints."""

from __future__ import annotations

import pytest

from rules_engine.supplements import read_supplement_text

from .scoring import SHEETS, Outcome, facts, score


@pytest.mark.parametrize("sheet", facts())
def test_a_sheet_reads_to_what_it_prints(sheet: str) -> None:
    read = read_supplement_text((SHEETS / sheet).read_bytes(), file=sheet)
    assert [each for each in score(facts()[sheet], read) if each.outcome is not Outcome.RIGHT] == []
    assert read.general_doubts == []


def test_every_sheet_has_its_facts() -> None:
    assert {path.name for path in SHEETS.iterdir()} == {*facts(), "facts.yaml", "prose-below.text"}
