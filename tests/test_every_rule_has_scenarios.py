"""Every rule of every Ally rule set has a scenario on each side of its edge."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rules_engine.host import Host

ROOT = Path(__file__).parent.parent
SHOWN_IN_FULL = ("ally",)
"""The issuers, by code, whose every rule has to be shown; of the others, what is particular to them is."""


@pytest.fixture(scope="module")
def coverage(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Run every scenario in one process of its own, and read which rules they reached."""
    file = tmp_path_factory.mktemp("coverage") / "rules.json"
    options = ["-q", "-p", "no:xdist", "-p", "no:cacheprovider", "--rule-coverage", str(file)]
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
def test_no_rule_of_a_shipped_rule_set_is_left_out_of_the_count(coverage: Any, issuer: str) -> None:
    counted = [(rule["edition"], rule["clause"], rule["rule"]) for rule in coverage["rules"]]
    shipped = [(each.edition, each.clause, rule.name) for each in Host.open().book.rule_sets for rule in each.rules]
    of_issuer = [rule for rule in shipped if rule[0].startswith(f"{issuer}/")]
    assert {clause for _, clause, _ in of_issuer} >= {"survivors option", "redemption", "payment days", "withdrawal"}
    assert [rule for rule in counted if rule[0].startswith(f"{issuer}/")] == of_issuer
