"""A ledger that can only be read is verified, exported and listed, and nothing is written beside it."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from rules_engine.desk.work_queue import work_queue
from rules_engine.errors import LedgerError
from rules_engine.host import Host
from rules_engine.intake import read_event
from rules_engine.ledger.base import Ledger
from rules_engine.ledger.opening import open_ledger
from rules_engine.workbench.verifying import proved, verify
from tests.cli.running import ROOT, interest, lines, rows, run
from tests.ledger.events import read, request
from tests.ledger.server import Server
from tests.shipped import shipped

EVENTS = read(request(1), request(2, documents=["death certificate"]))


@pytest.fixture(scope="module")
def book() -> Host:
    return shipped(with_durable=False)


def host_on(book: Host, ledger: Ledger) -> Host:
    return Host(book.book, book.plugins, book.vocabulary, ledger, with_durable=False)


def filled(book: Host, url: str) -> None:
    """Make a ledger with two open requests."""
    ledger = open_ledger(url, read_event)
    with contextlib.closing(ledger):
        host = host_on(book, ledger)
        for event in EVENTS:
            host.answer(event)


@contextlib.contextmanager
def as_somebody_else() -> Iterator[None]:
    """Step down from an administrator, whom no mode of a file stops."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.fixture
def folder(book: Host) -> Iterator[Path]:
    """A folder that anybody may write to, with a ledger that anybody may read."""
    made = Path(tempfile.mkdtemp(prefix="ledger-"))
    filled(book, f"sqlite:///{made}/ledger.db")
    (made / "ledger.db").chmod(0o444)
    made.chmod(0o777)
    yield made
    made.chmod(0o777)
    shutil.rmtree(made)


def only_read(folder: Path) -> dict[str, bytes]:
    """Let nobody write into a folder any more; give what is in it."""
    folder.chmod(0o555)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def proves(book: Host, url: str) -> None:
    """Hold what a ledger of two open requests tells whoever only reads it."""
    with contextlib.closing(open_ledger(url, read_event, create=False, only_reading=True)) as ledger:
        done = proved(verify(ledger, book.vocabulary, with_durable=False, plugins=book.plugins.versions))
        assert (done.entries, done.decided_again, done.differences) == (2, 2, [])
        listed = [each.request_id for each in work_queue(host_on(book, ledger))]
        assert listed == ["request-1", "request-2"]
        assert [entry.event_id for entry in ledger.entries()] == ["event-1", "event-2"]


def commands_answer(url: str) -> None:
    """Hold the same of the commands."""
    result = run("verify", "--ledger", url)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (
        0,
        "2 entries prove: 2 decided again with the same receipts",
    )
    assert [row["event_id"] for row in rows(run("export", "--ledger", url))] == ["event-1", "event-2"]
    assert [row["request_id"] for row in rows(run("requests", "--ledger", url, "--json"))] == ["request-1", "request-2"]


def test_a_file_without_the_right_to_write_it(book: Host, folder: Path) -> None:
    with as_somebody_else():
        proves(book, f"sqlite:///{folder}/ledger.db")


def test_a_folder_without_the_right_to_write_it(book: Host, folder: Path) -> None:
    before = only_read(folder)
    with as_somebody_else():
        proves(book, f"sqlite:///{folder}/ledger.db")
    assert only_read(folder) == before


def test_the_commands_on_a_file_that_can_only_be_read(folder: Path) -> None:
    url = f"sqlite:///{folder}/ledger.db"
    commands_answer(url)  # loads what they need, from where somebody else may not be let in
    assert run("decide", "-", "--ledger", "memory:").exit_code == 0
    for beside in folder.glob("ledger.db-*"):
        beside.unlink()
    before = only_read(folder)
    with as_somebody_else():
        if not os.access(ROOT / "rules", os.R_OK | os.X_OK, effective_ids=True):
            pytest.skip("the folder of these tests is closed to everybody else, so no rule book can be read")
        commands_answer(url)
        assert run("decide", "-", "--ledger", url).exit_code == 2
    assert only_read(folder) == before


def test_what_a_writer_has_not_moved_into_the_file_yet_is_read_too(book: Host, folder: Path) -> None:
    """What was recorded last stands beside the file while its writer has it open."""
    (folder / "ledger.db").chmod(0o644)
    writer = open_ledger(f"sqlite:///{folder}/ledger.db", read_event)
    with contextlib.closing(writer):
        host_on(book, writer).answer(read(request(3))[0])
        assert (folder / "ledger.db-wal").stat().st_size > 0
        only_read(folder)
        with (
            as_somebody_else(),
            contextlib.closing(
                open_ledger(f"sqlite:///{folder}/ledger.db", read_event, create=False, only_reading=True)
            ) as ledger,
        ):
            assert [entry.event_id for entry in ledger.entries()] == ["event-1", "event-2", "event-3"]


