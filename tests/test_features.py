"""What operations agreed to, clause by clause, answered by the host."""

from __future__ import annotations

from pathlib import Path

import pytest
from acme import found, loaded
from example import FEATURES, ExamplePlugin, book_with_imagined_notes
from pytest_bdd import scenarios

from rules_engine.plugging import Plugins


@pytest.fixture(scope="session")
def rules_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Set the imagined notes, and the example's programme, beside the real ones, in a copy of the rule book."""
    return book_with_imagined_notes(tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="session")
def rules_plugins() -> Plugins:
    """Set the example's plugin beside those installed."""
    return loaded(found("example", ExamplePlugin))


scenarios(str(FEATURES))


def test_no_scenario_speaks_of_fraud() -> None:
    texts = {path.name: path.read_text().lower() for path in FEATURES.rglob("*.feature")}
    assert texts
    assert [name for name, text in texts.items() if "fraud" in text] == []
