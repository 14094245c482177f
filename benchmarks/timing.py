"""Timing several ways side by side on a machine that others use too: best of interleaved rounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter_ns
from typing import Any

Way = tuple[Callable[[Any], object], Sequence[Any]]
"""What is called, and with what, once for each case."""


@dataclass(frozen=True, slots=True)
class Timed:
    """One way's best round: the nanoseconds of each call, sorted."""

    calls: tuple[int, ...]

    @property
    def total(self) -> int:
        """Nanoseconds of the whole round."""
        return sum(self.calls)

    @property
    def mean(self) -> float:
        """Microseconds a call, on average."""
        return self.total / len(self.calls) / 1_000

    def percentile(self, of_100: int) -> float:
        """Microseconds that so many calls of a hundred do not exceed."""
        return self.calls[min(len(self.calls) * of_100 // 100, len(self.calls) - 1)] / 1_000


def timed(ways: Mapping[str, Way], rounds: int) -> dict[str, Timed]:
    """Time each way `rounds` times over, one after the other in turn, and keep the best round of each.

    In turn, so that a busy spell of the machine hits all alike. One round before the first warms everything up.
    """
    best: dict[str, Timed] = {}
    for number in range(rounds + 1):
        for name, way in ways.items():
            once = Timed(tuple(sorted(_once(*way))))
            if number and (name not in best or once.total < best[name].total):
                best[name] = once
    return best


def _once(call: Callable[[Any], object], cases: Sequence[Any]) -> list[int]:
    taken: list[int] = []
    for case in cases:
        start = perf_counter_ns()
        call(case)
        taken.append(perf_counter_ns() - start)
    return taken
