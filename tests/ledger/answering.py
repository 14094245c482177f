"""Answers a file of events into a ledger, as a program of its own: `ADDRESS RULES EVENTS BATCH`.

One line comes out for each event once its answers are safe: its id and the receipts. With a batch
of 0 each event is answered and committed by itself. Ends with 3 when the ledger cannot be used.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from rules_engine.errors import EventError, LedgerError
from rules_engine.host import Host
from rules_engine.intake import read_event
from rules_engine.ledger.opening import open_ledger
from rules_engine.model.decisions import Decision
from rules_engine.model.events import Event


def answered(host: Host, events: list[Event], batch: int) -> Iterator[tuple[Decision, ...] | EventError]:
    return host.answer_all(events, batch=batch) if batch else map(host.answer, events)


def main(address: str, rules: str, file: str, batch: str) -> int:
    try:
        host = Host.open(rules, open_ledger(address, read_event))
        events = [read_event(line) for line in Path(file).read_text().splitlines()]
        for event, decisions in zip(events, answered(host, events, int(batch)), strict=True):
            assert not isinstance(decisions, EventError), decisions
            print(json.dumps([event.event_id, *(decision.receipt for decision in decisions)]), flush=True)
    except LedgerError as fault:
        print(fault, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
