"""Past one machine: the same columns on a cluster of Spark, each of its partitions answered by itself.

Comes with the extra `spark`: `pip install 'retail-note-rules[spark]'`. Each function takes a Spark data frame and gives
another one, which is worked out when it is asked for:

    from rules_engine.batch import spark

    answers = spark.payments(questions, spark.opening(ledger="postgresql://..."))

Every worker opens the rule book, and reads the ledger, once. Payments and schedules are answered wherever their rows
are. Requests are brought together by programme, for a programme's limits are folded in the order of receipt; programmes
that share the id of a request are brought together too. So a cluster answers as many programmes at a time as it has
workers, and one programme no faster than one of them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as sql
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

from rules_engine.batch import order_of_receipt, payment_answers, request_answers
from rules_engine.batch.files import ParquetSource
from rules_engine.batch.note_schedules import SCHEMA, Schedules, cusips_of
from rules_engine.batch.payment_answers import Payments
from rules_engine.batch.reading import ColumnFault
from rules_engine.host import Host
from rules_engine.intake import read_recorded
from rules_engine.ledger.opening import open_ledger

ROW, GIVEN_ROW, PROGRAMME, TOGETHER = "row", "_given_row", "_programme", "_together"

Opening = Callable[[], Host]
"""Opens the host that answers; called once in every worker, so it has to be something Spark can send there."""

Answer = Callable[[Host, Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


@dataclass(frozen=True, slots=True)
class _Opened:
    """Opens the rule book in folders that every worker sees, and a ledger by its address."""

    rules: tuple[str, ...]
    ledger: str

    def __call__(self) -> Host:
        """Open them, once in a process; the ledger is only read."""
        return _opened(self.rules, self.ledger)


@cache
def _opened(rules: tuple[str, ...], ledger: str) -> Host:
    kept = open_ledger(ledger, read_recorded, create=ledger == "memory:", only_reading=ledger != "memory:")
    return Host.open(list(rules) or None, kept)


def opening(rules: Sequence[Path | str] = (), ledger: str = "memory:") -> Opening:
    """Say by which rule book and on which ledger to answer: folders and an address that every worker can reach."""
    return _Opened(tuple(map(str, rules)), ledger)


def payments(questions: DataFrame, host: Opening) -> DataFrame:
    """Answer payments that fall due, as `batch.payments` does; rows come in no order of their own."""

    def answer(opened: Host, given: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        answering = Payments(opened)
        return map(answering.of, given)

    return _mapped(questions, host, answer, _besides(questions, payment_answers.ANSWER))


def schedules(notes: DataFrame, host: Opening) -> DataFrame:
    """Give the schedules of notes, as `batch.schedules` does."""

    def answer(opened: Host, given: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        listing = Schedules(opened)
        return (answer for batch in given for answer in listing.of(cusips_of(batch)))

    return _mapped(notes, host, answer, _plain(SCHEMA))


def eligibility(requests: DataFrame, host: Opening) -> DataFrame:
    """Answer requests in the order of receipt, programme by programme, as `batch.eligibility` does for all at once.

    A column `row` numbers the requests: of those received on one day the one with the smaller number came first. It
    says in the answers whose they are. Raises ColumnFault where it is missing.
    """
    if ROW not in requests.columns:
        raise ColumnFault(f"column `{ROW}` is missing: it says which of two requests of one day came first")
    together = _brought_together(requests, host)

    def answer(opened: Host, given: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        with tempfile.TemporaryDirectory(prefix="rules-engine-") as folder:
            path, numbers = _kept(given, Path(folder))
            if path is None:
                return
            for answers in order_of_receipt.eligibility(opened, ParquetSource(path)):
                own = numbers.take(pa.array(answers.column(ROW).to_numpy() - 1))
                yield answers.set_column(answers.schema.get_field_index(ROW), pa.field(ROW, pa.int64()), own)

    in_order = together.repartition(TOGETHER).sortWithinPartitions("received_on", ROW).drop(TOGETHER, PROGRAMME)
    return _mapped(in_order, host, answer, _besides(requests, request_answers.ANSWER))


def _kept(given: Iterator[pa.RecordBatch], folder: Path) -> tuple[Path | None, Any]:
    """Keep the requests of a partition in a file, to be read more than once; gives it, and the numbers of the rows."""
    path, numbers, writer = folder / "requests.parquet", [], None
    for batch in given:
        if not batch.num_rows:
            continue
        numbers.append(batch.column(ROW).cast(pa.int64()))
        rows = batch.drop_columns([ROW])
        writer = writer or parquet.ParquetWriter(path, rows.schema)
        writer.write_batch(rows)
    if writer is None:
        return None, None
    writer.close()
    return path, pa.concat_arrays(numbers)


def _brought_together(requests: DataFrame, host: Opening) -> DataFrame:
    """Name for each request what it has to be answered with: its programme, and those that share ids with it."""
    schema = pa.schema([*to_arrow_schema(requests.schema), pa.field(PROGRAMME, pa.string())])

    def name(opened: Host, given: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in given:
            notes = (opened.book.note(cusip or "") for cusip in batch.column("cusip").to_pylist())
            programmes = [note.programme if note else "" for note in notes]
            yield batch.append_column(PROGRAMME, pa.array(programmes, pa.string()))

    named = _mapped(requests, host, name, schema)
    ids = named.select(sql.col("request_id").alias("id"), PROGRAMME)
    if "event_id" in requests.columns:
        events = sql.coalesce("event_id", "request_id")
        ids = ids.union(named.select(sql.concat(sql.lit("event "), events).alias("id"), PROGRAMME))
    shared = ids.groupBy("id").agg(sql.collect_set(PROGRAMME).alias("programmes")).where(sql.size("programmes") > 1)
    groups = _joined([row.programmes for row in shared.select("programmes").distinct().collect()])
    return named.withColumn(TOGETHER, _name_of_group(groups))


def _name_of_group(groups: dict[str, str]) -> Column:
    chosen: Column = sql.col(PROGRAMME)
    for programme, group in groups.items():
        chosen = sql.when(sql.col(PROGRAMME) == programme, sql.lit(group)).otherwise(chosen)
    return chosen


def _joined(linked: list[list[str]]) -> dict[str, str]:
    """Give each of several programmes that are linked, however far round, one name for all of them."""
    group: dict[str, str] = {}
    for programmes in linked:
        own = {group.get(each, each) for each in programmes}
        first = min(own)
        group = {each: first if name in own else name for each, name in group.items()}
        group |= dict.fromkeys(programmes, first)
    return group


def _besides(rows: DataFrame, answer: dict[str, Any]) -> pa.Schema:
    """Give the columns of rows with those of an answer beside them."""
    kept = [field for field in to_arrow_schema(rows.schema) if field.name not in answer]
    return _plain(pa.schema([*kept, *pa.schema(answer)]))


def _plain(schema: pa.Schema) -> pa.Schema:
    """Write numbered texts as texts: Spark knows no others."""
    return pa.schema(
        [
            pa.field(each.name, each.type.value_type if pa.types.is_dictionary(each.type) else each.type)
            for each in schema
        ]
    )


def _mapped(rows: DataFrame, host: Opening, answer: Answer, schema: pa.Schema) -> DataFrame:
    """Answer each partition of some rows by itself."""

    def work(given: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for answers in answer(host(), given):
            table = pa.Table.from_batches([answers])
            yield from table.cast(pa.schema([schema.field(name) for name in table.schema.names])).to_batches()

    return rows.mapInArrow(work, from_arrow_schema(schema))
