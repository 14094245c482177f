"""Which redemption sentences belong to which note, and what they say together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from rules_engine.model.notes import MakeWhole, Notice
from rules_engine.supplements.cells import Flow
from rules_engine.supplements.coupon_notes import CouponNotes
from rules_engine.supplements.readings import NOT_FOUND, READ, Reading
from rules_engine.supplements.rows import Row
from rules_engine.supplements.sentences import Terms, read_redemption
from rules_engine.supplements.values import said

_SHORT = re.compile(r"(?:redemption\s+information|(?:optional\s+)?redemption)\s*:\s*", re.IGNORECASE)
_UNNAMED = re.compile(r"(?:^|(?<=\n)|(?<=\t))[()* ]*(?=callable\s+(?:at|on)\s|non-?callable\b)", re.IGNORECASE)
_LONG = re.compile(
    r"(?:(?<=\s)|^)(?:the|these)\s[^.\t]{0,80}?\s(?:will|may)\s+be\s+(?:subject\s+to\s+redemption|redeemable|redeemed)\b",
    re.IGNORECASE,
)
_END = re.compile(
    r"\s*(?:joint\s+lead\s+managers|(?:selling\s+)?agents?\s*:|\(\d{1,2}\)\s+[A-Z]|cusip\b|offering\s+dates?\s*:"
    r"|trade\s+date|settle(?:ment)?\s+date|minimum\s+denominations?|if\s+the\s+maturity\s+date|recent\s+developments?"
    r"|\bthe\s[^.\t]{0,80}?\s(?:will|may)\s+be\s+(?:subject\s+to\s+redemption|redeemable)|\bnote\s*:"
    r"|[^\n]{0,40}registered\s+trademark)|\n\s*\n",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\b(?:redee|redemption|call(?:ed|able)?\b|notice)", re.IGNORECASE)
_LONGEST = 3_000
"""No redemption sentence is longer, in characters."""
_MOST_LINES = 12
"""No sentence is wrapped over more."""
_NOTE = re.compile(r"\bnote\s*:\s*([^\n]{1,400})", re.IGNORECASE)
_COUPON_TALK = re.compile(r"\b(?:steps?\s+(?:up\s+)?to|float(?:s|ing)?\s|from\s+and\s+including)\b", re.IGNORECASE)
_LEFT_TO_LONG = ("notice", "notice_to", "amount", "part_chosen", "event_calls")
_COMPARED = {
    "price": "the price",
    "first_on": "the first date",
    "on": "the day it is called on",
    "amount": "the amount",
    "notice": "the notice",
    "prices": "the later prices",
    "make_whole": "the make-whole price",
}


@dataclass(slots=True)
class Redemption:
    """What is said of one note's redemption, and, in the same breath, of its coupon."""

    redemption: Reading
    coupon: CouponNotes = field(default_factory=CouponNotes)


def read_redemptions(flow: Flow, rows: list[Row]) -> dict[str, Redemption]:
    """Read, by CUSIP, what each note's sentences say, a long form below supplying what the short one leaves out."""
    read: dict[str, Redemption] = {}
    general = _long_form(flow, rows[-1].cusip.start, len(flow.text)) if rows else None
    for row in rows:
        cusip = row.cusip.words.upper()
        start = 0 if row.named else row.cusip.end
        call_date = _call_date(row)
        short = _short_form(flow, start, row.end, call_date)
        long = _long_form(flow, start, row.end)
        if general and short and not long and general.terms.first_on == short.terms.first_on:
            long = general
        coupon = _coupon(flow, start, row.end, short)
        short = short or _column_of_calls(flow, row)
        reading = _together(short, long, last=row is rows[-1])
        reading.line = reading.line or flow.line_at(row.cusip.start)
        if cusip not in read or read[cusip].redemption.how == NOT_FOUND:
            read[cusip] = Redemption(reading, coupon)
    return read


def _call_date(row: Row) -> date | None:
    values = [figure.value for figure in row.figures.get("call date", ())]
    return values[0] if len(values) == 1 and isinstance(values[0], date) else None


def _column_of_calls(flow: Flow, row: Row) -> _Form | None:
    """Take a column that says `No` to whether a note can be called for its redemption sentence."""
    given = row.figures.get("callable", ())
    if "callable" in row.uncertain or len(given) != 1 or given[0].value is not False:
        return None
    return _Form(Terms(printed=given[0].words, callable=False), flow.line_at(given[0].start))


@dataclass(slots=True)
class _Form:
    terms: Terms
    line: int


