"""A place that holds something else, or an address of no place: one plain sentence, and nothing is changed there."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from rules_engine.errors import LedgerError
from rules_engine.intake import read_event
from rules_engine.ledger.opening import open_ledger
from rules_engine.ledger.sql_schema import NEWEST
from tests.cli.running import run
from tests.ledger.server import Server

Execute = Callable[[str], object]

PLACE = "give another place"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def execute(url: str) -> Iterator[Execute]:
    """Do something in a database by its own driver."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as file:
            yield file.execute
    else:
        with psycopg.connect(url, autocommit=True) as server:
            yield lambda statement: server.execute(statement)


def refused(url: str, *, create: bool = True) -> str:
    with pytest.raises(LedgerError) as fault:
        open_ledger(url, read_event, create=create, patience=1)
    told = str(fault.value)
    assert "\n" not in told
    assert not any(word in told for word in ("Traceback", "sqlite3.", "psycopg", "sqlalchemy", "SELECT"))
    return told


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize(
    ("tables", "why"),
    [
        (["ledger_entries (id INTEGER)"], "it has a table `ledger_entries`"),
        (["ledger_heads (programme TEXT)"], "it has a table `ledger_heads`"),
        (["ledger_version (version INTEGER)"], "its table `ledger_version` is missing, or has other columns"),
        (["ledger_version (version_num TEXT)"], "its table `ledger_entries` is missing, or has other columns"),
        (
            ["ledger_version (version_num TEXT)", "ledger_entries (seq INTEGER, programme TEXT)"],
            "its table `ledger_entries` is missing, or has other columns",
        ),
    ],
)
def test_tables_of_our_names_and_another_shape_are_no_ledger(
    url: str, execute: Execute, tables: list[str], why: str, create: bool
) -> None:
    for table in tables:
        execute(f"CREATE TABLE {table}")
    told = refused(url, create=create)
    assert why in told
    assert told.endswith(PLACE)


@pytest.mark.parametrize("version", ["''", "'0000'", "'00001'", "NULL"])
def test_a_revision_that_never_was_is_no_ledger(url: str, execute: Execute, version: str) -> None:
    open_ledger(url, read_event).close()
    execute("DROP TABLE ledger_version")
    execute("CREATE TABLE ledger_version (version_num TEXT)")
    execute(f"INSERT INTO ledger_version VALUES ({version})")
    assert "its table `ledger_version` names no revision of ours" in refused(url)


def test_a_revision_that_is_a_number_is_no_ledger_of_this_version(url: str, execute: Execute) -> None:
    open_ledger(url, read_event).close()
    execute("DROP TABLE ledger_version")
    execute("CREATE TABLE ledger_version (version_num INTEGER)")
    execute("INSERT INTO ledger_version VALUES (7)")
    assert "later version of this program" in refused(url)


def test_a_ledger_of_before_the_receipts_changed_is_left_to_the_program_that_wrote_it(
    url: str, execute: Execute
) -> None:
    open_ledger(url, read_event).close()
    execute("UPDATE ledger_version SET version_num = '0001'")
    told = refused(url)
    assert f"is of format 0001, and this program writes {NEWEST}, with other receipts" in told
    assert told.endswith("`export` its events there, and answer them into a new ledger")


def test_a_lost_table_is_told(url: str, execute: Execute) -> None:
    open_ledger(url, read_event).close()
    execute("DROP TABLE ledger_texts")
    assert "its table `ledger_texts` is missing" in refused(url)


def test_columns_of_another_type_are_told_in_one_sentence(postgresql_url: str, server: Server, database: str) -> None:
    open_ledger(postgresql_url, read_event).close()
    with server.connect(database) as connection:
        connection.execute("ALTER TABLE ledger_entries ALTER COLUMN position TYPE text")
    with pytest.raises(LedgerError) as fault:
        open_ledger(postgresql_url, read_event).standing("ally/term-notes-a")
    assert "holds other tables than a ledger's (operator does not exist: text = " in str(fault.value)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_a_file_of_another_program_is_refused_and_left_byte_for_byte(tmp_path: Path, mode: str, create: bool) -> None:
    path = tmp_path / "theirs.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
        connection.execute("INSERT INTO bookmarks VALUES ('https://www.sec.gov')")
        connection.commit()
    before = hashlib.sha256(path.read_bytes()).digest()
    assert "it has a table `bookmarks`" in refused(f"sqlite:///{path}", create=create)
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert [each.name for each in tmp_path.iterdir()] == ["theirs.db"]


