"""What one thread of a process has to itself, by name; taken if it is free, and never waited for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from rules_engine.ledger.forks import heed_forks


class Taken:
    """The names that are taken; after a fork none is, in the new process."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._lock = threading.Lock()
        heed_forks(self)

    @contextmanager
    def taking(self, name: str) -> Iterator[bool]:
        """Take a name until the end if it is free, and give whether it was."""
        with self._lock:
            was_free = name not in self._names
            self._names.add(name)
        try:
            yield was_free
        finally:
            if was_free:
                with self._lock:
                    self._names.discard(name)

    def before_fork(self) -> None:
        """Wait for nobody."""

    def after_fork(self) -> None:
        """Go on."""

    def start_anew(self) -> None:
        """Have nothing taken: whoever took it is in the other process."""
        self._names = set()
        self._lock = threading.Lock()