def _short_form(flow: Flow, start: int, end: int, call_date: date | None) -> _Form | None:
    label = _SHORT.search(flow.text, start, end) or _UNNAMED.search(flow.text, start, end)
    if not label:
        return None
    terms = _read_wrapped(flow.text[label.end() : _end(flow.text, label.end(), end)], call_date)
    return _Form(terms, flow.line_at(label.start())) if terms.printed else None


def _long_form(flow: Flow, start: int, end: int) -> _Form | None:
    found = _LONG.search(flow.text, start, end)
    if not found:
        return None
    terms = read_redemption(_on_redemption(flow.text[found.start() : _end(flow.text, found.end(), end)]))
    return _Form(terms, flow.line_at(found.start()))


def _end(text: str, start: int, end: int) -> int:
    """Say where, at the latest, what is said of redemption from a place on ends."""
    end = min(end, start + _LONGEST)
    stop = _END.search(text, start, end)
    return stop.start() if stop else end


def _on_redemption(text: str) -> str:
    """Take, of a paragraph that starts with a redemption sentence, that one and those after it that go on about it."""
    first, *following = re.split(r"(?<=\.)\s+(?=[A-Z])", text)
    told = [first]
    for sentence in following:
        if not _GOES_ON.search(sentence):
            break
        told.append(sentence)
    return " ".join(told)


def _read_wrapped(text: str, call_date: date | None) -> Terms:
    """Read a sentence that may be wrapped, and may be followed by lines that are none of it.

    A line is the sentence's when it goes on in small letters, or when only with it all is understood.
    """
    first, *following = [line for line in re.split(r"[\n\t]+", text) if line.strip()] or [""]
    terms = read_redemption(first, call_date=call_date)
    for line in following[:_MOST_LINES]:
        longer = read_redemption(f"{first} {line}", call_date=call_date)
        if not line[:1].islower() and not (terms.doubts and not longer.doubts):
            break
        first, terms = f"{first} {line}", longer
    return terms


def _coupon(flow: Flow, start: int, end: int, short: _Form | None) -> CouponNotes:
    """Find what is said of a changing coupon, in the redemption sentence or in a note below it."""
    none = CouponNotes()
    if short and (short.terms.coupon.steps or short.terms.coupon.floating):
        return short.terms.coupon
    for found in _NOTE.finditer(flow.text, start, end):
        if _COUPON_TALK.search(found[1]):
            return read_redemption(found[1]).coupon
    talk = _COUPON_TALK.search(flow.text, start, end)
    return read_redemption(flow.text[max(start, talk.start() - 200) : talk.end() + 600]).coupon if talk else none


def _together(short: _Form | None, long: _Form | None, *, last: bool) -> Reading:
    """Join a note's short sentence with the long one, and say where they differ or nothing is understood."""
    first = short or (long if last else None)
    if first is None:
        return Reading(value=None, how=NOT_FOUND, doubts=["no redemption sentence is found"])
    terms = first.terms
    reading = Reading(value=terms, how=READ, words=said(terms.printed), line=first.line)
    if short and long and terms.callable and long.terms.callable:
        if long.terms.doubts:
            reading.doubts += [f"in the long form (line {long.line}), {doubt}" for doubt in long.terms.doubts]
        else:
            reading.doubts += _differences(terms, long)
            reading.value = _completed(terms, long)
    elif short and long and terms.callable is False and long.terms.callable and not terms.doubts:
        reading.doubts.append(f'"{said(terms.printed)}", but also "{said(long.terms.printed)}" (line {long.line})')
    reading.doubts += terms.doubts
    return reading


def _differences(terms: Terms, long: _Form) -> list[str]:
    """Say in what two sentences differ; what one of them leaves out is no difference."""
    doubts = []
    for name, called in _COMPARED.items():
        mine, other = getattr(terms, name), getattr(long.terms, name)
        if mine and other and mine != other:
            doubts.append(f"{called} is {_shown(mine)}, but in the long form (line {long.line}) {_shown(other)}")
    return doubts


def _shown(value: object) -> str:
    match value:
        case Notice():
            return f"{value.minimum_days} to {value.maximum_days or 'any'} {value.counted}"
        case tuple():
            return ", ".join(f"{step.price} from {step.from_on}" for step in value)
        case MakeWhole():
            return f"Treasury plus {value.spread} % until {value.until}"
    return str(value)


def _completed(terms: Terms, long: _Form) -> Terms:
    """Give the terms with what only the long form says, naming it when there is any."""
    given = {
        name: getattr(long.terms, name)
        for name in _LEFT_TO_LONG
        if getattr(long.terms, name) and not getattr(terms, name)
    }
    words = f'line {long.line}, "{said(long.terms.printed)}"'
    return replace(terms, **given, completed_from=words) if given else terms
