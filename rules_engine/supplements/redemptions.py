"""Which redemption sentences belong to which note, and what they say together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from rules_engine.model.notes import MakeWhole, Notice
from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.coupon_steps import CouponPeriods
from rules_engine.supplements.figures import CUSIP_SHAPE, Figure
from rules_engine.supplements.floating import FloatingTerms
from rules_engine.supplements.marks import choose, has_boxes, has_ticked, ticked_words
from rules_engine.supplements.named_values import yes_or_no
from rules_engine.supplements.patterns import one_line, pattern, phrase, shortened
from rules_engine.supplements.prose import is_of_notes_in_general
from rules_engine.supplements.readings import NOT_FOUND, READ, Reading
from rules_engine.supplements.sentences import LONGEST, Terms, read_redemption
from rules_engine.supplements.tables import Row

_UNNAMED = pattern(
    r"(?:^|(?<=\n)|(?<=\t))[()* ]{0,6}(?=(?:callable|redeemable) (?:at|on|in)\s|callable \d|non-?callable\b)"
)
_LONG = pattern(
    r"(?:(?<=\s)|^)(?:(?:the|these)\s[^.\t]{0,80}?\s(?:will|may|are"
    r"|can)(?: not)? (?:be )?(?:subject to redemption|redeemable|redeemed"
    r"|called)\b|(?:we|the (?:company|issuer|trust)) (?:may|can|have the right to"
    r"|has the right to)(?: not)? (?:redeem|call)\b)"
)
_END = pattern(
    r"~(?:joint lead managers|(?:selling )?agents?~:|\(\d{1,2}\) [A-Z]|cusip\b|offering dates?~:"
    r"|trade date|settle(?:ment)? date|minimum denominations?|if the maturity date|recent developments?"
    r"|\bthe\s[^.\t]{0,80}?\s(?:will|may) be (?:subject to redemption|redeemable)|\bnote~:"
    r"|[^\n]{0,40}registered trademark)|\n\n"
)
_GOES_ON = phrase(r"(?:redee[a-z]{1,9}|redemption|call(?:ed|able)?|notice|treasury rate|make-whole|price)")
_MOST_LINES = 40
"""No sentence is wrapped over more."""
_NEXT_SENTENCE = re.compile(r"(?<=\.)\s{1,2}(?=[A-Z])")
_NOTE = pattern(r"\bnote~:~([^\n]{1,2000})")
_FOOTNOTE_MARK = re.compile(r"\((\d{1,2})\)")
_ABOUT = re.compile(
    rf"({CUSIP_SHAPE})"
    r"(?i:(?: notes?)?,? ?(?:is|are|:|-) ?(?=(?:not )?(?:callable|redeemable|subject to redemption|non)))"
)
_CALLABLE = pattern(r"~(?:callable|redeemable) ")
_NO_PUT = phrase(r"no|not|none|n/a|cannot|nor")
_YES_AND_MORE = pattern(r"~yes~[,;:.-]~(?=[a-z]{2,20} [a-z]{1,20} )")
_MAKE_WHOLE = phrase(r"make-whole|greater of|present values?")
_COUPON_TALK = phrase(r"steps? (?:up )?to|float(?:s|ing)? |from and including")
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
    periods: CouponPeriods = field(default_factory=CouponPeriods)
    floats: FloatingTerms | None = None


@dataclass(slots=True)
class _Form:
    terms: Terms
    line: int
    end: int = 0


def read_redemptions(
    sheet: Sheet, rows: Sequence[Row], stops: Sequence[int], footnotes: Mapping[str, tuple[int, int]]
) -> list[Redemption]:
    """Read what each row's sentences say, a long form below supplying what the short one leaves out.

    No sentence goes on beyond a stop. Footnotes are by their marks, each from one place to another.
    """
    reader = _Reader(sheet, stops, {found[1]: found.end() for found in _ABOUT.finditer(sheet.text)})
    # notes side by side share what is said of them: it is read once
    unnamed_form, long_form = cache(reader.unnamed_form), cache(reader.long_form)
    coupon_talk = cache(reader.coupon)
    general = long_form(rows[-1].cusip.start, rows[-1].end) if rows else None
    found = []
    for row in rows:
        call_date = _call_date(row)
        start = row.until if row.start == row.cusip.start else row.start
        named = reader.named_forms(row, call_date)
        short = named[0] if named else unnamed_form(start, row.end, call_date)
        short = short or reader.form_about(row, call_date)
        short = short or reader.footnote_form(row, call_date, footnotes)
        long = long_form(max([start, *(form.end for form in named)]), row.end)
        called_on = short.terms.first_on if short else None
        if general and called_on and not long and general.terms.first_on == called_on:
            long = general
        is_said = short and (short.terms.periods.words or short.terms.floats)
        periods, floats = (
            (short.terms.periods, short.terms.floats) if short and is_said else coupon_talk(start, row.end)
        )
        columned = _column_of_calls(sheet, row)
        reading = _together(short or columned, long, is_last=row is rows[-1] or row.abreast)
        _hold_against(reading, [*named[1:], *([columned] if short and columned else [])])
        reading.doubts += holders_puts(sheet, row)
        reading.line = reading.line or sheet.line_at(row.cusip.start)
        found.append(Redemption(reading, periods, floats))
    return found


def _call_date(row: Row) -> date | None:
    values = {figure.value for figure in row.figures.get("call date", ())}
    (value,) = values if len(values) == 1 else (None,)
    return value if isinstance(value, date) else None


def _column_of_calls(sheet: Sheet, row: Row) -> _Form | None:
    """Take a column, or a name, that says `No` to whether a note can be called for its redemption sentence."""
    given: tuple[Figure, ...] = row.figures.get("callable", ())
    if "callable" in row.uncertain or "callable" in row.doubts or {figure.value for figure in given} != {False}:
        return None
    return _Form(Terms(printed=given[0].words, callable=False), sheet.line_at(given[0].start))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Finds the sentences of a sheet, none of which goes on beyond a stop."""

    sheet: Sheet
    stops: Sequence[int]
    about: Mapping[str, int]

    def named_forms(self, row: Row, call_date: date | None) -> list[_Form]:
        """Read what stands after the names of a redemption, the sentences before what is only a date or a price."""
        text, forms = self.sheet.text, []
        for start, end in row.texts.get("redemption", ()):
            sentence = _LONG.match(text, start + 1 if text[start : start + 1].isspace() else start, end)
            until = self._end(sentence.end() if sentence else start, end)
            if form := self._form(start, until, call_date):
                forms.append(form)
        for start, end in row.texts.get("make-whole", ()):
            said_of_it = one_line(text[start : self._end(start, end)])
            if said_of_it and not _NO_PUT.match(said_of_it):
                forms.append(_Form(read_redemption(f"Make-whole call {said_of_it}"), self.sheet.line_at(start), end))
        dated, priced = row.texts.get("redemption date", ()), row.texts.get("redemption price", ())
        if not forms and dated:
            words = [one_line(text[slice(*each)]) for each in (dated[0], *priced[:1])]
            said = words[0] if all(word == words[0] for word in words) else f"Callable at {words[-1]} on {words[0]}"
            if words[0]:
                forms.append(_Form(read_redemption(said, call_date=call_date), self.sheet.line_at(dated[0][0])))
        for start, end in row.texts.get("callable", ()):
            if not forms and (yes := _YES_AND_MORE.match(text, start, end)):
                forms += [form for form in [self._form(yes.end(), self._end(start, end), call_date)] if form]
        if not forms:
            for start, end in row.texts.get("call date", ()):
                on_day = one_line(text[start:end])
                named = f"Callable {on_day}" if on_day[:1].isdigit() else on_day
                forms.append(_Form(read_redemption(named), self.sheet.line_at(start)))
        return forms

    def unnamed_form(self, start: int, end: int, call_date: date | None) -> _Form | None:
        """Read a sentence that starts its line and is not named."""
        found = _UNNAMED.search(self.sheet.text, start, end)
        return self._form(found.end(), self._end(found.end(), end), call_date) if found else None

    def form_about(self, row: Row, call_date: date | None) -> _Form | None:
        """Read a sentence that starts with the note's own CUSIP, wherever it stands."""
        place = self.about.get(str(row.cusip.value))
        return self._form(place, self._end(place, len(self.sheet.text)), call_date) if place else None

    def footnote_form(self, row: Row, call_date: date | None, footnotes: Mapping[str, tuple[int, int]]) -> _Form | None:
        """Read the sentence in the footnote that a row's marks lead to."""
        for mark in _FOOTNOTE_MARK.findall(self.sheet.text, row.first, max(row.until, row.cusip.end)):
            start, end = footnotes.get(mark, (0, 0))
            if end and _UNNAMED.match(self.sheet.text, start) is None and not _CALLABLE.match(self.sheet.text, start):
                continue
            if end:
                return self._form(start, self._end(start, end), call_date)
        return None

    def long_form(self, start: int, end: int) -> _Form | None:
        """Read a sentence about the notes, and those after it that go on about their redemption."""
        text = self.sheet.text
        about = (each for each in _LONG.finditer(text, start, end) if not is_of_notes_in_general(text, *each.span()))
        found = next(about, None)
        if not found:
            return None
        until = self._end(found.end(), end)
        return _Form(
            read_redemption(_on_redemption(self.sheet.text[found.start() : until])), self.sheet.line_at(found.start())
        )

    def coupon(self, start: int, end: int) -> tuple[CouponPeriods, FloatingTerms | None]:
        """Find what is said of a changing coupon in a note below a row, or else anywhere near it."""
        text = self.sheet.text
        for found in _NOTE.finditer(text, start, end):
            if _COUPON_TALK.search(found[1]):
                terms = read_redemption(found[1])
                return terms.periods, terms.floats
        talk = _COUPON_TALK.search(text, start, end)
        if not talk:
            return CouponPeriods(), None
        around = text[max(start, talk.start() - 200) : min(end, talk.end() + 3_000)]
        terms = read_redemption(around)
        # a Treasury rate with a spread is what a make-whole price is worked out by
        return terms.periods, None if _MAKE_WHOLE.search(around) else terms.floats

    def _form(self, start: int, end: int, call_date: date | None) -> _Form | None:
        text, line = self.sheet.text[start:end], self.sheet.line_at(start)
        if not has_boxes(text):
            terms = _read_wrapped(text, call_date)
            return _Form(terms, line, end) if terms.printed else None
        answers = list(yes_or_no(self.sheet.text, start, end))
        answer = choose(self.sheet.text, start, end, answers).figure
        if answer is not None:
            # where it is yes, the days stand elsewhere
            return None if answer.value else _Form(Terms(printed=one_line(text), callable=False), line, end)
        words = ticked_words(text)
        if words is None and not has_ticked(text):
            return None
        terms = read_redemption(words, call_date=call_date) if words else Terms(printed=one_line(text))
        if words is None:
            terms.doubts.append(f'it is not clear which box is ticked: "{shortened(text)}"')
        return _Form(terms, line, end)

    def _end(self, start: int, end: int) -> int:
        """Say where, at the latest, what is said of redemption from a place on ends."""
        after = bisect_right(self.stops, start)
        end = min(end, start + LONGEST + 1, self.stops[after] if after < len(self.stops) else end)
        stop = _END.search(self.sheet.text, start, end)
        return stop.start() if stop else end


