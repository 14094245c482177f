"""The same answers in columns as line by line: to the cent and the day, for whatever rows come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from rules_engine import batch
from rules_engine.batch import payment_answers as of_payments
from rules_engine.batch.answers import fault_of, row_of
from rules_engine.batch.files import AT_ONCE, TableSource
from rules_engine.batch.note_schedules import SCHEMA, line_by_line
from rules_engine.batch.order_of_receipt import eligibility, order_of_receipt
from rules_engine.batch.reading import Rows
from rules_engine.batch.request_answers import ANSWER
from rules_engine.batch.requests import FIELDS
from rules_engine.errors import EventError
from rules_engine.host import Host

from .rows_made_up import ROWS, afresh, history, host_of_every_note, notes_like, questions, requests, with_notes

MOST_SHOWN = 3
NOT_COMPARED = ("row", "part", "carried")
FEWEST_IN_COLUMNS = 0.8
"""The share of made-up rows that columns must carry, however many of them are spoilt: else nothing was compared."""


def test_schedules_in_columns_are_those_of_each_note() -> None:
    host = host_of_every_note()
    real = list(host.book.notes.values())
    host = with_notes(host, notes_like(real, max(ROWS // 60, 300), seed=11))  # a note has some 60 rows
    cusips = [*host.book.notes, "000000000", "", next(iter(host.book.notes))]
    found = pa.Table.from_batches(batch.schedules(host, pa.table({"cusip": cusips})))
    rows = iter(found.to_pylist())
    wrong = []
    for cusip in cusips:
        expected = line_by_line(host, cusip).to_pylist()
        got = [next(rows) for _ in expected]
        wrong += [(one, other) for one, other in zip(got, expected, strict=True) if _apart(one, other, SCHEMA.names)]
    assert next(rows, None) is None
    assert wrong[:MOST_SHOWN] == []
    assert found.num_rows >= ROWS
    _mostly_in_columns(found)


@pytest.mark.parametrize("after_a_history", [False, True])
def test_payments_in_columns_are_those_of_each_row(after_a_history: bool) -> None:
    host = afresh(host_of_every_note())
    for event in history(host) if after_a_history else ():
        host.answer(event)
    asked = questions(host, ROWS // 2)
    found = pa.Table.from_batches(batch.payments(host, asked))
    wrong = []
    for place, (row, got) in enumerate(zip(asked.to_pylist(), found.to_pylist(), strict=True)):
        expected = _answered_alone(host, row, place)
        if _apart(got, expected, of_payments.ANSWER):
            wrong.append((row, _apart(got, expected, of_payments.ANSWER)))
    assert wrong[:MOST_SHOWN] == []
    _mostly_in_columns(found)


@pytest.mark.parametrize("after_a_history", [False, True])
def test_eligibility_in_columns_is_that_of_deciding_and_recording_each_in_the_order_of_receipt(
    after_a_history: bool,
) -> None:
    host = afresh(host_of_every_note())
    if after_a_history:
        for event in history(host):
            host.answer(event)
    asked = requests(host, ROWS // 2)
    answers = eligibility(host, TableSource(asked, max(ROWS // 7, 100)))
    found = {(row["row"], row["part"]): row for answer in answers for row in answer.to_pylist()}
    expected = _recorded_in_order(host, asked)
    wrong = [
        (key, found.get(key), expected.get(key))
        for key in sorted({*found, *expected})
        if key not in found or key not in expected or _apart(found[key], expected[key], ANSWER)
    ]
    assert wrong[:MOST_SHOWN] == []
    assert len(found) >= asked.num_rows
    outcomes = Counter(row["outcome"] for row in found.values())
    assert {"accepted", "rejected", "pended", "referred", "carried over"} <= outcomes.keys(), outcomes


def test_requests_that_do_not_come_in_the_order_of_receipt_are_answered_in_it() -> None:
    host = afresh(host_of_every_note())
    asked = requests(host, 400, seed=5)
    order = order_of_receipt(asked)
    answers = pa.Table.from_batches(batch.eligibility(host, asked))
    own = [row for row, part in zip(*(answers.column(name).to_pylist() for name in ("row", "part"))) if not part]  # noqa: B905
    assert own == [int(place) + 1 for place in order]
    in_order = pa.Table.from_batches(batch.eligibility(host, asked.take(pa.array(order))))
    said = [name for name in ANSWER if name not in ("row", "carried")]
    assert answers.select(said).to_pylist() == in_order.select(said).to_pylist()


def test_nothing_is_recorded() -> None:
    host = afresh(host_of_every_note())
    for answers in (batch.eligibility(host, requests(host, 50)), batch.payments(host, questions(host, 50))):
        assert sum(answer.num_rows for answer in answers) >= 50
    assert host.ledger.last_number() == 0


def test_answers_do_not_depend_on_how_many_rows_are_read_at_a_time() -> None:
    host = afresh(host_of_every_note())
    asked = requests(host, 300, seed=3)
    said = [name for name in ANSWER if name != "carried"]
    ways = [
        sorted(
            (row for answer in eligibility(host, TableSource(asked, at_once)) for row in answer.to_pylist()),
            key=lambda row: (row["row"], row["part"]),
        )
        for at_once in (7, 100, AT_ONCE)
    ]
    told = [[{name: row[name] for name in said} for row in rows] for rows in ways]
    assert told[0] == told[1] == told[2]


def _answered_alone(host: Host, row: Mapping[str, Any], place: int) -> Mapping[str, Any]:
    one = Rows(pa.RecordBatch.from_pylist([dict(row)]), of_payments.FIELDS)
    also = {"type": "payment_due", "event_id": f"row {place}"}
    if row["received_on"] is None and row["due_on"] is not None:
        also["received_on"] = row["due_on"]
    try:
        (decision,) = host.preview(host.read_event(one.line(0, also)))
    except EventError as fault:
        return {"error": fault_of(fault)}
    return row_of(decision)


def _recorded_in_order(host: Host, asked: pa.Table) -> dict[tuple[int, int], Mapping[str, Any]]:
    """Answer each request by a host of its own that records it, in the order of receipt."""
    alone = Host(host.book, host.plugins, host.vocabulary, host.ledger, with_durable=False)
    rows = Rows(asked.combine_chunks().to_batches()[0], FIELDS)
    given = asked.column("request_id").to_pylist()
    expected: dict[tuple[int, int], Mapping[str, Any]] = {}
    for place in map(int, order_of_receipt(asked)):
        also = {"type": "survivors_option_requested"}
        if given[place] is not None:
            also["event_id"] = given[place]
        try:
            answered = alone.answer(alone.read_event(rows.line(place, also)))
        except EventError as fault:
            expected[place + 1, 0] = {"error": fault_of(fault)}
            continue
        for part, decision in enumerate(answered):
            expected[place + 1, part] = row_of(decision)
    return expected


def _apart(got: Mapping[str, Any], expected: Mapping[str, Any], names: Iterable[str]) -> dict[str, tuple[Any, Any]]:
    return {
        name: (got[name], expected.get(name))
        for name in names
        if name not in NOT_COMPARED and (got[name] or None) != (expected.get(name) or None)
    }


def _mostly_in_columns(found: pa.Table) -> None:
    carried = np.array(found.column("carried").cast(pa.string()).to_pylist()) == "columns"
    assert carried.mean() >= FEWEST_IN_COLUMNS
