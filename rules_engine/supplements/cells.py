"""A sheet as cells: what stands side by side, what stands below what, and the text they make in reading order.

Nothing is understood here. However a file parted its cells (pipes, tabs, columns of blanks, a web page's
table), they end up alike, one after another, and each still knows its place on the sheet.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a line, from one column, included, to another, excluded; `number` is its line in the file."""

    text: str
    start: int
    end: int
    number: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line's cells, empty ones too where something parts them, `barred`.

    The columns of two lines may be compared where their `grid` is the same; an empty grid has no columns.
    """

    number: int
    cells: tuple[Cell, ...]
    barred: bool
    grid: str = ""
    page: int = 0

    @property
    def full(self) -> tuple[Cell, ...]:
        """The cells that are not empty."""
        return tuple(cell for cell in self.cells if cell.text)


@dataclass(frozen=True, slots=True)
class Span:
    """A cell that is not empty, and the places in the sheet's text it fills, from `start` to before `end`.

    `row` counts the sheet's lines; `left` and `right` are the columns of its `grid`.
    """

    start: int
    end: int
    row: int
    left: int
    right: int
    grid: str
    number: int

    def is_over(self, below: Span) -> bool:
        """Tell whether two cells of one grid share a column."""
        return bool(self.grid) and self.grid == below.grid and self.left < below.right and below.left < self.right


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole text in reading order: a line to a line, a tab between cells; and every cell with its place.

    `pages` are the numbers of the first line on each page; none for a file without pages.
    """

    text: str
    spans: tuple[Span, ...]
    starts: tuple[int, ...] = field(repr=False)
    pages: tuple[int, ...] = ()

    def line_at(self, place: int) -> int:
        """Give the line of the file that a place in the text comes from, counted from 1."""
        return self.spans[self.index_at(place)].number if self.spans else 1

    def index_at(self, place: int) -> int:
        """Give the number, among the sheet's cells, of the one a place stands in or, between two, of the first."""
        return max(bisect_right(self.starts, place) - 1, 0)

    def span_at(self, place: int) -> Span:
        """Give the cell a place stands in."""
        return self.spans[self.index_at(place)]


def sheet_of(lines: Iterable[Line]) -> Sheet:
    """Write lines one after another; one blank line parts as well as many."""
    texts: list[str] = []
    spans: list[Span] = []
    pages: dict[int, int] = {}
    place = 0
    for line in lines:
        full = line.full
        pages.setdefault(line.page, line.number)
        if not full:
            if texts and texts[-1]:
                texts.append("")
                place += 1
            continue
        for cell in full:
            end = place + len(cell.text)
            number = cell.number or line.number
            spans.append(Span(place, end, len(texts), cell.start, cell.end, line.grid, number))
            place = end + 1
        texts.append("\t".join(cell.text for cell in full))
    starts = tuple(span.start for span in spans)
    return Sheet("\n".join(texts), tuple(spans), starts, tuple(line for page, line in pages.items() if page))
