"""What a book gives, and what it holds back because of a fault."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rules_engine.dates.calendars import from_days
from rules_engine.errors import RuleBookError
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.tree import calendar_codes
from rules_engine.rulebook.vocabulary import Vocabulary

from .books import EDITION, PROGRAMME, REDEMPTION, SUPPLEMENT, WITHDRAWAL, write_book

LATER = f"{PROGRAMME}/2018-06-01"
HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "rules"
BROKEN = "rule set: [\n"


def _open(root: Path, files: dict[str, str], vocabulary: Vocabulary) -> Book:
    return Book.open(write_book(root, files), vocabulary)


def test_the_shipped_book_has_no_fault(vocabulary: Vocabulary) -> None:
    book = Book.open(SHIPPED, vocabulary)
    assert [str(problem) for problem in book.problems] == []
    assert {"02006DLF6", "02006DLG4"} <= set(book.notes)


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path, vocabulary: Vocabulary) -> None:
    book = Book.open(tmp_path / "rulse", vocabulary)
    assert [problem.message for problem in book.problems] == ["there is no rule book here"]
    assert book.programmes == ()


def test_an_unknown_programme_or_clause_has_no_rule_set(tmp_path: Path, vocabulary: Vocabulary) -> None:
    book = _open(tmp_path, {f"{EDITION}/withdrawal.yaml": WITHDRAWAL}, vocabulary)
    assert book.rule_set(PROGRAMME, "withdrawal", date(2015, 8, 10)) is not None
    assert book.rule_set(PROGRAMME, "redemption", date(2015, 8, 10)) is None
    assert book.rule_set("acme/notes-b", "withdrawal", date(2015, 8, 10)) is None


def test_a_fault_puts_its_own_clause_out_of_use_and_no_other(tmp_path: Path, vocabulary: Vocabulary) -> None:
    files = {
        f"{EDITION}/withdrawal.yaml": WITHDRAWAL.replace("then: reject", "then: rejct"),
        f"{EDITION}/redemption.yaml": REDEMPTION,
    }
    book = _open(tmp_path, files, vocabulary)
    assert book.rule_set(PROGRAMME, "withdrawal", date(2016, 12, 1)) is None
    assert [problem.message for problem in book.problems_of(PROGRAMME, "withdrawal")] == ["unknown outcome `rejct`"]
    assert book.rule_set(PROGRAMME, "redemption", date(2016, 12, 1)) is not None
    assert book.problems_of(PROGRAMME, "redemption") == ()
    assert list(book.faulty_programmes) == [PROGRAMME]


def test_a_file_that_cannot_be_read_puts_every_clause_of_its_edition_out_of_use(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    files = {f"{EDITION}/withdrawal.yaml": WITHDRAWAL, f"{LATER}/broken.yaml": BROKEN}
    book = _open(tmp_path, files, vocabulary)
    assert book.rule_set(PROGRAMME, "withdrawal", date(2018, 5, 31)) is not None
    # the newer edition may be the one that speaks for this day
    assert book.rule_set(PROGRAMME, "withdrawal", date(2018, 6, 1)) is None
    assert book.problems_of(PROGRAMME, "withdrawal") == book.problems


def test_a_fault_in_a_standard_set_reaches_what_is_based_on_it(tmp_path: Path, vocabulary: Vocabulary) -> None:
    standard = WITHDRAWAL.replace("notes issued from: 2015-08-10\n", "")
    based = WITHDRAWAL.partition("rules:")[0] + "based on: standard/withdrawal\n"
    files = {"standard/withdrawal.yaml": standard, f"{EDITION}/withdrawal.yaml": based}
    book = _open(tmp_path / "sound", files, vocabulary)
    assert book.rule_set(PROGRAMME, "withdrawal", date(2016, 12, 1)) is not None
    files["standard/withdrawal.yaml"] = standard.replace("cite", "site")
    book = _open(tmp_path / "faulty", files, vocabulary)
    assert book.rule_set(PROGRAMME, "withdrawal", date(2016, 12, 1)) is None
    assert {problem.file for problem in book.problems_of(PROGRAMME, "withdrawal")} == {"standard/withdrawal.yaml"}


def test_of_two_editions_that_overlap_neither_decides(tmp_path: Path, vocabulary: Vocabulary) -> None:
    files = {
        f"{EDITION}/withdrawal.yaml": WITHDRAWAL,
        f"{LATER}/withdrawal.yaml": WITHDRAWAL.replace("from: 2015-08-10", "from: 2018-06-01"),
    }
    book = _open(tmp_path, files, vocabulary)
    assert [book.rule_set(PROGRAMME, "withdrawal", day) for day in (date(2016, 1, 4), date(2018, 6, 1))] == [None, None]
    assert book.rule_sets == ()


def test_editions_that_meet_day_to_day_are_sound(tmp_path: Path, vocabulary: Vocabulary) -> None:
    files = {
        f"{EDITION}/withdrawal.yaml": WITHDRAWAL + "notes issued until: 2018-05-31\n",
        f"{LATER}/withdrawal.yaml": WITHDRAWAL.replace("from: 2015-08-10", "from: 2018-06-01"),
    }
    book = _open(tmp_path, files, vocabulary)
    assert book.problems == ()
    picked = [book.rule_set(PROGRAMME, "withdrawal", day) for day in (date(2018, 5, 31), date(2018, 6, 1))]
    assert [rule_set and rule_set.edition for rule_set in picked] == [EDITION, LATER]


def test_a_cusip_given_twice_names_no_note(tmp_path: Path, vocabulary: Vocabulary) -> None:
    files = {
        f"{EDITION}/withdrawal.yaml": WITHDRAWAL,
        f"{PROGRAMME}/supplements/1.yaml": SUPPLEMENT,
        f"{PROGRAMME}/supplements/2.yaml": SUPPLEMENT.replace("3.500", "4.250"),
    }
    book = _open(tmp_path, files, vocabulary)
    assert book.note("02006DLF6") is None
    assert book.faulty_notes["02006DLF6"] == book.problems


def test_a_row_with_a_fault_leaves_the_other_notes_in_use(tmp_path: Path, vocabulary: Vocabulary) -> None:
    row = SUPPLEMENT.partition("notes:\n")[2].replace("02006DLF6", "02006DLG4").replace("monthly", "monthy")
    files = {f"{EDITION}/withdrawal.yaml": WITHDRAWAL, f"{PROGRAMME}/supplements/1.yaml": SUPPLEMENT + row}
    book = _open(tmp_path, files, vocabulary)
    assert list(book.notes) == ["02006DLF6"]
    assert [problem.message for problem in book.faulty_notes["02006DLG4"]] == ["`frequency` cannot be `monthy`"]


@pytest.mark.parametrize("fault", ["sources: Form 424B2\n", "dated: [\n"], ids=["a top with a fault", "not YAML"])
def test_a_supplement_with_a_fault_gives_no_note_and_says_which(
    fault: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    files = {f"{EDITION}/withdrawal.yaml": WITHDRAWAL, f"{PROGRAMME}/supplements/1.yaml": SUPPLEMENT + fault}
    book = _open(tmp_path, files, vocabulary)
    assert book.notes == {}
    assert book.faulty_notes["02006DLF6"] == book.problems


def test_a_calendar_is_had_by_its_code_or_not_at_all(tmp_path: Path, vocabulary: Vocabulary) -> None:
    usny = "calendar: USNY\nlibrary calendar: USNY\nyears covered: 2000 to 2060\nsource: K.8\n"
    files = {"calendars/usny.yaml": usny, "calendars/nyse.yaml": usny}
    book = _open(tmp_path, files, vocabulary)
    assert book.calendar("USNY").is_business_day(date(2017, 1, 17))
    with pytest.raises(RuleBookError, match="the file is named for `NYSE`, not `USNY`"):
        book.calendar("NYSE")
    with pytest.raises(RuleBookError, match="there is no calendar `USYN`"):
        book.calendar("USYN")


def test_a_calendar_declared_elsewhere_is_known_and_the_book_s_own_goes_before_it(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    ours = from_days("OURS", [date(2017, 1, 17)], 2000, 2060, "declared in a test")
    days = (HERE / "good/acme/notes-a/2015-08-10/days.yaml").read_text(encoding="utf-8")
    root = write_book(tmp_path, {f"{EDITION}/days.yaml": days.replace("WIRE", "OURS")})
    assert [problem.message for problem in Book.open(root, vocabulary).problems] == ["there is no calendar `OURS`"]
    book = Book.open(root, vocabulary, calendars=[ours])
    assert (book.problems, book.calendar("OURS")) == ((), ours)
    usny = "calendar: OURS\nlibrary calendar: USNY\nyears covered: 2000 to 2060\nsource: K.8\n"
    book = Book.open(write_book(root, {"calendars/ours.yaml": usny}), vocabulary, calendars=[ours])
    assert book.calendar("OURS").is_business_day(date(2017, 1, 17))
    assert calendar_codes(root) == ("OURS",)
