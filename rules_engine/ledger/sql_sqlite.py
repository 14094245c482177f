"""A ledger in one file: what has to be said to SQLite in its own way."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.pool import NullPool

from rules_engine.errors import LedgerError
from rules_engine.ledger.sql_database import Hold, Pause, Said
from rules_engine.ledger.sql_schema import refuse_other_tables
from rules_engine.ledger.sql_statements import Step

PAUSE = 0.0005
"""Seconds between two tries for the file: short, so that a writer who comes back at once seldom gets in between."""

EXPLANATIONS = {
    "SQLITE_BUSY": "another program has held `{where}` for more than {patience} s: "
    "let it finish or end it, then run again",
    "SQLITE_FULL": "the disk is full, so `{where}` cannot grow: make room, then run again; "
    "what was answered before is kept, and nothing is half-written",
    "SQLITE_IOERR": "`{where}` cannot be written to or read from ({said}): see that the disk is there and has room, "
    "then run again; what was answered before is kept, and nothing is half-written",
    "SQLITE_NOTADB": "`{where}` is a file of another kind, not a ledger: give another name",
    "SQLITE_CORRUPT": "`{where}` is damaged ({said}): put a copy back, and run again what came since",
    "SQLITE_READONLY": "`{where}` may only be read by this user: allow writing to the file and its folder",
    "SQLITE_CANTOPEN": "`{where}` cannot be opened: allow this user to read and write the file and its folder",
}
"""What to tell of each kind of fault, by SQLite's name for it or the start of that name."""

OTHERWISE = "`{where}` cannot be used as a ledger: {said}"

ONLY_READING = {"mode": "ro"}
"""What an address says of a file that is only to be read."""

ONLY_ITS_OWNER = 0o600
"""Who may read and write a ledger that we make. SQLite gives the same rights to what it keeps beside the file."""


