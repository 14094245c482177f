"""The tables of a ledger on disk, and how they come to be."""

from __future__ import annotations

import multiprocessing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from rules_engine.errors import LedgerError
from rules_engine.host import Host
from rules_engine.intake import read_event
from rules_engine.ledger.opening import open_ledger
from rules_engine.ledger.sql_schema import METADATA, MIGRATIONS, NEWEST, VERSION_TABLE
from tests.ledger.events import read, request
from tests.ledger.laid_plainly import unpacked
from tests.ledger.server import Server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


def test_the_steps_lead_to_the_tables_this_program_writes(url: str) -> None:
    open_ledger(url, read_event).close()
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, METADATA) == []
        assert context.get_current_revision() == NEWEST
    engine.dispose()


def test_the_steps_end_where_this_program_is() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [NEWEST]


LETS_CHANGE = {
    "sqlite": "DROP TRIGGER ledger_entries_no_update",
    "postgresql": "ALTER TABLE ledger_entries DISABLE TRIGGER USER",
}

BACK_TO_0002 = {
    "sqlite": [
        "DROP TABLE ledger_snapshots",
        "DROP TABLE ledger_bases",
        "ALTER TABLE ledger_entries DROP COLUMN packed",
        "ALTER TABLE ledger_entries DROP COLUMN against",
        "DROP TABLE ledger_listeners",
        "UPDATE ledger_version SET version_num = '0002'",
    ],
    "postgresql": [
        "DROP TABLE ledger_snapshots",
        "DROP TABLE ledger_bases",
        "ALTER TABLE ledger_entries DROP COLUMN packed, DROP COLUMN against",
        "DROP TABLE ledger_listeners",
        "DROP FUNCTION ledger_moved",
        "UPDATE ledger_version SET version_num = '0002'",
    ],
}
"""What takes the tables back to the step before; nobody else does this to a ledger."""


def test_tables_of_the_step_before_are_brought_up_to_date_with_every_entry_as_it_was(url: str) -> None:
    host = Host.open(ledger=open_ledger(url), with_durable=False)
    host.answer(read(request(1))[0])
    before = list(host.ledger.entries())
    host.ledger.close()
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text(LETS_CHANGE[connection.dialect.name]))
        packed = text("SELECT seq, packed, text FROM ledger_entries JOIN ledger_bases ON against = number")
        for seq, data, base in connection.execute(packed).all():
            event, decision = unpacked(data, base)
            plainly = text("UPDATE ledger_entries SET event = :event, decision = :decision WHERE seq = :seq")
            connection.execute(plainly, {"event": event, "decision": decision, "seq": seq})
        for statement in BACK_TO_0002[connection.dialect.name]:
            connection.execute(text(statement))
    engine.dispose()
    with pytest.raises(LedgerError, match=r"written by an earlier version .*0002.* only read here"):
        open_ledger(url, only_reading=True)
    ledger = open_ledger(url)
    assert list(ledger.entries()) == before
    assert ledger.served_to("acme") == ledger.last_number() == 1
    assert Host.open(ledger=ledger, with_durable=False).answer(read(request(2))[0]).is_new
    ledger.close()
    test_the_steps_lead_to_the_tables_this_program_writes(url)


def test_tables_of_other_programs_in_the_same_database_stay_as_they_are(
    postgresql_url: str, server: Server, database: str
) -> None:
    with server.connect(database) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('theirs')")
        open_ledger(postgresql_url, read_event).close()
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("theirs",)]
        assert list(open_ledger(postgresql_url, read_event, create=False).entries()) == []


def _opened(url: str) -> int:
    return len(list(open_ledger(url, read_event).entries()))


def test_several_programs_may_open_a_new_ledger_at_once(url: str) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert pool.map(_opened, [url] * 8) == [0] * 8
