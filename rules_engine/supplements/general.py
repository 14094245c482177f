"""What a supplement says for all its notes: title, date, prospectus, registration and denominations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rules_engine.model.money import Money
from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.figures import Figure
from rules_engine.supplements.naming import Label
from rules_engine.supplements.patterns import one_line, pattern, phrase, shortened
from rules_engine.supplements.readings import NOT_FOUND, READ, Denominations, Reading, settle, wrong_weekday
from rules_engine.supplements.values import DATE, MONEY, read_date, read_money

_TITLE = pattern(
    r"(?<!\w)(?:preliminary )?pricing supplement (?:no\.?|number|#)~"
    r"(?P<number>[A-Z]{0,3}-?\d{1,6}(?:-[A-Z0-9]{1,12}){0,3}(?:~\([a-z]\))?(?:(?:,~(?:and )?| and )\d{1,6}){0,20})"
)
_UNNUMBERED = phrase(rf"pricing supplement dated~:?~({DATE})")
_DATED = (
    phrase(
        r"pricing supplement(?: (?:no\.?|number|#)~[\w() ,-]{1,40}?)?~[- ]{0,3}"
        rf"(?:\(?subject to completion\)?~)?[-, ]{{0,3}}dated:?~({DATE})"
    ),
    phrase(rf"date of this pricing supplement is~({DATE})"),
)
_DATED_CELL = pattern(rf"dated~:?~({DATE})")
_IS_DATED = phrase(rf"dated~:?~(?:{DATE})|registration|rule 424|file no")
_THE_SUPPLEMENT = phrase("pricing supplement")
_ANOTHER = phrase(
    r"(?:supersedes?|replaces?|amends?|restates?|corrects?|supplements?) (?:and (?:supersedes?|replaces?|restates?) )?"
    r"(?:in (?:its|their) entirety )?(?:the |our |that |an? )?"
    r"(?:earlier |previous(?:ly filed)? |original |preliminary |prior )?$"
)
"""Words before the date of a supplement that is not this one."""
_NOT_DATED = phrase(
    r"pricing supplement(?: (?:no\.?|number|#)~[\w() ,]{1,40}?)?~[- ]{0,3}[-, ]{0,3}dated:?~"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)~[\[_, ]{0,6}\d{4}"
)
_PROSPECTUS = (phrase(rf"prospectus dated:?~({DATE})"),)
_ACCRUES = phrase(
    rf"interest(?: on (?:the|these) notes?)? (?:shall|will) accrue(?: on the notes?)?~(?:is|from(?: and including)?)"
    rf"~:?~(?P<a>{DATE})"
    rf"|interest accrues(?: on the notes?)? from(?: and including)?~:?~(?P<b>{DATE})"
)
_DENOMINATIONS = tuple(
    pattern(rf"(?<!\w){each}")
    for each in (
        rf"minimum denominations?~/~increments?~:?~({MONEY})~/~({MONEY})",
        rf"minimum denominations?~:?~({MONEY}) and ({MONEY}) increments",
        rf"({MONEY}) minimum and integral multiples of ({MONEY})",
        rf"denominations?~(?:of|:)~({MONEY})~,?~(?:and|increased in|or|with)~(?:in )?(?:any )?(?:integral |whole )?"
        rf"(?:multiples?|increments) of ({MONEY})",
    )
)
_NAMED_DENOMINATIONS = (
    pattern(rf"^\W{{0,3}}({MONEY})~(?:/|x|by)~({MONEY})"),
    pattern(
        rf"^\W{{0,3}}({MONEY})~(?:minimum)?~,?~(?:and|or|plus|with|increased in)?~(?:in )?(?:any "
        rf"|other |additional )?(?:integral |whole |even )?"
        rf"(?:multiples?|increments)(?: of)?~({MONEY})"
    ),
    pattern(
        rf"^\W{{0,3}}({MONEY})~(?:minimum)?~,?~(?:and|or|plus|with|increased in)~({MONEY}) (?:increments|multiples)"
    ),
)
_ALONE = pattern(rf"^\W{{0,3}}({MONEY})\W{{0,3}}$")
_THEREOF = pattern(
    rf"^\W{{0,3}}({MONEY})~(?:minimum)?~,?~(?:and|or|plus)~(?:in )?(?:any |other )?(?:integral "
    rf"|whole )?(?:multiples?|amounts)"
    r"(?: thereof| in excess thereof|~$)"
)
_REGISTRATION = phrase(
    r"(?:registration (?:statement )?|(?:registration |commission )?file )(?:no\.?|nos\.?|number)~:?~"
    r"(\d{2,3}-\d{4,7}(?:-\d{1,2})?)"
)
_RULE = pattern(r"(?<!\w)rule 424~\(~b~\)~\(~(\d)~\)")
_FORM = phrase(r"form (424B\d)|(424B\d)")
_THIRTY = phrase(r"(?<![\d/])30~/~360(?!\d)|360-day year (?:consisting )?of twelve 30-day months")


def read_general(sheet: Sheet, labels: Sequence[Label]) -> dict[str, Reading]:
    """Read what holds for all notes, besides the dates that a note may have of its own."""
    return {
        "supplement": _title(sheet),
        "dated": _dated(sheet),
        "source": _source(sheet),
        "prospectus dated": _one_date(sheet, _PROSPECTUS),
        "denominations": _denominations(sheet, labels),
    }


def accrual_said(sheet: Sheet) -> list[Figure]:
    """Find the days from which sentences say that interest accrues."""
    found = []
    for each in _ACCRUES.finditer(sheet.text):
        words = each["a"] or each["b"]
        place = each.start("a") if each["a"] else each.start("b")
        found.append(Figure(one_line(words), place, place + len(words), frozenset({"date"}), read_date(words)))
    return found


def counts_thirty(sheet: Sheet) -> re.Match[str] | None:
    """Find the words that say interest is counted on 30/360; None where none do."""
    return _THIRTY.search(sheet.text)


def _found(sheet: Sheet, patterns: Iterable[re.Pattern[str]]) -> list[re.Match[str]]:
    matches = [found for each in patterns for found in each.finditer(sheet.text)]
    return sorted(matches, key=lambda found: found.start())


def _one_date(sheet: Sheet, patterns: Iterable[re.Pattern[str]]) -> Reading:
    given = _found(sheet, patterns)
    reading = settle((read_date(found[1]), one_line(found[1]), sheet.line_at(found.start(1))) for found in given)
    reading.doubts += wrong_weekday(reading.words)
    return reading


def _dated(sheet: Sheet) -> Reading:
    given = [
        (each.start(1), each[1])
        for each in _found(sheet, _DATED)
        if not _ANOTHER.search(sheet.text, max(0, each.start() - 120), each.start()) and _is_below(sheet, each)
    ]
    given += [(each.start(1), each[1]) for each in _dated_cells(sheet)]
    reading = settle((read_date(words), one_line(words), sheet.line_at(place)) for place, words in sorted(given))
    reading.doubts += wrong_weekday(reading.words)
    blank = _NOT_DATED.search(sheet.text)
    if blank:
        reading.line = reading.line or sheet.line_at(blank.start())
        reading.doubts.append(f'"{shortened(blank[0])}": the day is left blank')
    return reading


def _is_below(sheet: Sheet, found: re.Match[str]) -> bool:
    """Tell whether a date stands in the cell of its name, or in its column; beside it stands another's."""
    named, dated = sheet.span_at(found.start()), sheet.span_at(found.start(1))
    return named.row == dated.row or not named.grid or named.grid != dated.grid or named.is_over(dated)


