"""What stands once for several: rules of a paragraph, terms of several programmes, a note that fills its supplement."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rules_engine.rulebook.books import Book
from rules_engine.rulebook.rules import Rule, RuleSet
from rules_engine.rulebook.vocabulary import Vocabulary

HEADING = """\
rule set: Survivor's option, Acme Notes
status: draft
clause: survivors option
source: Prospectus dated August 10, 2015
notes issued from: 2015-08-10
"""
ONE_BY_ONE = """\
rules:
  - rule: repay at par
    then: entitle
    because: The owner has died.
    cite: para. 1
  - rule: proof of death
    when:
      documents: without death certificate
    then: pend
    because: Proof of the death is missing.
    cite: para. 6
    mark: read
  - rule: proof of ownership
    when:
      documents: without proof of ownership
    then: pend
    because: Proof that the deceased owned the notes is missing.
    cite: para. 6
    mark: read
"""
TOGETHER = """\
rules:
  - rule: repay at par
    then: entitle
    because: The owner has died.
    cite: para. 1
  - cite: para. 6
    mark: read
    then: pend
    rules:
      - rule: proof of death
        when:
          documents: without death certificate
        because: Proof of the death is missing.
      - rule: proof of ownership
        when:
          documents: without proof of ownership
        because: Proof that the deceased owned the notes is missing.
"""
PAYMENT = "payment:\n  days after acceptance: 20\n  price: 100 %\n  cite: para. 7\n"
TERMS = "terms:\n  - cite: para. 4\n    multiple: $1,000\n  - cite: para. 5\n    partial fit: the part that fits\n"
WITHDRAWAL = """\
rule set: Withdrawal
status: draft
clause: withdrawal
source: Retail-note programmes
rules:
  - rule: requests stand
    when:
      state of the request: one of accepted, rejected
    then: reject
    because: A request may not be withdrawn.
    cite: para. 5
  - rule: gone
    then: reject
    because: Nothing to withdraw.
    cite: para. 5
"""


def _open(folder: Path, files: dict[str, str], vocabulary: Vocabulary) -> Book:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return Book.open(folder, vocabulary)


def _rule_set(book: Book, clause: str, programme: str = "acme/notes-a") -> RuleSet:
    assert [str(problem) for problem in book.problems] == []
    found = book.rule_set(programme, clause, date(2016, 12, 1))
    assert found is not None
    return found


def _without_place(rule: Rule) -> tuple[object, ...]:
    return (rule.name, rule.ruling, rule.because, rule.cite, rule.mark, rule.conditions)


def test_rules_of_a_paragraph_say_what_they_say_one_by_one(tmp_path: Path, vocabulary: Vocabulary) -> None:
    file = "acme/notes-a/2015-08-10/survivors-option.yaml"
    texts = {"alone": ONE_BY_ONE, "together": TOGETHER}
    alone, together = (
        _rule_set(_open(tmp_path / name, {file: HEADING + TERMS + text + PAYMENT}, vocabulary), "survivors option")
        for name, text in texts.items()
    )
    assert [_without_place(rule) for rule in together.rules] == [_without_place(rule) for rule in alone.rules]
    assert together.digest == alone.digest
    written = {rule.name: rule.place.line for rule in together.rules if rule.place}
    lines = (HEADING + TERMS + TOGETHER).splitlines()
    assert [lines[line - 1].strip() for line in written.values()] == [f"- rule: {name}" for name in written]


def test_a_rule_is_reworded_and_stays_as_it_is_otherwise(tmp_path: Path, vocabulary: Vocabulary) -> None:
    own = """\
rule set: Withdrawal, Acme Notes
status: draft
clause: withdrawal
source: Prospectus dated August 10, 2015
notes issued from: 2015-08-10
based on: standard/withdrawal
rewords:
  requests stand: Acme gives nothing back while the request is {state of the request}.
