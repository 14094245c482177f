"""A PDF is read like the text that stands on its pages."""

from __future__ import annotations

import sys

import pytest

from rules_engine.supplements import UnreadableSupplement, read_supplement_text, told

from .layouts import ROWS, columns
from .pdf import LINES_ON_A_PAGE, pdf_of
from .scoring import SHEETS, Outcome, facts, score

IN_COLUMNS = ("side-by-side.txt", "boxes-form.txt", "smartnotes.txt", "blocks.txt", "lines-without-colons.txt")


@pytest.mark.parametrize("sheet", IN_COLUMNS)
def test_a_pdf_reads_to_what_it_prints(sheet: str) -> None:
    read = read_supplement_text(pdf_of((SHEETS / sheet).read_text()), file=sheet)
    assert [each for each in score(facts()[sheet], read) if each.outcome is not Outcome.RIGHT] == []


def test_every_place_knows_its_page() -> None:
    text = "A cover\n" * LINES_ON_A_PAGE + columns([ROWS[0]])
    read = read_supplement_text(pdf_of(text))
    maturity = told(read)["notes"][0]["maturity"]
    assert (maturity["page"], maturity["words"]) == (2, "12/15/2019")
    assert maturity["line"] > LINES_ON_A_PAGE


def test_a_pdf_without_words_is_refused() -> None:
    with pytest.raises(UnreadableSupplement, match="a PDF that holds pictures of pages and no text"):
        read_supplement_text(pdf_of(""))


def test_a_pdf_that_is_broken_is_refused() -> None:
    with pytest.raises(UnreadableSupplement, match="a PDF that cannot be opened"):
        read_supplement_text(b"%PDF-1.7\nno more\n")


def test_says_what_to_install_where_no_pdf_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(UnreadableSupplement, match=r"pip install 'retail-note-rules\[pdf\]'"):
        read_supplement_text(pdf_of("CUSIP"))
