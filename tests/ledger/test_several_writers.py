"""Several programs answer into one ledger at once: no limit is passed, no event is lost, and nobody starves."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from rules_engine.host import Host
from rules_engine.intake import read_event
from rules_engine.ledger.base import BEGINNING, Ledger, chained
from rules_engine.ledger.opening import open_ledger
from rules_engine.model.decisions import Decision
from rules_engine.model.money import Money
from rules_engine.model.wire import decision_from_json
from tests.ledger import answering
from tests.ledger.events import outstanding, read, request
from tests.ledger.rules import ANNUAL_LIMIT, INDIVIDUAL_LIMIT, MULTIPLE

REQUESTS = 1600
OWNERS = 400
SECONDS = 300


def written(path: Path, events: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(event) + "\n" for event in events))
    return path


def requests() -> list[dict[str, Any]]:
    """Make up requests for twice the annual limit, over many owners."""
    chance = random.Random(2017)
    return [
        request(number, principal=f"{chance.randint(1, 5)}000.00", owner_ref=f"owner-{chance.randrange(OWNERS)}")
        for number in range(REQUESTS)
    ]


def answer_in_shares(url: str, rules: Path, folder: Path, writers: int) -> None:
    """Answer all requests in so many programs at once, a tenth of them given to two programs each.

    Every other program commits one event at a time, the rest sixteen together.
    """
    Host.open(rules, open_ledger(url, read_event)).answer(read(outstanding())[0])
    events, share = requests(), REQUESTS // writers
    programs = []
    for number in range(writers):
        mine = events[number * share : (number + 1) * share + share // 10]
        file = written(folder / f"share-{number}.jsonl", mine)
        command = [sys.executable, "-m", answering.__name__, url, str(rules), str(file), str(number % 2 * 16)]
        programs.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
    for program in programs:
        _, faults = program.communicate(timeout=SECONDS)
        assert program.returncode == 0, faults


def whole(ledger: Ledger) -> list[Decision]:
    """Check that the chain is whole, and give the decisions in it."""
    previous, decisions = BEGINNING, []
    for position, entry in enumerate(ledger.entries(), start=1):
        assert (entry.position, entry.previous) == (position, previous)
        assert entry == chained(
            programme=entry.programme,
            position=position,
            event_id=entry.event_id,
            part=entry.part,
            request_id=entry.request_id,
            event=entry.event,
            decision=entry.decision,
            previous=previous,
        )
        previous = entry.digest
        decisions.append(decision_from_json(json.loads(entry.decision)))
    return decisions


def highest_sum(limit: Money) -> int:
    return limit.cents // MULTIPLE.cents * MULTIPLE.cents


@pytest.mark.parametrize(("store", "writers"), [("postgresql", 8), ("sqlite", 4)])
def test_several_writers_fill_a_limit_to_its_last_multiple_and_never_pass_it(
    store: str, writers: int, limited: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = str(request.getfixturevalue(f"{store}_url"))
    answer_in_shares(url, limited, tmp_path, writers)
    decisions = whole(open_ledger(url, read_event))

    assert Counter(decision.event_id for decision in decisions) == Counter(
        ["outstanding-2016", *(str(event["event_id"]) for event in requests())]
    )
    owner_of = {str(event["event_id"]): str(event["owner_ref"]) for event in requests()}
    accepted, by_owner = 0, defaultdict[str, int](int)
    for decision in decisions:
        assert decision.requested is None or decision.accepted is not None
        if decision.accepted is not None:
            accepted += decision.accepted.cents
            by_owner[owner_of[decision.event_id]] += decision.accepted.cents
            assert accepted <= ANNUAL_LIMIT.cents
            assert by_owner[owner_of[decision.event_id]] <= INDIVIDUAL_LIMIT.cents
    assert accepted == highest_sum(ANNUAL_LIMIT)
    assert max(by_owner.values()) == highest_sum(INDIVIDUAL_LIMIT)

    alone = Host.open(limited)
    again = [alone.answer(read_event(entry.event)) for entry in open_ledger(url, read_event).entries()]
    assert [decision.receipt for (decision,) in again] == [decision.receipt for decision in decisions]
