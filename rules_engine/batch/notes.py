"""Notes in columns: what their pricing supplements print, and by which terms on payment days each is paid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

import numpy as np

from rules_engine.batch.days import BusinessDays, Days, Mask, Whole, number_of
from rules_engine.clauses import PAYMENT_DAYS, REDEMPTION
from rules_engine.deciding.schedule import Schedule
from rules_engine.host import Host
from rules_engine.host.cases import Prepared
from rules_engine.model.exact import plain_text
from rules_engine.model.note_words import DayCount, Frequency
from rules_engine.model.notes import Note, Notice
from rules_engine.rulebook.redemption_terms import RedemptionTerms

NEVER = 2**40
"""A day after every other."""

FIRST_CARRIED, LAST_CARRIED = number_of(date(1910, 1, 1)), number_of(date(2190, 12, 31))
"""Days of a note's life that columns carry, both included: nothing counted from them leaves the years that are known.

What lies outside is left to the definition."""

_MONTHS = {frequency: frequency.months for frequency in Frequency}

_PRINTED = attrgetter(
    "accrues_from",
    "first_coupon_date",
    "last_regular_date",
    "maturity",
    "issue_date",
    "frequency",
    "roll_day",
    "coupon",
    "coupon_steps",
    "floating",
    "pays_no_interest",
    "original_issue_discount",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms that notes of one edition are paid by; `notice` is what its prospectus asks of a call.

    `schedule` is that of one of the notes: its calendar and terms are those of all of them.
    """

    number: int
    schedule: Schedule
    prepared: Prepared
    business_days: BusinessDays
    notice: Notice | None

    @property
    def drafts(self) -> str:
        """The rule set on payment days where it is a draft still; else nothing."""
        days = self.prepared.days
        return days.name if days.status == "draft" else ""


class Rates:
    """Yearly rates and prices, each kept once, as whole fractions of one per cent and as text."""

    def __init__(self) -> None:
        self._numbers: dict[Decimal, int] = {}
        self.texts: list[str] = []
        self._numerators: list[int] = []
        self._denominators: list[int] = []

    def number(self, rate: Decimal) -> int:
        """Give the number that stands for a rate."""
        found = self._numbers.get(rate)
        if found is None:
            found = self._numbers[rate] = len(self.texts)
            numerator, denominator = rate.as_integer_ratio()
            self._numerators.append(numerator)
            self._denominators.append(denominator)
            self.texts.append(plain_text(rate))
        return found

    @property
    def numerators(self) -> Whole:
        """The numerators, by number; one more stands at the end for a rate that is not known."""
        return np.array([*self._numerators, 0], dtype="int64")

    @property
    def denominators(self) -> Whole:
        """The denominators, by number; one more stands at the end for a rate that is not known."""
        return np.array([*self._denominators, 1], dtype="int64")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteColumns:
    """Some notes, one row each; what is not a number stands in `notes`.

    `terms` are by their numbers, -1 for a note that has none. Steps of a coupon stand in pairs: from when, and the
    number of the rate.
    """

    notes: Sequence[Note]
    terms: Whole
    accrues_from: Days
    first_coupon: Days
    last_regular: Days
    maturity: Days
    issued_on: Days
    months: Whole
    roll_day: Whole
    rate: Whole
    steps: Sequence[tuple[Days, Whole]]
    floats_from: Days
    no_interest: Mask
    discounted: Mask


class TermsKept:
    """Which terms notes are paid by: looked up once for each edition, not for each note."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._found: dict[tuple[Any, ...], int] = {}
        self._calendars: dict[str, BusinessDays] = {}
        self.terms: list[Terms] = []
        self.rates = Rates()

    def columns(self, notes: Sequence[Note]) -> NoteColumns:
        """Put notes into columns."""
        rows = list(map(_PRINTED, notes))
        issued, first, last, maturity, on, frequency, roll, coupon, steps, floating, nothing, discount = (
            zip(*rows, strict=True) if rows else [()] * 12
        )
        return NoteColumns(
            notes=notes,
            terms=_whole(map(self._number, notes)),
            accrues_from=_days(issued),
            first_coupon=_days(first),
            last_regular=_days(last),
            maturity=_days(maturity),
            issued_on=_days(on),
            months=_whole(map(_MONTHS.__getitem__, frequency)),
            roll_day=_whole(roll),
            rate=_whole(map(self.rates.number, coupon)),
            steps=self._steps(steps),
            floats_from=_whole(NEVER if each is None else number_of(each.from_on) for each in floating),
            no_interest=np.array(nothing, dtype="bool"),
            discounted=np.array(discount, dtype="bool"),
        )

    def _steps(self, steps: Sequence[Any]) -> list[tuple[Days, Whole]]:
        """Lay out the first step of every note, then the second of those that have one, and so on."""
        laid_out = []
        for place in range(max(map(len, steps), default=0)):
            nth = [each[place] if place < len(each) else None for each in steps]
            from_on = _whole(NEVER if each is None else number_of(each.from_on) for each in nth)
            laid_out.append((from_on, _whole(-1 if each is None else self.rates.number(each.coupon) for each in nth)))
        return laid_out

    def _number(self, note: Note) -> int:
        own = tuple(note.payment_days.items()) if note.payment_days else ()
        key = (note.programme, note.issue_date, own)
        found = self._found.get(key)
        return self._look_up(note, key) if found is None else found

    def _look_up(self, note: Note, key: tuple[Any, ...]) -> int:
        """Find the terms by the note itself; two issue dates of one edition come to the same."""
        prepared = self._host.prepared(note.cusip, PAYMENT_DAYS)
        if not isinstance(prepared, Prepared):
            self._found[key] = -1
            return -1
        called = self._host.prepared(note.cusip, REDEMPTION)
        read = called.terms if isinstance(called, Prepared) else None
        notice = read.notice if isinstance(read, RedemptionTerms) else None
        edition = (prepared.days.digest, prepared.schedule.terms, prepared.schedule.calendar.digest, notice)
        if edition not in self._found:
            self._found[edition] = len(self.terms)
            calendar = prepared.schedule.calendar
            business_days = self._calendars.get(calendar.digest) or BusinessDays(calendar)
            self._calendars[calendar.digest] = business_days
            self.terms.append(
                Terms(
                    number=len(self.terms),
                    schedule=prepared.schedule,
                    prepared=prepared,
                    business_days=business_days,
                    notice=notice,
                )
            )
        self._found[key] = self._found[edition]
        return self._found[key]


DAY_COUNTS = tuple(DayCount)


def _whole(numbers: Iterable[int]) -> Whole:
    return np.fromiter(numbers, dtype="int64")


def _days(days: Sequence[date]) -> Days:
    return _whole(map(number_of, days))
