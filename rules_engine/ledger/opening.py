"""Opening a ledger by its address."""

from __future__ import annotations

from rules_engine.errors import LedgerError
from rules_engine.ledger.base import Ledger, ReadEvent
from rules_engine.ledger.memory import MemoryLedger

PATIENCE = 30
"""Seconds to wait for other writers before giving up."""

KEPT = "`sqlite:///folder/name` or `postgresql://user@host/database`"
ADDRESSES = f"give `memory:`, {KEPT}"


def open_ledger(url: str, read_event: ReadEvent, *, create: bool = True, patience: int = PATIENCE) -> Ledger:
    """Open the ledger at an address, bringing its tables up to date if an earlier version of us made them.

    `read_event` reads an event from its canonical JSON. With `create` false a place that holds no
    ledger yet is refused instead of made into one, for those who only want to read. `patience` is
    how many seconds to wait for other writers. Raises LedgerError, saying what to do, for an address
    no store answers to and for a store that cannot be used.
    """
    if url == "memory:":
        if not create:
            raise LedgerError(f"a ledger in memory is new every time, so there is nothing in it to read: give {KEPT}")
        return MemoryLedger()

    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    from rules_engine.ledger.sql import SqlLedger
    from rules_engine.ledger.sql_postgresql import Postgresql
    from rules_engine.ledger.sql_sqlite import Sqlite

    try:
        address = make_url(url)
    except ArgumentError as fault:
        raise LedgerError(f"that is not the address of a ledger: {ADDRESSES}") from fault  # it may hold a password
    match address.drivername:
        case "sqlite":
            return SqlLedger(Sqlite(address, create=create, patience=patience), read_event, create=create)
        case "postgresql" | "postgresql+psycopg":
            return SqlLedger(Postgresql(address, patience=patience), read_event, create=create)
    raise LedgerError(f"no ledger is kept in `{address.drivername}`: {ADDRESSES}")
