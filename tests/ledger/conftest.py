"""The stores a ledger is tried on, and the rule book it is tried with."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import NOT_FOUND
from tests.ledger import server as servers
from tests.ledger.rules import limited_rules
from tests.ledger.server import Server

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    found = servers.programs()
    if found is None:
        pytest.skip(f"{NOT_FOUND} on this machine")
    with servers.running(found) as started:
        yield started


@pytest.fixture
def database(server: Server) -> Iterator[str]:
    """The name of an empty database, gone after the test."""
    name = f"ledger_{next(_NUMBERS)}"
    with server.connect() as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield name
    with server.connect() as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgresql_url(server: Server, database: str) -> str:
    return server.url(database)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.db'}"


@pytest.fixture(scope="session")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rule book that ships, with limits that bind in every year."""
    return limited_rules(tmp_path_factory.mktemp("limited") / "rules")
