"""What answers in columns cost: `python -m benchmarks.columns`, beside line by line, numpy by hand and Spark.

Each way is given the same rows. Costs are processor time of this process, the best of a few rounds, so that others on
the machine count little; Spark, which works in processes of its own, is timed by the clock beside columns in one
process. `--write` puts the tables into docs/scaling.md.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet

from benchmarks.books_made_up import host_of, host_of_programmes, positions_due, requests_of
from benchmarks.memory import held
from rules_engine import batch
from rules_engine.batch import payment_answers
from rules_engine.batch.files import ParquetSource, Written
from rules_engine.batch.note_schedules import Schedules
from rules_engine.batch.notes import NoteColumns, TermsKept
from rules_engine.batch.order_of_receipt import eligibility
from rules_engine.batch.payment_answers import Payments
from rules_engine.batch.reading import Rows
from rules_engine.batch.requests import FIELDS
from rules_engine.batch.trial import LineByLine
from rules_engine.host import Host

ROWS, NOTES, PROGRAMMES = 1_000_000, 100_000, 50
BY_LINE = 3_000
ROUNDS = 3
WANTED_PAYMENTS, WANTED_ELIGIBILITY, WANTED_SCHEDULES = 100, 50, 3
PAGE = Path(__file__).parent.parent / "docs" / "scaling.md"
MARK, END = "<!-- columns -->\n", "<!-- end of columns -->\n"


def best(work: Callable[[], Any], rounds: int = ROUNDS, clock: Callable[[], float] = process_time) -> float:
    """Give the seconds of the quickest of some rounds."""
    taken = []
    for _ in range(rounds):
        gc.collect()
        began = clock()
        work()
        taken.append(clock() - began)
    return min(taken)


def drained(answers: Any) -> int:
    """Draw all answers; gives how many there were."""
    return sum(answer.num_rows for answer in answers)


def payments(rows: int) -> tuple[float, float]:
    """Give the microseconds a payment takes from Parquet to Parquet in columns, and line by line from JSON."""
    host = host_of(2_000)
    table = positions_due(host, rows)
    some = Rows(table.slice(0, BY_LINE).combine_chunks().to_batches()[0], payment_answers.FIELDS)
    lines = [
        some.line(place, {"type": "payment_due", "event_id": f"row {place}", "received_on": "2012-06-01"})
        for place in range(BY_LINE)
    ]
    with tempfile.TemporaryDirectory() as folder:
        given, written = Path(folder, "in.parquet"), Path(folder, "out.parquet")
        parquet.write_table(table, given)

        def in_columns() -> None:
            answering = Payments(host)
            with Written(written) as out:
                for some_rows, _ in ParquetSource(given).batches():
                    out.write(answering.of(some_rows))

        columns_take = best(in_columns) / rows
    by_line = best(lambda: [host.preview(host.read_event(line)) for line in lines]) / BY_LINE
    return columns_take * 1e6, by_line * 1e6


def requests(rows: int) -> tuple[float, float, float]:
    """Give the microseconds a request takes in columns and line by line, and the megabytes columns grew by."""
    host = host_of_programmes(PROGRAMMES)
    table = requests_of(host, rows)
    some = Rows(table.slice(0, BY_LINE).combine_chunks().to_batches()[0], FIELDS)
    lines = [
        some.line(place, {"type": "survivors_option_requested", "event_id": f"event {place}"})
        for place in range(BY_LINE)
    ]
    with tempfile.TemporaryDirectory() as folder:
        given, written = Path(folder, "in.parquet"), Path(folder, "out.parquet")
        parquet.write_table(table, given)
        del table
        gc.collect()
        before = held()

        def in_columns() -> None:
            with Written(written) as out:
                for answers in eligibility(host, ParquetSource(given)):
                    out.write(answers)

        columns_take = best(in_columns) / rows
        grown = held() - before
    LineByLine(host).answer(host.read_event(lines[0]))

    def line_by_line() -> None:
        alone = LineByLine(host)
        for line in lines:
            alone.answer(alone.read_event(line))

    return columns_take * 1e6, best(line_by_line) / BY_LINE * 1e6, grown


def schedules(count: int) -> tuple[float, float, int]:
    """Give the seconds schedules of so many notes take, those of numpy by hand, and the rows there are."""
    host = host_of(count)
    notes = list(host.book.notes.values())
    kept = TermsKept(host)
    laid_out = [kept.columns(notes[begin : begin + 4_096]) for begin in range(0, count, 4_096)]
    in_columns = best(lambda: drained(Schedules(host).of_notes_many(notes)))
    rows = drained(Schedules(host).of_notes_many(notes))
    return in_columns, best(lambda: [by_hand(each, kept) for each in laid_out]), rows


def by_hand(notes: NoteColumns, kept: TermsKept) -> tuple[Any, ...]:
    """Work out interest dates, cash days, 30/360 days and interest as somebody would who knows these notes.

    No stubs, no roll day but the 15th, no steps, one calendar, one convention; from arrays that are there already.
    """
    first = notes.first_coupon.view("M8[D]").astype("M8[M]").astype("int64")
    last = notes.maturity.view("M8[D]").astype("M8[M]").astype("int64")
    count = (last - first) // notes.months + 1
    note = np.repeat(np.arange(len(count)), count)
    begins = np.cumsum(count) - count
    nth = np.arange(len(note)) - begins[note]
    due = (first[note] + nth * notes.months[note]).view("M8[M]").astype("M8[D]").astype("int64") + 14
    start = np.empty_like(due)
    start[1:] = due[:-1]
    start[begins] = notes.accrues_from
    business_days = kept.terms[0].business_days
    pay_on = business_days.following[due - business_days.first]
    one, other = start.view("M8[D]").astype("M8[M]"), due.view("M8[D]").astype("M8[M]")
    from_day = np.minimum(start - one.astype("M8[D]").astype("int64") + 1, 30)
    to_day = due - other.astype("M8[D]").astype("int64") + 1
    to_day = np.where((to_day == 31) & (from_day == 30), 30, to_day)
    days = (other.astype("int64") - one.astype("int64")) * 30 + to_day - from_day
    rate, of = kept.rates.numerators[notes.rate][note], kept.rates.denominators[notes.rate][note] * 36_000
    interest = (200_000 * rate * days + of) // (2 * of)
    return note, nth + 1, start, due, pay_on, days, interest


def programmes() -> Host:
    """Open the host that Spark's workers answer by."""
    return host_of_programmes(PROGRAMMES)


