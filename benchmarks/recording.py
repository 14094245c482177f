"""How fast answers are recorded, against plain inserts of the same rows: `python -m benchmarks.recording [ADDRESS]`.

With the address of an empty PostgreSQL database it is measured there too. Transactions hold one
event, as when events come one by one, or 64, as in a run over a file.
"""

from __future__ import annotations

import dataclasses
import functools
import multiprocessing
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from rules_engine.host import Host
from rules_engine.host.taking_turns import wanted_by
from rules_engine.intake import read_event
from rules_engine.ledger.base import Answer, Ledger
from rules_engine.ledger.opening import open_ledger
from rules_engine.model.events import SurvivorsOptionRequested
from rules_engine.workbench.verifying import Verification, proved, verify

ANSWERS = 4_000
WRITERS = 8
TURNS = 5
LONG = 100_000
WINDOW = 1_000

REQUEST = (
    '{"type":"survivors_option_requested","event_id":"e","request_id":"r","received_on":"2017-08-01",'
    '"cusip":"02006DLF6","principal":"5000.00","position":"5000.00","occurred_on":"2017-06-01","owner_ref":"o",'
    '"acquired_on":"2016-12-01","acquired":"primary market","registration":"sole owner","owner_at_death":true,'
    '"held_in":"deceased account","representative":"executor","documents":["death certificate",'
    '"letters of authority","repayment request","signature guarantee","proof of ownership"]}'
)

COLUMNS = ("programme", "position", "event_id", "part", "request_id", "event", "decision", "previous", "digest")
PLAIN_TABLE = """
    CREATE TABLE plain (seq {key}, programme TEXT, position INTEGER, event_id TEXT, part INTEGER, request_id TEXT,
        event TEXT, decision TEXT, previous TEXT, digest TEXT,
        UNIQUE (programme, position), UNIQUE (event_id, part))
"""
PLAIN_INDEX = "CREATE INDEX plain_request ON plain (request_id, seq)"
"""The same rows under the same indexes, and nothing else that a ledger does."""


def answers(count: int, name: str = "") -> list[Answer]:
    """Answer one request, and give the answer under as many ids as are wanted."""
    event = read_event(REQUEST)
    assert isinstance(event, SurvivorsOptionRequested)
    decision = Host.open().preview(event)[0]
    return [
        Answer(
            event=dataclasses.replace(event, event_id=f"e{name}{n}", request_id=f"r{name}{n}", owner_ref=f"o{name}{n}"),
            decision=dataclasses.replace(decision, event_id=f"e{name}{n}", request_id=f"r{name}{n}", standing_at=n),
        )
        for n in range(count)
    ]


