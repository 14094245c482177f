"""From a text's lines to cells: parted by pipes, tabs or columns of blanks, and whole again where they were wrapped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from rules_engine.supplements.cells import Cell, Line
from rules_engine.supplements.cleaning import boxed, cleaned
from rules_engine.supplements.marks import has_boxes
from rules_engine.supplements.patterns import one_line

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_GLUED = re.compile(r"([0-9A-Z]{8}[0-9])([A-Z]{2}\1[0-9])|(?<![0-9A-Z])([0-9][0-9A-Z]{7}[0-9])(?=\$)")
"""A CUSIP and, with nothing between, the international number made of it, or an amount."""
_GLUED_WORD = re.compile(r"(?<=\d\d)(?=(?:Pricing Supplement|CUSIP|Trade Date|Settle|Registration)\b)")
_SEAM = re.compile(
    r"(?<=[\d%])(?=[A-Z][a-z])|(?<=[a-z])(?=\d|[A-Z])|(?<=/\d{4})(?=\d)|(?<=[\d%])(?=\$)|(?<=%)(?=\d)|(?<=\.\d\d)(?=\d{3})"
    r"|(?<=,\d{3})(?=\d{2,3}(?:\.\d{1,4})?%)"
)
_GAP = re.compile(r"\t|\|| {2,}")
_FIGURE = re.compile(r"\d(?!st\b|nd\b|rd\b|th\b)", re.IGNORECASE)
_MARK = re.compile(r"\(\d{1,2}\)")
_ANSWER = re.compile(
    r"(?:yes|no|n/a|none|monthly|quarterly|semi-?annual(?:ly)?|annually|fixed|floating|step|zero)\W{0,3}$",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-=_ \t|+*.:]{4,}$")
"""A line that is drawn, and holds nothing."""
_LEADERS = re.compile(r"(?: ?\.){4,40}(?= )| \.\.{1,3}(?= )")
"""Dots that lead the eye from a name to its figure."""

_COLUMNS = 4
"""From so many cells on a line is a row of a table, and the next may go on in its columns."""


def text_lines(text: str, *, first: int = 1, page: int = 0) -> Iterator[Line]:
    """Give the lines of a text, the first numbered `first`."""
    for number, raw in enumerate(text.split("\n"), start=first):
        line = _LEADERS.sub("    ", _unglued(boxed(cleaned(html.unescape(_TAG.sub("", raw))))))
        barred = "\t" in line or "|" in line
        cells = () if _RULE.match(line) else tuple(_cut(line, barred=barred, number=number))
        if not barred:
            yield Line(number, cells, barred, "blanks", page)
        else:
            yield Line(number, cells, barred, f"bars {len(cells)}", page)


def stacked(lines: Iterable[Line]) -> list[Line]:
    """Put a cell that goes on in the next line's same column together again, as headings of two lines do."""
    found: list[Line] = []
    for line in lines:
        joined = _join(found[-1], line) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(line)
    return found


def _unglued(line: str) -> str:
    """Part figures that an extraction ran together: `02006DLF6US02006DLF60$5,000.00Fixed3.500%Monthly`."""
    line = _GLUED_WORD.sub(" ", line)
    if not _GLUED.search(line):
        return line
    return _SEAM.sub(" ", _GLUED.sub(lambda found: " ".join(filter(None, found.groups())) + " ", line))


def _cut(line: str, *, barred: bool, number: int) -> Iterator[Cell]:
    """Part a line into cells at pipes, tabs and wide white space; between pipes and tabs empty cells are kept."""
    start = column = 0
    for gap in (*_GAP.finditer(line), None):
        end = gap.start() if gap else len(line)
        text = one_line(line[start:end])
        is_bar = barred and gap is not None and gap[0] in "\t|"
        if text or is_bar:
            yield Cell(text, column if barred else start, column + 1 if barred else end, number)
            column += 1
        start = gap.end() if gap else end


