"""Whether anything notices a mutant: random histories beside the second model, then the tests of the room."""

from __future__ import annotations

import subprocess
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

HISTORIES = 200
VANISHING = 20
TESTS = (
    "tests/standing",
    "tests/simulation/test_model.py",
    "tests/simulation/test_histories.py",
    "tests/test_features.py",
)
AT_MOST = 900
"""Seconds after which a mutant counts as noticed: it never ends."""


class _Mutated(MetaPathFinder, Loader):
    """Gives one module with another source than that of its file."""

    def __init__(self, name: str, source: str) -> None:
        self._name, self._source = name, source

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Find the one module that is changed."""
        return spec_from_loader(fullname, self) if fullname == self._name else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed source."""
        exec(compile(self._source, f"<mutant of {self._name}>", "exec"), module.__dict__)


def is_noticed(module: str, source: Path) -> bool:
    """Tell whether a process with the mutant in it finds anything wrong."""
    command = [sys.executable, "-m", "tests.mutation.killing", module, str(source)]
    try:
        return subprocess.run(command, capture_output=True, timeout=AT_MOST, check=False).returncode != 0
    except subprocess.TimeoutExpired:
        return True


def main(module: str, source: str) -> int:
    """Look for anything wrong with one module mutated; 0 when nothing is."""
    sys.meta_path.insert(0, _Mutated(module, Path(source).read_text()))
    from tests.simulation.histories import history
    from tests.simulation.never_been import difference
    from tests.simulation.simulate import simulate

    if any(simulate(seed).faults for seed in range(HISTORIES)):
        return 1
    if any(difference(history(seed, 25), seed) for seed in range(VANISHING)):
        return 1
    import pytest

    return int(pytest.main(["-q", "-x", "-p", "no:cacheprovider", *TESTS]))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
