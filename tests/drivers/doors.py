"""The doors an event can come in by, HTTP and the command line, each handed the events of a scenario."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from rules_engine.host import Host
from rules_engine.intake import event_to_json
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.model.decisions import Decision
from rules_engine.model.events import Event
from rules_engine.model.wire import decision_from_json, decision_to_json

ROOT = Path(__file__).parent.parent.parent


def on_its_own(host: Host) -> Host:
    """Give a host on the same rule book, with a new ledger."""
    return Host(host.book, host.plugins, host.vocabulary, MemoryLedger(), with_durable=host.with_durable)


class ThroughTwoDoors:
    """Answers the events of one scenario by the host and over HTTP, and holds one against the other.

    A scenario's desk takes it for its host; what it is given is what came over HTTP. `answered` keeps each event with
    its decisions, for the command line.
    """

    def __init__(self, host: Host, client: TestClient) -> None:
        self._host = on_its_own(host)
        self._client = client
        client.app.state.running.host = on_its_own(host)  # type: ignore[attr-defined]
        self.answered: list[tuple[dict[str, Any], list[dict[str, Any]]]] = []

    def read_event(self, line: str | bytes) -> Event:
        """Read an event."""
        return self._host.read_event(line)

    def answer(self, event: Event) -> tuple[Decision, ...]:
        """Answer an event through both doors."""
        answered = self._host.answer(event)
        own = list(map(decision_to_json, answered))
        sent = event_to_json(event)
        response = self._client.post("/v1/events", json=sent)
        assert response.status_code == (201 if answered.is_new else 200), response.text
        written = response.json()
        assert [written["decision"], *written["again"]] == own
        self.answered.append((sent, own))
        return tuple(map(decision_from_json, (written["decision"], *written["again"])))


def by_the_command(events: Sequence[dict[str, Any]], rules: Path) -> list[dict[str, Any]]:
    """Answer events by the command `decide`, in a process of its own, and give the decisions it writes."""
    done = subprocess.run(
        [sys.executable, "-m", "rules_engine", "decide", "-", "--json", "--rules", str(rules)],
        input=lines_of(events),
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


def lines_of(events: Sequence[dict[str, Any]]) -> bytes:
    """Write events as the command reads them."""
    return "".join(f"{json.dumps(event)}\n" for event in events).encode()
