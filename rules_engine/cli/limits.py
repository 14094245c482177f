"""`rules-engine limits`: what is left of each yearly limit, who waits, and what fits next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from rules_engine.cli.desk_lists import (
    AsCsv,
    Block,
    OfNote,
    OfOwner,
    OfProgramme,
    amount,
    one_form,
    print_blocks,
    print_csv,
    print_json,
)
from rules_engine.cli.opening import opened
from rules_engine.cli.options import AsJson, KeptLedger, Rules
from rules_engine.cli.page import Column
from rules_engine.desk.limit_rooms import LimitRoom, limit_rooms
from rules_engine.model.exact import plain_text
from rules_engine.model.limits import Covers

Year = Annotated[
    int | None,
    typer.Option(
        "--year", min=1950, max=2150, help="The year. [default: that of the latest business date]", show_default=False
    ),
]
OnlyWaiting = Annotated[bool, typer.Option("--waiting", help="Only limits that keep something waiting.")]

COLUMNS = (
    Column("limit"),
    Column("binds"),
    Column("allowed", is_amount=True),
    Column("used", is_amount=True),
    Column("kept", is_amount=True),
    Column("left", is_amount=True),
)


def limits(
    ledger: KeptLedger,
    year: Year = None,
    note: OfNote = None,
    owner: OfOwner = None,
    programme: OfProgramme = None,
    waiting: OnlyWaiting = False,
    rules: Rules = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """List yearly limits: used, kept for what waits, left; who waits, and how much of it fits this year.

    An owner is listed where something counts for it. `not yet said` is a limit of which nobody has said whether the
    issuer applies it; it keeps nothing out.
    """
    one_form(as_json=as_json, as_csv=as_csv)
    with opened(rules, ledger, only_trying=True) as host:
        listed = limit_rooms(host, year=year, programme=programme, owner_ref=owner, cusip=note)
    if waiting:
        listed = [room for room in listed if room.waiting]
    if as_json:
        print_json(listed)
    elif as_csv:
        print_csv(listed, LimitRoom)
    elif listed:
        print_blocks(COLUMNS, listed, _block, group=lambda room: f"{room.programme}, {room.year}")
    else:
        print("no limit keeps anything waiting" if waiting else "no limit counts anything on this ledger")


def _block(room: LimitRoom) -> Block:
    name = f"{room.limit.value} of {room.name}" if room.name else room.limit.value
    return Block(
        cells=(name, room.binds, str(room.allowed), *map(amount, (room.used, room.kept)), str(room.left)),
        details=tuple(_details(room)),
    )


def _details(room: LimitRoom) -> Iterator[str]:
    if room.percentage is not None and room.base is not None:
        least = f", at least {room.amount}" if room.amount is not None else ""
        yield f"{plain_text(room.percentage)} % of {room.base} outstanding on {room.base_day}{least}"
    if room.reserved.cents:
        yield f"{room.reserved} is kept for requests referred for a fault of ours"
    for missing in room.missing:
        yield f"missing: {missing}"
    for place, each in enumerate(room.waiting, start=1):
        fits = f"{each.fits} fits" if each.fits.cents else "fits in a later year"
        yield f"waits {place}: request {each.request_id}, {each.waiting} since {each.tendered_on}: {fits}"
    if room.covers is not Covers.OWNER and room.notes > 1:
        yield f"the terms of {room.notes:,} notes"
