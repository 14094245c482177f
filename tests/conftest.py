"""What every test run tells at its end."""

from __future__ import annotations

import pytest

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
