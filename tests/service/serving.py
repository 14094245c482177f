"""A service in this process, for tests: on a ledger of one's own, with the keys one gives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from rules_engine.host import Host
from rules_engine.ledger.base import Ledger
from rules_engine.service.application import application
from rules_engine.service.callers import Role, key_line, new_key
from rules_engine.service.running import Running
from rules_engine.service.settings import Settings
from tests.shipped import shipped

HERE = "http://127.0.0.1"


@contextmanager
def serving(
    host: Host | None = None, ledger: Ledger | None = None, ledger_url: str = "", **settings: Any
) -> Iterator[TestClient]:
    running = Running.begin(host or shipped(ledger, with_durable=False), Settings(**settings), ledger_url=ledger_url)
    with TestClient(application(running), base_url=HERE, raise_server_exceptions=False) as client:
        yield client


def keys_for(folder: Path) -> tuple[Path, dict[Role, str]]:
    """Write a key file with a key for each role."""
    keys = {role: new_key() for role in Role}
    file = folder / "keys.txt"
    file.write_text("".join(f"{key_line(role.value, frozenset({role}), key)}\n" for role, key in keys.items()))
    return file, keys
