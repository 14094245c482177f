"""How much `rules-engine decide` works for one event, from nothing to its answer.

In seconds of CPU, its system calls included, which a busy machine does not lengthen as it does the clock's.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

from benchmarks.cases import requests
from rules_engine.intake import event_to_json

RUNS = 5


def measured(folder: Path) -> list[float]:
    """Start the command some times over; give the seconds of CPU each took, the quickest first."""
    events = folder / "one-event.jsonl"
    events.write_text(json.dumps(event_to_json(requests(1)[0])) + "\n")
    return sorted(_once(["rules-engine", "decide", str(events), "--json"]) for _ in range(RUNS))


def _once(command: list[str]) -> float:
    code = "import sys; from rules_engine.cli import main; sys.argv = sys.argv[1:]; main()"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    json.loads(done.stdout)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
