"""Answers for whole books at once: columns in, columns out, the same to the cent and the day as line by line.

Comes with the extra `columns`: `pip install 'retail-note-rules[columns]'`. Each function takes Arrow tables and gives
Arrow's record batches, some rows at a time, so that a book of any size goes through little memory:

    from rules_engine import batch
    from rules_engine.host import Host

    host = Host.open()
    answers = pyarrow.Table.from_batches(batch.payments(host, questions))

Nothing is recorded, and the standing of the host's ledger is taken as it is. What each row is answered is what
`Host.preview` would answer it (payments), what a host that records each in the order of receipt would (eligibility), or
what `rules-engine schedule` lists (schedules). A row that columns cannot carry is answered line by line, and says so in
its column `carried`; one that cannot be read says why in `error`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

try:
    import pyarrow as pa

    from rules_engine.batch import order_of_receipt
    from rules_engine.batch.files import TableSource
    from rules_engine.batch.note_schedules import Schedules, cusips_of
    from rules_engine.batch.payment_answers import Payments
    from rules_engine.batch.positions import FallingDue
except ModuleNotFoundError as fault:
    if (fault.name or "").partition(".")[0] not in ("numpy", "pyarrow"):
        raise
    raise ModuleNotFoundError(
        f"answers in columns need {fault.name}: pip install 'retail-note-rules[columns]'", name=fault.name
    ) from fault
from rules_engine.host import Host

__all__ = ["eligibility", "falling_due", "payments", "schedules"]


def payments(host: Host, questions: pa.Table) -> Iterator[pa.RecordBatch]:
    """Answer payments that fall due: rows with `cusip`, `due_on`, `kind`, `principal` and, if they like, `received_on`.

    A row without the last counts as received on its due day. Other columns go with their rows.
    """
    answering = Payments(host)
    return (answering.of(batch) for batch, _ in TableSource(questions).batches())


def falling_due(host: Host, positions: pa.Table, first: date, last: date) -> Iterator[pa.RecordBatch]:
    """Answer every payment of positions that falls due from one day to another, both included.

    Positions have a `cusip` and a `principal`; other columns go with their payments.
    """
    answering = FallingDue(host, first, last)
    return (answer for batch, _ in TableSource(positions).batches() for answer in answering.of(batch))


def eligibility(host: Host, requests: pa.Table) -> Iterator[pa.RecordBatch]:
    """Answer survivor's option requests in the order of receipt: rows with the fields of the event.

    The answers come in that order, each with its request's row, from 1, in `row`.
    """
    return order_of_receipt.eligibility(host, TableSource(requests))


def schedules(host: Host, notes: pa.Table) -> Iterator[pa.RecordBatch]:
    """Give the schedules of notes, which have a `cusip`: a row for each interest date, redemption date and maturity."""
    listing = Schedules(host)
    return (answer for batch, _ in TableSource(notes).batches() for answer in listing.of(cusips_of(batch)))
