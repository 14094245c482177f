"""`rules-engine deadlines`: what must happen by when; also as a calendar file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rules_engine.cli.desk_lists import (
    AsCsv,
    Block,
    FirstDay,
    LastDay,
    OfNote,
    OfProgramme,
    day_of,
    one_form,
    print_blocks,
    print_csv,
    print_json,
)
from rules_engine.cli.ending import CommandWrong, notice
from rules_engine.cli.opening import MEMORY, opened
from rules_engine.cli.options import AsJson, LedgerUrl, Rules
from rules_engine.cli.page import Column
from rules_engine.desk.calendar_file import calendar_file
from rules_engine.desk.day import latest_day
from rules_engine.desk.days_ahead import DayAhead, DayKind, DaysWanted, days_ahead

OfKind = Annotated[
    list[DayKind] | None,
    typer.Option("--kind", help="Only days of this kind; may be given more than once.", show_default=False),
]
CalendarFile = Annotated[
    Path | None,
    typer.Option(
        "--ics",
        metavar="FILE",
        dir_okay=False,
        allow_dash=True,
        help="Write a calendar file instead, for any calendar program; `-` is standard output.",
        show_default=False,
    ),
]

COLUMNS = (Column("day"), Column("what"), Column("note"), Column("request"))


def deadlines(
    ledger: LedgerUrl = MEMORY,
    first: FirstDay = None,
    last: LastDay = None,
    kind: OfKind = None,
    note: OfNote = None,
    programme: OfProgramme = None,
    ics: CalendarFile = None,
    rules: Rules = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """List what must happen by when: last days for notice, record dates, papers, repayments, questions, years.

    Notices and record dates are those of every note of the rule book; the rest is on the ledger. What has passed and
    not happened is overdue, and comes first.
    """
    one_form(as_json=as_json, as_csv=as_csv)
    if ics is not None and (as_json or as_csv):
        raise CommandWrong("--ics is a form of its own: leave out --json and --csv")
    wanted = DaysWanted(
        first=day_of(first),
        last=day_of(last),
        programme=programme,
        cusip=note,
        kinds=frozenset(kind or DayKind),
    )
    with opened(rules, ledger, only_trying=True) as host:
        if first is None and latest_day(host.ledger) is None:
            raise CommandWrong("the ledger has no entry to take a day from: say from which day on, with --from")
        listed = days_ahead(host, wanted)
    if ics is not None:
        _write(calendar_file(listed), ics, len(listed))
    elif as_json:
        print_json(listed)
    elif as_csv:
        print_csv(listed, DayAhead)
    elif listed:
        print_blocks(COLUMNS, listed, _block)
    else:
        print("nothing has to happen in these days")


def _write(text: str, to: Path, count: int) -> None:
    if str(to) == "-":
        print(text, end="")
        return
    to.write_bytes(text.encode())
    notice(f"{count:,} days were written to {to}")


def _block(day: DayAhead) -> Block:
    overdue = "OVERDUE: " if day.is_overdue else ""
    about = f" [{day.programme}]" if not day.cusip else ""
    return Block(
        cells=(f"{day.on:%a} {day.on}", day.kind.value, day.cusip, day.request_id),
        details=(f"{overdue}{day.what}{about}",),
    )
