"""What large rule books cost: `python -m benchmarks.books` opens 100,000 notes, 1,000 issuers, 2,000 rules in a set.

Each book is made up from Ally's: its notes many times over under other CUSIPs, its rules many times over under other
names. `--write` puts the table into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time
from types import MappingProxyType
from typing import Any

from benchmarks.cases import NOTES, PROGRAMME, requests
from benchmarks.memory import held
from rules_engine.host import Host, shipped_rules
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.model.cusips import check_digit
from rules_engine.plugging import Plugins
from rules_engine.rulebook.rules import Rule, RuleSet

MANY_NOTES = 100_000
NOTES_A_FILE = 200
MANY_ISSUERS = 1_000
MANY_RULES = 2_000
EVENTS = 2_000
MOST_SECONDS = 5
MOST_MEGABYTES = 300
MOST_TIMES = 1.5
PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
MARK, END = "<!-- books -->\n", "<!-- end of books -->\n"

ROW = """\
  - cusip: {cusip}
    coupon: 4.250 %
    type: fixed
    frequency: monthly
    maturity: 2021-12-15
    first coupon date: 2017-01-15
    last regular date: 2021-12-15
    survivors option: yes
    redemption: not read
"""
TOP = """\
supplement: Pricing supplement made up to be measured, {number}
source: Made up for benchmarks; not one issuer's document
issue date: 2016-12-01
denominations:
  minimum: $1,000
  increment: $1,000

