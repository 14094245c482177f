"""A sentence that understood phrases are clipped out of, one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(slots=True)
class Clipping:
    """What of a sentence is not yet understood, in `rest`."""

    rest: str

    def take(self, phrase: re.Pattern[str]) -> re.Match[str] | None:
        """Clip the first phrase that fits out of the rest, and give it; None where none does."""
        found = phrase.search(self.rest)
        if found:
            self.cut(found.start(), found.end())
        return found

    def cut(self, start: int, end: int) -> str:
        """Clip what stands between two places out of the rest, and give it."""
        words = self.rest[start:end]
        self.rest = f"{self.rest[:start]} {self.rest[end:]}"
        return words
