"""`rules-engine decide`: answers events in order, each as soon as it is read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rules_engine.cli.answers import Printed, Tally, printed
from rules_engine.cli.approve import signers_of
from rules_engine.cli.ending import faulty, notice
from rules_engine.cli.opening import MEMORY, opened
from rules_engine.cli.options import AsJson, DespiteFaults, Events, LedgerUrl, Pin, RequireApproved, Rules
from rules_engine.cli.progress import watched
from rules_engine.errors import EventError
from rules_engine.host import BATCH, Host
from rules_engine.model.events import Event
from rules_engine.workbench.approving.approvals import approved_digests


def decide(
    events: Events,
    rules: Rules = None,
    ledger: LedgerUrl = MEMORY,
    despite_faults: DespiteFaults = False,
    pin: Pin = False,
    require_approved: RequireApproved = False,
    as_json: AsJson = False,
) -> None:
    """Answer events in order, recording each answer in a ledger.

    A line that cannot be read as an event is answered by its faults, and the run goes on. The same
    event again changes nothing and gets its first answer.
    """
    with lines_of(events) as given, opened(rules, ledger, despite_faults=despite_faults, pinned=pin) as host:
        if require_approved:
            host.approved = approved_digests(host.book, signers_of(rules))
        # lines of a pipe are answered as each one comes; those of a file are recorded many together
        batch = 1 if str(events) == "-" or ledger == MEMORY else BATCH
        tally = answer(host, watched(given), printed(as_json=as_json), batch=batch)
        if not as_json:
            if tally.provisional:
                print(tally.provisional)
            notice(tally.summary)
        if tally.faulty or host.book.own_problems:
            faulty()


def answer(host: Host, lines: Iterable[bytes], to: Printed, *, batch: int = 1) -> Tally:
    """Answer every line, printing its answers once they are recorded; tell what listeners raise."""
    tally = Tally()
    events = (_read(line, host) for line in lines)
    for number, answered in enumerate(host.answer_all(events, batch=batch), start=1):
        if isinstance(answered, EventError):
            tally.faulty += 1
            to.fault(number, answered.faults)
            continue
        for decision in answered:
            tally.count(decision)
            to.decision(decision)
        tell_notices(host)
    return tally


def _read(line: bytes, host: Host) -> Event | EventError:
    """Read a line; one that is no event gives the error, to be answered in its place."""
    try:
        return host.read_event(line)
    except EventError as fault:
        return fault


def tell_notices(host: Host) -> None:
    """Tell, once, of other rule books at work in the ledger, and what listeners raised."""
    while host.notices:
        notice(f"notice: {host.notices.popleft()}")
    for fault in host.plugins.listener_faults:
        notice(f"notice: {fault}")
    host.plugins.listener_faults.clear()


@contextmanager
def lines_of(events: Path) -> Iterator[BinaryIO]:
    """Open a file of events, or standard input for `-`; a line is read when it is asked for."""
    if str(events) == "-":
        yield sys.stdin.buffer
        return
    with events.open("rb") as file:
        yield file
