"""Whatever line or cell of a sheet is lost or printed twice: what is stated is what the whole sheet prints."""

from __future__ import annotations

import os
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules_engine.supplements import NoNoteFound, ReadSupplement, UnreadableSupplement, read_supplement_text

from .scoring import SHEETS, Outcome, facts, score

EXAMPLES = max(1, int(os.environ.get("BROKEN_SHEETS", "360")) // 3)

HELD = (
    *("coupon", "frequency", "maturity", "first coupon date", "issue price", "gross concession", "survivors option"),
    *("cusip", "trade date", "issue date"),
)
"""Fields that one place of a sheet says; a call's terms, or a bound, may be said by the line that is gone alone."""

_PARTS = re.compile(r"(?=<(?:tr|p|div|td)\b)")


def parts_of(sheet: str) -> list[str]:
    """Part a sheet into its lines or, of a web page, its paragraphs and cells."""
    text = (SHEETS / sheet).read_text()
    return _PARTS.split(text) if sheet.endswith("html") else text.splitlines(keepends=True)


def read_or_none(text: str) -> ReadSupplement | None:
    try:
        return read_supplement_text(text.encode())
    except (NoNoteFound, UnreadableSupplement):
        return None


@settings(deadline=None, max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(sheet=st.sampled_from(sorted(facts())), way=st.sampled_from(["lost", "twice"]), data=st.data())
def test_a_part_that_is_lost_or_twice_makes_nothing_wrong(sheet: str, way: str, data: st.DataObject) -> None:
    parts = parts_of(sheet)
    place = data.draw(st.integers(0, len(parts) - 1))
    if way == "lost":
        del parts[place]
    else:
        parts.insert(place, parts[place])
    found = score(facts()[sheet], read_or_none("".join(parts)))
    wrong = [each for each in found if each.outcome is Outcome.WRONG and each.field.split(": ")[-1] in HELD]
    assert wrong == []
