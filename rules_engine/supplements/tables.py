"""The rows of notes that stand below headings: what figures each holds, and where what is said of it ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from rules_engine.model.cusips import is_valid_cusip
from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.figures import CUSIP_SHAPE, Figure, figures_in
from rules_engine.supplements.headings import HeadingRun
from rules_engine.supplements.labels import CUSIP
from rules_engine.supplements.laying import MOST_FIGURES, lay, take_texts
from rules_engine.supplements.naming import Label
from rules_engine.supplements.patterns import pattern
from rules_engine.supplements.sheet_rows import Row

STOP = pattern(
    r"joint lead managers|(?:selling )?agents?~:|\btrustee~:|if the maturity date|initial trades|all trades"
    r"|dtc (?:number|book)|registered trademark|\n~\(\d{1,2}\) [A-Z]|recent developments?"
)
"""Words that nothing said of a note goes on beyond."""

_ROW_STOP = pattern(
    r"redemption information|redemption:|(?<=\n)totals?\b|\b(?:callable|redeemable) (?:at|on|in)\s"
    r"|offering dates?~:|trade date|settle(?:ment)? date|original issue date"
    r"|pricing date|minimum denominations?|\bnote~:|will be (?:subject to redemption|redeemable)"
    r"|prospectus (?:supplement )?dated|pricing supplement"
)
"""Words that no row of figures goes on beyond."""

_CUSIP = re.compile(CUSIP_SHAPE)
_LOOKS_LIKE_CUSIP = re.compile(r"[ \t\n]{0,2}(?=[0-9A-Z]{0,11}[A-Z])(?=[0-9A-Z]{0,11}[0-9]{3})[0-9A-Z]{7,11}(?![\w%])")
_OF_A_SENTENCE = re.compile(r"[ ,]{1,2}[a-z]{2}")
_NEAR = 60
"""A CUSIP so many characters after its heading is what the heading announces."""
_ENOUGH = 3
"""So many figures laid under headings make a row; fewer may be a CUSIP named in a sentence."""


@dataclass(slots=True)
class Tables:
    """The rows found under headings, and CUSIPs, or what should have been one, that no row could be made of."""

    rows: list[Row] = field(default_factory=list)
    stray: list[Figure] = field(default_factory=list)
    misshapen: list[tuple[str, int]] = field(default_factory=list)


def read_tables(sheet: Sheet, runs: Sequence[HeadingRun], labels: Sequence[Label]) -> Tables:
    """Find every note's row under a run of headings; headings without a CUSIP go on with the row before them."""
    found = Tables()
    text = sheet.text
    cusips = [cusip_figure(each) for each in _CUSIP.finditer(text)]
    ends = [stop.start() for stop in (*STOP.finditer(text), *_ROW_STOP.finditer(text))]
    stops = sorted([*ends, *(label.start for label in labels)])
    table: HeadingRun | None = None
    row: Row | None = None
    passed = 0
    events: list[HeadingRun | Figure] = sorted([*runs, *cusips], key=lambda event: event.start)
    for number, event in enumerate(events):
        following = events[number + 1].start if number + 1 < len(events) else len(text)
        until = min(following, _next(stops, event.end, len(text)))
        if isinstance(event, HeadingRun):
            passed = event.end
            if event.cusip >= 0:
                table = event
                _note_misshapen(text, event, until, found)
            elif row:
                lay(sheet, row, event, list(figures_in(text, event.end, until)))
            continue
        if table is None or event.start < table.end or _OF_A_SENTENCE.match(text, event.end):
            continue
        made = _row_of(sheet, event, table, passed, until)
        is_inside = 0 < table.cusip < len(table.headings) - 1
        passed = made.until if made and is_inside else event.end
        if made:
            found.rows.append(made)
            row = made
        elif is_valid_cusip(event.words) and not event.words.isdigit():
            found.stray.append(event)
    for earlier, later in zip(found.rows, found.rows[1:], strict=False):
        earlier.end = later.start
    return found


def cusip_figure(found: re.Match[str]) -> Figure:
    """Make a figure of a CUSIP found in a text, in whatever parts it is printed."""
    value = "".join(sign for sign in found[0].upper() if sign not in " -")
    return Figure(found[0], found.start(), found.end(), frozenset({CUSIP}), value)


def _next(places: Sequence[int], place: int, otherwise: int) -> int:
    """Give the first of sorted places that is not before a place."""
    after = bisect_left(places, place)
    return places[after] if after < len(places) else otherwise


def _row_of(sheet: Sheet, cusip: Figure, table: HeadingRun, passed: int, until: int) -> Row | None:
    """Make a CUSIP's row; None where none can be made of it."""
    start, end = cusip.start, until
    if table.cusip == len(table.headings) - 1:
        start, end = passed, cusip.end
    elif table.cusip > 0:
        bounds = _around(sheet, cusip, table, passed)
        if bounds is None:
            return None
        start, end = bounds[0], min(bounds[1], until)
    if all(heading.grid == sheet.span_at(cusip.start).grid for heading in table.spans):
        end = min(end, _end_of_table_row(sheet, cusip.start))
    figures = list(figures_in(sheet.text, start, end))
    if len(figures) > MOST_FIGURES:
        return None
    row = Row(cusip, cusip.start, end, len(sheet.text))
    take_texts(sheet, row, table, start, end)
    lay(sheet, row, table, figures)
    near = sheet.text[table.end : cusip.start].count("\t") <= 1 and cusip.start - table.end < _NEAR
    return row if len(row.figures) > _ENOUGH or near else None


def _end_of_table_row(sheet: Sheet, place: int) -> int:
    """Say where a web page's table row ends; what stands in the next is another note's, its CUSIP lost."""
    index = sheet.index_at(place)
    span = sheet.spans[index]
    if not span.grid.startswith("table"):
        return len(sheet.text)
    while index + 1 < len(sheet.spans) and sheet.spans[index + 1].row == span.row:
        index += 1
    return sheet.spans[index].end


def _around(sheet: Sheet, cusip: Figure, table: HeadingRun, passed: int) -> tuple[int, int] | None:
    """Bound the row of a CUSIP that stands in its middle: its line or, of cells a line each, one for each heading.

    `passed` is where the row before ends, and its cells are counted from there; None where the count is another.
    """
    index = sheet.index_at(cusip.start)
    spans, row = sheet.spans, sheet.spans[index].row
    first = last = index
    while first and spans[first - 1].row == row and spans[first - 1].start >= passed:
        first -= 1
    while last + 1 < len(spans) and spans[last + 1].row == row:
        last += 1
    if first < last:
        return spans[first].start, spans[last].end
    first, last = index - table.cusip, index - table.cusip + len(table.headings) - 1
    if first < 0 or last >= len(spans) or not _starts_after(sheet, first, passed):
        return None
    return spans[first].start, spans[last].end


def _starts_after(sheet: Sheet, index: int, passed: int) -> bool:
    """Tell whether a cell is the first one after a place."""
    return sheet.spans[index].start >= passed and (index == 0 or sheet.spans[index - 1].start < passed)


def _note_misshapen(text: str, run: HeadingRun, until: int, found: Tables) -> None:
    """Note what stands where a table's first CUSIP should, and is none."""
    wrong = _LOOKS_LIKE_CUSIP.match(text, run.end, until)
    words = wrong[0].strip() if wrong else ""
    if wrong and run.cusip == 0 and not _CUSIP.match(words):
        found.misshapen.append((words, wrong.end() - len(words)))
