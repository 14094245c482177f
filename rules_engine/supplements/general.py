"""What a supplement says for all its notes: title, date, prospectus, trade and issue dates, denominations."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rules_engine.supplements.cells import Flow
from rules_engine.supplements.readings import NOT_FOUND, READ, Content, Denominations, Reading
from rules_engine.supplements.values import DATE, MONEY, dates_in, read_date, read_money, said

_TITLE = re.compile(
    r"(?P<preliminary>preliminary\s+)?pricing\s+supplement\s+(?:no\.?|number|#)\s*"
    r"(?P<number>[A-Z]{0,3}-?\d+(?:\s?\([a-z]\))?(?:(?:,\s*(?:and\s+)?|\s+and\s+)\d+)*)",
    re.IGNORECASE,
)
_UNNUMBERED = re.compile(rf"pricing\s+supplement\s+dated\s+({DATE})", re.IGNORECASE)
_DATED = (
    r"pricing\s+supplement(?:\s+(?:no\.?|number|#)\s*[\w() ,]{1,40}?)?\s*[-\s]*"
    rf"(?:subject\s+to\s+completion\s*)?[-\s]*dated:?\s*({DATE})",
    rf"date\s+of\s+this\s+pricing\s+supplement\s+is\s*({DATE})",
)
_PROSPECTUS = (rf"prospectus\s+dated:?\s*({DATE})",)
_TRADE = (rf"(?:initial\s+)?(?:trade|pricing)\s+date\s*:?\s*({DATE})",)
_ISSUE = (rf"(?:settle(?:ment)?|original\s+issue|issue)\s+date(?:\s*\([^()\n]{{1,40}}\))?\s*:?\s*({DATE})",)
_ACCRUES = (
    rf"interest\s+(?:shall|will)\s+accrue(?:\s+on\s+the\s+notes?)?\s+(?:is|from(?:\s+and\s+including)?)\s*:?\s*({DATE})",
    rf"interest\s+accrues\s+from(?:\s+and\s+including)?\s*:?\s*({DATE})",
)
_DENOMINATIONS = (
    rf"minimum\s+denominations?\s*/\s*increments?\s*:?\s*({MONEY})\s*/\s*({MONEY})",
    rf"minimum\s+denominations?\s*:?\s*({MONEY})\s+and\s+({MONEY})\s+increments",
    rf"({MONEY})\s+minimum\s+and\s+integral\s+multiples\s+of\s+({MONEY})",
    rf"denominations?\s+of\s+({MONEY})\s*,?\s*(?:and|increased\s+in|or)\s+(?:any\s+)?(?:integral\s+)?"
    rf"multiples\s+of\s+({MONEY})",
)
_REGISTRATION = re.compile(
    r"registration\s+(?:statement\s+)?(?:no\.?|number)\s*:?\s*(\d{2,3}-\d{4,7}(?:-\d{1,2})?)", re.IGNORECASE
)
_RULE = re.compile(r"rule\s+424\s?\(\s?b\s?\)\s?\(\s?(\d)\s?\)", re.IGNORECASE)
_FORM = re.compile(r"\bform\s+(424B\d)\b|(?<!\w)(424B\d)(?!\w)", re.IGNORECASE)
_THIRTY = re.compile(
    r"(?<!\d)30\s*/\s*360(?!\d)|360-day\s+year\s+(?:consisting\s+)?of\s+twelve\s+30-day\s+months", re.IGNORECASE
)


def read_general(flow: Flow) -> tuple[dict[str, Reading], bool]:
    """Read what holds for all notes, and tell whether the supplement is a preliminary one."""
    title = _TITLE.search(flow.text)
    readings = {
        "supplement": _title(flow, title),
        "dated": _one_date(flow, _DATED),
        "source": _source(flow),
        "prospectus dated": _one_date(flow, _PROSPECTUS),
        "trade date": _one_date(flow, _TRADE),
        "issue date": _one_date(flow, _ISSUE),
        "interest accrues from": _one_date(flow, _ACCRUES),
        "denominations": _denominations(flow),
    }
    return readings, bool(title and title["preliminary"])


def counts_thirty(flow: Flow) -> re.Match[str] | None:
    """Find the words that say interest is counted on 30/360; None where none do."""
    return _THIRTY.search(flow.text)


def settle(candidates: Iterable[tuple[Content | None, str, int]]) -> Reading:
    """Make one reading of all the places that give a value: read where they agree, doubtful where they do not."""
    given = list(candidates)
    if not given:
        return Reading(value=None, how=NOT_FOUND)
    value, words, line = given[0]
    reading = Reading(value=value, how=READ, words=words, line=line)
    if value is None:
        reading.doubts.append(f'"{words}" cannot be read')
    others = {other_words: other_line for other, other_words, other_line in given if other != value}
    if others and value is not None:
        named = ", ".join(f'"{other}" (line {there})' for other, there in others.items())
        reading.doubts.append(f'"{words}" (line {line}), but also {named}: which of them holds is not said')
    return reading


def _found(flow: Flow, patterns: Iterable[str]) -> list[re.Match[str]]:
    matches = [found for pattern in patterns for found in re.finditer(rf"(?<!\w){pattern}", flow.text, re.IGNORECASE)]
    return sorted(matches, key=lambda found: found.start())


def _one_date(flow: Flow, patterns: Iterable[str]) -> Reading:
    given = _found(flow, patterns)
    reading = settle((read_date(found[1]), said(found[1]), flow.line_at(found.start(1))) for found in given)
    for printed in dates_in(reading.words):
        if printed.weekday_is_wrong and printed.day:
            reading.doubts.append(f'"{printed.words}": {printed.day} is a {printed.day:%A}')
    return reading


def _title(flow: Flow, found: re.Match[str] | None) -> Reading:
    if found:
        number = re.sub(r"\s+(?=\()", "", " ".join(found["number"].split()))
        return Reading(
            value=f"Pricing Supplement No. {number}", how=READ, words=said(found[0]), line=flow.line_at(found.start())
        )
    if dated := _UNNUMBERED.search(flow.text):
        words = said(dated[0])
        value = f"Pricing Supplement dated {said(dated[1])}"
        return Reading(value=value, how=READ, words=words, line=flow.line_at(dated.start()))
    return Reading(value=None, how=NOT_FOUND)


def _source(flow: Flow) -> Reading:
    """Put the source together: the form and rule it was filed under, and the registration statement."""
    statements = [(found[1], found) for found in _REGISTRATION.finditer(flow.text)]
    rule, form = _RULE.search(flow.text), _FORM.search(flow.text)
    if not statements:
        return Reading(value=None, how=NOT_FOUND)
    filed = f"Form {(form[1] or form[2]).upper()} filed" if form else "Filed"
    under = f"{filed} under Rule 424(b)({rule[1]}), " if rule else ""
    number, found = statements[0]
    reading = Reading(
        value=f"{under}Registration Statement No. {number}",
        how=READ,
        words=said(found[0]),
        line=flow.line_at(found.start()),
    )
    others = sorted({other for other, _ in statements} - {number})
    if others:
        reading.doubts.append(f"registration statements {number} and {', '.join(others)} are both named")
    return reading


def _denominations(flow: Flow) -> Reading:
    given = []
    for found in _found(flow, _DENOMINATIONS):
        minimum, increment = read_money(found[1]), read_money(found[2])
        value = Denominations(minimum=minimum, increment=increment) if minimum and increment else None
        given.append((value, said(found[0]), flow.line_at(found.start())))
    return settle(given)
