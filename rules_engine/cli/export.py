"""`rules-engine export`: a ledger as the events it answered, one JSON object a line."""

from __future__ import annotations

from contextlib import closing

from rules_engine.cli.opening import kept_ledger
from rules_engine.cli.options import KeptLedger


def export(ledger: KeptLedger) -> None:
    """Write the events of a ledger in the order they were recorded; `decide` turns them into the same receipts.

    Answers that follow from others (a year opened, a note called) are not written: they follow again.
    """
    with closing(kept_ledger(ledger, create=False, only_reading=True)) as kept:
        for entry in kept.entries():
            if entry.part == 0:
                print(entry.event)
