"""Parquet and CSV, read and written some rows at a time."""

from __future__ import annotations

import csv as plain_csv
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pyarrow.parquet as parquet

from rules_engine.errors import RulesEngineError

AT_ONCE = 128 * 1_024
"""So many rows are read at a time."""

_BLOCK = 16 * 1024 * 1024
"""So many bytes of a CSV file are read at a time."""

KINDS = (".parquet", ".csv")


Batch = pa.RecordBatch
"""Some rows."""


class FileFault(RulesEngineError):
    """A file cannot be read or written as columns; the message says why, and what to give instead."""


class Source(Protocol):
    """Rows that can be read from their beginning as often as one likes."""

    @property
    def names(self) -> Sequence[str]:
        """The names of the columns."""

    @property
    def size(self) -> int:
        """How much there is: rows, or bytes."""

    def batches(self, names: Sequence[str] | None = None) -> Iterator[tuple[pa.RecordBatch, int]]:
        """Read the rows, some at a time, each time with how much of the size they are; of some columns, or all."""


class TableSource:
    """A table in memory as a source."""

    def __init__(self, table: pa.Table, at_once: int = AT_ONCE) -> None:
        self._table = table
        self._at_once = at_once

    @property
    def names(self) -> Sequence[str]:
        """The names of the columns."""
        names: Sequence[str] = self._table.schema.names
        return names

    @property
    def size(self) -> int:
        """How many rows there are."""
        return int(self._table.num_rows)

    def batches(self, names: Sequence[str] | None = None) -> Iterator[tuple[pa.RecordBatch, int]]:
        """Read the rows."""
        table = self._table if names is None else self._table.select([name for name in self.names if name in names])
        for batch in table.to_batches(max_chunksize=self._at_once):
            yield batch, batch.num_rows


class ParquetSource:
    """A Parquet file as a source."""

    def __init__(self, path: Path, at_once: int = AT_ONCE) -> None:
        self._path = path
        self._at_once = at_once
        with _told_of(path), parquet.ParquetFile(path) as file:
            self._names = list(file.schema_arrow.names)
            self._size = file.metadata.num_rows

    @property
    def names(self) -> Sequence[str]:
        """The names of the columns."""
        return self._names

    @property
    def size(self) -> int:
        """How many rows there are."""
        return int(self._size)

    def batches(self, names: Sequence[str] | None = None) -> Iterator[tuple[pa.RecordBatch, int]]:
        """Read the rows."""
        wanted = None if names is None else [name for name in self._names if name in names]
        with _told_of(self._path), parquet.ParquetFile(self._path) as file:
            for batch in file.iter_batches(batch_size=self._at_once, columns=wanted):
                yield batch, batch.num_rows


class CsvSource:
    """A CSV file as a source, whose first line names its columns; every field is text, and an empty one not given."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with _told_of(path), path.open(encoding="utf-8-sig", newline="") as file:
            self._names = next(plain_csv.reader(file), [])
        if not self._names:
            raise FileFault(f"{path} is empty: its first line has to name the columns")
        twice = sorted({name for name in self._names if self._names.count(name) > 1})
        if twice:
            raise FileFault(f"{path} names column `{twice[0]}` twice")

    @property
    def names(self) -> Sequence[str]:
        """The names of the columns."""
        return self._names

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self._path.stat().st_size

    def batches(self, names: Sequence[str] | None = None) -> Iterator[tuple[pa.RecordBatch, int]]:
        """Read the rows."""
        convert = csv.ConvertOptions(
            column_types={name: pa.string() for name in self._names},
            strings_can_be_null=True,
            null_values=[""],
            include_columns=None if names is None else [name for name in self._names if name in names],
        )
        read = csv.ReadOptions(block_size=_BLOCK)
        with _told_of(self._path), csv.open_csv(self._path, read_options=read, convert_options=convert) as file:
            for batch in file:
                for begin in range(0, batch.num_rows, AT_ONCE):
                    some = batch.slice(begin, AT_ONCE)
                    yield some, some.nbytes


def source_of(path: Path) -> Source:
    """Open a file as a source by the ending of its name."""
    if path.suffix.lower() == ".parquet":
        return ParquetSource(path)
    if path.suffix.lower() == ".csv":
        return CsvSource(path)
    raise FileFault(f"{path}: a file of columns ends in {' or '.join(KINDS)}")


class Written:
    """A file that rows are written to; it stands under its name only once it is whole."""

    def __init__(self, path: Path) -> None:
        if path.suffix.lower() not in KINDS:
            raise FileFault(f"{path}: a file of columns ends in {' or '.join(KINDS)}")
        self._path = path
        self._part = path.with_name(f".{path.name}.{os.getpid()}.part")
        self._writer: parquet.ParquetWriter | csv.CSVWriter | None = None

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def write(self, batch: pa.RecordBatch) -> None:
        """Write some rows; the first ones say which columns there are."""
        is_csv = self._path.suffix.lower() == ".csv"
        batch = as_text(batch) if is_csv else batch
        with _told_of(self._path):
            if self._writer is None:
                schema = batch.schema
                # without Arrow's own schema, numbered texts are read back as texts by everybody
                self._writer = (
                    csv.CSVWriter(self._part, schema)
                    if is_csv
                    else parquet.ParquetWriter(self._part, schema, compression="zstd", store_schema=False)
                )
            if is_csv:
                self._writer.write_batch(batch)
            else:
                self._writer.write_table(pa.Table.from_batches([batch]))

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Put the file under its name, or away where it is not whole."""
        if self._writer is not None:
            self._writer.close()
        if kind is None and self._writer is not None:
            self._part.replace(self._path)
        else:
            self._part.unlink(missing_ok=True)


def as_text(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Write numbered texts out, and lists parted by `; `, as CSV has them."""
    arrays = []
    for column in batch.columns:
        if pa.types.is_dictionary(column.type):
            column = column.cast(pa.string())
        elif pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
            column = pc.binary_join(column.cast(pa.list_(pa.string())), "; ")
        arrays.append(column)
    return pa.RecordBatch.from_arrays(arrays, names=batch.schema.names)


class _told_of:  # noqa: N801  # reads as what it does: what the library says is told of the file
    """Say of which file it is what the library finds wrong with it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Tell of a fault."""
        if isinstance(fault, pa.ArrowInvalid | UnicodeDecodeError | plain_csv.Error):
            raise FileFault(f"{self._path} cannot be read: {fault}") from fault