"""
    files = {"standard/withdrawal.yaml": WITHDRAWAL, "acme/notes-a/2015-08-10/withdrawal.yaml": own}
    stands, gone = _rule_set(_open(tmp_path, files, vocabulary), "withdrawal").rules
    assert stands.because == "Acme gives nothing back while the request is {state of the request}."
    assert (stands.name, stands.cite, stands.mark) == ("requests stand", "para. 5", "standard wording")
    assert [condition.fact for condition in stands.conditions] == ["state of the request"]
    assert stands.place
    assert (stands.place.file, stands.place.line) == ("acme/notes-a/2015-08-10/withdrawal.yaml", 8)
    assert gone.place
    assert gone.place.file == "standard/withdrawal.yaml"


def test_a_reason_given_anew_is_held_against_the_words_of_the_clause(tmp_path: Path, vocabulary: Vocabulary) -> None:
    own = "clause: withdrawal\nrewords:\n  requests stand: It is {state of the requests}.\n"
    files = {
        "standard/withdrawal.yaml": WITHDRAWAL,
        "standard/notes.yaml": "standard: Notes\nclauses:\n  - standard/withdrawal\n",
        "acme/notes-a/2015-08-10/prospectus.yaml": _paper("standard/notes"),
        "acme/notes-a/2015-08-10/withdrawal.yaml": own,
    }
    told = [str(problem) for problem in _open(tmp_path, files, vocabulary).problems]
    assert len(told) == 1
    assert "withdrawal.yaml:3:" in told[0]
    assert "did you mean `state of the request`?" in told[0]


def _paper(base: str, terms: str = "") -> str:
    heading = "prospectus: Acme Notes\nstatus: draft\nsource: Prospectus\nnotes issued from: 2015-08-10\n"
    return f"{heading}based on: {base}\n{terms}"


@pytest.mark.parametrize(
    ("terms", "multiple", "mark"),
    [
        ("", "$1,000", "inferred"),
        ("terms:\n  - cite: Cover page\n    mark: read\n    multiple: $5,000\n", "$5,000", "read"),
    ],
)
def test_a_list_of_standard_sets_gives_terms_and_a_programme_gives_its_own(
    tmp_path: Path, vocabulary: Vocabulary, terms: str, multiple: str, mark: str
) -> None:
    standard = HEADING.replace("notes issued from: 2015-08-10\n", "")
    files = {
        "standard/option.yaml": standard + TERMS.replace("$1,000", "$25,000") + ONE_IN_MULTIPLES + PAYMENT,
        "standard/notes.yaml": "standard: Notes\nclauses:\n  - standard/option\n",
        "standard/brand.yaml": """\
standard: One brand of notes
based on: standard/notes
terms:
  - cite: Pieces
    mark: inferred
    multiple: $1,000
""",
        "acme/notes-a/2015-08-10/prospectus.yaml": _paper("standard/brand", terms),
        "acme/notes-b/2015-08-10/prospectus.yaml": _paper("standard/notes"),
    }
    book = _open(tmp_path, files, vocabulary)
    term = _rule_set(book, "survivors option").terms["multiple"]
    assert (str(term.value), term.mark) == (multiple, mark)
    other = _rule_set(book, "survivors option", "acme/notes-b").terms["multiple"]
    assert (str(other.value), other.mark) == ("$25,000", "standard wording")


ONE_IN_MULTIPLES = """\
rules:
  - rule: repay at par
    then: entitle
    because: The owner has died.
    cite: para. 1
  - rule: not in whole multiples
    when:
      asked for in whole multiples: no
    then: reject
    because: Principal is repaid in multiples of {the multiple}.
    cite: para. 4
"""


def test_a_note_at_the_top_is_the_note_under_notes(tmp_path: Path, vocabulary: Vocabulary) -> None:
    alone = """\
source: Form 424B2
issue date: 2016-12-01
cusip: 02006DLF6
coupon: 3.500 %
type: fixed
frequency: monthly
maturity: 2019-12-15
first coupon date: 2017-01-15
survivors option: yes
redemption:
  printed: Callable at 100% on 12/15/2017 and Monthly thereafter.
  first date: 2017-12-15
  on: monthly
  price: 100 %
"""
    head, row = alone.split("cusip:")
    under = head + "notes:\n  - cusip:" + row.replace("\n", "\n    ").rstrip() + "\n"
    styled = under.replace("      on: monthly\n", "      on: monthly\n      style: Bermudan\n")
    assert styled != under
    rules = {
        "standard/withdrawal.yaml": WITHDRAWAL,
        "standard/notes.yaml": "standard: Notes\nclauses:\n  - standard/withdrawal\n",
        "acme/notes-a/2015-08-10/prospectus.yaml": _paper("standard/notes"),
    }
    digests = set()
    for name, text in (("alone", alone), ("under", under), ("styled", styled)):
        book = _open(tmp_path / name, {**rules, "acme/notes-a/supplements/1.yaml": text}, vocabulary)
        assert [str(problem) for problem in book.problems] == []
        digests.add(book.notes["02006DLF6"].digest)
    assert len(digests) == 1
