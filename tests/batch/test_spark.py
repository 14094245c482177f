"""The same answers on Spark as in one process: payments, schedules, and requests with their limits in order."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from rules_engine import batch
from rules_engine.batch.note_schedules import SCHEMA
from rules_engine.batch.payment_answers import ANSWER as PAYMENT
from rules_engine.batch.request_answers import ANSWER as REQUEST
from rules_engine.host import Host

from .rows_made_up import afresh, history, host_of_every_note, questions, requests

pyspark = pytest.importorskip(
    "pyspark", reason="pyspark is not installed here: `make test-spark` runs these in an environment of their own"
)
pytestmark = pytest.mark.skipif(
    not (shutil.which("java") or os.environ.get("JAVA_HOME")),
    reason="Spark needs Java, and there is none here: install a JRE, such as Debian's default-jre-headless",
)

FEW = 400


@cache
def answering() -> Host:
    """Open the host that answers, once in each of Spark's workers: the same book and history everywhere."""
    host = afresh(host_of_every_note())
    for event in history(host):
        host.answer(event)
    return host


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    # a worker finds this module by the name it has here, and the product's by theirs
    tests = Path(__file__).parent.parent
    path = (str(tests.parent), str(tests), os.environ.get("PYTHONPATH", ""))
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, path))
    session = (
        SparkSession.builder.master("local[2]")
        .appName("columns")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def rows_of(table: pa.Table, names: list[str], by: tuple[str, ...]) -> list[dict[str, Any]]:
    plain = [{name: row[name] for name in dict.fromkeys((*by, *names))} for row in table.to_pylist()]
    return sorted(plain, key=lambda row: [(row[name] is None, row[name]) for name in by])


def test_requests_are_answered_on_spark_as_in_one_process(session: Any) -> None:
    from rules_engine.batch import spark

    asked = requests(answering(), FEW)
    expected = pa.Table.from_batches(batch.eligibility(answering(), asked))
    numbered = asked.append_column("row", pa.array(range(1, FEW + 1)))
    shuffled = session.createDataFrame(numbered.take(pa.array(list(reversed(range(FEW))))))
    found = spark.eligibility(shuffled, answering).toArrow()
    names = [name for name in REQUEST if name != "carried"]
    assert rows_of(found, names, ("row", "part")) == rows_of(expected, names, ("row", "part"))


def test_payments_and_schedules_are_answered_on_spark_as_in_one_process(session: Any) -> None:
    from rules_engine.batch import spark

    asked = questions(answering(), FEW).append_column("number", pa.array(range(FEW)))
    expected = pa.Table.from_batches(batch.payments(answering(), asked))
    found = spark.payments(session.createDataFrame(asked), answering).toArrow()
    assert rows_of(found, list(PAYMENT), ("number",)) == rows_of(expected, list(PAYMENT), ("number",))
    cusips = pa.table({"cusip": [*list(answering().book.notes)[:80], "000000000"]})
    by = ("cusip", "event", "due_on")
    listed = spark.schedules(session.createDataFrame(cusips), answering).toArrow()
    alone = pa.Table.from_batches(batch.schedules(answering(), cusips))
    assert rows_of(listed, SCHEMA.names, by) == rows_of(alone, SCHEMA.names, by)


def test_programmes_that_share_an_id_are_answered_together() -> None:
    from rules_engine.batch.spark import _joined

    groups = _joined([["a", "b"], ["c", "d"], ["e", "b"], ["d", "e"]])
    assert set(groups.values()) == {"a"}
    assert _joined([["a", "b"], ["c", "d"]]) == {"a": "a", "b": "a", "c": "c", "d": "c"}
