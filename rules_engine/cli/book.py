"""`rules-engine book copy`: a working copy of the rule book, for operations to edit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rules_engine.cli.options import Rules
from rules_engine.host import Host
from rules_engine.host.copying import copy_book

book = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Work on a copy of the rule book.")

To = Annotated[
    Path,
    typer.Argument(metavar="DIR", help="The folder to make; it must be new, or empty.", show_default=False),
]
Issuers = Annotated[
    list[str] | None,
    typer.Option(
        "--issuer",
        metavar="CODE",
        help="Copy this issuer's rules alone; may be given more than once. [default: the whole rule book]",
        show_default=False,
    ),
]


@book.callback()
def commands() -> None:
    """Work on a copy of the rule book."""


@book.command(epilog="Example: rules-engine book copy rules-of-ours --issuer ally")
def copy(to: To, issuer: Issuers = None, rules: Rules = None) -> None:
    """Copy the rule book that is plugged in into a folder of your own, to edit and to answer by.

    What is plugged in stays as it is. The copy counts where it is named: by `--rules DIR`, or in RULES_ENGINE_RULES.
    """
    copied = copy_book(Host.open(rules, with_durable=False).book, to, issuers=issuer or ())
    what = "the standard sets, the calendars and the rules of" if copied.with_standard else "the rules of"
    print(f"{to} has {what} {', '.join(copied.issuers)}")
    if not copied.with_standard:
        print("standard sets and calendars go on as they are plugged in")
    print(f"edit it, then: rules-engine check {to}; answer by it with: --rules {to}")
