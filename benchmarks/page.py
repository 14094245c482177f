"""What was measured, as the tables of docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.timing import Timed
from benchmarks.ways import ALLY, SETS, TWENTY_FOUR

TITLES = {TWENTY_FOUR: "24 rules, 29 facts", ALLY: "Ally's set: 41 rules, 28 facts"}

LINES = {
    "line plain": "**a decision**, one matcher",
    "line both": "**a decision**, both matchers, as shipped",
    "event zen trace": "Zen's table with its trace, from the same event, its facts worked out by us",
    "line zen trace": "Zen's table with its trace, its facts worked out before",
    "line zen": "Zen's table without a trace: names, reasons and cites, its facts worked out before",
    "line business-rules": "business-rules: names alone, its facts worked out before",
    "line by hand": "a function written by hand: outcome, money and dates alone, from the same event",
}
"""From a line of JSON to a line of JSON: the ways in the order of the table."""

MATCHING = {
    "by hand": "a function written by hand",
    "plain": "ours: the function generated for the rule set",
    "held": "durable_rules, held as here, remembering from nothing",
    "asked": "durable_rules, held as here, each case sent to it",
    "documented": "durable_rules as documented, a session for each case",
    "zen expression": "Zen, one compiled expression",
    "zen table": "Zen, a decision table",
    "zen trace": "Zen, a decision table with its trace",
    "business-rules": "business-rules",
}
"""Naming the rules that match, on facts worked out before."""

MOST_OF_ZEN = 0.9
MOST_OF_ZEN_WITH_BOTH = 2.0
LEAST_PLAIN = 0.85
LEAST_DURABLE = 0.2
MOST_SECONDS = 0.4
MOST_GROWTH = 2

Best = Mapping[str, Mapping[str, Timed]]
"""For each rule set, each way that could be timed."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What each way took on each rule set, the megabytes after so many decisions, and the CPU seconds of each start."""

    best: Best
    megabytes: Mapping[int, float]
    seconds: Sequence[float]


def written(measured: Measured) -> str:
    """Write the machine, the tables, and whether what is wanted was met."""
    best = measured.best
    return "\n".join(
        [
            _machine(),
            "",
            "### From a line of JSON to a line of JSON",
            "",
            *_table(LINES, best, to="line zen trace", called="times Zen's trace"),
            "",
            "### Which rules match, the facts known",
            "",
            *_table(MATCHING, best, to="by hand", called="times by hand"),
            "",
            "### What is wanted",
            "",
            *_wanted(measured),
        ]
    )


def _machine() -> str:
    return (
        f"Measured on {_processor()}, {os.cpu_count()} cores shared with other work, {platform.system()}, "
        f"{platform.python_implementation()} {platform.python_version()}; microseconds a case."
    )


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    lines = about.read_text().splitlines() if about.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def _table(names: Mapping[str, str], best: Best, *, to: str, called: str) -> Iterator[str]:
    yield "| | " + " | ".join(f"{TITLES[each]}: mean | p50 | p99 | {called}" for each in SETS) + " |"
    yield "|---|" + "---|" * (4 * len(SETS))
    for name, told in names.items():
        if any(name in best[each] for each in SETS):
            yield f"| {told} | " + " | ".join(_figures(best[each], name, to) for each in SETS) + " |"
        else:
            yield f"| {told} | not installed | |" + " |" * (4 * len(SETS) - 2)


def _figures(best: Mapping[str, Timed], name: str, to: str) -> str:
    way, base = best.get(name), best.get(to)
    if way is None:
        return " | | | "
    times = f"{way.total / base.total:.2f}" if base else ""
    return f"{way.mean:.1f} | {way.percentile(50):.1f} | {way.percentile(99):.1f} | {times}"


def ratio(best: Mapping[str, Timed], one: str, other: str) -> float | None:
    """Give how many times another way a way takes; None where one of them was not timed."""
    return best[one].total / best[other].total if one in best and other in best else None


def _wanted(measured: Measured) -> Iterator[str]:
    yield "| wanted | measured | |"
    yield "|---|---|---|"
    zen = (("its facts worked out before", "line zen trace"), ("from the same event", "event zen trace"))
    for each in SETS:
        best, title = measured.best[each], TITLES[each].partition(":")[0]
        for most, way, matchers in (
            (MOST_OF_ZEN, "line plain", "one matcher"),
            (MOST_OF_ZEN_WITH_BOTH, "line both", "both matchers"),
        ):
            for beside, other in zen:
                found = ratio(best, way, other)
                yield _row(
                    f"{title}: a decision by {matchers} at most {most} of Zen's table with its trace, {beside}",
                    found,
                    met=found is not None and found <= most,
                )
        for least, way, called in ((LEAST_PLAIN, "plain", "ours"), (LEAST_DURABLE, "held", "durable_rules")):
            found = ratio(best, "by hand", way)
            yield _row(
                f"{title}: matching by {called} at least {least} of the speed of the function by hand",
                found,
                met=found is not None and found >= least,
            )
    (first, before), *_, (last, after) = measured.megabytes.items()
    yield _told(
        f"memory flat from {first:,} to {last:,} decisions (within {MOST_GROWTH} MB)",
        f"{before:.1f} MB, then {after:.1f} MB",
        met=after - before <= MOST_GROWTH,
    )
    yield _told(
        f"`rules-engine decide` of one event within {MOST_SECONDS} seconds of CPU, from a cold start",
        f"{measured.seconds[0]:.2f} s at best, {measured.seconds[-1]:.2f} s at worst of {len(measured.seconds)}",
        met=measured.seconds[0] <= MOST_SECONDS,
    )


def _row(wanted: str, found: float | None, *, met: bool) -> str:
    return f"| {wanted} | not installed | |" if found is None else _told(wanted, f"{found:.2f}", met=met)


def _told(wanted: str, found: str, *, met: bool) -> str:
    return f"| {wanted} | {found} | {'met' if met else '**missed**'} |"
