"""What operations agreed to, clause by clause, answered by the host; and that no rule is left out of it.

The last tests look at what the others reached, and are quick where all of them run in one process: `--dist loadfile`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd import scenarios

from rules_engine.acceptance.coverage import Coverage
from rules_engine.acceptance.fixtures import COVERAGE
from rules_engine.host import Host
from rules_engine.plugging import Plugins
from tests.acme import found, loaded
from tests.example import FEATURES, ExamplePlugin, book_with_imagined_notes

ROOT = Path(__file__).parent.parent
SHOWN_IN_FULL = ("ally",)
"""The issuers, by code, whose every rule has to be shown; of the others, what is particular to them is."""


@pytest.fixture(scope="session")
def rules_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Set the imagined notes, and the example's programme, beside the real ones, in a copy of the rule book."""
    return book_with_imagined_notes(tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="session")
def rules_plugins() -> Plugins:
    """Set the example's plugin beside those installed."""
    return loaded(found("example", ExamplePlugin))


@pytest.fixture(scope="session")
def opened_host(opened_host: Host, request: pytest.FixtureRequest) -> Host:
    """Gather which rules the scenarios reach, also where nobody asks for it."""
    request.config.stash.setdefault(COVERAGE, Coverage(opened_host.book.rule_sets, opened_host.vocabulary))
    return opened_host


scenarios(str(FEATURES))


def test_no_scenario_speaks_of_fraud() -> None:
    texts = {path.name: path.read_text().lower() for path in FEATURES.rglob("*.feature")}
    assert texts
    assert [name for name, text in texts.items() if "fraud" in text] == []


# Every rule of every rule set of some issuers has a scenario on each side of its edge


RAN: pytest.StashKey[set[object]] = pytest.StashKey()
"""What was run in this process; another one may run the rest."""


@pytest.fixture(autouse=True)
def is_run_here(request: pytest.FixtureRequest) -> None:
    request.config.stash.setdefault(RAN, set()).add(request.node)


def all_were_run_here(request: pytest.FixtureRequest) -> bool:
    """Tell whether every scenario was run in this process, with all its examples."""
    others = (test for name, test in globals().items() if name.startswith("test_") and test not in OF_THE_COVERAGE)
    named = set(others)
    items = [each for each in request.session.items if isinstance(each, pytest.Function) and each.function in named]
    was_all_asked_for = not request.config.getoption("keyword") and {each.function for each in items} == named
    return was_all_asked_for and request.config.stash[RAN].issuperset(items)


@pytest.fixture(scope="module")
def coverage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Tell which rules the scenarios reached: here, or, where some of them were not run here, in a run of their own."""
    if all_were_run_here(request):
        return request.config.stash[COVERAGE].report()
    file = tmp_path_factory.mktemp("coverage") / "rules.json"
    options = ["-q", "-p", "no:xdist", "-p", "no:cacheprovider", "--rule-coverage", str(file)]
    options += [f"--deselect=tests/test_features.py::{test.__name__}" for test in OF_THE_COVERAGE]
    command = [sys.executable, "-m", "pytest", "tests/test_features.py", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(file.read_text())


@pytest.mark.parametrize("issuer", SHOWN_IN_FULL)
def test_every_rule_speaks_in_a_scenario_and_is_kept_silent_by_each_of_its_tests_in_another(
    coverage: Any, issuer: str
) -> None:
    assert [lack for lack in coverage["lacking"] if lack.startswith(f"{issuer}/")] == []


@pytest.mark.parametrize("issuer", SHOWN_IN_FULL)
def test_no_rule_of_a_shipped_rule_set_is_left_out_of_the_count(opened_host: Host, coverage: Any, issuer: str) -> None:
    counted = [(rule["edition"], rule["clause"], rule["rule"]) for rule in coverage["rules"]]
    shipped = [(each.edition, each.clause, rule.name) for each in opened_host.book.rule_sets for rule in each.rules]
    of_issuer = [rule for rule in shipped if rule[0].startswith(f"{issuer}/")]
    assert {clause for _, clause, _ in of_issuer} >= {"survivors option", "redemption", "payment days", "withdrawal"}
    assert [rule for rule in counted if rule[0].startswith(f"{issuer}/")] == of_issuer


OF_THE_COVERAGE = (
    test_every_rule_speaks_in_a_scenario_and_is_kept_silent_by_each_of_its_tests_in_another,
    test_no_rule_of_a_shipped_rule_set_is_left_out_of_the_count,
)
"""Tests of what the others reached, which a run of the others alone leaves out."""
