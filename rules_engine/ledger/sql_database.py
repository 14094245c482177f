"""One connection to a database, read at any time and written to while held; faults are said in plain words.

What differs between SQLite and PostgreSQL stands in `sql_sqlite.py` and `sql_postgresql.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Executable, Row
from sqlalchemy.exc import DBAPIError, IntegrityError

from rules_engine.errors import LedgerError, StaleStanding
from rules_engine.ledger.sql_schema import is_newest, migrate, version_of


class Kind(Protocol):
    """A kind of database: what has to be said to it in its own way."""

    where: str
    """Its address as a person may see it, without a password."""

    def engine(self) -> Engine:
        """Make what connects to it; raise LedgerError if the address cannot be connected to at all."""

    def settle(self, connection: Connection) -> None:
        """Set up a new connection."""

    def begin(self, connection: Connection) -> None:
        """Begin a transaction that no other writer's overlaps, waiting for the others with patience."""

    def explain(self, fault: DBAPIError) -> str:
        """Say what went wrong and what to do about it."""


class Database:
    """One connection, opened when first needed and again after it was lost."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._engine = kind.engine()
        self._connection: Connection | None = None

    def open(self, *, create: bool) -> None:
        """Bring the tables up to date, or make them; with `create` false, refuse a place without a ledger."""
        with self._plainly() as connection:
            version = version_of(connection)
        if is_newest(version, self._kind.where):
            return
        if version is None and not create:
            raise LedgerError(f"there is no ledger at `{self._kind.where}`: check the address, or record into it first")
        self.begin()
        try:
            with self._plainly() as connection:
                if not is_newest(version_of(connection), self._kind.where):  # another program may have been quicker
                    migrate(connection)
        except BaseException:
            self.roll_back()
            raise
        self.commit()

    def read(self, statement: Executable, values: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Give the rows a question has as its answer."""
        with self._plainly() as connection:
            return connection.execute(statement, values).all()

    def write(self, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows within the transaction begun."""
        with self._plainly() as connection:
            connection.execute(statement, rows)

    def begin(self) -> None:
        """Begin a transaction that no other writer's overlaps."""
        try:
            with self._plainly() as connection:
                self._kind.begin(connection)
        except BaseException:
            self.close()
            raise

    def commit(self) -> None:
        """Keep what was written since the transaction began."""
        with self._plainly() as connection:
            connection.exec_driver_sql("COMMIT")

    def roll_back(self) -> None:
        """Undo what was written since the transaction began; a connection already let go of has undone it."""
        if self._connection is not None:
            with self._plainly() as connection:
                connection.exec_driver_sql("ROLLBACK")

    def close(self) -> None:
        """Let go of the connection; what was not committed is undone."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()  # ends the connection itself, whatever state a fault left it in
            connection.close()

    @contextmanager
    def _plainly(self) -> Iterator[Connection]:
        """Give the connection; turn a fault of the database into one of ours, and let go of the connection."""
        try:
            yield self._connected()
        except IntegrityError as fault:
            self.close()
            raise StaleStanding(f"somebody else wrote to `{self._kind.where}` meanwhile: decide again") from fault
        except DBAPIError as fault:
            self.close()
            raise LedgerError(self._kind.explain(fault)) from fault

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
            self._kind.settle(self._connection)
        return self._connection
