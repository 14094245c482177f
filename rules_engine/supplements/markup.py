"""From HTML to lines of cells: a table's row is a line, and so is every block of text outside of one."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

_ROWS = {"tr", "table", "tbody", "thead", "tfoot"}
_CELLS = {"td", "th"}
_BLOCKS = {"p", "div", "br", "hr", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "body", "center", "dl"}
_UNSEEN = {"script", "style", "title"}


def lines_of_html(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each line's number in the file and the texts of its cells."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end_line()
    yield from reader.lines


class _Reader(HTMLParser):
    """Gathers text into cells and cells into lines; what stands outside any row is a line of one cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[int, list[str]]] = []
        self._cells: list[str] = [""]
        self._number = 0
        self._in_cell = False
        self._unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Start a line at a row or block, and a cell at a cell; inside a cell a block only parts words."""
        if tag in _UNSEEN:
            self._unseen = tag
        elif tag in _ROWS:
            self.end_line()
        elif tag in _CELLS:
            if self._in_cell or self._cells != [""]:
                self._cells.append("")
            self._in_cell = True
        elif tag in _BLOCKS:
            self._part()

    def handle_endtag(self, tag: str) -> None:
        """End what the tag started."""
        if tag == self._unseen:
            self._unseen = ""
        elif tag in _ROWS:
            self.end_line()
        elif tag in _BLOCKS:
            self._part()

    def handle_data(self, data: str) -> None:
        """Add text to the cell, whose line is numbered by the first that is seen of it."""
        if self._unseen:
            return
        if not self._number and data.strip():
            self._number = self.getpos()[0] + data[: len(data) - len(data.lstrip())].count("\n")
        self._cells[-1] += data

    def end_line(self) -> None:
        """Put the line gathered so far away, unless nothing can be read in it."""
        if any(cell.strip() for cell in self._cells):
            self.lines.append((self._number, self._cells))
        self._cells, self._number, self._in_cell = [""], 0, False

    def _part(self) -> None:
        if self._in_cell:
            self._cells[-1] += " "
        else:
            self.end_line()
