"""Faults of a ledger say whether the same call may succeed a little later although nobody mends anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules_engine.errors import EventError, LedgerError, RuleBookError, RulesEngineError, StaleStanding
from rules_engine.intake import read_event
from rules_engine.ledger.opening import open_ledger


def fault_of(url: str, *, patience: int = 1) -> LedgerError:
    with pytest.raises(LedgerError) as raised:
        open_ledger(url, read_event, patience=patience)
    return raised.value


def test_a_fault_in_a_file_or_an_event_stays_until_somebody_mends_it() -> None:
    assert not RulesEngineError.trying_again_helps
    assert not RuleBookError([]).trying_again_helps
    assert not EventError([]).trying_again_helps
    assert not LedgerError("the disk is full").trying_again_helps


def test_a_standing_that_moved_is_decided_again() -> None:
    assert StaleStanding("moved").trying_again_helps


def test_a_file_that_others_hold_is_free_later(tmp_path: Path) -> None:
    held = open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}", read_event)
    waiting = open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}", read_event, patience=0)
    with held.held(), pytest.raises(LedgerError, match="another program has held") as raised, waiting.held():
        pass
    assert raised.value.trying_again_helps


def test_a_file_that_is_no_ledger_stays_one(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("something else than a ledger, and more than a hundred bytes of it " * 3)
    assert not fault_of(f"sqlite:///{tmp_path / 'notes.txt'}").trying_again_helps
    assert not fault_of(f"sqlite:///{tmp_path / 'nowhere' / 'ledger.db'}").trying_again_helps
    assert not fault_of("oracle://ledger").trying_again_helps


def test_a_server_that_does_not_answer_may_be_starting() -> None:
    assert fault_of("postgresql://ledger@127.0.0.1:1/ledger").trying_again_helps


def test_a_server_that_refuses_the_password_goes_on_refusing_it(postgresql_url: str) -> None:
    wrong = postgresql_url.replace("only%20for%20this%20run", "hunter2")
    assert not fault_of(wrong).trying_again_helps
    assert not fault_of(postgresql_url.rsplit("/", 1)[0] + "/nowhere").trying_again_helps


def test_a_ledger_on_a_server_that_others_hold_is_free_later(postgresql_url: str) -> None:
    held = open_ledger(postgresql_url, read_event)
    waiting = open_ledger(postgresql_url, read_event, patience=1)
    with held.held(), pytest.raises(LedgerError, match="another program has held") as raised, waiting.held():
        pass
    assert raised.value.trying_again_helps
