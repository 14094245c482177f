"""One connection to a database, read at any time and written to while held; faults are said in plain words.

What differs between SQLite and PostgreSQL stands in `sql_sqlite.py` and `sql_postgresql.py`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Protocol, TypeVar

from sqlalchemy import ClauseElement, Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from rules_engine.errors import LedgerError, StaleStanding
from rules_engine.ledger.sql_schema import is_newest, migrate, version_of

T = TypeVar("T")

TAKEN = {"23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}
"""What either database calls it when a position or an event id is taken."""


Pause = Callable[[float], None]
"""Waits so many seconds, in which nothing is said to the database."""

_LEFT: list[Connection] = []
"""Connections that were in the middle of something when the process was forked: touched by nobody ever after."""


class Kind(Protocol):
    """A kind of database: what has to be said to it in its own way."""

    where: str
    """Its address as a person may see it, without a password."""

    is_shared: bool
    """Whether a ledger's tables may stand among others."""

    only_reading: bool
    """Whether nothing is ever written there, so that whoever may only read may open it."""

    silence: float
    """Seconds for which a fork waits until nothing is being said to it; 0 where a fork in mid-sentence does no harm."""

    def engine(self) -> Engine:
        """Make what connects to it; raise LedgerError if the address cannot be connected to at all."""

    def settle(self, connection: Connection, pause: Pause) -> None:
        """Set up a new connection."""

    def begin(self, connection: Connection, pause: Pause) -> None:
        """Begin a transaction that no other writer's overlaps, waiting for the others with patience."""

    def leave(self, connection: Connection) -> None:
        """Make a connection nobody's in a new process, so that closing it here does nothing to the one who forked."""

    def explain(self, fault: BaseException, *, lost: bool) -> str:
        """Say what went wrong by the driver's fault, and what to do about it; `lost` if the connection is gone."""

    def masked(self, said: str) -> str:
        """Give what a driver says without passwords."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A statement in a database's own words, with what SQLAlchemy fills in.

    `placed` lays values out in their order, where they go by place; None where they go by name.
    """

    text: str
    given: Mapping[str, Any]
    placed: Callable[[Mapping[str, Any]], Any] | None

    def values(self, values: Mapping[str, Any]) -> Any:
        """Lay out the values of one execution as the driver takes them."""
        named = {**self.given, **values} if self.given.keys() - values.keys() else values
        return named if self.placed is None else self.placed(named)


def _placed(names: Sequence[str] | None) -> Callable[[Mapping[str, Any]], Any] | None:
    """Make what lays out values by place; `itemgetter` gives a bare value for one name, so that is wrapped."""
    if names is None:
        return None
    if len(names) == 1:
        return lambda values: (values[names[0]],)
    return itemgetter(*names) if names else lambda values: ()


