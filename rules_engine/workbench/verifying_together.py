"""Verifying on several processors: each programme has a chain of its own, and proves by itself."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from rules_engine.errors import LedgerError
from rules_engine.ledger.base import Ledger
from rules_engine.rulebook.vocabulary import Vocabulary
from rules_engine.workbench.verifying import (
    Given,
    Head,
    Verification,
    prove_programme,
    prove_texts,
    proved,
    verify,
)

WORTH_IT = 2_000
"""A process that is forked takes as long to get going as so many entries take to be proved, or less."""

_given: Given | None = None
"""What the processes forked by this one verify; it is not sent to them, they have it."""


def processors() -> int:
    """Count the processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def verify_together(
    ledger: Ledger,
    vocabulary: Vocabulary,
    *,
    workers: int,
    with_durable: bool,
    plugins: Mapping[str, str],
    earlier: Mapping[str, Head] | None = None,
) -> Iterator[Verification]:
    """Verify as `verify` does, up to so many programmes at a time; yield how far it has come after each of them.

    A ledger with little in it, or with one programme, is verified in this process, and so it is where a process cannot
    be forked. Raises LedgerError when a process ends before its time.
    """
    heads = ledger.heads()
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    if workers < 2 or not can_fork or len(heads) < 2 or sum(position for position, _ in heads.values()) < WORTH_IT:
        yield from verify(ledger, vocabulary, with_durable=with_durable, plugins=plugins, earlier=earlier)
        return
    done = Verification()
    yield from prove_texts(ledger, done)
    yield from _in_processes(Given(ledger, vocabulary, with_durable, plugins, earlier or {}, heads), workers, done)


def _in_processes(given: Given, workers: int, done: Verification) -> Iterator[Verification]:
    global _given
    codes = given.programmes()
    longest_first = sorted(codes, key=lambda code: -given.before.get(code, (0, ""))[0])
    found: dict[str, Verification] = {}
    _given = given
    try:
        with ProcessPoolExecutor(min(workers, len(codes)), multiprocessing.get_context("fork")) as pool:
            proving = {pool.submit(_proved, code): code for code in longest_first}
            for each in as_completed(proving):
                found[proving[each]] = each.result()
                yield _together(done, [found[code] for code in codes if code in found])
    except BrokenProcessPool as fault:
        raise LedgerError(
            "a process that verified was ended from outside: run again, perhaps with --workers 1"
        ) from fault
    finally:
        _given = None


def _proved(code: str) -> Verification:
    assert _given is not None, "forked by a process that verifies"
    return proved(prove_programme(code, _given, Verification()))


def _together(texts: Verification, programmes: list[Verification]) -> Verification:
    """Add up what was proved, in the order of programmes."""
    done = Verification(texts=texts.texts, differences=list(texts.differences))
    for each in programmes:
        done.entries += each.entries
        done.receipts_only += each.receipts_only
        done.decided_again += each.decided_again
        done.rested_on.update(each.rested_on)
        done.heads |= each.heads
        done.differences += each.differences
    return done
