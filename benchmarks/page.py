"""What was measured, as the table of docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.timing import Timed

BASELINE = "by hand"
NAMES = {
    "by hand": "a function written by hand: outcome, money and dates only",
    "plain": "the plain matcher alone, on facts worked out",
    "held": "durable_rules alone, held as here, on the same facts",
    "documented": "durable_rules alone as documented, a session for each case, on the same facts",
    "matched": "the same from an event: facts worked out, then durable_rules as documented; no money, no reasons",
    "read": "a line of JSON read as an event",
    "decide": "**a decision**, from an event already read to its receipt",
    "line": "a line of JSON to a decision to a line of JSON, near misses told",
}
"""The ways in the order of the table."""

MOST_TIMES_HELD = 4
LEAST_TIMES_QUICKER = 2
MOST_SECONDS = 1.5
MOST_GROWTH = 2


@dataclass(frozen=True, slots=True)
class Measured:
    """The best round of each way, the megabytes held after so many decisions, the seconds of each cold start."""

    best: Mapping[str, Timed]
    megabytes: Mapping[int, float]
    seconds: Sequence[float]


def written(measured: Measured) -> str:
    """Write the machine, the table, and whether what is wanted was met."""
    return "\n".join([_machine(), "", *_table(measured.best), "", *_wanted(measured)])


def _machine() -> str:
    return (
        f"Measured on {_processor()}, {os.cpu_count()} cores shared with other work, {platform.system()}, "
        f"{platform.python_implementation()} {platform.python_version()}."
    )


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    lines = about.read_text().splitlines() if about.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def _table(best: Mapping[str, Timed]) -> Iterator[str]:
    yield "| way | microseconds: mean | p50 | p99 | a second | times the function by hand |"
    yield "|---|---|---|---|---|---|"
    for name in NAMES:
        if name not in best:
            yield f"| {NAMES[name]} | durable_rules cannot be used on this Python | | | | |"
            continue
        way = best[name]
        times = way.total / best[BASELINE].total
        figures = f"{way.mean:.1f} | {way.percentile(50):.1f} | {way.percentile(99):.1f} | {1e6 / way.mean:,.0f}"
        yield f"| {NAMES[name]} | {figures} | {times:.1f} |"


def _wanted(measured: Measured) -> Iterator[str]:
    best = measured.best
    yield "| wanted | measured | |"
    yield "|---|---|---|"
    if "held" in best:
        alone = best["documented"].total / best["decide"].total
        quicker = best["matched"].total / best["decide"].total
        dearer = best["decide"].total / best["held"].total
        yield _row(
            f"a decision at least {LEAST_TIMES_QUICKER} times as quick as durable_rules as documented",
            f"{quicker:.2f} times from the same event, {alone:.2f} times with its facts for nothing",
            met=quicker >= LEAST_TIMES_QUICKER,
        )
        yield _row(
            f"a decision at most {MOST_TIMES_HELD} times the cost of durable_rules alone",
            f"{dearer:.1f} times",
            met=dearer <= MOST_TIMES_HELD,
        )
    (first, before), *_, (last, after) = measured.megabytes.items()
    yield _row(
        f"memory flat from {first:,} to {last:,} decisions (within {MOST_GROWTH} MB)",
        f"{before:.1f} MB, then {after:.1f} MB",
        met=after - before <= MOST_GROWTH,
    )
    yield _row(
        f"`rules-engine decide` of one event within {MOST_SECONDS} seconds of a cold start",
        f"{measured.seconds[0]:.2f} s at best, {measured.seconds[-1]:.2f} s at worst of {len(measured.seconds)}",
        met=measured.seconds[-1] <= MOST_SECONDS,
    )


def _row(wanted: str, found: str, *, met: bool) -> str:
    return f"| {wanted} | {found} | {'met' if met else '**missed**'} |"
