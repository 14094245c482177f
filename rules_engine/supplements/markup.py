"""From a web page to lines of cells, as a browser lays it out: rows and columns spanned, tables within tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html

from rules_engine.supplements.cells import Cell, Line
from rules_engine.supplements.cleaning import cleaned, drawn, symbol_font
from rules_engine.supplements.columns import text_lines
from rules_engine.supplements.figures import CUSIP_SHAPE
from rules_engine.supplements.patterns import one_line

_BLOCKS = frozenset(
    (
        *("p", "div", "hr", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "body", "center", "dl", "dt", "dd"),
        *("caption", "blockquote", "section", "article", "header", "footer", "address", "fieldset"),
    )
)
_UNSEEN = frozenset(("script", "style", "title", "head", "ix:header", "ix:hidden"))
_HIDDEN = re.compile(r"display[ \t\n]{0,9}:[ \t\n]{0,9}none|visibility[ \t\n]{0,9}:[ \t\n]{0,9}hidden", re.IGNORECASE)
_FAMILY = re.compile(r"font(?:-family)?[ \t\n]{0,9}:([^;]{0,200})", re.IGNORECASE)
_CUSIP = re.compile(rf"{CUSIP_SHAPE}\W{{0,3}}$")
_NAMED = re.compile(r"(?![^:\n]{0,80}(?:\d{4}|%))[A-Za-z(][^:\n]{1,80}:")
_MOST_COLUMNS, _MOST_ROWS = 1_000, 50
"""No cell is taken to span more."""


def page_lines(text: str) -> Iterator[Line]:
    """Give the lines of a web page."""
    parser = html.HTMLParser(encoding="utf-8", remove_pis=True, huge_tree=True)
    root = html.document_fromstring(text.encode("utf-8") or b"<p>", parser=parser)
    reader = _Reader()
    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        if not isinstance(element.tag, str):
            reader.pass_over(element)
        elif event == "start":
            reader.start(element)
        elif event == "end":
            reader.end(element)
    yield from reader.top.lines()


@dataclass(slots=True)
class _Block:
    """Lines that stand one below another: a text's, each with its number in the file, or those of a table."""

    parts: list[tuple[int, str] | list[Line]] = field(default_factory=list)
    columns: int = 1
    rows: int = 1

    def add(self, text: str, number: int) -> None:
        last = self.parts[-1] if self.parts else None
        if isinstance(last, tuple):
            seen = last[0] if last[1].strip() else number
            self.parts[-1] = (seen, last[1] + text)
        else:
            self.parts.append((number, text))

    def break_line(self) -> None:
        if self.parts and not (isinstance(self.parts[-1], tuple) and not self.parts[-1][1].strip()):
            self.parts.append((0, ""))

    @property
    def texts(self) -> list[tuple[int, str]]:
        """The lines of text that are not empty."""
        found = [(part[0], one_line(part[1])) for part in self.parts if isinstance(part, tuple)]
        return [(number, text) for number, text in found if text]

    @property
    def holds_tables(self) -> bool:
        return any(isinstance(part, list) for part in self.parts)

    def lines(self) -> Iterator[Line]:
        for part in self.parts:
            if isinstance(part, list):
                yield from part
            elif text := one_line(part[1]):
                yield Line(part[0], (Cell(text, 0, 1, part[0]),), barred=False)


@dataclass(slots=True)
class _Table:
    number: int
    rows: list[list[tuple[int, _Block]]] = field(default_factory=list)
    _spanning: list[tuple[int, int, int]] = field(default_factory=list)
    """The columns, from and to, that a cell of an earlier row still fills, and up to which row."""
    _started: list[tuple[int, int, int]] = field(default_factory=list)
    _passed: int = 0

    def next_row(self) -> None:
        self.rows.append([])
        still = [each for each in (*self._spanning, *self._started) if each[2] >= len(self.rows)]
        self._spanning, self._started, self._passed = sorted(still), [], 0

    def put(self, cell: _Block) -> None:
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
        return [line for row in self.rows for line in self._lines_of(row)]

    def _lines_of(self, row: list[tuple[int, _Block]]) -> Iterator[Line]:
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

    def _line(self, row: list[tuple[int, _Block, tuple[int, str]]]) -> Line:
        cells = tuple(Cell(text, column, column + cell.columns, number) for column, cell, (number, text) in row)
        first = next((cell.number for cell in cells if cell.text), 0)
        return Line(first, cells, barred=len(cells) > 1, grid=f"table {self.number}")


def _is_form(cell: _Block) -> bool:
    """Tell whether the lines of a cell name terms, each its own."""
    return len([text for _, text in cell.texts if _NAMED.match(text)]) > 1


def _is_column_of_cusips(cell: _Block) -> bool:
    return len(cell.texts) > 1 and all(_CUSIP.match(text) for _, text in cell.texts)


