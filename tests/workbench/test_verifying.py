from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rules_engine.host import Host, shipped_rules
from rules_engine.intake import read_event
from rules_engine.ledger.opening import open_ledger
from rules_engine.workbench.verifying import MovedOn, Verification, moved_on, proved, verify
from tests.ledger.events import elected, opened, outstanding, read, request, withdrawal
from tests.ledger.laid_plainly import lay_plainly
from tests.shipped import shipped

HOST = shipped()
PROGRAMME = "ally/term-notes-a"

COLUMNS = ("programme", "position", "event_id", "part", "request_id", "event", "decision", "previous", "digest")


def verified(url: str) -> Verification:
    ledger = open_ledger(url, read_event, create=False)
    try:
        return proved(verify(ledger, HOST.vocabulary, with_durable=True, plugins=HOST.plugins.versions))
    finally:
        ledger.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A ledger with requests of two years, papers, a refused withdrawal, a call and an unknown note."""
    path = tmp_path / "ledger.db"
    ledger = open_ledger(f"sqlite:///{path}", read_event)
    host = shipped(ledger)
    called = {
        "type": "call_noticed",
        "event_id": "call",
        "notice_id": "call",
        "cusip": "02006DLF6",
        "received_on": "2018-01-02",
        "notice_given_on": "2018-01-02",
        "redeem_on": "2018-02-15",
        "principal": "all",
        "price": "100",
        "notified": ["holders"],
    }
    for event in read(
        elected(2017),
        outstanding(),
        request("a"),
        request("b", principal="300000.00"),
        request("c", documents=["death certificate"]),
        withdrawal("c", of="c"),
        request("unknown note", cusip="912828ZQ6"),
        opened(2018),
        called,
    ):
        host.answer(event)
    ledger.close()
    return path


@pytest.fixture
def rows(file: Path) -> Iterator[sqlite3.Connection]:
    """The ledger's file, opened by somebody who goes past its guards."""
    connection = sqlite3.connect(file)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    assert lay_plainly(connection) == 12
    yield connection
    connection.close()


def test_an_untouched_ledger_proves(file: Path) -> None:
    done = verified(f"sqlite:///{file}")
    assert done.differences == []
    assert done.entries == done.decided_again + done.receipts_only
    assert done.receipts_only == 1  # the note no supplement gives


def test_finds_one_character_changed_in_any_field_of_any_entry(file: Path, rows: sqlite3.Connection) -> None:
    pick = random.Random(20161121)
    entries = rows.execute("SELECT seq, programme, position FROM ledger_entries ORDER BY seq").fetchall()
    for seq, _, _ in entries:
        column = pick.choice(COLUMNS)
        (before,) = rows.execute(f"SELECT {column} FROM ledger_entries WHERE seq = ?", (seq,)).fetchone()
        rows.execute(f"UPDATE ledger_entries SET {column} = ? WHERE seq = ?", (_changed(before, pick), seq))
        rows.commit()
        assert verified(f"sqlite:///{file}").differences != [], (seq, column)
        rows.execute(f"UPDATE ledger_entries SET {column} = ? WHERE seq = ?", (before, seq))
        rows.commit()
    assert verified(f"sqlite:///{file}").differences == []


def _changed(before: str | int, pick: random.Random) -> str | int:
    if isinstance(before, int):
        return before + 100
    if not before:
        return "x"
    place = pick.randrange(len(before))
    return before[:place] + ("0" if before[place] != "0" else "1") + before[place + 1 :]


