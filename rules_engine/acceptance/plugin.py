"""The pytest plugin: it offers the steps where pytest-bdd is installed, and writes the rule coverage.

Nothing of the engine is imported before the first scenario runs.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from rules_engine.acceptance.fixtures import COVERAGE, WANTED

HAS_PYTEST_BDD = find_spec("pytest_bdd") is not None

pytest_plugins = ("rules_engine.acceptance.fixtures", "rules_engine.acceptance.pytest_steps") if HAS_PYTEST_BDD else ()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer `--rule-coverage FILE`."""
    parser.getgroup("rules engine").addoption(
        "--rule-coverage",
        metavar="FILE",
        type=Path,
        help="write to FILE, as JSON, which rules of the rule book the scenarios reached and what they left out",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a rule coverage that could not be gathered; remember the file of one that can."""
    file = config.getoption("rule_coverage")
    if file is None:
        return
    if not HAS_PYTEST_BDD:
        raise pytest.UsageError(
            "--rule-coverage needs scenarios, and scenarios need pytest-bdd: pip install pytest-bdd"
        )
    if config.getoption("numprocesses", default=None) or hasattr(config, "workerinput"):
        raise pytest.UsageError("--rule-coverage is gathered in one process: leave out -n")
    config.stash[WANTED] = file


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the rule coverage that was asked for."""
    stash = session.config.stash
    if WANTED not in stash:
        return
    coverage = stash.get(COVERAGE, None)
    report = coverage.report() if coverage else {"rules": [], "lacking": ["no scenario ran"]}
    stash[WANTED].write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
