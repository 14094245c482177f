"""What sheets call a note's terms is data, which an issuer's folder adds to."""

from __future__ import annotations

import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from rules_engine.clauses import CLAUSES
from rules_engine.hookspecs import hookimpl
from rules_engine.host import Host
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.sheet_labels import FIELDS
from rules_engine.rulebook.vocabulary import Vocabulary
from rules_engine.supplements import read_supplement_text
from rules_engine.supplements.labels import LabelTable, plain, shipped_labels
from tests.acme import ACME, AcmePlugin, found, loaded, rules_with_acme

RULES = Path(__file__).parents[2] / "rules"
ALLY = "ally/term-notes-a"
SHEET = b"""\
Registration Statement No. 333-206284
Pricing Supplement No. 124
CUSIP: 02006DLH2
Yearly Remuneration: 3.500%
Interest Payment Frequency: Monthly
Day of Repayment: December 15, 2019
First Payment Date: January 15, 2017
Survivor's Option: Yes
Redemption: Non-Callable
Settlement Date: December 1, 2016
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    root = tmp_path / "rules"
    shutil.copytree(RULES, root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return root


def book_with(rules: Path, labels: str) -> Book:
    (rules / "ally" / "labels.yaml").write_text(labels)
    return Book.open(rules, Vocabulary.of(clause.words for clause in CLAUSES))


WORDS = "coupon:\n  - Yearly Remuneration\nmaturity:\n  - Day of Repayment\n"


@pytest.mark.parametrize("programme", [ALLY, ""], ids=["named", "told by the CUSIP"])
def test_a_programmes_words_are_read_without_any_code(rules: Path, programme: str) -> None:
    book = book_with(rules, WORDS)
    assert book.problems == ()
    (note,) = read_supplement_text(SHEET, programme=programme, book=book).notes
    assert note.value("coupon") == Decimal("3.500")
    assert str(note.value("maturity")) == "2019-12-15"
    (without,) = read_supplement_text(SHEET).notes
    assert without.readings["coupon"].doubts == ["not found"]


class AcmeWithLabels(AcmePlugin):
    """Acme's plugin, which brings its issuer's folder with the names its sheets use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @hookimpl
    def rules(self) -> Path:
        return self._folder


def test_a_plugin_brings_the_names_its_issuers_sheets_use(tmp_path: Path) -> None:
    brought = tmp_path / "brought"
    shutil.copytree(rules_with_acme(tmp_path) / "acme", brought / "acme")
    (brought / "acme" / "labels.yaml").write_text(WORDS)
    book = Host.open(plugins=loaded(found("acme", AcmeWithLabels(brought)))).book
    sheet = SHEET.replace(b"02006DLH2", b"00499AAC9")
    for programme in (ACME, ""):
        (note,) = read_supplement_text(sheet, programme=programme, book=book).notes
        assert note.value("coupon") == Decimal("3.500")
        assert str(note.value("maturity")) == "2019-12-15"


def test_an_issuers_words_are_its_own(rules: Path) -> None:
    book = book_with(rules, WORDS)
    (note,) = read_supplement_text(SHEET.replace(b"02006DLH2", b"85678LL29"), book=book).notes
    assert note.readings["maturity"].doubts == ["not found"]


def test_an_issuers_meaning_of_a_name_comes_before_everybodys(rules: Path) -> None:
    book = book_with(rules, "first coupon date:\n  - Maturity Date\n")
    (note,) = read_supplement_text(SHEET.replace(b"First Payment", b"Maturity"), programme=ALLY, book=book).notes
    assert str(note.value("first coupon date")) == "2017-01-15"


@pytest.mark.parametrize(
    ("labels", "fault"),
    [
        ("maturty:\n  - Day of Repayment\n", "ally/labels.yaml:1:1: `maturty` is no field of a supplement"),
        ("maturity:\n  - '---'\n", "ally/labels.yaml:2:5: `---` is no name of a term"),
        ("maturity: Day of Repayment\n", "ally/labels.yaml:1:11:"),
    ],
)
def test_a_fault_of_a_file_of_words_is_named(rules: Path, labels: str, fault: str) -> None:
    assert any(str(problem).startswith(fault) for problem in book_with(rules, labels).problems)


def test_no_name_that_ships_stands_for_two_things() -> None:
    written = Counter(plain(name) for name in shipped_labels().words)
    assert [name for name, times in written.items() if times > 1] == []
    assert {field for fields in shipped_labels().words.values() for field in fields} == set(FIELDS)


@pytest.mark.parametrize(
    ("text", "words", "end"),
    [
        ("CUSIP No.: 1", "CUSIP No", 9),
        ("Survivors' Option", "Survivors' Option", 17),
        ("Net ProceedsCoupon", "Net Proceeds", 12),
        ("NetProceeds", "NetProceeds", 11),
        ("Coupon\nType", "Coupon Type", 11),
        ("Price1", "Price", 5),
        ("CUSIP/ISIN:", "CUSIP/ISIN", 10),
        ("CUSIP / ISIN:", "CUSIP / ISIN", 12),
        ("Maturity Date", "Maturity Date", 13),
    ],
)
def test_a_name_is_found_however_it_is_spelled(text: str, words: str, end: int) -> None:
    heading = shipped_labels().at(text, 0)
    assert heading
    assert (heading.words, heading.end) == (words, end)


@pytest.mark.parametrize("text", ["CUSIPs of", "Survivorship", "Mat urity", "Price12.5", "interested", ""])
def test_other_words_are_no_name(text: str) -> None:
    assert (
        LabelTable.of(
            {
                "cusip": ["CUSIP"],
                "maturity": ["Maturity"],
                "issue price": ["Price"],
                "coupon": ["Interest"],
                "survivors option": ["Survivors"],
            }
        ).at(text, 0)
        is None
    )


def test_a_name_does_not_go_on_in_the_next_cell() -> None:
    heading = shipped_labels().at("Survivor's Option\nS&P Rating", 0)
    assert heading
    assert heading.words == "Survivor's Option"
