"""From a file's bytes to a sheet of cells, and the names of terms that are looked for on it."""

from __future__ import annotations

from collections.abc import Sequence

from rules_engine.rulebook.books import Book
from rules_engine.supplements.cells import Line, Sheet, sheet_of
from rules_engine.supplements.columns import stacked, text_lines
from rules_engine.supplements.conserving import cusips_printed
from rules_engine.supplements.documents import check_size, decode, is_page, is_pdf, supplement_in
from rules_engine.supplements.labels import LabelTable, shipped_labels
from rules_engine.supplements.markup import page_lines
from rules_engine.supplements.portable import pdf_lines
from rules_engine.supplements.proposing import programmes_of
from rules_engine.supplements.wrapping import unwrapped


def open_sheet(data: bytes, programme: str = "", book: Book | None = None) -> tuple[Sheet, LabelTable]:
    """Read a file's bytes into a sheet of cells, with the names to look for; raise UnreadableSupplement for no text."""
    lines = _lines(data)
    table = _names_for(lines, programme, book)
    return sheet_of(stacked(unwrapped(lines, table))), table


def _lines(data: bytes) -> list[Line]:
    """Read a file's bytes into lines of cells; raise UnreadableSupplement where they are no text."""
    check_size(data)
    if is_pdf(data):
        return list(pdf_lines(data))
    text = supplement_in(decode(data))
    return list(page_lines(text) if is_page(text) else text_lines(text))


def _names_for(lines: Sequence[Line], programme: str, book: Book | None) -> LabelTable:
    """Give the names of terms to look for: those known for every issuer, and those of the issuer whose notes these are.

    Without a programme the CUSIPs tell whose they are, where the book has notes of the same issuer's part.
    """
    if book is None:
        return shipped_labels()
    printed = {cusip for line in lines for cell in line.full for cusip, _ in cusips_printed(cell.text)}
    found = (programme,) if programme else programmes_of(book, printed)
    issuers = {each.partition("/")[0] for each in found}
    own = [book.labels[issuer] for issuer in sorted(issuers) if issuer in book.labels]
    table = shipped_labels()
    for labels in own:
        table = table.with_more(labels)
    return table
