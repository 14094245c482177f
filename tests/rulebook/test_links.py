"""What stands in a rule book's folder and is no file of its own is named, and never opened."""

from __future__ import annotations

import os
import socket
import stat
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rules_engine.rulebook.books import Book
from rules_engine.rulebook.tree import calendar_codes
from rules_engine.rulebook.vocabulary import Vocabulary

from .books import EDITION, PROGRAMME, REDEMPTION, SUPPLEMENT, WITHDRAWAL, write_book

NEWER = f"{PROGRAMME}/2018-06-01"
OUT = (
    "the link leads out of the rule book\n    help: put a copy in its place: only what stands in the rule book is read"
)
SECONDS = 20


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_book(
        tmp_path / "book",
        {f"{EDITION}/withdrawal.yaml": WITHDRAWAL, f"{EDITION}/redemption.yaml": REDEMPTION},
    )


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the book, with a rule set nobody asked to be read."""
    return write_book(tmp_path / "outside", {"withdrawal.yaml": WITHDRAWAL.replace("Acme", "Other")})


def opened(root: Path, vocabulary: Vocabulary) -> Book:
    """Open a book, and fail instead of waiting for ever for what will never come."""
    books: list[Book] = []
    thread = threading.Thread(target=lambda: books.append(Book.open(root, vocabulary)), daemon=True)
    thread.start()
    thread.join(SECONDS)
    assert books, "the book is still being read: it waits for something that is no file"
    return books[0]


def told(book: Book) -> list[str]:
    return [str(problem) for problem in book.problems]


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # the whole path may be longer than a socket's name can be
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
    finally:
        os.chdir(before)


def make_device(path: Path) -> None:
    try:
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 5))  # /dev/zero, which never ends
    except PermissionError:
        pytest.skip("only root makes devices")


SPECIAL = pytest.mark.parametrize(
    ("make", "named"), [(make_pipe, "a named pipe"), (make_socket, "a socket"), (make_device, "a device")]
)


@SPECIAL
def test_what_is_no_file_is_never_opened(
    make: Callable[[Path], None], named: str, root: Path, vocabulary: Vocabulary
) -> None:
    make(root / EDITION / "survivors-option.yaml")
    book = opened(root, vocabulary)
    assert told(book) == [
        f"{EDITION}/survivors-option.yaml:1:1: {named} is not read\n    help: delete it, or put a file in its place"
    ]
    assert book.rule_set(PROGRAMME, "withdrawal", date(2016, 1, 1)) is None


@SPECIAL
@pytest.mark.parametrize("place", ["", "acme", PROGRAMME, EDITION])
def test_it_is_told_wherever_it_stands(
    make: Callable[[Path], None], named: str, place: str, root: Path, vocabulary: Vocabulary
) -> None:
    make(root / place / "thing")
    (problem,) = opened(root, vocabulary).problems
    assert (problem.file, problem.message) == (f"{place}/thing".removeprefix("/"), f"{named} is not read")
    assert problem.help


def test_a_file_that_is_a_link_out_of_the_book_is_not_read(root: Path, outside: Path, vocabulary: Vocabulary) -> None:
    (root / NEWER).mkdir()
    (root / NEWER / "withdrawal.yaml").symlink_to(outside / "withdrawal.yaml")
    book = opened(root, vocabulary)
    assert told(book) == [f"{NEWER}/withdrawal.yaml:1:1: {OUT}"]
    assert [rule_set.name for rule_set in book.rule_sets if "Other" in rule_set.name] == []


def test_no_note_is_decided_on_an_older_edition_because_a_newer_one_is_a_link_out(
    root: Path, outside: Path, vocabulary: Vocabulary
) -> None:
    (root / NEWER).symlink_to(outside)
    book = opened(root, vocabulary)
    assert told(book) == [f"{NEWER}:1:1: {OUT}"]
    assert book.rule_set(PROGRAMME, "withdrawal", date(2018, 5, 31)) is not None
    assert book.rule_set(PROGRAMME, "withdrawal", date(2018, 6, 1)) is None
    assert [problem.file for problem in book.problems_of(PROGRAMME, "withdrawal")] == [NEWER]


@pytest.mark.parametrize("place", ["other", "acme/other", "standard", "calendars", f"{PROGRAMME}/supplements"])
def test_a_folder_that_is_a_link_out_of_the_book_is_not_entered(
    place: str, root: Path, outside: Path, vocabulary: Vocabulary
) -> None:
    (root / place).symlink_to(outside)
    assert told(opened(root, vocabulary)) == [f"{place}:1:1: {OUT}"]
    assert calendar_codes(root) == ()


def test_a_link_to_something_else_of_the_book_is_followed(root: Path, vocabulary: Vocabulary) -> None:
    one = root / PROGRAMME / "supplements" / "1.yaml"
    one.parent.mkdir()
    (root / "_kept").mkdir()
    (root / "_kept" / "1.yaml").write_text(SUPPLEMENT)
    one.symlink_to(Path("../../../_kept/1.yaml"))
    (root / "acme" / "notes-b").symlink_to(root / PROGRAMME)
    book = opened(root, vocabulary)
    assert book.programmes == (PROGRAMME, "acme/notes-b")
    assert {rule_set.clause for rule_set in book.rule_sets} == {"withdrawal", "redemption"}
    assert {problem.message for problem in book.problems} == {"the CUSIP `02006DLF6` is given twice"}


def test_a_book_whose_own_folder_is_a_link_is_read(root: Path, tmp_path: Path, vocabulary: Vocabulary) -> None:
    (tmp_path / "link").symlink_to(root)
    (root / "acme" / "notes-b").symlink_to(root / PROGRAMME)
    book = opened(tmp_path / "link", vocabulary)
    assert told(book) == []
    assert len(book.rule_sets) == 4


@pytest.mark.parametrize("to", [".", "..", "../..", "../../acme"])
def test_a_link_back_to_a_folder_it_stands_in_is_told_and_not_followed(
    to: str, root: Path, vocabulary: Vocabulary
) -> None:
    (root / PROGRAMME / "again").symlink_to(to)
    book = opened(root, vocabulary)
    assert told(book) == [f"{PROGRAMME}/again:1:1: the link leads back to a folder it stands in\n    help: delete it"]


@pytest.mark.parametrize("name", ["round", "round.yaml"])
@pytest.mark.parametrize("place", ["", "acme", PROGRAMME, EDITION])
def test_links_that_lead_to_each_other_are_told(name: str, place: str, root: Path, vocabulary: Vocabulary) -> None:
    (root / place / name).symlink_to("_other")
    (root / place / "_other").symlink_to(name)
    problems = opened(root, vocabulary).problems
    assert {problem.file for problem in problems} == {f"{place}/{name}".removeprefix("/")}
    assert "the link leads in a circle" in {problem.message for problem in problems}
    assert all(problem.help for problem in problems)


def test_a_link_to_nothing_is_told(root: Path, vocabulary: Vocabulary) -> None:
    (root / NEWER).symlink_to(root / "gone")
    book = opened(root, vocabulary)
    assert told(book) == [
        f"{NEWER}:1:1: the link leads to nothing that is there\n"
        "    help: delete it, or let it lead to a file or folder of the rule book"
    ]
    assert book.rule_set(PROGRAMME, "withdrawal", date(2018, 6, 1)) is None


def test_what_is_never_read_may_be_a_link_to_anywhere(root: Path, outside: Path, vocabulary: Vocabulary) -> None:
    (outside / "README.md").write_text("for people")
    (root / EDITION / "README.md").symlink_to(outside / "README.md")
    (root / ".git").symlink_to(outside)
    (root / "_drafts").symlink_to(outside)
    assert told(opened(root, vocabulary)) == []
