"""A note's interest: its type, its rate, the steps the rate takes and the index it follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.clipping import Clipping
from rules_engine.supplements.coupon_steps import CouponPeriods, take_coupon_periods
from rules_engine.supplements.figures import Figure
from rules_engine.supplements.floating import FloatingTerms, read_index, read_spread, take_floating
from rules_engine.supplements.marks import has_boxes, ticked_words
from rules_engine.supplements.patterns import one_line, pattern, phrase, shortened
from rules_engine.supplements.readings import INFERRED, NOT_FOUND, READ, Reading, ReadNote, settle
from rules_engine.supplements.redemptions import Redemption
from rules_engine.supplements.sheet_rows import Row
from rules_engine.supplements.values import PERCENT

_ADJUSTED = phrase(
    r"interest rate adjustment|interest rate applicable[^.]{0,120}\bincrease|rate will be (?:reset|adjusted)"
)
"""Words by which a rate may yet become another."""
_TENORED = phrase(
    r"(?:USD |U\.?S\.? )?(?:dollar )?(?:LIBOR|EURIBOR|CMT(?: rate)?|treasury rate|T~-?~bills?(?: rate)?)$"
)
"""Indices that there is one of for each maturity."""
_CHANGES = pattern(rf"{PERCENT}|(?<!\w)(?:greater|higher|lesser|lower|inverse|multipl|times|average|range)")
_BESIDE = 300
_PAR = Decimal(100)


def may_change(sheet: Sheet) -> re.Match[str] | None:
    """Find the words by which a sheet's rates may yet become others."""
    return _ADJUSTED.search(sheet.text)


def read_coupon(
    sheet: Sheet,
    note: ReadNote,
    rows: Sequence[Row],
    told: Sequence[Redemption],
    adjusted: re.Match[str] | None,
) -> None:
    """Settle a note's type, and what is said of its coupon beside the column of rates.

    `adjusted` are the words by which the rates may yet become others, if the sheet has any.
    """
    periods, floats, left = _said(sheet, rows, told)
    line = sheet.line_at(rows[0].cusip.start)
    _read_rates(note, rows, periods, line)
    _read_index(sheet, note, rows, floats, line)
    if left and "floating" in note.readings:
        note.readings["floating"].doubts.append(f'not understood: "{shortened(left)}" beside the index')
    _read_type(sheet, note, rows, periods, floats)
    if adjusted and note.readings["type"].value == "fixed":
        there = sheet.line_at(adjusted.start())
        note.readings["type"].doubts.append(f'"{shortened(adjusted[0])}" (line {there}): the rate may change')
    _read_discount(note, rows)
    kind = note.readings["type"].value
    if kind == "step-up" and len(periods.periods) < 2 and not periods.steps:
        stepped = [figure for row in rows for figure in row.figures.get("coupon", ()) if "steps" in figure.kinds]
        printed = f' beside "{stepped[0].words}"' if stepped else ""
        note.readings["coupon steps"] = _missing(line, f"no sentence says when the coupon steps{printed}")
    if kind in ("floating", "fixed to floating") and "floating" not in note.readings:
        note.readings["floating"] = _missing(line, "no sentence says what index the coupon follows, and from when")


def _said(
    sheet: Sheet, rows: Sequence[Row], told: Sequence[Redemption]
) -> tuple[CouponPeriods, FloatingTerms | None, str]:
    """Find the periods of rates, and the index: after a name of the rate, or else in a sentence.

    The last of the three is what stands beside an index that is named, and changes what it says.
    """
    left = ""
    periods = next((each.periods for each in told if each.periods.words), CouponPeriods())
    floats = next((each.floats for each in told if each.floats), None)
    for row in rows:
        for start, end in (*row.texts.get("coupon", ()), *row.texts.get("initial rate", ())):
            clipping = Clipping(one_line(sheet.text[start:end]))
            # first the index, whose days and spread are none of a rate that is printed beside it
            index = take_floating(clipping)
            floats = index or floats
            named = take_coupon_periods(clipping, is_named=True)
            if named.words:
                periods = named
            if index and (rest := _CHANGES.search(clipping.rest[:_BESIDE])):
                left = rest[0]
    return periods, floats, left


def _read_rates(note: ReadNote, rows: Sequence[Row], periods: CouponPeriods, line: int) -> None:
    coupon = note.readings["coupon"]
    if periods.words and any("coupon" in row.texts for row in rows):
        # what stands after the name is a list of rates, of which no single one is the coupon
        rates = {period.rate for period in periods.periods}
        coupon.doubts = [doubt for doubt in coupon.doubts if "no mark says" not in doubt]
        if coupon.value in rates and not coupon.doubts:
            coupon.value = None
    initial = settle((f.value, f.words, line) for row in rows for f in row.figures.get("initial rate", ()))
    if initial.value is not None and coupon.value is None and not periods.words:
        note.readings["initial rate"] = initial
    if periods.doubts:
        coupon.doubts += periods.doubts
        return
    first = periods.periods[0] if periods.periods else None
    if first is None:
        return
    if first.from_on is not None and coupon.value is None:
        # whether interest starts on that day is only known with the dates
        note.readings["coupon steps"] = Reading(value=None, how=READ, words=periods.words, line=line)
    rate = periods.initial
    if rate is not None and coupon.value is None:
        coupon = Reading(value=rate, how=READ, words=periods.words, line=line, doubts=coupon.doubts)
        note.readings["coupon"] = coupon
    elif rate is not None and rate != coupon.value:
        coupon.doubts.append(f'"{coupon.words}", but also "{shortened(periods.words)}"')
    note.periods = periods
    if periods.steps:
        note.readings["coupon steps"] = Reading(value=periods.steps, how=READ, words=periods.words, line=line)


