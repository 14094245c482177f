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

LEDGER_VARIABLE, RULES_VARIABLE = "RULES_ENGINE_LEDGER", "RULES_ENGINE_RULES"
"""Where the environment says which ledger and which rule book are meant; an option comes before it."""

Rules = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        envvar=RULES_VARIABLE,
        metavar="DIR",
        exists=True,
        file_okay=False,
        readable=True,
        help="A working copy of the rule book, which goes before what is plugged in, issuer by issuer; more than one "
        "may be given. [default: what is plugged in]",
        show_default=False,
    ),
]

LedgerUrl = Annotated[
    str,
    typer.Option(
        "--ledger",
        envvar=LEDGER_VARIABLE,
        metavar="URL",
        help="The ledger: `memory:`, `sqlite:///path` or `postgresql://...`.",
    ),
]

KeptLedger = Annotated[
    str,
    typer.Option(
        "--ledger",
        envvar=LEDGER_VARIABLE,
        metavar="URL",
        help="The ledger: `sqlite:///path` or `postgresql://...`.",
    ),
]

DespiteFaults = Annotated[
    bool,
    typer.Option("--despite-faults", help="Record into a kept ledger although the rule book has faults."),
]

Pin = Annotated[
    bool,
    typer.Option("--pin", help="Record nothing for a programme whose last answer is by another rule book."),
]

RequireApproved = Annotated[
    bool,
    typer.Option("--require-approved", help="Answer nothing by rules that are drafts, or not approved by two people."),
]

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON for programs, instead of text for people.")]