def _nth(cell: _Block, place: int, height: int) -> tuple[int, str]:
    if len(cell.texts) != height:
        return _whole(cell) if place == 0 else (0, "")
    return cell.texts[place]


def _whole(cell: _Block) -> tuple[int, str]:
    texts = cell.texts
    return (texts[0][0], " ".join(text for _, text in texts)) if texts else (0, "")


class _Reader:
    """Walks through a page's elements, filling blocks and the cells of tables."""

    def __init__(self) -> None:
        self.top = _Block()
        self._open: list[_Block | _Table] = [self.top]
        self._line = 1
        self._tables = 0
        self._unseen: Any = None
        self._fonts: list[tuple[Any, str]] = []
        self._preformatted: Any = None
        self._verbatim: list[tuple[int, str]] = []

    def start(self, element: Any) -> None:
        """Start what an element holds."""
        if self._unseen is not None:
            return
        tag = element.tag.lower()
        self._line = max(self._line, element.sourceline or 0)
        if tag in _UNSEEN or _HIDDEN.search(element.get("style", "")):
            self._unseen = element
            return
        if tag == "table":
            self._break()
            self._tables += 1
            self._open.append(_Table(self._tables))
        elif tag == "tr" and isinstance(self._open[-1], _Table):
            self._open[-1].next_row()
        elif tag in ("td", "th") and isinstance(self._open[-1], _Table):
            if not self._open[-1].rows:
                self._open[-1].next_row()
            columns, rows = _span(element, "colspan", _MOST_COLUMNS), _span(element, "rowspan", _MOST_ROWS)
            self._open.append(_Block(columns=columns, rows=rows))
        elif tag == "br" or tag in _BLOCKS:
            self._break()
        elif tag == "pre" and self._preformatted is None:
            self._break()
            self._preformatted = element
        if font := symbol_font(_families(element)):
            self._fonts.append((element, font))
        self._text(element.text or "", self._line)

    def end(self, element: Any) -> None:
        """End what an element held, and go on with the text after it."""
        tag = element.tag.lower()
        if self._unseen is not None:
            self._line += (element.text or "").count("\n")
            if element is not self._unseen:
                self._line += (element.tail or "").count("\n")
                return
            self._unseen = None
        elif tag == "table":
            self._close_table()
        elif tag in ("td", "th"):
            self._close_cell()
        elif tag in _BLOCKS:
            self._break()
        elif element is self._preformatted:
            self._close_preformatted()
        if self._fonts and self._fonts[-1][0] is element:
            self._fonts.pop()
        self._text(element.tail or "", self._line)

    def pass_over(self, comment: Any) -> None:
        """Go on behind a comment."""
        self._line = max(self._line, comment.sourceline or 0) + (comment.text or "").count("\n")
        if self._unseen is None:
            self._text(comment.tail or "", self._line)

    def _close_table(self) -> None:
        while len(self._open) > 1:
            closed = self._open.pop()
            if isinstance(closed, _Table):
                self._block().parts.append(list(closed.lines()))
                return
            self._put(closed)

    def _close_cell(self) -> None:
        if isinstance(self._open[-1], _Block) and len(self._open) > 1:
            self._put(self._open.pop())

    def _put(self, closed: Any) -> None:
        table = self._open[-1]
        if isinstance(table, _Table):
            table.put(closed)

    def _block(self) -> _Block:
        return next(each for each in reversed(self._open) if isinstance(each, _Block))

    def _break(self) -> None:
        if isinstance(self._open[-1], _Block):
            self._open[-1].break_line()

    def _close_preformatted(self) -> None:
        """Read what stands as it was typed like the lines of a text."""
        number = self._verbatim[0][0] if self._verbatim else 1
        self._block().parts.append(list(text_lines("".join(text for _, text in self._verbatim), first=number)))
        self._preformatted, self._verbatim = None, []

    def _text(self, text: str, number: int) -> None:
        """Add text, whose line is numbered by the first that is seen of it."""
        self._line += text.count("\n")
        if not text or (isinstance(self._open[-1], _Table) and not text.strip()):
            return
        if self._preformatted is not None:
            self._verbatim.append((number, text))
            return
        number += text[: len(text) - len(text.lstrip())].count("\n")
        font = self._fonts[-1][1] if self._fonts else ""
        self._block().add(cleaned(drawn(text, font)).replace("\n", " "), number)


def _span(element: Any, name: str, most: int) -> int:
    given = str(element.get(name, "1")).strip()
    return min(max(int(given), 1), most) if given.isdigit() and len(given) <= 4 else 1


def _families(element: Any) -> str:
    found = _FAMILY.search(element.get("style", ""))
    return f"{element.get('face', '')} {found[1] if found else ''}"
