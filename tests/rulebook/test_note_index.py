"""A book opened from its index says just what it says when it is read through."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.books import ROW, TOP, cusips
from rules_engine.clauses import CLAUSES
from rules_engine.errors import RuleBookError
from rules_engine.host import shipped_rules
from rules_engine.rulebook import indexed_notes, note_index, printed, supplements
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.folders import Origin, RulesFolder
from rules_engine.rulebook.index_places import NAME
from rules_engine.rulebook.vocabulary import Vocabulary

PROGRAMME = "ally/term-notes-a"
WORDS = Vocabulary.of(clause.words for clause in CLAUSES)
MADE_UP = tuple(cusips(12))
FILES = 4


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small book that is read as a large one is, a few files at a time."""
    monkeypatch.setattr(printed, "INDEXED_FROM", 0)
    monkeypatch.setattr(indexed_notes, "TOGETHER", 2_000)
    book = tmp_path / "rules"
    for part in ("ally", "calendars", "standard"):
        shutil.copytree(shipped_rules() / part, book / part)
    for number in range(FILES):
        rows = "".join(ROW.format(cusip=cusip) for cusip in MADE_UP[number::FILES])
        supplement(book, number).write_text(TOP.format(number=number) + rows)
    return book


def supplement(book: Path, number: int) -> Path:
    return book / PROGRAMME / "supplements" / f"made-up-{number}.yaml"


def opened(root: Path) -> Book:
    return Book.open(root, WORDS)