class Sqlite:
    """A file; one writer at a time, readers at any time."""

    is_shared = False

    def __init__(self, url: URL, *, create: bool, only_reading: bool = False, patience: int) -> None:
        beside_a_path = (url.host, url.port, url.username, url.password)
        is_plain = not any(beside_a_path) and url.query in ({}, ONLY_READING)
        if not url.database or url.database == ":memory:" or not is_plain:
            raise LedgerError(
                "a ledger in a file is given as `sqlite:///folder/name`, with `?mode=ro` after it if it is only to be "
                "read; one in memory as `memory:`"
            )
        self.where = url.database
        self.silence: float = patience
        self._is_given_to_read = url.query == ONLY_READING
        self.only_reading = only_reading or self._is_given_to_read
        self._patience = patience
        self._stood: Stood | None = None
        create = create and not self.only_reading
        try:
            self._check(Path(url.database), create=create)
            if create:
                _make_for_its_owner(url.database)
        except (OSError, ValueError) as fault:
            why = getattr(fault, "strerror", None) or str(fault)
            raise LedgerError(f"`{self.where}` cannot be opened ({why}): give another path") from fault

    def engine(self) -> Engine:
        """Make what connects to the file; transactions are begun and ended by us, not by the driver."""
        return create_engine("sqlite+pysqlite://", isolation_level="AUTOCOMMIT", poolclass=NullPool, creator=self._made)

    def _made(self) -> sqlite3.Connection:
        file = Path(self.where).absolute()
        address, self._stood = str(file), None
        if self._is_given_to_read or (self.only_reading and not _may_write(file, file.parent)):
            address, stood = f"{file.as_uri()}?mode=ro", _as_it_stands(file)
            if _stands_alone(file, stood):
                address, self._stood = f"{address}&immutable=1", stood
        by_uri = address.startswith("file:")
        return sqlite3.connect(address, uri=by_uri, timeout=self._patience, check_same_thread=False)

    def is_outdated(self) -> bool:
        """Tell whether a file that is read as it stood has been written to since."""
        return self._stood is not None and self._stood != _as_it_stands(Path(self.where))

    def settle(self, connection: Connection, pause: Pause) -> None:
        """Let readers and a writer work side by side, and have every commit reach the disk, and nothing before it."""
        if self.only_reading:
            return
        if connection.exec_driver_sql("PRAGMA journal_mode").scalar() != "wal":
            refuse_other_tables(connection, self.where)
            self._patiently(connection, "PRAGMA journal_mode = WAL", pause)
        connection.exec_driver_sql("PRAGMA synchronous = FULL")
        connection.exec_driver_sql("PRAGMA cache_spill = OFF")

    def begin(self, connection: Connection, pause: Pause, hold: Hold) -> Sequence[Step]:
        """Begin a transaction as the file's only writer, whatever is to be held.

        SQLite's own waiting tries less and less often, which starves whoever waited longest.
        """
        del hold
        self._patiently(connection, "BEGIN IMMEDIATE", pause)
        return ()

    def hold_more(self, programmes: frozenset[str]) -> Sequence[Step]:
        """Give nothing: all is held."""
        del programmes
        return ()

    def before_keeping(self) -> Sequence[Step]:
        """Give nothing: the only writer numbers its rows in the order they are kept."""
        return ()

    def at_one_stroke(self, driver: object, said: Sequence[Said]) -> None:
        """Leave it to be said one by one: the file is at hand."""
        del driver, said

    def claim(self, listener: str) -> None:
        """Give nothing: a file has no locks besides that of its writer."""
        del listener

    def let_go(self, listener: str) -> Step:
        """Raise: nothing was taken."""
        raise NotImplementedError(listener)

    def leave(self, connection: Connection) -> None:
        """Do nothing: closing lets go of this process's locks only, and nothing is written before a commit."""

    def masked(self, said: str) -> str:
        """Give what is said as it is: a file has no password."""
        return said

    def explain(self, fault: BaseException, *, lost: bool) -> LedgerError:
        """Say what went wrong and what to do about it; that others hold the file passes by itself."""
        del lost  # a file has no connection to lose
        name = getattr(fault, "sqlite_errorname", "")
        told = next((told for start, told in EXPLANATIONS.items() if name.startswith(start)), OTHERWISE)
        message = told.format(where=self.where, patience=self._patience, said=str(fault))
        return LedgerError(message, trying_again_helps=name.startswith("SQLITE_BUSY"))

    @staticmethod
    def _check(path: Path, *, create: bool) -> None:
        """Refuse a path that can be no ledger before anything is written there."""
        if path.is_dir():
            raise LedgerError(f"`{path}` is a folder: give the name of a file in it")
        if path.exists() and not path.is_file():
            raise LedgerError(f"`{path}` is not a file, so no ledger can be kept in it: give another path")
        if not path.parent.is_dir():
            raise LedgerError(f"the folder `{path.parent}` does not exist: make it, or give another path")
        if not create and not path.is_file():
            raise LedgerError(f"there is no ledger at `{path}`: check the path, or record into it first")

    def _patiently(self, connection: Connection, statement: str, pause: Pause) -> None:
        """Try a statement over and over while others hold the file, and raise its fault after so many seconds."""
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        give_up_at = time.monotonic() + self._patience
        driver.execute("PRAGMA busy_timeout = 0")
        while True:
            try:
                driver.execute(statement)
                break
            except sqlite3.DatabaseError as fault:
                if not fault.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() >= give_up_at:
                    raise
                pause(PAUSE)
        driver.execute(f"PRAGMA busy_timeout = {self._patience * 1000}")


class Stood(NamedTuple):
    """A file as it stood: what tells that it was written to, and whether some of it stands beside it still."""

    changed: int
    size: int
    waits: bool


def _as_it_stands(file: Path) -> Stood:
    """Look at a file, and at those in which SQLite keeps what has not reached it yet, or has to be undone in it."""
    known, beside = file.stat(), (file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-journal"))
    return Stood(known.st_mtime_ns, known.st_size, any(each.exists() and each.stat().st_size for each in beside))


def _stands_alone(file: Path, stood: Stood) -> bool:
    """Tell whether SQLite has to be told that nobody writes to a file.

    It keeps readers and the writer of a file apart by files beside it. Where these are not there and cannot be made,
    nobody has the file open to write, and it is read as it stands.
    """
    return _is_kept_with_others(file) and not stood.waits and not _may_write(file.parent)


def _is_kept_with_others(file: Path) -> bool:
    """Tell whether readers of a file need others beside it; the nineteenth byte of it says so."""
    with file.open("rb") as content:
        return content.read(19)[18:] == b"\x02"


def _may_write(*paths: Path) -> bool:
    by_effect = os.access in os.supports_effective_ids
    return all(os.access(path, os.W_OK, effective_ids=by_effect) for path in paths)


def is_open_to_others(path: str) -> bool:
    """Tell whether more people than a file's owner may read or write it."""
    return bool(os.stat(path).st_mode & 0o066)


def _make_for_its_owner(path: str) -> None:
    """Make a file where there is none, whatever the process's mask would leave to others, or take from its owner."""
    try:
        made = os.open(os.path.realpath(path), os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_ITS_OWNER)
    except FileExistsError:
        return
    try:
        os.fchmod(made, ONLY_ITS_OWNER)
    finally:
        os.close(made)
