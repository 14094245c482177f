"""From a PDF to lines of cells, its words put where they stand on the page."""

from __future__ import annotations

import io
from collections.abc import Iterator

from rules_engine.supplements.cells import Line
from rules_engine.supplements.columns import text_lines
from rules_engine.supplements.documents import UnreadableSupplement

_NOT_INSTALLED = "this is a PDF: `pip install 'retail-note-rules[pdf]'` reads it; or save the filing's HTML page"
_NO_TEXT = "this is a PDF that holds pictures of pages and no text: save the filing's HTML page, and read that"


def pdf_lines(data: bytes) -> Iterator[Line]:
    """Give the lines of a PDF, page by page, numbered through; raise UnreadableSupplement for one without text."""
    try:
        import pdfplumber
        from pdfplumber.utils.exceptions import PdfminerException
    except ImportError:
        raise UnreadableSupplement(_NOT_INSTALLED) from None
    first, is_empty = 1, True
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for number, page in enumerate(pdf.pages, start=1):
                text = page.extract_text(layout=True, keep_blank_chars=True) or ""
                is_empty = is_empty and not text.strip()
                yield from text_lines(text, first=first, page=number)
                first += text.count("\n") + 1
    except PdfminerException as fault:
        raise UnreadableSupplement(f"this is a PDF that cannot be opened: {fault}") from fault
    if is_empty:
        raise UnreadableSupplement(_NO_TEXT)
