"""`rules-engine notes`: the notes of the rule book, their next days, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from rules_engine.cli.desk_lists import (
    AsCsv,
    Block,
    OfProgramme,
    OnDay,
    day_of,
    one_form,
    print_blocks,
    print_csv,
    print_json,
)
from rules_engine.cli.opening import MEMORY, opened
from rules_engine.cli.options import AsJson, LedgerUrl, Rules
from rules_engine.cli.page import Column
from rules_engine.desk.note_list import STANDS, ListedNote, NotesWanted, note_list
from rules_engine.model.exact import plain_text

Search = Annotated[
    str | None,
    typer.Option("--search", metavar="TEXT", help="Only with this in CUSIP, title or series.", show_default=False),
]
OnLedger = Annotated[bool, typer.Option("--on-ledger", help="Only of programmes that are on the ledger.")]

COLUMNS = (
    Column("note"),
    Column("interest"),
    Column("matures"),
    Column("option"),
    Column("state"),
    Column("next pays on"),
    Column("open", is_amount=True),
)


def notes(
    ledger: LedgerUrl = MEMORY,
    on: OnDay = None,
    programme: OfProgramme = None,
    search: Search = None,
    on_ledger: OnLedger = False,
    rules: Rules = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """List the notes of the rule book: interest, maturity, survivor's option, the next interest date, open requests.

    `--programme` takes a programme or an issuer. `--on` gives the day to look ahead from on a ledger without entries.
    """
    one_form(as_json=as_json, as_csv=as_csv)
    wanted = NotesWanted(programme=programme, search=search, on_ledger=on_ledger)
    with opened(rules, ledger, only_trying=True) as host:
        listed = list(note_list(host, wanted, on=day_of(on)))
    if as_json:
        print_json(listed)
    elif as_csv:
        print_csv(listed, ListedNote)
    elif listed:
        print_blocks(COLUMNS, listed, _block, group=lambda note: note.programme)
    else:
        print("no note is like that")


def _block(note: ListedNote) -> Block:
    coupon = f"{plain_text(note.coupon)} % {note.frequency}" if note.coupon else "none"
    return Block(
        cells=(
            note.cusip,
            coupon,
            note.maturity.isoformat(),
            "yes" if note.survivors_option else "no",
            note.state if note.state == STANDS else f"{note.state} {note.ends_on}",
            note.next_pay_on.isoformat() if note.next_pay_on else "",
            str(note.open_requests) if note.open_requests else "",
        ),
        details=tuple(_details(note)),
    )


def _details(note: ListedNote) -> Iterator[str]:
    if note.title:
        yield note.title
    if note.callable_from:
        yield f"callable on {note.callable_from}"
    if note.fault:
        yield f"its days cannot be told: {note.fault}"
