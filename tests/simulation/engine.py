"""The engine as its users see it: events in as JSON, decisions out as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from rules_engine.errors import EventError
from rules_engine.host import Host
from rules_engine.intake import read_event
from rules_engine.model.wire import decision_to_json
from rules_engine.standing.standing import Standing
from tests.shipped import shipped

from .expected import Json

Answers = list[list[dict[str, Any]]]
"""For each event, the decisions it gave, the one on the event itself first."""


@cache
def _opened() -> Host:
    return shipped()


class Engine:
    """One new ledger in memory, on the rule book that ships."""

    def __init__(self) -> None:
        opened = _opened()
        ledger = type(opened.ledger)()
        # One matcher is enough here: that two agree is another promise, and this one is asked a million times.
        self._host = Host(opened.book, opened.plugins, opened.vocabulary, ledger, with_durable=False)

    def answer(self, event: Json) -> list[dict[str, Any]]:
        """Answer one event; one that is refused gives its error."""
        try:
            return [decision_to_json(each) for each in self._host.answer(read_event(json.dumps(event)))]
        except EventError as fault:
            return [{"error": str(fault)}]

    def standing(self, programme: str) -> Standing:
        """Give where a programme stands."""
        return self._host.ledger.standing(programme)


def run(events: Sequence[Json]) -> Answers:
    """Answer a history on a ledger of its own."""
    engine = Engine()
    return [engine.answer(event) for event in events]


@cache
def knows(kind: str) -> bool:
    """Whether the engine reads events of a kind at all."""
    shortest = {"type": kind, "event_id": "e", "received_on": "2017-01-02"}
    answer = Engine().answer(shortest)[0]
    return "unknown event type" not in str(answer.get("error", ""))
