"""A ledger on a server: what has to be said to PostgreSQL in its own way."""

from __future__ import annotations

from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.pool import NullPool

from rules_engine.errors import LedgerError

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
    "42501": "the user of `{where}` may not do this ({said}): grant the right to read and insert, "
    "and once, to bring the tables up to date, the right to create them",
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
    "timeout": "no server answers at `{where}`: check host and port, and what stands between",
}
"""The same for faults that come before there is a connection, which have no code, by what is said."""


class Postgresql:
    """A database on a server; one writer at a time, readers at any time."""

    def __init__(self, url: URL, *, patience: int) -> None:
        self._url = url.set(drivername="postgresql+psycopg")
        self._patience = patience
        self.where = url.render_as_string(hide_password=True)

    def engine(self) -> Engine:
        """Make what connects to the server; transactions are begun and ended by us, not by the driver."""
        try:
            return create_engine(self._url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        except ModuleNotFoundError as fault:
            raise LedgerError(
                "PostgreSQL's driver is not installed: pip install 'retail-note-rules[postgresql]'"
            ) from fault

    def settle(self, connection: Connection) -> None:
        """Wait for other writers so long and no longer; and let nobody wait for a writer who stopped."""
        connection.exec_driver_sql(f"SET lock_timeout = '{self._patience}s'")
        connection.exec_driver_sql(f"SET idle_in_transaction_session_timeout = '{self._patience}s'")

    def begin(self, connection: Connection) -> None:
        """Begin a transaction as the ledger's only writer, which sees all that writers before it committed."""
        connection.connection.cursor().execute(f"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; {LOCK}")

    def explain(self, fault: BaseException, *, lost: bool) -> str:
        """Say what went wrong and what to do about it."""
        said = " ".join(str(fault).split())
        state = getattr(fault, "sqlstate", None) or ""
        told = next((told for start, told in BY_STATE.items() if state.startswith(start)), None)
        if told is None and not state:
            told = next((told for words, told in BY_WORDS.items() if words in said), None)
        if told is None and lost:
            told = LOST + KEPT
        told = told or "the ledger at `{where}` cannot be used: {said}"
        return told.format(where=self.where, patience=self._patience, said=said)
