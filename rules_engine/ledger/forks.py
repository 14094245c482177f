"""Both sides of a fork: what was opened before it is used in both processes, with no lock or connection in common.

A fork copies one thread and everything as it stands just then: locks that other threads hold, which nobody will let go
of in the new process, and connections that two processes then speak over at once. So whatever holds either comes to
rest before the fork, and starts anew in the new process.
"""

from __future__ import annotations

import os
import threading
import weakref
from typing import Protocol


class Forked(Protocol):
    """Something that holds locks or connections."""

    def before_fork(self) -> None:
        """Come to rest, and stay so; wait a little for other threads, and not for ever."""

    def after_fork(self) -> None:
        """Go on, in the process that forked."""

    def start_anew(self) -> None:
        """Go on in the new process, with locks and connections of its own."""


_known: dict[int, weakref.ref[Forked]] = {}
_one_at_a_time = threading.RLock()


def heed_forks(forked: Forked) -> None:
    """Have something told of every fork for as long as it is used; in the order in which they come."""
    key = id(forked)
    _known[key] = weakref.ref(forked, lambda _: _known.pop(key, None))


class OneAtATime:
    """A lock that one thread enters at a time, as often as it likes; after a fork it is nobody's in the new process."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._entered: list[threading.RLock] = []
        heed_forks(self)

    def __enter__(self) -> None:
        lock = self._lock
        lock.acquire()
        self._entered.append(lock)

    def __exit__(self, *raised: object) -> None:
        # not `self._lock`: whoever forked in here leaves the one it came in by
        self._entered.pop().release()

    def before_fork(self) -> None:
        """Wait for nobody."""

    def after_fork(self) -> None:
        """Go on."""

    def start_anew(self) -> None:
        """Be free, whoever else was in here."""
        self._lock = threading.RLock()


def _alive() -> list[Forked]:
    return [forked for each in list(_known.values()) if (forked := each()) is not None]


def _before() -> None:
    _one_at_a_time.acquire()
    for forked in _alive():
        forked.before_fork()


def _after() -> None:
    for forked in _alive():
        forked.after_fork()
    _one_at_a_time.release()


def _in_the_new_process() -> None:
    global _one_at_a_time
    _one_at_a_time = threading.RLock()
    for forked in _alive():
        forked.start_anew()


os.register_at_fork(before=_before, after_in_parent=_after, after_in_child=_in_the_new_process)
