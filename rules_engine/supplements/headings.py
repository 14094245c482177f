"""Runs of headings that tables of notes start with, whatever parts them, and the columns each stands over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rules_engine.supplements.cells import Sheet, Span
from rules_engine.supplements.figures import CUSIP_SHAPE
from rules_engine.supplements.labels import CUSIP, UNKNOWN, Heading, LabelTable
from rules_engine.supplements.patterns import pattern

_AFTER = pattern(r"(?:~\((?:\d{1,2}|[a-z]|[^()\d\t\n]{1,40})\)|\d(?=~(?:$|[\t\n:]))){0,3}[ \t\n*:|]{0,4}")
_WORDS = re.compile(r"[A-Za-z][A-Za-z.,'&()/% -]{1,40}$")
_CUSIP = re.compile(CUSIP_SHAPE)
_MOST_UNKNOWN = 3
"""So many headings one after another may be unknown here."""
_FEWEST = 3
"""So many headings in a row are a table's; fewer may be words of a sentence."""
_MOST = 60
"""No table of notes has more columns; of more headings in a row none is read."""


@dataclass(frozen=True, slots=True)
class HeadingRun:
    """The headings of a table, one after another, from one place in the text to another, excluded."""

    headings: tuple[Heading, ...]
    spans: tuple[Span, ...]
    start: int
    end: int

    @property
    def cusip(self) -> int:
        """Which of the headings stands over CUSIPs; -1 where none does."""
        return next((place for place, heading in enumerate(self.headings) if CUSIP in heading.fields), -1)


def heading_runs(sheet: Sheet, table: LabelTable) -> Iterator[HeadingRun]:
    """Find the runs of headings that tables start with."""
    text, end = sheet.text, 0
    for index, span in enumerate(sheet.spans):
        if span.start < end:
            continue
        headings: list[tuple[Heading, Span]] = []
        place = span.start
        while place < len(text) and (heading := _heading(sheet, place, headings, table)):
            after = _AFTER.match(text, heading.end)
            in_percent = bool(after and "%" in after[0])
            headings.append((replace(heading, in_percent=in_percent), sheet.span_at(place)))
            place = after.end() if after else heading.end
        known = [heading for heading, _ in headings if heading.fields != (UNKNOWN,)]
        if headings and _are_names(sheet, headings):
            end = place
            continue
        if len(known) >= _FEWEST and len(headings) <= _MOST:
            beside = _beside(sheet, index, headings)
            end = max(place, *(each.end for _, each in beside))
            yield HeadingRun(
                tuple(heading for heading, _ in beside), tuple(each for _, each in beside), span.start, end
            )
        elif len(headings) > _MOST:
            end = place


def _are_names(sheet: Sheet, headings: Sequence[tuple[Heading, Span]]) -> bool:
    """Tell whether headings are names with colons: of a form's blanks, or on one line above what they name."""
    named = [sheet.text[heading.end : heading.end + 2].lstrip().startswith(":") for heading, _ in headings]
    has_cusip = any(CUSIP in heading.fields for heading, _ in headings)
    is_one_line = len({span.row for _, span in headings}) == 1
    return all(named) if has_cusip and is_one_line else any(named) and not has_cusip


def _heading(sheet: Sheet, place: int, headings: Sequence[tuple[Heading, Span]], table: LabelTable) -> Heading | None:
    """Give the heading at a place; a cell that only starts with the words of one is a heading nobody knows."""
    heading = table.at(sheet.text, place)
    if heading is None:
        return _unknown(sheet, place, headings, table)
    span = sheet.span_at(heading.end - 1)
    after = _AFTER.match(sheet.text, heading.end)
    place = after.end() if after else heading.end
    if place >= span.end or table.at(sheet.text, place) or not headings:
        return heading
    words = sheet.text[span.start : span.end]
    return Heading((UNKNOWN,), words, span.end) if _WORDS.match(words) else heading


def _unknown(sheet: Sheet, place: int, headings: Sequence[tuple[Heading, Span]], table: LabelTable) -> Heading | None:
    """Give a cell of words that is no heading known here, before one that is, or before the first note's CUSIP."""
    if len(headings) < _FEWEST - 1 and not any(CUSIP in heading.fields for heading, _ in headings):
        return None
    index = sheet.index_at(place)
    span = sheet.spans[index]
    if span.start != place or not _WORDS.match(sheet.text[span.start : span.end]):
        return None
    following = sheet.spans[index + 1 : index + 1 + _MOST_UNKNOWN]
    first_is_cusip = CUSIP in headings[0][0].fields
    for each in following:
        if table.at(sheet.text, each.start) or (first_is_cusip and _CUSIP.match(sheet.text, each.start, each.end)):
            break
        if not _WORDS.match(sheet.text[each.start : each.end]):
            return None
    else:
        return None
    return Heading((UNKNOWN,), sheet.text[span.start : span.end], span.end)


def _beside(sheet: Sheet, first: int, headings: Sequence[tuple[Heading, Span]]) -> list[tuple[Heading, Span]]:
    """Add the cells of words that stand in the headings' own line, before them or behind."""
    found = list(headings)
    row = headings[-1][1].row
    index = sheet.index_at(headings[-1][1].start) + 1
    while index < len(sheet.spans) and sheet.spans[index].row == row and headings[0][1].row == row:
        span = sheet.spans[index]
        if not _WORDS.match(sheet.text[span.start : span.end]):
            break
        found.append((Heading((UNKNOWN,), sheet.text[span.start : span.end], span.end), span))
        index += 1
    index = first - 1
    while index >= 0 and sheet.spans[index].row == headings[0][1].row:
        span = sheet.spans[index]
        if not _WORDS.match(sheet.text[span.start : span.end]):
            break
        found.insert(0, (Heading((UNKNOWN,), sheet.text[span.start : span.end], span.end), span))
        index -= 1
    return found
