"""What operations agreed to, clause by clause, answered by the host."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from acme import found, loaded
from example import ExamplePlugin
from pytest_bdd import scenarios

from rules_engine.host import shipped_rules
from rules_engine.plugging import Plugins

FEATURES = Path(__file__).parent.parent / "features"


@pytest.fixture(scope="session")
def rules_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Set the imagined notes, and the example's programme, beside the real ones, in a copy of the rule book."""
    folder = tmp_path_factory.mktemp("book") / "rules"
    shutil.copytree(shipped_rules(), folder, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    shutil.copytree(FEATURES / "example" / "rules", folder / "example")
    for supplement in FEATURES.glob("*/imagined/*.yaml"):
        (programme,) = (folder / supplement.parent.parent.name).iterdir()
        (programme / "supplements").mkdir(exist_ok=True)
        shutil.copy(supplement, programme / "supplements")
    return folder


@pytest.fixture(scope="session")
def rules_plugins() -> Plugins:
    """Set the example's plugin beside those installed."""
    return loaded(found("example", ExamplePlugin))


scenarios(str(FEATURES))


def test_no_scenario_speaks_of_fraud() -> None:
    texts = {path.name: path.read_text().lower() for path in FEATURES.rglob("*.feature")}
    assert texts
    assert [name for name, text in texts.items() if "fraud" in text] == []
