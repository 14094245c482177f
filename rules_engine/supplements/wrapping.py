"""Cells of a text that were wrapped inside their columns, put together again: names, what they name, and headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from rules_engine.supplements.cells import Cell, Line
from rules_engine.supplements.columns import has_figure
from rules_engine.supplements.labels import CUSIP, LabelTable
from rules_engine.supplements.marks import has_boxes

_GOES_ON = re.compile(r"[a-z(]")
_UNFINISHED = re.compile(r"(?:,|(?<!\w)(?:and|or|of|on|the|to|at|in|by|each|any|every|with|than|from|for))$")
_NEAR = 2
"""So many columns apart two cells still stand in one."""
_MOST_STOREYS = 4
_FEWEST_HEADINGS = 4
_MOST_LINES = 12
"""No cell is wrapped over more lines."""


def unwrapped(lines: Iterable[Line], table: LabelTable) -> list[Line]:
    """Put together what a text wrapped: headings of several storeys, names over two lines, sentences in a column."""
    found: list[Line] = []
    last = taken = 0
    for line in _headings_joined(list(lines), table):
        above = found[-1] if found else None
        joined: list[Line] = []
        if above and line.number == last + 1 and taken < _MOST_LINES and _is_text(above) and _is_text(line):
            joined = _with_wrapped(above, line, table)
        taken = taken + 1 if joined else 0
        last = line.number
        if joined:
            found[-1] = joined[0]
            found += joined[1:]
        else:
            found.append(line)
    return found


def _is_text(line: Line) -> bool:
    return line.grid == "blanks" and bool(line.full)


def _with_wrapped(above: Line, line: Line, table: LabelTable) -> list[Line]:
    """Give the line above with each cell below put to the one it goes on from, and a line of the names left below.

    None are given where nothing goes on, or what is left starts with no name.
    """
    cells = list(above.full)
    named = _is_name(cells[0], table)
    left: list[Cell] = []
    for cell in line.full:
        over = [place for place, each in enumerate(cells) if _are_in_one_column(each, cell)]
        if len(over) != 1:
            left.append(cell)
            continue
        upper = cells[over[0]]
        is_named = bool(left) and left[-1].text.endswith(":")
        goes_on = over[0] > 0 and named and not is_named and _goes_on(upper, cell, table)
        if not goes_on and not _is_wrapped_name(
            upper, cell, table, has_value=len(cells) > 1, is_last=cell == line.full[-1]
        ):
            left.append(cell)
            continue
        end = max(upper.end, cell.end)
        cells[over[0]] = Cell(f"{upper.text} {cell.text}", min(upper.start, cell.start), end, upper.number)
        named = named or (over[0] == 0 and _is_name(cells[0], table))
    if len(left) == len(line.full) or (left and not left[0].text.endswith(":")):
        return []
    joined = Line(above.number, tuple(cells), above.barred, above.grid, above.page)
    return [joined, *([Line(line.number, tuple(left), line.barred, line.grid, line.page)] if left else [])]


def _are_in_one_column(upper: Cell, lower: Cell) -> bool:
    return abs(upper.start - lower.start) <= _NEAR or (upper.start < lower.start and lower.end <= upper.end)


def _goes_on(upper: Cell, lower: Cell, table: LabelTable) -> bool:
    """Tell whether a cell is the rest of the sentence above it."""
    if _is_name(upper, table) or _is_name(lower, table) or has_boxes(lower.text):
        return False
    return bool(_GOES_ON.match(lower.text) or _UNFINISHED.search(upper.text))


def _is_wrapped_name(upper: Cell, lower: Cell, table: LabelTable, *, has_value: bool, is_last: bool) -> bool:
    """Tell whether two cells are one name: `Interest Payment` over `Frequency`, which names nothing by itself."""
    if upper.text.endswith(":") or not (has_value or lower.text.endswith(":")):
        return False
    return _is_whole(f"{upper.text} {lower.text}", table) and (
        (is_last and has_value) or not _is_whole(lower.text, table)
    )


def _is_name(cell: Cell, table: LabelTable) -> bool:
    return cell.text.endswith(":") or _is_whole(cell.text, table)


def _is_whole(text: str, table: LabelTable) -> bool:
    """Tell whether a text is a name of a term and nothing more."""
    name = text.rstrip(" :")
    heading = table.at(name, 0)
    return heading is not None and heading.end >= len(name)


def _headings_joined(lines: Sequence[Line], table: LabelTable) -> Iterator[Line]:
    """Give the lines with headings that are written in storeys, whatever the number of each, on one line."""
    place = 0
    while place < len(lines):
        until = place
        while until < len(lines) and until - place < _MOST_STOREYS and _is_storey(lines[until]):
            until += 1
        joined, taken = None, until
        while taken - place >= 2 and not joined:
            joined = _in_columns(lines[place:taken], table)
            taken -= 0 if joined else 1
        if joined:
            yield joined
            place = taken
        else:
            yield lines[place]
            place += 1


def _is_storey(line: Line) -> bool:
    return _is_text(line) and len(line.full) >= 2 and not has_figure(line)


def _in_columns(lines: Sequence[Line], table: LabelTable) -> Line | None:
    """Join the cells that stand below one another; None where the result is not the headings of a table of notes."""
    columns: list[Cell] = []
    for line in lines:
        for cell in line.full:
            over = [place for place, each in enumerate(columns) if each.start < cell.end and cell.start < each.end]
            if len(over) > 1:
                return None
            if over:
                upper = columns[over[0]]
                start, end = min(upper.start, cell.start), max(upper.end, cell.end)
                columns[over[0]] = Cell(f"{upper.text} {cell.text}", start, end, upper.number)
            else:
                columns.append(Cell(cell.text, cell.start, cell.end, cell.number or line.number))
    if len(columns) < _FEWEST_HEADINGS:
        return None
    columns.sort(key=lambda cell: cell.start)
    if any(earlier.end > later.start for earlier, later in pairwise(columns)):
        return None
    if not all(_is_whole(cell.text, table) for cell in columns):
        return None
    if not any(CUSIP in heading.fields for cell in columns if (heading := table.at(cell.text, 0))):
        return None
    return Line(lines[0].number, tuple(columns), lines[0].barred, lines[0].grid, lines[0].page)
