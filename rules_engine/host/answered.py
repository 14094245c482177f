"""The decisions on one event, and whether they were recorded just now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from rules_engine.model.decisions import Decision


class Answered(tuple[Decision, ...]):
    """The decisions on an event: the one on the event itself first, then those on requests it made decided again.

    `is_new` is False where they were on record before: the event had come already, and nothing was changed.
    """

    is_new: bool

    def __new__(cls, decisions: Iterable[Decision] = (), *, is_new: bool) -> Self:
        """Gather decisions."""
        answered = super().__new__(cls, decisions)
        answered.is_new = is_new
        return answered

    def __getnewargs_ex__(self) -> tuple[tuple[tuple[Decision, ...]], dict[str, bool]]:
        """Say how it is made again of what was copied."""
        return (tuple(self),), {"is_new": self.is_new}
