"""The tables of a ledger on disk, and bringing an older ledger's tables up to date.

Alembic is loaded only when there is something to change, so that opening a ledger of today stays quick.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    CursorResult,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    inspect,
    text,
)
from sqlalchemy.exc import DBAPIError

from rules_engine.errors import LedgerError

LEFT_BEHIND = ("0001",)
"""Revisions of before anything was released, whose receipts this program does not give."""

REVISIONS = ("0002", "0003", "0004")
NEWEST = REVISIONS[-1]
"""The revision this program writes; `migrations/versions/` leads up to it."""

NOT_THERE = {"42P01", "42703", "SQLITE_ERROR"}
"""What either database calls it when there is no such table or column."""

VERSION_TABLE = "ledger_version"
MIGRATIONS = Path(__file__).parent / "migrations"

METADATA = MetaData()

ENTRIES = Table(
    "ledger_entries",
    METADATA,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), Identity(), primary_key=True),
    Column("programme", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("part", Integer, nullable=False),
    Column("request_id", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("packed", LargeBinary),
    Column("against", BigInteger),
    UniqueConstraint("programme", "position", name="ledger_entries_position"),
    UniqueConstraint("event_id", "part", name="ledger_entries_event"),
    Index("ledger_entries_request", "request_id", "seq"),
    sqlite_autoincrement=True,
)
"""One row an entry; `seq` counts up in the order they were kept, over all programmes, perhaps with gaps.

What is `packed` is event and decision, `against` the text of that number; the two columns of theirs are empty then.
"""

BASES = Table(
    "ledger_bases",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("about", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index("ledger_bases_about", "about"),
)
"""What entries are packed against."""

SNAPSHOTS = Table(
    "ledger_snapshots",
    METADATA,
    Column("programme", Text, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("digest", Text, nullable=False),
    Column("shape", Text, nullable=False),
    Column("state", LargeBinary, nullable=False),
)
"""Where each programme stood after an entry, as the code of one `shape` reads it; nothing is lost with them."""

TEXTS = Table(
    "ledger_texts",
    METADATA,
    Column("digest", Text, primary_key=True),
    Column("text", Text, nullable=False),
)
"""What stands behind the digests that decisions name: rule sets, notes and calendars as they were."""

HEADS = Table(
    "ledger_heads",
    METADATA,
    Column("programme", Text, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("digest", Text, nullable=False),
)
"""The last entry of each programme, kept apart, so that its loss shows."""

LISTENERS = Table(
    "ledger_listeners",
    METADATA,
    Column("listener", Text, primary_key=True),
    Column("number", BigInteger, nullable=False),
)
"""Up to which number each listener was served."""

SINCE = {LISTENERS.name: "0003", BASES.name: "0004", SNAPSHOTS.name: "0004"}
"""The revision that brought a table, for those that are not in the first."""

COLUMNS_SINCE = {ENTRIES.c.packed: "0004", ENTRIES.c.against: "0004"}
"""The same of columns."""


def version_of(connection: Connection, where: str, *, is_shared: bool) -> str | None:
    """Give the revision a ledger's tables are at; None where there is no ledger yet.

    Raises LedgerError where something else is kept: tables that have our names and other columns, or
    other tables altogether, unless the place `is_shared` with them.
    """
    if not _is_there(connection):
        named = _one_of_our_names(connection) if is_shared else _another_table(connection)
        if not _is_there(connection):  # another program makes the tables of a ledger at one stroke, perhaps just now
            if named:
                raise _not_ours(where, named)
            return None
    found = _asked(connection, where, VERSION_TABLE, ["version_num"]).scalar()
    for table in METADATA.tables.values():
        if str(found) >= SINCE.get(table.name, ""):
            columns = [each for each in table.columns if str(found) >= COLUMNS_SINCE.get(each, "")]
            _asked(connection, where, table.name, [column.name for column in columns])
    if found in LEFT_BEHIND:
        raise LedgerError(
            f"the ledger at `{where}` is of format {found}, and this program writes {NEWEST}, with other receipts: "
            "keep it with the program that wrote it, `export` its events there, and answer them into a new ledger"
        )
    if found is None or (str(found) not in REVISIONS and str(found) <= NEWEST):
        raise _not_ours(where, f"its table `{VERSION_TABLE}` names no revision of ours")
    return str(found)


def refuse_other_tables(connection: Connection, where: str) -> None:
    """Raise LedgerError for a place that is not a ledger's and not empty either."""
    if named := _another_table(connection):
        raise _not_ours(where, named)


def _is_there(connection: Connection) -> bool:
    return inspect(connection).has_table(VERSION_TABLE)


def _another_table(connection: Connection) -> str:
    """Name a table of a place that has some and no ledger's; an empty text for any other place."""
    names = inspect(connection).get_table_names()
    return f"it has a table `{names[0]}`" if names and VERSION_TABLE not in names else ""


def _one_of_our_names(connection: Connection) -> str:
    """Name a table that goes by one of our names; an empty text where there is none."""
    inspector = inspect(connection)
    name = next((name for name in METADATA.tables if inspector.has_table(name)), "")
    return f"it has a table `{name}`, and no table `{VERSION_TABLE}`" if name else ""


def _asked(connection: Connection, where: str, table: str, columns: Sequence[str]) -> CursorResult[Any]:
    """Ask for the columns of the first row of a table; raise LedgerError where it has no such columns."""
    try:
        return connection.execute(text(f"SELECT {', '.join(columns)} FROM {table} LIMIT 1"))
    except DBAPIError as fault:
        told = {getattr(fault.orig, "sqlstate", ""), getattr(fault.orig, "sqlite_errorname", "")}
        if not told & NOT_THERE:
            raise
    raise _not_ours(where, f"its table `{table}` is missing, or has other columns")


def _not_ours(where: str, why: str) -> LedgerError:
    return LedgerError(f"`{where}` holds something else than a ledger ({why}): give another place")


def is_newest(version: str | None, where: str) -> bool:
    """Tell whether tables are as this program writes them; raise LedgerError if they are of a later one."""
    if version is not None and version > NEWEST:
        raise LedgerError(
            f"the ledger at `{where}` was written by a later version of this program "
            f"(its tables are at {version}, this program knows them up to {NEWEST}): use that version"
        )
    return version == NEWEST


def migrate(connection: Connection) -> None:
    """Bring the tables up to date, within the transaction the connection is in."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(config)
    with EnvironmentContext(
        config, scripts, fn=lambda revision, _: scripts._upgrade_revs(NEWEST, revision), version_table=VERSION_TABLE
    ):
        scripts.run_env()
