"""What falls due of a book of positions from one day to another: one row for each payment of each position."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from rules_engine.batch import columns
from rules_engine.batch.days import Days, Whole, number_of
from rules_engine.batch.files import AT_ONCE
from rules_engine.batch.payment_answers import Payments
from rules_engine.batch.questions import INTEREST, KINDS, MATURITY, REDEMPTION
from rules_engine.batch.reading import ColumnFault, Rows
from rules_engine.batch.shelf import Shelf
from rules_engine.deciding.establishing import FAULTS
from rules_engine.host import Host
from rules_engine.host.opening import Scheduled

FIELDS = {"cusip": "text", "principal": "money"}


@dataclass(frozen=True, slots=True)
class _Due:
    """Payments of notes that fall due in a range: of which note, when, of which kind; in the order of the notes."""

    note: Whole
    due_on: Days
    kind: Whole


class FallingDue:
    """Lists what falls due of positions in a range of days, both included, and answers each as by itself.

    Interest falls due on its scheduled days, and with the principal on the printed maturity; a note of which the ledger
    has a notice that calls all of it pays on the redemption date, and nothing after it. A note of which it cannot be
    said what falls due is asked about the first day of the range, and its answer says why.
    """

    def __init__(self, host: Host, first: date, last: date) -> None:
        self._host = host
        self._first, self._last = number_of(first), number_of(last)
        self._payments = Payments(host)

    def of(self, positions: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        """Answer what falls due of positions, which have a `cusip` and a `principal`; other columns go with them."""
        rows = Rows(positions, FIELDS)
        for name in FIELDS:
            if not rows.has(name):
                raise ColumnFault(f"column `{name}` is missing: a position needs it")
        cusips = rows.texts("cusip", plain=False)
        shelf = self._payments.questions.shelf
        note = np.append(shelf.numbers(cusips.words), -1)[cusips.numbers]
        due = self._due(shelf)
        first = np.searchsorted(due.note, np.arange(len(shelf.notes) + 1))
        counts = np.append(np.diff(first), 1)[note]
        ends = np.cumsum(counts)
        begin = 0
        while begin < positions.num_rows:
            taken = int(ends[begin - 1]) if begin else 0
            end = max(begin + 1, int(np.searchsorted(ends, taken + AT_ONCE, side="right")))
            questions = self._questions(positions, note, counts, first, due, begin, end)
            if questions.num_rows:
                yield self._payments.of(questions)
            begin = end

    def _questions(
        self,
        positions: pa.RecordBatch,
        note: Whole,
        counts: Whole,
        first: Whole,
        due: _Due,
        begin: int,
        end: int,
    ) -> pa.RecordBatch:
        """Ask about every payment of some of the positions."""
        own, many = note[begin:end], counts[begin:end]
        place = np.repeat(np.arange(begin, end), many)
        step = np.arange(len(place)) - np.repeat(np.cumsum(many) - many, many)
        is_known = np.repeat(own >= 0, many)
        which = np.where(is_known, first[np.repeat(np.maximum(own, 0), many)] + step, 0)
        if not len(due.note):
            is_known[:] = False
        due_on = np.full(len(place), self._first, dtype="int64")
        kind = np.full(len(place), INTEREST, dtype="int64")
        due_on[is_known], kind[is_known] = due.due_on[which[is_known]], due.kind[which[is_known]]
        kept = [name for name in positions.schema.names if name not in ("due_on", "kind")]
        some = positions.select(kept).take(pa.array(place))
        return pa.RecordBatch.from_arrays(
            [*some.columns, columns.days(due_on), columns.texts(kind, [str(each) for each in KINDS])],
            names=[*kept, "due_on", "kind"],
        )

    def _due(self, shelf: Shelf) -> _Due:
        """List what falls due in the range of all notes named so far."""
        by_hand = np.array([self._by_hand(shelf, place) for place in range(len(shelf.notes))], dtype="bool")
        periods, notes = shelf.periods, shelf.columns
        last_place = periods.first + periods.count - 1
        in_range = (periods.end >= self._first) & (periods.end <= self._last)
        is_last = np.zeros(len(periods.note), dtype="bool")
        is_last[last_place[periods.count > 0]] = True
        coupon = np.flatnonzero(in_range & ~is_last & ~notes.no_interest[periods.note] & ~by_hand[periods.note])
        matures = np.flatnonzero((notes.maturity >= self._first) & (notes.maturity <= self._last) & ~by_hand)
        parts = [
            _Due(periods.note[coupon], periods.end[coupon], np.full(len(coupon), INTEREST, dtype="int64")),
            _Due(matures, notes.maturity[matures], np.full(len(matures), MATURITY, dtype="int64")),
            *(self._one(shelf, int(place)) for place in np.flatnonzero(by_hand)),
        ]
        note, due_on, kind = (
            np.concatenate([getattr(part, name) for part in parts]) for name in ("note", "due_on", "kind")
        )
        order = np.lexsort((due_on, note))
        return _Due(note[order], due_on[order], kind[order])

    def _by_hand(self, shelf: Shelf, place: int) -> bool:
        note = shelf.notes[place]
        return not shelf.periods.carried[place] or note.cusip in self._host.ledger.standing(note.programme).calls

    def _one(self, shelf: Shelf, place: int) -> _Due:
        """List what falls due of one note by its schedule, its calls on the ledger heeded."""
        note = shelf.notes[place]
        scheduled = self._host.schedule(note.cusip)
        redeemed_on = self._host.ledger.standing(note.programme).redeemed_on(note.cusip)
        if not isinstance(scheduled, Scheduled):
            return _listed(place, [(self._first, INTEREST)])
        try:
            interest = [] if note.pays_no_interest else scheduled.schedule.interest_dates[:-1]
        except FAULTS:
            return _listed(place, [(self._first, INTEREST)])
        found = [(number_of(day), INTEREST) for day in interest] + [(number_of(note.maturity), MATURITY)]
        if redeemed_on is not None:
            ends = number_of(redeemed_on)
            found = [each for each in found if each[0] < ends] + [(ends, REDEMPTION)]
        return _listed(place, [each for each in found if self._first <= each[0] <= self._last])


def _listed(place: int, found: list[tuple[int, int]]) -> _Due:
    return _Due(
        np.full(len(found), place, dtype="int64"),
        np.array([day for day, _ in found], dtype="int64"),
        np.array([kind for _, kind in found], dtype="int64"),
    )
