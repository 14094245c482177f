"""Timing several ways side by side on a machine that others use too: each case's quickest of interleaved rounds.

What else runs on a machine makes single calls slow, never quick. So each case counts by the quickest it was ever done,
and a busy spell, or another process on the same core, falls out of the figures; what is left is the work itself. What a
busy machine adds on top, it adds to every way alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter_ns
from typing import Any

Way = tuple[Callable[[Any], object], Sequence[Any]]
"""What is called, and with what, once for each case."""


@dataclass(frozen=True, slots=True)
class Timed:
    """One way: the nanoseconds of each case, at its quickest, sorted."""

    calls: tuple[int, ...]

    @property
    def total(self) -> int:
        """Nanoseconds of all cases."""
        return sum(self.calls)

    @property
    def mean(self) -> float:
        """Microseconds a case, on average."""
        return self.total / len(self.calls) / 1_000

    def percentile(self, of_100: int) -> float:
        """Microseconds that so many cases of a hundred do not exceed."""
        return self.calls[min(len(self.calls) * of_100 // 100, len(self.calls) - 1)] / 1_000


def timed(ways: Mapping[str, Way], rounds: int) -> dict[str, Timed]:
    """Time each way `rounds` times over all its cases, one way after the other in turn.

    In turn, so that a busy spell of the machine hits all alike. One round before the first warms everything up.
    """
    quickest: dict[str, list[int]] = {}
    for number in range(rounds + 1):
        for name, way in ways.items():
            taken = _once(*way)
            if number:
                quickest[name] = list(map(min, quickest[name], taken)) if name in quickest else taken
    return {name: Timed(tuple(sorted(calls))) for name, calls in quickest.items()}


def _once(call: Callable[[Any], object], cases: Sequence[Any]) -> list[int]:
    taken: list[int] = []
    for case in cases:
        start = perf_counter_ns()
        call(case)
        taken.append(perf_counter_ns() - start)
    return taken