def test_names_the_first_entry_that_differs(file: Path, rows: sqlite3.Connection) -> None:
    rows.execute(
        "UPDATE ledger_entries SET decision = replace(decision, '5000.00', '6000.00') WHERE event_id = 'event-a'"
    )
    rows.commit()
    (difference,) = verified(f"sqlite:///{file}").differences
    assert (difference.event_id, difference.what) == ("event-a", "its content does not have its digest")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE ledger_entries SET packed = CAST(x'00' || packed AS BLOB)", "event and decision cannot be unpacked"),
        ("UPDATE ledger_entries SET packed = substr(packed, 1, 20)", "event and decision cannot be unpacked"),
        ("UPDATE ledger_bases SET text = replace(text, '5000.00', '6000.00')", "event and decision cannot be unpacked"),
        ("UPDATE ledger_bases SET number = number + 1", "the text it is packed against is missing"),
    ],
)
def test_finds_what_is_packed_changed(file: Path, change: str, what: str) -> None:
    with closing(sqlite3.connect(file)) as packed:
        for (name,) in packed.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            packed.execute(f'DROP TRIGGER "{name}"')
        packed.execute(change)
        packed.commit()
    differences = verified(f"sqlite:///{file}").differences
    assert what in {each.what for each in differences}


def test_finds_any_entry_dropped_the_last_one_too(file: Path, rows: sqlite3.Connection) -> None:
    kept = rows.execute("SELECT * FROM ledger_entries ORDER BY seq").fetchall()
    for row in kept:
        rows.execute("DELETE FROM ledger_entries WHERE seq = ?", (row[0],))
        rows.commit()
        assert verified(f"sqlite:///{file}").differences != [], row[3]
        rows.execute(f"INSERT INTO ledger_entries VALUES ({', '.join('?' * len(row))})", row)
        rows.commit()


def test_finds_the_heads_dropped(file: Path, rows: sqlite3.Connection) -> None:
    rows.execute("DELETE FROM ledger_heads")
    rows.commit()
    differences = verified(f"sqlite:///{file}").differences
    assert [difference.programme for difference in differences] == ["", PROGRAMME]
    for difference in differences:
        assert str(difference).startswith("the last entry of `")
        assert difference.what.startswith("the ledger has lost where it ends")


@pytest.mark.parametrize("programme", ["", PROGRAMME])
def test_finds_the_head_of_one_programme_dropped(file: Path, rows: sqlite3.Connection, programme: str) -> None:
    rows.execute("DELETE FROM ledger_heads WHERE programme = ?", (programme,))
    rows.commit()
    done = verified(f"sqlite:///{file}")
    assert [difference.programme for difference in done.differences] == [programme]
    assert done.entries == 12


def test_what_others_record_meanwhile_is_no_difference(file: Path) -> None:
    ledger, others = (open_ledger(f"sqlite:///{file}", read_event) for _ in range(2))
    so_far = verify(ledger, shipped(ledger).vocabulary, with_durable=True, plugins=HOST.plugins.versions)
    before = next(so_far)
    assert before.differences == []
    shipped(others).answer(read(request("meanwhile"))[0])
    assert proved(so_far).differences == []
    others.close()
    ledger.close()


def test_finds_a_chain_forged_throughout(file: Path, rows: sqlite3.Connection) -> None:
    """Whoever rewrites an entry and every digest after it still cannot make the rules give the answer."""
    from rules_engine.ledger.base import chained

    select = f"SELECT seq, {', '.join(COLUMNS)} FROM ledger_entries WHERE programme != '' ORDER BY position"
    previous = None
    for seq, *content in rows.execute(select).fetchall():
        given = dict(zip(COLUMNS, content, strict=True))
        if given["event_id"] == "event-a":
            given["decision"] = given["decision"].replace('"total":"5014.58"', '"total":"9014.58"')
        del given["digest"]
        again = chained(**{**given, "previous": previous or given["previous"]})
        rows.execute(
            "UPDATE ledger_entries SET decision = ?, previous = ?, digest = ? WHERE seq = ?",
            (again.decision, again.previous, again.digest, seq),
        )
        previous = again.digest
    rows.execute("UPDATE ledger_heads SET digest = ? WHERE programme != ''", (previous,))
    rows.commit()
    (difference,) = verified(f"sqlite:///{file}").differences
    assert difference.event_id == "event-a"


