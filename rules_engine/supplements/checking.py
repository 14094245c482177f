"""What was read held against itself: check digits, weekdays, the order of dates, the first coupon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Self

from rules_engine.dates.calendars import Calendar
from rules_engine.dates.interest import interest
from rules_engine.dates.schedules import DayTerms, coupon_periods
from rules_engine.errors import CalendarNotCovered
from rules_engine.model.cusips import is_valid_cusip, why_no_cusip
from rules_engine.model.money import Money
from rules_engine.model.note_words import Accrual, Convention, DayCount
from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.readings import Reading, ReadNote, ReadSupplement, Remark
from rules_engine.supplements.sentences import Terms
from rules_engine.supplements.values import dates_in

_A_FEW_DAYS = Fraction(6, 360)
PRINTED_FOR = Money.parse("1000")
"""Supplements print the first coupon for this principal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """How a note's days are worked out; `said` tells where that is taken from. Only a programme gives a calendar."""

    interest: DayTerms
    said: str
    maturity_convention: Convention = Convention.NONE
    calendar: Calendar | None = None

    @classmethod
    def unadjusted(cls, day_count: DayCount, said: str) -> Self:
        """Count days without moving any, where no programme says how they move."""
        return cls(
            interest=DayTerms(day_count=day_count, convention=Convention.NONE, accrual=Accrual.UNADJUSTED), said=said
        )


def check_weekdays(sheet: Sheet, supplement: ReadSupplement) -> None:
    """Doubt every date that is named with a weekday it does not have."""
    read = {reading.words for reading in supplement.readings.values()}
    for printed in dates_in(sheet.text):
        if printed.weekday_is_wrong and printed.day and printed.words not in read:
            message = f'"{printed.words}": {printed.day} is a {printed.day:%A}'
            supplement.general_doubts.append(Remark(sheet.line_at(printed.start), message))


def check_cusip(note: ReadNote) -> None:
    """Doubt a CUSIP whose last digit is not the one the others make."""
    if is_valid_cusip(note.cusip):
        return
    note.readings["cusip"].doubts.append(f"`{note.cusip}` is not a CUSIP: {why_no_cusip(note.cusip)}")


def check_dates(note: ReadNote, supplement: ReadSupplement) -> None:
    """Doubt dates that do not follow one another, and a call outside the note's life.

    Of two that stand the wrong way round neither is sure: they may have been taken for each other.
    """
    read = [(key, supplement.of_note(note, key)) for key in ("trade date", "issue date")]
    read += [(key, note.readings[key]) for key in ("first coupon date", "maturity") if key in note.readings]
    given = [(key, reading, reading.value) for key, reading in read if isinstance(reading.value, date)]
    for (earlier, before, day), (later, after, next_day) in pairwise(given):
        if next_day < day or (next_day == day and earlier == "issue date"):
            _doubt_once(after, f"{next_day} does not come after the {earlier}, {day}")
            _doubt_once(before, f"{day} does not come before the {later}, {next_day}")
    terms, issued, maturity = (
        note.value("redemption"),
        supplement.of_note(note, "issue date").value,
        note.value("maturity"),
    )
    called = terms.first_on if isinstance(terms, Terms) else None
    if called and isinstance(issued, date) and maturity and not issued < called <= maturity:
        doubt = f"the note cannot be called on {called}: it lives from {issued} to {maturity}"
        note.readings["redemption"].doubts.append(doubt)


def _doubt_once(reading: Reading, doubt: str) -> None:
    if doubt not in reading.doubts:
        reading.doubts.append(doubt)


def first_coupon(note: ReadNote, accrues_from: date, basis: Basis) -> Money | None:
    """Work out a note's first coupon for $1,000; None where what was read does not allow it."""
    coupon, frequency, first_on = (note.value(key) for key in ("coupon", "frequency", "first coupon date"))
    if coupon is None or frequency is None or first_on is None or not accrues_from < first_on:
        return None
    try:
        first, *_ = coupon_periods(
            issue_date=accrues_from,
            first_coupon_date=first_on,
            last_regular_date=first_on,
            maturity=first_on,
            frequency=frequency,
            roll_day=first_on.day,
            day_count=basis.interest.day_count,
            convention=basis.interest.convention,
            accrual=basis.interest.accrual,
            calendar=basis.calendar or _NO_CALENDAR,
        )
    except CalendarNotCovered:
        return None
    return interest(PRINTED_FOR, coupon, first.year_fraction)


def check_first_coupon(note: ReadNote, supplement: ReadSupplement, basis: Basis) -> None:
    """Doubt a printed first coupon that does not come out of the coupon and the dates."""
    printed = note.readings.get("first coupon amount")
    accrues_from = _accrues_from(note, supplement)
    if printed is None or not isinstance(printed.value, Money) or not isinstance(accrues_from, date):
        return
    worked_out = first_coupon(note, accrues_from, basis)
    if worked_out is None:
        return
    if worked_out == printed.value:
        printed.checked = f"it comes out on {basis.said}"
    else:
        doubt = f"{printed.value} is printed, but {worked_out} comes out from {accrues_from} on {basis.said}"
        printed.doubts.append(doubt)
        a_few_days = interest(PRINTED_FOR, note.value("coupon"), _A_FEW_DAYS)
        if abs(printed.value.cents - worked_out.cents) > a_few_days.cents + 1:
            # no way to count days makes that much: the rate, or a date, is another column's
            note.readings["coupon"].doubts.append(f"the first coupon does not come out of it: {doubt}")


def check_first_coupon_month(note: ReadNote, supplement: ReadSupplement) -> None:
    """Warn of a first coupon in another month than the one after so many months of its frequency."""
    first_on, frequency = note.value("first coupon date"), note.value("frequency")
    accrues_from = _accrues_from(note, supplement)
    if not isinstance(accrues_from, date) or first_on is None or frequency is None:
        return
    months = (first_on.year - accrues_from.year) * 12 + first_on.month - accrues_from.month
    if months != frequency.months:
        line = note.readings["first coupon date"].line
        falls = f"the first coupon of a {frequency} note falls {months} months after {accrues_from:%B %Y}"
        supplement.warnings.append(Remark(line, f"{note.cusip}: {falls}"))


def _accrues_from(note: ReadNote, supplement: ReadSupplement) -> object:
    return supplement.of_note(note, "interest accrues from").value or supplement.of_note(note, "issue date").value


_NO_CALENDAR = Calendar(code="none", closed=frozenset(), first_year=1, last_year=9999, digest="", source="")
"""Unadjusted dates ask no calendar."""