class Database:
    """One connection, opened when first needed and again after it was lost."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._engine = self._made(kind.engine)
        self._driver = self._engine.dialect.loaded_dbapi
        self._connection: Connection | None = None
        self._spoken: dict[ClauseElement, _Spoken] = {}
        self._speaking = threading.RLock()
        self._is_silent = False
        self._is_lost = False

    def open(self, *, create: bool) -> None:
        """Bring the tables up to date, or make them; with `create` false, refuse a place without a ledger."""
        try:
            self._open(create=create)
        except BaseException:
            self.close()
            raise

    def _open(self, *, create: bool) -> None:
        with self._plainly() as connection:
            version = version_of(connection, self._kind.where, is_shared=self._kind.is_shared)
        if is_newest(version, self._kind.where):
            return
        if version is None and (self._kind.only_reading or not create):
            raise LedgerError(f"there is no ledger at `{self._kind.where}`: check the address, or record into it first")
        if self._kind.only_reading:
            raise LedgerError(
                f"the ledger at `{self._kind.where}` was written by an earlier version of this program ({version}) and "
                "is only read here: record into it once with this version, as a user who may write"
            )
        self.begin()
        try:
            with self._plainly() as connection:
                # another program may have been quicker
                version = version_of(connection, self._kind.where, is_shared=self._kind.is_shared)
                if not is_newest(version, self._kind.where):
                    migrate(connection)
        except BaseException:
            self.roll_back()
            raise
        self.commit()

    def read(self, statement: ClauseElement, values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
        """Give the rows a question has as its answer."""
        spoken = self._in_its_own_words(statement)
        with self._plainly() as connection:
            cursor = connection.connection.cursor()
            cursor.execute(spoken.text, spoken.values(values))
            return cursor.fetchall()

    def write(self, statement: ClauseElement, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows within the transaction begun."""
        spoken = self._in_its_own_words(statement)
        with self._plainly() as connection:
            cursor = connection.connection.cursor()
            if len(rows) == 1:
                cursor.execute(spoken.text, spoken.values(rows[0]))
            else:
                cursor.executemany(spoken.text, [spoken.values(row) for row in rows])

    def begin(self) -> None:
        """Begin a transaction that no other writer's overlaps."""
        if self._kind.only_reading:
            raise LedgerError(f"the ledger at `{self._kind.where}` was opened only to be read: nothing is recorded")
        try:
            with self._plainly() as connection:
                self._kind.begin(connection, self._pause)
        except BaseException:
            self.close()
            raise

    def commit(self) -> None:
        """Keep what was written since the transaction began."""
        with self._plainly() as connection:
            connection.connection.cursor().execute("COMMIT")

    def roll_back(self) -> None:
        """Undo what was written since the transaction began; a connection already let go of has undone it."""
        if self._connection is not None:
            with self._plainly() as connection:
                connection.connection.cursor().execute("ROLLBACK")

    def close(self) -> None:
        """Let go of the connection; what was not committed is undone."""
        connection, self._connection = self._connection, None
        if connection is not None:
            _end(connection)

    def before_fork(self) -> None:
        """Let whoever speaks to the database end the sentence, where a fork in the middle of it would do harm."""
        self._is_silent = self._kind.silence > 0 and self._speaking.acquire(timeout=self._kind.silence)

    def after_fork(self) -> None:
        """Let others speak again."""
        if self._is_silent:
            self._is_silent = False
            self._speaking.release()

    def start_anew(self) -> None:
        """Leave a connection that is open to the process that forked, and make a new one when one is needed."""
        does_no_harm, self._is_silent = self._is_silent or self._kind.silence == 0, False
        self._speaking = threading.RLock()
        self._engine = self._made(self._kind.engine)
        connection, self._connection = self._connection, None
        if connection is None:
            return
        if not does_no_harm:
            self._is_lost = True
            _LEFT.append(connection)
            return
        self._kind.leave(connection)
        _end(connection)

    @contextmanager
    def _plainly(self) -> Iterator[Connection]:
        """Give the connection; turn a fault of the database into one of ours, and let go of the connection."""
        with self._speaking:
            try:
                yield self._connected()
            except DBAPIError as wrapped:
                raise self._told(wrapped.orig or wrapped) from self._harmless(wrapped)
            except self._driver.Error as fault:
                raise self._told(fault) from self._harmless(fault)

    def _pause(self, seconds: float) -> None:
        """Wait without a word, so that a fork need not wait as well."""
        self._speaking.release()
        time.sleep(seconds)
        self._speaking.acquire()

    def _harmless(self, fault: BaseException) -> BaseException | None:
        """Give a fault to be named as the cause of ours, unless what it says holds a password."""
        said = str(fault)
        return fault if self._kind.masked(said) == said else None

    def _made(self, make: Callable[[], T]) -> T:
        """Make what an address asks for; whatever is wrong with it before there is a connection is a fault of ours."""
        try:
            return make()
        except DBAPIError:
            raise
        except (SQLAlchemyError, ValueError, TypeError, OSError) as fault:
            told = self._kind.explain(fault, lost=False)
        raise LedgerError(told)

    def _told(self, fault: BaseException) -> StaleStanding | LedgerError:
        """Let go of the connection, and give the driver's fault as one of ours."""
        raw = None if self._connection is None else self._connection.connection.driver_connection
        lost = raw is not None and self._engine.dialect.is_disconnect(fault, raw, None)  # type: ignore[arg-type]
        self.close()
        if TAKEN & {getattr(fault, "sqlstate", ""), getattr(fault, "sqlite_errorname", "")}:
            return StaleStanding(f"somebody else wrote to `{self._kind.where}` meanwhile: decide again")
        return LedgerError(self._kind.explain(fault, lost=lost))

    def _in_its_own_words(self, statement: ClauseElement) -> _Spoken:
        """Give a statement as this database and its driver want it, which is worked out once."""
        if statement not in self._spoken:
            compiled = statement.compile(dialect=self._engine.dialect)
            given = {name: value for name, value in compiled.params.items() if value is not None}
            self._spoken[statement] = _Spoken(str(compiled), given, _placed(getattr(compiled, "positiontup", None)))
        return self._spoken[statement]

    def _connected(self) -> Connection:
        if self._is_lost:
            raise LedgerError(
                f"`{self._kind.where}` was being written to when this process was forked, and cannot be used in it: "
                "open the ledger in a process that was started anew"
            )
        if self._connection is None:
            self._connection = self._made(self._engine.connect)
            try:
                self._kind.settle(self._connection, self._pause)
            except LedgerError:
                self.close()
                raise
        return self._connection


def _end(connection: Connection) -> None:
    connection.invalidate()  # ends the connection itself, whatever state a fault left it in
    connection.close()
