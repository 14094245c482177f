"""A pricing supplement's text read into a supplement for the rule book, with all that is doubtful said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date

from rules_engine.dates.calendars import Calendar
from rules_engine.errors import RulesEngineError
from rules_engine.model.note_words import DayCount
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.nodes import read_nodes
from rules_engine.rulebook.note_days import terms_of
from rules_engine.rulebook.places import Faults
from rules_engine.rulebook.supplements import read_supplement
from rules_engine.supplements.announcing import announce
from rules_engine.supplements.cells import Sheet, sheet_of
from rules_engine.supplements.checking import (
    Basis,
    check_cusip,
    check_dates,
    check_first_coupon,
    check_first_coupon_month,
    check_weekdays,
)
from rules_engine.supplements.columns import stacked, text_lines
from rules_engine.supplements.conserving import (
    check_first_period,
    check_periods,
    check_settlement,
    cusips_printed,
    doubt_lost_notes,
)
from rules_engine.supplements.documents import check_size, decode, is_page, is_pdf, supplement_in
from rules_engine.supplements.gathering import gather, ordered
from rules_engine.supplements.general import accrual_said, counts_thirty, read_general
from rules_engine.supplements.headings import HeadingRun, heading_runs
from rules_engine.supplements.inferring import (
    infer_first_call_date,
    infer_issue_date,
    infer_last_regular_date,
    infer_start_of_floating,
)
from rules_engine.supplements.labels import LabelTable, shipped_labels
from rules_engine.supplements.markup import page_lines
from rules_engine.supplements.named import name_term, named_rows
from rules_engine.supplements.named_values import without_mixed_lines
from rules_engine.supplements.naming import Label, labels_in
from rules_engine.supplements.portable import pdf_lines
from rules_engine.supplements.proposing import programmes_of
from rules_engine.supplements.prose import is_heading_of_prose
from rules_engine.supplements.readings import INFERRED, NOT_FOUND, Denominations, Reading, ReadSupplement, Remark
from rules_engine.supplements.sheet_dates import read_sheet_dates
from rules_engine.supplements.tables import STOP, Row, read_tables
from rules_engine.supplements.writing import write_yaml
from rules_engine.supplements.year_ends import warn_of_year_ends

_PAYMENT_DAYS = "payment days"
_SETTLEMENT_CALENDARS = ("USGS", "USNY")
"""The calendars that days of settlement are counted by, the first that a book has."""
_DAY_COUNT = DayCount.THIRTY_360
"""What nearly every retail note counts by, and what is taken for one that does not say."""
_DAY_COUNTS = {
    "30/360": DayCount.THIRTY_360,
    "actual/360": DayCount.ACTUAL_360,
    "act/360": DayCount.ACTUAL_360,
    "actual/365": DayCount.ACTUAL_365_FIXED,
    "act/365": DayCount.ACTUAL_365_FIXED,
}
_REQUIRED = ("supplement", "source")
_DATES = ("trade date", "issue date", "interest accrues from")


class NoNoteFound(RulesEngineError):
    """A text holds no row that is a note's; `remarks` say what was nearly one."""

    def __init__(self, file: str, remarks: tuple[Remark, ...]) -> None:
        self.remarks = remarks
        super().__init__(f"{file}: no note is found: a row needs a CUSIP under its heading, or named `CUSIP:`")


def read_supplement_text(
    data: bytes, *, file: str = "supplement", programme: str = "", book: Book | None = None
) -> ReadSupplement:
    """Read a pricing supplement, text, web page or PDF, as it was filed, into a supplement for the rule book.

    The book gives the calendar a missing issue date is counted by, and, for `programme`, the terms a
    first coupon is worked out by and the denominations of its other notes. Raise UnreadableSupplement
    for a file that is no text, and NoNoteFound for a text without a note.
    """
    sheet = read_sheet(data)
    supplement = ReadSupplement(file=file, pages=sheet.pages)
    labels, rows = _find_rows(sheet, _names_for(sheet, programme, book), supplement)
    if not rows:
        doubt_lost_notes(sheet, supplement)
        raise NoNoteFound(file, tuple(sorted(supplement.general_doubts)))
    supplement.readings = read_general(sheet, labels)
    supplement.notes = gather(sheet, rows, [label.start for label in labels if label.by == "colon"])
    unread = _read_dates(sheet, supplement, labels, rows)
    _infer_denominations(supplement, programme, book)
    basis = _basis(sheet, rows, supplement, programme, book)
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


def _names_for(sheet: Sheet, programme: str, book: Book | None) -> LabelTable:
    """Give the names of terms to look for: those known for every issuer, and those of the issuer whose notes these are.

    Without a programme the CUSIPs tell whose they are, where the book has notes of the same issuer's part.
    """
    if book is None:
        return shipped_labels()
    found = (programme,) if programme else programmes_of(book, {cusip for cusip, _ in cusips_printed(sheet.text)})
    issuers = {each.partition("/")[0] for each in found}
    own = [book.labels[issuer] for issuer in sorted(issuers) if issuer in book.labels]
    table = shipped_labels()
    for labels in own:
        table = table.with_more(labels)
    return table


def read_sheet(data: bytes) -> Sheet:
    """Read a file's bytes into a sheet of cells; raise UnreadableSupplement where they are no text."""
    check_size(data)
    if is_pdf(data):
        return sheet_of(stacked(pdf_lines(data)))
    text = supplement_in(decode(data))
    return sheet_of(stacked(page_lines(text) if is_page(text) else text_lines(text)))


def _find_rows(sheet: Sheet, table: LabelTable, supplement: ReadSupplement) -> tuple[list[Label], list[Row]]:
    """Find the names on a sheet, and its notes' rows: under headings or, where there are none, named one by one."""
    runs = list(heading_runs(sheet, table))
    stops = sorted([*(stop.start() for stop in STOP.finditer(sheet.text)), *(run.start for run in runs)])
    labels = without_mixed_lines(sheet, labels_in(sheet, table, stops))
    starts = [run.start for run in runs]
    labels = [label for label in labels if not _is_heading(label, runs, starts)]
    labels = [label for label in labels if not is_heading_of_prose(sheet, label)]
    tables = read_tables(sheet, runs, labels)
    rows, wrong = tables.rows, tables.misshapen
    if rows:
        _name_below(sheet, labels, rows)
    else:
        rows, misnamed = named_rows(sheet, labels)
        wrong = [*wrong, *misnamed]
    for words, place in wrong:
        message = f"`{words}` stands where a CUSIP should, and is none"
        supplement.general_doubts.append(Remark(sheet.line_at(place), message))
    return labels, rows


def _is_heading(label: Label, runs: Sequence[HeadingRun], starts: Sequence[int]) -> bool:
    before = bisect_right(starts, label.start) - 1
    return before >= 0 and label.start < runs[before].end


def _name_below(sheet: Sheet, labels: Iterable[Label], rows: Sequence[Row]) -> None:
    """Give each note of a table what is named below its row; of a single note, wherever it stands."""
    starts = [row.start for row in rows]
    for label in labels:
        number = 0 if len(rows) == 1 else bisect_right(starts, label.start) - 1
        if label.is_known and number >= 0:
            name_term(sheet, label, [rows[number]], [])


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


def _infer_denominations(supplement: ReadSupplement, programme: str, book: Book | None) -> None:
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


def _basis(sheet: Sheet, rows: Sequence[Row], supplement: ReadSupplement, programme: str, book: Book | None) -> Basis:
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