def batched(given: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """Cut a sequence into pieces."""
    return (given[start : start + size] for start in range(0, len(given), size))


def record(ledger: Ledger, programme: str, given: Sequence[Answer], size: int, start: int = 0) -> None:
    """Record answers, so many in a transaction."""
    position = start
    for together in batched(given, size):
        with ledger.held([programme], wanted_by(answer.event for answer in together)):
            for answer in together:
                ledger.record(programme, position, [answer], {})
                position += 1


def rows(given: Sequence[Answer], programme: str) -> list[tuple[Any, ...]]:
    """Give the rows that recording writes."""
    ledger = open_ledger("memory:", read_event)
    record(ledger, programme, given, size=1)
    return [tuple(getattr(entry, name) for name in COLUMNS) for entry in ledger.entries()]


def seconds(action: Callable[[], object]) -> float:
    """Tell how long something takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def work(action: Callable[[], object]) -> float:
    """Tell how many seconds the processor works on something; how long a disk takes varies too much to compare."""
    start = time.process_time()
    action()
    return time.process_time() - start


def connected(url: str) -> tuple[Any, str]:
    """Connect plainly, and give the mark that stands for a value in this database's statements."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, timeout=60)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        return connection, "?"
    import psycopg

    return psycopg.connect(url, autocommit=True), "%s"


def insert_plainly(url: str, given: Sequence[tuple[Any, ...]], size: int) -> None:
    """Insert rows, so many in a transaction."""
    connection, mark = connected(url)
    statement = f"INSERT INTO plain ({', '.join(COLUMNS)}) VALUES ({', '.join([mark] * len(COLUMNS))})"
    begin = "BEGIN IMMEDIATE" if mark == "?" else "BEGIN"
    cursor = connection.cursor()
    for together in batched(given, size):
        cursor.execute(begin)
        cursor.executemany(statement, together)
        cursor.execute("COMMIT")
    connection.close()


def make_plain(url: str) -> None:
    """Make the plain table anew."""
    connection, mark = connected(url)
    key = "INTEGER PRIMARY KEY AUTOINCREMENT" if mark == "?" else "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"
    for statement in ("DROP TABLE IF EXISTS plain", PLAIN_TABLE.format(key=key), PLAIN_INDEX):
        connection.execute(statement)
    connection.close()


def _record_share(url: str, number: int, size: int, ready: Any, go: Any) -> None:
    given = answers(ANSWERS // WRITERS, f"writer-{size}-{number}-")
    ledger = open_ledger(url, read_event, patience=60)
    ready.release()
    go.wait()
    record(ledger, f"writer {size} {number}", given, size)


def _insert_share(url: str, number: int, size: int, ready: Any, go: Any) -> None:
    given = rows(answers(ANSWERS // WRITERS, f"{number}-"), f"programme {number}")
    ready.release()
    go.wait()
    insert_plainly(url, given, size)


def _joined(programs: Sequence[BaseProcess]) -> None:
    for program in programs:
        program.join()


def by_eight(share: Callable[..., None], url: str, size: int) -> float:
    """Tell how long eight programs at once take over the same number of answers."""
    context = multiprocessing.get_context("spawn")
    ready, go = context.Semaphore(0), context.Event()
    programs = [context.Process(target=share, args=(url, number, size, ready, go)) for number in range(WRITERS)]
    for program in programs:
        program.start()
    for _ in programs:
        while not ready.acquire(timeout=1):
            assert all(program.is_alive() for program in programs), "a writer ended before it began"
    go.set()
    return seconds(lambda: _joined(programs))


def _one_turn(ledger: Ledger, url: str, size: int, turn: int) -> tuple[float, float]:
    given, programme = answers(ANSWERS, f"{size}-{turn}-"), f"programme {size} {turn}"
    plain_rows = rows(given, programme)
    make_plain(url)
    return (
        seconds(lambda: record(ledger, programme, given, size)),
        seconds(lambda: insert_plainly(url, plain_rows, size)),
    )


def compare(url: str, size: int) -> None:
    """Print answers recorded in a second, by one writer and by eight, and rows inserted plainly."""
    ledger = open_ledger(url, read_event, patience=60)
    turns = [_one_turn(ledger, url, size, turn) for turn in range(TURNS)]
    _say(f"  one writer, {size} in a transaction", min(turn[0] for turn in turns), min(turn[1] for turn in turns))
    make_plain(url)
    recorded, plain = by_eight(_record_share, url, size), by_eight(_insert_share, url, size)
    _say(f"  {WRITERS} writers, {size} in a transaction", recorded, plain)


def _say(what: str, recorded: float, plain: float) -> None:
    print(
        f"{what}: {ANSWERS / recorded:8,.0f}/s, plain inserts {ANSWERS / plain:8,.0f}/s, ratio {plain / recorded:.2f}"
    )


def age(url: str) -> None:
    """Print what the 100,000th entry costs against the 1,000th: the quickest of ten windows around each."""
    given = answers(LONG + WINDOW, "long-")
    ledger = open_ledger(url, read_event)
    record(ledger, "long", given[:WINDOW], 64)
    early = _quickest(ledger, given, WINDOW)
    record(ledger, "long", given[2 * WINDOW : LONG], 64, 2 * WINDOW)
    late = _quickest(ledger, given, LONG)
    print(f"  entry {LONG:,} against entry {WINDOW:,}: {late / early:.2f} times the processor's time")
    again = open_ledger(url, read_event)
    print(f"  opening and folding {LONG + WINDOW:,} entries: {seconds(lambda: again.standing('long')):.1f} s")


def _quickest(ledger: Ledger, given: Sequence[Answer], start: int) -> float:
    part = WINDOW // 10
    starts = range(start, start + WINDOW, part)
    return min(work(functools.partial(record, ledger, "long", given[at : at + part], 1, at)) for at in starts)


def proving(url: str) -> None:
    """Print how many events a second are decided and recorded, and how many entries are proved again."""
    ledger = open_ledger(url, read_event)
    host = Host.open(ledger=ledger)
    events = [read_event(re.sub('"[ero]"', f'"p{n}"', REQUEST)) for n in range(ANSWERS)]
    answered = seconds(lambda: list(host.answer_all(events)))
    done: list[Verification] = []
    proving_again = verify(ledger, host.vocabulary, with_durable=host.with_durable, plugins=host.plugins.versions)
    again = seconds(lambda: done.append(proved(proving_again)))
    assert done[0].differences == [], done[0].differences
    assert done[0].decided_again == ANSWERS
    ledger.close()
    print(f"  decided and recorded, 64 in a transaction: {ANSWERS / answered:8,.0f}/s")
    print(f"  verified: {ANSWERS / again:8,.0f}/s")


def main(addresses: Sequence[str]) -> None:
    """Measure SQLite, and every database named."""
    with tempfile.TemporaryDirectory() as folder:
        for url in (f"sqlite:///{Path(folder) / 'ledger.db'}", *addresses):
            print(url.partition(":")[0])
            proving(url)
            compare(url, 1)
            compare(url, 64)
            age(url)


if __name__ == "__main__":
    main(sys.argv[1:])
