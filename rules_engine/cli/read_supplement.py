"""`rules-engine read-supplement`: pricing supplements turned into their files for the rule book."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rules_engine.cli.ending import CommandWrong, did_you_mean
from rules_engine.cli.options import AsJson, Rules
from rules_engine.host import Host

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
    # only here: no other command needs a reader of HTML and PDF files, which is long in loading
    from rules_engine.cli.supplement_desk import Desk, read_several, read_single

    copies = rules or []
    if adds and len(copies) != 1:
        raise CommandWrong("--add writes into a working copy of the rule book: name one with --rules DIR")
    if amends and not adds:
        raise CommandWrong("--amends says what --add may do: give both")
    book = Host.open(rules).book
    if programme and programme not in book.programmes:
        raise CommandWrong(f"the rule book has no programme `{programme}`{did_you_mean(programme, book.programmes)}")
    desk = Desk(book, programme, copies[0] if adds else None, amends, reviews, as_json)
    if len(files) == 1 and into is None and not files[0].is_dir():
        read_single(desk, files[0])
    else:
        read_several(desk, files, into)
