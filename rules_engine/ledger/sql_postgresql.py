"""A ledger on a server: what has to be said to PostgreSQL in its own way."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import quote_plus

from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.pool import NullPool

from rules_engine.errors import LedgerError
from rules_engine.ledger.passwords import MASK, is_secret, without_passwords
from rules_engine.ledger.sql_database import Pause

LOCK = "SELECT pg_advisory_xact_lock(hashtext('retail note rules ledger'))"
"""One writer at a time, first come first served; a lock of our own asks for no right but to read and insert."""

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


NO_HOST_S_NAME = "no host can have the name in `{where}`: check it"


class Postgresql:
    """A database on a server; one writer at a time, readers at any time."""

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

    def begin(self, connection: Connection, pause: Pause) -> None:
        """Begin a transaction as the ledger's only writer, which sees all that writers before it committed."""
        del pause  # the server does the waiting
        connection.connection.cursor().execute(f"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; {LOCK}")

    def leave(self, connection: Connection) -> None:
        """Cut this process's end of the wire, on which the driver would take leave of the server for both of them."""
        raw = connection.connection.driver_connection
        if raw is None or raw.closed:
            return
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, raw.fileno())
        os.close(nowhere)

    def explain(self, fault: BaseException, *, lost: bool) -> str:
        """Say what went wrong and what to do about it."""
        diagnosis = getattr(fault, "diag", None)
        said = " ".join((getattr(diagnosis, "message_primary", None) or str(fault)).split())
        state = getattr(fault, "sqlstate", None) or ""
        told = next((told for start, told in BY_STATE.items() if state.startswith(start)), None)
        if told is None and not state:
            told = next((told for words, told in BY_WORDS.items() if words in said), None)
        if isinstance(fault, UnicodeError):
            told = NO_HOST_S_NAME  # by its kind, for each version of Python words it in its own way
        if told is None and lost:
            told = LOST + KEPT
        told = told or "the ledger at `{where}` cannot be used: {said}"
        return told.format(where=self.where, patience=self._patience, said=self.masked(said))

    def masked(self, said: str) -> str:
        """Give what a driver says without the passwords of this address."""
        return without_passwords(said, self._passwords)


def _last(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else value[-1]


def _shown(url: URL, secret: Mapping[str, str]) -> str:
    """Write an address as anybody may see it."""
    masked = url.update_query_dict(dict.fromkeys(secret, MASK)).render_as_string(hide_password=True)
    return without_passwords(masked.replace(quote_plus(MASK), MASK))