def read_through(root: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    with monkeypatch.context() as patched:
        patched.setattr(printed, "INDEXED_FROM", float("inf"))
        return opened(root)


@pytest.fixture
def files_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note every supplement that is read through."""
    read: list[str] = []
    read_supplement = supplements.read_supplement

    def noted(top, programme, faults):  # type: ignore[no-untyped-def]
        read.append(Path(top.place.file).stem)
        return read_supplement(top, programme, faults)

    monkeypatch.setattr(printed, "read_supplement", noted)
    return read


def the_same(book: Book, other: Book) -> bool:
    return (
        dict(book.notes) == dict(other.notes)
        and {cusip: note.digest for cusip, note in book.notes.items()}
        == {cusip: note.digest for cusip, note in other.notes.items()}
        and book.problems == other.problems
        and book.warnings == other.warnings
        and book.faulty_notes == other.faulty_notes
        and {cusip: row.place_of("maturity") for cusip, row in book.rows.items()}
        == {cusip: row.place_of("maturity") for cusip, row in other.rows.items()}
        and [book.digest_of(each) for each in book.programmes] == [other.digest_of(each) for each in other.programmes]
    )


def test_a_book_opened_again_reads_no_supplement_and_is_the_same(
    root: Path, files_read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    meant = read_through(root, monkeypatch)
    first = opened(root)
    files_read.clear()
    again = opened(root)
    assert files_read == []
    assert the_same(first, meant)
    assert the_same(again, meant)
    assert len(again.notes) == len(MADE_UP) + 2
    assert again.note(MADE_UP[0]) is again.note(MADE_UP[0])
    assert again.note("unknown") is None
    assert MADE_UP[3] in again.notes


def test_one_supplement_that_changes_is_read_and_no_other(root: Path, files_read: list[str]) -> None:
    opened(root)
    changed = supplement(root, 2)
    changed.write_text(changed.read_text().replace("4.250 %", "4.500 %", 1))
    files_read.clear()
    book = opened(root)
    assert files_read == ["made-up-2"]
    assert {note.coupon for note in book.notes.values()} >= {Decimal("4.5"), Decimal("4.25")}
    files_read.clear()
    opened(root)
    assert files_read == []


def test_a_supplement_of_the_same_size_and_date_with_other_figures_is_read(root: Path, files_read: list[str]) -> None:
    opened(root)
    changed = supplement(root, 1)
    was = changed.stat()
    changed.write_text(changed.read_text().replace("4.250 %", "4.350 %"))
    os.utime(changed, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert changed.stat().st_size == was.st_size
    files_read.clear()
    assert opened(root).notes[MADE_UP[1]].coupon == Decimal("4.35")
    assert files_read == ["made-up-1"]


def test_a_supplement_that_is_gone_takes_its_notes_with_it(root: Path) -> None:
    opened(root)
    supplement(root, 0).unlink()
    book = opened(root)
    assert book.note(MADE_UP[0]) is None
    assert len(book.notes) == len(MADE_UP) - 3 + 2


def test_a_change_of_the_payment_days_has_every_note_checked_again(root: Path, files_read: list[str]) -> None:
    opened(root)
    days = root / PROGRAMME / "2015-08-10" / "prospectus.yaml"
    days.write_text(days.read_text() + "# read again\n")
    files_read.clear()
    opened(root)
    assert {name for name in files_read if name.startswith("made-up")} == {f"made-up-{n}" for n in range(FILES)}


def test_a_cusip_given_again_in_another_supplement_is_a_fault_of_both_until_one_goes(
    root: Path, files_read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(root)
    twice = supplement(root, 3)
    sound = twice.read_text()
    twice.write_text(sound + ROW.format(cusip=MADE_UP[0]))
    files_read.clear()
    book = opened(root)
    assert the_same(book, read_through(root, monkeypatch))
    assert book.note(MADE_UP[0]) is None
    assert set(book.faulty_notes) == {MADE_UP[0]}
    assert {problem.file.rpartition("/")[2] for problem in book.problems} == {"made-up-3.yaml"}
    assert the_same(opened(root), book)
    twice.write_text(sound)
    assert opened(root).problems == ()
    assert opened(root).note(MADE_UP[0]) is not None


@pytest.mark.parametrize("broken", ["notes: []\n", "not: [yaml", "", "\x00"])
def test_a_supplement_with_a_fault_is_told_each_time_and_the_others_are_taken_from_the_index(
    root: Path, files_read: list[str], monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    supplement(root, 2).write_text(broken)
    for _ in range(2):
        files_read.clear()
        book = opened(root)
        assert the_same(book, read_through(root, monkeypatch))
        assert book.problems
    assert set(files_read) <= {"made-up-2", "123"} | {f"made-up-{n}" for n in range(FILES)}
    assert len(book.notes) == len(MADE_UP) - 3 + 2


def damaged(root: Path) -> Iterator[bytes]:
    data = (root / NAME).read_bytes()
    head = data.index(b"\n") + 1
    yield b""
    yield b"\n"
    yield data[: head // 2]
    yield data.replace(b'"warnings"', b'"warning."', 1)
    yield data[:head] + b"{}\n"


def test_an_index_that_is_damaged_or_of_other_code_is_made_anew(
    root: Path, files_read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    meant = read_through(root, monkeypatch)
    opened(root)
    sound = (root / NAME).read_bytes()
    for data in damaged(root):
        (root / NAME).write_bytes(data)
        assert the_same(opened(root), meant)
        assert (root / NAME).read_bytes() == sound
    monkeypatch.setattr(note_index, "made_by", lambda: "other code")
    files_read.clear()
    opened(root)
    assert len(files_read) == FILES + 1


def test_a_text_in_the_index_that_is_not_the_one_kept_is_refused_with_a_way_out(root: Path) -> None:
    opened(root)
    book = opened(root)
    data = (root / NAME).read_bytes()
    with (root / NAME).open("r+b") as file:  # the file that the book has open, not one in its place
        file.write(data.replace(b"2021-12-15", b"2021-12-16"))
    with pytest.raises(RuleBookError, match="the index of notes is damaged") as refused:
        book.note(MADE_UP[5])
    assert "delete the file" in refused.value.problems[0].help
    assert (root / NAME).read_bytes() != data
    (root / NAME).unlink()
    assert opened(root).note(MADE_UP[5]) is not None


def test_a_folder_that_cannot_be_written_into_is_told_and_the_book_is_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meant = read_through(root, monkeypatch)

    def refuse(*_: object, dir: Path, **__: object) -> None:
        if Path(dir) == root:
            raise PermissionError(13, "Permission denied")
        return original(*_, dir=dir, **__)  # type: ignore[call-overload,no-any-return]

    original = tempfile.mkstemp
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    book = opened(root)
    assert dict(book.notes) == dict(meant.notes)
    (told,) = (warning for warning in book.warnings if NAME in warning.file)
    assert f"cannot be kept in `{root}`: permission denied" in told.message
    assert not (root / NAME).exists()


def test_a_small_book_is_read_through_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    shutil.copytree(shipped_rules(), tmp_path / "rules")
    assert opened(tmp_path / "rules").notes
    assert not (tmp_path / "rules" / NAME).exists()


def test_notes_read_before_are_read_again_once_there_are_too_many_at_hand(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(note_index, "MOST_AT_HAND", 2)
    opened(root)
    book = opened(root)
    assert [book.notes[cusip].cusip for cusip in MADE_UP * 2] == list(MADE_UP * 2)


def both(root: Path, other: RulesFolder) -> Book:
    return Book.read([RulesFolder(root=root), other], WORDS)


def both_through(root: Path, other: RulesFolder, monkeypatch: pytest.MonkeyPatch) -> Book:
    with monkeypatch.context() as patched:
        patched.setattr(printed, "INDEXED_FROM", float("inf"))
        return both(root, other)


def brought(tmp_path: Path, cusip: str) -> Path:
    """A folder of rules for another issuer, with one note."""
    folder = tmp_path / "plugged"
    shutil.copytree(shipped_rules() / "ally", folder / "acme")
    shutil.copytree(shipped_rules() / "standard", folder / "standard")
    shutil.rmtree(folder / PROGRAMME.replace("ally", "acme") / "supplements")
    (folder / PROGRAMME.replace("ally", "acme") / "supplements").mkdir()
    supplement = folder / PROGRAMME.replace("ally", "acme") / "supplements" / "1.yaml"
    supplement.write_text(TOP.format(number=1) + ROW.format(cusip=cusip))
    return folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "rules-engine"


def test_what_a_plugin_brings_has_an_index_of_its_own_and_nothing_is_written_into_its_folder(
    root: Path, tmp_path: Path, cache: Path, files_read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cusip = list(cusips(13))[-1]
    plugged = RulesFolder(
        root=brought(tmp_path, cusip), issuers=frozenset({"acme"}), origin=Origin.PLUGGED_IN, brought_by=("acme",)
    )
    before = sorted(plugged.root.rglob("*"))
    first = both(root, plugged)
    assert [path.name for path in cache.iterdir()] == [path.name for path in cache.glob(f"*{NAME}")]
    assert sorted(plugged.root.rglob("*")) == before
    files_read.clear()
    again = both(root, plugged)
    assert files_read == []
    assert again.note(cusip)
    for book in (first, again):
        assert the_same(book, both_through(root, plugged, monkeypatch))


def test_a_cusip_that_a_plugin_gives_again_keeps_the_note_of_the_working_copy(
    root: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugged = RulesFolder(
        root=brought(tmp_path, MADE_UP[0]), issuers=frozenset({"acme"}), origin=Origin.PLUGGED_IN, brought_by=("acme",)
    )
    meant = both_through(root, plugged, monkeypatch)
    opened(root)
    for _ in range(2):
        book = both(root, plugged)
        assert the_same(book, meant)
        assert book.brought_problems == meant.brought_problems


def test_two_working_copies_of_one_issuer_are_refused_whatever_the_index_keeps(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(root)
    other = RulesFolder(root=tmp_path / "another")
    shutil.copytree(root / "ally", other.root / "ally")
    opened(other.root)
    for _ in range(2):
        book = both(root, other)
        assert len(book.notes) == 0
        assert the_same(book, both_through(root, other, monkeypatch))


def test_a_source_that_changes_has_every_note_checked_again(root: Path, files_read: list[str]) -> None:
    opened(root)
    source = root / PROGRAMME / "sources"
    source.mkdir(exist_ok=True)
    (source / "new.txt").write_text("the text")
    digest = "sha256:" + hashlib.sha256(b"the text").hexdigest()
    (source / "new.yaml").write_text(f"source: A text\nfrom: where it was found\ndigest: {digest}\n")
    files_read.clear()
    opened(root)
    assert len({name for name in files_read if name.startswith("made-up")}) == FILES


def test_a_fault_that_goes_in_a_second_reading_takes_what_was_read_of_it_along(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexed_notes, "TOGETHER", 1)
    first, last = supplement(root, 0), supplement(root, 3)
    first.write_text(first.read_text() + ROW.format(cusip="no cusip!"))  # its other notes are read, and not kept
    last.write_text(last.read_text() + ROW.format(cusip=MADE_UP[0]))
    book = opened(root)
    assert book.note(MADE_UP[0]) is None
    assert the_same(book, read_through(root, monkeypatch))


def test_a_row_of_a_supplement_that_changed_under_an_open_book_is_refused(root: Path) -> None:
    opened(root)
    book = opened(root)
    assert book.rows[MADE_UP[1]].cusip == MADE_UP[1]
    supplement(root, 2).write_text("notes: []\n")
    with pytest.raises(RuleBookError, match="the file is another than when the book was opened"):
        book.rows[MADE_UP[2]]
    assert book.note(MADE_UP[2]) is not None


def test_an_index_in_a_folder_of_somebody_else_is_not_believed_when_a_third_wrote_it(
    root: Path, files_read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(root)
    monkeypatch.setattr(os, "geteuid", lambda: 4_711)
    monkeypatch.setattr(note_index, "owner_of", lambda _: 4_712)
    files_read.clear()
    opened(root)
    assert len(files_read) == FILES + 1
