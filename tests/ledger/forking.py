"""Forking for real, in such a way that a process that never ends fails a test and does not stop it."""

from __future__ import annotations

import os
import pickle
import select
import signal
import time
import traceback
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

SECONDS = 60


class Child(Generic[T]):
    """A process forked from this one, which does one thing and hands over what comes of it."""

    def __init__(self, do: Callable[[], T]) -> None:
        self._reads, writes = os.pipe()
        self.process = os.fork()
        if self.process == 0:
            told: tuple[bool, object]
            try:
                told = True, do()
            except BaseException:
                told = False, traceback.format_exc()
            # never back into the test runner, of which there would then be two
            try:
                with os.fdopen(writes, "wb") as to_the_parent:
                    pickle.dump(told, to_the_parent)
            finally:
                os._exit(0)
        os.close(writes)

    def result(self) -> T:
        """Wait for what the process hands over; fail where it does not, or ended with a fault."""
        give_up_at, told = time.monotonic() + SECONDS, b""
        try:
            while True:
                ready, _, _ = select.select([self._reads], [], [], give_up_at - time.monotonic())
                assert ready, f"the forked process has not ended after {SECONDS} s: it waits for something for ever"
                read = os.read(self._reads, 65_536)
                if not read:
                    break
                told += read
        finally:
            os.close(self._reads)
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        assert told, "the forked process ended without a word"
        is_well, result = pickle.loads(told)
        assert is_well, result
        return result  # type: ignore[no-any-return]
