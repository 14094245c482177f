"""The same features through the host, over HTTP and by the command line: all three agree, decision by decision.

Here it is some of them, and the command runs in this process on a rule book read before. `make drivers` takes all, and
starts the command anew for every scenario.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pytest_bdd import scenarios

from rules_engine.acceptance.desk import Desk
from rules_engine.host import Host
from rules_engine.service.application import application
from rules_engine.service.running import Running
from rules_engine.service.settings import Settings
from tests.cli.running import run
from tests.drivers.doors import ThroughTwoDoors, by_the_command, lines_of, on_its_own
from tests.example import FEATURES, book_with_imagined_notes

APART = os.environ.get("DRIVERS") == "apart"
ISSUER = "issuer: Example Corp.\nprogrammes:\n  notes: Example Notes\n"


@pytest.fixture(scope="session")
def rules_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Set the imagined notes and the example's programme beside the real ones; a file says who the example is."""
    folder = book_with_imagined_notes(tmp_path_factory.mktemp("book"))
    (folder / "example" / "issuer.yaml").write_text(ISSUER)
    return folder


@pytest.fixture(scope="session")
def client(opened_host: Host) -> Iterator[TestClient]:
    running = Running.begin(opened_host, Settings())
    with TestClient(application(running), base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def rules_desk(
    opened_host: Host, client: TestClient, rules_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """Give a scenario a desk that answers through both doors; at its end the command answers it all again."""
    doors: Any = ThroughTwoDoors(opened_host, client)
    yield Desk(doors, lambda decision: None)
    events = [event for event, _ in doors.answered]
    if APART:
        written = by_the_command(events, rules_folder)
    else:
        monkeypatch.setattr("rules_engine.cli.opening.Host.open", lambda *_, **__: on_its_own(opened_host))
        result = run("decide", "-", "--json", given=lines_of(events))
        assert result.exit_code == 0, result.stderr
        written = [json.loads(line) for line in result.stdout.splitlines()]
    assert written == [decision for _, decisions in doors.answered for decision in decisions]


SOME = ("ally/life-of-a-request", "ally/mistakes-taken-back", "ally/rescission", "example/waivers")
"""Features in which an event answers other requests again, a person decides, and what was recorded is taken back."""

scenarios(*([str(FEATURES)] if APART else [f"{FEATURES}/{name}.feature" for name in SOME]))
