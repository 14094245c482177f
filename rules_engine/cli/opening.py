"""Opening a host for a command, and telling the operator what is not as it should be."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from rules_engine.cli.ending import CommandWrong, notice
from rules_engine.host import Host
from rules_engine.intake import read_event
from rules_engine.ledger.base import Ledger
from rules_engine.ledger.opening import open_ledger, open_to_others
from rules_engine.ledger.trial import TrialLedger
from rules_engine.matching import durable

MEMORY = "memory:"
"""The address of a ledger that is new every time."""


@contextmanager
def opened(
    rules: Path | None,
    url: str = MEMORY,
    *,
    only_trying: bool = False,
    despite_faults: bool = False,
    pinned: bool = False,
    create: bool = True,
) -> Iterator[Host]:
    """Open a host on a rule book and a ledger, telling every fault of the book; close the ledger afterwards.

    When `only_trying`, the ledger is read and never written. Otherwise a ledger that is kept is not opened for a book
    with faults, unless `despite_faults`: what the faults keep from being decided would be on record. `create`
    makes a ledger where there is none yet.
    """
    kept = kept_ledger(url, create=url == MEMORY or (create and not only_trying), only_reading=only_trying)
    ledger: Ledger = TrialLedger(kept) if only_trying else kept
    with closing(ledger):
        with collecting_nothing():
            host = Host.open(rules, ledger, pinned=pinned)
        for problem in host.book.problems:
            notice(str(problem))
        tell_of_plugins(host)
        tell_of_an_empty_book(host)
        if not host.with_durable:
            notice(f"notice: the plain matcher answers alone; {durable.why_unavailable()}")
        if host.book.problems and not (only_trying or despite_faults or url == MEMORY):
            raise CommandWrong("the rule book has faults, so nothing is recorded: mend them, or give --despite-faults")
        yield host


@contextmanager
def collecting_nothing() -> Iterator[None]:
    """Leave Python's search for garbage off: a rule book makes none, and a quarter of a start went into looking."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def kept_ledger(url: str, *, create: bool, only_reading: bool = False) -> Ledger:
    """Open a ledger, telling of a file that more people than its owner may read or write."""
    kept = open_ledger(url, read_event, create=create, only_reading=only_reading)
    if path := open_to_others(url):
        notice(f"notice: others may read or write `{path}`, which tells of owners' holdings: `chmod 600 {path}`")
    return kept


def tell_of_plugins(host: Host) -> None:
    """Tell of each plugin that could not be loaded."""
    for status in host.plugins.statuses:
        if status.cause:
            cause = f"plugin `{status.name}` could not be loaded: {status.cause}"
            notice(f"notice: its issuers' cases are referred: {cause}")


def tell_of_an_empty_book(host: Host) -> None:
    """Tell that a folder holds nothing of a rule book: likely it is not the one meant."""
    if not (host.book.rule_sets or host.book.notes or host.book.problems):
        notice("notice: the folder holds no rule set and no note, so every case is referred; is it the rule book's?")
