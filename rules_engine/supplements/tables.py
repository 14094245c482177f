"""The rows of notes that stand below headings: what figures each holds, and where what is said of it ends."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from rules_engine.model.cusips import is_valid_cusip
from rules_engine.supplements.aligning import FIELDS, KINDS, align
from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.figures import CUSIP_SHAPE, Figure, figures_in
from rules_engine.supplements.headings import HeadingRun
from rules_engine.supplements.labels import CUSIP, UNKNOWN
from rules_engine.supplements.marks import choose, has_boxes
from rules_engine.supplements.naming import Label
from rules_engine.supplements.patterns import pattern

STOP = pattern(
    r"joint lead managers|(?:selling )?agents?~:|\btrustee~:|if the maturity date|initial trades|all trades"
    r"|dtc (?:number|book)|registered trademark|\n~\(\d{1,2}\) [A-Z]|recent developments?"
)
"""Words that nothing said of a note goes on beyond."""

_ROW_STOP = pattern(
    r"redemption information|redemption:|offering dates?~:|trade date|settle(?:ment)? date|original issue date"
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
_MOST_ALIKE = 3
"""A value that is given so often already is not kept once more."""
_MOST_FIGURES = 200
"""No note has more figures in its row; a row of more is not read."""


@dataclass(slots=True)
class Row:
    """One note's row: its CUSIP, and for each field the figures that may be it.

    `uncertain` names fields whose figures might be others', and `doubts` say of a field what else keeps it from being
    read. `unread` tells what stands after a field's name and is no figure. `texts` are what stands after the names of
    terms, from one place to another. `start` and `end` bound the row and what is said of the note below it, up to the
    next note's; `until` is where its own figures end. Notes that stand side by side are `abreast`: what is said below
    them is said of all of them.
    """

    cusip: Figure
    start: int
    until: int
    end: int
    figures: dict[str, tuple[Figure, ...]] = field(default_factory=dict)
    uncertain: set[str] = field(default_factory=set)
    doubts: dict[str, list[str]] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    texts: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    abreast: bool = False

    @property
    def first(self) -> int:
        """Where its first figure starts, which the CUSIP need not be."""
        return min((each.start for figures in self.figures.values() for each in figures), default=self.start)

    def add(self, name: str, figure: Figure) -> None:
        """Add a figure that a field may be."""
        given = self.figures.get(name, ())
        if all(figure.start != other.start for other in given) and (
            len(given) < _MOST_ALIKE or all(figure.value != other.value for other in given)
        ):
            self.figures[name] = (*given, figure)

    def doubt(self, name: str, why: str) -> None:
        """Note what keeps a field from being read."""
        if why not in self.doubts.setdefault(name, []):
            self.doubts[name].append(why)


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
                _lay(sheet, row, event, list(figures_in(text, event.end, until)))
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
    figures = list(figures_in(sheet.text, start, end))
    if len(figures) > _MOST_FIGURES:
        return None
    row = Row(cusip, cusip.start, end, len(sheet.text))
    _lay(sheet, row, table, figures)
    near = sheet.text[table.end : cusip.start].count("\t") <= 1 and cusip.start - table.end < _NEAR
    return row if len(row.figures) > _ENOUGH or near else None


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


def _lay(sheet: Sheet, row: Row, run: HeadingRun, figures: Sequence[Figure]) -> None:
    if len(figures) > _MOST_FIGURES:
        return
    figures = _unboxed(sheet, figures)
    aligned = align(run.headings, figures, _under(sheet, run, figures))
    for name, candidates in aligned.figures.items():
        row.figures.setdefault(name, candidates)
    row.uncertain |= aligned.uncertain & FIELDS


def _unboxed(sheet: Sheet, figures: Sequence[Figure]) -> list[Figure]:
    """Keep, of the figures in a cell with boxes, the one that is ticked; one without a value where none can be told."""
    kept: list[Figure] = []
    for span, group in groupby(figures, key=lambda figure: sheet.span_at(figure.start)):
        inside = list(group)
        if not has_boxes(sheet.text[span.start : span.end]):
            kept += inside
            continue
        choice = choose(sheet.text, span.start, span.end, inside)
        words = sheet.text[span.start : span.end]
        kept.append(choice.figure or Figure(words, span.start, span.end, inside[0].kinds, None))
    return kept


def _under(sheet: Sheet, run: HeadingRun, figures: Sequence[Figure]) -> Mapping[int, frozenset[int]]:
    """Say under which headings each figure stands, where the sheet has columns, or else as many cells as headings."""
    by_grid: dict[int, frozenset[int]] = {}
    for place, figure in enumerate(figures):
        span = sheet.span_at(figure.start)
        if span.grid and all(heading.grid == span.grid for heading in run.spans):
            over = frozenset(number for number, heading in enumerate(run.spans) if heading.is_over(span))
            if over or span.grid != "blanks":
                by_grid[place] = over
    return by_grid if len(by_grid) == len(figures) else _by_count(sheet, run, figures)


def _by_count(sheet: Sheet, run: HeadingRun, figures: Sequence[Figure]) -> Mapping[int, frozenset[int]]:
    """Take each cell for the one of the heading of its number, where every cell is of its heading's kind."""
    if not figures:
        return {}
    first, last = sheet.index_at(figures[0].start), sheet.index_at(figures[-1].start)
    headings = run.headings
    cells = range(first, min(first + len(headings), len(sheet.spans)))
    if last > cells[-1] or len(cells) < len(headings) or len(set(run.spans)) < len(run.spans):
        return {}
    starts = [sheet.spans[cell].start for cell in cells]
    in_cell = [bisect_right(starts, figure.start) - 1 for figure in figures]
    for number, heading in enumerate(headings):
        kinds = {kind for name in heading.fields for kind in KINDS.get(name, ())}
        held = [figure for figure, cell in zip(figures, in_cell, strict=True) if cell == number]
        takes_figure = bool(kinds) and not (kinds <= {"amount", "bare"})
        if UNKNOWN in heading.fields and not held:
            return {}
        if UNKNOWN not in heading.fields and (
            (takes_figure and len(held) != 1) or (held and not kinds & held[0].kinds)
        ):
            return {}
    return {place: frozenset({cell}) for place, cell in enumerate(in_cell)}


def _note_misshapen(text: str, run: HeadingRun, until: int, found: Tables) -> None:
    """Note what stands where a table's first CUSIP should, and is none."""
    wrong = _LOOKS_LIKE_CUSIP.match(text, run.end, until)
    words = wrong[0].strip() if wrong else ""
    if wrong and run.cusip == 0 and not _CUSIP.match(words):
        found.misshapen.append((words, wrong.end() - len(words)))