def _dated_cells(sheet: Sheet) -> Iterator[re.Match[str]]:
    """Find the cells that hold no more than a date, below what it is the date of: the pricing supplement."""
    for index, span in enumerate(sheet.spans):
        found = _DATED_CELL.match(sheet.text, span.start, span.end)
        if not found or not index:
            continue
        above = [each for each in sheet.spans[max(0, index - 8) : index] if each.row < span.row]
        over = [each for each in above if each.is_over(span)] or above
        # a line that is dated itself says nothing of this date
        named = next((each for each in reversed(over) if not _IS_DATED.search(sheet.text, each.start, each.end)), None)
        if named and _THE_SUPPLEMENT.search(sheet.text, named.start, named.end):
            yield found


def _title(sheet: Sheet) -> Reading:
    if found := _TITLE.search(sheet.text):
        number = re.sub(r"[ \t\n]{1,2}(?=\()", "", one_line(found["number"]))
        value, words = f"Pricing Supplement No. {number}", one_line(found[0])
        return Reading(value=value, how=READ, words=words, line=sheet.line_at(found.start()))
    if dated := _UNNUMBERED.search(sheet.text):
        value, words = f"Pricing Supplement dated {one_line(dated[1])}", one_line(dated[0])
        return Reading(value=value, how=READ, words=words, line=sheet.line_at(dated.start()))
    return Reading(value=None, how=NOT_FOUND)