def test_finds_a_text_that_does_not_have_its_digest(file: Path, rows: sqlite3.Connection) -> None:
    rows.execute("UPDATE ledger_texts SET text = replace(text, '6 months', '5 months') WHERE text LIKE '%6 months%'")
    rows.commit()
    whole = verified(f"sqlite:///{file}").texts
    (kept,) = rows.execute("SELECT count(*) FROM ledger_texts").fetchone()
    text, entry = verified(f"sqlite:///{file}").differences
    assert whole == kept - 1
    assert (text.programme, text.position, text.event_id) == ("", 0, "")
    assert str(text).startswith("the text kept under sha256:")
    assert str(text).endswith(": it was changed")
    assert entry.event_id == "event-a", "the first that was decided by it"
    assert "cannot be decided again: the text kept under digest sha256:" in entry.what


def test_takes_the_digest_of_a_text_nothing_rests_on_and_as_it_is_stored(file: Path, rows: sqlite3.Connection) -> None:
    # the same JSON, laid out otherwise, is not what was kept
    digest, text = rows.execute("SELECT digest, text FROM ledger_texts WHERE text LIKE '{%' LIMIT 1").fetchone()
    rows.execute("INSERT INTO ledger_texts VALUES ('sha256:0', 'nothing rests on this')")
    rows.execute("UPDATE ledger_texts SET text = ? WHERE digest = ?", (json.dumps(json.loads(text)), digest))
    rows.commit()
    told = [each.what for each in verified(f"sqlite:///{file}").differences if not each.position]
    assert len(told) == 2
    assert any(each.startswith("the text kept under sha256:0 has digest") for each in told)
    assert any(each.startswith(f"the text kept under {digest} has digest") for each in told)


def test_finds_a_text_that_is_gone(file: Path, rows: sqlite3.Connection) -> None:
    rows.execute("DELETE FROM ledger_texts")
    rows.commit()
    (difference,) = verified(f"sqlite:///{file}").differences
    assert "the ledger has no text with digest sha256:" in difference.what


def test_proves_after_the_rule_book_has_moved_on(file: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(shipped_rules(), rules)
    edited = rules / "standard/survivors-option.yaml"
    edited.write_text(edited.read_text().replace("holding period: 6 months", "holding period: 9 months"))
    (rules / "ally/term-notes-a/supplements/123.yaml").unlink()
    ledger = open_ledger(f"sqlite:///{file}", read_event, create=False)
    host = Host.open(rules, ledger)
    assert host.book.note("02006DLF6") is None
    done = proved(verify(ledger, host.vocabulary, with_durable=host.with_durable, plugins=HOST.plugins.versions))
    assert done.differences == []
    # three requests, the one the year answered again, and two the call left no time for; a withdrawal and the call
    assert moved_on(done, host.book) == MovedOn(rules=6, notes=8, calendars=0)
    assert moved_on(done, HOST.book) == MovedOn(rules=0, notes=0, calendars=0)
    ledger.close()


def test_proves_on_the_plain_matcher_what_both_decided(file: Path) -> None:
    ledger = open_ledger(f"sqlite:///{file}", read_event, create=False)
    done = proved(verify(ledger, shipped().vocabulary, with_durable=False, plugins=HOST.plugins.versions))
    assert done.differences == []
    ledger.close()


def test_exported_events_make_the_same_receipts_on_an_empty_ledger(file: Path) -> None:
    ledger = open_ledger(f"sqlite:///{file}", read_event, create=False)
    first = [(entry.position, entry.part, entry.digest) for entry in ledger.entries()]
    again = shipped()
    for entry in ledger.entries():
        if entry.part == 0:
            again.answer(read_event(entry.event))
    assert [(entry.position, entry.part, entry.digest) for entry in again.ledger.entries()] == first
    ledger.close()
