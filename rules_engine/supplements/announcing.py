"""What a sheet says of its own standing: that it is preliminary, changes another, or adds to notes issued before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.patterns import one_line, phrase, shortened
from rules_engine.supplements.readings import NOT_FOUND, Reading, ReadSupplement, Remark
from rules_engine.supplements.values import dates_in

_PRELIMINARY = phrase(
    r"preliminary pricing supplement|preliminary terms?(?: sheet)?|subject to completion"
    r"|(?:is|are) not complete and may be changed"
)
_AMENDED = phrase(
    r"(?:replaces?|supersedes?|amends?|restates?|corrects?)(?: and (?:replaces?|supersedes?"
    r"|restates?))?(?: in (?:its|their) entirety)?"
    r" (?:the|our|that|an?) (?:earlier |previous(?:ly filed)? |original |preliminary "
    r"|prior )?(?:pricing supplement|supplement|filing)"
    r"|amended and restated pricing supplement|amendment no\.?~\d{1,2}[^\n]{0,40}pricing supplement"
    r"|pricing supplement[^\n]{0,40}amendment no\.?~\d{1,2}|corrected pricing supplement"
)
_REOPENED = phrase(
    r"(?:a |are )?(?:further|additional) (?:issuance|issue|notes)[^.\n]{0,80}(?:consolidated"
    r"|single series|fungible|same series)"
    r"|(?:a |are )?(?:further|additional) (?:issuance|issue) of|(?:will|shall|to) be consolidated"
    r"|re-?opening of|form(?:s|ing)? a single (?:series|issue|class) with|(?:originally|previously|first) issued on"
    r"|(?:part|tranche) of (?:the same|a single) (?:series|issue)"
)
_MAY = phrase(r"may|might|could|from time to time|if|without (?:the )?consent")
_SENTENCE_START = re.compile(r"\.[ \t\n]|\n(?=[A-Z])")
_REACH = 400


@dataclass(frozen=True, slots=True)
class Announced:
    """A sentence on the sheet's standing: the line it is on, its words, and the days it names."""

    line: int
    words: str
    days: tuple[date, ...]


def announce(sheet: Sheet, supplement: ReadSupplement) -> None:
    """Warn of a sheet's standing, and doubt what rests on it and is not printed."""
    for phrases, said, todo in (
        (_PRELIMINARY, "a preliminary supplement", "hold its figures against the final one"),
        (_AMENDED, "it amends another supplement", "say with `--amends` which notes of the book it changes"),
    ):
        if found := phrases.search(sheet.text):
            line = sheet.line_at(found.start())
            supplement.warnings.append(Remark(line, f'{said}: {todo}: "{one_line(found[0])}"'))
    for reopened in _reopened(sheet):
        words = shortened(reopened.words)
        supplement.warnings.append(Remark(reopened.line, f'the notes add to an issue that is there already: "{words}"'))
        _doubt_accrual(supplement, reopened)
        return


def _reopened(sheet: Sheet) -> Iterator[Announced]:
    """Find the sentence by which notes are part of an earlier issue; what an issuer may do some day is none."""
    for found in _REOPENED.finditer(sheet.text):
        sentence = _sentence(sheet.text, found)
        if not _MAY.search(sentence):
            days = tuple(each.day for each in dates_in(sentence) if each.day)
            yield Announced(sheet.line_at(found.start()), one_line(sentence), days)


def _sentence(text: str, found: re.Match[str]) -> str:
    before = text[max(0, found.start() - _REACH) : found.start()]
    starts = list(_SENTENCE_START.finditer(before))
    after = text[found.end() : found.end() + _REACH]
    stop = _SENTENCE_START.search(after)
    return before[starts[-1].end() if starts else 0 :] + found[0] + after[: stop.start() + 1 if stop else len(after)]


def _doubt_accrual(supplement: ReadSupplement, reopened: Announced) -> None:
    """Doubt from which day interest accrues, where a sheet that adds to an issue does not say."""
    reading = supplement.readings["interest accrues from"]
    if reading.value is not None or reading.doubts:
        return
    first = f", which was issued on {reopened.days[0]}" if reopened.days else ""
    why = f"the notes add to an earlier issue{first}, and it is not said from which day their interest accrues"
    supplement.readings["interest accrues from"] = Reading(value=None, how=NOT_FOUND, line=reopened.line, doubts=[why])