@pytest.mark.parametrize(
    "grants",
    [
        ["REVOKE ALL ON SCHEMA public FROM PUBLIC, clerk"],
        ["REVOKE ALL ON SCHEMA public FROM PUBLIC, clerk", "GRANT USAGE ON SCHEMA public TO clerk"],
    ],
    ids=["no right to use it", "no right to make tables"],
)
def test_a_schema_without_rights_is_told(postgresql_url: str, server: Server, database: str, grants: list[str]) -> None:
    with server.connect(database) as connection:
        connection.execute("CREATE ROLE clerk LOGIN PASSWORD 'only for this run'")
        try:
            for grant in grants:
                connection.execute(grant)
            clerk = server.url(database).replace("ledger:", "clerk:")
            assert "there is no ledger at" in refused(clerk, create=False)
            assert "right" in refused(clerk)
            open_ledger(postgresql_url, read_event).close()
            assert "right" in refused(clerk) or "no ledger" in refused(clerk)
        finally:
            connection.execute("DROP OWNED BY clerk")
            connection.execute("DROP ROLE clerk")


PORT = "the address of the ledger has a port that is not a number from 1 to 65535: correct it"

UNUSABLE = {
    "postgresql://h:99999/x": PORT,
    "postgresql://h:65536/x": PORT,
    "postgresql://h:0/x": PORT,
    "postgresql://h:-1/x": PORT,
    "postgresql://h:abc/x": PORT,
    "postgresql://[::1/x": PORT,
    "postgresql://h..x/x": "no host can have the name in",
    "postgresql://" + "a" * 70 + "/x": "no host can have the name in",
    "postgresql://" + "\u00fc" * 70 + "/x": "no host can have the name in",
    "postgresql://no-such-host.invalid/x": "no host goes by the name in",
    "postgresql://127.0.0.1:1/x": "no server answers at",
    "postgresql://127.0.0.1:1/x?port=abc": "cannot be used: Received non-integer port arguments",
    "postgresql://127.0.0.1:1/x?bogus=abc": 'cannot be used: invalid connection option "bogus"',
    "postgresql://127.0.0.1:1/x?sslmode=abc": 'cannot be used: connection is bad: invalid sslmode value: "abc"',
    "postgresql:x": "that is not the address of a ledger",
    "postgres://h/x": "no ledger is kept in `postgres`",
    "mysql://h/x": "no ledger is kept in `mysql`",
    "sqlite://host/ledger.db": "a ledger in a file is given as",
    "sqlite:///\x00": "cannot be opened",
    "sqlite:///" + "a" * 300: "cannot be opened (File name too long)",
    "sqlite:////dev/null": "is not a file",
    "": "that is not the address of a ledger",
    "ledger.db": "that is not the address of a ledger",
}


@pytest.mark.parametrize("url", UNUSABLE)
def test_an_address_that_cannot_be_used_is_told_in_one_sentence(url: str) -> None:
    assert UNUSABLE[url] in refused(url)


@pytest.mark.parametrize("port", [1, 65_535])
def test_the_first_and_the_last_port_are_tried(port: int) -> None:
    assert "no server answers at" in refused(f"postgresql://127.0.0.1:{port}/x")


def test_a_pipe_is_no_ledger(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ledger.db")
    assert "is not a file" in refused(f"sqlite:///{tmp_path / 'ledger.db'}")


@pytest.mark.parametrize("command", [["decide", "-"], ["verify"], ["requests"], ["export"]])
def test_a_command_ends_with_2_and_one_sentence(command: list[str], tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "theirs.db")) as connection:
        connection.execute("CREATE TABLE ledger_entries (id INTEGER)")
    for url in (
        "postgresql://h:99999/x",
        "postgresql://h:abc/x",
        "postgresql://h..x/x",
        f"sqlite:///{tmp_path}/theirs.db",
    ):
        ended = run(*command, "--ledger", url)
        assert (ended.exit_code, ended.stdout) == (2, "")
        (line,) = ended.stderr.splitlines()
        assert line.startswith("rules-engine: ")
