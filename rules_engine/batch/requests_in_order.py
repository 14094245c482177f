"""Requests put into the order of receipt, and answered chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from rules_engine.batch.eligibility import AT_ONCE, Eligibility
from rules_engine.batch.hashes import Hashes, repeated
from rules_engine.batch.programmes import counts_papers_once
from rules_engine.batch.reading import Rows
from rules_engine.batch.requests import FIELDS
from rules_engine.batch.touching import keys_of
from rules_engine.host import Host

LAST = 2**40
"""Where a request stands of which no day of receipt can be read: after all others."""


def eligibility(host: Host, table: pa.Table, *, at_once: int = AT_ONCE) -> Iterator[pa.RecordBatch]:
    """Answer the requests of a table in the order of receipt; the answers come in that order, some at a time.

    Each answer has the number of its request's row, from 1, in `row`. An answer to another request, which a row made
    decided again, has that row's number, and more than 0 in `part`.
    """
    order = order_of_receipt(table)
    if order is not None:
        table = table.take(pa.array(order))
    rows = np.arange(table.num_rows) if order is None else order
    whole = Sharing(host)
    keys = [whole.keys(batch) for batch in table.to_batches(max_chunksize=at_once)]
    answering = Eligibility(host, repeated(np.concatenate(keys) if keys else np.zeros(0, dtype="uint64")))
    begin = 0
    for batch in table.combine_chunks().to_batches(max_chunksize=at_once):
        yield from answering.of(batch, rows[begin : begin + batch.num_rows] + 1)
        begin += batch.num_rows


def received(batch: pa.RecordBatch) -> np.ndarray:
    """Give the day each row was received on, as a number; LAST where it cannot be read."""
    rows = Rows(batch.select(["received_on"]) if "received_on" in batch.schema.names else batch, FIELDS)
    days, known = rows.days("received_on")
    return np.where(known & ~rows.unread, days, LAST)


def order_of_receipt(table: pa.Table) -> np.ndarray | None:
    """Give the order in which rows were received, those of one day in their own order; None where they stand in it."""
    days = np.concatenate([received(batch) for batch in table.to_batches()] or [np.zeros(0, dtype="int64")])
    if (days[1:] >= days[:-1]).all():
        return None
    return np.argsort(days, kind="stable")


class Sharing:
    """Gives the keys of requests, knowing which programmes count papers once for a registration."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._sharing: dict[str, bool] = {}
        self._of_cusip: dict[str, bool] = {}

    def keys(self, batch: pa.RecordBatch) -> Hashes:
        """Give every key of every row, one after the other."""
        return np.concatenate(keys_of(batch, self._shares_papers(batch)))

    def _shares_papers(self, batch: pa.RecordBatch) -> np.ndarray:
        cusips = Rows(batch, FIELDS).texts("cusip", plain=False)
        shares = np.array([*(self._shares(cusip) for cusip in cusips.words), False], dtype="bool")
        return shares[cusips.numbers]

    def _shares(self, cusip: str) -> bool:
        note = self._host.book.note(cusip)
        if note is None:
            return False
        if note.programme not in self._sharing:
            self._sharing[note.programme] = counts_papers_once(self._host, note.programme)
        return self._sharing[note.programme]
