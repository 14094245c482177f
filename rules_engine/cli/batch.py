"""`rules-engine batch`: payments, eligibility and schedules of whole books, in Parquet or CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer

from rules_engine.cli.ending import CommandWrong, faulty, notice
from rules_engine.cli.opening import MEMORY, opened
from rules_engine.cli.options import LedgerUrl, Rules
from rules_engine.cli.progress import Progressing
from rules_engine.host import Host

if TYPE_CHECKING:
    from rules_engine.batch.files import Batch, Source

batch = typer.Typer(no_args_is_help=True, help="Answer whole books at once: columns in, columns out.")

In = Annotated[
    Path, typer.Argument(metavar="IN", exists=True, dir_okay=False, help="A file ending in .parquet or .csv.")
]
Out = Annotated[Path, typer.Argument(metavar="OUT", dir_okay=False, help="The file written, .parquet or .csv.")]

_DAYS = ["%Y-%m-%d"]


@batch.command(epilog="Example: rules-engine batch payments positions.parquet due.parquet --on 2017-01-15")
def payments(
    rows: In,
    answers: Out,
    on: Annotated[
        datetime | None, typer.Option("--on", formats=_DAYS, help="List what falls due of positions on this day.")
    ] = None,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=_DAYS, help="List what falls due from this day on, included.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=_DAYS, help="The last day of that range, included.")
    ] = None,
    rules: Rules = None,
    ledger: LedgerUrl = MEMORY,
) -> None:
    """Answer payments that fall due, on the ledger's standing as it is; nothing is recorded.

    With --on, or --from and --to, IN holds positions (cusip, principal), and OUT has a row for each payment that falls
    due. Without, each row of IN asks by itself: cusip, due_on, kind, principal.
    """
    days = _range(on, first, last)
    columns = _columns()
    with opened(rules, ledger, only_trying=True) as host:
        if days is None:
            asking = columns.Payments(host)
            _run(host, rows, answers, lambda source, told: _each(source, told, lambda batch: iter([asking.of(batch)])))
        else:
            due = columns.FallingDue(host, *days)
            _run(host, rows, answers, lambda source, told: _each(source, told, due.of))


@batch.command(epilog="Example: rules-engine batch eligibility requests.parquet answers.parquet")
def eligibility(rows: In, answers: Out, rules: Rules = None, ledger: LedgerUrl = MEMORY) -> None:
    """Answer survivor's option requests in the order of receipt, limits folded; nothing is recorded.

    IN has the fields of the event, one request a row. OUT comes in the order of receipt; `row` counts the rows of IN.
    """
    columns = _columns()
    with opened(rules, ledger, only_trying=True) as host:
        _run(
            host,
            rows,
            answers,
            lambda source, told: columns.order_of_receipt.eligibility(host, source, told=told),
        )


@batch.command(epilog="Example: rules-engine batch schedules notes.csv schedules.csv")
def schedules(rows: In, answers: Out, rules: Rules = None) -> None:
    """List the interest dates, redemption dates and maturities of notes; IN names them in its column cusip."""
    columns = _columns()
    with opened(rules) as host:
        listing = columns.Schedules(host)
        _run(
            host,
            rows,
            answers,
            lambda source, told: _each(source, told, lambda batch: listing.of(columns.cusips_of(batch))),
        )


Answering = Callable[["Source", Callable[[int], None]], "Iterator[Batch]"]


@dataclass(slots=True)
class _Counted:
    """How many rows were answered, and how."""

    rows: int = 0
    by_line: int = 0
    errors: int = 0

    def count(self, answers: Batch) -> None:
        """Count some answers."""
        by_line = answers.column("carried").cast("string").to_pylist().count("line by line")
        errors = answers.num_rows - answers.column("error").null_count
        self.rows += answers.num_rows
        self.by_line += by_line
        self.errors += errors

    @property
    def summary(self) -> str:
        """Say it in a line."""
        said = f"{self.rows:,} rows: {self.rows - self.by_line:,} in columns, {self.by_line:,} line by line"
        return f"{said}; {self.errors:,} could not be read, see column `error`" if self.errors else said


def _run(host: Host, rows: Path, answers: Path, answering: Answering) -> None:
    """Read, answer and write, telling on a terminal how far it has come."""
    from rules_engine.batch.files import Written, source_of

    if answers.exists() and answers.samefile(rows):
        raise CommandWrong(f"OUT is IN: {rows} would be written over")
    source, counted = source_of(rows), _Counted()
    with Progressing("answering", total=source.size) as progress, Written(answers) as written:
        for some in answering(source, progress.advance):
            counted.count(some)
            written.write(some)
    if not counted.rows:
        raise CommandWrong(f"{rows} has no row to answer, so {answers} was not written")
    notice(counted.summary)
    if counted.errors or host.book.own_problems:
        faulty()


def _each(source: Source, told: Callable[[int], None], answer: Callable[[Batch], Iterator[Batch]]) -> Iterator[Batch]:
    for some, size in source.batches():
        yield from answer(some)
        told(size)


def _range(on: datetime | None, first: datetime | None, last: datetime | None) -> tuple[date, date] | None:
    """Give the days asked about; None where each row asks by itself."""
    if on is None and first is None and last is None:
        return None
    if on is not None and (first is not None or last is not None):
        raise CommandWrong("give --on for one day, or --from and --to for a range, not both")
    if on is None and (first is None or last is None):
        raise CommandWrong("--from and --to go together: give the first day and the last")
    begins, ends = (on, on) if on is not None else (first, last)
    assert begins is not None
    assert ends is not None
    if begins > ends:
        raise CommandWrong(f"--from {begins:%Y-%m-%d} comes after --to {ends:%Y-%m-%d}")
    return begins.date(), ends.date()


def _columns() -> ModuleType:
    """Load what works in columns; where that is not installed, say how it is."""
    try:
        return import_module("rules_engine.batch")
    except ModuleNotFoundError as fault:
        raise CommandWrong(str(fault)) from fault
