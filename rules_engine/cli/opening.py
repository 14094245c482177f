"""Opening a host for a command, and telling the operator what is not as it should be."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from rules_engine.cli.ending import CommandWrong, notice
from rules_engine.host import Host
from rules_engine.host.bookshelf import folders_of
from rules_engine.intake import read_recorded
from rules_engine.ledger.base import Ledger
from rules_engine.ledger.opening import open_ledger, open_to_others
from rules_engine.ledger.trial import TrialLedger
from rules_engine.matching import durable
from rules_engine.rulebook.folders import Origin

MEMORY = "memory:"
"""The address of a ledger that is new every time."""


@contextmanager
def opened(
    rules: Sequence[Path] | None,
    url: str = MEMORY,
    *,
    only_trying: bool = False,
    despite_faults: bool = False,
    pinned: bool = False,
    create: bool = True,
) -> Iterator[Host]:
    """Open a host on a rule book and a ledger, telling every fault of the book; close the ledger afterwards.

    When `only_trying`, the ledger is read and never written. Otherwise a ledger that is kept is not opened for a book
    with faults, unless `despite_faults`: what the faults keep from being decided would be on record. Faults in what a
    plugin brings keep nobody else waiting. `create` makes a ledger where there is none yet.
    """
    kept = kept_ledger(url, create=url == MEMORY or (create and not only_trying), only_reading=only_trying)
    ledger: Ledger = TrialLedger(kept) if only_trying else kept
    with closing(ledger):
        with collecting_nothing():
            host = Host.open(rules, ledger, pinned=pinned)
        for problem in host.book.problems:
            notice(str(problem))
        tell_of_plugins(host)
        tell_of_empty_folders(host, rules)
        if not (only_trying or url == MEMORY):
            tell_of_sources(host)
        if not host.with_durable:
            notice(f"notice: the plain matcher answers alone; {durable.why_unavailable()}")
        if host.book.own_problems and not (only_trying or despite_faults or url == MEMORY):
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
    kept = open_ledger(url, read_recorded, create=create, only_reading=only_reading)
    if path := open_to_others(url):
        notice(f"notice: others may read or write `{path}`, which tells of owners' holdings: `chmod 600 {path}`")
    return kept


def tell_of_plugins(host: Host) -> None:
    """Tell of each plugin that could not be loaded."""
    for status in host.plugins.statuses:
        if status.cause:
            cause = f"plugin `{status.name}` could not be loaded: {status.cause}"
            notice(f"notice: its issuers' cases are referred: {cause}")


def tell_of_sources(host: Host) -> None:
    """Tell of rules that are read where somebody works on them: an edit there would count from the next run on."""
    for status in host.plugins.working:
        speaking = (host.book.speaking.get(issuer.code) for issuer in status.issuers)
        if status.is_source and any(folder and folder.origin is not Origin.WORKING_COPY for folder in speaking):
            told = f"the rules are those of a source folder, {status.rules}, where an edit counts at once"
            notice(f"notice: {told}; `rules-engine book copy DIR` makes a copy, and --rules names it")
            return


def tell_of_empty_folders(host: Host, rules: Sequence[Path] | None) -> None:
    """Tell of each folder that gives nothing to the rule book: likely it is not the one meant."""
    used = {folder.root for folder in host.book.speaking.values()}
    for folder in folders_of(rules):
        if folder not in used:
            notice(f"notice: the folder holds no rule set and no note; is it the rule book's? {folder}")
