"""The work of `rules-engine read-supplement`: one sheet or many, reviewed, printed, kept or added."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rules_engine.cli.ending import faulty, notice
from rules_engine.cli.progress import counted
from rules_engine.cli.sheet_review import review
from rules_engine.cli.sheets import Read, Shelf, outcomes_of, read_each, read_one, sheets_in, summary_of
from rules_engine.cli.supplement_adding import NotAdded, add
from rules_engine.rulebook.books import Book
from rules_engine.supplements import NoNoteFound, ReadSupplement, UnreadableSupplement, told
from rules_engine.supplements.outcomes import Outcome, Outcomes
from rules_engine.supplements.proposing import programmes_of

STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a run was asked for, and from which file it has added each note."""

    book: Book
    programme: str
    rules: Path | None
    amends: bool
    reviews: bool
    as_json: bool
    added_from: dict[str, str] = field(default_factory=dict)


def read_single(desk: Desk, file: Path) -> None:
    """Read one sheet, and print its file for the rule book."""
    data = sys.stdin.buffer.read() if file == STANDARD_INPUT else file.read_bytes()
    try:
        supplement = read_one(data, file, desk.programme, desk.book)
    except NoNoteFound as fault:
        for remark in fault.remarks:
            notice(f"{file}:{remark.line}: {remark.message}")
        raise
    except UnreadableSupplement as fault:
        raise UnreadableSupplement(f"{file}: {fault}") from fault
    if desk.reviews:
        review(supplement, desk.programme)
    for doubt in supplement.doubts:
        notice(f"{file}:{doubt.line}: {doubt.message}")
    for warning in supplement.warnings:
        notice(f"{file}:{warning.line}: warning: {warning.message}")
    print(_json(desk, supplement) if desk.as_json else supplement.yaml, end="\n" if desk.as_json else "")
    if supplement.doubts or not _is_added(desk, supplement):
        faulty()


def read_several(desk: Desk, files: Sequence[Path], into: Path | None) -> None:
    """Read many sheets, a line each, and say at the end what there is to look at, by reason."""
    shelf = Shelf.open(into)
    sheets = sheets_in(files)
    outcomes: list[Outcomes] = []
    all_added = True
    for read in counted(read_each(sheets, desk.programme, desk.book, shelf), "reading", total=len(sheets)):
        if desk.reviews and read.supplement and read.supplement.doubts:
            review(read.supplement, desk.programme)
            read.outcomes = outcomes_of(read.supplement, desk.programme, desk.book)
            shelf.keep(read, read.file.read_bytes())
        outcomes.append(read.outcomes)
        if desk.rules and _waits(desk, read):
            read.supplement = read_one(read.file.read_bytes(), read.file, desk.programme, desk.book)
        print(_line(desk, read))
        if read.supplement and not read.supplement.doubts:
            all_added = _is_added(desk, read.supplement) and all_added
    for line in summary_of(outcomes):
        notice(line)
    if not all_added or any(each.outcome is not Outcome.READY for each in outcomes):
        faulty()


def _line(desk: Desk, read: Read) -> str:
    if not desk.as_json:
        return read.line
    if read.supplement:
        return _json(desk, read.supplement)
    return json.dumps(
        {"file": str(read.file), "outcome": read.outcomes.outcome, "reasons": list(read.outcomes.reasons)}
    )


def _json(desk: Desk, supplement: ReadSupplement) -> str:
    proposed = programmes_of(desk.book, [note.cusip for note in supplement.notes])
    return json.dumps(told(supplement, programmes=proposed))


def _is_added(desk: Desk, supplement: ReadSupplement) -> bool:
    """Put a supplement into the working copy, where that is asked for; False where it was refused."""
    if desk.rules is None:
        return True
    try:
        _refuse_what_is_added(desk, supplement)
        addition = add(supplement, desk.rules, programme=desk.programme, amends=desk.amends)
    except NotAdded as fault:
        notice(f"{supplement.file}: not added: {fault}")
        return False
    desk.added_from.update((note.cusip, supplement.file) for note in supplement.notes)
    notice(f"{supplement.file}: added as {addition.file}")
    for line in addition.difference:
        notice(f"  {line}")
    return True


def _waits(desk: Desk, read: Read) -> bool:
    """Tell whether a sheet that an earlier run found ready is not in the book yet."""
    is_ready = read.supplement is None and read.outcomes.outcome is Outcome.READY
    return is_ready and not all(cusip in desk.book.notes for cusip in read.outcomes.cusips)


def _refuse_what_is_added(desk: Desk, supplement: ReadSupplement) -> None:
    """Refuse a note that another file of the run has brought: which of them holds, the names of files do not tell."""
    for note in supplement.notes:
        if earlier := desk.added_from.get(note.cusip):
            raise NotAdded(f"{note.cusip} was added from {earlier} in this run: read the one that holds by itself")