def _source(sheet: Sheet) -> Reading:
    """Put the source together: the form and rule it was filed under, and the registration statement."""
    statements = [(found[1], found) for found in _REGISTRATION.finditer(sheet.text)]
    rule, form = _RULE.search(sheet.text), _FORM.search(sheet.text)
    if not statements:
        return Reading(value=None, how=NOT_FOUND)
    filed = f"Form {(form[1] or form[2]).upper()} filed" if form else "Filed"
    under = f"{filed} under Rule 424(b)({rule[1]}), " if rule else ""
    number, found = statements[0]
    reading = Reading(
        value=f"{under}Registration Statement No. {number}",
        how=READ,
        words=one_line(found[0]),
        line=sheet.line_at(found.start()),
    )
    others = sorted({other for other, _ in statements} - {number})
    if others:
        reading.doubts.append(f"registration statements {number} and {', '.join(others)} are both named")
    return reading


def _denominations(sheet: Sheet, labels: Sequence[Label]) -> Reading:
    given = {}
    for found in _found(sheet, _DENOMINATIONS):
        given[found.start(1)] = (_pair(found[1], found[2]), one_line(found[0]), sheet.line_at(found.start()))
    unread: list[str] = []
    increments = _increments(sheet, labels)
    for label in labels:
        if label.fields != ("denominations",):
            continue
        text = sheet.text[label.value : label.until]
        matches = [*(each.match(text) for each in _NAMED_DENOMINATIONS), _THEREOF.match(text)]
        matched = next((each for each in matches if each), None)
        pair = _pair(matched[1], matched[matched.re.groups]) if matched else None
        if matched and pair:
            given.setdefault(label.value + matched.start(1), (pair, one_line(matched[0]), sheet.line_at(label.start)))
        elif (alone := _ALONE.match(text)) and increments is not None and (least := read_money(alone[1])):
            pair = Denominations(minimum=least, increment=increments)
            given.setdefault(label.value, (pair, one_line(alone[0]), sheet.line_at(label.start)))
        elif text.strip() and label.by == "colon":
            unread.append(f'after "{label.words}" stands "{shortened(text)}"')
    reading = settle(given[place] for place in sorted(given))
    if reading.value is None and unread and not reading.doubts:
        reading.doubts.append(unread[0])
    return reading


def _increments(sheet: Sheet, labels: Sequence[Label]) -> Money | None:
    """Give the steps above the minimum, where they are named by themselves."""
    texts = [sheet.text[label.value : label.until] for label in labels if label.fields == ("increments",)]
    found = {read_money(alone[1]) for text in texts if (alone := _ALONE.match(text))}
    return found.pop() if len(found) == 1 else None


def _pair(minimum: str, increment: str) -> Denominations | None:
    least, step = read_money(minimum), read_money(increment)
    return Denominations(minimum=least, increment=step) if least and step else None
