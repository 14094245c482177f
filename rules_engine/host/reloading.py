"""A new rule book for a host that is running: what it changes, and what it may not change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules_engine.clauses import CLAUSES
from rules_engine.errors import Problem
from rules_engine.ledger.base import Ledger
from rules_engine.model.notes import Note
from rules_engine.rulebook.books import Book


@dataclass(frozen=True, slots=True, kw_only=True)
class BookChanged:
    """What a new rule book changed: the digests of each programme it reads otherwise, before and after.

    An empty digest stands for a programme that one of the two books does not have.
    """

    programmes: Mapping[str, tuple[str, str]]


def changed(before: Book, after: Book) -> BookChanged:
    """Name the programmes whose events two books may decide otherwise."""
    codes = sorted({*before.programmes, *after.programmes})
    digests = {code: (before.digest_of(code), after.digest_of(code)) for code in codes}
    return BookChanged(programmes={code: both for code, both in digests.items() if both[0] != both[1]})


def against_replacing(before: Book, after: Book, ledger: Ledger) -> tuple[Problem, ...]:
    """List what a running host may not do to notes that were sold, at the place of each note's file or edition.

    A note keeps the edition it was sold under, and a note of which a request is open may not go.
    """
    open_notes = _with_open_requests(ledger)
    found: list[Problem] = []
    for cusip, note in before.notes.items():
        same = after.notes.get(cusip)
        if same is not None:
            found.extend(_other_editions(note, same, before, after))
        elif cusip in open_notes and cusip not in after.faulty_notes:
            message = f"note {cusip} is not in the new rule book, and requests for it are open"
            found.append(_at(f"{note.programme}/supplements", message, "keep its row until they are over"))
    return tuple(sorted(found))


def _other_editions(was: Note, now: Note, before: Book, after: Book) -> Iterator[Problem]:
    """Find clauses of a note that another edition speaks for than before."""
    for clause in CLAUSES:
        old = before.rule_set(was.programme, clause.name, was.issue_date)
        new = after.rule_set(now.programme, clause.name, now.issue_date)
        if old is not None and new is not None and old.edition != new.edition:
            message = f"note {now.cusip} would pass from edition {old.edition} to {new.edition} on {clause.name}"
            yield _at(new.edition, message, "a note keeps the terms it was sold under: correct the first day of issue")


def _with_open_requests(ledger: Ledger) -> set[str]:
    with ledger.undisturbed():
        standings = [ledger.standing(programme) for programme in ledger.heads()]
        return {request.cusip for standing in standings for request in standing.requests.values() if request.is_open}


def _at(file: str, message: str, help_text: str) -> Problem:
    return Problem(file=file, line=1, column=1, message=message, help=help_text)
