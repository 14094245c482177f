"""Every sheet of the corpus, and every text of one kind of fault, reads to what it prints."""

from __future__ import annotations

import pytest

from rules_engine.supplements import NoNoteFound, read_supplement_text

from .scoring import BEYOND, KINDS, SHEETS, Outcome, facts, score


@pytest.mark.parametrize("sheet", facts())
def test_a_sheet_reads_to_what_it_prints(sheet: str) -> None:
    read = read_supplement_text((SHEETS / sheet).read_bytes(), file=sheet)
    assert [each for each in score(facts()[sheet], read) if each.outcome is not Outcome.RIGHT] == []
    assert read.general_doubts == []


@pytest.mark.parametrize("text", facts(KINDS))
def test_a_kind_of_fault_is_gone(text: str) -> None:
    read = read_supplement_text((KINDS / text).read_bytes(), file=text)
    assert [each for each in score(facts(KINDS)[text], read) if each.outcome is not Outcome.RIGHT] == []


@pytest.mark.parametrize("sheet", facts(BEYOND))
def test_a_sheet_that_is_not_read_in_full_has_nothing_wrong(sheet: str) -> None:
    printed = facts(BEYOND)[sheet]
    try:
        read = read_supplement_text((BEYOND / sheet).read_bytes(), file=sheet)
    except NoNoteFound as fault:
        named = " ".join(remark.message for remark in fault.remarks)
        assert all(note["cusip"] in named for note in printed["notes"])
    else:
        assert read.doubts
        assert [each for each in score(printed, read) if each.outcome is Outcome.WRONG] == []


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("N-prelim.txt", "a preliminary supplement"),
        ("O-replaces.txt", "it amends another supplement"),
        ("U-reopening.txt", "the notes add to an issue that is there already"),
    ],
)
def test_what_a_sheet_says_of_its_own_standing_is_a_warning(text: str, warning: str) -> None:
    read = read_supplement_text((KINDS / text).read_bytes(), file=text)
    assert any(each.message.startswith(warning) for each in read.warnings)


def test_every_sheet_has_its_facts() -> None:
    assert {path.name for path in SHEETS.iterdir()} == {*facts(), "facts.yaml", "prose-below.text"}
    assert {path.name for path in KINDS.iterdir()} == {*facts(KINDS), "facts.yaml"}
