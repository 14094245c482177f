"""By what first coupons are worked out, and what the other notes of a programme tell of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rules_engine.model.note_words import DayCount
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.note_days import terms_of
from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.checking import Basis
from rules_engine.supplements.general import counts_thirty
from rules_engine.supplements.readings import INFERRED, NOT_FOUND, Denominations, Reading, ReadSupplement, Remark
from rules_engine.supplements.sheet_rows import Row

_PAYMENT_DAYS = "payment days"
_DAY_COUNT = DayCount.THIRTY_360
"""What nearly every retail note counts by, and what is taken for one that does not say."""
_DAY_COUNTS = {
    "30/360": DayCount.THIRTY_360,
    "actual/360": DayCount.ACTUAL_360,
    "act/360": DayCount.ACTUAL_360,
    "actual/365": DayCount.ACTUAL_365_FIXED,
    "act/365": DayCount.ACTUAL_365_FIXED,
}


def basis_of(sheet: Sheet, rows: Sequence[Row], supplement: ReadSupplement, programme: str, book: Book | None) -> Basis:
    """Say by what the first coupons are worked out: the programme's terms, the text's words, or an assumption."""
    printed = {str(figure.value): figure for row in rows for figure in row.figures.get("day count", ())}
    basis = _programme_basis(supplement, programme, book)
    for words, figure in printed.items():
        if _DAY_COUNTS.get(words) is not (basis.interest.day_count if basis else _DAY_COUNT):
            counted = basis.said if basis else f"{_DAY_COUNT} only"
            message = f'"{figure.words}" is printed, but first coupons are worked out on {counted}'
            supplement.general_doubts.append(Remark(sheet.line_at(figure.start), message))
    if basis:
        return basis
    if printed or counts_thirty(sheet):
        return Basis.unadjusted(_DAY_COUNT, f"{_DAY_COUNT}, as the text says")
    return Basis.unadjusted(_DAY_COUNT, f"{_DAY_COUNT} unadjusted, which is assumed")


def _programme_basis(supplement: ReadSupplement, programme: str, book: Book | None) -> Basis | None:
    """Give how the programme's edition for these notes counts; None where none is asked for or it has none."""
    issued = supplement.readings["issue date"].value or supplement.readings["trade date"].value
    if programme and book and isinstance(issued, date):
        rule_set = book.rule_set(programme, _PAYMENT_DAYS, issued)
        terms = terms_of(rule_set) if rule_set else None
        calendar = book.calendars.get(terms.calendar) if terms else None
        if terms and calendar:
            return Basis(
                interest=terms.interest,
                maturity_convention=terms.maturity_convention,
                calendar=calendar,
                said=f"{terms.interest.day_count}, as `{programme}` counts",
            )
    if programme:
        message = f"`{programme}` has no payment days for these notes: their first coupons are held against 30/360"
        supplement.warnings.append(Remark(1, message))
    return None


def infer_denominations(supplement: ReadSupplement, programme: str, book: Book | None) -> None:
    """Take the denominations all other notes of the programme have, where none are printed."""
    reading = supplement.readings["denominations"]
    if reading.how != NOT_FOUND or reading.doubts or not programme or book is None:
        return
    known = {(note.minimum_denomination, note.increment) for note in book.notes.values() if note.programme == programme}
    ((minimum, increment),) = known if len(known) == 1 else ((None, None),)
    if minimum and increment:
        value = Denominations(minimum=minimum, increment=increment)
        words = f"as all other notes of `{programme}`"
        supplement.readings["denominations"] = Reading(value=value, how=INFERRED, words=words)
