"""Work shared out among processes that are forked, and so know already all they work on."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

ShareT = TypeVar("ShareT")
ResultT = TypeVar("ResultT")

_begun: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []
"""What a process that was forked does, and the shares there are of it."""


def shared_out(
    work: Callable[[ShareT], ResultT], shares: Sequence[ShareT], *, jobs: int, is_worth_it: bool = True
) -> Iterator[ResultT]:
    """Do work on each share, by up to so many processes, and give what came of each in their order.

    Where nothing can be forked safely, or it `is_worth_it` not, all is done here.
    """
    can_fork = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    if jobs < 2 or len(shares) < 2 or not (can_fork and is_worth_it):
        yield from map(work, shares)
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(work, shares)) as pool:
        yield from pool.map(_do, range(len(shares)))


def _begin(work: Callable[[Any], Any], shares: Sequence[Any]) -> None:
    _begun.append((work, shares))


def _do(place: int) -> Any:
    work, shares = _begun[-1]
    return work(shares[place])
