"""What a redemption sentence says of notice: how many days, of which kind, and to whom."""

from __future__ import annotations

import re

from rules_engine.model.note_words import CountedIn
from rules_engine.model.notes import Notice
from rules_engine.supplements.clipping import Clipping
from rules_engine.supplements.patterns import pattern

_NUMBERS = {
    **{"five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty-five": 45, "sixty": 60, "ninety": 90},
}
_COUNT = rf"(?:(?:{'|'.join(_NUMBERS)})~\(~\d{{1,3}}~\)|\d{{1,3}}|{'|'.join(_NUMBERS)})"
_DAYS = r"(?P<{kind}>calendar|business)?~days?'?"
_LEAST = r"(?:at least|not less than|no less than|no fewer than|not fewer than|a minimum of)"
_MOST = r"(?:not more th(?:an|at)|no more than|more th(?:an|at))"
_NOTICE = pattern(
    rf"(?<!\w)(?:(?:with|upon|on|by|given|giving|subject to) ){{0,4}}(?:{_LEAST} |between )?(?P<least>{_COUNT})~"
    rf"(?:{_DAYS.format(kind='least_kind')}~)?"
    rf"(?:(?:,?~(?:nor|and|but|or) {_MOST}|to|-|and)~(?P<most>{_COUNT})~{_DAYS.format(kind='most_kind')}~)?"
    r"(?:(?:prior|written|advance|notice|of redemption|,|and|or|irrevocable)~){0,6}notice"
    r"(?: (?:of (?:such )?redemption|is given|period))?"
    r"(?: to (?P<to>(?:the |each )?(?:registered )?(?:note)?~(?:holders?|owners?)(?: of the notes| thereof)?"
    r"(?: and (?:to )?the trustee)?|(?:the )?trustee(?: and (?:the )?(?:note)?~holders?)?))?",
)
_GIVEN = pattern(
    r"(?:(?:[a-z][a-z&]{1,30} ){1,5}(?:may|will|shall|must) )?(?:give|giving|given|provide|mail|send)?~notice"
    r"(?: of (?:such |the |any )?redemption)?(?: (?:will|shall|must|may) be (?:given|mailed|sent|provided|delivered))?"
    r"~,?~(?:to (?P<to>(?:the |each )?(?:registered )?(?:note)?~holders?) )?"
    rf"{_LEAST}~(?P<least>{_COUNT})~{_DAYS.format(kind='least_kind')}~"
    rf"(?:,?~(?:nor|and|but|or) {_MOST}~(?P<most>{_COUNT})~{_DAYS.format(kind='most_kind')}~,?~)?"
    r"(?:prior to|before|in advance of) (?:the |such |any )?(?:redemption date|date (?:of|fixed for) redemption)"
)
_BOUND = re.compile(r"days?", re.IGNORECASE)


def take_notice(clipping: Clipping) -> tuple[Notice | None, str]:
    """Clip the notice out of a sentence: its days, and whom it goes to as printed; None where none is said.

    Days are calendar days unless the sentence says business days.
    """
    found = _GIVEN.search(clipping.rest) or _NOTICE.search(clipping.rest)
    if not found or not _BOUND.search(found[0]):
        return None, ""
    clipping.cut(found.start(), found.end())
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
