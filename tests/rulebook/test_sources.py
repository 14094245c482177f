"""Sources beside the rules: quotes stand in them, and figures in their quotes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from rules_engine.host import shipped_rules
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.vocabulary import Vocabulary

from .books import EDITION, PROGRAMME, write_book

TEXT = """\
The Notes are sold in pieces of \\$1,000.  A Note is repaid in multiples of
**\\$1,000**; it must have been held for six (6) months before the request.
"""
CUSIP_ROW = "00499AAA3\t100.00 %\tFixed\t3.500 %\tSemi-Annually\t12/15/2019\t6/15/2017\t$18.86\tYes"
OPTION = """\
rule set: Survivor's Option, Acme Notes
status: draft
clause: survivors option
source: Prospectus
notes issued from: 2015-08-10
terms:
  multiple:
    value: $1,000
    cite: Amounts
    mark: read
    quote: repaid in multiples of $1,000
  partial fit:
    value: the part that fits
    cite: Amounts
rules:
  - rule: repay at par
    then: entitle
    because: The note carries the option.
    cite: Right
    quote: it must have been held for six (6) months before the request.
payment:
  days after acceptance: 20
  price: 100 %
"""
SUPPLEMENT = """\
supplement: Pricing Supplement No. 1
source: Form 424B2
issue date: 2016-12-01
quote: "Settle Date: Thursday, December 1, 2016"
notes:
  - cusip: 00499AAA3
    coupon: 3.500 %
    type: fixed
    frequency: semi-annual
    maturity: 2019-12-15
    first coupon date: 2017-06-15
    survivors option: yes
    quote: 00499AAA3 100.00 % Fixed 3.500 % Semi-Annually 12/15/2019 6/15/2017 $18.86 Yes
    redemption:
      printed: Callable at 100% on 12/15/2017 and Monthly thereafter.
      style: Bermudan
      first date: 2017-12-15
      on: monthly
      price: 100 %
