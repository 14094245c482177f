"""Every kind of fault has a file, or a small book, in `bad/` beside the words it is reported in."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from rules_engine.rulebook.books import Book
from rules_engine.rulebook.vocabulary import Vocabulary

BAD = Path(__file__).parent / "bad"
EDITION = "acme/notes-a/2015-08-10"
FILES = sorted(path.stem for path in BAD.glob("*.yaml"))
BOOKS = sorted(path.name for path in BAD.iterdir() if path.is_dir())


@pytest.mark.parametrize("name", FILES)
def test_names_what_is_wrong_with_a_file_and_where(name: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    (tmp_path / EDITION).mkdir(parents=True)
    shutil.copy(BAD / f"{name}.yaml", tmp_path / EDITION)
    book = Book.open(tmp_path, vocabulary)
    told = "".join(f"{problem}\n" for problem in book.problems).replace(f"{EDITION}/", "")
    assert told == (BAD / f"{name}.txt").read_text()
    assert book.rule_sets == ()


@pytest.mark.parametrize("name", BOOKS)
def test_names_what_is_wrong_with_a_book_and_where(name: str, vocabulary: Vocabulary) -> None:
    book = Book.open(BAD / name, vocabulary)
    assert "".join(f"{problem}\n" for problem in book.problems) == (BAD / name / "expected.txt").read_text()


def test_holds_at_least_thirty_kinds_of_fault() -> None:
    expected = [path.read_text() for path in (*BAD.glob("*.txt"), *BAD.glob("*/expected.txt"))]
    kinds = {re.sub(r"`[^`]*`|\d[\d-]*", "...", line.split(": ", 1)[1]) for text in expected for line in _faults(text)}
    assert len(kinds) >= 30


def _faults(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith(" ")]
