"""`rules-engine decisions`: what was recorded, from a number on, and what is recorded from now on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from typing import Annotated

import typer

from rules_engine.cli.answers import printed
from rules_engine.cli.ending import notice
from rules_engine.cli.opening import kept_ledger
from rules_engine.cli.options import AsJson, KeptLedger
from rules_engine.errors import LedgerError
from rules_engine.host.feed import RecordedDecision, decisions_after
from rules_engine.host.pages import LARGEST_PAGE
from rules_engine.ledger.base import Ledger

After = Annotated[
    int,
    typer.Option("--after", metavar="N", min=0, help="The number of the last decision that you have; 0 for none."),
]
Follow = Annotated[bool, typer.Option("--follow", help="Go on with what is recorded from now on, until stopped.")]
OfProgramme = Annotated[
    str | None,
    typer.Option("--programme", metavar="CODE", help="Only the decisions of one programme.", show_default=False),
]

PAUSE = 1.0
"""Seconds between two looks at a ledger that has nothing new."""


def decisions(
    ledger: KeptLedger,
    after: After = 0,
    follow: Follow = False,
    programme: OfProgramme = None,
    as_json: AsJson = False,
) -> None:
    """Write recorded decisions from a number on, in the order in which they were kept, each with its number.

    Keep the last number, and go on after it: no decision is missed, whoever else records, and what you had not taken in
    when you were stopped comes again. Each decision says where another rule book began to answer its programme.
    """
    with closing(kept_ledger(ledger, create=False, only_reading=True)) as kept:
        to = printed(as_json=as_json)
        try:
            for recorded in _followed(kept, after, programme) if follow else _so_far(kept, after, programme):
                if recorded.book_before and not as_json:
                    notice(f"notice: from number {recorded.number} on `{recorded.programme}` has another rule book")
                to.recorded(recorded)
        except KeyboardInterrupt:
            return  # this is how one stops following


def _so_far(ledger: Ledger, after: int, programme: str | None) -> Iterator[RecordedDecision]:
    """Give what is recorded by now."""
    while True:
        page = decisions_after(ledger, after, limit=LARGEST_PAGE, programme=programme)
        yield from page.items
        if page.is_last:
            return
        after = page.next


def _followed(ledger: Ledger, after: int, programme: str | None) -> Iterator[RecordedDecision]:
    """Give what is recorded by now and from now on; wait where the ledger cannot be read just now."""
    while True:
        try:
            for recorded in _so_far(ledger, after, programme):
                yield recorded
                after = recorded.number
        except LedgerError as fault:
            if not fault.trying_again_helps:
                raise
            notice(f"notice: waiting: {fault}")
        ledger.close()  # a file that may only be read is seen as it stood when it was opened
        time.sleep(PAUSE)
