"""`rules-engine verify`: every entry of a ledger decided again, and held against what it says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from rules_engine.cli.ending import CommandWrong, faulty, notice
from rules_engine.cli.opening import opened
from rules_engine.cli.options import AsJson, KeptLedger, Rules
from rules_engine.workbench.verifying import Head, MovedOn, Verification, moved_on, proved
from rules_engine.workbench.verifying_together import processors, verify_together

EarlierHead = Annotated[
    Path | None,
    typer.Option(
        "--head",
        metavar="FILE",
        help="What an earlier `verify --json` printed: where each programme ended then has to be in this ledger still.",
        show_default=False,
    ),
]


Workers = Annotated[
    int,
    typer.Option(
        "--workers",
        metavar="N",
        min=0,
        help="How many programmes are verified at a time, each by a process. [default: one for each processor]",
        show_default=False,
    ),
]


def verify_ledger(
    ledger: KeptLedger,
    head: EarlierHead = None,
    workers: Workers = 0,
    rules: Rules = None,
    as_json: AsJson = False,
) -> None:
    """Decide every recorded event again, from what the ledger holds, and compare byte for byte.

    Names the first entry of each programme that differs, with what has changed since that may be the cause, and ends
    with 1. The rules are those the ledger kept, so a rule book that has moved on changes nothing; how many decisions
    rest on rules, notes or calendars that the rule book has since changed is told besides. Keep what `--json` prints
    somewhere else: `--head` shows later that nobody has cut off an end, and that everything before is as it was.
    """
    with opened(rules, ledger, only_trying=True) as host:
        done = proved(
            verify_together(
                host.ledger,
                host.vocabulary,
                workers=workers or processors(),
                with_durable=host.with_durable,
                plugins=host.plugins.versions,
                earlier=_earlier(head),
            )
        )
        since = moved_on(done, host.book)
    if as_json:
        print(json.dumps(_told(done, since)))
    else:
        _print(done, since)
    if done.differences:
        faulty()


def _earlier(file: Path | None) -> Mapping[str, Head]:
    """Read where each programme ended at an earlier verification."""
    if file is None:
        return {}
    try:
        heads = json.loads(file.read_text(encoding="utf-8"))["heads"]
        return {code: (int(head["position"]), str(head["digest"])) for code, head in heads.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise CommandWrong(f"{file} is not what `verify --json` prints: it has no `heads`") from fault


def _told(done: Verification, since: MovedOn) -> dict[str, object]:
    return {
        "entries": done.entries,
        "decided_again": done.decided_again,
        "receipts_only": done.receipts_only,
        "texts": done.texts,
        "changed_since": asdict(since),
        "heads": {
            programme: {"position": position, "digest": end} for programme, (position, end) in done.heads.items()
        },
        "differences": [asdict(difference) for difference in done.differences],
    }


def _print(done: Verification, since: MovedOn) -> None:
    prove = "entry proves" if done.entries == 1 else "entries prove"
    print(f"{done.entries:,} {prove}: {done.decided_again:,} decided again with the same receipts")
    for programme, (position, end) in done.heads.items():
        print(f"  {programme or 'no programme'} ends at entry {position:,}: {end}")
    if done.receipts_only:
        notice(f"notice: {done.receipts_only:,} told of the rule book as it was then; their receipts add up")
    for what, count in asdict(since).items():
        if count:
            notice(f"notice: {count:,} rest on {what} that this rule book has changed since, or does not have")
    for difference in done.differences:
        print(f"differs: {difference}")
