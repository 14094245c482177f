"""From rows and sentences to notes: each field with how it was come by, and nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.coupons import may_change, read_coupon
from rules_engine.supplements.figures import FREQUENCY, Figure, read_frequency
from rules_engine.supplements.marks import has_boxes, ticked_words
from rules_engine.supplements.patterns import one_line, pattern, phrase, shortened
from rules_engine.supplements.payment_dates import read_payment_dates
from rules_engine.supplements.readings import NOT_FOUND, READ, Reading, ReadNote, settle
from rules_engine.supplements.redemptions import read_redemptions
from rules_engine.supplements.sheet_rows import Row
from rules_engine.supplements.survivors import said_of_the_option
from rules_engine.supplements.values import PERCENT, read_date, read_percent

_Said = Callable[[int, int], tuple[Figure, ...]]
"""What sentences between two places say of the survivor's option."""

KEYS = (
    *("cusip", "kind", "coupon", "type", "coupon steps", "floating", "initial rate", "reset", "frequency", "maturity"),
    *("trade date", "issue date", "interest accrues from", "first coupon date", "last regular date"),
    *("first coupon amount", "issue price", "gross concession", "survivors option", "redemption", "footnote"),
)
"""A note's keys, in the order they are written."""

_FROM_ROW = (
    *("coupon", "type", "frequency", "maturity", "first coupon date", "first coupon amount"),
    *("issue price", "gross concession", "survivors option"),
)
_REQUIRED = frozenset(("coupon", "type", "frequency", "maturity", "first coupon date", "survivors option"))
_WITHOUT_INTEREST = frozenset(("coupon", "frequency", "first coupon date", "last regular date", "first coupon amount"))
_CERTIFICATE = pattern(r"(?:^|\n)([^.\n]{0,60}\bcertificates? of deposit\b[^.\n]{0,60})(?=\n)")
"""A line above the notes that is no sentence names what they are."""
_FOOTNOTE_MARK = re.compile(r"\((\d{1,2})\)")
_FOOTNOTE = re.compile(r"(?:^|\n)[ \t]?\((\d{1,2})\)[ \t]{1,2}([^\n]+)")
_PAYABLE = phrase(rf"(?:payable|paid)(?: in arrears?)?~,?~({FREQUENCY})")
_BESIDE = 120
_BRACKETED = re.compile(r"\[[^\[\]\n]{0,40}\]")
_TITLE = pattern(
    rf"({PERCENT})[^%\n]{{0,60}}?\bdue ((?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December) \d{1,2},? \d{4})"
)


def gather(sheet: Sheet, rows: Sequence[Row], stops: Sequence[int]) -> list[ReadNote]:
    """Make notes of rows; a note that stands in several rows is one, and where they differ it is doubtful."""
    rows_of: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        rows_of.setdefault(str(row.cusip.value), []).append(number)
    footnotes = list(_FOOTNOTE.finditer(sheet.text))
    below = {each[1]: each.span(2) for each in reversed(footnotes)}
    redemptions = read_redemptions(sheet, rows, stops, below)
    adjusted = may_change(sheet)
    said = cache(lambda start, end: tuple(said_of_the_option(sheet.text, start, end)))
    certificate = _CERTIFICATE.search(sheet.text, 0, rows[0].cusip.start)
    notes = []
    for cusip, numbers in rows_of.items():
        own = [rows[number] for number in numbers]
        first = own[0].cusip
        note = ReadNote(sheet.line_at(first.start))
        note.readings["cusip"] = Reading(value=cusip, how=READ, words=first.words, line=note.line)
        if certificate:
            words, line = one_line(certificate[0]), sheet.line_at(certificate.start(1))
            note.readings["kind"] = Reading(value="certificate of deposit", how=READ, words=words, line=line)
        _read_payment_dates(sheet, own)
        _read_frequency_beside_the_rate(sheet, own)
        _read_option(sheet, own, said, is_alone=len(rows_of) == 1)
        for key in _FROM_ROW:
            note.readings[key] = _read_field(sheet, own, key)
        told = [redemptions[number] for number in numbers]
        read_coupon(sheet, note, own, told, adjusted)
        spoken = next((each for each in told if each.redemption.how != NOT_FOUND), told[0])
        note.readings["redemption"] = spoken.redemption
        note.readings["footnote"] = _read_footnote(sheet, own[0], footnotes)
        _ask_for_required(note, own)
        note.readings = ordered(note.readings)
        notes.append(note)
    _check_titles(sheet, notes)
    return notes


def ordered(readings: dict[str, Reading]) -> dict[str, Reading]:
    """Put a note's readings in the order they are written."""
    return {key: readings[key] for key in KEYS if key in readings}


