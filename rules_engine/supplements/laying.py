"""A row's figures and words laid under the headings of its table, by columns or, where there are none, by order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import groupby

from rules_engine.supplements.aligning import FIELDS, KINDS, align, are_shifted
from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.figures import Figure
from rules_engine.supplements.headings import HeadingRun
from rules_engine.supplements.labels import UNKNOWN
from rules_engine.supplements.marks import choose, has_boxes
from rules_engine.supplements.patterns import pattern
from rules_engine.supplements.sheet_rows import Row

_NO_DATE = pattern(r"(?:none|n/a|no|non~-?~call(?:able)?|not (?:callable|applicable))$")
"""What stands in a column of call dates for a note that cannot be called."""
_SENTENCES = frozenset(("redemption",))
"""Fields whose cells hold words."""
MOST_FIGURES = 200
"""No note has more figures in its row; a row of more is not read."""


def lay(sheet: Sheet, row: Row, run: HeadingRun, figures: Sequence[Figure]) -> None:
    """Put each figure under its heading, and name the fields of a row whose figures may be another's."""
    if len(figures) > MOST_FIGURES:
        return
    figures = _unboxed(sheet, figures)
    if are_shifted(run.headings, figures, _under(sheet, run, figures)):
        row.texts.clear()  # nor do sentences stand under their headings
        row.figures.pop("callable", None)
    figures = [figure for figure in figures if not _is_in_text(row, figure)]
    aligned = align(run.headings, figures, _under(sheet, run, figures))
    for name, candidates in aligned.figures.items():
        row.figures.setdefault(name, candidates)
    row.uncertain |= aligned.uncertain & FIELDS


def take_texts(sheet: Sheet, row: Row, run: HeadingRun, start: int, end: int) -> None:
    """Keep the words of the cells under a heading of a redemption, whose figures are its sentence's."""
    index = sheet.index_at(start)
    while index < len(sheet.spans) and sheet.spans[index].start < end:
        span = sheet.spans[index]
        over = [heading for heading, each in zip(run.headings, run.spans, strict=True) if each.is_over(span)]
        names = [heading.fields[0] for heading in over]
        if len(names) == 1 and names[0] in _SENTENCES:
            row.texts.setdefault(names[0], []).append((span.start, span.end))
        elif names == ["call date"] and _NO_DATE.match(sheet.text, span.start, span.end):
            words = sheet.text[span.start : span.end]
            row.add("callable", Figure(words, span.start, span.end, frozenset({"yes or no"}), False))
        index += 1


def _is_in_text(row: Row, figure: Figure) -> bool:
    return any(start <= figure.start < end for texts in row.texts.values() for start, end in texts)


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
