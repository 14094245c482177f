"""`rules-engine decide-again`: what was referred for a fault of ours, decided once the fault is mended."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from rules_engine.cli.answers import Tally, printed
from rules_engine.cli.decide import tell_notices
from rules_engine.cli.ending import faulty, notice
from rules_engine.cli.opening import opened
from rules_engine.cli.options import AsJson, DespiteFaults, KeptLedger, Pin, Rules
from rules_engine.workbench.mending import StillFaulty
from rules_engine.workbench.mending import decide_again as mend

On = Annotated[
    datetime | None,
    typer.Option(
        "--on",
        formats=["%Y-%m-%d"],
        metavar="DATE",
        help="The business date it is done. [default: the latest one on the ledger]",
        show_default=False,
    ),
]


def decide_again(
    ledger: KeptLedger,
    on: On = None,
    rules: Rules = None,
    despite_faults: DespiteFaults = False,
    pin: Pin = False,
    as_json: AsJson = False,
) -> None:
    """Decide again, as of its own day, what was referred for a fault of ours that is mended.

    Faults of ours are those of a rule file, a supplement, a calendar, a plugin or the engine. Each answer is recorded
    under an event `fault_mended`; what is still at fault is told, and left as it stands.
    """
    with opened(rules, ledger, despite_faults=despite_faults, pinned=pin, create=False) as host:
        tally, to, still = Tally(), printed(as_json=as_json), 0
        for result in mend(host, on=on.date() if on else None):
            if isinstance(result, StillFaulty):
                still += 1
                notice(f"notice: event `{result.event_id}` still waits: {result.finding.because}")
                continue
            for decision in result:
                tally.count(decision)
                to.decision(decision)
            tell_notices(host)
        if not as_json:
            notice(tally.summary)
        if still or host.book.own_problems:
            faulty()
