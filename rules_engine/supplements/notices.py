"""What a redemption sentence says of notice: how many days, of which kind, and to whom."""

from __future__ import annotations

import re

from rules_engine.model.note_words import CountedIn
from rules_engine.model.notes import Notice
from rules_engine.supplements.clipping import Clipping

_NUMBERS = {
    **{"five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty-five": 45, "sixty": 60, "ninety": 90},
}
_COUNT = rf"(?:(?:{'|'.join(_NUMBERS)})\s*\(\s*\d{{1,3}}\s*\)|\d{{1,3}}|{'|'.join(_NUMBERS)})"
_DAYS = r"(?P<{kind}>calendar|business)?\s*days?'?"
_LEAST = r"(?:at\s+least|not\s+less\s+than|no\s+less\s+than|no\s+fewer\s+than|not\s+fewer\s+than|a\s+minimum\s+of)"
_MOST = r"(?:not\s+more\s+th(?:an|at)|no\s+more\s+than|more\s+th(?:an|at))"
_NOTICE = re.compile(
    rf"(?<!\w)(?:(?:with|upon|on|by|given|giving|subject\s+to)\s+)*(?:{_LEAST}\s+|between\s+)?(?P<least>{_COUNT})\s*"
    rf"(?:{_DAYS.format(kind='least_kind')}\s*)?"
    rf"(?:(?:,?\s*(?:nor|and|but|or)\s+{_MOST}|to|-|and)\s*(?P<most>{_COUNT})\s*{_DAYS.format(kind='most_kind')}\s*)?"
    r"(?:(?:prior|written|advance|notice|of\s+redemption|,)\s*)*notice"
    r"(?:\s+(?:of\s+redemption|is\s+given|period))?"
    r"(?:\s+to\s+(?P<to>(?:the\s+)?(?:registered\s+)?(?:note)?\s*holders?(?:\s+of\s+the\s+notes)?"
    r"(?:\s+and\s+(?:to\s+)?the\s+trustee)?|(?:the\s+)?trustee))?",
    re.IGNORECASE,
)
_BOUND = re.compile(r"days?", re.IGNORECASE)


def take_notice(clipping: Clipping) -> tuple[Notice | None, str]:
    """Clip the notice out of a sentence: its days, and whom it goes to as printed; None where none is said.

    Days are calendar days unless the sentence says business days.
    """
    found = _NOTICE.search(clipping.rest)
    if not found or not _BOUND.search(found[0]):
        return None, ""
    clipping.take(_NOTICE)
    business = "business" in {(found["least_kind"] or "").lower(), (found["most_kind"] or "").lower()}
    notice = Notice(
        minimum_days=_count(found["least"]),
        maximum_days=_count(found["most"]) if found["most"] else None,
        counted=CountedIn.BUSINESS_DAYS if business else CountedIn.CALENDAR_DAYS,
    )
    return notice, " ".join((found["to"] or "").split())


def _count(words: str) -> int:
    digits = re.search(r"\d+", words)
    return int(digits[0]) if digits else _NUMBERS[words.strip().lower()]
