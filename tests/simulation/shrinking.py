"""The smallest history that still fails the same way."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

Event = dict[str, Any]
Check = Callable[[Sequence[Event]], list[str]]


def way(fault: str) -> str:
    """What a fault is about, whichever request, day or amount it names."""
    fault = re.sub(r"\b\d{4}-\d{2}-\d{2}\b", "a day", fault)
    fault = re.sub(r"\bR\d+\b|\be\d+[-\w]*|\bowner-\d+|\baccount-\d+|\bN\d+\b", "X", fault)
    fault = re.sub(r"\(('[^']*'(, )?)+\)", "P", fault)
    return re.sub(r"-?\b\d[\d.,/]*\b", "N", fault)


def shrink(events: Sequence[Event], check: Check, fault: str) -> list[Event]:
    """Leave out events, first in halves and at last one by one, while the history still fails the same way."""
    kept = list(events)
    wanted = way(fault)
    size = max(1, len(kept) // 2)
    while True:
        before = len(kept)
        start = 0
        while start < len(kept):
            tried = kept[:start] + kept[start + size :]
            if tried and any(way(each) == wanted for each in check(tried)):
                kept = tried
            else:
                start += size
        if size == 1 and len(kept) == before:
            return kept
        size = max(1, size // 2)