def on_spark(rows: int, cores: int) -> tuple[float, float, bool]:
    """Give the seconds requests take on Spark once it runs, and in this process, and whether the answers are alike."""
    from pyspark.sql import SparkSession

    from rules_engine.batch import spark

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master(f"local[{cores}]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", str(cores * 2))
        .config("spark.driver.memory", "4g")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "100000")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    table = requests_of(programmes(), rows)
    numbered = table.append_column("row", pa.array(np.arange(1, rows + 1)))
    with tempfile.TemporaryDirectory() as folder:
        given, written = f"{folder}/in.parquet", f"{folder}/out"
        parquet.write_table(numbered, given)

        def work() -> None:
            shutil.rmtree(written, ignore_errors=True)
            spark.eligibility(session.read.parquet(given), programmes).write.parquet(written)

        work()
        takes = best(work, 2, perf_counter)
        found = parquet.read_table(written, columns=["row", "outcome", "accepted", "total"]).sort_by("row")
    alone = best(lambda: drained(batch.eligibility(programmes(), table)), 2, perf_counter)
    answers = pa.Table.from_batches(batch.eligibility(programmes(), table)).sort_by("row")
    alike = found.to_pylist() == answers.select(["row", "outcome", "accepted", "total"]).to_pylist()
    session.stop()
    return takes, alone, alike


def measured(rows: int, notes: int, *, with_spark: bool) -> list[str]:
    """Measure everything; gives the lines of the page."""
    paid, paid_alone = payments(rows)
    asked, asked_alone, grown = requests(rows)
    listed, listed_by_hand, listed_rows = schedules(notes)
    lines = [
        "| what | in columns | the other way | ratio | wanted |",
        "|---|---|---|---|---|",
        f"| payments of {rows:,} positions on a day, Parquet to Parquet | {paid:.2f} us a row "
        f"| line by line: {paid_alone:.0f} us | {paid_alone / paid:.0f} times | at least {WANTED_PAYMENTS} |",
        f"| {rows:,} requests of {PROGRAMMES} programmes, limits folded, Parquet to Parquet | {asked:.2f} us a row "
        f"| line by line: {asked_alone:.0f} us | {asked_alone / asked:.0f} times | at least {WANTED_ELIGIBILITY} |",
        f"| schedules of {notes:,} notes, {listed_rows:,} rows | {listed:.2f} s "
        f"| numpy by hand: {listed_by_hand:.2f} s | {listed / listed_by_hand:.1f} times | at most {WANTED_SCHEDULES} |",
        "",
        f"Requests took {grown:.0f} MB beyond the rule book while {rows:,} of them were answered.",
    ]
    if with_spark:
        lines += ["", "| requests on Spark | Spark | one process | cost | alike |", "|---|---|---|---|---|"]
        for cores in (1, 2):
            takes, alone, alike = on_spark(rows, cores)
            lines.append(
                f"| {rows:,} over {PROGRAMMES} programmes, {cores} core{'s' if cores > 1 else ''} | {takes:.1f} s "
                f"| {alone:.1f} s | {takes / alone:.2f} times | {'yes' if alike else 'NO'} |"
            )
    return lines


def main() -> None:
    """Measure, print, and write where asked to."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--rows", type=int, default=ROWS)
    given.add_argument("--notes", type=int, default=NOTES)
    given.add_argument("--write", action="store_true", help="put the tables into docs/scaling.md")
    asked = given.parse_args()
    lines = measured(asked.rows, asked.notes, with_spark=find_spec("pyspark") is not None)
    print("\n".join(lines))
    if asked.write:
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(MARK)
        _, _, after = rest.partition(END)
        PAGE.write_text(before + MARK + "\n".join(lines) + "\n" + END + after, encoding="utf-8")


if __name__ == "__main__":
    main()
