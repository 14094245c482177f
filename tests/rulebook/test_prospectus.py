"""An edition whose `prospectus.yaml` gives once what holds for all its clauses, over standard wording."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from rules_engine.model.money import Money
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.resolving import read_resolved
from rules_engine.rulebook.rules import RuleSet
from rules_engine.rulebook.vocabulary import Vocabulary
from rules_engine.rulebook.writing import show_resolved

from .books import EDITION, PROGRAMME, write_book

OLDER = f"{PROGRAMME}/2012-03-01"
ISSUED = date(2016, 12, 1)

OPTION = """\
rule set: Survivor's option
status: draft
clause: survivors option
source: Standard wording
terms:
  - cite: Option, amounts
    multiple: $1,000
  - cite: Option, limits
    partial fit: the part that fits
    individual limit: $250,000
    limits apply: always
  - cite: Option, holding period
    holding period: 6 months
rules:
  - rule: repay at par
    then: entitle
    because: The note carries the option.
    cite: Option, right
  - rule: held too briefly
    when:
      months held: less than the holding period
    then: reject
    because: Held too briefly, {the holding period} are needed.
    cite: Option, holding period
  - rule: individual limit
    when:
      issuer applies the individual limit: yes
    then: accept at most the individual limit remaining
    because: At most {individual limit remaining} is left.
    cite: Option, limits
payment:
  days after acceptance: 20
  price: 100 %
  cite: Option, payment
"""
DEPOSIT = """\
rule set: Survivor's option
status: draft
clause: survivors option
based on: standard/option
source: Standard wording of deposits
leaves out:
  - individual limit
terms:
  - cite: Option, entire deposit
    mark: read
    partial fit: whole tender or nothing
payment:
  days after acceptance: 10
  cite: Deposit, payment
  mark: inferred
"""
WITHDRAWAL = """\
rule set: Withdrawal of a request
status: draft
clause: withdrawal
source: Standard wording
rules:
  - rule: requests stand
    then: reject
    because: A request cannot be taken back.
    cite: Option, no withdrawal
"""
NOTES = """\
standard: Retail notes
clauses:
  - standard/option
  - standard/withdrawal
"""
PAPER = """\
prospectus: Acme Notes
status: draft
source: Prospectus dated August 10, 2015
notes issued from: 2015-08-10
based on: standard/notes
"""
SHARED = """\
terms:
  - cite: Cover page
    mark: read
    multiple: $5,000
