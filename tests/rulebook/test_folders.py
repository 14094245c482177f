"""A rule book of several folders: which of them speaks for what, and what a plugin's folder cannot reach."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rules_engine.errors import RuleBookError
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.folders import Origin, RulesFolder
from rules_engine.rulebook.vocabulary import Vocabulary

from .books import REDEMPTION, SUPPLEMENT, WITHDRAWAL, write_book

ISSUED_ON = date(2016, 12, 1)
OURS, OTHER, STRANGE = "acme/notes-a", "bonds/notes-b", "crane/notes-c"
STANDARD = WITHDRAWAL.replace("notes issued from: 2015-08-10\n", "").replace("Acme Notes", "standard wording")
USNY = "calendar: USNY\nlibrary calendar: USNY\nyears covered: 2000 to {}\nsource: K.8\n"


def of(programme: str, source: str = "Prospectus", *, cusip: str = "") -> dict[str, str]:
    """Give the files of a programme: a rule set on withdrawal that names its source, and a note if there is a CUSIP."""
    withdrawal = WITHDRAWAL.replace("source: Prospectus", f"source: {source}")
    files = {f"{programme}/2015-08-10/withdrawal.yaml": withdrawal}
    if cusip:
        files[f"{programme}/supplements/1.yaml"] = SUPPLEMENT.replace("02006DLF6", cusip)
    return files


def copy_of(root: Path, *programmes: dict[str, str]) -> RulesFolder:
    """Write a working copy."""
    return RulesFolder(root=write_book(root, {path: text for files in programmes for path, text in files.items()}))


def plugged(root: Path, issuer: str, *programmes: dict[str, str], origin: Origin = Origin.PLUGGED_IN) -> RulesFolder:
    """Write a folder that the plugin of one issuer brings."""
    written = copy_of(root, *programmes)
    return RulesFolder(root=written.root, issuers=frozenset({issuer}), origin=origin, brought_by=(issuer,))


def source(book: Book, programme: str) -> str:
    rule_set = book.rule_set(programme, "withdrawal", ISSUED_ON)
    return rule_set.source.partition(" ")[0] if rule_set else ""


def told(book: Book) -> list[str]:
    return [problem.message for problem in book.problems]


@pytest.fixture
def shipped(tmp_path: Path) -> RulesFolder:
    files = {"standard/withdrawal.yaml": STANDARD, "calendars/usny.yaml": USNY.format(2060)}
    return plugged(tmp_path / "shipped", "acme", of(OURS, "Shipped"), files, origin=Origin.SHIPPED)


def test_a_working_copy_goes_before_what_is_plugged_in_issuer_by_issuer(
    tmp_path: Path, shipped: RulesFolder, vocabulary: Vocabulary
) -> None:
    bonds = plugged(tmp_path / "bonds", "bonds", of(OTHER, "Brought"))
    copy = copy_of(tmp_path / "copy", of(OURS, "Copied"))
    book = Book.read([shipped, bonds, copy], vocabulary)
    assert told(book) == []
    assert (source(book, OURS), source(book, OTHER)) == ("Copied", "Brought")
    assert {code: folder.root for code, folder in book.speaking.items() if "/" not in code} == {
        "acme": copy.root,
        "bonds": bonds.root,
    }


def test_what_a_working_copy_leaves_out_of_an_issuer_is_not_taken_from_elsewhere(
    tmp_path: Path, shipped: RulesFolder, vocabulary: Vocabulary
) -> None:
    copy = copy_of(tmp_path / "copy", {"acme/notes-z/2015-08-10/withdrawal.yaml": WITHDRAWAL})
    book = Book.read([shipped, copy], vocabulary)
    assert book.programmes == ("acme/notes-z",)


@pytest.mark.parametrize("swapped", [False, True])
def test_two_working_copies_count_both_and_neither_decides_where_both_speak(
    swapped: bool, tmp_path: Path, shipped: RulesFolder, vocabulary: Vocabulary
) -> None:
    first = copy_of(tmp_path / "first", of(OURS, "First", cusip="02006DLF6"), of(OTHER, "First"))
    second = copy_of(tmp_path / "second", of(OURS, "Second"), of(STRANGE, "Second"))
    book = Book.read([shipped, second, first] if swapped else [shipped, first, second], vocabulary)
    assert (source(book, OTHER), source(book, STRANGE), source(book, OURS)) == ("First", "Second", "")
    (problem,) = book.problems
    assert {str(first.root), str(second.root)} <= set(problem.message.split())
    assert problem.message.startswith("two working copies are for `acme`: ")
    assert book.note("02006DLF6") is None
    if not swapped:
        assert book.faulty_notes["02006DLF6"] == (problem,)


def test_standard_sets_and_calendars_of_a_working_copy_go_before_file_by_file(
    tmp_path: Path, shipped: RulesFolder, vocabulary: Vocabulary
) -> None:
    based = WITHDRAWAL.partition("rules:")[0] + "based on: standard/{}\n"
    files = {
        "standard/other.yaml": STANDARD,
        "calendars/usny.yaml": USNY.format(2030),
        f"{OURS}/2015-08-10/withdrawal.yaml": based.format("withdrawal"),
        f"{OTHER}/2015-08-10/withdrawal.yaml": based.format("other"),
    }
    book = Book.read([shipped, copy_of(tmp_path / "copy", files)], vocabulary)
    assert told(book) == []
    assert len(book.rule_sets) == 2
    assert book.calendar("USNY").last_year == 2030


def test_a_folder_that_a_plugin_brings_is_read_for_its_own_issuers_alone(
    tmp_path: Path, shipped: RulesFolder, vocabulary: Vocabulary
) -> None:
    crane = plugged(tmp_path / "crane", "crane", of(STRANGE), of(OURS, "Claimed"), {"standard/withdrawal.yaml": "x: ["})
    book = Book.read([crane, shipped], vocabulary)
    assert told(book) == []
    assert (source(book, OURS), source(book, STRANGE)) == ("Shipped", "Prospectus")
    assert [warning.message for warning in book.warnings] == [
        "the folder `acme` is not read: no plugin that brings it, `crane`, declares an issuer `acme`",
        "the folder `standard` is not read: standard sets are the host's own, and plugin `crane` brings some",
    ]


def test_a_calendar_that_a_plugin_brings_is_known_and_takes_none_away(
    tmp_path: Path, shipped: RulesFolder, vocabulary: Vocabulary
) -> None:
    own = "calendar: CRANE\nbased on: USNY\nsource: a test\nclosures:\n  - {date: 2017-10-16, because: Founders' day}\n"
    files = {"calendars/usny.yaml": USNY.format(2020), "calendars/crane.yaml": own}
    book = Book.read([shipped, plugged(tmp_path / "crane", "crane", of(STRANGE), files)], vocabulary)
    assert told(book) == []
    assert book.calendar("USNY").last_year == 2060
    assert not book.calendar("CRANE").is_business_day(date(2017, 10, 16))


def test_faults_of_what_a_plugin_brings_are_told_apart_and_stop_nobody_else(
    tmp_path: Path, shipped: RulesFolder, vocabulary: Vocabulary
) -> None:
    files = {f"{STRANGE}/2015-08-10/redemption.yaml": REDEMPTION.replace("then: accept", "then: axept")}
    files |= {"crane/stray.yaml": "x: y", "calendars/crane.yaml": "calendar: CRANE\n"}
    book = Book.read([shipped, plugged(tmp_path / "crane", "crane", of(STRANGE), files)], vocabulary)
    assert {problem.file for problem in book.problems} == {
        "calendars/crane.yaml",
        "crane/notes-c/2015-08-10/redemption.yaml",
        "crane/stray.yaml",
    }
    assert book.own_problems == ()
    assert (source(book, OURS), source(book, STRANGE)) == ("Shipped", "Prospectus")
    with pytest.raises(RuleBookError):
        book.calendar("CRANE")
    copy = copy_of(tmp_path / "copy", {"stray.yaml": "x: y"})
    assert [problem.file for problem in Book.read([shipped, copy], vocabulary).own_problems] == ["stray.yaml"]


def test_a_cusip_that_a_plugin_gives_again_stays_with_whoever_gave_it_first(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    ours = plugged(tmp_path / "ours", "zinc", of("zinc/notes", cusip="02006DLF6"), origin=Origin.SHIPPED)
    strange = plugged(tmp_path / "strange", "bonds", of(OTHER, cusip="02006DLF6"))
    book = Book.read([strange, ours], vocabulary)
    note = book.note("02006DLF6")
    assert note is not None
    assert note.programme == "zinc/notes"
    (problem,) = book.problems
    assert (problem.file, problem.message) == (f"{OTHER}/supplements/1.yaml", "the CUSIP `02006DLF6` is given twice")
    assert problem.help.startswith("the first stands in `zinc/notes/supplements/1.yaml`")


def test_a_cusip_that_a_plugin_gives_twice_itself_names_no_note(tmp_path: Path, vocabulary: Vocabulary) -> None:
    twice = of(OTHER, cusip="02006DLF6") | {f"{OTHER}/supplements/2.yaml": SUPPLEMENT}
    book = Book.read([plugged(tmp_path / "strange", "bonds", twice)], vocabulary)
    assert book.note("02006DLF6") is None


def test_what_is_plugged_in_beside_a_programme_changes_nothing_of_its_part_of_the_book(
    tmp_path: Path, shipped: RulesFolder, vocabulary: Vocabulary
) -> None:
    files = of(STRANGE, cusip="30199AAA3") | {
        "calendars/crane.yaml": USNY.format(2050).replace("calendar: USNY\n", "calendar: CRANE\n", 1)
    }
    alone = Book.read([shipped], vocabulary)
    beside = Book.read([shipped, plugged(tmp_path / "crane", "crane", files)], vocabulary)
    assert told(beside) == []
    assert "CRANE" in beside.calendars
    assert alone.digest_of(OURS) == beside.digest_of(OURS) != ""