def _read_field(sheet: Sheet, rows: Sequence[Row], key: str) -> Reading:
    candidates: list[Figure] = [figure for row in rows for figure in row.figures.get(key, ())]
    reading = settle((figure.value, figure.words, sheet.line_at(figure.start)) for figure in candidates)
    uncertain = next((row for row in rows if key in row.uncertain), None)
    if uncertain and reading.value is not None and not reading.doubts:
        shared = sorted(name for name in uncertain.uncertain if name != key)
        others = f"`{'` or `'.join(shared)}`" if shared else "another column's"
        reading.doubts.append(f'"{reading.words}" may be `{key}` or {others}: the columns do not tell')
    reading.doubts += [doubt for row in rows for doubt in row.doubts.get(key, ()) if doubt not in reading.doubts]
    if any(_is_bracketed(sheet, figure) for figure in candidates):
        reading.doubts.append(f'"{reading.words}" stands in brackets, and may yet change')
    return reading


def _is_bracketed(sheet: Sheet, figure: Figure) -> bool:
    """Tell whether a figure stands between square brackets, as what is not settled yet does."""
    around = _BRACKETED.finditer(sheet.text, max(0, figure.start - 40), figure.end + 40)
    return any(found.start() < figure.start and figure.end < found.end() for found in around)


def _read_payment_dates(sheet: Sheet, rows: Sequence[Row]) -> None:
    """Take how often, and when first, interest is paid from what is said of its days."""
    for row in rows:
        for figure in row.figures.get("interest dates", ()):
            row.add("frequency", figure)
        for start, end in row.texts.get("interest dates", ()):
            text = sheet.text[start:end]
            ticked = ticked_words(text) if has_boxes(text) else text
            said = read_payment_dates(one_line(ticked or ""))
            for name, value in (("frequency", said.frequency), ("first coupon date", said.first_on)):
                if value is not None and name not in row.figures:
                    row.add(name, Figure(shortened(text), start, end, frozenset(), value))
            for doubt in said.doubts:
                row.doubt("frequency", doubt)


def _read_frequency_beside_the_rate(sheet: Sheet, rows: Sequence[Row]) -> None:
    """Take how often interest is paid from the words after a rate: `4.25% per annum, payable monthly`."""
    for row in rows:
        for start, end in row.texts.get("coupon", ()):
            for found in _PAYABLE.finditer(sheet.text, start, min(end, start + _BESIDE)):
                frequency = read_frequency(found[1])
                row.add("frequency", Figure(one_line(found[0]), found.start(), found.end(), frozenset(), frequency))


def _read_option(sheet: Sheet, rows: Sequence[Row], said: _Said, *, is_alone: bool) -> None:
    """Take what sentences say of the survivor's option, below a note or, where it is alone, anywhere."""
    for row in rows:
        for figure in said(0, len(sheet.text)) if is_alone else said(row.start, row.end):
            row.add("survivors option", figure)


def _ask_for_required(note: ReadNote, rows: Sequence[Row]) -> None:
    kind = note.readings["type"].value
    if kind == "zero coupon":
        for key in _WITHOUT_INTEREST:
            note.readings.pop(key, None)
    if kind == "floating" and note.readings["coupon"].value is None and not note.readings["coupon"].doubts:
        del note.readings["coupon"]
    for key in KEYS:
        if key in _REQUIRED & note.readings.keys():
            reading = note.readings[key]
            if reading.value is None and not reading.doubts:
                unread = next((row.unread[key] for row in rows if key in row.unread), "")
                reading.doubts.append(f"not found: {unread}" if unread else "not found")


def _read_footnote(sheet: Sheet, row: Row, footnotes: Sequence[re.Match[str]]) -> Reading:
    """Find the footnotes a row's marks stand for, below it."""
    texts, lines = [], []
    until = row.figures.get("survivors option", row.figures.get("maturity", (row.cusip,)))[-1].end
    marks = _FOOTNOTE_MARK.findall(sheet.text, min(row.first, row.start), until)
    for mark in dict.fromkeys(marks):
        below = next((each for each in footnotes if each[1] == mark and each.start() >= until), None)
        if below:
            texts.append(one_line(below[2]))
            lines.append(sheet.line_at(below.start(2)))
    if not texts:
        return Reading(value=None, how=NOT_FOUND)
    return Reading(value=" ".join(texts), how=READ, words=texts[0], line=lines[0])


def _check_titles(sheet: Sheet, notes: Sequence[ReadNote]) -> None:
    """Hold each note against the titles above, `3.500% Notes due June 15, 2030`, of notes due on its day."""
    titles = list(_titles(sheet))
    due: dict[object, int] = {}
    for note in notes:
        due[note.readings["maturity"].value] = due.get(note.readings["maturity"].value, 0) + 1
    for note in notes:
        maturity, coupon = note.readings["maturity"], note.readings.get("coupon")
        if coupon is None or coupon.value is None or due[maturity.value] > 1:
            continue
        for rate, due_on, words, line in titles:
            if due_on == maturity.value and rate != coupon.value:
                coupon.doubts.append(f'"{coupon.words}" (line {coupon.line}), but also "{words}" (line {line})')


def _titles(sheet: Sheet) -> Iterator[tuple[object, object, str, int]]:
    for found in _TITLE.finditer(sheet.text):
        yield read_percent(found[1]), read_date(found[2]), one_line(found[0]), sheet.line_at(found.start())