def holders_puts(sheet: Sheet, row: Row) -> list[str]:
    """Doubt a note that its holder may have repaid: among the terms of a note there is no such right."""
    doubts = []
    for start, end in row.texts.get("holder's put", ()):
        text = sheet.text[start:end]
        words = ticked_words(text) if has_boxes(text) else text
        if words is None and not has_ticked(text):
            continue
        if words is None or (words.strip(" \t\n.:;-") and not _NO_PUT.search(words)):
            doubts.append(f'a right of the holder is not among the terms of a note: "{shortened(text)}"')
    return doubts


def _on_redemption(text: str) -> str:
    """Take, of a paragraph that starts with a redemption sentence, that one and those after it that go on about it."""
    first, *following = _NEXT_SENTENCE.split(text)
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
    first, *following = [line for line in re.split(r"[\n\t]{1,2}", text) if line.strip()] or [""]
    terms = read_redemption(first, call_date=call_date)
    for line in following[:_MOST_LINES]:
        longer = read_redemption(f"{first} {line}", call_date=call_date)
        if not line[:1].islower() and not (terms.doubts and not longer.doubts):
            break
        first, terms = f"{first} {line}", longer
    return terms


def _together(short: _Form | None, long: _Form | None, *, is_last: bool) -> Reading:
    """Join a note's short sentence with the long one, and say where they differ or nothing is understood."""
    first = short or (long if is_last else None)
    if first is None:
        return Reading(value=None, how=NOT_FOUND, doubts=["no redemption sentence is found"])
    terms = first.terms
    reading = Reading(value=terms, how=READ, words=terms.printed, line=first.line)
    if short and long and terms.callable and long.terms.callable:
        if long.terms.doubts:
            reading.doubts += [f"in the long form (line {long.line}), {doubt}" for doubt in long.terms.doubts]
        else:
            reading.doubts += _differences(terms, long)
            reading.value = _completed(terms, long)
    elif short and long and not terms.doubts:
        _hold_against(reading, [long])
    reading.doubts += terms.doubts
    return reading


def _hold_against(reading: Reading, others: Sequence[_Form]) -> None:
    """Doubt a redemption that another place of the sheet contradicts, or says something else about."""
    terms = reading.value
    if not isinstance(terms, Terms):
        return
    for other in others:
        said = other.terms
        if said.callable == terms.callable and said.callable is False:
            continue
        if terms.callable and said.callable and not said.doubts:
            reading.doubts += _differences(terms, other)
        elif said.callable is not None or said.doubts:
            reading.doubts.append(
                f'"{shortened(terms.printed)}", but also "{shortened(said.printed)}" (line {other.line})'
            )


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
    words = f'line {long.line}, "{shortened(long.terms.printed)}"'
    return replace(terms, **given, completed_from=words) if given else terms
