"""What a filing says of notes in general, below its sheet, neither changes nor unsettles what is read of the sheet."""

from __future__ import annotations

import re

import pytest

from rules_engine.supplements import read_supplement_text

from .scoring import SHEETS, Outcome, facts, score

PROSE = (SHEETS / "prose-below.text").read_text()
PARAGRAPHS = "".join(f"<p>{paragraph}</p>\n" for paragraph in PROSE.split("\n\n"))


@pytest.mark.parametrize("sheet", facts())
def test_prose_below_a_sheet_changes_nothing(sheet: str) -> None:
    text = (SHEETS / sheet).read_text()
    longer = re.sub("(?i)</body>", f"{PARAGRAPHS}</body>", text) if "</" in text else text + PROSE
    read = read_supplement_text(longer.encode(), file=sheet)
    wrong = [each for each in score(facts()[sheet], read) if each.outcome is not Outcome.RIGHT]
    assert [each for each in wrong if each.field != "denominations"] == []
    of_its_own = read_supplement_text(text.encode(), file=sheet).warnings
    assert {warning.message for warning in read.warnings} <= {warning.message for warning in of_its_own}
