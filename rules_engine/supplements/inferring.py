"""What a supplement leaves out and its own dates give: the last regular date, and a missing issue date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rules_engine.dates.calendars import ONE_DAY, Calendar
from rules_engine.dates.maturities import scheduled_maturity
from rules_engine.dates.months import month_length
from rules_engine.dates.rolls import RollGrid
from rules_engine.dates.schedules import coupon_grid
from rules_engine.errors import CalendarNotCovered
from rules_engine.model.money import Money
from rules_engine.supplements.checking import Basis, first_coupon
from rules_engine.supplements.readings import INFERRED, NOT_FOUND, Reading, ReadNote, ReadSupplement
from rules_engine.supplements.sentences import Terms

_SETTLED_AFTER = ((date(2017, 9, 5), 3), (date(2024, 5, 28), 2))
"""Trades before each day settle so many business days later, by the rule of their time (SEC Rule 15c6-1)."""
_NOW_AFTER = 1
_LONGEST = 5


def infer_last_regular_date(note: ReadNote, basis: Basis) -> Reading:
    """Give the last interest date on the day of the first one, up to maturity; say so where that was printed moved."""
    first, maturity, frequency = (note.value(key) for key in ("first coupon date", "maturity", "frequency"))
    reading = Reading(value=None, how=NOT_FOUND, line=note.line)
    if first is None or maturity is None or frequency is None or not first <= maturity:
        reading.doubts.append("cannot be determined without first coupon date, maturity and frequency")
        return reading
    if first.day != maturity.day and _ends_month(first) and _ends_month(maturity):
        reading.doubts.append(f"interest may fall on day {first.day} or on the end of the month: neither is said")
        return reading
    grid = coupon_grid(frequency=frequency, roll_day=first.day, first_coupon_date=first)
    whole = grid.holds(maturity)
    reading.value = maturity if whole else grid.date_before(maturity)
    reading.how = INFERRED
    which = "the maturity falls on it" if whole else "the last one before the maturity"
    moved = _moved_from(maturity, reading.value, grid, basis)
    told = f"; the maturity printed is {moved} moved to a business day" if moved else ""
    reading.words = f"{frequency} on day {first.day}: {which}{told}"
    return reading


def _moved_from(maturity: date, last: date, grid: RollGrid, basis: Basis) -> date | None:
    """Name the interest date a printed maturity was moved from; None where it was not, or nothing tells."""
    if basis.calendar is None:
        return None
    try:
        day = scheduled_maturity(
            maturity,
            last_regular_date=last,
            grid=grid,
            convention=basis.maturity_convention,
            calendar=basis.calendar,
        )
    except CalendarNotCovered:
        return None
    return None if day == maturity else day


def infer_first_call_date(note: ReadNote, supplement: ReadSupplement) -> None:
    """Let a make-whole call that is printed without a first date start the day after the issue date."""
    reading = note.readings.get("redemption")
    terms = note.value("redemption")
    if reading is None or not isinstance(terms, Terms) or not terms.make_whole or terms.first_on:
        return
    issued = supplement.of_note(note, "issue date")
    if not isinstance(issued.value, date) or issued.doubts:
        reading.doubts.append("it may be called from the issue date on, which is not found")
        return
    words = "the day after the issue date, no first date being printed"
    reading.value = replace(terms, first_on=issued.value + ONE_DAY, first_inferred=words)


def infer_start_of_floating(note: ReadNote, supplement: ReadSupplement) -> None:
    """Let a rate that is said to float, and from no later day, float from the day interest starts."""
    reading = note.readings.get("floating")
    if reading is None or reading.value is not None or note.readings["type"].value != "floating":
        return
    incomplete = [doubt for doubt in reading.doubts if not doubt.startswith("no sentence says")]
    starts = supplement.of_note(note, "interest accrues from")
    starts = starts if starts.value else supplement.of_note(note, "issue date")
    if not isinstance(starts.value, date) or starts.doubts:
        reading.doubts = ["it floats from the day interest starts, which is not found"]
    elif floating := note.floats.from_day(starts.value):
        reading.value, reading.how, reading.doubts = floating, INFERRED, incomplete
        reading.words = f"{note.floats.words}: from the day interest starts"


def _ends_month(day: date) -> bool:
    return day.day == month_length(day.year, day.month)


def infer_issue_date(
    supplement: ReadSupplement, calendar: Calendar | None, basis: Basis, unread: Sequence[str]
) -> None:
    """Take the day trades of its time settled for a missing issue date, where the first coupons bear it out.

    Notes are often settled later than the rule asks. Where no printed first coupon bears the day out it is doubtful,
    and where one does not come out the day on which it would is named. Nothing is taken while a name of the issue
    date stands `unread` on the sheet.
    """
    reading, traded = supplement.readings["issue date"], supplement.readings["trade date"]
    if reading.value is not None or reading.doubts:
        return
    trade_date = traded.value
    if unread or not isinstance(trade_date, date) or traded.doubts or calendar is None:
        reading.doubts.append(f"not found: {unread[0]}" if unread else "not found")
        return
    days = next((days for until, days in _SETTLED_AFTER if trade_date < until), _NOW_AFTER)
    try:
        candidates = {count: calendar.add_business_days(trade_date, count) for count in range(1, _LONGEST + 1)}
    except CalendarNotCovered as fault:
        reading.doubts.append(f"not found, and not to be inferred: {fault}")
        return
    words = f"trade date {trade_date} and {days} business day{'s' if days > 1 else ''}"
    reading.value, reading.how, reading.words, reading.line = candidates[days], INFERRED, words, traded.line
    printed = [note for note in supplement.notes if isinstance(note.value("first coupon amount"), Money)]
    fitting = [
        count
        for count, day in candidates.items()
        if all(first_coupon(note, day, basis) == note.value("first coupon amount") for note in printed)
    ]
    if not printed:
        reading.doubts.append(f"not found; {words} gives {candidates[days]}, which no printed first coupon bears out")
    elif days not in fitting:
        others = ", ".join(f"{candidates[count]} ({count} business days)" for count in fitting)
        fit = f"the first coupons fit {others}" if others else "the first coupons fit no day near it"
        reading.doubts.append(f"not found; {words} gives {candidates[days]}, but {fit}")
