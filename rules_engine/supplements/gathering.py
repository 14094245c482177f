"""From rows and sentences to notes: each field with how it was come by, and nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from rules_engine.supplements.cells import Flow
from rules_engine.supplements.coupon_notes import CouponNotes
from rules_engine.supplements.figures import Figure
from rules_engine.supplements.general import settle
from rules_engine.supplements.readings import INFERRED, NOT_FOUND, READ, Reading, ReadNote
from rules_engine.supplements.redemptions import read_redemptions
from rules_engine.supplements.rows import Found, Row
from rules_engine.supplements.values import read_date, said

KEYS = (
    *("cusip", "kind", "coupon", "type", "coupon steps", "floating", "frequency", "maturity", "first coupon date"),
    *("last regular date", "first coupon amount", "issue price", "gross concession", "survivors option"),
    *("redemption", "footnote"),
)
"""A note's keys, in the order they are written."""

_FROM_ROW = (
    *("coupon", "type", "frequency", "maturity", "first coupon date", "first coupon amount"),
    *("issue price", "gross concession", "survivors option"),
)
_REQUIRED = frozenset(("coupon", "type", "frequency", "maturity", "first coupon date", "survivors option"))
_WITHOUT_INTEREST = frozenset(("coupon", "frequency", "first coupon date", "last regular date", "first coupon amount"))
_ADJUSTED = re.compile(
    r"interest\s+rate\s+adjustment|interest\s+rate\s+applicable[^.]{0,120}\bincrease|rate\s+will\s+be\s+(?:reset|adjusted)",
    re.IGNORECASE,
)
"""Words by which a rate may yet become another."""
_CERTIFICATE = re.compile(r"(?:^|\n)([^.\n]{0,60}\bcertificates? of deposit\b[^.\n]{0,60})(?=\n)", re.IGNORECASE)
"""A line above the notes that is no sentence names what they are."""
_FOOTNOTE_MARK = re.compile(r"\((\d{1,2})\)")
_TITLE = re.compile(
    r"(?<![\d.])(\d{1,2}(?:\.\d{1,4})?)\s*%[^%\n]{0,60}?\bdue\s+((?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)\s+\d{1,2},?\s+\d{4})",
    re.IGNORECASE,
)


def gather(flow: Flow, found: Found) -> list[ReadNote]:
    """Make notes of rows; a note that stands in several rows is one, and where they differ it is doubtful."""
    rows_of: dict[str, list[Row]] = {}
    for row in found.rows:
        rows_of.setdefault(row.cusip.words.upper(), []).append(row)
    redemptions = read_redemptions(flow, found.rows)
    notes = []
    for cusip, rows in rows_of.items():
        note = ReadNote(flow.line_at(rows[0].cusip.start))
        first = rows[0].cusip
        note.readings["cusip"] = Reading(value=cusip, how=READ, words=first.words, line=flow.line_at(first.start))
        if certificate := _CERTIFICATE.search(flow.text, 0, first.start):
            words, line = said(certificate[0]), flow.line_at(certificate.start(1))
            note.readings["kind"] = Reading(value="certificate of deposit", how=READ, words=words, line=line)
        for key in _FROM_ROW:
            note.readings[key] = _read_field(flow, rows, key)
        _read_coupon(note, redemptions[cusip].coupon, flow, rows)
        note.readings["redemption"] = redemptions[cusip].redemption
        note.readings["footnote"] = _read_footnote(flow, rows[0])
        _ask_for_required(note)
        note.readings = {key: note.readings[key] for key in KEYS if key in note.readings}
        notes.append(note)
    _check_titles(flow, notes)
    return notes


def _read_field(flow: Flow, rows: list[Row], key: str) -> Reading:
    candidates: list[Figure] = [figure for row in rows for figure in row.figures.get(key, ())]
    reading = settle((figure.value, figure.words, flow.line_at(figure.start)) for figure in candidates)
    uncertain = next((row for row in rows if key in row.uncertain), None)
    if uncertain and reading.value is not None and not reading.doubts:
        shared = sorted(name for name in uncertain.uncertain if name != key)
        reading.doubts.append(f'"{reading.words}" may be `{key}` or `{"` or `".join(shared)}`: the columns do not tell')
    return reading


