"""A pricing supplement's text read into a supplement for the rule book, with all that is doubtful said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rules_engine.dates.calendars import Calendar
from rules_engine.errors import RulesEngineError
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.nodes import read_nodes
from rules_engine.rulebook.places import Faults
from rules_engine.rulebook.supplements import read_supplement
from rules_engine.supplements.announcing import announce
from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.checking import (
    Basis,
    check_cusip,
    check_dates,
    check_first_coupon,
    check_first_coupon_month,
    check_weekdays,
)
from rules_engine.supplements.conserving import (
    check_first_period,
    check_periods,
    check_settlement,
    doubt_lost_notes,
)
from rules_engine.supplements.counting import basis_of, infer_denominations
from rules_engine.supplements.found_rows import find_rows
from rules_engine.supplements.gathering import gather, ordered
from rules_engine.supplements.general import accrual_said, read_general
from rules_engine.supplements.inferring import (
    infer_first_call_date,
    infer_issue_date,
    infer_last_regular_date,
    infer_start_of_floating,
)
from rules_engine.supplements.naming import Label
from rules_engine.supplements.opening import open_sheet
from rules_engine.supplements.readings import NOT_FOUND, Reading, ReadSupplement, Remark
from rules_engine.supplements.sheet_dates import read_sheet_dates
from rules_engine.supplements.sheet_rows import Row
from rules_engine.supplements.writing import write_yaml
from rules_engine.supplements.year_ends import warn_of_year_ends

_SETTLEMENT_CALENDARS = ("USGS", "USNY")
"""The calendars that days of settlement are counted by, the first that a book has."""
_REQUIRED = ("supplement", "source")
_DATES = ("trade date", "issue date", "interest accrues from")


class NoNoteFound(RulesEngineError):
    """A text holds no row that is a note's; `remarks` say what was nearly one."""

    def __init__(self, file: str, remarks: tuple[Remark, ...]) -> None:
        self.remarks = remarks
        super().__init__(f"{file}: no note is found: a note needs a CUSIP under its heading, or named `CUSIP:`")


def read_supplement_text(
    data: bytes, *, file: str = "supplement", programme: str = "", book: Book | None = None
) -> ReadSupplement:
    """Read a pricing supplement, text, web page or PDF, as it was filed, into a supplement for the rule book.

    The book gives the calendar a missing issue date is counted by, and, for `programme`, the terms a
    first coupon is worked out by and the denominations of its other notes. Raise UnreadableSupplement
    for a file that is no text, and NoNoteFound for a text without a note.
    """
    sheet, table = open_sheet(data, programme, book)
    supplement = ReadSupplement(file=file, pages=sheet.pages)
    labels, rows = find_rows(sheet, table, supplement)
    if not rows:
        doubt_lost_notes(sheet, supplement)
        raise NoNoteFound(file, tuple(sorted(supplement.general_doubts)))
    supplement.readings = read_general(sheet, labels)
    supplement.notes = gather(sheet, rows, [label.start for label in labels if label.by == "colon"])
    unread = _read_dates(sheet, supplement, labels, rows)
    infer_denominations(supplement, programme, book)
    basis = basis_of(sheet, rows, supplement, programme, book)
    if any("issue date" not in note.readings for note in supplement.notes):
        infer_issue_date(supplement, _settlement_calendar(book), basis, unread)
    _settle_accrual(supplement)
    announce(sheet, supplement)
    _infer_and_check(sheet, supplement, basis)
    warn_of_year_ends(sheet, supplement, basis)
    for key in _REQUIRED:
        reading = supplement.readings[key]
        if reading.value is None and not reading.doubts:
            reading.doubts.append("not found")
    supplement.warnings = sorted(set(supplement.warnings))
    supplement.yaml = write_yaml(supplement)
    hold_against_the_rule_book(supplement, programme)
    return supplement


def hold_against_the_rule_book(supplement: ReadSupplement, programme: str) -> None:
    """Doubt whatever the rule book finds at fault in a file that nothing here was found to doubt in."""
    if supplement.doubts:
        return
    faults = Faults()
    top = read_nodes(supplement.yaml.encode(), supplement.file, faults)
    rows = read_supplement(top, programme, faults) if top else ()
    found = [*faults, *(fault for row in rows for fault in row.faults)]
    if found:
        supplement.general_doubts += [Remark(1, f"the rule book refuses it: {fault.message}") for fault in found]
        supplement.yaml = write_yaml(supplement)


def _read_dates(sheet: Sheet, supplement: ReadSupplement, labels: Sequence[Label], rows: Sequence[Row]) -> list[str]:
    """Read the dates of trade, issue and accrual, shared or each note's own; give what stands unread of the issue's."""
    unread: list[str] = []
    numbers = {str(row.cusip.value): number for number, row in reversed(list(enumerate(rows)))}
    for name in _DATES:
        said = accrual_said(sheet) if name == "interest accrues from" else ()
        dates = read_sheet_dates(sheet, name, labels, rows, said)
        supplement.readings[name] = dates.shared
        for note in supplement.notes:
            if own := dates.own.get(numbers[note.cusip]):
                note.readings[name] = own
                note.readings = ordered(note.readings)
        if name == "issue date":
            unread = dates.unread
    supplement.readings["denominations"] = supplement.readings.pop("denominations")
    return unread


def _settlement_calendar(book: Book | None) -> Calendar | None:
    if book is None:
        return None
    return next((book.calendars[code] for code in _SETTLEMENT_CALENDARS if code in book.calendars), None)


def _infer_and_check(sheet: Sheet, supplement: ReadSupplement, basis: Basis) -> None:
    check_weekdays(sheet, supplement)
    for note in supplement.notes:
        infer_first_call_date(note, supplement)
        infer_start_of_floating(note, supplement)
        check_cusip(note)
        check_settlement(supplement, note)
        check_periods(supplement, note)
        check_dates(note, supplement)
        check_first_period(supplement, note)
        if "first coupon date" in note.readings:
            note.readings["last regular date"] = infer_last_regular_date(note, basis)
            note.readings = ordered(note.readings)
        check_first_coupon_month(note, supplement)
        if not supplement.of_note(note, "issue date").doubts:
            check_first_coupon(note, supplement, basis)
    doubt_lost_notes(sheet, supplement)


def _settle_accrual(supplement: ReadSupplement) -> None:
    """Keep the day interest accrues from only where it is another than the issue date, as in a re-opening."""
    places = [(supplement.readings, supplement.readings["issue date"])]
    places += [(note.readings, supplement.of_note(note, "issue date")) for note in supplement.notes]
    for readings, issue in places:
        accrual = readings.get("interest accrues from")
        if accrual is None:
            continue
        if accrual.value == issue.value and not accrual.doubts:
            readings["interest accrues from"] = Reading(value=None, how=NOT_FOUND)
        elif isinstance(accrual.value, date) and isinstance(issue.value, date) and accrual.value > issue.value:
            accrual.doubts.append(f"{accrual.value} comes after the issue date, {issue.value}")
