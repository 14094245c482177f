"""Requests put into the order of receipt, and answered chunk by chunk."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet

from rules_engine.batch.days import Whole
from rules_engine.batch.files import AT_ONCE, ParquetSource, Source
from rules_engine.batch.hashes import Hashes, repeated
from rules_engine.batch.programmes import counts_papers_once
from rules_engine.batch.reading import Rows
from rules_engine.batch.request_answers import Eligibility
from rules_engine.batch.requests import FIELDS
from rules_engine.batch.touching import KEY_FIELDS, keys_of
from rules_engine.host import Host

LAST = 2**30
"""Where a request stands of which no day of receipt can be read: after all others."""

ROW = "row"

Told = Callable[[int], None]
"""Is told of how much of a source's size was done just now."""


def _nobody(_: int) -> None:
    """Tell nobody."""


def eligibility(host: Host, source: Source, *, told: Told = _nobody) -> Iterator[pa.RecordBatch]:
    """Answer requests in the order of receipt, as a host would that recorded each; the answers come in that order.

    Each answer has the number of its request's row, from 1, in `row`. An answer to another request, which a row made
    decided again, has that row's number, and more than 0 in `part`. What is kept in memory are the rows of a chunk, 4
    bytes of each row for its day and 32 for what it may share with others, and the sums of the limits. Rows that do
    not come in the order of receipt are sorted by way of a file.
    """
    days, touched = _looked_through(host, source)
    answering = Eligibility(host, touched)
    if (days[1:] >= days[:-1]).all():
        begin = 0
        for batch, size in source.batches():
            yield from answering.of(batch, np.arange(begin, begin + batch.num_rows) + 1)
            begin += batch.num_rows
            told(size)
        return
    with tempfile.TemporaryDirectory(prefix="rules-engine-") as folder:
        for batch, size in _sorted(source, days, Path(folder)):
            yield from answering.of(batch.drop_columns([ROW]), batch.column(ROW).to_numpy() + 1)
            told(size)


def order_of_receipt(table: pa.Table) -> Whole:
    """Give the order in which the rows of a table were received; those of one day stand in their own order."""
    days = [_received(batch) for batch in table.to_batches()]
    return np.argsort(np.concatenate(days), kind="stable") if days else np.zeros(0, dtype="int64")


def _looked_through(host: Host, source: Source) -> tuple[Whole, Hashes]:
    """Read once, of each row, the day it was received, and what it may share with others."""
    sharing = Sharing(host)
    days, keys = [np.zeros(0, dtype="int32")], [np.zeros(0, dtype="uint64")]
    for batch, _ in source.batches(KEY_FIELDS):
        days.append(_received(batch).astype("int32"))
        keys.append(sharing.keys(batch))
    return np.concatenate(days), repeated(np.concatenate(keys))


def _received(batch: pa.RecordBatch) -> Whole:
    rows = Rows(batch, FIELDS)
    days, known = rows.days("received_on")
    return np.where(known & ~rows.unread, days, LAST)


def _sorted(source: Source, days: Whole, folder: Path) -> Iterator[tuple[pa.RecordBatch, int]]:
    """Sort rows by way of files: each takes the rows of some days, and is small enough to be sorted in memory.

    A day of more rows than are read at a time has a file of its own.
    """
    ordered = np.sort(days)
    ends = np.unique(ordered[AT_ONCE - 1 :: AT_ONCE])
    of_file = np.searchsorted(ends, days, side="left")
    writers: dict[int, parquet.ParquetWriter] = {}
    begin = 0
    for batch, _ in source.batches():
        rows = np.arange(begin, begin + batch.num_rows)
        numbered = batch.append_column(ROW, pa.array(rows))
        own = of_file[begin : begin + batch.num_rows]
        for number in np.unique(own).tolist():
            some = numbered.filter(pa.array(own == number))
            if number not in writers:
                writers[number] = parquet.ParquetWriter(folder / f"{number}.parquet", some.schema)
            writers[number].write_batch(some)
        begin += batch.num_rows
    for writer in writers.values():
        writer.close()
    size = source.size / max(len(days), 1)
    for number in sorted(writers):
        batches = [batch for batch, _ in ParquetSource(folder / f"{number}.parquet").batches()]
        table = pa.Table.from_batches(batches)
        table = table.take(pa.array(order_of_receipt(table)))
        for batch in table.combine_chunks().to_batches(max_chunksize=AT_ONCE):
            yield batch, round(batch.num_rows * size)


class Sharing:
    """Gives the keys of requests, knowing which programmes count papers once for a registration."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._sharing: dict[str, bool] = {}

    def keys(self, batch: pa.RecordBatch) -> Hashes:
        """Give every key of every row, one after the other."""
        cusips = Rows(batch, FIELDS).texts("cusip", plain=False)
        shares = np.array([*(self._shares(cusip) for cusip in cusips.words), False], dtype="bool")
        return np.concatenate(keys_of(batch, shares[cusips.numbers]))

    def _shares(self, cusip: str) -> bool:
        note = self._host.book.note(cusip)
        if note is None:
            return False
        if note.programme not in self._sharing:
            self._sharing[note.programme] = counts_papers_once(self._host, note.programme)
        return self._sharing[note.programme]
