"""What every scenario stands on: a rule book opened once, and a desk with an empty ledger of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rules_engine.acceptance.desk import Desk

if TYPE_CHECKING:
    from rules_engine.acceptance.coverage import Coverage
    from rules_engine.host import Host
    from rules_engine.host.in_use import InUse
    from rules_engine.plugging import Plugins

COVERAGE: pytest.StashKey[Coverage] = pytest.StashKey()
"""Where a run with `--rule-coverage` gathers which rules were reached."""

WANTED: pytest.StashKey[Path] = pytest.StashKey()
"""Where a run with `--rule-coverage` keeps the file it was asked for."""


@pytest.fixture(scope="session")
def rules_folder() -> Path | None:
    """Name the folder of the rule book that scenarios are run on; None is the one shipped."""
    return None


@pytest.fixture(scope="session")
def rules_plugins() -> Plugins | None:
    """Give the plugins that scenarios are run with; None are those installed."""
    return None


@pytest.fixture(scope="session")
def opened_host(rules_folder: Path | None, rules_plugins: Plugins | None, request: pytest.FixtureRequest) -> Host:
    """Open the rule book, once for all scenarios; a book with a fault fails them all."""
    from rules_engine.acceptance.coverage import Coverage  # only here: most runs never come to a scenario
    from rules_engine.host import Host

    host = Host.open(rules_folder, plugins=rules_plugins)
    if host.book.problems:
        pytest.fail("\n".join(["the rule book has faults:", *map(str, host.book.problems)]), pytrace=False)
    stash = request.config.stash
    if WANTED in stash:
        stash[COVERAGE] = Coverage(host.book.rule_sets, host.vocabulary)
    return host


@pytest.fixture(scope="session")
def trial_ground(opened_host: Host) -> InUse:
    """Make the rule book ready once for all scenarios."""
    from rules_engine.acceptance.trials import trial_ground_of

    return trial_ground_of(opened_host)


@pytest.fixture
def rules_desk(trial_ground: InUse, request: pytest.FixtureRequest) -> Desk:
    """Give a scenario its desk; nothing another scenario did is on its ledger."""
    from rules_engine.acceptance.trials import Trial

    coverage = request.config.stash.get(COVERAGE, None)
    scenario = request.node.name
    return Desk(Trial(trial_ground), lambda decision: coverage.observe(decision, scenario) if coverage else None)
