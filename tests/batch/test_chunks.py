"""Files larger than a chunk: sorted by way of files, read twice, and never held in memory whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from rules_engine.batch import columns, order_of_receipt
from rules_engine.batch.files import ParquetSource, TableSource
from rules_engine.batch.hashes import among, hashes, repeated
from rules_engine.batch.order_of_receipt import eligibility
from rules_engine.batch.request_answers import ANSWER

from .rows_made_up import afresh, host_of_every_note, requests

COUNT = 900


def test_rows_are_sorted_by_way_of_files_as_they_are_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    host = afresh(host_of_every_note())
    asked = requests(host, COUNT, seed=9)
    whole = pa.Table.from_batches(eligibility(host, TableSource(asked)))
    parquet.write_table(asked, tmp_path / "requests.parquet", row_group_size=100)
    monkeypatch.setattr(order_of_receipt, "AT_ONCE", 128)
    told: list[int] = []
    source = ParquetSource(tmp_path / "requests.parquet", 64)
    by_files = pa.Table.from_batches(eligibility(host, source, told=told.append))
    said = [name for name in ANSWER if name not in ("carried", "part")]
    own = [row for row in by_files.to_pylist() if not row["part"]]
    expected = [row for row in whole.to_pylist() if not row["part"]]
    assert [{name: row[name] for name in said} for row in own] == [
        {name: row[name] for name in said} for row in expected
    ]
    assert abs(sum(told) - COUNT) <= len(told)


def _own(answers: pa.Table) -> list[list[object]]:
    """Give what is said of each row, other requests that it made decided again aside."""
    said = [name for name in ANSWER if name not in ("carried", "part")]
    return [[row[name] for name in said] for row in answers.to_pylist() if not row["part"]]


def test_texts_that_come_twice_are_found_by_their_numbers_and_no_others() -> None:
    texts = [f"account {number}" for number in range(20_000)] + [
        "account 7",
        "",
        None,
        None,
        "\u00e9t\u00e9",
        "a" * 300,
    ]
    numbers = hashes(pa.array(texts))
    assert len(np.unique(numbers)) == len(set(texts))
    twice = repeated(numbers)
    assert [text for text, known in zip(texts, among(numbers, twice), strict=True) if known] == ["account 7"] * 2
    sliced = pa.array(["x", *texts]).slice(1).dictionary_encode()
    assert (hashes(sliced) == numbers).all()


def test_money_goes_through_columns_to_the_cent_below_nothing_too() -> None:
    cents = np.array([0, 1, -1, 10**17, -(10**17), 428], dtype="int64")
    known = np.array([True, True, True, True, True, False])
    assert [None if each is None else int(each * 100) for each in columns.money(cents, known).to_pylist()] == [
        0,
        1,
        -1,
        10**17,
        -(10**17),
        None,
    ]
