"""A redemption sentence's terms: what is understood of it, and, word for word, what is not.

Every phrase that is understood is taken out of the sentence. What then remains, besides words that say
nothing of a call, was not understood, and is left to a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from rules_engine.model.note_words import CallAmount, CallDay, CallStyle, PartChosen
from rules_engine.model.notes import EventCall, MakeWhole, Notice, PriceStep
from rules_engine.supplements.clipping import Clipping
from rules_engine.supplements.coupon_notes import CouponNotes, take_coupon_notes
from rules_engine.supplements.event_calls import take_event_calls
from rules_engine.supplements.notices import take_notice
from rules_engine.supplements.prices import take_make_whole, take_prices
from rules_engine.supplements.values import DATE, read_date, said


@dataclass(slots=True)
class Terms:
    """What a redemption sentence says; what it does not say is None or empty.

    `callable` is False for a note that cannot be called, and None where the sentence does not tell.
    `notice_to` are those the notice goes to, as printed. `coupon` is what is said of the coupon beside the
    call. `completed_from` names the sentence that gave what this one leaves out, `first_inferred` says
    where a first date that is not printed was taken from. `doubts` say what is not understood.
    """

    printed: str
    callable: bool | None = None
    style: CallStyle | None = None
    on: CallDay | None = None
    first_on: date | None = None
    price: Decimal | None = None
    prices: tuple[PriceStep, ...] = ()
    make_whole: MakeWhole | None = None
    amount: CallAmount | None = None
    part_chosen: PartChosen | None = None
    notice: Notice | None = None
    notice_to: str = ""
    event_calls: tuple[EventCall, ...] = ()
    coupon: CouponNotes = field(default_factory=CouponNotes)
    completed_from: str = ""
    first_inferred: str = ""
    doubts: list[str] = field(default_factory=list)


_CUT = re.compile(r"\[\s*excerpt ends\s*\]|\.\.\.\s*$|\[\s*(?:cut|truncated)\s*\]", re.IGNORECASE)
_CUT_OFF = "the sentence is cut off"
_LEFT_OUT = re.compile(r"\[\s*\.\.\.\s*\]")
_BROKEN_OFF = re.compile(r"(?:,|;|(?<=\s)(?:and|or|on|at|of|with|the|to|every|each|upon|in|a))\s*$", re.IGNORECASE)
_LABEL = re.compile(r"^\s*(?:redemption\s+information|(?:optional\s+)?redemption)\s*:\s*", re.IGNORECASE)

_NOT_CALLABLE = (
    r"non\s*-?\s*callable|not\s+callable|non\s*-?\s*redeemable"
    r"|(?:(?:is|are|will)\s+)?not\s+(?:be\s+)?(?:redeemable|subject\s+to\s+(?:optional\s+)?redemption|redeemed)"
    r"(?:\s+(?:at\s+the\s+option\s+of\s+the\s+(?:issuer|company)\s+)?(?:before|prior\s+to)\s+(?:stated\s+)?maturity)?"
    r"|^\s*(?:none|n/a|not\s+applicable|no)\s*$"
)

_INTEREST_DATE = r"(?:coupon|interest(?:\s+payment)?)(?:\s+payment)?\s+dates?"
_DAYS: tuple[tuple[str, CallDay], ...] = (
    (
        r"(?:and\s+)?one\s+time\s+only|once\s+only|only\s+once|\(?one-time(?:\s+call)?\)?",
        CallDay.ONCE,
    ),
    (
        rf"on\s+(?:the|any|each|every)\s+{_INTEREST_DATE}\s+occurring"
        r"(?:\s+(?:at\s+)?any\s+time)?(?=\s+on\s+or\s+after|\s+on\s+and\s+after|\s+after)",
        CallDay.COUPON_DATE,
    ),
    (
        rf"(?:and|or)\s+(?:on\s+)?(?:every|each|any|all)\s+(?:subsequent\s+)?{_INTEREST_DATE}(?:\s+thereafter)?",
        CallDay.COUPON_DATE,
    ),
    (
        rf"(?:on\s+)?(?:(?:any|each|every)\s+)?{_INTEREST_DATE}(?:\s+occurring)?(?=\s+on\s+or\s+after|\s+on\s+and\s+after)",
        CallDay.COUPON_DATE,
    ),
    (rf"(?:and|or)\s+(?:on\s+)?{_INTEREST_DATE}\s+thereafter", CallDay.COUPON_DATE),
    (r"(?:and\s+)?(?:monthly|(?:every|each)\s+month)\s+thereafter", CallDay.MONTHLY),
    (r"(?:and\s+)?semi\s*-?\s*annual(?:ly)?\s+thereafter", CallDay.SEMI_ANNUAL),
    (
        r"(?:and\s+)?(?:on\s+)?(?:every|each|any)\s+business\s+day\s+thereafter",
        CallDay.BUSINESS_DAY,
    ),
    (
        r"(?:and\s+)?(?:at\s+)?any\s*time(?:\s+(?:and|or)\s+from\s+time\s+to\s+time)?(?:\s+thereafter)?"
        r"|(?:and\s+)?continuous(?:ly)?(?:\s+thereafter)?|(?:and\s+)?(?:on\s+)?(?:any|every|each)\s+day\s+thereafter"
        r"|(?:in\s+part\s+)?from\s+time\s+to\s+time",
        CallDay.ANY_DAY,
    ),
)
"""On which days a call may be exercised; the first that fits stands."""

_OTHER_DAYS = re.compile(r"(?:and\s+)?(?:quarterly|annually|weekly|yearly)\s+thereafter", re.IGNORECASE)

_AMOUNTS: tuple[tuple[str, CallAmount], ...] = (
    (r"in\s+whole(?:\s+at\s+any\s+time)?\s+or,?\s+(?:from\s+time\s+to\s+time\s+)?in\s+part", CallAmount.WHOLE_OR_PART),
    (
        r"(?:either\s+)?(?:in|as\s+a)\s+whole,?\s+(?:but\s+)?not\s+in\s+part|in\s+whole\s+only|in\s+whole",
        CallAmount.WHOLE,
    ),
)
_CHOSEN = (
    (r"(?:selected\s+)?by\s+lot(?:tery)?", PartChosen.BY_LOT),
    (r"(?:on\s+a\s+)?pro\s*-?\s*rata(?:\s+basis)?", PartChosen.PRO_RATA),
)
_SMALL_PIECE = r"(?:except\s+that\s+)?no\s+notes?\s+of\s+(?:a\s+principal\s+amount\s+of\s+)?\$1,000\s+or\s+less\s+"
_SMALL_PIECE += r"(?:(?:will|may|shall)\s+be\s+redeemed\s+)?in\s+part"

_PAR_DATE = (
    rf"(?:beginning|starting|commencing)?\s*(?:on\s+and\s+after|on\s+or\s+after|on|from|beginning|starting|commencing)"
    rf"(?:\s+(?:on|from))?\s+(?P<date>{DATE})|(?:occurring\s+)(?P<other>{DATE})"
)
_FIRST = re.compile(_PAR_DATE, re.IGNORECASE)
_ABOVE = r"(?:beginning\s+)?on\s+(?:the\s+)?call\s+date\s+(?:shown\s+)?above"
_SAYS_NOTHING = re.compile(
    r"\(\"[^\"]{1,60}\"\)|\bnote\s*:|plus\s*,?\s*(?:any\s+)?accrued\s+(?:and\s+unpaid\s+)?interest(?:\s+payments\s+otherwise\s+payable\s+for\s+the"
    r"\s+then-current\s+[\w-]+\s+interest\s+period\s+accrued)?"
    r"(?:\s+(?:thereon|on\s+the\s+principal(?:\s+amount)?(?:\s+being\s+redeemed)?))?(?:\s*,?\s*if\s+any)?\s*,?"
    r"(?:\s*to\s*,?\s*but\s+(?:not\s+including|excluding)\s*,?\s*the\s+(?:date\s+(?:fixed\s+for|of)\s+redemption"
    r"|redemption\s+date))?"
    r"|(?:as\s+described\s+in|see)\s+the\s+prospectus(?:\s+supplement)?|at\s+(?:our|the\s+issuer's)\s+option"
    r"|at\s+the\s+option\s+of\s+[A-Z][^,.;]{0,60}?(?=\s*,|\s+in\s+whole|\s+on\s|\s+at\s|\s*$)"
    r"|^(?:the|these|such)\s[^,.;\d]{0,80}?(?=\s(?:will|may|shall|are|is)\s)"
    r"|(?:will|may|shall|are|is)\s+(?:be\s+)?(?:subject\s+to\s+redemption|redeemable|redeemed|callable)"
    r"|(?:subject\s+to\s+)?(?:optional\s+)?(?:redemption|redeemable|redeemed|callable|call)"
    r"|unless\s+(?:previously\s+)?called|and\s+thereafter|thereafter",
    re.IGNORECASE,
)
_FILLERS = frozenset(
    (
        *("and", "or", "on", "at", "of", "the", "a", "an", "in", "by", "to", "be", "is", "are", "will", "may"),
        *("also", "then", "it", "its", "note", "notes"),
    )
)


def read_redemption(sentence: str, *, call_date: date | None = None) -> Terms:
    """Read a redemption sentence into terms; `call_date` is what it means by the call date above."""
    terms = Terms(printed=_LABEL.sub("", " ".join(sentence.split())))
    clipping = Clipping(_uncut(terms))
    terms.coupon = take_coupon_notes(clipping)
    terms.doubts += terms.coupon.doubts
    if clipping.take(_NOT_CALLABLE):
        terms.callable = False
        _leave_the_rest(terms, clipping)
        return terms
    terms.event_calls = take_event_calls(clipping)
    _take_days(terms, clipping)
    terms.make_whole = take_make_whole(clipping)
    terms.notice, terms.notice_to = take_notice(clipping)
    clipping.take(_SMALL_PIECE)
    _take_amount(terms, clipping)
    _take_prices(terms, clipping, call_date)
    terms.callable = True if terms.price is not None or terms.make_whole else None
    _leave_the_rest(terms, clipping)
    _say_what_is_missing(terms)
    return terms


def _uncut(terms: Terms) -> str:
    """Take the marks of an excerpt out of a sentence, noting that something is missing of it."""
    text = terms.printed
    if _CUT.search(text) or _BROKEN_OFF.search(text):
        terms.doubts.append(f'{_CUT_OFF}: "{said(text)}"')
    if _LEFT_OUT.search(text):
        terms.doubts.append(f'words are left out at `[...]`: "{said(text)}"')
    return _CUT.sub(" ", _LEFT_OUT.sub(" ", text))


def _take_amount(terms: Terms, clipping: Clipping) -> None:
    for pattern, amount in _AMOUNTS:
        if clipping.take(pattern):
            terms.amount = amount
            break
    for pattern, chosen in _CHOSEN:
        if clipping.take(pattern):
            terms.part_chosen = chosen
            break


def _take_days(terms: Terms, clipping: Clipping) -> None:
    for pattern, on in _DAYS:
        if clipping.take(pattern):
            terms.style, terms.on = on.style, on
            break
    if terms.on is CallDay.COUPON_DATE:
        clipping.take(rf"on\s+(?:the|an|any)\s+{_INTEREST_DATE}")
    if terms.style is CallStyle.AMERICAN:
        while clipping.take(_DAYS[-1][0]):
            pass
    if other := clipping.take(_OTHER_DAYS):
        terms.doubts.append(f'"{said(other[0])}" is not among the days a call can be written for')


def _take_prices(terms: Terms, clipping: Clipping, call_date: date | None) -> None:
    """Take the first price and date, and whatever prices follow them."""
    above = clipping.take(_ABOVE)
    terms.price, terms.first_on, terms.prices, doubts = take_prices(clipping)
    terms.doubts += doubts
    if above:
        terms.first_on = terms.first_on or call_date
    if terms.first_on is None and (found := clipping.take(_FIRST)):
        terms.first_on = read_date(found["date"] or found["other"])
        if terms.first_on is None:
            terms.doubts.append(f'"{said(found[0])}" names no day that exists')
    if terms.make_whole and terms.make_whole.until is None and terms.price is not None and terms.first_on:
        # make-whole until the note can be called at par, which the sentence names as the later of the two
        terms.make_whole = MakeWhole(spread=terms.make_whole.spread, until=terms.first_on)
        terms.first_on = None
    if terms.make_whole and terms.first_on == terms.make_whole.until:
        terms.first_on = None
    if terms.make_whole and terms.price is None:
        terms.price = Decimal(100)


def _leave_the_rest(terms: Terms, clipping: Clipping) -> None:
    """Note every word that is still there, besides those that say nothing of a call."""
    rest = _SAYS_NOTHING.sub(" ", clipping.rest)
    words = [word for word in re.findall(r"[\w$%/.-]*\w[\w%/-]*", rest) if word.lower() not in _FILLERS]
    if words and not any(doubt.startswith(_CUT_OFF) for doubt in terms.doubts):
        terms.doubts.append(f'not understood: "{said(" ".join(words))}" in "{said(terms.printed)}"')


def _say_what_is_missing(terms: Terms) -> None:
    if terms.doubts:
        return
    if terms.callable is None and not terms.event_calls:
        terms.doubts.append(f'not understood as a redemption sentence: "{said(terms.printed)}"')
    elif terms.callable:
        if terms.first_on is None and not terms.make_whole:
            terms.doubts.append(f'no first call date is found in "{said(terms.printed)}"')
        elif not terms.on:
            after = f" after {terms.first_on}" if terms.first_on else ""
            terms.doubts.append(f'it is not said on which days{after} it may be called: "{said(terms.printed)}"')
