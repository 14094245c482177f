"""Verifying several programmes at a time finds just what verifying them one after another does."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from rules_engine.errors import LedgerError
from rules_engine.ledger.opening import open_ledger
from rules_engine.workbench import verifying_together
from rules_engine.workbench.verifying import Verification, proved, verify
from rules_engine.workbench.verifying_together import verify_together
from tests.ledger.events import read, request, withdrawal
from tests.ledger.laid_plainly import lay_plainly
from tests.shipped import shipped

PROSPECTS_NOTE = "74348YMA6"
EVENTS = read(
    *(request(number) for number in range(5)),
    *(request(number, cusip=PROSPECTS_NOTE) for number in range(5, 12)),
    withdrawal("of nothing", of="nobody"),
    request("unknown note", cusip="912828ZQ6"),
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(verifying_together, "WORTH_IT", 0)
    ledger = open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    host = shipped(ledger)
    for event in EVENTS:
        host.answer(event)
    ledger.close()
    return tmp_path / "ledger.db"


def together(file: Path, workers: int) -> list[Verification]:
    ledger = open_ledger(f"sqlite:///{file}", only_reading=True)
    host = shipped(ledger)
    so_far = verify_together(
        ledger, host.vocabulary, workers=workers, with_durable=False, plugins=host.plugins.versions
    )
    found = list(so_far)
    ledger.close()
    return found


def one_by_one(file: Path) -> Verification:
    ledger = open_ledger(f"sqlite:///{file}", only_reading=True)
    host = shipped(ledger)
    done = proved(verify(ledger, host.vocabulary, with_durable=False, plugins=host.plugins.versions))
    ledger.close()
    return done


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_finds_a_whole_ledger_whole(file: Path, workers: int) -> None:
    *_, done = together(file, workers)
    assert done == one_by_one(file)
    assert (done.entries, done.receipts_only, done.differences) == (len(EVENTS), 1, [])
    assert list(done.heads) == sorted(done.heads)


@pytest.mark.parametrize("events", [["event-3"], ["event-8", "event-2"]])
def test_names_the_same_entries_that_differ(file: Path, events: list[str]) -> None:
    rows = sqlite3.connect(file)
    rows.execute("DROP TRIGGER ledger_entries_no_update")
    lay_plainly(rows)
    for event in events:
        change = "UPDATE ledger_entries SET decision = replace(decision, '5000.00', '6000.00') WHERE event_id = ?"
        rows.execute(change, (event,))
    rows.execute("DROP TRIGGER ledger_texts_no_update")
    rows.execute("UPDATE ledger_texts SET text = text || ' ' WHERE digest = (SELECT min(digest) FROM ledger_texts)")
    rows.commit()
    rows.close()
    *_, done = together(file, 2)
    assert done == one_by_one(file)
    assert [each.event_id for each in done.differences] == ["", *sorted(events)]


def test_says_so_when_a_process_is_ended_from_outside(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying_together, "prove_programme", lambda *_: os._exit(9))
    with pytest.raises(LedgerError, match="ended from outside: run again, perhaps with --workers 1"):
        together(file, 2)