notes:
"""


def cusips(count: int) -> Iterator[str]:
    """Make up so many CUSIPs."""
    for number in range(count):
        base = f"9{number:07d}"
        yield base + check_digit(base)


def with_many_notes(folder: Path, count: int) -> Path:
    """Copy the rule book that ships, with so many notes more under Ally's programme."""
    book = folder / "rules"
    shutil.copytree(shipped_rules(), book, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    made_up = list(cusips(count))
    for number, start in enumerate(range(0, count, NOTES_A_FILE)):
        rows = "".join(ROW.format(cusip=cusip) for cusip in made_up[start : start + NOTES_A_FILE])
        path = book / PROGRAMME / "supplements" / f"made-up-{number:04d}.yaml"
        path.write_text(TOP.format(number=number) + rows, encoding="utf-8")
    return book


def opened(book: Path) -> dict[str, float]:
    """Open a book in a process of its own, ask for one note in a thousand, and tell what that took."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.books", "--open", str(book)], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def open_here(book: Path) -> dict[str, float]:
    """Open a book in this process."""
    before, started, worked = held(), perf_counter(), process_time()
    host = Host.open(book, with_durable=False)
    took, work = perf_counter() - started, process_time() - worked
    several = list(cusips(MANY_NOTES))[::1_000]
    started = perf_counter()
    found = sum(host.book.note(cusip) is not None for cusip in several)
    return {
        "seconds": took,
        "cpu": work,
        "megabytes": held(),
        "grown": held() - before,
        "notes": len(host.book.notes),
        "found": found,
        "microseconds a note": (perf_counter() - started) / len(several) * 1e6,
    }


def of_many_issuers(count: int) -> Host:
    """Open Ally's rules as so many issuers', each with a programme and its two notes."""
    host = Host.open(with_durable=True)
    book = host.book
    known = {cusip: book.notes[cusip] for cusip in NOTES}
    notes, files, plugins = {}, {}, host.plugins
    for number in range(count):
        programme = f"issuer-{number}/notes"
        files[programme] = book.clause_files[PROGRAMME]
        for place, note in enumerate(known.values()):
            cusip = f"{number:07d}{place}0"
            notes[cusip] = replace(note, cusip=cusip, programme=programme, digest=f"sha256:{cusip}")
    many = replace(book, notes=MappingProxyType(notes), programmes=tuple(files), clause_files=MappingProxyType(files))
    return Host(many, declaring(plugins), host.vocabulary, MemoryLedger(), with_durable=True)


def declaring(plugins: Plugins) -> Plugins:
    """Take every programme as declared: what is measured is deciding, not plugging in."""

    class Declaring(Plugins):
        def programme_declared(self, _: str) -> bool:
            return True

        def behind(self, *_: Any) -> dict[str, str]:
            return {}

    found = object.__new__(Declaring)
    for name in (field.name for field in dataclasses.fields(plugins)):
        object.__setattr__(found, name, getattr(plugins, name))
    return found


def spread(issuers: int, count: int) -> float:
    """Decide so many events spread over so many issuers; give the microseconds of each, the second time round."""
    host = of_many_issuers(issuers)
    asked = requests(count)
    events = [
        replace(event, cusip=f"{number % issuers:07d}{NOTES.index(event.cusip)}0") for number, event in enumerate(asked)
    ]
    best = float("inf")
    for _ in range(4):
        started = process_time()
        for event in events:
            host.preview(event)
        best = min(best, process_time() - started)
    return best / count * 1e6


def of_many_rules(count: int) -> tuple[Host, int]:
    """Open Ally's programme with its rules over and over, until there are so many."""
    host = Host.open(with_durable=True)
    book = host.book

    def grown(rule_set: RuleSet) -> RuleSet:
        rules: list[Rule] = list(rule_set.rules)
        while len(rules) < count:
            rules += [
                replace(rule, name=f"{rule.name} {len(rules) + place}") for place, rule in enumerate(rule_set.rules)
            ]
        return replace(rule_set, rules=tuple(rules[:count]), digest="sha256:many")

    files = {
        programme: tuple(
            replace(each, rule_set=grown(each.rule_set))
            if each.rule_set and programme == PROGRAMME and each.clause == "survivors option"
            else each
            for each in found
        )
        for programme, found in book.clause_files.items()
    }
    many = replace(book, clause_files=MappingProxyType(files))
    return Host(many, host.plugins, host.vocabulary, MemoryLedger(), with_durable=True), count


def many_rules(count: int, events: int) -> tuple[float, float]:
    """Give the seconds until the first decision by so many rules, and the microseconds of each one after it."""
    host, _ = of_many_rules(count)
    asked = requests(events)
    started = process_time()
    host.preview(asked[0])
    first = process_time() - started
    started = process_time()
    for event in asked:
        host.preview(event)
    return first, (process_time() - started) / events * 1e6


def written(folder: Path) -> str:
    """Measure all of it, and write the table."""
    book = with_many_notes(folder, MANY_NOTES)
    first, again = opened(book), opened(book)
    one, many = spread(1, EVENTS), spread(MANY_ISSUERS, EVENTS)
    start, each = many_rules(MANY_RULES, 200)
    met = again["cpu"] <= MOST_SECONDS and again["megabytes"] <= MOST_MEGABYTES
    return "\n".join(
        [
            "| what | measured | |",
            "|---|---|---|",
            f"| {again['notes']:,.0f} notes opened for the first time, and put into the index | "
            f"{first['seconds']:.0f} s, {first['megabytes']:.0f} MB | |",
            f"| the same again, wanted within {MOST_SECONDS} s and {MOST_MEGABYTES} MB | {again['seconds']:.1f} s, "
            f"{again['cpu']:.1f} s of CPU, {again['megabytes']:.0f} MB | {'met' if met else '**missed**'} |",
            f"| a note asked for the first time | {again['microseconds a note']:,.0f} microseconds | |",
            f"| events spread over {MANY_ISSUERS:,} issuers, wanted within {MOST_TIMES} times the cost of one | "
            f"{many / one:.2f} times | {'met' if many <= MOST_TIMES * one else '**missed**'} |",
            f"| {MANY_RULES:,} rules in a set: until the first decision; each one after it | {start:.1f} s; "
            f"{each / 1_000:.1f} ms | |",
        ]
    )


def main() -> None:
    """Measure, print, and write the page if asked."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.books", description="What large rule books cost.")
    options.add_argument("--write", action="store_true", help=f"put the table into docs/{PAGE.name}")
    options.add_argument("--open", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.open:
        print(json.dumps(open_here(Path(given.open))))
        return
    with tempfile.TemporaryDirectory() as folder:
        text = written(Path(folder))
    print(text)
    if given.write:
        head, _, rest = PAGE.read_text(encoding="utf-8").partition(MARK)
        _, end, tail = rest.partition(END)
        PAGE.write_text(f"{head}{MARK}\n{text}\n\n{end}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
