"""Made-up notes and positions by the hundred thousand, on the rule book that ships; the same ones every time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from rules_engine.dates.months import add_months
from rules_engine.host import Host
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.model.cusips import check_digit
from rules_engine.model.note_words import Frequency
from rules_engine.model.notes import Note

PROGRAMMES = ("ally/term-notes-a", "bank-of-america/internotes", "caterpillar/powernotes", "prospect/internotes")
"""Whose notes are made up, where the rule book has the programme."""

FREQUENCIES = (Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.SEMI_ANNUAL, Frequency.ANNUAL)


def cusip(number: int) -> str:
    """Give a CUSIP that no real note has, its check digit included."""
    stem = f"X{number:07d}"
    return stem + check_digit(stem)


def notes_like(pattern: Sequence[Note], count: int, seed: int = 20150810) -> list[Note]:
    """Make up so many notes, each sold under the edition of one of the notes given."""
    chance = random.Random(seed)
    return [_like(chance.choice(pattern), number, chance) for number in range(count)]


def _like(note: Note, number: int, chance: random.Random) -> Note:
    frequency = chance.choice(FREQUENCIES)
    first = add_months(date(note.issue_date.year, note.issue_date.month, 15), frequency.months)
    if first <= note.issue_date + timedelta(days=10):
        first = add_months(first, frequency.months)
    years = chance.randint(2, 12)
    maturity = add_months(first, frequency.months * (12 * years // frequency.months))
    return replace(
        note,
        cusip=cusip(number),
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


def host_with(count: int) -> Host:
    """Open a host whose rule book has so many notes besides."""
    host = Host.open(with_durable=False)
    pattern = [
        note
        for note in host.book.notes.values()
        if note.coupon and host.book.rule_set(note.programme, "payment days", note.issue_date)
    ]
    notes = {note.cusip: note for note in notes_like(pattern, count)}
    book = replace(host.book, notes=MappingProxyType({**host.book.notes, **notes}))
    return Host(book, host.plugins, host.vocabulary, MemoryLedger(), with_durable=False)
