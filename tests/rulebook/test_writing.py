"""What a rule set or a note means is one text with one digest, and that text gives it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.clauses import CLAUSES
from rules_engine.errors import RuleBookError
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.note_rows import read_note
from rules_engine.rulebook.resolving import read_resolved
from rules_engine.rulebook.rules import RuleSet
from rules_engine.rulebook.vocabulary import Vocabulary
from rules_engine.rulebook.writing import canonical, show_resolved

from .books import EDITION, PROGRAMME, WITHDRAWAL, write_book

HERE = Path(__file__).parent
BOOKS = [HERE / "good", HERE.parents[1] / "rules"]
WORDS = Vocabulary.of(clause.words for clause in CLAUSES)


def _read(root: Path, text: str, file: str = "withdrawal.yaml") -> RuleSet:
    book = Book.open(write_book(root, {f"{EDITION}/{file}": text}), WORDS)
    found = book.rule_set(PROGRAMME, "withdrawal", date(2016, 12, 1))
    assert found is not None, book.problems
    return found


@pytest.mark.parametrize("root", BOOKS, ids=["good", "shipped"])
def test_the_canonical_text_and_the_printing_give_the_rule_set_back(root: Path) -> None:
    rule_sets = Book.open(root, WORDS).rule_sets
    assert rule_sets
    for rule_set in rule_sets:
        for text in (rule_set.text, show_resolved(rule_set)):
            again = read_resolved(text, WORDS)
            assert again == rule_set
            assert again.text == rule_set.text


@pytest.mark.parametrize("root", BOOKS, ids=["good", "shipped"])
def test_the_canonical_text_gives_the_note_back(root: Path) -> None:
    notes = Book.open(root, WORDS).notes
    assert notes
    for note in notes.values():
        again = read_note(note.text)
        assert (again, again.digest) == (note, note.digest)


def test_comments_and_the_order_of_keys_and_the_file_s_name_do_not_show_in_the_digest(tmp_path: Path) -> None:
    heading, rules = WITHDRAWAL.split("rules:\n")
    turned = "# read again\nrules:\n" + rules + "\n".join(reversed(heading.splitlines())) + "\n"
    turned = turned.replace("    then: refer\n", "").replace(
        "    cite: Survivor's Option, para. 6", "    cite: Survivor's\n      Option, para. 6\n    then: refer"
    )
    first, second = _read(tmp_path / "1", WITHDRAWAL), _read(tmp_path / "2", turned, "other.yaml")
    assert first.file != second.file
    assert (first.digest, first) == (second.digest, second)


def test_how_a_figure_is_spelled_does_not_show_in_the_digest(tmp_path: Path) -> None:
    turned = WITHDRAWAL.replace("one of paid, redeemed", "one of redeemed and paid")
    assert _read(tmp_path / "1", WITHDRAWAL).digest == _read(tmp_path / "2", turned).digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("then: reject", "then: refer"),
        ("paid, redeemed", "paid, matured"),
        ("para. 5", "para. 4"),
        ("taken back", "withdrawn"),
        ("status: draft", "status: approved\napproved by: second reader"),
        ("from: 2015-08-10", "from: 2015-08-11"),
    ],
)
def test_what_a_rule_set_says_shows_in_the_digest(old: str, new: str, tmp_path: Path) -> None:
    changed = WITHDRAWAL.replace(old, new)
    assert _read(tmp_path / "1", WITHDRAWAL).digest != _read(tmp_path / "2", changed).digest


def test_a_text_this_vocabulary_does_not_know_is_refused_with_every_fault(tmp_path: Path) -> None:
    text = show_resolved(_read(tmp_path, WITHDRAWAL)).replace("reject", "rejct").replace("paid", "payed")
    with pytest.raises(RuleBookError) as raised:
        read_resolved(text, WORDS)
    assert [problem.message for problem in raised.value.problems] == [
        "unknown outcome `rejct`",
        "`state of the request` is never `payed`",
    ]


# Text that means something to YAML, and must not when it is printed.
TRICKY = st.text(alphabet=st.sampled_from("ab:-?[],#&*!|>'\"%@`=<~ \\\u00e9\u2014"), min_size=1).filter(str.strip)


@given(TRICKY, TRICKY)
def test_whatever_a_reason_and_a_cite_hold_is_printed_to_be_read_again(because: str, cite: str) -> None:
    because, cite = " ".join(because.split()), " ".join(cite.split())
    clause = WORDS.clauses["withdrawal"]
    base = read_resolved(WITHDRAWAL + f"edition: {EDITION}\n", WORDS)
    rule = replace(base.rules[0], because=because, cite=cite)
    rule_set = canonical(replace(base, rules=(rule,)), clause)
    assert read_resolved(rule_set.text, WORDS) == rule_set
    assert read_resolved(show_resolved(rule_set), WORDS) == rule_set
