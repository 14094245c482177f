"""The dates of a note's life, from its row as printed: issue, interest dates, maturity, and where interest starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from rules_engine.dates.schedules import coupon_grid
from rules_engine.model.note_words import Frequency
from rules_engine.model.values import Kind
from rules_engine.rulebook.figures import date_of, literal_at
from rules_engine.rulebook.places import Entries, Faults, member_of, text_of

END_OF_MONTH = "end of month"
ACCRUES_FROM = "interest accrues from"

_LAST = "last regular date"
DATE_KEYS = (ACCRUES_FROM, "frequency", "first coupon date", _LAST, "interest day", "maturity")
"""The keys of a row that tell its dates, beside those it may share with its supplement's other notes."""

_NO_INTEREST = Frequency.ANNUAL
"""The frequency a zero-coupon note is held under, though nothing falls due by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The dates of a note's life; an `issue_date` before them all, and a `roll_day` they fall on.

    `reopened_from` is None where interest accrues from the issue date.
    """

    issue_date: date
    reopened_from: date | None
    first_coupon_date: date
    last_regular_date: date
    maturity: date
    roll_day: int
    frequency: Frequency

    @property
    def accrues_from(self) -> date:
        """The day interest starts."""
        return self.reopened_from or self.issue_date

    @property
    def interest_dates(self) -> frozenset[date]:
        """The scheduled interest dates before maturity."""
        grid = coupon_grid(frequency=self.frequency, roll_day=self.roll_day, first_coupon_date=self.first_coupon_date)
        found = [self.first_coupon_date]
        while found[-1] < self.last_regular_date:
            found.append(grid.date_after(found[-1]))
        return frozenset(day for day in found if day < self.maturity)


def giver_of(row: Entries, top: Entries, key: str) -> Entries:
    """Say which of the two gives a key: the row, or else the supplement's top."""
    return top if key in top.entries and key not in row.entries else row


def read_dates(row: Entries, top: Entries, faults: Faults) -> Dates | None:
    """Read the dates of a note's life, and note where they are out of order or off the interest day."""
    before = len(faults)
    frequency = member_of(row, "frequency", Frequency, faults, required=True)
    issue_date = date_of(giver_of(row, top, "issue date"), "issue date", faults, required=True)
    reopened_from = _read_reopened_from(row, issue_date, faults)
    first, maturity = (date_of(row, key, faults, required=True) for key in ("first coupon date", "maturity"))
    last = date_of(row, _LAST, faults)
    if _LAST not in row.entries:
        last = _last_regular_date(row, first, maturity, frequency, faults)
    named = {"issue date": issue_date, "first coupon date": first, _LAST: last, "maturity": maturity}
    _check_order(row, top, named, faults)
    roll_day = _read_roll_day(row, first, faults)
    if len(faults) > before or not (frequency and issue_date and first and last and maturity) or roll_day is None:
        return None
    grid = coupon_grid(frequency=frequency, roll_day=roll_day, first_coupon_date=first)
    for key, day in (("first coupon date", first), (_LAST, last)):
        if key in row.entries and not grid.holds(day):
            which = f"day {roll_day}" if roll_day else END_OF_MONTH
            hint = "say on which day in `interest day`, and give the dates as printed, before any moves"
            faults.at(row.entries[key].value.place, f"{key} {day} is not a {frequency} {which}", hint)
    return Dates(
        issue_date=issue_date,
        reopened_from=reopened_from,
        first_coupon_date=first,
        last_regular_date=last,
        maturity=maturity,
        roll_day=roll_day,
        frequency=frequency,
    )


def read_dates_without_interest(row: Entries, top: Entries, faults: Faults) -> Dates | None:
    """Read the dates of a zero-coupon note: one period, and all that is due is due at maturity."""
    before = len(faults)
    issue_date = date_of(giver_of(row, top, "issue date"), "issue date", faults, required=True)
    reopened_from = _read_reopened_from(row, issue_date, faults)
    maturity = date_of(row, "maturity", faults, required=True)
    _check_order(row, top, {"issue date": issue_date, "maturity": maturity}, faults)
    if len(faults) > before or issue_date is None or maturity is None:
        return None
    return Dates(
        issue_date=issue_date,
        reopened_from=reopened_from,
        first_coupon_date=maturity,
        last_regular_date=maturity,
        maturity=maturity,
        roll_day=maturity.day,
        frequency=_NO_INTEREST,
    )


def _check_order(row: Entries, top: Entries, named: dict[str, date | None], faults: Faults) -> None:
    trade_date = date_of(giver_of(row, top, "trade date"), "trade date", faults)
    dated = {"trade date": trade_date, **named}
    given = [(key, day) for key, day in dated.items() if day and key in giver_of(row, top, key).entries]
    for (earlier, day), (later, next_day) in pairwise(given):
        if next_day < day or (next_day == day and earlier == "issue date"):
            place = giver_of(row, top, later).entries[later].value.place
            faults.at(place, f"{later} {next_day} does not come after {earlier} {day}", "check both with the print")


def _read_reopened_from(row: Entries, issue_date: date | None, faults: Faults) -> date | None:
    accrues_from = date_of(row, ACCRUES_FROM, faults)
    if accrues_from and issue_date and accrues_from >= issue_date:
        place = row.entries[ACCRUES_FROM].value.place
        message = f"interest accrues from {accrues_from}, which is not before the issue date {issue_date}"
        faults.at(place, message, "leave it out where interest starts on the issue date")
    return accrues_from


def _last_regular_date(
    row: Entries, first: date | None, maturity: date | None, frequency: Frequency | None, faults: Faults
) -> date | None:
    """Take maturity for the last regular interest date where it is one; where it is none, the row has to say."""
    roll_day = _read_roll_day(row, first, Faults())
    if not (first and maturity and frequency) or roll_day is None:
        return None
    grid = coupon_grid(frequency=frequency, roll_day=roll_day, first_coupon_date=first)
    if grid.holds(maturity):
        return maturity
    message = f"maturity {maturity} is no {frequency} interest date, and no `{_LAST}` is given"
    faults.at(row.entries["maturity"].value.place, message, f"give the last regular interest date as `{_LAST}`")
    return None


def _read_roll_day(row: Entries, first: date | None, faults: Faults) -> int | None:
    """Read the day of the month interest falls on; left out, it is the first coupon date's."""
    text = text_of(row, "interest day", faults)
    if text is None:
        return first.day if first else None
    if text.text == END_OF_MONTH:
        return 0
    day = literal_at(text, Kind.NUMBER, faults)
    if isinstance(day, int) and not 1 <= day <= 31:
        faults.at(text.place, f"no month has a day {day}", f"write 1 to 31, or `{END_OF_MONTH}`")
        return None
    return day if isinstance(day, int) else None