"""
SHEET = f"""\
{CUSIP_ROW}
**Redemption Information: Callable at 100% on 12/15/2017 and Monthly
thereafter.**
\tSettle Date: Thursday, December 1, 2016
"""

Opened = Callable[..., Book]


def about(text: str) -> str:
    return f"source: A paper\nfrom: The desk\ndigest: sha256:{hashlib.sha256(text.encode()).hexdigest()}\n"


@pytest.fixture
def opened(tmp_path: Path, vocabulary: Vocabulary) -> Opened:
    """Open a book with this option and supplement, the prospectus and the sheet beside them, and other files."""

    def opened(option: str = OPTION, supplement: str = SUPPLEMENT, **others: str) -> Book:
        files = {
            f"{EDITION}/survivors-option.yaml": option,
            f"{PROGRAMME}/supplements/1.yaml": supplement,
            f"{PROGRAMME}/sources/prospectus.txt": TEXT,
            f"{PROGRAMME}/sources/prospectus.yaml": about(TEXT),
            f"{PROGRAMME}/sources/1.txt": SHEET,
            f"{PROGRAMME}/sources/1.yaml": about(SHEET),
            **{f"{PROGRAMME}/sources/{name}": text for name, text in others.items()},
        }
        return Book.open(write_book(tmp_path, {path: text for path, text in files.items() if text}), vocabulary)

    return opened


def told(book: Book) -> list[str]:
    return [
        f"{problem.file.removeprefix(f'{PROGRAMME}/')}:{problem.line}: {problem.message}" for problem in book.problems
    ]


def test_what_is_quoted_stands_in_its_source_whatever_the_extraction_did_to_it(opened: Opened) -> None:
    book = opened()
    assert told(book) == []
    (rule_set,) = book.rule_sets
    assert rule_set.terms["multiple"].quotes == ("repaid in multiples of $1,000",)
    assert list(book.notes) == ["00499AAA3"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("multiples of $1,000", "multiples of $2,000", "the quote stands in no source"),
        ("value: $1,000", "value: $5,000", "the figure of `multiple` stands in none of its quotes"),
        ("six (6) months", "nine (9) months", "the quote stands in no source"),
        (
            "  price: 100 %\n",
            "  price: 100 %\n  quote: must have been held\n",
            "`days after acceptance` stands in none",
        ),
    ],
)
def test_a_quote_or_figure_that_is_not_there_keeps_the_rule_set_out_of_use(
    opened: Opened, old: str, new: str, fault: str
) -> None:
    assert OPTION.count(old) == 1
    book = opened(OPTION.replace(old, new))
    assert any(fault in problem for problem in told(book)), told(book)
    assert book.rule_sets == ()
    assert book.problems_of(PROGRAMME, "survivors option")


def test_what_was_worked_out_from_a_quote_need_not_stand_in_it(opened: Opened) -> None:
    assert told(opened(OPTION.replace("value: $1,000", "value: $5,000").replace("mark: read", "mark: inferred"))) == []


def test_a_quote_without_any_source_says_where_to_put_one(tmp_path: Path, vocabulary: Vocabulary) -> None:
    book = Book.open(write_book(tmp_path, {f"{EDITION}/survivors-option.yaml": OPTION}), vocabulary)
    assert {problem.help for problem in book.problems} == {"put the paper's text into the programme's folder `sources`"}


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ({"1.yaml": about("another text")}, "sources/1.yaml:3: the text's digest is `sha256:"),
        ({"1.txt": ""}, "sources/1.yaml:1: its text is not there"),
        ({"1.yaml": ""}, "sources/1.txt:1: nothing says what this text is, and where it came from"),
        ({"1.yaml": about(SHEET).replace("from:", "form:")}, "sources/1.yaml:2: unknown key `form`"),
    ],
)
def test_a_source_that_is_not_what_it_is_said_to_be_proves_nothing(
    opened: Opened, files: dict[str, str], fault: str
) -> None:
    book = opened(**files)
    assert any(problem.startswith(fault) for problem in told(book)), told(book)
    assert "00499AAA3" in book.faulty_notes


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("coupon: 3.500 %", "coupon: 3.600 %", "coupon"),
        ("maturity: 2019-12-15", "maturity: 2020-12-15", "maturity"),
        ("first coupon date: 2017-06-15", "first coupon date: 2017-12-15", "first coupon date"),
        ("frequency: semi-annual", "frequency: quarterly", "frequency"),
        ("survivors option: yes", "survivors option: no", "survivors option"),
        ("issue date: 2016-12-01", "issue date: 2016-12-02", "issue date"),
        ("notes:\n", "denominations:\n  minimum: $1,000\n  increment: $1,000\nnotes:\n", "denominations"),
    ],
)
def test_each_figure_of_a_quoted_row_stands_in_a_quote(opened: Opened, old: str, new: str, key: str) -> None:
    assert SUPPLEMENT.count(old) == 1
    book = opened(supplement=SUPPLEMENT.replace(old, new))
    assert any(f"`{key}` stands in none of the quotes" in problem for problem in told(book)), told(book)
    assert "00499AAA3" in book.faulty_notes


def test_what_is_not_printed_is_listed_as_inferred(opened: Opened) -> None:
    changed = SUPPLEMENT.replace("issue date: 2016-12-01", "issue date: 2016-12-02\ninferred: issue date")
    assert told(opened(supplement=changed)) == []
    faults = told(opened(supplement=changed.replace("inferred: issue date", "inferred: issue dates")))
    assert any("`inferred` names no key of a note: `issue dates`" in fault for fault in faults)


def test_the_printed_sentence_of_a_quoted_row_stands_in_a_source(opened: Opened) -> None:
    (fault,) = told(opened(supplement=SUPPLEMENT.replace("at 100% on", "at 101% on")))
    assert "the quote stands in no source: `Callable at 101% on 12/15/2017 and Monthly thereafter.`" in fault


def test_a_row_that_nobody_quoted_is_held_against_nothing(opened: Opened) -> None:
    lines = [line for line in SUPPLEMENT.splitlines() if "quote:" not in line]
    assert told(opened(supplement="\n".join(lines).replace("3.500 %", "3.600 %"))) == []


def test_a_standard_set_quotes_nothing(tmp_path: Path, vocabulary: Vocabulary) -> None:
    standard = OPTION.replace("notes issued from: 2015-08-10\n", "")
    book = Book.open(write_book(tmp_path, {"standard/option.yaml": standard}), vocabulary)
    assert {problem.message for problem in book.problems} == {"a quote in a standard rule set"}


def test_the_sheet_of_the_first_notes_ships_as_it_was_found_and_is_quoted() -> None:
    folder = shipped_rules() / "ally" / "term-notes-a"
    digest = "4ef1599efa466f96fc8eac4b8c3d92d940b067d0096e07edbe65871fd9822216"
    assert hashlib.sha256((folder / "sources" / "123.txt").read_bytes()).hexdigest() == digest
    supplement = (folder / "supplements" / "123.yaml").read_text(encoding="utf-8")
    assert supplement.count("quote:") == 3
