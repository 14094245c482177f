"""The notes that rows have named so far, with their interest periods, found by CUSIP and by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, TypeVar

import numpy as np

from rules_engine.batch.days import FIRST_DAY, Days, Mask, Whole
from rules_engine.batch.notes import NoteColumns, Terms, TermsKept
from rules_engine.batch.periods import Periods, periods_of
from rules_engine.host import Host
from rules_engine.model.notes import Note

DAYS_APART = 2**18
"""More than the days that columns know: a note's number and a day make one number, which sorts as both do."""

UNKNOWN = -1
"""The number of a CUSIP of which the rule book has no note."""

TableT = TypeVar("TableT", NoteColumns, Periods)


class Shelf:
    """Keeps the columns of notes once they were named; grows with the notes named, not with the rows that name them."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._kept = TermsKept(host)
        self._numbers: dict[str, int] = {}
        self.notes: list[Note] = []
        self.columns = self._kept.columns([])
        self.periods = periods_of(self.columns, [])
        self._ends = np.zeros(0, dtype="int64")
        self._accrued = np.zeros(0, dtype="int64")

    @property
    def terms(self) -> Sequence[Terms]:
        """The terms on payment days that notes are paid by, by number."""
        return self._kept.terms

    @property
    def kept(self) -> TermsKept:
        """The terms and rates that the columns number."""
        return self._kept

    def numbers(self, cusips: Sequence[str]) -> Whole:
        """Give the number of each note, taking in those that are new; UNKNOWN of those the rule book does not have."""
        new: list[Note] = []
        for cusip in cusips:
            if cusip not in self._numbers:
                note = self._host.book.note(cusip)
                self._numbers[cusip] = UNKNOWN if note is None else len(self.notes) + len(new)
                new += [] if note is None else [note]
        if new:
            self._take_in(new)
        return np.array([self._numbers[cusip] for cusip in cusips], dtype="int64")

    def _take_in(self, new: Sequence[Note]) -> None:
        laid_out = self._kept.columns(new)
        periods = periods_of(laid_out, self._kept.terms)
        before, periods_before = len(self.notes), len(self.periods.note)
        self.notes.extend(new)
        self.columns = _joined(self.columns, laid_out, {})
        self.periods = _joined(self.periods, periods, {"note": before, "first": periods_before})
        self._ends = at(self.periods.note, self.periods.end)
        self._accrued = at(self.periods.note, self.periods.accrues_to)

    def period_ending(self, note: Whole, day: Days) -> tuple[Whole, Mask]:
        """Find the period whose interest is scheduled for each day, and tell whether there is one.

        Where there is none the number is that of the first period that ends later, of this note or the next.
        """
        wanted = at(note, day)
        place = np.searchsorted(self._ends, wanted)
        place = np.minimum(place, max(len(self._ends) - 1, 0))
        if not len(self._ends):
            return place, np.zeros(len(note), dtype="bool")
        return place, self._ends[place] == wanted

    def first_ending(self, note: Whole, day: Days) -> Whole:
        """Find the first period whose interest is scheduled for each day or later; the last one where none is left."""
        place = np.searchsorted(self._ends, at(note, day))
        return np.minimum(place, self.periods.first[note] + self.periods.count[note] - 1)

    def accruing(self, note: Whole, day: Days) -> tuple[Whole, Mask]:
        """Find the period that interest accrued up to each day belongs to, and tell whether there is one."""
        place = np.searchsorted(self._accrued, at(note, day))
        first, count = self.periods.first[note], self.periods.count[note]
        within = (place < first + count) & (count > 0)
        place = np.where(within, place, 0)
        return place, within & (day > self.periods.accrues_from[first * within])


def at(note: Whole, day: Days) -> Whole:
    """Make one number of a note's number and a day."""
    return note * DAYS_APART + (day - FIRST_DAY)


def _joined(one: TableT, other: TableT, added: dict[str, int]) -> TableT:
    """Put the rows of two tables one after the other; numbers that count rows are moved on."""
    joined: dict[str, Any] = {}
    for field in fields(one):
        first: Any = getattr(one, field.name)
        second: Any = getattr(other, field.name)
        if field.name == "notes":
            joined[field.name] = [*first, *second]
        elif field.name == "steps":
            joined[field.name] = []  # only what works periods out reads them
        else:
            joined[field.name] = np.concatenate(
                [first, second + added.get(field.name, 0) if field.name in added else second]
            )
    return type(one)(**joined)
