"""One connection to a database, read at any time and written to while held; faults are said in plain words.

What differs between SQLite and PostgreSQL stands in `sql_sqlite.py` and `sql_postgresql.py`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter
from typing import Any, Protocol, TypeVar

from sqlalchemy import ClauseElement, Connection, Engine, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from rules_engine.errors import LedgerError, StaleStanding
from rules_engine.ledger.sql_schema import is_newest, migrate, version_of
from rules_engine.ledger.sql_statements import Step

T = TypeVar("T")

OVERTAKEN = {"LS001", "23505", "40P01", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}
"""What either database calls it when others moved what was looked at, took a position or an id, or hold each other up.

The connection is as good as before, and its transaction has to be rolled back.
"""

COMMIT, ROLLBACK = text("COMMIT"), text("ROLLBACK")

Rows = Sequence[tuple[Any, ...]]

Said = tuple[str, Any]
"""A statement in a database's own words, and its values as the driver takes them."""

Pause = Callable[[float], None]
"""Waits so many seconds, in which nothing is said to the database."""

_LEFT: list[Connection] = []
"""Connections that were in the middle of something when the process was forked: touched by nobody ever after."""


@dataclass(frozen=True, slots=True)
class Hold:
    """What nobody else may record into: some programmes, or the whole ledger where `programmes` is None."""

    programmes: frozenset[str] | None

    def besides(self, held: Hold) -> frozenset[str]:
        """List the programmes that are not held yet."""
        if self.programmes is None or held.programmes is None:
            return frozenset()
        return self.programmes - held.programmes


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

    def is_outdated(self) -> bool:
        """Tell whether the last connection made cannot see what was written since, so that another is needed."""

    def begin(self, connection: Connection, pause: Pause, hold: Hold) -> Sequence[Step]:
        """Begin a transaction that holds something, waiting for others with patience; give what is still to be said."""

    def hold_more(self, programmes: frozenset[str]) -> Sequence[Step]:
        """Give what has to be said to hold more programmes in a transaction that is begun."""

    def before_keeping(self) -> Sequence[Step]:
        """Give what has to be said before rows are added, so that they are numbered in the order they are kept."""

    def at_one_stroke(self, driver: Any, said: Sequence[Said]) -> list[Rows] | None:
        """Send several statements together, and give what each has as its answer; None where no answer is far away."""

    def claim(self, listener: str) -> Step | None:
        """Give the question whether a listener is free, which takes it if it is; None where nobody can tell."""

    def let_go(self, listener: str) -> Step:
        """Give what lets go of a listener that was free."""

    def leave(self, connection: Connection) -> None:
        """Make a connection nobody's in a new process, so that closing it here does nothing to the one who forked."""

    def explain(self, fault: BaseException, *, lost: bool) -> LedgerError:
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
        self._is_begun = False

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
        self.begin(Hold(None))
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

    @property
    def dialect(self) -> str:
        """The name of the kind of database."""
        return self._engine.dialect.name

    @property
    def only_reading(self) -> bool:
        """Whether nothing may be written to it."""
        return self._kind.only_reading

    def go(self, steps: Sequence[Step]) -> list[Rows]:
        """Carry out several statements at one stroke, and give the rows that each has as its answer."""
        with self._plainly() as connection:
            return self._carried_out(connection, steps)

    def read(self, statement: ClauseElement, values: Mapping[str, Any]) -> Rows:
        """Give the rows a question has as its answer."""
        return self.go([Step(statement, [values])])[0]

    def write(self, statement: ClauseElement, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows."""
        self.go([Step(statement, rows)])

    def begin(self, hold: Hold, steps: Sequence[Step] = ()) -> list[Rows]:
        """Begin a transaction that holds something, and carry out statements in it at the same stroke."""
        if self._kind.only_reading:
            raise self._only_read()
        try:
            with self._plainly() as connection:
                begun = self._begun(connection, hold)
                return self._carried_out(connection, [*begun, *steps])[len(begun) :]
        except BaseException:
            self.close()
            raise

    def keep(self, held: Hold | None, needed: Hold, steps: Sequence[Step]) -> None:
        """Carry out statements and commit, at one stroke.

        `held` is what the transaction that is begun holds, and None begins one; `needed` is what is written to.
        """
        if self._kind.only_reading:
            raise self._only_read()
        with self._plainly() as connection:
            begun = self._begun(connection, needed) if held is None else self._kind.hold_more(needed.besides(held))
            self._carried_out(connection, [*begun, *self._kind.before_keeping(), *steps, Step(COMMIT)])
            self._is_begun = False

    def commit(self) -> None:
        """Keep what was written since the transaction began."""
        self.go([Step(COMMIT)])
        self._is_begun = False

    def roll_back(self) -> None:
        """Undo what was written since a transaction began, if one did and its connection is still there."""
        if self._connection is not None and self._is_begun:
            self.go([Step(ROLLBACK)])
        self._is_begun = False

    def claim(self, listener: str) -> bool:
        """Take a listener if it is free, and tell whether it was."""
        step = self._kind.claim(listener)
        return step is None or bool(self.go([step])[0][0][0])

    def let_go(self, listener: str) -> None:
        """Let go of a listener, where others could not have it meanwhile."""
        if self._kind.claim(listener) is not None:
            self.go([self._kind.let_go(listener)])

    def close(self) -> None:
        """Let go of the connection; what was not committed is undone."""
        connection, self._connection = self._connection, None
        self._is_begun = False
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
        self._is_begun = False
        if connection is None:
            return
        if not does_no_harm:
            self._is_lost = True
            _LEFT.append(connection)
            return
        self._kind.leave(connection)
        _end(connection)

    def _begun(self, connection: Connection, hold: Hold) -> Sequence[Step]:
        self._is_begun = True
        return self._kind.begin(connection, self._pause, hold)

    def _carried_out(self, connection: Connection, steps: Sequence[Step]) -> list[Rows]:
        driver: Any = connection.connection.driver_connection
        said = [[(words.text, words.values(row)) for row in step.rows] for step, words in self._with_words(steps)]
        answers = self._kind.at_one_stroke(driver, [each for several in said for each in several])
        if answers is None:
            return [self._answer(driver, step, several) for step, several in zip(steps, said, strict=True)]
        ends = accumulate(map(len, said))
        return [answers[end - 1] for end in ends]

    def _answer(self, driver: Any, step: Step, said: Sequence[Said]) -> Rows:
        cursor = driver.cursor()
        if len(said) == 1:
            cursor.execute(*said[0])
        else:
            cursor.executemany(said[0][0], [values for _, values in said])
        rows: Rows = cursor.fetchall() if cursor.description else []
        if step.refuses and rows:
            raise self._overtaken()
        return rows

    def _with_words(self, steps: Sequence[Step]) -> Iterator[tuple[Step, _Spoken]]:
        return ((step, self._in_its_own_words(step.statement)) for step in steps)

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
        raise told

    def _told(self, fault: BaseException) -> StaleStanding | LedgerError:
        """Give the driver's fault as one of ours, and let go of the connection unless it is as good as before."""
        if OVERTAKEN & {getattr(fault, "sqlstate", ""), getattr(fault, "sqlite_errorname", "")}:
            return self._overtaken()
        raw = None if self._connection is None else self._connection.connection.driver_connection
        lost = raw is not None and self._engine.dialect.is_disconnect(fault, raw, None)  # type: ignore[arg-type]
        self.close()
        return self._kind.explain(fault, lost=lost)

    def _only_read(self) -> LedgerError:
        return LedgerError(f"the ledger at `{self._kind.where}` was opened only to be read: nothing is recorded")

    def _overtaken(self) -> StaleStanding:
        return StaleStanding(f"somebody else wrote to `{self._kind.where}` meanwhile: decide again")

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
        if self._connection is not None and self._kind.is_outdated():
            self.close()
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
