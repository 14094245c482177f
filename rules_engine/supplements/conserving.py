"""What may not get lost between a sheet and what was read of it, however it is laid out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from rules_engine.model.cusips import is_valid_cusip
from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.figures import CUSIP_SHAPE, ISIN_SHAPE, PARTED_CUSIP
from rules_engine.supplements.readings import INFERRED, ReadNote, ReadSupplement, Remark

_PRINTED = re.compile(rf"{ISIN_SHAPE}|({PARTED_CUSIP})|({CUSIP_SHAPE})")
_LONGEST_SETTLEMENT = timedelta(days=31)
"""Notes settle within days of their trade; a settlement further off is another date."""
_WITHIN_A_PERIOD = 2
"""The first coupon falls within its period, which may be some weeks longer or shorter, but not two periods off."""


def doubt_lost_notes(sheet: Sheet, supplement: ReadSupplement) -> None:
    """Doubt every CUSIP that is printed and is no note: its row was not understood."""
    known = {note.cusip for note in supplement.notes}
    for cusip, place in cusips_printed(sheet.text):
        if cusip not in known:
            known.add(cusip)
            message = f"`{cusip}` is named, but no row of figures is found for it"
            supplement.general_doubts.append(Remark(sheet.line_at(place), message))


def cusips_printed(text: str) -> Iterator[tuple[str, int]]:
    """Find every valid CUSIP of a text with its place: whole, in parts, or within the ISIN made of it.

    Nine figures are any number: only with a letter among them are they taken for a CUSIP.
    """
    for found in _PRINTED.finditer(text):
        isin, parted, whole = found.groups()
        cusip = "".join(sign for sign in (isin or parted or whole) if sign not in " -")
        if is_valid_cusip(cusip) and not cusip.isdigit():
            yield cusip, found.start()


def check_settlement(supplement: ReadSupplement, note: ReadNote) -> None:
    """Doubt an issue date months after the trade."""
    traded, issued = (supplement.of_note(note, key) for key in ("trade date", "issue date"))
    if isinstance(traded.value, date) and isinstance(issued.value, date):
        doubt = f"{issued.value} lies {(issued.value - traded.value).days} days after the trade date, {traded.value}"
        if issued.value - traded.value > _LONGEST_SETTLEMENT and doubt not in issued.doubts:
            issued.doubts.append(doubt)


def check_periods(supplement: ReadSupplement, note: ReadNote) -> None:
    """Doubt rates whose periods do not touch from the day interest starts to maturity, and settle the first of them."""
    coupon = note.readings.get("coupon")
    steps = note.readings.get("coupon steps", coupon)
    if not note.periods.periods or steps is None:
        return
    accrues_from = supplement.of_note(note, "interest accrues from").value
    accrues_from = accrues_from or supplement.of_note(note, "issue date").value
    maturity = note.readings["maturity"].value
    periods = note.periods
    if isinstance(accrues_from, date):
        periods = periods.starting(accrues_from)
    until = note.floats.from_on or (maturity if isinstance(maturity, date) else None)
    gaps = periods.gaps(until)
    steps.doubts += gaps
    kind = note.readings["type"]
    if gaps and kind.how == INFERRED:
        kind.doubts.append("the rates that it is inferred from do not follow one another")
    first = periods.periods[0]
    if first.from_on is not None and (coupon is None or coupon.value is None or first.to_on is not None):
        started = f"interest accrues from {accrues_from}" if accrues_from else "when interest starts is not known"
        steps.doubts.append(f"the first rate starts on {first.from_on}, but {started}")
    elif first.from_on is None:
        if steps is not coupon:
            steps.value = periods.steps
        if coupon and coupon.value is None and periods.initial is not None:
            coupon.value, coupon.how, coupon.words = periods.initial, "read", periods.words
            coupon.doubts = [doubt for doubt in coupon.doubts if not doubt.startswith("not found")]
    if first.from_on is None and not periods.steps and "coupon steps" in note.readings:
        del note.readings["coupon steps"]
    if isinstance(accrues_from, date) and any(step.from_on <= accrues_from for step in periods.steps):
        steps.doubts.append(f"a rate starts before interest does, on {accrues_from}")


def check_first_period(supplement: ReadSupplement, note: ReadNote) -> None:
    """Doubt a first coupon that lies whole periods after the day interest starts: it may be another date."""
    first, frequency = note.value("first coupon date"), note.value("frequency")
    accrues_from = supplement.of_note(note, "interest accrues from").value
    accrues_from = accrues_from or supplement.of_note(note, "issue date").value
    if not isinstance(accrues_from, date) or first is None or frequency is None:
        return
    months = (first.year - accrues_from.year) * 12 + first.month - accrues_from.month
    if months > _WITHIN_A_PERIOD * frequency.months + 1:
        doubt = f"{first} lies {months} months after interest starts, on {accrues_from}, of a {frequency} note"
        note.readings["first coupon date"].doubts.append(doubt)
