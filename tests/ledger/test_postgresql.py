"""The ledger on a PostgreSQL server, and what may befall a server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from typing import Any

import psycopg
import pytest

from rules_engine.errors import EventIdReused, LedgerError, StaleStanding
from rules_engine.intake import read_event
from rules_engine.ledger.base import Ledger
from rules_engine.ledger.opening import open_ledger
from tests.ledger.contract import LedgerContract, Opening, while_held
from tests.ledger.events import read, request
from tests.ledger.rules import PROGRAMME
from tests.ledger.server import Server
from tests.shipped import shipped

Raw = psycopg.Connection[tuple[Any, ...]]

END_ALL_OTHERS = """
    SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

COPY_LAST = """
    INSERT INTO ledger_entries (programme, position, event_id, part, request_id, event, decision, previous, digest)
    SELECT %(programme)s, position + 1, %(event_id)s, part, request_id, event, decision, digest, 'sha256:0'
    FROM ledger_entries
"""


@pytest.fixture
def ledger(postgresql_url: str) -> Iterator[Ledger]:
    ledger = open_ledger(postgresql_url, read_event, patience=5)
    yield ledger
    ledger.close()


@pytest.fixture
def raw(server: Server, database: str, ledger: Ledger) -> Iterator[Raw]:
    """The database as another program sees it, once there is a ledger in it."""
    with server.connect(database) as connection:
        yield connection


class TestPostgresql(LedgerContract):
    @pytest.fixture
    def opening(self, postgresql_url: str) -> Opening:
        return lambda: open_ledger(postgresql_url, read_event, patience=5)


def test_the_driver_may_be_named_in_the_address(postgresql_url: str) -> None:
    url = postgresql_url.replace("postgresql://", "postgresql+psycopg://")
    assert list(open_ledger(url, read_event).entries()) == []


def test_a_wrong_password_is_said_so_and_never_shown(server: Server, database: str) -> None:
    with pytest.raises(LedgerError, match=r"does not accept the password for .*: give the right one") as told:
        open_ledger(server.url(database, password="hunter2"), read_event)
    assert "hunter2" not in str(told.value)


def test_an_unknown_database_is_said_so(server: Server) -> None:
    with pytest.raises(LedgerError, match=r'there is no such database .*"nowhere" does not exist.*`createdb`'):
        open_ledger(server.url("nowhere"), read_event)


def test_a_server_that_is_not_there_is_said_so() -> None:
    with pytest.raises(LedgerError, match=r"no server answers at .*: start it, or check host and port"):
        open_ledger("postgresql://ledger@127.0.0.1:1/ledger", read_event)


def test_nothing_is_made_by_only_reading(postgresql_url: str, server: Server, database: str) -> None:
    with pytest.raises(LedgerError, match=r"there is no ledger at .*: check the address, or record into it first"):
        open_ledger(postgresql_url, read_event, create=False)
    with server.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


def test_a_ledger_of_a_later_version_is_refused(postgresql_url: str, raw: Raw) -> None:
    raw.execute("UPDATE ledger_version SET version_num = '0099'")
    with pytest.raises(LedgerError, match=r"written by a later version of this program .*0099.*: use that version"):
        open_ledger(postgresql_url, read_event)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_entries SET decision = '{}'",
        "DELETE FROM ledger_entries",
        "TRUNCATE ledger_entries",
        "UPDATE ledger_texts SET text = ''",
        "DELETE FROM ledger_texts",
        "TRUNCATE ledger_texts",
        "UPDATE ledger_heads SET position = position - 1",
        "UPDATE ledger_heads SET programme = 'other', position = position + 1",
        "DELETE FROM ledger_heads",
        "TRUNCATE ledger_heads",
    ],
)
def test_nothing_recorded_can_be_changed_or_deleted(ledger: Ledger, raw: Raw, change: str) -> None:
    shipped(ledger).answer(read(request(1))[0])
    with pytest.raises(psycopg.errors.RaiseException, match="a ledger is never changed, it only grows"):
        raw.execute(change)


def test_a_user_who_may_only_read_and_insert_can_record(server: Server, database: str, raw: Raw) -> None:
    raw.execute("CREATE ROLE clerk LOGIN PASSWORD 'only for this run'")
    try:
        raw.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO clerk")
        raw.execute("GRANT INSERT ON ledger_entries, ledger_texts, ledger_bases, ledger_heads TO clerk")
        raw.execute("GRANT UPDATE (position, digest) ON ledger_heads TO clerk")
        clerk = server.url(database).replace("ledger:", "clerk:")
        host = shipped(open_ledger(clerk, read_event))
        host.answer(read(request(1))[0])
        assert len(list(host.ledger.entries())) == 1
        raw.execute("REVOKE INSERT ON ledger_entries FROM clerk")
        with pytest.raises(LedgerError, match=r"may not do this .*: grant the right to read and insert"):
            host.answer(read(request(2))[0])
        host.ledger.close()
    finally:
        raw.execute("DROP OWNED BY clerk")
        raw.execute("DROP ROLE clerk")


def test_a_ledger_held_too_long_is_said_so_and_nothing_is_written(postgresql_url: str, ledger: Ledger) -> None:
    waiting = shipped(open_ledger(postgresql_url, read_event, patience=1))
    with ledger.held(), pytest.raises(LedgerError, match=r"another program has held .* for more than 1 s: let it"):
        waiting.answer(read(request(1))[0])
    assert list(ledger.entries()) == []
    waiting.answer(read(request(1))[0])
    assert len(list(ledger.entries())) == 1


