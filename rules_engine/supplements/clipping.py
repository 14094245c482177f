"""A sentence that understood phrases are clipped out of, one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(slots=True)
class Clipping:
    """What of a sentence is not yet understood, in `rest`."""

    rest: str

    def take(self, pattern: str | re.Pattern[str]) -> re.Match[str] | None:
        """Clip the first phrase that fits out of the rest, and give it; None where none does."""
        found = re.search(pattern, self.rest) if isinstance(pattern, re.Pattern) else None
        if isinstance(pattern, str):
            found = re.search(rf"(?<!\w)(?:{pattern})(?!\w)", self.rest, re.IGNORECASE)
        if found:
            self.rest = f"{self.rest[: found.start()]} {self.rest[found.end() :]}"
        return found
