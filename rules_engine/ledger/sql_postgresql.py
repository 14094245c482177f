"""A ledger on a server: what has to be said to PostgreSQL in its own way."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote_plus

from sqlalchemy import URL, Connection, Engine, create_engine, text
from sqlalchemy.pool import NullPool

from rules_engine.errors import LedgerError
from rules_engine.ledger.passwords import MASK, is_secret, without_passwords
from rules_engine.ledger.sql_database import Hold, Pause, Rows, Said
from rules_engine.ledger.sql_statements import Step, names

_OURS = "hashtext('retail note rules ledger')"

BEGIN = text("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
HOLD_ALL = text(f"SELECT pg_advisory_xact_lock({_OURS})")
HOLD_NOT_ALL = text(f"SELECT pg_advisory_xact_lock_shared({_OURS})")
HOLD_SOME = text(
    f"SELECT pg_advisory_xact_lock({_OURS}, key) FROM (SELECT DISTINCT hashtext(name) AS key "
    "FROM json_array_elements_text(CAST(:programmes AS json)) AS name ORDER BY key) AS keys"
)
"""First come first served; in one order, so that two programs never wait for each other."""

NUMBER = text("SELECT pg_advisory_xact_lock(hashtext('retail note rules ledger: numbers'))")
"""Held from the first row added to the commit: a number is given to nobody while a smaller one may still come."""

_LISTENER = "(hashtext('retail note rules listener'), hashtext(:listener))"
CLAIM, LET_GO = text(f"SELECT pg_try_advisory_lock{_LISTENER}"), text(f"SELECT pg_advisory_unlock{_LISTENER}")

LOST = "the connection to `{where}` was lost ({said}): once the server is there, run again; "
KEPT = "what was recorded is kept, and nothing is recorded twice"

BY_STATE = {
    "55P03": "another program has held the ledger at `{where}` for more than {patience} s: "
    "let it finish or end it, then run again",
    "25P03": "this program held the ledger at `{where}` too long without a word, and the server let others in: "
    "run again; " + KEPT,
    "53100": "the disk of the server `{where}` is full: make room there, then run again; " + KEPT,
    "53300": "the server `{where}` takes no more connections: close some, then run again",
    "3F": "`{where}` has no schema that its user may use ({said}): make one, or grant the right to use it",
    "25006": "the database `{where}` may only be read ({said}): give one that can be written to",
    "42501": "the user of `{where}` may not do this ({said}): grant the right to read and insert, "
    "and once, to bring the tables up to date, the right to create them",
    "42": "`{where}` holds other tables than a ledger's ({said}): give another database",
    "57": LOST + KEPT,
    "08": LOST + KEPT,
}
"""What to tell of each kind of fault, by the server's code for it or the start of that code."""

BY_WORDS = {
    "password": "the server does not accept the password for `{where}`: give the right one, "
    "in the address or in PGPASSWORD",
    'role "': "the server `{where}` does not know this user ({said})",
    "does not exist": "there is no such database ({said}): make it with `createdb`, then run again",
    "refused": "no server answers at `{where}`: start it, or check host and port",
    "could not translate host name": "no host goes by the name in `{where}`: check it",
    "failed to resolve host": "no host goes by the name in `{where}`: check it",
    "the server running": "no server answers at `{where}`: start it, or check host and port",
    "timeout": "no server answers at `{where}`: check host and port, and what stands between",
}
"""The same for faults that come before there is a connection, which have no code, by what is said."""

PASSING = ("55P03", "25P03", "53300", "57", "08")
"""The states that may be over a little later although nobody mends anything: others hold it, or the server restarts."""

PASSING_WORDS = frozenset({"refused", "the server running", "timeout"})
"""The same of faults that have no code."""


NO_HOST_S_NAME = "no host can have the name in `{where}`: check it"