def test_a_program_that_stops_while_holding_the_ledger_loses_it(postgresql_url: str, ledger: Ledger) -> None:
    stopped = shipped(open_ledger(postgresql_url, read_event, patience=1))
    first, second = read(request(1), request(2))
    waits_for_the_server_to_end_the_other = partial(shipped(ledger).answer, second)
    with pytest.raises(LedgerError, match=r"held the ledger .* too long"):
        while_held(stopped.ledger, partial(stopped.answer, first), waits_for_the_server_to_end_the_other)
    assert [entry.event_id for entry in ledger.entries()] == ["event-2"]


def test_a_lost_connection_is_said_so_and_the_next_answer_connects_again(ledger: Ledger, raw: Raw) -> None:
    host = shipped(ledger)
    first, second = read(request(1), request(2))
    kept = host.answer(first)
    raw.execute(END_ALL_OTHERS)
    with pytest.raises(LedgerError, match=r"the connection to .* was lost .*: once the server is there, run again"):
        host.answer(second)
    assert host.answer(first) == kept
    host.answer(second)
    assert [entry.event_id for entry in ledger.entries()] == ["event-1", "event-2"]


def test_a_connection_lost_while_held_leaves_nothing_half_written(ledger: Ledger, raw: Raw) -> None:
    host = shipped(ledger)
    events = read(*(request(number) for number in range(5)))
    with pytest.raises(LedgerError, match=r"the connection to .* was lost"):
        while_held(ledger, *(partial(host.answer, event) for event in events), partial(raw.execute, END_ALL_OTHERS))
    assert list(ledger.entries()) == []
    undisturbed = shipped()
    assert [host.answer(event) for event in events] == [undisturbed.answer(event) for event in events]
    assert list(ledger.entries()) == list(undisturbed.ledger.entries())


def test_a_full_disk_leaves_nothing_half_written(ledger: Ledger, raw: Raw) -> None:
    """The server reports a full disk under the code it has for that, after half of a batch is written."""
    raw.execute("CREATE TABLE room AS SELECT 7 AS rows_left")
    raw.execute(
        """
        CREATE FUNCTION use_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            UPDATE room SET rows_left = rows_left - 1;
            IF (SELECT rows_left FROM room) < 0 THEN
                RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    raw.execute("CREATE TRIGGER room BEFORE INSERT ON ledger_entries FOR EACH ROW EXECUTE FUNCTION use_room()")
    host = shipped(ledger)
    events = read(*(request(number) for number in range(12)))
    kept: list[object] = []
    with pytest.raises(LedgerError, match=r"the disk of the server .* is full: make room there, then run again"):
        kept.extend(host.answer_all(events, batch=5))
    assert len(kept) == len(list(ledger.entries())) == 5
    raw.execute("DROP TRIGGER room ON ledger_entries")
    undisturbed = shipped()
    assert list(host.answer_all(events)) == [undisturbed.answer(event) for event in events]
    assert list(ledger.entries()) == list(undisturbed.ledger.entries())


def test_a_position_taken_by_a_program_that_holds_nothing_makes_the_decision_old(ledger: Ledger, raw: Raw) -> None:
    shipped(ledger).answer(read(request(1))[0])
    answers = shipped(ledger).decide(read(request(2))[0], ledger.standing(PROGRAMME))
    recording = partial(ledger.record, PROGRAMME, 1, answers, {})
    overtaking = partial(raw.execute, COPY_LAST, {"programme": PROGRAMME, "event_id": "event-of-another"})
    with pytest.raises(StaleStanding, match=r"somebody else wrote to .* meanwhile"):
        while_held(ledger, recording, overtaking)
    assert [entry.event_id for entry in ledger.entries()] == ["event-1", "event-of-another"]
    with pytest.raises(LedgerError, match=r"entry 2 of .* is not what was recorded"):
        shipped(ledger).answer(read(request(2))[0])


def test_an_event_id_taken_by_a_program_that_holds_nothing_is_named(ledger: Ledger, raw: Raw) -> None:
    host = shipped(ledger)
    host.answer(read(request(1))[0])
    answering = partial(host.answer, read(request(2))[0])
    overtaking = partial(raw.execute, COPY_LAST, {"programme": "acme/notes", "event_id": "event-2"})
    with pytest.raises(StaleStanding, match=r"somebody else wrote to .* meanwhile"):
        while_held(ledger, answering, overtaking)
    with pytest.raises(EventIdReused, match="`event-2` was already used for another event"):
        host.answer(read(request(2))[0])
    assert [(entry.programme, entry.event_id) for entry in ledger.entries()] == [
        (PROGRAMME, "event-1"),
        ("acme/notes", "event-2"),
    ]


def test_a_driver_that_is_not_installed_is_named_with_its_extra() -> None:
    """In a program of its own, from which the driver is hidden."""
    script = """if True:
        import sys
        sys.modules["psycopg"] = None
        from rules_engine.errors import LedgerError
        from rules_engine.intake import read_event
        from rules_engine.ledger.opening import open_ledger
        try:
            open_ledger("postgresql://ledger@127.0.0.1/ledger", read_event)
        except LedgerError as fault:
            print(fault)
    """
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "pip install 'retail-note-rules[postgresql]'" in done.stdout