"""
STANDARD = {
    "standard/option.yaml": OPTION,
    "standard/deposit.yaml": DEPOSIT,
    "standard/withdrawal.yaml": WITHDRAWAL,
    "standard/notes.yaml": NOTES,
}


@pytest.fixture
def opened(tmp_path: Path, vocabulary: Vocabulary):  # type: ignore[no-untyped-def]
    def opened(paper: str = PAPER, **files: str) -> Book:
        """Open a book with this `prospectus.yaml` and these files beside it, by name, or by path where it has one."""
        beside = {
            (name if "/" in name else f"{EDITION}/{name.replace('_', '-')}.yaml"): text for name, text in files.items()
        }
        return Book.open(write_book(tmp_path, {**STANDARD, f"{EDITION}/prospectus.yaml": paper, **beside}), vocabulary)

    return opened


def option(book: Book, issued_on: date = ISSUED) -> RuleSet:
    assert [str(problem) for problem in book.problems] == []
    found = book.rule_set(PROGRAMME, "survivors option", issued_on)
    assert found is not None
    return found


def told(book: Book) -> list[str]:
    return [str(problem) for problem in book.problems]


def test_a_clause_without_a_file_is_the_standard_wording(opened) -> None:  # type: ignore[no-untyped-def]
    book = opened()
    found = option(book)
    assert (found.name, found.source, found.status) == (
        "Survivor's option, Acme Notes",
        "Prospectus dated August 10, 2015",
        "draft",
    )
    assert (found.edition, found.issued_from) == (EDITION, date(2015, 8, 10))
    assert [rule.name for rule in found.rules] == ["repay at par", "held too briefly", "individual limit"]
    assert book.rule_set(PROGRAMME, "withdrawal", ISSUED) is not None
    assert book.rule_set(PROGRAMME, "survivors option", date(2015, 8, 9)) is None


def test_what_a_standard_set_does_not_mark_is_standard_wording(opened) -> None:  # type: ignore[no-untyped-def]
    found = option(opened())
    assert {term.mark for term in found.terms.values()} == {"standard wording"}
    assert {rule.mark for rule in found.rules} == {"standard wording"}
    assert found.payment_mark == "standard wording"


def test_each_figure_and_rule_says_in_which_file_it_stands(opened) -> None:  # type: ignore[no-untyped-def]
    found = option(opened(PAPER + SHARED))
    multiple, partial_fit = found.terms["multiple"], found.terms["partial fit"]
    assert multiple.place is not None
    assert partial_fit.place is not None
    assert (multiple.place.file, multiple.place.line) == (f"{EDITION}/prospectus.yaml", 9)
    assert (partial_fit.place.file, partial_fit.place.line) == ("standard/option.yaml", 9)
    assert {rule.place.file for rule in found.rules if rule.place} == {"standard/option.yaml"}
    place = found.payment_lines["price"].place
    assert place is not None
    assert (place.file, place.line) == ("standard/option.yaml", 33)


def test_a_shared_term_takes_the_place_of_the_standard_one_in_every_clause(opened) -> None:  # type: ignore[no-untyped-def]
    multiple = option(opened(PAPER + SHARED)).terms["multiple"]
    assert (multiple.value, multiple.cite, multiple.mark) == (Money.parse("5000"), "Cover page", "read")


def test_a_clause_s_own_file_gives_only_what_is_its_own(opened) -> None:  # type: ignore[no-untyped-def]
    own = (
        "clause: survivors option\nleaves out:\n  - individual limit\n"
        "terms:\n  holding period:\n    value: 12 months\n    cite: Page 3\n    mark: read\n"
    )
    found = option(opened(PAPER + SHARED, survivors_option=own))
    assert found.name == "Survivor's option, Acme Notes"
    assert found.terms["holding period"].value == 12
    assert found.terms["multiple"].mark == "read"
    assert [rule.name for rule in found.rules] == ["repay at par", "held too briefly"]
    assert found.file == f"{EDITION}/survivors-option.yaml"


def test_a_clause_s_own_file_may_have_a_name_and_days_of_its_own(opened) -> None:  # type: ignore[no-untyped-def]
    own = "rule set: Death Put, Acme Notes\nclause: survivors option\nnotes issued until: 2017-12-31\n"
    found = option(opened(survivors_option=own))
    assert (found.name, found.issued_from, found.issued_until) == (
        "Death Put, Acme Notes",
        date(2015, 8, 10),
        date(2017, 12, 31),
    )


def test_a_clause_based_on_nothing_takes_nothing_over(opened) -> None:  # type: ignore[no-untyped-def]
    own = WITHDRAWAL.replace("rule set", "based on: nothing\nrule set").replace("requests stand", "own words")
    book = opened(withdrawal=own)
    assert told(book) == []
    found = book.rule_set(PROGRAMME, "withdrawal", ISSUED)
    assert found is not None
    assert [(rule.name, rule.mark) for rule in found.rules] == [("own words", "")]


def test_a_figure_that_no_rule_uses_is_not_taken_over(opened) -> None:  # type: ignore[no-untyped-def]
    own = "clause: survivors option\nleaves out:\n  - individual limit\n"
    assert set(option(opened(survivors_option=own)).terms) == {"multiple", "partial fit", "holding period"}


def test_a_term_of_the_base_can_be_left_out(opened) -> None:  # type: ignore[no-untyped-def]
    own = "clause: survivors option\nleaves out terms:\n  - holding period\n"
    book = opened(survivors_option=own)
    (fault,) = told(book)
    assert "the rule `held too briefly` needs the term `holding period`, which is not given" in fault
    own = own.replace("leaves out terms", "leaves out:\n  - held too briefly\nleaves out terms")
    assert "holding period" not in option(opened(survivors_option=own)).terms


def test_a_standard_set_may_be_based_on_another(opened) -> None:  # type: ignore[no-untyped-def]
    found = option(opened(survivors_option="clause: survivors option\nbased on: standard/deposit\n"))
    assert [rule.name for rule in found.rules] == ["repay at par", "held too briefly"]
    assert found.terms["partial fit"].mark == "read"
    assert found.terms["multiple"].mark == "standard wording"
    assert found.payment_lines["days after acceptance"].mark == "inferred"
    assert found.payment_lines["price"].mark == "standard wording"
    assert (found.payment_mark, found.payment_cite) == ("standard wording", "Deposit, payment; Option, payment")


def test_what_is_resolved_is_read_back_and_says_the_same(opened, vocabulary: Vocabulary) -> None:  # type: ignore[no-untyped-def]
    text = "Notes of **\\$5,000**,\nand no less."
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    about = f"source: Prospectus\nfrom: The desk\ndigest: sha256:{sha256}\n"
    sources = {f"{PROGRAMME}/sources/2015.txt": text, f"{PROGRAMME}/sources/2015.yaml": about}
    quoted = "    quote:\n      - Notes of $5,000\n      - and no less\n    signed for by: reader-2\n"
    found = option(opened(PAPER + SHARED + quoted, **sources))
    assert found.terms["multiple"].signed_by == "reader-2"
    assert found.terms["multiple"].quotes == ("Notes of $5,000", "and no less")
    for text in (found.text, show_resolved(found)):
        assert read_resolved(text, vocabulary) == found


def test_terms_by_paragraph_and_by_name_are_the_same_terms(opened) -> None:  # type: ignore[no-untyped-def]
    by_name = "terms:\n  multiple:\n    value: $5,000\n    cite: Cover page\n    mark: read\n"
    assert option(opened(PAPER + SHARED)).digest == option(opened(PAPER + by_name)).digest


@pytest.mark.parametrize(
    ("paper", "fault"),
    [
        (PAPER.replace("notes issued from: 2015-08-10\n", ""), "missing key `notes issued from`"),
        (PAPER.replace("prospectus:", "prospektus:"), "unknown key `prospektus`"),
        (PAPER.replace("standard/notes", "standard/nots"), "there is no `standard/nots` to be based on"),
        (PAPER.replace("standard/notes", "standard/option"), "`standard/option` is the standard set of one clause"),
        (PAPER + SHARED.replace("multiple", "multipel"), "unknown term `multipel`"),
        (PAPER + SHARED.replace("$5,000", "5,000"), "`5,000` is not an amount of money"),
        (
            PAPER + SHARED.replace("multiple: $5,000", "record date: 15 days before"),
            "`record date` is never used",
        ),
        (PAPER + SHARED + SHARED.removeprefix("terms:\n"), "the term `multiple` is given twice"),
        (PAPER + "terms:\n  - cite: Cover page\n", "the paragraph gives no term"),
        (PAPER + "terms:\n  - multiple: $5,000\n", "missing key `cite`"),
        (PAPER.replace("draft", "approved"), "approved by nobody"),
    ],
)
def test_a_fault_of_the_paper_keeps_every_clause_out_of_use(opened, paper: str, fault: str) -> None:  # type: ignore[no-untyped-def]
    older = PAPER.replace("2015-08-10", "2012-03-01") + "notes issued until: 2015-08-09\n"
    book = opened(paper, **{f"{OLDER}/prospectus.yaml": older})
    assert any(fault in problem for problem in told(book)), told(book)
    for clause in ("survivors option", "withdrawal"):
        assert book.rule_set(PROGRAMME, clause, ISSUED) is None
        assert book.problems_of(PROGRAMME, clause)


def test_a_clause_file_that_cannot_be_read_is_not_answered_by_the_standard_wording(opened) -> None:  # type: ignore[no-untyped-def]
    book = opened(survivors_option="clause: survivors opton\n")
    assert book.rule_set(PROGRAMME, "survivors option", ISSUED) is None
    assert book.rule_set(PROGRAMME, "withdrawal", ISSUED) is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            NOTES + "  - standard/deposit\n",
            "`standard/deposit` is for the clause `survivors option`, as",
        ),
        (NOTES + "  - standard/none\n", "there is no `standard/none` to be based on"),
        (NOTES.replace("standard:", "standart:"), "unknown key `standart`"),
    ],
)
def test_a_fault_of_a_list_of_clauses_is_one_of_all_that_is_based_on_it(opened, text: str, fault: str) -> None:  # type: ignore[no-untyped-def]
    book = opened(**{"standard/notes.yaml": text})
    assert any(fault in problem for problem in told(book)), told(book)
    assert book.rule_set(PROGRAMME, "withdrawal", ISSUED) is None


def test_a_fault_of_a_base_below_is_one_of_the_sets_above_it(opened) -> None:  # type: ignore[no-untyped-def]
    broken = OPTION.replace("then: entitle", "then: entitel")
    book = opened(
        **{
            "standard/option.yaml": broken,
            f"{EDITION}/survivors-option.yaml": "clause: survivors option\nbased on: standard/deposit\n",
        }
    )
    assert book.rule_set(PROGRAMME, "survivors option", ISSUED) is None
    assert {problem.file for problem in book.problems_of(PROGRAMME, "survivors option")} == {"standard/option.yaml"}
    assert book.rule_set(PROGRAMME, "withdrawal", ISSUED) is not None


def test_a_base_is_not_based_on_a_base_of_a_base(opened) -> None:  # type: ignore[no-untyped-def]
    third = DEPOSIT.replace("standard/option", "standard/deposit").replace(
        "  - individual limit\n", "  - repay at par\n"
    )
    book = opened(**{"standard/third.yaml": third})
    assert told(book) == [
        "standard/third.yaml:4:11: `standard/deposit` is based on another set itself\n"
        "    help: one base below a standard set: base it on what that one is based on"
    ]