class Postgresql:
    """A database on a server; one writer at a time for each programme, readers at any time."""

    is_shared = True
    silence: float = 0

    def __init__(self, url: URL, *, only_reading: bool = False, patience: int) -> None:
        self.only_reading = only_reading
        secret = {name: _last(value) for name, value in url.query.items() if is_secret(name)}
        self._url = url.set(drivername="postgresql+psycopg").difference_update_query(secret)
        self._given_apart = secret
        self._passwords = (*secret.values(), url.password or "", os.environ.get("PGPASSWORD", ""))
        self._patience = patience
        self.where = _shown(url, secret)

    def engine(self) -> Engine:
        """Make what connects to the server; transactions are begun and ended by us, not by the driver."""
        try:
            return create_engine(
                self._url, isolation_level="AUTOCOMMIT", poolclass=NullPool, connect_args=self._given_apart
            )
        except ModuleNotFoundError as fault:
            raise LedgerError(
                "PostgreSQL's driver is not installed: pip install 'retail-note-rules[postgresql]'"
            ) from fault

    def settle(self, connection: Connection, pause: Pause) -> None:
        """Wait for other writers so long and no longer; and let nobody wait for a writer who stopped."""
        del pause  # the server does the waiting
        connection.exec_driver_sql(f"SET lock_timeout = '{self._patience}s'")
        connection.exec_driver_sql(f"SET idle_in_transaction_session_timeout = '{self._patience}s'")

    def is_outdated(self) -> bool:
        """Say no: every question is answered with what was written by then."""
        return False

    def begin(self, connection: Connection, pause: Pause, hold: Hold) -> Sequence[Step]:
        """Begin a transaction that holds programmes, or all; each statement in it sees what others committed."""
        del connection, pause  # the server does the waiting
        if hold.programmes is None:
            return Step(BEGIN), Step(HOLD_ALL)
        return Step(BEGIN), Step(HOLD_NOT_ALL), *self.hold_more(hold.programmes)

    def hold_more(self, programmes: frozenset[str]) -> Sequence[Step]:
        """Hold programmes one after the other; where two programs then wait for each other, the server ends one."""
        return (Step(HOLD_SOME, [{"programmes": names(programmes)}]),) if programmes else ()

    def before_keeping(self) -> Sequence[Step]:
        """Let one writer at a time number its rows, which it has ready by then, and commit."""
        return (Step(NUMBER),)

    def at_one_stroke(self, driver: Any, said: Sequence[Said]) -> list[Rows]:
        """Send several statements as one, with their values written into them by the driver."""
        from psycopg import ClientCursor

        # not in a pipeline: the driver ends it by a word after which the server no longer minds a writer who stopped
        cursor = ClientCursor(driver)
        cursor.execute(";".join(cursor.mogrify(text, values) for text, values in said).encode())
        answers: list[Rows] = []
        while True:
            answers.append(cursor.fetchall() if cursor.description else [])
            if not cursor.nextset():
                return answers

    def claim(self, listener: str) -> Step:
        """Ask for a listener for as long as the connection lasts."""
        return Step(CLAIM, [{"listener": listener}])

    def let_go(self, listener: str) -> Step:
        """Let go of a listener."""
        return Step(LET_GO, [{"listener": listener}])

    def leave(self, connection: Connection) -> None:
        """Cut this process's end of the wire, on which the driver would take leave of the server for both of them."""
        raw = connection.connection.driver_connection
        if raw is None or raw.closed:
            return
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, raw.fileno())
        os.close(nowhere)

    def explain(self, fault: BaseException, *, lost: bool) -> LedgerError:
        """Say what went wrong and what to do about it."""
        diagnosis = getattr(fault, "diag", None)
        said = " ".join((getattr(diagnosis, "message_primary", None) or str(fault)).split())
        state = getattr(fault, "sqlstate", None) or ""
        told = next((told for start, told in BY_STATE.items() if state.startswith(start)), None)
        passes = state.startswith(PASSING)
        if told is None and not state:
            words = next((words for words in BY_WORDS if words in said), "")
            told, passes = BY_WORDS.get(words), words in PASSING_WORDS
        if isinstance(fault, UnicodeError):
            told = NO_HOST_S_NAME  # by its kind, for each version of Python words it in its own way
        if told is None and lost:
            told, passes = LOST + KEPT, True
        told = told or "the ledger at `{where}` cannot be used: {said}"
        message = told.format(where=self.where, patience=self._patience, said=self.masked(said))
        return LedgerError(message, trying_again_helps=passes)

    def masked(self, said: str) -> str:
        """Give what a driver says without the passwords of this address."""
        return without_passwords(said, self._passwords)


def _last(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else value[-1]


def _shown(url: URL, secret: Mapping[str, str]) -> str:
    """Write an address as anybody may see it."""
    masked = url.update_query_dict(dict.fromkeys(secret, MASK)).render_as_string(hide_password=True)
    return without_passwords(masked.replace(quote_plus(MASK), MASK))
