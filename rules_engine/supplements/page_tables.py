"""A web page's blocks of text and its tables, each cell in the columns that a browser gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rules_engine.supplements.cells import Cell, Line
from rules_engine.supplements.figures import CUSIP_SHAPE
from rules_engine.supplements.patterns import one_line

_CUSIP = re.compile(rf"{CUSIP_SHAPE}\W{{0,3}}$")
_NAMED = re.compile(r"(?![^:\n]{0,80}(?:\d{4}|%))[A-Za-z(][^:\n]{1,80}:")


@dataclass(slots=True)
class Block:
    """Lines that stand one below another: a text's, each with its number in the file, or those of a table."""

    parts: list[tuple[int, str] | list[Line]] = field(default_factory=list)
    columns: int = 1
    rows: int = 1

    def add(self, text: str, number: int) -> None:
        """Go on with the line that is written, which starts on a line of the file."""
        last = self.parts[-1] if self.parts else None
        if isinstance(last, tuple):
            seen = last[0] if last[1].strip() else number
            self.parts[-1] = (seen, last[1] + text)
        else:
            self.parts.append((number, text))

    def break_line(self) -> None:
        """End the line that is written."""
        if self.parts and not (isinstance(self.parts[-1], tuple) and not self.parts[-1][1].strip()):
            self.parts.append((0, ""))

    @property
    def texts(self) -> list[tuple[int, str]]:
        """The lines of text that are not empty."""
        found = [(part[0], one_line(part[1])) for part in self.parts if isinstance(part, tuple)]
        return [(number, text) for number, text in found if text]

    @property
    def holds_tables(self) -> bool:
        """Tell whether a table stands among the lines."""
        return any(isinstance(part, list) for part in self.parts)

    def lines(self) -> Iterator[Line]:
        """Give every line that is not empty, those of tables in their places."""
        for part in self.parts:
            if isinstance(part, list):
                yield from part
            elif text := one_line(part[1]):
                yield Line(part[0], (Cell(text, 0, 1, part[0]),), barred=False)


@dataclass(slots=True)
class Table:
    """The rows of a table, each of cells with the first of the columns it fills; tables are numbered in their order."""

    number: int
    rows: list[list[tuple[int, Block]]] = field(default_factory=list)
    _spanning: list[tuple[int, int, int]] = field(default_factory=list)
    """The columns, from and to, that a cell of an earlier row still fills, and up to which row."""
    _started: list[tuple[int, int, int]] = field(default_factory=list)
    _passed: int = 0

    def next_row(self) -> None:
        """Start a row, in which cells of earlier rows may still fill columns."""
        self.rows.append([])
        still = [each for each in (*self._spanning, *self._started) if each[2] >= len(self.rows)]
        self._spanning, self._started, self._passed = sorted(still), [], 0

    def put(self, cell: Block) -> None:
        """Put a cell into the first column that is free, as a browser does."""
        row = self.rows[-1]
        column = row[-1][0] + row[-1][1].columns if row else 0
        while self._passed < len(self._spanning) and self._spanning[self._passed][0] <= column:
            column = max(column, self._spanning[self._passed][1])
            self._passed += 1
        row.append((column, cell))
        if cell.rows > 1:
            self._started.append((column, column + cell.columns, len(self.rows) + cell.rows - 1))

    def lines(self) -> list[Line]:
        """Give a line for each row or, of a cell that is a form or holds tables, its own lines."""
        return [line for row in self.rows for line in self._lines_of(row)]

    def _lines_of(self, row: list[tuple[int, Block]]) -> Iterator[Line]:
        cells = [cell for _, cell in row]
        if any(cell.holds_tables or _is_form(cell) for cell in cells):
            for cell in cells:
                yield from cell.lines()
            return
        # notes whose figures stand one below another inside their columns' cells
        heights = {len(cell.texts) for cell in cells if _is_column_of_cusips(cell)}
        height = heights.pop() if len(heights) == 1 else 0
        if height:
            for place in range(height):
                yield self._line([(column, cell, _nth(cell, place, height)) for column, cell in row])
        else:
            yield self._line([(column, cell, _whole(cell)) for column, cell in row])

    def _line(self, row: list[tuple[int, Block, tuple[int, str]]]) -> Line:
        cells = tuple(Cell(text, column, column + cell.columns, number) for column, cell, (number, text) in row)
        first = next((cell.number for cell in cells if cell.text), 0)
        return Line(first, cells, barred=len(cells) > 1, grid=f"table {self.number}")


def _is_form(cell: Block) -> bool:
    """Tell whether the lines of a cell name terms, each its own."""
    return len([text for _, text in cell.texts if _NAMED.match(text)]) > 1


def _is_column_of_cusips(cell: Block) -> bool:
    return len(cell.texts) > 1 and all(_CUSIP.match(text) for _, text in cell.texts)


def _nth(cell: Block, place: int, height: int) -> tuple[int, str]:
    if len(cell.texts) != height:
        return _whole(cell) if place == 0 else (0, "")
    return cell.texts[place]


def _whole(cell: Block) -> tuple[int, str]:
    texts = cell.texts
    return (texts[0][0], " ".join(text for _, text in texts)) if texts else (0, "")
