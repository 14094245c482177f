"""Made-up books, rows and histories: mostly in order, with things left out, changed and written wrongly among them."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from rules_engine.clauses import CLAUSES
from rules_engine.dates.months import add_months
from rules_engine.errors import RulesEngineError
from rules_engine.host import Host
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.model.cusips import check_digit
from rules_engine.model.event_words import LISTS
from rules_engine.model.events import (
    CallNoticed,
    Event,
    LimitsElected,
    OutstandingReported,
    RateReset,
    YearOpened,
)
from rules_engine.model.money import Money
from rules_engine.model.note_words import CallDay, Frequency
from rules_engine.model.notes import Call, CouponStep, Note, Notice
from rules_engine.plugging import Found, found_plugins, load_plugins
from tests.example import ExamplePlugin, book_with_imagined_notes

ROWS = int(os.environ.get("RULES_ENGINE_BATCH_ROWS", "3000"))
"""How many rows of each kind are held against line by line; `make columns-in-full` sets it to 200,000."""

PAPERS = ["death certificate", "letters of authority", "proof of ownership", "repayment request", "signature guarantee"]
ODD_TEXTS = ("a  b", " a", "a\u00a0b", "", "x" * 201)


@cache
def host_of_every_note(made_up: int = 400) -> Host:
    """Open a host on every note that ships, every imagined one, and made-up ones of all their editions."""
    folder = TemporaryDirectory(prefix="columns-")
    rules = book_with_imagined_notes(Path(folder.name))
    example = Found(name="example", version="1", load=ExamplePlugin)
    plugins = load_plugins([*found_plugins(), example], [clause.words for clause in CLAUSES])
    host = Host.open(rules, plugins=plugins, with_durable=False)
    folder.cleanup()
    return with_notes(host, notes_like(list(host.book.notes.values()), made_up))


def with_notes(host: Host, notes: Sequence[Note]) -> Host:
    book = replace(host.book, notes=MappingProxyType({**host.book.notes, **{note.cusip: note for note in notes}}))
    return Host(book, host.plugins, host.vocabulary, MemoryLedger(), with_durable=False)


def afresh(host: Host) -> Host:
    """Give a host on the same book and a new ledger."""
    return Host(host.book, host.plugins, host.vocabulary, MemoryLedger(), with_durable=False)


def notes_like(pattern: Sequence[Note], count: int, seed: int = 7) -> list[Note]:
    chance = random.Random(seed)
    return [_note_like(chance.choice(pattern), number, chance) for number in range(count)]


def _note_like(note: Note, number: int, chance: random.Random) -> Note:
    """Make up a note of the same edition: other days, a stub now and then, steps, and calls of every kind."""
    frequency = chance.choice(list(Frequency))
    roll_day = chance.choice([15, 15, 1, 28, 30, 31, 0])
    first = _roll(add_months(note.issue_date.replace(day=1), chance.randint(1, frequency.months + 1)), roll_day)
    last = _roll(add_months(first.replace(day=1), frequency.months * chance.randint(1, 40)), roll_day)
    maturity = last + timedelta(days=chance.choice([0, 0, 0, 0, 1, 2, 3, 17, 40]))
    steps = tuple(
        CouponStep(from_on=add_months(first, 12 * year), coupon=Decimal(chance.randint(100, 900)) / 100)
        for year in range(1, chance.choice([1, 1, 1, 3]))
    )
    stem = f"Y{number:07d}"
    return replace(
        note,
        cusip=stem + check_digit(stem),
        frequency=frequency,
        roll_day=roll_day,
        first_coupon_date=first,
        last_regular_date=last,
        maturity=maturity,
        coupon=note.coupon if note.pays_no_interest else Decimal(chance.randint(1, 90_000)) / 10_000,
        coupon_steps=() if note.pays_no_interest else steps,
        survivors_option=chance.random() < 0.9,
        call=_call(first, maturity, chance) if chance.random() < 0.6 else None,
        digest=f"sha256:{number:064x}",
    )


def _roll(month: date, roll_day: int) -> date:
    ends = add_months(month, 1) - timedelta(days=1)
    return ends if not roll_day or roll_day > ends.day else month.replace(day=roll_day)


def _call(first: date, maturity: date, chance: random.Random) -> Call:
    on = chance.choice(list(CallDay))
    first_on = chance.choice([first, first + timedelta(days=chance.randint(0, 900)), maturity])
    notice = Notice(minimum_days=chance.choice([0, 1, 10, 30])) if chance.random() < 0.5 else None
    return Call(style=on.style, first_on=first_on, on=on, price=Decimal(100), notice=notice)


def history(host: Host, seed: int = 1) -> Iterator[Event]:
    """Elect limits, report bases, open a year, set some rates and notice some calls: what rows are answered after."""
    chance = random.Random(seed)
    made_up = {cusip for cusip in host.book.notes if cusip.startswith("Y")}
    for programme in host.book.programmes:
        for year in range(2002, 2027):
            if chance.random() < 0.85:
                yield LimitsElected(
                    event_id=f"limits {programme} {year}",
                    received_on=date(year, 1, 3),
                    programme=programme,
                    year=year,
                    annual=chance.random() < 0.7,
                    individual=chance.random() < 0.5,
                )
            if chance.random() < 0.8:
                yield OutstandingReported(
                    event_id=f"outstanding {programme} {year}",
                    received_on=date(year, 1, 3),
                    programme=programme,
                    as_of=date(year - 1, 12, 31),
                    principal=Money.parse(chance.choice(["9000000.00", "60000000.00", "900000000.00"])),
                )
        if chance.random() < 0.3:
            yield YearOpened(event_id=f"year {programme}", received_on=date(2026, 1, 2), programme=programme, year=2026)
    for note in host.book.notes.values():
        if note.floating is not None and note.cusip not in made_up:
            yield RateReset(
                event_id=f"rate {note.cusip}",
                received_on=note.floating.from_on,
                cusip=note.cusip,
                period_start=note.floating.from_on,
                index_rate=Decimal("1.75"),
            )
        if note.call is not None and chance.random() < 0.15:
            yield CallNoticed(
                event_id=f"call {note.cusip}",
                received_on=note.call.first_on - timedelta(days=45),
                notice_id=f"notice {note.cusip}",
                cusip=note.cusip,
                notice_given_on=note.call.first_on - timedelta(days=45),
                redeem_on=note.call.first_on,
                principal="all",
                price=note.call.price,
                notified=frozenset({"holders", "trustee"}),
            )


def questions(host: Host, count: int, seed: int = 1) -> pa.Table:
    """Make up questions about payments, on days that mean something to the note and on others."""
    chance = random.Random(seed)
    notes = list(host.book.notes.values())
    days = {note.cusip: _days_of(host, note) for note in notes}
    return pa.Table.from_pylist([_question(chance.choice(notes), days, chance) for _ in range(count)])


def _days_of(host: Host, note: Note) -> list[date]:
    found = host.schedule(note.cusip)
    try:
        schedule = found.schedule  # type: ignore[union-attr]
        return [*schedule.interest_dates, *schedule.call_dates[:20], note.maturity, note.maturity]
    except (AttributeError, RulesEngineError, ValueError):
        return [note.maturity]


def _question(note: Note, days: dict[str, list[date]], chance: random.Random) -> dict[str, Any]:
    due_on = chance.choice(days[note.cusip])
    if chance.random() < 0.2:
        due_on = date(2000, 1, 1) + timedelta(days=chance.randrange(12_000))
    whole = chance.randint(1, 10 ** chance.randint(1, 15) - 1)
    row: dict[str, Any] = {
        "cusip": note.cusip,
        "due_on": due_on.isoformat(),
        "kind": chance.choice(["interest", "interest", "interest", "maturity", "redemption"]),
        "principal": f"{whole}.{chance.randint(0, 99):02d}",
        "received_on": None if chance.random() < 0.7 else (due_on - timedelta(days=5)).isoformat(),
        "account_ref": f"account {chance.randrange(1000)}",
    }
    spoilt: dict[int, tuple[str, Sequence[Any]]] = {
        0: ("cusip", ("000000000", "ABCDEFGHI", "lower1234", None)),
        1: ("principal", (None, "-5", "0", "1e5", "12.345", "9999999999999999")),
        2: ("kind", (None, "repayment", "coupon")),
        3: ("due_on", (None, "2015-02-30", "15.01.2017", "1949-12-31")),
        4: ("received_on", ("yesterday", "2017-1-1")),
    }
    if (drawn := chance.randrange(100)) in spoilt:
        name, values = spoilt[drawn]
        row[name] = chance.choice(values)
    return row


def requests(host: Host, count: int, seed: int = 1) -> pa.Table:
    """Make up requests: some owners ask more than once, of one note and of others, and some share papers."""
    chance = random.Random(seed)
    notes = list(host.book.notes.values())
    rows = [_request(chance.choice(notes), number, count, chance) for number in range(count)]
    texts = {name: pa.string() for name in rows[0]}
    kinds = {"co_owner_is_spouse": pa.bool_(), "documents": pa.list_(pa.string())}
    return pa.Table.from_pylist(rows, schema=pa.schema({**texts, **kinds}))


def _request(note: Note, number: int, count: int, chance: random.Random) -> dict[str, Any]:
    def left_out(value: Any, share: float = 0.012) -> Any:
        return None if chance.random() < share else value

    def mostly(usual: Any, others: Sequence[Any], of: int = 50) -> Any:
        return chance.choice(others) if chance.randrange(of) == 0 else usual

    received_on = note.issue_date + timedelta(days=chance.randrange(200, 2_500))
    position = chance.randint(1, 300) * 100_000
    asked = mostly(position, (chance.randint(1, 300) * 100_000, chance.randint(1, 10**8)), of=8)
    row: dict[str, Any] = {
        "request_id": f"request {number}",
        "event_id": left_out(f"event {number}", 0.5),
        "received_on": received_on.isoformat(),
        "cusip": note.cusip,
        "principal": f"{asked // 100}.{asked % 100:02d}",
        "position": left_out(mostly(f"{position // 100}.00", ("0.00", "500.00"))),
        "owner_ref": left_out(mostly(f"owner {number}", [f"owner of many {n}" for n in range(30)], of=10)),
        "account_ref": left_out(mostly(f"account {number}", [f"joint {n}" for n in range(30)], of=40), 0.4),
        "trigger": left_out(mostly("death", LISTS["trigger"]), 0.3),
        "occurred_on": left_out((received_on - timedelta(days=chance.randint(-5, 370))).isoformat()),
        "acquired_on": left_out(
            mostly(note.issue_date, [received_on - timedelta(days=chance.randint(0, 600))], of=12).isoformat()
        ),
        "acquired": left_out(chance.choice(LISTS["acquired"])),
        "registration": left_out(mostly("sole owner", LISTS["registration"], of=6)),
        "co_owner_is_spouse": left_out(chance.random() < 0.5, 0.5),
        "deceased_share": left_out(mostly("1", ("1/2", "1/3", "2/7"), of=5), 0.2),
        "substantially_all_beneficial_interest": left_out(mostly("true", ("false",), of=6), 0.5),
        "owner_at_death": left_out(mostly("true", ("false", "in doubt"), of=25)),
        "held_in": left_out(mostly("estate account", LISTS["held_in"])),
        "representative": left_out(mostly("executor", LISTS["representative"], of=10)),
        "documents": left_out(mostly(PAPERS, [chance.sample(LISTS["documents"], 9)], of=10)),
    }
    spoilt: dict[int, tuple[str, Sequence[Any]]] = {
        0: ("cusip", ("000000000", "ABCDEFGHI", None)),
        1: ("principal", (None, "-5", "1e5", "12.345")),
        2: ("received_on", (None, "2015-02-30")),
        3: ("request_id", (None, f"request {chance.randrange(count)}", *ODD_TEXTS)),
        4: ("registration", ("in a trust", "")),
        5: ("documents", (["death certificate", "death certificate"], ["a letter"], [])),
        6: ("owner_ref", ODD_TEXTS),
        7: ("deceased_share", ("0/1", "3/2", "a half")),
        8: ("event_id", (f"event {chance.randrange(count)}",)),
    }
    if (drawn := chance.randrange(200)) in spoilt:
        name, values = spoilt[drawn]
        row[name] = chance.choice(values)
    return row
