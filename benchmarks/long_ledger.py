"""What a ledger of a million entries costs to open: `python -m benchmarks.long_ledger [--entries N] [--write]`.

Entries are spread evenly over 50 programmes. Those of Ally's are recorded as every answer is; those of the others are
laid down with the same digests and packing without being folded, which would take an hour and change nothing of what is
measured: a programme is opened by itself. Every decision is that on one of 2,000 made-up cases, under ids of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from benchmarks.cases import PROGRAMME, host_with_background, requests
from rules_engine.ledger.base import BEGINNING, Answer, Entry, chained
from rules_engine.ledger.opening import open_ledger
from rules_engine.ledger.packing import Base, Packing
from rules_engine.ledger.sql_statements import LAID_DOWN
from rules_engine.model.canonical import canonical_json, event_to_json
from rules_engine.model.wire import decision_text

PROGRAMMES = 50
ENTRIES = 1_000_000
TOGETHER = 500
WANTED_SECONDS, WANTED_MEGABYTES, WANTED_BYTES = 2.0, 300, 2_066
ROUNDS = 3
PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
MARK, END = "<!-- long ledger -->\n", "<!-- end of long ledger -->\n"


def answers() -> list[Answer]:
    """Decide the made-up cases, each by itself."""
    host = host_with_background(with_durable=False)
    return [Answer(event=each, decision=host.preview(each)[0]) for each in requests()]


def numbered(given: Sequence[Answer], number: int) -> Answer:
    """Give the answer to a made-up case under ids of its own."""
    answer = given[number % len(given)]
    event, request = f"event {number} of its programme", f"request {number} of its programme"
    return Answer(
        event=replace(answer.event, event_id=event, request_id=request, owner_ref=f"owner {number}"),  # type: ignore[call-arg]
        decision=replace(answer.decision, event_id=event, request_id=request, standing_at=number),
    )


def record(url: str, given: Sequence[Answer], count: int) -> None:
    """Record so many answers in Ally's programme, as a host does."""
    ledger = open_ledger(url)
    for start in range(0, count, TOGETHER):
        with ledger.held([PROGRAMME]):
            for number in range(start, min(start + TOGETHER, count)):
                ledger.record(PROGRAMME, number, [numbered(given, number)], {})
    ledger.close()


def lay_down(file: sqlite3.Connection, given: Sequence[Answer], programme: str, count: int) -> None:
    """Lay down so many entries of another programme, chained and packed as they would be."""
    bases = [Base(*row) for row in file.execute("SELECT number, about, text FROM ledger_bases").fetchall()]
    packing = Packing(lambda _: None, lambda _: None)
    packing.begin(bases, all_there_are=True)
    insert = f"INSERT INTO ledger_entries ({', '.join(LAID_DOWN)}) VALUES ({', '.join('?' * len(LAID_DOWN))})"
    texts = [(canonical_json(event_to_json(each.event)), decision_text(each.decision)) for each in given]
    file.execute("BEGIN")
    last = BEGINNING
    for start in range(0, count, TOGETHER):
        entries = list(_entries(given, texts, programme, range(start, min(start + TOGETHER, count)), last))
        rows = []
        for entry, answer in entries:
            row = {**{name: getattr(entry, name, None) for name in LAID_DOWN}}
            row |= packing.row(entry, packing.base_for(entry, answer))
            rows.append(tuple(row[name] for name in LAID_DOWN))
        file.executemany(insert, rows)
        last = entries[-1][0].digest
    file.execute("INSERT INTO ledger_heads VALUES (?, ?, ?)", (programme, count, last))
    file.execute("COMMIT")


def _entries(
    given: Sequence[Answer], texts: Sequence[tuple[str, str]], programme: str, numbers: range, previous: str
) -> Iterator[tuple[Entry, Answer]]:
    for number in numbers:
        answer, (event, decision) = given[number % len(given)], texts[number % len(given)]
        ids = {
            answer.event.event_id: f"event {number} of {programme}",
            answer.decision.request_id: f"request {number} of {programme}",
        }
        for was, becomes in ids.items():
            event, decision = (each.replace(f'"{was}"', f'"{becomes}"') for each in (event, decision))
        event_id, request_id = ids.values()
        entry = chained(
            programme=programme,
            position=number + 1,
            event_id=event_id,
            part=0,
            request_id=request_id,
            event=event,
            decision=decision,
            previous=previous,
        )
        previous = entry.digest
        yield entry, answer


