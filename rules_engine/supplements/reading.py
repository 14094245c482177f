"""A pricing supplement's text read into a supplement for the rule book, with all that is doubtful said."""

from __future__ import annotations

from datetime import date

from rules_engine.dates.calendars import Calendar
from rules_engine.errors import RulesEngineError
from rules_engine.model.note_words import DayCount
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.nodes import read_nodes
from rules_engine.rulebook.note_days import terms_of
from rules_engine.rulebook.places import Faults
from rules_engine.rulebook.supplements import read_supplement
from rules_engine.supplements.cells import Flow, read_flow
from rules_engine.supplements.checking import (
    Basis,
    check_cusip,
    check_dates,
    check_first_coupon,
    check_first_coupon_month,
    check_weekdays,
)
from rules_engine.supplements.gathering import KEYS, gather
from rules_engine.supplements.general import counts_thirty, read_general
from rules_engine.supplements.inferring import infer_first_call_date, infer_issue_date, infer_last_regular_date
from rules_engine.supplements.readings import INFERRED, NOT_FOUND, Denominations, Reading, ReadSupplement, Remark
from rules_engine.supplements.rows import Found, find_rows
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


class NoNoteFound(RulesEngineError):
    """A text holds no row that is a note's; `remarks` say what was nearly one."""

    def __init__(self, file: str, remarks: tuple[Remark, ...]) -> None:
        self.remarks = remarks
        super().__init__(f"{file}: no note is found: a row wants a CUSIP under its heading, or named `CUSIP:`")


def read_supplement_text(
    data: bytes, *, file: str = "supplement", programme: str = "", book: Book | None = None
) -> ReadSupplement:
    """Read a pricing supplement's text or HTML, as it was filed, into a supplement for the rule book.

    The book gives the calendar a missing issue date is counted by, and, for `programme`, the terms a
    first coupon is worked out by and the denominations of its other notes. Raise UnreadableSupplement
    for a file that is no text, and NoNoteFound for a text without a note.
    """
    flow = read_flow(data)
    found = find_rows(flow.text)
    supplement = ReadSupplement(file=file)
    _note_strays(flow, found, supplement)
    if not found.rows:
        raise NoNoteFound(file, tuple(sorted(supplement.general_doubts)))
    supplement.readings, preliminary = read_general(flow)
    supplement.notes = gather(flow, found)
    if preliminary:
        line = supplement.readings["supplement"].line
        supplement.warnings.append(Remark(line, "a preliminary supplement: hold its figures against the final one"))
    _infer_denominations(supplement, programme, book)
    basis = _basis(flow, found, supplement, programme, book)
    _infer_and_check(flow, supplement, book, basis)
    warn_of_year_ends(flow, supplement, basis)
    for key in _REQUIRED:
        reading = supplement.readings[key]
        if reading.value is None and not reading.doubts:
            reading.doubts.append("not found")
    supplement.warnings.sort()
    supplement.yaml = write_yaml(supplement)
    if not supplement.doubts:
        _hold_against_the_rule_book(supplement, programme)
    return supplement


def _hold_against_the_rule_book(supplement: ReadSupplement, programme: str) -> None:
    """Doubt whatever the rule book finds at fault in a file that nothing here was found to doubt in."""
    faults = Faults()
    top = read_nodes(supplement.yaml.encode(), supplement.file, faults)
    rows = read_supplement(top, programme, faults) if top else ()
    found = [*faults, *(fault for row in rows for fault in row.faults)]
    if found:
        supplement.general_doubts += [Remark(1, f"the rule book refuses it: {fault.message}") for fault in found]
        supplement.yaml = write_yaml(supplement)


def _note_strays(flow: Flow, found: Found, supplement: ReadSupplement) -> None:
    """Note CUSIPs that no row could be made of, and what stands where a CUSIP should."""
    rows = {row.cusip.words for row in found.rows}
    for stray in found.stray:
        if stray.words not in rows:
            message = f"`{stray.words}` is named, but no row of figures is found for it"
            supplement.general_doubts.append(Remark(flow.line_at(stray.start), message))
            rows.add(stray.words)
    for words, place in found.misshapen:
        message = f"`{words}` stands where a CUSIP should, and is none"
        supplement.general_doubts.append(Remark(flow.line_at(place), message))


def _infer_denominations(supplement: ReadSupplement, programme: str, book: Book | None) -> None:
    """Take the denominations all other notes of the programme have, where none are printed."""
    if supplement.readings["denominations"].how != NOT_FOUND or not programme or book is None:
        return
    known = {(note.minimum_denomination, note.increment) for note in book.notes.values() if note.programme == programme}
    ((minimum, increment),) = known if len(known) == 1 else ((None, None),)
    if minimum and increment:
        value = Denominations(minimum=minimum, increment=increment)
        words = f"as all other notes of `{programme}`"
        supplement.readings["denominations"] = Reading(value=value, how=INFERRED, words=words)


def _basis(flow: Flow, found: Found, supplement: ReadSupplement, programme: str, book: Book | None) -> Basis:
    """Say by what the first coupons are worked out: the programme's terms, the text's words, or an assumption."""
    printed = {str(figure.value): figure for row in found.rows for figure in row.figures.get("day count", ())}
    basis = _programme_basis(supplement, programme, book)
    for words, figure in printed.items():
        if _DAY_COUNTS.get(words) is not (basis.interest.day_count if basis else _DAY_COUNT):
            counted = basis.said if basis else f"{_DAY_COUNT} only"
            message = f'"{figure.words}" is printed, but first coupons are worked out on {counted}'
            supplement.general_doubts.append(Remark(flow.line_at(figure.start), message))
    if basis:
        return basis
    if printed or counts_thirty(flow):
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


def _infer_and_check(flow: Flow, supplement: ReadSupplement, book: Book | None, basis: Basis) -> None:
    infer_issue_date(supplement, _settlement_calendar(book), basis)
    _settle_accrual(supplement)
    check_weekdays(flow, supplement)
    for note in supplement.notes:
        infer_first_call_date(note, supplement)
        check_cusip(note)
        check_dates(note, supplement)
        if "first coupon date" in note.readings:
            note.readings["last regular date"] = infer_last_regular_date(note, basis)
            note.readings = {key: note.readings[key] for key in KEYS if key in note.readings}
        check_first_coupon_month(note, supplement)
        if not supplement.readings["issue date"].doubts:
            check_first_coupon(note, supplement, basis)


def _settle_accrual(supplement: ReadSupplement) -> None:
    """Keep the day interest accrues from only where it is another than the issue date, as in a re-opening."""
    accrual, issue = supplement.readings["interest accrues from"], supplement.readings["issue date"]
    if accrual.value == issue.value and not accrual.doubts:
        supplement.readings["interest accrues from"] = Reading(value=None, how=NOT_FOUND)
    elif isinstance(accrual.value, date) and isinstance(issue.value, date) and accrual.value > issue.value:
        accrual.doubts.append(f"{accrual.value} comes after the issue date, {issue.value}")
