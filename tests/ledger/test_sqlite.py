"""The ledger in a file, and what may befall a file."""

from __future__ import annotations

import os
import pwd
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rules_engine.errors import LedgerError
from rules_engine.intake import read_event
from rules_engine.ledger.base import Ledger
from rules_engine.ledger.opening import open_ledger, open_to_others
from tests.ledger.contract import LedgerContract, Opening
from tests.ledger.events import read, request
from tests.ledger.laid_plainly import lay_plainly
from tests.ledger.rules import PROGRAMME
from tests.shipped import shipped


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as another program sees it, once there is a ledger in it."""
    open_ledger(f"sqlite:///{path}", read_event).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def opened(path: Path | str, patience: int = 5) -> Ledger:
    return open_ledger(f"sqlite:///{path}", read_event, patience=patience)


class TestSqlite(LedgerContract):
    @pytest.fixture
    def opening(self, sqlite_url: str) -> Opening:
        return lambda: open_ledger(sqlite_url, read_event, patience=5)


def test_is_there_when_opened_again(path: Path) -> None:
    shipped(opened(path)).answer(read(request(1))[0])
    assert [entry.event_id for entry in opened(path).entries()] == ["event-1"]
    assert opened(path).standing(PROGRAMME).at == 1


def test_a_path_may_be_relative(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    opened("ledger.db").close()
    assert path.is_file()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"the folder `.*nowhere` does not exist: make it"):
        opened(tmp_path / "nowhere" / "ledger.db")


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="is a folder: give the name of a file in it"):
        opened(tmp_path)


def test_a_file_of_another_kind_is_left_alone(path: Path) -> None:
    path.write_text("events of last week\n" * 100)
    with pytest.raises(LedgerError, match=r"ledger.db` is a file of another kind, not a ledger: give another name"):
        opened(path)
    assert path.read_text().startswith("events of last week")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///x.db?mode=rw"])
def test_an_address_without_a_file_is_refused(url: str) -> None:
    with pytest.raises(LedgerError, match=r"given as `sqlite:///folder/name`, .*; one in memory as `memory:`"):
        open_ledger(url, read_event)


def test_nothing_is_made_by_only_reading(path: Path) -> None:
    with pytest.raises(LedgerError, match=r"there is no ledger at .*: check the path, or record into it first"):
        open_ledger(f"sqlite:///{path}", read_event, create=False)
    assert not path.exists()
    sqlite3.connect(path).close()
    path.touch()
    with pytest.raises(LedgerError, match=r"there is no ledger at .*: check the address, or record into it first"):
        open_ledger(f"sqlite:///{path}", read_event, create=False)
    opened(path).close()
    assert list(open_ledger(f"sqlite:///{path}", read_event, create=False).entries()) == []


def mode(path: Path) -> str:
    return f"{path.stat().st_mode & 0o777:o}"


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o277, 0o777])
def test_a_ledger_we_make_is_its_owner_s_whatever_the_mask(path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        ledger = opened(path)
        shipped(ledger).answer(read(request(1))[0])
        modes = {each.name: mode(each) for each in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert modes == {"ledger.db": "600", "ledger.db-wal": "600", "ledger.db-shm": "600"}
    ledger.close()


def test_a_link_to_a_ledger_not_made_yet_makes_it_its_owner_s(path: Path) -> None:
    path.symlink_to(path.with_name("real.db"))
    opened(path).close()
    assert mode(path.with_name("real.db")) == "600"


@pytest.mark.parametrize("given", [0o600, 0o640, 0o666])
def test_the_mode_of_a_file_that_is_there_is_left_alone(path: Path, given: int) -> None:
    path.touch()
    path.chmod(given)
    opened(path).close()
    opened(path).close()
    assert mode(path) == f"{given:o}"


@pytest.mark.parametrize(
    ("given", "is_open"), [(0o600, False), (0o700, False), (0o640, True), (0o604, True), (0o620, True), (0o602, True)]
)
def test_a_file_that_others_may_read_or_write_is_known(path: Path, given: int, is_open: bool) -> None:
    opened(path).close()
    path.chmod(given)
    assert open_to_others(f"sqlite:///{path}") == (str(path) if is_open else "")


def test_what_is_no_file_is_not_open_to_others() -> None:
    assert open_to_others("memory:") == open_to_others("postgresql://h/x") == ""


def test_a_ledger_of_a_later_version_is_refused(path: Path, raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE ledger_version SET version_num = '0099'")
    with pytest.raises(LedgerError, match=r"written by a later version of this program .*0099.*: use that version"):
        opened(path)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_entries SET decision = '{}'",
        "DELETE FROM ledger_entries",
        "UPDATE ledger_texts SET text = ''",
        "DELETE FROM ledger_texts",
        "UPDATE ledger_heads SET position = position - 1",
        "UPDATE ledger_heads SET programme = 'other', position = position + 1",
        "DELETE FROM ledger_heads",
    ],
)
def test_nothing_recorded_can_be_changed_or_deleted(path: Path, raw: sqlite3.Connection, change: str) -> None:
    shipped(opened(path)).answer(read(request(1))[0])
    with pytest.raises(sqlite3.IntegrityError, match="a ledger is never changed, it only grows"):
        raw.execute(change)


def test_a_changed_entry_stops_all_deciding(path: Path, raw: sqlite3.Connection) -> None:
    shipped(opened(path)).answer(read(request(1))[0])
    raw.execute("DROP TRIGGER ledger_entries_no_update")
    assert lay_plainly(raw) == 1
    raw.execute("UPDATE ledger_entries SET event = replace(event, '5000.00', '6000.00')")
    with pytest.raises(LedgerError, match=r"entry 1 of .* is not what was recorded: .*; put a copy back"):
        shipped(opened(path)).answer(read(request(2))[0])


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        (1, "stands where entry 1 belongs"),
        (2, "stands where entry 2 belongs"),
        (3, "had 3 entries, and 2 are there"),
    ],
)
def test_a_lost_entry_stops_all_deciding(path: Path, raw: sqlite3.Connection, lost: int, told: str) -> None:
    host = shipped(opened(path))
    for event in read(request(1), request(2), request(3)):
        host.answer(event)
    raw.execute("DROP TRIGGER ledger_entries_no_delete")
    raw.execute("DELETE FROM ledger_entries WHERE position = ?", [lost])
    with pytest.raises(LedgerError, match=told):
        shipped(opened(path)).answer(read(request(4))[0])


def test_a_lost_head_stops_all_deciding(path: Path, raw: sqlite3.Connection) -> None:
    shipped(opened(path)).answer(read(request(1))[0])
    raw.execute("DROP TRIGGER ledger_heads_no_delete")
    raw.execute("DELETE FROM ledger_heads")
    with pytest.raises(LedgerError, match="had 0 entries, and 1 are there"):
        shipped(opened(path)).answer(read(request(2))[0])


def test_a_file_held_by_another_program_is_waited_for(path: Path, raw: sqlite3.Connection) -> None:
    host = shipped(opened(path))
    raw.execute("BEGIN IMMEDIATE")
    answering = threading.Thread(target=host.answer, args=read(request(1)))
    answering.start()
    time.sleep(0.3)
    assert answering.is_alive()
    raw.execute("COMMIT")
    answering.join(timeout=5)
    assert len(list(host.ledger.entries())) == 1


def test_a_file_held_too_long_is_said_so_and_nothing_is_written(path: Path, raw: sqlite3.Connection) -> None:
    host = shipped(opened(path, patience=1))
    raw.execute("BEGIN IMMEDIATE")
    for answering in (lambda: host.answer(read(request(1))[0]), lambda: list(host.answer_all(read(request(1))))):
        with pytest.raises(
            LedgerError, match=r"another program has held .*ledger.db` for more than 1 s: let it finish"
        ):
            answering()
    assert list(host.ledger.entries()) == []
    raw.execute("ROLLBACK")
    host.answer(read(request(1))[0])
    assert len(list(host.ledger.entries())) == 1


def test_reading_waits_for_nobody(path: Path, raw: sqlite3.Connection) -> None:
    shipped(opened(path)).answer(read(request(1))[0])
    raw.execute("BEGIN IMMEDIATE")
    reader = open_ledger(f"sqlite:///{path}", read_event, create=False, patience=1)
    assert reader.standing(PROGRAMME).at == 1
    assert len(list(reader.entries())) == 1


@pytest.mark.parametrize("pages_left", [0, 1, 3, 8, 16])
def test_a_full_disk_leaves_nothing_half_written(path: Path, pages_left: int) -> None:
    """SQLite's own limit on the size of a file gives what a full disk gives."""
    ledger = opened(path)
    host = shipped(ledger)
    events = read(*(request(number) for number in range(200)))
    host.answer(events[0])
    connection = ledger._database._connected()  # type: ignore[attr-defined]
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + pages_left}")
    kept: list[object] = []
    with pytest.raises(LedgerError, match=r"the disk is full, so .* cannot grow: make room, then run again"):
        kept.extend(host.answer_all(events, batch=5))
    assert len(list(opened(path).entries())) == max(1, len(kept))
    assert len(kept) % 5 == 0
    undisturbed = shipped()
    expected = [undisturbed.answer(event) for event in events]
    assert list(host.answer_all(events)) == expected  # the same host goes on, now that there is room
    assert list(opened(path).entries()) == list(undisturbed.ledger.entries())


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A ledger this process may read but not write; an administrator, who may do anything, steps down."""
    folder = Path(tempfile.mkdtemp(prefix="ledger-"))
    opened(folder / "ledger.db").close()
    (folder / "ledger.db").chmod(0o444)
    folder.chmod(0o555)
    user = os.geteuid()
    if user == 0:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    yield folder / "ledger.db"
    os.seteuid(user)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_file_that_may_not_be_written_is_said_so(read_only: Path) -> None:
    with pytest.raises(LedgerError, match=r"allow (writing to|this user to read and write) the file and its folder"):
        opened(read_only)
