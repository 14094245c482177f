"""What on a sheet is prose about notes in general, and says nothing of those it offers."""

from __future__ import annotations

import re

from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.naming import Label, pieces
from rules_engine.supplements.patterns import pattern, phrase

_CONDITION = phrase(
    r"if(?! any)|unless|whether|whenever|may specify|might|certain"
    r"|(?:a|the|each|any)(?: applicable)? pricing supplement"
    r"|applicable supplement|(?:otherwise )?specif(?:y|ied)|provides? for|particular notes"
)
_START = re.compile(r"\.[ \t\n]|\n\n|\t")
_WORD = re.compile(r"[A-Za-z]{2,40}")
_PAGE = pattern(r"\W{0,3}(?:(?:PS|S|P|A|B|i{1,3}v?|v)?-?\d{1,3}|i{1,3}v?|vi{0,3})[ .]{0,3}$")
_REACH = 400
_FEWEST_WORDS = 10
"""So many words below a heading are a paragraph."""
_SPECIFIC = re.compile(r"\W{0,3}(?:callable|non-?call|not |none|n/a|yes|no\b|\$|\d|\[|\(?(?:19|20)\d\d)", re.IGNORECASE)


def is_heading_of_prose(sheet: Sheet, label: Label) -> bool:
    """Tell whether a name is a section's heading, or a line of a table of contents, and not a term's."""
    parts = pieces(sheet, label.value, label.until)
    if not parts:
        return False
    start, end = parts[0]
    text = sheet.text[start:end]
    if _PAGE.match(text) and label.by in ("cell", "words", "dash"):
        return len(sheet.text[label.end : start].strip(" .\t\n")) == 0 and sheet.span_at(start).row == _row(
            sheet, label
        )
    if label.by != "cell" or sheet.span_at(start).row == _row(sheet, label) or _SPECIFIC.match(text):
        return False
    return len(_WORD.findall(text)) >= _FEWEST_WORDS


def _row(sheet: Sheet, label: Label) -> int:
    return sheet.span_at(label.start).row


def is_of_notes_in_general(text: str, start: int, end: int) -> bool:
    """Tell whether the sentence around two places says what holds only where something else does."""
    before = text[max(0, start - _REACH) : start]
    starts = list(_START.finditer(before))
    after = text[end : end + _REACH]
    stop = _START.search(after)
    sentence = (
        before[starts[-1].end() if starts else 0 :] + text[start:end] + (after[: stop.start()] if stop else after)
    )
    return bool(_CONDITION.search(sentence))
