"""Lists stand in no order that matters: whatever is tried and taken back may change it, and answers may not follow."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rules_engine.errors import EventError
from rules_engine.host import Host
from rules_engine.intake import read_event
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.model.decisions import Decision
from rules_engine.model.event_words import PersonsAnswer
from rules_engine.model.events import PersonDecided
from rules_engine.standing.journal import Index
from tests.acme import requested
from tests.shipped import shipped
from tests.simulation.histories import history

HISTORIES = 15


@pytest.fixture(scope="module")
def opened() -> Host:
    return shipped(with_durable=False)


def answered(opened: Host, events: Sequence[dict[str, Any]]) -> list[Decision]:
    host = Host(opened.book, opened.plugins, opened.vocabulary, MemoryLedger(), with_durable=False)
    decisions: list[Decision] = []
    for event in events:
        with suppress(EventError):
            decisions += host.answer(read_event(json.dumps(event)))
    return decisions


@pytest.mark.parametrize("number", range(HISTORIES))
def test_the_order_in_which_requests_are_listed_changes_no_answer(
    opened: Host, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = number if os.environ.get("CI") else random.SystemRandom().randrange(10**6)
    events = history(seed)
    expected = answered(opened, events)
    listed = Index.of
    monkeypatch.setattr(Index, "of", lambda index, key: tuple(reversed(listed(index, key))))
    assert answered(opened, events) == expected, f"history {seed}"


def test_what_an_owner_said_first_of_a_position_is_what_is_held_against_later_requests() -> None:
    host = shipped(with_durable=False)
    position = {"owner_ref": "owner-1", "account_ref": "account-1", "principal": requested().principal}
    first = requested("e-1", **position)
    host.answer(first)
    (second,) = host.answer(requested("e-2", registration="joint tenants", **position))
    assert "Request `request of e-1` reports `registration`" in next(each.because for each in second.findings)
    goes_on = PersonDecided(
        event_id="person-1",
        received_on=date(2017, 9, 2),
        request_id=second.request_id,
        answer=PersonsAnswer.GO_ON,
        decided_by="clerk-1",
        because="the title was seen",
    )
    host.answer(goes_on)
    for _ in range(2):  # a preview tries requests anew, and leaves no trace
        host.preview(replace(goes_on, event_id="person-2"))[0]
    (third,) = host.answer(requested("e-3", registration="trust", **position))
    assert any("Request `request of e-1` reports `registration`" in each.because for each in third.findings)
