"""How every test run looks for examples, what a quick one leaves out, and what a run tells at its end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from rules_engine.cli.options import LEDGER_VARIABLE, RULES_VARIABLE

# How long an example takes says something about the machine, and nothing about a promise. A gate looks at the same
# examples every time; everywhere else each run looks at new ones.
settings.register_profile(
    "promises",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("promises")

# The ledger and the rule book that whoever runs the tests works on are none of theirs; commands started apart see this.
for variable in (LEDGER_VARIABLE, RULES_VARIABLE):
    os.environ.pop(variable, None)

NOT_FOUND = "PostgreSQL was not found"

HERE = Path(__file__).parent
LEFT_OUT_WHEN_QUICK = (
    *("acceptance", "clauses", "cli", "desk", "host", "ledger", "plugging", "service", "simulation", "workbench"),
    *(f"deciding/test_{of}.py" for of in ("names_of_rules", "order_never_matters", "receipts")),
    *(f"matching/test_{of}.py" for of in ("generated", "matchers_agree", "two_facts")),
    "programmes/test_authority.py",
    *(f"standing/test_{of}.py" for of in ("journal", "states")),
    *(f"supplements/test_{of}.py" for of in ("conservation", "fuzz", "holding", "layouts", "patterns")),
    *(f"test_{of}.py" for of in ("api_page", "benchmarks", "decimal_contexts", "docs", "host", "mended_faults")),
    *(f"test_{of}.py" for of in ("packaging", "third_party", "words_are_types", "writing_a_plugin")),
)
"""What starts programs and servers, opens many rule books or looks for rare cases: half the tests, most of the time.

The scenarios stay, and the rooms that are plain functions.
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run be quick."""
    parser.addoption("--quick", action="store_true", help="leave out the tests that take long (`make quick`)")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out what takes long, where a run is to be quick."""
    if not config.getoption("quick"):
        return None
    here = collection_path.relative_to(HERE) if collection_path.is_relative_to(HERE) else None
    return str(here) in LEFT_OUT_WHEN_QUICK or None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in plain words, among the last lines, that the ledger was not tried on PostgreSQL."""
    skipped = terminalreporter.getreports("skipped")
    without = [report for report in skipped if NOT_FOUND in str(report.longrepr)]
    if without:
        terminalreporter.write_line("")
        terminalreporter.write_line(
            f"{NOT_FOUND}: {len(without)} ledger tests did not run. Install its server "
            "(on Debian: apt-get install postgresql) and its driver, then run the tests again.",
            red=True,
            bold=True,
        )
