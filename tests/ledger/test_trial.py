"""The ledger for asking "what if"."""

from __future__ import annotations

import pytest

from rules_engine.intake import read_event
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.ledger.trial import TrialLedger
from rules_engine.model.events import SurvivorsOptionRequested
from tests.ledger.contract import LedgerContract, Opening, stands
from tests.ledger.events import read, request
from tests.ledger.rules import PROGRAMME
from tests.shipped import shipped


class TestTrial(LedgerContract):
    @pytest.fixture
    def opening(self) -> Opening:
        ledger = TrialLedger(MemoryLedger())
        return lambda: ledger


def test_starts_where_the_other_ledger_stands_and_leaves_it_there() -> None:
    kept = shipped(MemoryLedger())
    first, second = read(request(1), request(2))
    kept.answer(first)
    before, entries = stands(kept.ledger), tuple(kept.ledger.entries())
    trial = shipped(TrialLedger(kept.ledger))
    (decision,) = trial.answer(second)
    assert decision.standing_at == 1
    assert trial.ledger.standing(PROGRAMME).at == 2
    assert (stands(kept.ledger), tuple(kept.ledger.entries())) == (before, entries)


def test_knows_what_the_other_ledger_answered() -> None:
    kept = shipped(MemoryLedger())
    (event,) = read(request(1))
    answered = kept.answer(event)
    trial = TrialLedger(kept.ledger)
    assert shipped(trial).answer(event) == answered
    assert trial.entries_of(event.event_id) == kept.ledger.entries_of(event.event_id)
    assert trial.event(event.event_id) == event
    assert isinstance(event, SurvivorsOptionRequested)
    assert trial.programmes_of(event.request_id) == (PROGRAMME,)
    assert list(trial.texts()) == list(kept.ledger.texts())
    assert trial.text(answered[0].rules_digest) == kept.ledger.text(answered[0].rules_digest)
    assert [read_event(entry.event) for entry in trial.entries()] == [event]
