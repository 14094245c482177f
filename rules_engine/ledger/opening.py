"""Opening a ledger by its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules_engine import intake
from rules_engine.errors import LedgerError
from rules_engine.ledger.base import Ledger, ReadEvent
from rules_engine.ledger.memory import MemoryLedger

if TYPE_CHECKING:
    from sqlalchemy import URL

PATIENCE = 30
"""Seconds to wait for other writers before giving up."""

KEPT = "`sqlite:///folder/name` or `postgresql://user@host/database`"
LARGEST_PORT = 2**16 - 1
WRONG_PORT = f"the address of the ledger has a port that is not a number from 1 to {LARGEST_PORT}: correct it"
ADDRESSES = f"give `memory:`, {KEPT}"


def open_ledger(
    url: str,
    read_event: ReadEvent = intake.read_recorded,
    *,
    create: bool = True,
    only_reading: bool = False,
    patience: int = PATIENCE,
) -> Ledger:
    """Open the ledger at an address: `memory:`, `sqlite:///folder/name` or `postgresql://user@host/database`.

    Tables that an earlier version of us made are brought up to date. With `create` false a place that holds no ledger
    yet is refused instead of made into one. `only_reading` writes nothing there at all, not even to bring its tables up
    to date, so that whoever may only read can open it; recording is refused. `patience` is how many seconds to wait for
    other writers. Raises LedgerError, saying what to do, for an address no store answers to and for a store that cannot
    be used.
    """
    if url == "memory:":
        if not create:
            raise LedgerError(f"a ledger in memory is new every time, so there is nothing in it to read: give {KEPT}")
        return MemoryLedger()

    from rules_engine.ledger.sql import SqlLedger
    from rules_engine.ledger.sql_postgresql import Postgresql
    from rules_engine.ledger.sql_sqlite import Sqlite

    address = _read(url)
    match address.drivername:
        case "sqlite":
            file = Sqlite(address, create=create, only_reading=only_reading, patience=patience)
            return SqlLedger(file, read_event, create=create)
        case "postgresql" | "postgresql+psycopg":
            server = Postgresql(address, only_reading=only_reading, patience=patience)
            return SqlLedger(server, read_event, create=create)
    raise LedgerError(f"no ledger is kept in `{address.drivername}`: {ADDRESSES}")


def open_to_others(url: str) -> str:
    """Name the file at an address if more people than its owner may read or write it; an empty text otherwise."""
    if url == "memory:":
        return ""

    from rules_engine.ledger.sql_sqlite import is_open_to_others

    address = _read(url)
    is_file = address.drivername == "sqlite" and address.database
    return address.database or "" if is_file and is_open_to_others(address.database or "") else ""


def _read(url: str) -> URL:
    """Read an address; raise LedgerError, quoting nothing of it, for one that cannot be read."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    wrong = f"that is not the address of a ledger: {ADDRESSES}"
    try:
        address = make_url(url)
    except ArgumentError:
        pass
    except ValueError:
        wrong = WRONG_PORT
    else:
        if address.port is not None and not 0 < address.port <= LARGEST_PORT:
            wrong = WRONG_PORT
        elif "@" in (address.host or ""):
            wrong = "the address of the ledger cannot be read: in a password write `%40` for `@` and `%2F` for `/`"
        else:
            return address
    # raised here, and not where the fault was caught, for that one may quote the address with its password
    raise LedgerError(wrong)
