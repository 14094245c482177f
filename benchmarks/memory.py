"""Whether memory stays flat over many decisions: run as a process of its own, prints what it holds along the way."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from itertools import cycle, islice
from pathlib import Path

from benchmarks.cases import host_with_background, requests

STEPS = (20_000, 200_000)
"""After how many decisions memory is looked at."""


def held() -> float:
    """Give the megabytes this process holds, or the most it ever held where only that is told."""
    pages = Path("/proc/self/statm")
    if pages.exists():
        return int(pages.read_text().split()[1]) * resource.getpagesize() / 2**20
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**20 if sys.platform == "darwin" else most / 2**10


def measured() -> dict[int, float]:
    """Decide many cases in a new process; give the megabytes it held after each step."""
    done = subprocess.run([sys.executable, "-m", __spec__.name], capture_output=True, text=True, check=True)
    return {int(step): float(size) for step, size in json.loads(done.stdout).items()}


def main() -> None:
    """Decide, and print what is held after each step."""
    host, cases = host_with_background(), cycle(requests())
    found, done = {}, 0
    for step in STEPS:
        for case in islice(cases, step - done):
            host.preview(case)[0]
        found[step], done = held(), step
    print(json.dumps(found))


if __name__ == "__main__":
    main()
