"""The sentences on a sheet that say how a note may be redeemed: named, unnamed, in a footnote, or as a form's lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.coupon_steps import CouponPeriods
from rules_engine.supplements.figures import CUSIP_SHAPE
from rules_engine.supplements.floating import FloatingTerms
from rules_engine.supplements.marks import choose, has_boxes, has_ticked, ticked_words
from rules_engine.supplements.named_values import yes_or_no
from rules_engine.supplements.patterns import one_line, pattern, phrase, shortened
from rules_engine.supplements.prose import is_of_notes_in_general
from rules_engine.supplements.redemption_forms import SAYS_ONLY_YES, composed
from rules_engine.supplements.sentences import LONGEST, Terms, read_redemption
from rules_engine.supplements.sheet_rows import Row

_UNNAMED = pattern(
    r"(?:^|(?<=\n)|(?<=\t))[()* ]{0,6}(?=(?:callable|redeemable) (?:at|on|in)\s|callable \d|non-?callable\b)"
)
_LONG = pattern(
    r"(?:(?<=\s)|^)(?:(?:the|these)\s[^.\t]{0,80}?\s(?:will|may|are"
    r"|can)(?: not)? (?:be )?(?:subject to redemption|redeemable|redeemed"
    r"|callable|called)\b|(?:we|the (?:company|issuer|trust)) (?:may|can|have the right to"
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
ABOUT = re.compile(
    rf"({CUSIP_SHAPE})"
    r"(?i:(?: notes?)?,? ?(?:is|are|:|-) ?(?=(?:not )?(?:callable|redeemable|subject to redemption|non)))"
)
_CALLABLE = pattern(r"~(?:callable|redeemable) ")
NO_PUT = phrase(r"no|not|none|n/a|cannot|nor")
_YES_AND_MORE = pattern(r"~yes~[,;:.-]~(?=[a-z]{2,20} [a-z]{1,20} )")
_MAKE_WHOLE = phrase(r"make-whole|greater of|present values?")
_COUPON_TALK = phrase(r"steps? (?:up )?to|float(?:s|ing)? |from and including")


@dataclass(slots=True)
class Form:
    """A sentence that was read: its terms, the line it is on, and where it ends."""

    terms: Terms
    line: int
    end: int = 0


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the sentences of a sheet, none of which goes on beyond a stop."""

    sheet: Sheet
    stops: Sequence[int]
    about: Mapping[str, int]

    def named_forms(self, row: Row, call_date: date | None) -> list[Form]:
        """Read what stands after the names of a redemption, the sentences before what is only a date or a price."""
        text, forms = self.sheet.text, list[Form]()
        if written := composed(self.sheet, row):
            terms = read_redemption(written[0], call_date=call_date)
            if not terms.doubts:
                ends = [end for name in ("redemption", "redemption date") for _, end in row.texts.get(name, ())]
                return [Form(terms, self.sheet.line_at(written[1]), max(ends))]
        for start, end in row.texts.get("redemption", ()):
            if SAYS_ONLY_YES.match(text[start:end]):
                continue  # on which days is said elsewhere, or not at all
            sentence = _LONG.match(text, start + 1 if text[start : start + 1].isspace() else start, end)
            until = self._end(sentence.end() if sentence else start, end)
            if form := self._form(start, until, call_date):
                forms.append(form)
        for start, end in row.texts.get("make-whole", ()):
            said_of_it = one_line(text[start : self._end(start, end)])
            if said_of_it and not NO_PUT.match(said_of_it):
                forms.append(Form(read_redemption(f"Make-whole call {said_of_it}"), self.sheet.line_at(start), end))
        dated, priced = row.texts.get("redemption date", ()), row.texts.get("redemption price", ())
        if not forms and dated:
            words = [one_line(text[slice(*each)]) for each in (dated[0], *priced[:1])]
            said = words[0] if all(word == words[0] for word in words) else f"Callable at {words[-1]} on {words[0]}"
            if words[0]:
                forms.append(Form(read_redemption(said, call_date=call_date), self.sheet.line_at(dated[0][0])))
        for start, end in row.texts.get("callable", ()):
            if not forms and (yes := _YES_AND_MORE.match(text, start, end)):
                forms += [form for form in [self._form(yes.end(), self._end(start, end), call_date)] if form]
        if not forms:
            for start, end in row.texts.get("call date", ()):
                on_day = one_line(text[start:end])
                named = f"Callable {on_day}" if on_day[:1].isdigit() else on_day
                forms.append(Form(read_redemption(named), self.sheet.line_at(start)))
        return forms

    def unnamed_form(self, start: int, end: int, call_date: date | None) -> Form | None:
        """Read a sentence that starts its line and is not named."""
        found = _UNNAMED.search(self.sheet.text, start, end)
        return self._form(found.end(), self._end(found.end(), end), call_date) if found else None

    def form_about(self, row: Row, call_date: date | None) -> Form | None:
        """Read a sentence that starts with the note's own CUSIP, wherever it stands."""
        place = self.about.get(str(row.cusip.value))
        return self._form(place, self._end(place, len(self.sheet.text)), call_date) if place else None

    def footnote_form(self, row: Row, call_date: date | None, footnotes: Mapping[str, tuple[int, int]]) -> Form | None:
        """Read the sentence in the footnote that a row's marks lead to."""
        for mark in _FOOTNOTE_MARK.findall(self.sheet.text, row.first, max(row.until, row.cusip.end)):
            start, end = footnotes.get(mark, (0, 0))
            if end and _UNNAMED.match(self.sheet.text, start) is None and not _CALLABLE.match(self.sheet.text, start):
                continue
            if end:
                return self._form(start, self._end(start, end), call_date)
        return None

    def long_form(self, start: int, end: int) -> Form | None:
        """Read a sentence about the notes, and those after it that go on about their redemption."""
        text = self.sheet.text
        about = (each for each in _LONG.finditer(text, start, end) if not is_of_notes_in_general(text, *each.span()))
        found = next(about, None)
        if not found:
            return None
        until = self._end(found.end(), end)
        return Form(
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

    def _form(self, start: int, end: int, call_date: date | None) -> Form | None:
        text, line = self.sheet.text[start:end], self.sheet.line_at(start)
        if not has_boxes(text):
            terms = _read_wrapped(text, call_date)
            return Form(terms, line, end) if terms.printed else None
        answers = list(yes_or_no(self.sheet.text, start, end))
        answer = choose(self.sheet.text, start, end, answers).figure
        if answer is not None:
            # where it is yes, the days stand elsewhere
            return None if answer.value else Form(Terms(printed=one_line(text), callable=False), line, end)
        words = ticked_words(text)
        if words is None and not has_ticked(text):
            return None
        terms = read_redemption(words, call_date=call_date) if words else Terms(printed=one_line(text))
        if words is None:
            terms.doubts.append(f'it is not clear which box is ticked: "{shortened(text)}"')
        return Form(terms, line, end)

    def _end(self, start: int, end: int) -> int:
        """Say where, at the latest, what is said of redemption from a place on ends."""
        after = bisect_right(self.stops, start)
        end = min(end, start + LONGEST + 1, self.stops[after] if after < len(self.stops) else end)
        stop = _END.search(self.sheet.text, start, end)
        return stop.start() if stop else end


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
