"""How every test run looks for examples, and what it tells at its end."""

from __future__ import annotations

import os

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
