"""Where no PostgreSQL can be had, a run says so among its last lines."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

WITHOUT_A_SERVER = """\
from tests.ledger import server

server.programs = lambda: None
"""


def test_a_run_without_postgresql_says_which_tests_did_not_run(tmp_path: Path) -> None:
    (tmp_path / "without_a_server.py").write_text(WITHOUT_A_SERVER)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "without_a_server", "tests/ledger/test_postgresql.py"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT)))},
        capture_output=True,
        text=True,
        check=False,
    )
    told = " ".join(done.stdout.splitlines()[-4:])
    found = re.search(r"PostgreSQL was not found: (\d+) ledger tests did not run\. Install its server", told)
    assert found, done.stdout
    assert int(found[1]) > 0
    assert f"{found[1]} skipped" in told
