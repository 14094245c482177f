"""A standing laid down as it is, so that a program begins where another one left off instead of at the first entry.

It is a copy for speed and proves nothing: `verify` never reads one. Whoever lays one down and whoever takes it up have
to be the same code, to the letter: one of another shape is as good as none.
"""

from __future__ import annotations

import gc
import io
import pickle
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rules_engine.model.own_code import digest_of_rooms
from rules_engine.standing.journal import IN_ORDER
from rules_engine.standing.standing import Standing

_ROOMS = ("dates", "intake", "model", "standing")
"""The rooms a standing follows from, given the entries."""

_OURS = ("rules_engine.model.", "rules_engine.standing.")
_OTHERS: dict[tuple[str, str], Any] = {
    (each.__module__, each.__qualname__): each for each in (date, Decimal, Fraction, frozenset, IN_ORDER)
}
"""Besides our own classes, which hold values and do nothing, all that a standing is made of."""

SHAPE = digest_of_rooms(*_ROOMS)
"""Names the code that lays standings down and takes them up: taken as it is loaded, for it may be replaced under us."""

_LEVEL = 1
_CHUNK = 65_536


class NoSnapshot(Exception):
    """What was laid down is no standing."""


def laid_down(standing: Standing) -> bytes:
    """Lay down a standing on which nothing is being tried."""
    assert standing.journal.at_rest, "what is being tried on a standing is not where it stands"
    with _leaving_garbage():
        return zlib.compress(pickle.dumps(vars(standing), protocol=5), _LEVEL)


def taken_up(programme: str, data: bytes) -> Standing:
    """Make a programme's standing of what was laid down; raise NoSnapshot where it is none of it.

    Nothing but values is made of it: it names no class besides those that a standing holds, and no function at all.
    """
    try:
        with _leaving_garbage():
            state = _Reading(io.BufferedReader(_Inflated(data), _CHUNK)).load()
    except (zlib.error, pickle.UnpicklingError, EOFError, ValueError, TypeError, LookupError, AttributeError) as fault:
        raise NoSnapshot(str(fault)) from fault
    standing = Standing(programme)
    if not isinstance(state, dict) or state.keys() != vars(standing).keys() or state["programme"] != programme:
        raise NoSnapshot("it is of another programme, or of another shape")
    vars(standing).update(state)
    return standing


@contextmanager
def _leaving_garbage() -> Iterator[None]:
    """Leave Python's search for garbage off: none is made here, and looking for it takes three times the reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Inflated(io.RawIOBase):
    """What was compressed, a piece at a time: the whole of it need not be in memory beside what is made of it."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        self._at = 0
        self._inflating = zlib.decompressobj()

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as there is anything left."""
        found = b""
        while not found and not self._inflating.eof:
            given: Any = self._inflating.unconsumed_tail
            if not given:
                given = self._data[self._at : self._at + _CHUNK]
                self._at += len(given)
                if not given:
                    raise EOFError("it ends too early")
            found = self._inflating.decompress(given, len(buffer))
        buffer[: len(found)] = found
        return len(found)


class _Reading(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Find a class that holds values; refuse anything else."""
        if other := _OTHERS.get((module, name)):
            return other
        found = super().find_class(module, name) if module.startswith(_OURS) and "." not in name else None
        if not isinstance(found, type) or not found.__module__.startswith(_OURS):
            raise pickle.UnpicklingError(f"a standing holds no `{module}.{name}`")
        return found
