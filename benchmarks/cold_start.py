"""How long `rules-engine decide` takes for one event, from nothing to its answer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.cases import requests
from rules_engine.intake import event_to_json

RUNS = 5


def measured(folder: Path) -> list[float]:
    """Start the command some times over; give the seconds each took, the quickest first."""
    events = folder / "one-event.jsonl"
    events.write_text(json.dumps(event_to_json(requests(1)[0])) + "\n")
    return sorted(_once(["rules-engine", "decide", str(events), "--json"]) for _ in range(RUNS))


def _once(command: list[str]) -> float:
    code = "import sys; from rules_engine.cli import main; sys.argv = sys.argv[1:]; main()"
    start = perf_counter()
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    taken = perf_counter() - start
    json.loads(done.stdout)
    return taken