def make(path: Path, entries: int) -> None:
    """Make a ledger of so many entries."""
    given, each = answers(), entries // PROGRAMMES
    record(f"sqlite:///{path}", given, each)
    file = sqlite3.connect(path, isolation_level=None)
    for number in range(1, PROGRAMMES):
        lay_down(file, given, f"made-up/{number}", each)
    file.close()


ANSWERS = """
import resource, sys
from time import process_time
from benchmarks.cases import requests
from rules_engine.host import Host
from rules_engine.ledger.opening import open_ledger
host = Host.open(ledger=open_ledger(sys.argv[1]), with_durable=False)
answered = host.preview(requests(1)[0])[0]
print(process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024, answered.standing_at)
"""
"""From nothing to the first answer, in a process of its own: imports, rule book, ledger, standing, decision."""


def first_answer(url: str) -> tuple[float, float]:
    """Give the seconds of CPU and the megabytes that a first answer takes, at best of several."""
    found = []
    for _ in range(ROUNDS):
        done = subprocess.run([sys.executable, "-c", ANSWERS, url], capture_output=True, text=True, check=True)
        seconds, megabytes, at = map(float, done.stdout.split())
        assert at > 0, "the standing was found"
        found.append((seconds, megabytes))
    return min(found)


def measured(path: Path) -> dict[str, float]:
    """Measure the first answer on a ledger, with where programmes stood laid down and without."""
    url = f"sqlite:///{path}"
    seconds, megabytes = first_answer(url)
    with sqlite3.connect(path) as file:
        (entries,) = file.execute("SELECT count(*) FROM ledger_entries").fetchone()
    return {
        "entries": entries,
        "seconds": seconds,
        "megabytes": megabytes,
        "bytes an entry": os.path.getsize(path) / entries,
    }


def written(found: dict[str, float]) -> str:
    """Write what was measured as a table."""
    first_met = found["seconds"] <= WANTED_SECONDS and found["megabytes"] <= WANTED_MEGABYTES
    size = found["bytes an entry"]
    first = (
        f"{WANTED_SECONDS:.0f} s and {WANTED_MEGABYTES} MB | {found['seconds']:.2f} s and {found['megabytes']:.0f} MB"
    )
    return "\n".join(
        [
            f"| {found['entries']:,.0f} entries over {PROGRAMMES} programmes, in SQLite | wanted | measured | |",
            "|---|---|---|---|",
            f"| the first answer, from the start of the program, in CPU | {first} | {_met(first_met)} |",
            f"| an entry, all told | {WANTED_BYTES:,} bytes | {size:,.0f} bytes | {_met(size <= WANTED_BYTES)} |",
        ]
    )


def _met(is_met: bool) -> str:
    return "met" if is_met else "**missed**"


def main() -> None:
    """Make a ledger unless one is given, measure it, and write the page if asked."""
    options = argparse.ArgumentParser(
        prog="python -m benchmarks.long_ledger", description=(__doc__ or "").split("\n")[0]
    )
    options.add_argument("--entries", type=int, default=ENTRIES, help="how many entries there are")
    options.add_argument("--at", type=Path, help="a file to make the ledger in, or to find it in")
    options.add_argument("--write", action="store_true", help=f"put the table into docs/{PAGE.name}")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.at or Path(folder) / "long.db"
        if not path.exists():
            start = perf_counter()
            make(path, given.entries)
            print(f"made in {perf_counter() - start:.0f} s")
        found = measured(path)
    print(json.dumps(found))
    text = written(found)
    print(text)
    if given.write:
        page = PAGE.read_text(encoding="utf-8")
        head, _, rest = page.partition(MARK)
        _, end, tail = rest.partition(END)
        PAGE.write_text(f"{head}{MARK}\n{text}\n\n{end}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
