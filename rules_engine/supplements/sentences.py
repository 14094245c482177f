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
from rules_engine.supplements.call_days import take_call_days
from rules_engine.supplements.clipping import Clipping
from rules_engine.supplements.coupon_steps import CouponPeriods, take_coupon_periods
from rules_engine.supplements.event_calls import take_event_calls
from rules_engine.supplements.floating import FloatingTerms, take_floating
from rules_engine.supplements.notices import take_notice
from rules_engine.supplements.patterns import one_line, pattern, phrase, shortened
from rules_engine.supplements.prices import take_make_whole, take_prices
from rules_engine.supplements.values import DATE, read_date

LONGEST = 6_000
"""No redemption sentence is longer, in characters; of a longer one nothing is read."""


@dataclass(slots=True)
class Terms:
    """What a redemption sentence says; what it does not say is None or empty.

    `callable` is False for a note that cannot be called, and None where the sentence does not tell.
    `notice_to` are those the notice goes to, as printed. `periods` and `floats` are what is said of the coupon beside
    the call. `completed_from` names the sentence that gave what this one leaves out, `first_inferred` says
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
    periods: CouponPeriods = field(default_factory=CouponPeriods)
    floats: FloatingTerms | None = None
    completed_from: str = ""
    first_inferred: str = ""
    doubts: list[str] = field(default_factory=list)


_CUT = pattern(r"\[~excerpt ends~\]|\.\.\.~$|\[~(?:cut|truncated)~\]")
_CUT_OFF = "the sentence is cut off"
_LEFT_OUT = pattern(r"\[~\.\.\.~\]")
_BROKEN_OFF = pattern(r"(?:,|;|(?<=\s)(?:and|or|on|at|of|with|the|to|every|each|upon|in|a))~$")
_AFTER_THAT = phrase(r"after (?:that|such)(?: date| day)?")
_LABEL = pattern(r"^~(?:redemption information|(?:optional )?redemption)~:~")

HOLDERS_PUT = phrase(
    r"(?:at|upon) (?:the )?(?:option|election|request) of (?:the |each |any |a )?(?:registered |beneficial )?"
    r"(?:note)?~(?:holders?|owners?|investors?)(?: of the notes| thereof)?"
    r"|(?:redeemable|repayable|redeemed|repaid) by (?:the |any )?(?:note)?~(?:holders?|owners?)"
    r"|(?:note)?holders?'? (?:option|put|right)|(?:may|can) be put|put (?:right|option)"
    r"|rights? to require (?:us|the issuer|the company|[^.,;\t\n]{1,60}?) to (?:repay|redeem|repurchase|purchase)"
    r"|repurchased? at the option|repayable at the option"
)
"""Words by which a right to have a note repaid is its holder's, and not a call of the issuer's."""

_NOT_CALLABLE = phrase(
    r"non~-?~call(?:able)?(?: life)?(?: (?:for|to|until|before|prior to) (?:stated )?(?:maturity|life))?"
    r"|not callable(?: prior to maturity)?"
    r"|non~-?~redeemable|(?:may|can|will) not redeem(?: (?:the|these) notes)?"
    r"|(?:(?:is|are|will|may|can)~)?(?:not|cannot) (?:be )?(?:redeemable"
    r"|subject to (?:optional )?redemption|redeemed|called)"
    r"(?: at (?:the )?option of (?:the )?(?:issuer|company)| at (?:our|the issuer's|the company's) option)?"
    r"(?: (?:before|prior to) (?:the |their )?(?:stated )?maturity(?: date)?)?"
    r"|no (?:optional )?(?:redemption|call)(?: (?:before|prior to) (?:the )?(?:stated )?maturity(?: date)?)?"
)
_NOTHING = pattern(r"^\W{0,3}(?:none|n/a|not applicable|no)\W{0,3}$")

_AMOUNTS: tuple[tuple[re.Pattern[str], CallAmount], ...] = (
    (
        phrase(
            r"in whole(?:~,?~at any time)?~,?~or~,?~(?:from time to time~,?~)?in part(?:~,?~(?:at any"
            r" time )?from time to time)?"
        ),
        CallAmount.WHOLE_OR_PART,
    ),
    (
        phrase(
            r"(?:either )?(?:in|as a) whole~,?~(?:but )?(?:and )?not in part"
            r"|in whole only(?:~,?~(?:and )?not in part)?|in whole"
        ),
        CallAmount.WHOLE,
    ),
)
_CHOSEN = (
    (phrase(r"(?:selected )?by lot(?:tery)?"), PartChosen.BY_LOT),
    (phrase(r"(?:on a )?pro~-?~rata(?: basis)?"), PartChosen.PRO_RATA),
)
_SMALL_PIECE = phrase(
    r"(?:except that )?no notes? of (?:a principal amount of )?\$1,000 or less (?:(?:will|may"
    r"|shall) be redeemed )?in part"
)
_FIRST = pattern(
    r"(?:beginning|starting|commencing)?~(?:on and after|on or after|on|from|beginning|starting|commencing)"
    rf"(?: (?:on|from))?~,? (?P<date>{DATE})|(?:occurring )(?P<other>{DATE})|^~(?:callable|redeemable) (?P<bare>{DATE})"
)
_ABOVE = phrase(r"(?:beginning )?on (?:the )?call date (?:shown )?above")
_PAYABLE = (
    r"plus~,?~(?:any )?(?:accrued|unpaid)(?: and (?:unpaid|accrued))? interest"
    r"(?: payments otherwise payable for the then-current [\w-]{1,20} interest period accrued)?"
    r"(?: (?:thereon|on the (?:principal(?: amount)?|notes?)(?: being redeemed)?))?(?:~,?~if any)?~,?"
    r"(?:~(?:accrued )?(?:up )?to~,?~but (?:not including|excluding)~,?~the (?:date (?:fixed for|of) redemption"
    r"|redemption date)|~(?:accrued )?to the (?:date (?:fixed for|of) redemption|redemption date))?"
)
_SAYS_NOTHING = pattern(
    r"\(\"[^\"]{1,60}\"\)|\bnote~:|\(~\d{1,2} years?~\)|\(~\d{1,2}~\)"
    rf"|{_PAYABLE}"
    r"|(?:as (?:described|provided|set forth) (?:in|under)"
    r"|see) (?:the )?(?:accompanying )?(?:prospectus(?: supplement)?)"
    r"|at (?:our|the issuer's|the company's) (?:sole )?option"
    r"|at the (?:sole )?option of (?:the (?:issuer|company|trust)|us"
    r"|[A-Z][^,.;]{0,60}?(?=~,| in whole| on\s| at\s| upon\s|~$))"
    r"|^(?:the|these|such)\s[^,.;\d]{0,80}?(?=\s(?:will|may|shall|are|is)\s)"
    r"|by (?:the )?(?:issuer|company|trust)|by us|(?<=redeemable\s)by [A-Z][^,.;]{0,60}?(?=~,| in whole| on\s| at\s)"
    r"|(?:will|may|shall|are|is) (?:be )?(?:subject to redemption|redeemable|redeemed|callable|called)"
    r"|(?:we|the (?:issuer|company)) (?:may|can) (?:redeem|call)(?: (?:the|these|all of the) notes)?"
    r"|(?:subject to )?(?:optional )?(?:redemption|redeemable|redeemed|callable|call)"
    r"|(?:the )?(?:interest|coupon)(?: payment)? dates?(?=~$)"
    r"|unless (?:previously )?called|and thereafter|thereafter"
)
_FILLERS = frozenset(
    (
        *("and", "or", "on", "at", "of", "the", "a", "an", "in", "by", "to", "be", "is", "are", "will", "may"),
        *("also", "then", "it", "its", "note", "notes", "these", "such", "yes"),
    )
)
_ANY_TIME = phrase(r"any~time")
_WORD = re.compile(r"[\w$%/.-]{0,80}\w[\w%/-]{0,80}")


def read_redemption(sentence: str, *, call_date: date | None = None) -> Terms:
    """Read a redemption sentence into terms; `call_date` is what it means by the call date above."""
    terms = Terms(printed=_LABEL.sub("", one_line(sentence)))
    if len(terms.printed) > LONGEST:
        terms.doubts.append(f'a text of {len(terms.printed):,} characters is not read: "{shortened(terms.printed)}"')
        return terms
    clipping = Clipping(_uncut(terms))
    terms.make_whole = take_make_whole(clipping)
    _take_coupon(terms, clipping)
    put = HOLDERS_PUT.search(clipping.rest)
    if put:
        terms.doubts.append(
            f'"{put[0]}": a right of the holder is not among the terms of a note: "{shortened(terms.printed)}"'
        )
        return terms
    if _NOTHING.match(clipping.rest) or clipping.take(_NOT_CALLABLE):
        terms.callable = False
        clipping.rest = "" if _NOTHING.match(clipping.rest) else clipping.rest
        _leave_the_rest(terms, clipping)
        return terms
    terms.event_calls = take_event_calls(clipping)
    terms.on, whole, doubts = take_call_days(clipping)
    if terms.make_whole and terms.on is None and _ANY_TIME.search(terms.printed):
        terms.on = CallDay.ANY_DAY
    terms.style = terms.on.style if terms.on else None
    terms.amount = whole
    terms.doubts += doubts
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
        terms.doubts.append(f'{_CUT_OFF}: "{shortened(text)}"')
    if _LEFT_OUT.search(text):
        terms.doubts.append(f'words are left out at `[...]`: "{shortened(text)}"')
    return _AFTER_THAT.sub("thereafter", _CUT.sub(" ", _LEFT_OUT.sub(" ", text)))


def _take_coupon(terms: Terms, clipping: Clipping) -> None:
    terms.periods = take_coupon_periods(clipping)
    terms.doubts += terms.periods.doubts
    terms.floats = take_floating(clipping)


def _take_amount(terms: Terms, clipping: Clipping) -> None:
    for amount_phrase, amount in _AMOUNTS:
        if clipping.take(amount_phrase):
            terms.amount = amount
            break
    for chosen_phrase, chosen in _CHOSEN:
        if clipping.take(chosen_phrase):
            terms.part_chosen = chosen
            break


def _take_prices(terms: Terms, clipping: Clipping, call_date: date | None) -> None:
    """Take the first price and date, and whatever prices follow them."""
    above = clipping.take(_ABOVE)
    terms.price, terms.first_on, terms.prices, doubts = take_prices(clipping)
    terms.doubts += doubts
    if above:
        terms.first_on = terms.first_on or call_date
    if terms.first_on is None and (found := clipping.take(_FIRST)):
        terms.first_on = read_date(found["date"] or found["other"] or found["bare"])
        if terms.first_on is None:
            terms.doubts.append(f'"{shortened(found[0])}" names no day that exists')
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
    words = [word for word in _WORD.findall(rest) if word.lower() not in _FILLERS]
    if words and not any(doubt.startswith(_CUT_OFF) for doubt in terms.doubts):
        terms.doubts.append(f'not understood: "{shortened(" ".join(words))}" in "{shortened(terms.printed)}"')


def _say_what_is_missing(terms: Terms) -> None:
    if terms.doubts:
        return
    printed = shortened(terms.printed)
    if terms.callable is None and not terms.event_calls:
        what = "no price is said" if terms.first_on or terms.on else "not understood as a redemption sentence"
        terms.doubts.append(f'{what}: "{printed}"')
    elif terms.callable:
        if terms.first_on is None and not terms.make_whole:
            terms.doubts.append(f'no first call date is found in "{printed}"')
        elif not terms.on:
            after = f" after {terms.first_on}" if terms.first_on else ""
            terms.doubts.append(f'it is not said on which days{after} it may be called: "{printed}"')
