"""The tables of a ledger on disk, and how they come to be."""

from __future__ import annotations

import multiprocessing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from rules_engine.intake import read_event
from rules_engine.ledger.opening import open_ledger
from rules_engine.ledger.sql_schema import METADATA, MIGRATIONS, NEWEST, VERSION_TABLE
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
