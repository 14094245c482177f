"""The arguments and options that several commands have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Events = Annotated[
    Path,
    typer.Argument(
        metavar="EVENTS",
        help="A file of events, one JSON object a line; `-` reads them from standard input.",
        show_default=False,
    ),
]

Rules = Annotated[
    Path | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        exists=True,
        file_okay=False,
        readable=True,
        help="The rule book to answer by. [default: the one shipped]",
        show_default=False,
    ),
]

LedgerUrl = Annotated[
    str,
    typer.Option(
        "--ledger",
        metavar="URL",
        help="The ledger: `memory:`, `sqlite:///path` or `postgresql://...`.",
    ),
]

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON for programs, instead of text for people.")]
