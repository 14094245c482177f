"""`rules-engine verify`: every entry of a ledger decided again, and held against what it says."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from rules_engine.cli.ending import faulty, notice
from rules_engine.cli.opening import opened
from rules_engine.cli.options import AsJson, Rules
from rules_engine.workbench.verifying import moved_on, proved, verify

KeptLedger = Annotated[
    str,
    typer.Option("--ledger", metavar="URL", help="The ledger: `sqlite:///path` or `postgresql://...`."),
]


def verify_ledger(ledger: KeptLedger, rules: Rules = None, as_json: AsJson = False) -> None:
    """Decide every recorded event again, from what the ledger holds, and compare byte for byte.

    Names the first entry that differs, and ends with 1. The rules are those the ledger kept, so a
    rule book that has moved on changes nothing; how many decisions rest on rules that the rule book
    has since changed is told besides. Keep the last entries' digests somewhere else: they show later
    that nobody has cut off an end, and that everything before them is as it was.
    """
    with opened(rules, ledger, only_trying=True) as host:
        done = proved(verify(host.ledger, host.vocabulary, with_durable=host.with_durable))
        since_changed = moved_on(done, host.book)
    if as_json:
        difference = asdict(done.difference) if done.difference else None
        print(
            json.dumps(
                {
                    "entries": done.entries,
                    "decided_again": done.decided_again,
                    "receipts_only": done.receipts_only,
                    "rules_changed_since": since_changed,
                    "heads": {
                        programme: {"position": position, "digest": end}
                        for programme, (position, end) in done.heads.items()
                    },
                    "difference": difference,
                }
            )
        )
    else:
        print(f"{done.entries:,} entries prove: {done.decided_again:,} decided again with the same receipts")
        for programme, (position, end) in done.heads.items():
            print(f"  {programme or 'no programme'} ends at entry {position:,}: {end}")
        if done.receipts_only:
            notice(f"notice: {done.receipts_only:,} told of the rule book as it was then; their receipts add up")
        if since_changed:
            notice(f"notice: {since_changed:,} rest on rules that this rule book has changed since, or does not have")
        if done.difference:
            print(f"differs: {done.difference}")
    if done.difference:
        faulty()
