"""What the desk's lists have in common on the command line: their options, and how they are printed in 80 columns."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, TypeVar

import typer

from rules_engine.cli.ending import CommandWrong
from rules_engine.cli.page import GAP, Column
from rules_engine.desk.presenting import columns_of, csv_text, to_json

WIDTH = 80
NARROWEST = 8
T = TypeVar("T")

DAY: dict[str, Any] = {"formats": ["%Y-%m-%d"], "metavar": "DATE", "show_default": False}

AsCsv = Annotated[bool, typer.Option("--csv", help="Write comma-separated values with a heading, for a spreadsheet.")]
OnDay = Annotated[
    datetime | None,
    typer.Option("--on", help="The day to count from. [default: the latest business date on the ledger]", **DAY),
]
FirstDay = Annotated[
    datetime | None,
    typer.Option("--from", help="The first day listed. [default: the latest business date on the ledger]", **DAY),
]
LastDay = Annotated[
    datetime | None, typer.Option("--until", help="The last day listed. [default: 31 days after the first]", **DAY)
]
OfProgramme = Annotated[
    str | None, typer.Option("--programme", metavar="CODE", help="Only of one programme.", show_default=False)
]
OfNote = Annotated[str | None, typer.Option("--note", metavar="CUSIP", help="Only of one note.", show_default=False)]
OfOwner = Annotated[
    str | None, typer.Option("--owner", metavar="REF", help="Only of one deceased owner.", show_default=False)
]


@dataclass(frozen=True, slots=True)
class Block:
    """One thing of a list as a person reads it: cells in columns, and sentences under them."""

    cells: tuple[str, ...]
    details: tuple[str, ...] = ()


def day_of(given: datetime | None) -> date | None:
    """Take the day of what an option gave."""
    return given.date() if given else None


def one_form(*, as_json: bool, as_csv: bool) -> None:
    """Raise CommandWrong where two forms are asked for at once."""
    if as_json and as_csv:
        raise CommandWrong("--json and --csv are two forms of one list: give one of them")


def print_json(items: Iterable[Any]) -> None:
    """Write a list for a program: one JSON object a line."""
    for item in items:
        print(json.dumps(to_json(item)))


def print_csv(items: Sequence[Any], kind: type) -> None:
    """Write a list for a spreadsheet."""
    print(csv_text(map(to_json, items), columns_of(kind)), end="")


def print_blocks(
    columns: Sequence[Column], items: Sequence[T], block: Callable[[T], Block], group: Callable[[T], str] | None = None
) -> None:
    """Write a list for a person: never wider than 80 columns, nothing left out, a heading for each group."""
    blocks = [block(item) for item in items]
    widths = fitted(columns, [each.cells for each in blocks])
    for line in _row(columns, widths, [column.heading for column in columns]):
        print(line)
    before: str | None = None
    for item, each in zip(items, blocks, strict=True):
        if group is not None and group(item) != before:
            before = group(item)
            print(f"\n{before}")
        for line in _row(columns, widths, each.cells):
            print(line)
        for detail in each.details:
            print(textwrap.fill(detail, WIDTH, initial_indent="    ", subsequent_indent="      "))


def fitted(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> list[int]:
    """Give each column the width of its longest cell, and take from the widest text where they do not fit together."""
    widths = [max(map(len, cells)) for cells in zip([column.heading for column in columns], *rows, strict=True)]
    texts = [place for place, column in enumerate(columns) if not column.is_amount]
    while sum(widths) + len(GAP) * (len(widths) - 1) > WIDTH:
        widest = max(texts, key=lambda place: widths[place])
        if widths[widest] <= NARROWEST:
            break
        widths[widest] -= 1
    return widths


def _row(columns: Sequence[Column], widths: Sequence[int], cells: Sequence[str]) -> Iterable[str]:
    """Set one row; a cell that is longer than its column goes on in the lines below."""
    wrapped = [
        textwrap.wrap(cell, width, break_on_hyphens=False) or [""] for cell, width in zip(cells, widths, strict=True)
    ]
    for number in range(max(map(len, wrapped))):
        parts = [lines[number] if number < len(lines) else "" for lines in wrapped]
        padded = (
            part.rjust(width) if column.is_amount else part.ljust(width)
            for column, width, part in zip(columns, widths, parts, strict=True)
        )
        yield GAP.join(padded).rstrip()


def amount(money: Any) -> str:
    """Write an amount for a person; nothing for none."""
    return "" if money is None or not money.cents else str(money)
