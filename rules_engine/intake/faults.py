"""The faults of one line: as many as a person can use, and how many more there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from rules_engine.errors import EventError, FieldFault

MOST_FAULTS = 20
"""How many faults a line is answered by, included; the last of them then says how many it stands for."""

T = TypeVar("T")


class Faults:
    """Faults in the order they are found; only those that are told are put into words, which is what takes time."""

    def __init__(self) -> None:
        self._told: list[FieldFault] = []
        self._count = 0

    def __bool__(self) -> bool:
        return self._count > 0

    def note(self, wrong: Iterable[T], tell: Callable[[T], FieldFault]) -> None:
        """Note each thing that is wrong, with how it is told."""
        for each in wrong:
            self._count += 1
            if self._count <= MOST_FAULTS:
                self._told.append(tell(each))

    def error(self) -> EventError:
        """Make the error that a line with these faults is answered by."""
        if self._count <= MOST_FAULTS:
            return EventError(self._told)
        first = self._told[: MOST_FAULTS - 1]
        return EventError([*first, FieldFault(field="", message=f"and {self._count - len(first):,} more faults")])
