"""From a web page to lines of cells, as a browser lays it out: rows and columns spanned, tables within tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from rules_engine.supplements.cells import Line
from rules_engine.supplements.cleaning import cleaned, drawn, symbol_font
from rules_engine.supplements.columns import text_lines
from rules_engine.supplements.page_tables import Block, Table

_BLOCKS = frozenset(
    (
        *("p", "div", "hr", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "body", "center", "dl", "dt", "dd"),
        *("caption", "blockquote", "section", "article", "header", "footer", "address", "fieldset"),
    )
)
_UNSEEN = frozenset(("script", "style", "title", "head", "ix:header", "ix:hidden"))
_HIDDEN = re.compile(r"display[ \t\n]{0,9}:[ \t\n]{0,9}none|visibility[ \t\n]{0,9}:[ \t\n]{0,9}hidden", re.IGNORECASE)
_FAMILY = re.compile(r"font(?:-family)?[ \t\n]{0,9}:([^;]{0,200})", re.IGNORECASE)
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


class _Reader:
    """Walks through a page's elements, filling blocks and the cells of tables."""

    def __init__(self) -> None:
        self.top = Block()
        self._open: list[Block | Table] = [self.top]
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
            self._open.append(Table(self._tables))
        elif tag == "tr" and isinstance(self._open[-1], Table):
            self._open[-1].next_row()
        elif tag in ("td", "th") and isinstance(self._open[-1], Table):
            if not self._open[-1].rows:
                self._open[-1].next_row()
            columns, rows = _span(element, "colspan", _MOST_COLUMNS), _span(element, "rowspan", _MOST_ROWS)
            self._open.append(Block(columns=columns, rows=rows))
        elif tag in ("br", "tr", "td", "th") or tag in _BLOCKS:
            self._break()  # a cell outside a table is a line
        elif tag == "pre" and self._preformatted is None:
            self._break()
            self._preformatted = element
        if tag == "sup" and (element.tail or "").lstrip()[:1] in ("/", "\u2044"):
            self._text(" ", self._line)  # the fraction of `4 1/2`
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
            if isinstance(closed, Table):
                self._block().parts.append(list(closed.lines()))
                return
            self._put(closed)

    def _close_cell(self) -> None:
        if isinstance(self._open[-1], Block) and len(self._open) > 1:
            self._put(self._open.pop())

    def _put(self, closed: Any) -> None:
        table = self._open[-1]
        if isinstance(table, Table):
            table.put(closed)

    def _block(self) -> Block:
        return next(each for each in reversed(self._open) if isinstance(each, Block))

    def _break(self) -> None:
        if isinstance(self._open[-1], Block):
            self._open[-1].break_line()

    def _close_preformatted(self) -> None:
        """Read what stands as it was typed like the lines of a text."""
        number = self._verbatim[0][0] if self._verbatim else 1
        self._block().parts.append(list(text_lines("".join(text for _, text in self._verbatim), first=number)))
        self._preformatted, self._verbatim = None, []

    def _text(self, text: str, number: int) -> None:
        """Add text, whose line is numbered by the first that is seen of it."""
        self._line += text.count("\n")
        if not text or (isinstance(self._open[-1], Table) and not text.strip()):
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
