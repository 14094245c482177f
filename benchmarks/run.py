"""Measures, in one run, what a decision costs beside other ways to the same answer; prints the tables.

python -m benchmarks.run            prints the tables
python -m benchmarks.run --write    also puts them, and the picture, into docs/

GoRules Zen and business-rules are measured where they are installed; `make bench` installs them.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks import cold_start, memory
from benchmarks.cases import COUNT
from benchmarks.page import Measured, written
from benchmarks.picture import drawn
from benchmarks.timing import Timed, timed
from benchmarks.ways import SETS, from_a_line, matching
from benchmarks.ways import Measured as RuleSet

ROUNDS = 15
DOCS = Path(__file__).parent.parent / "docs"
PAGE, PICTURE = DOCS / "benchmarks.md", DOCS / "benchmarks.svg"
MARK, END = "<!-- measured -->\n", "<!-- end of measured -->\n"


def measure(rounds: int, count: int = COUNT) -> Measured:
    """Measure everything, once."""
    best: dict[str, dict[str, Timed]] = {}
    for name in SETS:
        with tempfile.TemporaryDirectory() as folder:
            of = RuleSet.of(name, Path(folder), count)
            best[name] = timed(matching(of) | from_a_line(of), rounds)
    with tempfile.TemporaryDirectory() as folder:
        seconds = cold_start.measured(Path(folder))
    return Measured(best=best, megabytes=memory.measured(), seconds=seconds)


def replaced(page: str, tables: str) -> str:
    """Put the tables between their two marks."""
    head, _, rest = page.partition(MARK)
    _, end, tail = rest.partition(END)
    return f"{head}{MARK}\n{tables}\n\n{end}{tail}"


def main() -> None:
    """Measure, print, and write page and picture if asked."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.run", description="What a decision costs.")
    options.add_argument("--write", action="store_true", help=f"put the tables into docs/{PAGE.name}")
    options.add_argument("--rounds", type=int, default=ROUNDS, help="how often each way is timed over all cases")
    given = options.parse_args()
    measured = measure(given.rounds)
    text = written(measured)
    print(text)
    if given.write:
        PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")
        PICTURE.write_text(drawn(measured.best), encoding="utf-8")


if __name__ == "__main__":
    main()
