"""Made-up books by the hundred thousand notes, and rows by the million, on the rules that ship; the same every time."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from types import MappingProxyType

import numpy as np
import pyarrow as pa

from benchmarks.books import declaring
from benchmarks.cases import PROGRAMME
from rules_engine.batch import columns
from rules_engine.batch.days import number_of
from rules_engine.dates.months import add_months
from rules_engine.host import Host
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.model.cusips import check_digit
from rules_engine.model.event_words import LISTS
from rules_engine.model.events import Event, LimitsElected, OutstandingReported
from rules_engine.model.money import Money
from rules_engine.model.note_words import Frequency
from rules_engine.model.notes import Note

FREQUENCIES = (Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.SEMI_ANNUAL, Frequency.ANNUAL)
PAPERS = [
    "death certificate",
    "letters of authority",
    "proof of ownership",
    "repayment request",
    "signature guarantee",
    "trust agreement",
]
NOTES_OF_A_PROGRAMME = 40


def notes_like(pattern: Sequence[Note], count: int, seed: int = 20150810) -> list[Note]:
    """Make up so many notes, each sold under the edition of one of those given."""
    chance = random.Random(seed)
    return [_like(chance.choice(pattern), number, chance) for number in range(count)]


def _like(note: Note, number: int, chance: random.Random) -> Note:
    frequency = chance.choice(FREQUENCIES)
    first = add_months(note.issue_date.replace(day=15), frequency.months)
    if first <= note.issue_date + timedelta(days=10):
        first = add_months(first, frequency.months)
    maturity = add_months(first, frequency.months * (12 * chance.randint(2, 12) // frequency.months))
    stem = f"X{number:07d}"
    return replace(
        note,
        cusip=stem + check_digit(stem),
        coupon=Decimal(chance.randint(20, 700)) / 100,
        frequency=frequency,
        first_coupon_date=first,
        last_regular_date=maturity,
        maturity=maturity,
        roll_day=15,
        call=None,
        event_calls=(),
        coupon_steps=(),
        floating=None,
        original_issue_discount=False,
        issue_price=Decimal(100),
        reopened_from=None,
        digest=f"sha256:{number:064x}",
    )


def host_of(count: int) -> Host:
    """Open a host on so many made-up notes of the programmes that ship."""
    host = Host.open(with_durable=False)
    notes = notes_like([note for note in host.book.notes.values() if note.coupon and not note.payment_days], count)
    book = replace(host.book, notes=MappingProxyType({note.cusip: note for note in notes}))
    return Host(book, host.plugins, host.vocabulary, MemoryLedger(), with_durable=False)


@cache
def host_of_programmes(count: int) -> Host:
    """Open a host on so many programmes with Ally's rules, forty made-up notes each, and limits that bind."""
    host = Host.open(with_durable=False)
    files = host.book.clause_files[PROGRAMME]
    pattern = [note for note in host.book.notes.values() if note.programme == PROGRAMME]
    programmes = [f"issuer-{number}/notes" for number in range(count)]
    made_up = notes_like(pattern, count * NOTES_OF_A_PROGRAMME)
    notes = [replace(note, programme=programmes[place % count]) for place, note in enumerate(made_up)]
    book = replace(
        host.book,
        notes=MappingProxyType({note.cusip: note for note in notes}),
        programmes=tuple(programmes),
        clause_files=MappingProxyType(dict.fromkeys(programmes, files)),
    )
    many = Host(book, declaring(host.plugins), host.vocabulary, MemoryLedger(), with_durable=False)
    for event in _background(programmes):
        many.answer(event)
    return many


def _background(programmes: Sequence[str]) -> Iterator[Event]:
    """Let limits bind in every year, and report what they are a percentage of."""
    for programme in programmes:
        for year in (2017, 2018, 2019):
            yield LimitsElected(
                event_id=f"limits {programme} {year}",
                received_on=date(2016, 1, 4),
                programme=programme,
                year=year,
                annual=True,
                individual=True,
            )
            yield OutstandingReported(
                event_id=f"outstanding {programme} {year}",
                received_on=date(2016, 1, 4),
                programme=programme,
                as_of=date(year - 1, 12, 31),
                principal=Money.parse("5000000000.00"),
            )


def positions_due(host: Host, count: int) -> pa.Table:
    """Make up positions in the notes that pay interest on the day most of them do, as questions about that day."""
    notes = list(host.book.notes.values())
    day = date(2012, 6, 15)
    due = [note.cusip for note in notes if note.frequency is Frequency.MONTHLY and note.first_coupon_date <= day]
    due = [cusip for cusip in due if host.book.notes[cusip].maturity > day]
    chance = np.random.default_rng(1)
    return pa.table(
        {
            "cusip": pa.array(due).take(pa.array(chance.integers(0, len(due), count))),
            "account_ref": pa.array([f"account {number}" for number in range(count)]),
            "due_on": columns.days(np.full(count, number_of(day))),
            "kind": pa.array(["interest"] * count),
            "principal": columns.money(chance.integers(1, 500, count) * 100_000),
        }
    )


def requests_of(host: Host, count: int) -> pa.Table:
    """Make up requests: most in order, one in ten without some of its papers; each owner asks once."""
    notes = list(host.book.notes.values())
    chance = np.random.default_rng(3)
    which = chance.integers(0, len(notes), count)
    issued = np.array([number_of(note.issue_date) for note in notes])[which]
    received = issued + chance.integers(250, 700, count)
    order = np.argsort(received, kind="stable")
    which, issued, received = which[order], issued[order], received[order]
    position = chance.integers(1, 300, count) * 100_000
    numbers = [str(number) for number in range(count)]
    papers = pa.array([PAPERS, PAPERS[3:]], pa.list_(pa.string()))
    registered = ["sole owner", "sole owner", "sole owner", "joint tenants", "trust"]
    assert set(registered) <= set(LISTS["registration"])
    return pa.table(
        {
            "request_id": pa.array([f"request {number}" for number in numbers]),
            "received_on": columns.days(received),
            "cusip": pa.array([note.cusip for note in notes]).take(pa.array(which)),
            "principal": columns.money(position),
            "position": columns.money(position),
            "owner_ref": pa.array([f"owner {number}" for number in numbers]),
            "account_ref": pa.array([f"account {number}" for number in numbers]),
            "occurred_on": columns.days(received - chance.integers(1, 360, count)),
            "acquired_on": columns.days(issued),
            "acquired": pa.array(["primary market"] * count),
            "registration": pa.array(chance.choice(registered, count)),
            "owner_at_death": pa.array(["true"] * count),
            "deceased_share": pa.array(["1"] * count),
            "held_in": pa.array(["estate account"] * count),
            "representative": pa.array(chance.choice(["executor", "executor", "administrator", "trustee"], count)),
            "documents": papers.take(pa.array(chance.choice([0] * 9 + [1], count))),
        }
    )