def test_whoever_goes_on_reading_sees_what_is_written_meanwhile(book: Host, folder: Path) -> None:
    """At first the file stands alone; then a writer has it open, and at last it is closed again."""
    url = f"sqlite:///{folder}/ledger.db"
    (folder / "ledger.db").chmod(0o644)
    only_read(folder)
    with as_somebody_else():
        reader = open_ledger(url, read_event, create=False, only_reading=True)
        assert [entry.event_id for entry in reader.entries()] == ["event-1", "event-2"]
    folder.chmod(0o755)
    with contextlib.closing(reader):
        with contextlib.closing(open_ledger(url, read_event)) as writer:
            host_on(book, writer).answer(read(request(3))[0])
            folder.chmod(0o555)
            with as_somebody_else():
                assert [entry.event_id for entry in reader.entries()] == ["event-1", "event-2", "event-3"]
            folder.chmod(0o755)
        folder.chmod(0o555)
        with as_somebody_else():
            assert [entry.event_id for entry in reader.entries()] == ["event-1", "event-2", "event-3"]


def test_a_copy_without_what_keeps_readers_and_writers_apart(book: Host, folder: Path) -> None:
    (folder / "ledger.db").chmod(0o644)
    copied = sqlite3.connect(folder / "ledger.db")
    copied.execute("VACUUM INTO ?", (str(folder / "copy.db"),))
    copied.close()
    before = only_read(folder)
    with as_somebody_else():
        proves(book, f"sqlite:///{folder}/copy.db")
    assert only_read(folder) == before


def test_an_address_that_says_it_is_only_read(book: Host, folder: Path) -> None:
    (folder / "ledger.db").chmod(0o644)
    url = f"sqlite:///{folder}/ledger.db?mode=ro"
    proves(book, url)
    commands_answer(url)
    ledger = open_ledger(url, read_event)
    with (
        contextlib.closing(ledger),
        pytest.raises(LedgerError, match="was opened only to be read: nothing is recorded"),
    ):
        host_on(book, ledger).answer(read(request(3))[0])
    proves(book, url)


def test_a_command_that_records_says_that_the_address_is_only_read(folder: Path, tmp_path: Path) -> None:
    (folder / "ledger.db").chmod(0o644)
    events = tmp_path / "events.jsonl"
    events.write_bytes(lines(interest("coupon")))
    result = run("decide", events, "--ledger", f"sqlite:///{folder}/ledger.db?mode=ro")
    assert result.exit_code == 2
    assert "was opened only to be read: nothing is recorded" in result.stderr


def test_no_ledger_is_made_where_one_is_only_read(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no ledger at"):
        open_ledger(f"sqlite:///{tmp_path}/none.db?mode=ro", read_event)
    with pytest.raises(LedgerError, match="there is no ledger at"):
        open_ledger(f"sqlite:///{tmp_path}/none.db", read_event, only_reading=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("query", ["mode=rw", "mode=ro&immutable=1", "immutable=1"])
def test_nothing_else_is_said_of_a_file_in_its_address(query: str, tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"with `\?mode=ro` after it if it is only to be read"):
        open_ledger(f"sqlite:///{tmp_path}/ledger.db?{query}", read_event)


@pytest.fixture
def clerk(book: Host, server: Server, database: str, postgresql_url: str) -> Iterator[str]:
    """The address of a ledger for a user who has no right but to read it, on a connection that may only read."""
    filled(book, postgresql_url)
    with server.connect(database) as connection:
        connection.execute("CREATE ROLE reader LOGIN PASSWORD 'only for this run'")
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
        connection.execute("ALTER ROLE reader SET default_transaction_read_only = on")
        yield server.url(database).replace("ledger:", "reader:")
        connection.execute("DROP OWNED BY reader")
        connection.execute("DROP ROLE reader")


def test_a_user_of_a_server_who_may_only_read(book: Host, clerk: str) -> None:
    proves(book, clerk)
    commands_answer(clerk)


def test_a_user_of_a_server_who_may_only_read_records_nothing(book: Host, clerk: str) -> None:
    ledger = open_ledger(clerk, read_event)
    with contextlib.closing(ledger), pytest.raises(LedgerError, match="grant the right to read and insert"):
        host_on(book, ledger).answer(read(request(3))[0])
    proves(book, clerk)
