"""The tables of a ledger on disk, and bringing an older ledger's tables up to date.

Alembic is loaded only when there is something to change, so that opening a ledger of today stays quick.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    inspect,
    text,
)

from rules_engine.errors import LedgerError

NEWEST = "0001"
"""The revision this program writes; `migrations/versions/` leads up to it."""

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
    UniqueConstraint("programme", "position", name="ledger_entries_position"),
    UniqueConstraint("event_id", "part", name="ledger_entries_event"),
    Index("ledger_entries_request", "request_id", "seq"),
    sqlite_autoincrement=True,
)
"""One row an entry; `seq` counts up in the order they were recorded, over all programmes, perhaps with gaps."""

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


def version_of(connection: Connection) -> str | None:
    """Give the revision a ledger's tables are at; None where there is no ledger yet."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))
    return found


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
