"""`rules-engine read-supplement`: pricing supplements turned into their files for the rule book."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from rules_engine.cli.ending import CommandWrong, did_you_mean, faulty, notice
from rules_engine.cli.options import AsJson, Rules
from rules_engine.cli.progress import counted
from rules_engine.cli.sheet_review import review
from rules_engine.cli.sheets import Read, Shelf, outcomes_of, read_each, read_one, sheets_in, summary_of
from rules_engine.cli.supplement_adding import NotAdded, add
from rules_engine.host import Host
from rules_engine.rulebook.books import Book
from rules_engine.supplements import NoNoteFound, ReadSupplement, told
from rules_engine.supplements.outcomes import Outcome, Outcomes
from rules_engine.supplements.proposing import programmes_of

STANDARD_INPUT = Path("-")

Supplements = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...",
        help="Supplements as they were filed, text, HTML or PDF, or folders of them; `-` reads standard input.",
        show_default=False,
    ),
]
Programme = Annotated[
    str,
    typer.Option(
        "--programme",
        metavar="CODE",
        help="The programme whose day count the first coupons are held against, as `ally/term-notes-a`.",
        show_default=False,
    ),
]
Into = Annotated[
    Path | None,
    typer.Option(
        "--into",
        metavar="DIR",
        file_okay=False,
        help="Keep each sheet's file here; started again, the command goes on with what is not read yet.",
        show_default=False,
    ),
]
Add = Annotated[
    bool,
    typer.Option("--add", help="Put what is ready into the working copy that --rules names, if it holds with it."),
]
Amends = Annotated[
    bool, typer.Option("--amends", help="With --add: replace the notes that the working copy has already.")
]
Review = Annotated[
    bool,
    typer.Option("--review", help="Go through the fields, doubtful ones first: `a` accepts one, `c` corrects it."),
]


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a run was asked for."""

    book: Book
    programme: str
    rules: Path | None
    amends: bool
    reviews: bool
    as_json: bool


def read_supplement(
    files: Supplements,
    programme: Programme = "",
    into: Into = None,
    adds: Add = False,
    amends: Amends = False,
    reviews: Review = False,
    rules: Rules = None,
    as_json: AsJson = False,
) -> None:
    """Turn pricing supplements into their files for the rule book, each line saying where it comes from.

    What is doubtful is told, and left empty for a person: `check` refuses the file until it is filled in. A single file
    is printed. Of several, or of a folder, each gets a line: ready, to look at, or unread, and why. Ends with 1 where a
    person has to look, and with 2 where a single file holds no note.
    """
    copies = rules or []
    if adds and len(copies) != 1:
        raise CommandWrong("--add writes into a working copy of the rule book: name one with --rules DIR")
    if amends and not adds:
        raise CommandWrong("--amends says what --add may do: give both")
    book = Host.open(rules).book
    if programme and programme not in book.programmes:
        raise CommandWrong(f"the rule book has no programme `{programme}`{did_you_mean(programme, book.programmes)}")
    desk = _Desk(book, programme, copies[0] if adds else None, amends, reviews, as_json)
    if len(files) == 1 and into is None and not files[0].is_dir():
        _read_one(desk, files[0])
    else:
        _read_several(desk, files, into)


def _read_one(desk: _Desk, file: Path) -> None:
    data = sys.stdin.buffer.read() if file == STANDARD_INPUT else file.read_bytes()
    try:
        supplement = read_one(data, file, desk.programme, desk.book)
    except NoNoteFound as fault:
        for remark in fault.remarks:
            notice(f"{file}:{remark.line}: {remark.message}")
        raise
    if desk.reviews:
        review(supplement, desk.programme)
    for doubt in supplement.doubts:
        notice(f"{file}:{doubt.line}: {doubt.message}")
    for warning in supplement.warnings:
        notice(f"{file}:{warning.line}: warning: {warning.message}")
    print(_json(desk, supplement) if desk.as_json else supplement.yaml, end="\n" if desk.as_json else "")
    if supplement.doubts or not _is_added(desk, supplement):
        faulty()


def _read_several(desk: _Desk, files: Sequence[Path], into: Path | None) -> None:
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
        print(_line(desk, read))
        if read.supplement and not read.supplement.doubts:
            all_added = _is_added(desk, read.supplement) and all_added
    for line in summary_of(outcomes):
        notice(line)
    if not all_added or any(each.outcome is not Outcome.READY for each in outcomes):
        faulty()


def _line(desk: _Desk, read: Read) -> str:
    if not desk.as_json:
        return read.line
    if read.supplement:
        return _json(desk, read.supplement)
    return json.dumps(
        {"file": str(read.file), "outcome": read.outcomes.outcome, "reasons": list(read.outcomes.reasons)}
    )


def _json(desk: _Desk, supplement: ReadSupplement) -> str:
    proposed = programmes_of(desk.book, [note.cusip for note in supplement.notes])
    return json.dumps(told(supplement, programmes=proposed))


def _is_added(desk: _Desk, supplement: ReadSupplement) -> bool:
    """Put a supplement into the working copy, where that is asked for; False where it was refused."""
    if desk.rules is None:
        return True
    try:
        addition = add(supplement, desk.rules, programme=desk.programme, amends=desk.amends)
    except NotAdded as fault:
        notice(f"{supplement.file}: not added: {fault}")
        return False
    notice(f"{supplement.file}: added as {addition.file}")
    for line in addition.difference:
        notice(f"  {line}")
    return True
