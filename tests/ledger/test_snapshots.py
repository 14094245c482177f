"""A standing that was laid down is where the entries lead, or it is not used."""

from __future__ import annotations

import os
import pickle
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from rules_engine.intake import read_event
from rules_engine.ledger import sql
from rules_engine.ledger.opening import open_ledger
from rules_engine.ledger.sql import SqlLedger
from rules_engine.model.events import Event
from rules_engine.standing import snapshots
from rules_engine.standing.standing import Standing
from rules_engine.workbench.verifying import proved, verify
from tests.ledger.events import elected, opened, outstanding, papers, read, request, withdrawal
from tests.ledger.rules import PROGRAMME
from tests.shipped import shipped

PAST = read(
    elected(2017),
    outstanding("10000000.00"),
    *(request(number, received_on=f"2017-08-{number:02}", principal="60000.00") for number in range(1, 20)),
    request("papers to come", documents=["death certificate"]),
    papers("papers", of="papers to come"),
    withdrawal(3, of=3),
    elected(2018),
    opened(2018),
)
NEXT = read(request("later"), withdrawal(5, of=5), request("much later", received_on="2018-09-01"))


@pytest.fixture(autouse=True)
def _always_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql, "WORTH_LAYING_DOWN", 1)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


def answered(url: str, events: list[Event]) -> Sequence[object]:
    ledger = open_ledger(url)
    given = [shipped(ledger).answer(event) for event in events]
    ledger.close()
    return given


class Folded:
    """How many entries were read to find a standing."""

    def __init__(self, url: str) -> None:
        self.count = 0
        ledger = open_ledger(url, self._read)
        self.standing = ledger.standing(PROGRAMME)
        ledger.close()

    def _read(self, line: str) -> Event:
        self.count += 1
        return read_event(line)


def content(standing: Standing) -> dict[str, object]:
    """Everything a standing holds, with members of an index in no order."""

    def plain(value: object) -> object:
        if hasattr(value, "_members"):
            return {key: frozenset(members) for key, members in value._members.items() if members}
        if hasattr(value, "_sorted"):
            return list(value._sorted)
        if hasattr(value, "_blocks"):
            return [pair for members, cents in value._blocks for pair in zip(members, cents, strict=True)]
        return {key: plain(each) for key, each in value.items()} if isinstance(value, dict) else value

    return {name: plain(value) for name, value in vars(standing).items() if name != "journal"}


def test_a_program_begins_where_another_left_off_and_stands_where_the_entries_lead(url: str) -> None:
    answered(url, PAST)
    again = Folded(url)
    assert again.count == 0
    undisturbed = shipped()
    for event in PAST:
        undisturbed.answer(event)
    assert content(again.standing) == content(undisturbed.ledger.standing(PROGRAMME))
    assert answered(url, NEXT) == [undisturbed.answer(event) for event in NEXT]
    ledger = open_ledger(url)
    host = shipped(ledger)
    assert proved(verify(ledger, host.vocabulary, with_durable=True, plugins=host.plugins.versions)).differences == []
    assert list(ledger.entries()) == list(undisturbed.ledger.entries())
    ledger.close()


def test_what_came_after_is_folded_on_top(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answered(url, PAST)
    monkeypatch.setattr(sql, "WORTH_LAYING_DOWN", 1_000)
    answered(url, NEXT)
    undisturbed = shipped()
    for event in (*PAST, *NEXT):
        undisturbed.answer(event)
    again = Folded(url)
    assert 0 < again.count <= len(NEXT) + 5
    assert content(again.standing) == content(undisturbed.ledger.standing(PROGRAMME))


@pytest.fixture
def file(sqlite_url: str) -> Iterator[sqlite3.Connection]:
    """A ledger's file, opened by somebody who goes past its guards."""
    answered(sqlite_url, PAST)
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        yield connection


class Runs:
    """What a pickle may ask for that is no value: to run a program."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch ran",)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_snapshots SET shape = 'sha256:of other code'",
        "UPDATE ledger_snapshots SET state = x'00'",
        "UPDATE ledger_snapshots SET position = position - 1",
        "UPDATE ledger_snapshots SET digest = 'sha256:of another chain'",
    ],
)
def test_one_of_another_shape_chain_or_place_or_a_damaged_one_is_as_good_as_none(
    file: sqlite3.Connection, sqlite_url: str, change: str
) -> None:
    (entries,) = file.execute("SELECT count(*) FROM ledger_entries").fetchone()
    file.execute(change)
    file.commit()
    again = Folded(sqlite_url)
    assert again.count >= entries == again.standing.at
    assert Folded(sqlite_url).count == 0  # it was laid down anew


def test_a_ledger_put_back_from_an_older_copy_does_not_go_by_what_came_after(
    file: sqlite3.Connection, sqlite_url: str
) -> None:
    third = "SELECT position, digest FROM ledger_entries ORDER BY seq DESC LIMIT 1 OFFSET 3"
    last, digest = file.execute(third).fetchone()
    file.execute("DELETE FROM ledger_entries WHERE position > ?", (last,))
    file.execute("UPDATE ledger_heads SET position = ?, digest = ?", (last, digest))
    file.commit()
    assert Folded(sqlite_url).standing.at == last


@pytest.mark.parametrize("made", [Runs(), {"programme": PROGRAMME}, [], {"programme": "another"}, os.getcwd])
def test_nothing_but_a_standing_is_made_of_what_was_laid_down(
    file: sqlite3.Connection, sqlite_url: str, made: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = zlib.compress(pickle.dumps(made))
    with pytest.raises(snapshots.NoSnapshot):
        snapshots.taken_up(PROGRAMME, data)
    file.execute("UPDATE ledger_snapshots SET state = ?", (data,))
    file.commit()
    assert Folded(sqlite_url).count > 0
    assert not (tmp_path / "ran").exists()


def test_verify_goes_by_the_entries_alone(file: sqlite3.Connection, sqlite_url: str) -> None:
    file.execute("UPDATE ledger_snapshots SET state = ?", (snapshots.laid_down(Standing(PROGRAMME)),))
    file.commit()
    ledger = open_ledger(sqlite_url, only_reading=True)
    host = shipped(ledger)
    assert proved(verify(ledger, host.vocabulary, with_durable=True, plugins=host.plugins.versions)).differences == []
    ledger.close()


def test_whoever_only_reads_lays_nothing_down(file: sqlite3.Connection, sqlite_url: str) -> None:
    file.execute("DELETE FROM ledger_snapshots")
    file.commit()
    ledger = open_ledger(sqlite_url, only_reading=True)
    assert ledger.standing(PROGRAMME).at > 0
    ledger.close()
    assert file.execute("SELECT count(*) FROM ledger_snapshots").fetchone() == (0,)


def test_a_standing_on_which_something_is_tried_is_not_laid_down(sqlite_url: str) -> None:
    ledger = open_ledger(sqlite_url)
    assert isinstance(ledger, SqlLedger)
    shipped(ledger).answer(PAST[0])
    standing = ledger.standing(PROGRAMME)
    with standing.trying(), pytest.raises(AssertionError):
        snapshots.laid_down(standing)
    ledger.close()
