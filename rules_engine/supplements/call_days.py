"""What a redemption sentence says of the days on which a note may be called."""

from __future__ import annotations

import re

from rules_engine.model.note_words import CallAmount, CallDay, CallStyle
from rules_engine.supplements.clipping import Clipping
from rules_engine.supplements.patterns import phrase, shortened

_INTEREST_DATE = r"(?:coupon|interest(?: payment)?)(?: payment)? dates?"
_ANY = r"(?:at )?any~time(?: (?:and|or) from time to time)?"

_DAYS: tuple[tuple[re.Pattern[str], CallDay], ...] = (
    (phrase(r"(?:and )?one time only|once only|only once|only(?=~[.;]?$)|\(?one-time(?: call)?\)?"), CallDay.ONCE),
    (
        phrase(
            rf"on (?:the|any|each|every) {_INTEREST_DATE} occurring"
            r"(?: (?:at )?any time)?(?= on or after| on and after| after)"
        ),
        CallDay.COUPON_DATE,
    ),
    (
        phrase(
            rf"(?:and|or) (?:on )?(?:every|each|any"
            rf"|all) (?:subsequent )?{_INTEREST_DATE}(?: (?:occurring )?thereafter)?"
        ),
        CallDay.COUPON_DATE,
    ),
    (
        phrase(
            rf"(?:on )?(?:(?:any|each|every) )?{_INTEREST_DATE}(?: occurring)?~,?"
            r"(?= on or after| on and after| from and after| beginning| commencing| starting)"
        ),
        CallDay.COUPON_DATE,
    ),
    (phrase(rf"(?:and|or) (?:on )?{_INTEREST_DATE} thereafter"), CallDay.COUPON_DATE),
    (phrase(r"(?:and )?(?:monthly|(?:every|each) month) thereafter"), CallDay.MONTHLY),
    (phrase(r"(?:and )?(?:quarterly|(?:every|each) (?:quarter|three months)) thereafter"), CallDay.QUARTERLY),
    (phrase(r"(?:and )?semi~-?~annual(?:ly)? thereafter"), CallDay.SEMI_ANNUAL),
    (phrase(r"(?:and )?(?:annual(?:ly)?|yearly|(?:every|each) year) thereafter"), CallDay.ANNUAL),
    (phrase(r"(?:and )?(?:on )?(?:every|each|any) business day thereafter"), CallDay.BUSINESS_DAY),
    (phrase(r"on (?:every|each|any) business day(?= on or after| on and after)"), CallDay.BUSINESS_DAY),
    (
        phrase(
            rf"(?:and )?{_ANY}(?: thereafter)?"
            r"|(?:and )?continuous(?:ly)?(?: thereafter)?|(?:and )?(?:on )?(?:any|every|each) day thereafter"
            r"|(?:in part )?from time to time"
        ),
        CallDay.ANY_DAY,
    ),
)
"""On which days a call may be exercised; the first that fits stands."""

_OTHER_DAYS = phrase(r"(?:and )?(?:weekly|daily|bi-?monthly) thereafter")
_THEREAFTER = phrase(rf"and~,? (?:at )?{_ANY} thereafter|and any~time thereafter|and continuous(?:ly)? thereafter")
"""A day that is named, and from then on any day."""
_ON_A_DATE = phrase(rf"on (?:the|an|any) {_INTEREST_DATE}(?: occurring(?= on))?")
_WHOLE_OR_PART = phrase(r"in whole~,? at any time~,? or in part~,?~(?:at any time )?from time to time")


def take_call_days(clipping: Clipping) -> tuple[CallDay | None, CallAmount | None, list[str]]:
    """Clip the days out of a sentence, with the amount where it stands among them.

    The last of the three says which days are named that no call can have.
    """
    amount = CallAmount.WHOLE_OR_PART if clipping.take(_WHOLE_OR_PART) else None
    on = CallDay.ANY_DAY if amount or clipping.take(_THEREAFTER) else None
    if on is None:
        on = next((day for days, day in _DAYS if clipping.take(days)), None)
    if on is CallDay.COUPON_DATE or (on is CallDay.ANY_DAY and amount is None):
        clipping.take(_ON_A_DATE)
    if on is not None and on.style is CallStyle.AMERICAN:
        for _ in range(3):
            clipping.take(_DAYS[-1][0])
    other = clipping.take(_OTHER_DAYS)
    doubts = [f'"{shortened(other[0])}" is not among the days a call can be written for'] if other else []
    return on, amount, doubts