def _join(above: Line, line: Line) -> Line | None:
    """Give the line above with this one's cells added below its own; None where they are lines of their own."""
    full = list(line.full)
    if len(above.full) < _COLUMNS or not full or above.barred != line.barred or _is_grid(above) != _is_grid(line):
        return None
    if not line.barred and len(full) >= _COLUMNS:
        full = [part for cell in full for part in _parted(cell, above)]
    if has_figure(line) or full[0].text.lower().startswith("cusip") or _is_named(above) or _is_named(line):
        return None
    if _is_grid(line):
        is_headings = above.grid == line.grid and not has_figure(above)
        return _two_storeys(above, line) if is_headings else None
    columns = _columns_below(above, line, full)
    # below a row of figures only what its columns had no room for can stand, and a CUSIP always has
    if columns is None or (has_figure(above) and 0 in columns):
        return None
    cells = list(above.cells)
    for column, cell in zip(columns, full, strict=True):
        over = cells[column]
        text, start, end = f"{over.text} {cell.text}".strip(), min(over.start, cell.start), max(over.end, cell.end)
        cells[column] = Cell(text, start, end, over.number or cell.number)
    return Line(above.number, tuple(cells), above.barred, above.grid, above.page)


def _is_grid(line: Line) -> bool:
    return line.grid.startswith("table")


def _two_storeys(above: Line, line: Line) -> Line | None:
    """Read headings of two storeys: `Coupon` over `Rate` and `Frequency` is `Coupon Rate`, `Coupon Frequency`."""
    cells: list[Cell] = []
    below = line.full
    for upper in above.cells:
        under = [cell for cell in below if cell.start < upper.end and upper.start < cell.end]
        if not under:
            cells.append(upper)
        for cell in under:
            if not (upper.start <= cell.start and cell.end <= upper.end):
                return None
            number = upper.number or cell.number
            cells.append(Cell(f"{upper.text} {cell.text}".strip(), cell.start, cell.end, number))
    if len([cell for cell in cells if cell.text]) < len(above.full):
        return None
    return Line(above.number, tuple(cells), above.barred, above.grid, above.page)


def _columns_below(above: Line, line: Line, full: list[Cell]) -> list[int] | None:
    """Say below which cell above each cell stands; None where one stands below none of them, or several."""
    if line.barred:
        if len(above.cells) == len(line.cells):
            return [place for place, cell in enumerate(line.cells) if cell.text]
        over = [place for place, cell in enumerate(above.cells) if cell.text]
        return over if len(over) == len(full) else None
    columns = []
    for cell in full:
        over = [place for place, each in enumerate(above.cells) if each.start < cell.end and cell.start < each.end]
        if len(over) != 1 or over[0] in columns:
            return None
        columns += over
    return columns


def _parted(cell: Cell, above: Line) -> Iterator[Cell]:
    """Part a cell at the columns above it, where two of them stood only one space apart."""
    start, words = cell.start, list(re.finditer(r"\S+", cell.text))
    for earlier, word in pairwise(words):
        begins = cell.start + word.start()
        over = [each for each in above.cells if each.start < cell.start + word.end() and begins < each.end]
        if len(over) == 1 and over[0].start > start and cell.start + earlier.end() <= over[0].start:
            yield Cell(cell.text[start - cell.start : word.start()].strip(), start, begins, cell.number)
            start = begins
    yield Cell(cell.text[start - cell.start :], start, cell.end, cell.number)


def has_figure(line: Line) -> bool:
    """Tell whether a line holds what is printed under headings, and not headings alone."""
    return any(
        _FIGURE.search(_MARK.sub("", cell.text)) or _ANSWER.match(cell.text) or has_boxes(cell.text)
        for cell in line.cells
    )


def _is_named(line: Line) -> bool:
    """Tell whether a line starts with the name of what stands in it, and a colon."""
    return bool(line.full) and line.full[0].text.endswith(":")