def _read_index(sheet: Sheet, note: ReadNote, rows: Sequence[Row], floats: FloatingTerms | None, line: int) -> None:
    """Keep the terms of a floating rate, those said in a sentence before those named one by one."""
    named = _named_terms(sheet, rows)
    terms = floats.with_what(named) if floats else named
    note.floats = terms
    if terms.from_on is not None and (floating := terms.from_day(terms.from_on)):
        note.readings["floating"] = Reading(value=floating, how=READ, words=terms.words, line=line)
    elif terms.index and terms.spread is not None:
        note.readings["floating"] = Reading(value=None, how=NOT_FOUND, words=terms.words, line=line)
    if "floating" in note.readings and _TENORED.match(terms.index):
        note.readings["floating"].doubts.append(f'"{terms.words}" does not say of what maturity the index is')
    if terms.reset:
        note.readings["reset"] = Reading(value=terms.reset, how=READ, words=terms.reset, line=line)
    if terms.initial is not None:
        note.readings["initial rate"] = Reading(value=terms.initial, how=READ, words=terms.words, line=line)


def _named_terms(sheet: Sheet, rows: Sequence[Row]) -> FloatingTerms:
    terms = FloatingTerms()
    for row in rows:
        texts = {name: [_said_at(sheet, *each) for each in places] for name, places in row.texts.items()}
        spreads = [spread for text in texts.get("spread", ()) if (spread := read_spread(text)) is not None]
        index = next((named for text in texts.get("index", ()) if (named := read_index(text))), "")
        tenor = next((text for text in texts.get("index maturity", ()) if text[:1].isalnum()), "")
        said = FloatingTerms(
            index=f"{tenor} {index}".strip() if index and tenor.lower() not in ("n/a", "none") else index,
            spread=spreads[0] if spreads else None,
            cap=_rate(row, "cap"),
            floor=_rate(row, "floor"),
            reset=next((text for text in texts.get("reset", ()) if text.lower() not in ("n/a", "none")), ""),
        )
        words = "; ".join(text for name in ("index", "spread") for text in texts.get(name, ())[:1])
        terms = terms.with_what(replace(said, words=words if said.index else ""))
    return terms


def _said_at(sheet: Sheet, start: int, end: int) -> str:
    """Give the words between two places or, where they are a form's options, those that are ticked."""
    text = sheet.text[start:end]
    return one_line((ticked_words(text) or "") if has_boxes(text) else text)


def _rate(row: Row, name: str) -> Decimal | None:
    figures: tuple[Figure, ...] = row.figures.get(name, ())
    value = figures[0].value if figures else None
    return value if isinstance(value, Decimal) else None


def _read_type(
    sheet: Sheet, note: ReadNote, rows: Sequence[Row], periods: CouponPeriods, floats: FloatingTerms | None
) -> None:
    kind, coupon = note.readings["type"], note.readings["coupon"]
    line = sheet.line_at(rows[0].cusip.start)
    stepping = len(periods.periods) > 1 or bool(periods.steps and coupon.value is not None)
    floating = floats is not None or "floating" in note.readings
    has_rate = coupon.value is not None or bool(periods.periods)
    meant = "step-up" if stepping else ("fixed to floating" if has_rate else "floating") if floating else ""
    if kind.value is None and coupon.value == 0:
        kind.doubts.append(f'"{coupon.words}", and no type is printed: it may be a zero coupon or the first of several')
    elif kind.value is None and not kind.doubts and (has_rate or meant):
        words = periods.words or (floats.words if floats else "") or f"{coupon.words}: one rate, no step, no index"
        note.readings["type"] = Reading(value=meant or "fixed", how=INFERRED, words=words, line=line)
    elif meant and kind.value is not None and kind.value != meant:
        if kind.value == "floating" and meant == "fixed to floating":
            words = f"{kind.words}; {note.floats.words}"
            note.readings["type"] = Reading(value=meant, how=INFERRED, words=words, line=line, doubts=kind.doubts)
        else:
            words = periods.words or note.floats.words
            kind.doubts.append(f'"{kind.words}", but also "{shortened(words)}"')
    if periods.doubts and note.readings["type"].how == INFERRED:
        note.readings["type"].doubts.append("the rates that it is inferred from are not understood")
    if note.readings["type"].value == "floating" and has_rate:
        note.readings["coupon"].doubts.append(f'"{coupon.words}" of a floating note: it is not said for how long')


def _read_discount(note: ReadNote, rows: Sequence[Row]) -> None:
    """Take a note that is said to be issued at a discount for one, where its price bears that out."""
    said = {figure.value for row in rows for figure in row.figures.get("discount", ())}
    kind, price = note.readings["type"], note.readings["issue price"].value
    if said == {True} and kind.value == "fixed":
        if isinstance(price, Decimal) and price < _PAR:
            note.readings["type"] = replace(
                kind, value="original issue discount", how=INFERRED, words=f"{kind.words}; OID: yes"
            )
        else:
            kind.doubts.append("an original issue discount is said, but no price below par")
    elif len(said) > 1:
        kind.doubts.append("whether the note is issued at a discount is said both ways")


def _missing(line: int, doubt: str) -> Reading:
    return Reading(value=None, how=NOT_FOUND, line=line, doubts=[doubt])
