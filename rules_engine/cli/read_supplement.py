"""`rules-engine read-supplement`: a pricing supplement's text turned into its file for the rule book."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from rules_engine.cli.ending import CommandWrong, did_you_mean, faulty, notice
from rules_engine.cli.options import AsJson, Rules
from rules_engine.host import Host

STANDARD_INPUT = Path("-")

Supplement = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="The supplement's text or HTML, as it was filed; `-` reads it from standard input.",
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


def read_supplement(file: Supplement, programme: Programme = "", rules: Rules = None, as_json: AsJson = False) -> None:
    """Turn a pricing supplement's text into its file for the rule book, each line saying where it comes from.

    What is doubtful is told, and left empty for a person: `check` refuses the file until it is filled in.
    Ends with 1 where a person has to look, and with 2 where no note is found.
    """
    # only here: reading supplements is a room of its own, which no other command needs
    from rules_engine.supplements import NoNoteFound, read_supplement_text, told

    book = Host.open(rules).book
    if programme and programme not in book.programmes:
        raise CommandWrong(f"the rule book has no programme `{programme}`{did_you_mean(programme, book.programmes)}")
    data = sys.stdin.buffer.read() if file == STANDARD_INPUT else file.read_bytes()
    try:
        supplement = read_supplement_text(data, file=str(file), programme=programme, book=book)
    except NoNoteFound as fault:
        for remark in fault.remarks:
            notice(f"{file}:{remark.line}: {remark.message}")
        raise
    for doubt in supplement.doubts:
        notice(f"{file}:{doubt.line}: {doubt.message}")
    for warning in supplement.warnings:
        notice(f"{file}:{warning.line}: warning: {warning.message}")
    print(json.dumps(told(supplement)) if as_json else supplement.yaml, end="\n" if as_json else "")
    if supplement.doubts:
        faulty()