def _read_coupon(note: ReadNote, changes: CouponNotes, flow: Flow, rows: list[Row]) -> None:
    """Settle a note's type and what is said of its coupon beside the column of rates."""
    kind, coupon = note.readings["type"], note.readings["coupon"]
    stepped = [figure for row in rows for figure in row.figures.get("coupon", ()) if "steps" in figure.kinds]
    line = flow.line_at(rows[0].cusip.start)
    if changes.initial is not None and coupon.value is None:
        note.readings["coupon"] = coupon = Reading(value=changes.initial, how=READ, words=changes.words, line=line)
    elif changes.initial is not None and changes.initial != coupon.value:
        coupon.doubts.append(f'"{coupon.words}", but also "{changes.words}"')
    if changes.steps:
        note.readings["coupon steps"] = Reading(value=changes.steps, how=READ, words=changes.words, line=line)
    if changes.floating:
        note.readings["floating"] = Reading(value=changes.floating, how=READ, words=changes.words, line=line)
    meant = "step-up" if changes.steps else "fixed to floating" if changes.floating and coupon.value is not None else ""
    if kind.value is None and coupon.value is not None:
        words = changes.words or f"{coupon.words}: one rate, and no word of a step or an index"
        note.readings["type"] = Reading(value=meant or "fixed", how=INFERRED, words=words, line=line)
    elif meant and kind.value != meant:
        if kind.value == "floating" and meant == "fixed to floating":
            words = f"{kind.words}; {changes.words}"
            note.readings["type"] = Reading(value=meant, how=INFERRED, words=words, line=line)
        else:
            kind.doubts.append(f'"{kind.words}", but also "{changes.words}"')
    adjusted = _ADJUSTED.search(flow.text)
    if adjusted and note.readings["type"].value == "fixed":
        there = flow.line_at(adjusted.start())
        note.readings["type"].doubts.append(f'"{said(adjusted[0])}" (line {there}): the rate may change')
    if note.readings["type"].value == "step-up" and not changes.steps:
        printed = f' beside "{stepped[0].words}"' if stepped else ""
        note.readings["coupon steps"] = _missing(line, f"no sentence says when the coupon steps{printed}")
    if note.readings["type"].value in ("floating", "fixed to floating") and not changes.floating:
        note.readings["floating"] = _missing(line, "no sentence says what index the coupon follows, and from when")


def _missing(line: int, doubt: str) -> Reading:
    return Reading(value=None, how=NOT_FOUND, line=line, doubts=[doubt])


def _ask_for_required(note: ReadNote) -> None:
    kind = note.value("type")
    if kind == "zero coupon":
        for key in _WITHOUT_INTEREST:
            note.readings.pop(key, None)
    if kind == "floating" and note.readings["coupon"].value is None:
        del note.readings["coupon"]
    for key in _REQUIRED & note.readings.keys():
        reading = note.readings[key]
        if reading.value is None and not reading.doubts:
            reading.doubts.append("not found")


def _read_footnote(flow: Flow, row: Row) -> Reading:
    """Find the footnotes a row's marks stand for, below it."""
    texts, lines = [], []
    until = row.figures.get("survivors option", row.figures.get("maturity", (row.cusip,)))[-1].end
    for mark in dict.fromkeys(_FOOTNOTE_MARK.findall(flow.text, row.start, until) if until > row.start else ()):
        below = re.compile(rf"(?:^|\n)\s*\({mark}\)[ \t]+([^\n]+)").search(flow.text, until)
        if below:
            texts.append(" ".join(below[1].split()))
            lines.append(flow.line_at(below.start(1)))
    if not texts:
        return Reading(value=None, how=NOT_FOUND)
    return Reading(value=" ".join(texts), how=READ, words=said(texts[0]), line=lines[0])


def _check_titles(flow: Flow, notes: list[ReadNote]) -> None:
    """Hold each note against the titles above, `3.500% Notes due June 15, 2030`, of notes due on its day."""
    for note in notes:
        maturity, coupon = note.readings.get("maturity"), note.readings.get("coupon")
        if maturity is None or coupon is None or coupon.value is None:
            continue
        alike = [found for found in _titles(flow) if found[1] == maturity.value]
        if len([other for other in notes if other.readings["maturity"].value == maturity.value]) > 1:
            continue
        for rate, _, words, line in alike:
            if rate != coupon.value:
                coupon.doubts.append(f'"{coupon.words}" (line {coupon.line}), but also "{words}" (line {line})')


def _titles(flow: Flow) -> Iterator[tuple[object, object, str, int]]:
    for found in _TITLE.finditer(flow.text):
        yield Decimal(found[1]), read_date(found[2]), said(found[0]), flow.line_at(found.start())
