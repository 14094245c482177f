"""From a supplement's bytes to one flow of text: pipes, tabs, columns by white space and HTML read alike.

Nothing is understood here. Cells end up in reading order, a cell wrapped over lines is whole again,
escapes and emphasis that an extraction left behind are gone, and every place still knows its line.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from rules_engine.errors import RulesEngineError
from rules_engine.supplements.markup import lines_of_html

MAX_BYTES = 8 * 1024 * 1024
"""A filing with its whole prospectus behind it is smaller."""

_HTML = re.compile(r"<(?:t[dr]|p|div|br|body)\b", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_ESCAPED = re.compile(r"\\([$%*_#|\[\]()-])")
_GLUED = re.compile(r"([0-9A-Z]{8}[0-9])([A-Z]{2}\1[0-9])")
"""A CUSIP and the international number made of it, with nothing between."""
_SEAM = re.compile(
    r"(?<=[\d%])(?=[A-Z][a-z])|(?<=[a-z])(?=\d|[A-Z])|(?<=/\d{4})(?=\d)|(?<=[\d%])(?=\$)|(?<=%)(?=\d)|(?<=\.\d\d)(?=\d{3})"
)
_GAP = re.compile(r"\t|\|| {2,}")
_FIGURE = re.compile(r"\d(?!st\b|nd\b|rd\b|th\b)")
_MARK = re.compile(r"\(\d{1,2}\)")
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201b\u0060\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\u3000", " "),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\ufeff", None),
        "\u2026": "...",
    }
)
"""Quotes, dashes and spaces as a keyboard has them; what nobody sees is left out."""

_COLUMNS = 4
"""From so many cells on a line is a row of a table, and the next may go on in its columns."""


class UnreadableSupplement(RulesEngineError):
    """A file is no text a supplement could be read from; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a line, from one column of characters, included, to another, excluded."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line's cells; `barred` where pipes, tabs or a table part them, so that empty cells count too."""

    number: int
    cells: tuple[Cell, ...]
    barred: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole text in reading order: a line to a line, a tab between cells, and each place knows its line."""

    text: str
    starts: tuple[int, ...]
    numbers: tuple[int, ...]

    def line_at(self, place: int) -> int:
        """Give the line of the file that a place in the text comes from, counted from 1."""
        return self.numbers[bisect_right(self.starts, place) - 1] if self.numbers else 1


def read_flow(data: bytes) -> Flow:
    """Read a file's bytes into a flow; raise UnreadableSupplement where they are no text."""
    text = _decode(data)
    lines = _html_lines(text) if _HTML.search(text) else _text_lines(text)
    texts: list[str] = []
    starts: list[int] = []
    numbers: list[int] = []
    place = 0
    for line in _stacked(lines):
        written = "\t".join(cell.text for cell in line.cells if cell.text)
        if not written and texts and not texts[-1]:
            continue  # one blank line parts as well as many
        texts.append(written)
        starts.append(place)
        numbers.append(line.number)
        place += len(written) + 1
    return Flow("\n".join(texts), tuple(starts), tuple(numbers))


def _decode(data: bytes) -> str:
    if data.startswith(b"%PDF"):
        raise UnreadableSupplement("this is a PDF: save its text, or the filing's HTML page, and read that")
    if b"\0" in data:
        raise UnreadableSupplement("this is no text: save the supplement as text or HTML")
    if len(data) > MAX_BYTES:
        raise UnreadableSupplement(f"the file is larger than {MAX_BYTES:,} bytes: cut the supplement out of it")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # older filings are in the Windows code page; five bytes of it stand for nothing
        text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _clean(text: str) -> str:
    """Take away what an extraction added and what no reader sees."""
    text = _ESCAPED.sub(r"\1", text.translate(_PLAIN)).replace("**", "")
    return "".join(character for character in text if character.isprintable() or character == "\t")


def _unglued(line: str) -> str:
    """Part figures that an extraction ran together: `02006DLF6US02006DLF60$5,000.00Fixed3.500%Monthly`."""
    if not _GLUED.search(line):
        return line
    return _SEAM.sub(" ", _GLUED.sub(r"\1 \2 ", line))


def _text_lines(text: str) -> Iterator[Line]:
    for number, raw in enumerate(text.split("\n"), start=1):
        line = _unglued(_clean(html.unescape(_TAG.sub("", raw))))
        yield Line(number, tuple(_cut(line)), "\t" in line or "|" in line)


def _cut(line: str) -> Iterator[Cell]:
    """Part a line into cells at pipes, tabs and wide white space; between pipes and tabs empty cells are kept."""
    barred = "\t" in line or "|" in line
    start = 0
    for gap in (*_GAP.finditer(line), None):
        end = gap.start() if gap else len(line)
        text = line[start:end].strip()
        if text or (barred and gap and gap[0] in "\t|"):
            yield Cell(text, start, end)
        start = gap.end() if gap else end


def _html_lines(text: str) -> Iterator[Line]:
    for number, texts in lines_of_html(text):
        cleaned = [" ".join(_clean(each).split()) for each in texts]
        yield Line(number, tuple(Cell(each, 0, 0) for each in cleaned), len(cleaned) > 1)


def _stacked(lines: Iterable[Line]) -> list[Line]:
    """Put a cell that goes on in the next line's same column together again, as headings of two lines do."""
    stacked: list[Line] = []
    for line in lines:
        joined = _join(stacked[-1], line) if stacked else None
        if joined:
            stacked[-1] = joined
        else:
            stacked.append(line)
    return stacked


def _join(above: Line, line: Line) -> Line | None:
    """Give the line above with this one's cells added below its own; None where they are lines of their own."""
    full = [cell for cell in line.cells if cell.text]
    if len([cell for cell in above.cells if cell.text]) < _COLUMNS or not full or above.barred != line.barred:
        return None
    if not line.barred and len(full) >= _COLUMNS:
        full = [part for cell in full for part in _parted(cell, above)]
    if _has_figure(line) or full[0].text.lower().startswith("cusip"):
        return None
    columns = _columns_below(above, line, full)
    # below a row of figures only what its columns had no room for can stand, and a CUSIP always has
    if columns is None or (_has_figure(above) and 0 in columns):
        return None
    cells = list(above.cells)
    for column, cell in zip(columns, full, strict=True):
        over = cells[column]
        cells[column] = Cell(f"{over.text} {cell.text}".strip(), min(over.start, cell.start), max(over.end, cell.end))
    return Line(above.number, tuple(cells), above.barred)


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
            yield Cell(cell.text[start - cell.start : word.start()].strip(), start, begins)
            start = begins
    yield Cell(cell.text[start - cell.start :], start, cell.end)


def _has_figure(line: Line) -> bool:
    return any(_FIGURE.search(_MARK.sub("", cell.text)) for cell in line.cells)
