"""Whether two workers answer faster than one on one ledger: `python -m benchmarks.workers postgresql://...`.

The same events, of two programmes, are answered by one program and by two, each of which has one of the programmes; the
answers of 64 are committed together. The database has to be an empty one. The best of several turns counts, in turn.
"""

from __future__ import annotations

import multiprocessing
import sys
from dataclasses import replace
from time import perf_counter
from typing import Any

from benchmarks.cases import requests
from rules_engine.host import Host
from rules_engine.ledger.opening import open_ledger
from rules_engine.model.events import Event

EVENTS = 2_000
TURNS = 3
NOTES = ("02006DLF6", "74348YMA6")
"""A note of each programme."""


def events(turn: str, cusip: str) -> list[Event]:
    """Ask for repayment of one note, under ids of this turn."""
    return [
        replace(
            each,
            event_id=f"{turn} {cusip} {each.event_id}",
            request_id=f"{turn} {cusip} {each.request_id}",
            owner_ref=f"{turn} {each.owner_ref}",
            cusip=cusip,
        )
        for each in requests(EVENTS // len(NOTES))
    ]


def _answer(url: str, given: list[Event], ready: Any, go: Any) -> None:
    host = Host.open(ledger=open_ledger(url))
    ready.release()
    go.wait()
    list(host.answer_all(given))
    host.ledger.close()


def seconds(url: str, shares: list[list[Event]]) -> float:
    """Tell how long so many workers take, each over its share, from when all are ready."""
    context = multiprocessing.get_context("spawn")
    ready, go = context.Semaphore(0), context.Event()
    workers = [context.Process(target=_answer, args=(url, share, ready, go)) for share in shares]
    for worker in workers:
        worker.start()
    for _ in workers:
        while not ready.acquire(timeout=1):
            assert all(worker.is_alive() for worker in workers), "a worker ended before it began"
    start = perf_counter()
    go.set()
    for worker in workers:
        worker.join()
    return perf_counter() - start


def main(url: str) -> None:
    """Print what one worker and two answer in a second."""
    taken: dict[int, float] = {1: float("inf"), 2: float("inf")}
    for turn in range(TURNS):
        one = [event for cusip in NOTES for event in events(f"one {turn}", cusip)]
        taken[1] = min(taken[1], seconds(url, [one]))
        taken[2] = min(taken[2], seconds(url, [events(f"two {turn}", cusip) for cusip in NOTES]))
    for workers, best in taken.items():
        print(f"  {workers} at a time: {EVENTS / best:6,.0f} answers a second")
    print(f"  two to one: {taken[1] / taken[2]:.2f}")


if __name__ == "__main__":
    main(sys.argv[1])
