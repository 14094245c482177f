"""The schedules of many notes: every interest date, redemption date and maturity, with cash days and amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from rules_engine.batch import columns
from rules_engine.batch.arithmetic import portions
from rules_engine.batch.call_days import CallDays, call_days
from rules_engine.batch.carried import COLUMNS, LINE_BY_LINE, WAYS
from rules_engine.batch.days import Days, Mask, Whole, day_of, number_of, used
from rules_engine.batch.notes import NoteColumns, Terms, TermsKept
from rules_engine.batch.periods import Periods, periods_of
from rules_engine.batch.reading import ColumnFault
from rules_engine.dates.record_dates import record_date
from rules_engine.deciding.establishing import FAULTS
from rules_engine.host import Host
from rules_engine.model.decisions import Finding
from rules_engine.model.exact import plain_text
from rules_engine.model.notes import Note
from rules_engine.workbench.timetable import PER, Timetable, timetable

INTEREST, REDEMPTION, MATURITY = range(3)
EVENTS = ("interest", "redemption", "maturity")

SCHEMA = pa.schema(
    {
        "cusip": columns.TEXT,
        "event": columns.TEXT,
        "n": columns.COUNT,
        "accrual_start": columns.DAY,
        "accrual_end": columns.DAY,
        "due_on": columns.DAY,
        "pay_on": columns.DAY,
        "days": columns.COUNT,
        "rate": columns.TEXT,
        "interest": columns.MONEY,
        "record_on": columns.DAY,
        "price": columns.TEXT,
        "last_notice_on": columns.DAY,
        "drafts": columns.TEXT,
        "carried": columns.TEXT,
        "error": columns.TEXT,
    }
)
"""What a schedule has in its columns; interest is on $1,000, rates and prices are in per cent."""

AT_ONCE = 4_096
"""So many notes are worked out at a time: enough to be quick, few enough to stay near the processor."""


class Schedules:
    """Works out the schedules of notes by one host's rule book."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._kept = TermsKept(host)

    def of(self, cusips: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Give the schedules of some notes in their order, some notes at a time; one by one where columns fail.

        A CUSIP of which there is no schedule has one row, which says why.
        """
        find = self._host.book.note
        for begin in range(0, len(cusips), AT_ONCE):
            some = cusips[begin : begin + AT_ONCE]
            notes = [(cusip, find(cusip)) for cusip in some]
            if all(note is not None for _, note in notes):
                yield from self.of_notes([note for _, note in notes if note is not None])
                continue
            run: list[Note] = []
            for cusip, note in notes:
                if note is not None:
                    run.append(note)
                    continue
                yield from self.of_notes(run)
                run = []
                yield line_by_line(self._host, cusip)
            yield from self.of_notes(run)

    def of_notes_many(self, notes: Sequence[Note]) -> Iterator[pa.RecordBatch]:
        """Give the schedules of any number of notes of the rule book, some notes at a time."""
        for begin in range(0, len(notes), AT_ONCE):
            yield from self.of_notes(notes[begin : begin + AT_ONCE])

    def of_notes(self, notes: Sequence[Note]) -> Iterator[pa.RecordBatch]:
        """Give the schedules of notes of the rule book."""
        if not notes:
            return
        laid_out = self._kept.columns(notes)
        periods = periods_of(laid_out, self._kept.terms)
        calls = call_days(laid_out, periods, self._kept.terms, self._kept.rates)
        carried = periods.carried & calls.carried
        if carried.all():
            yield self._laid_out(laid_out, periods, calls, carried)
            return
        whole = self._laid_out(laid_out, periods, calls, carried)
        rows = np.where(carried, self._rows(laid_out, periods, calls), 0)
        ends = np.cumsum(rows)
        begin = 0
        for place in np.flatnonzero(~carried).tolist():
            end = int(ends[place])
            if end > begin:
                yield whole.slice(begin, end - begin)
            yield line_by_line(self._host, notes[place].cusip)
            begin = end
        if begin < whole.num_rows:
            yield whole.slice(begin)

    def _rows(self, notes: NoteColumns, periods: Periods, calls: CallDays) -> Whole:
        """Count the rows of each note: its coupons, its redemption dates, and its maturity."""
        coupons = np.where(notes.no_interest, 0, periods.count)
        return coupons + np.bincount(calls.note, minlength=len(notes.notes)) + 1

    def _laid_out(self, notes: NoteColumns, periods: Periods, calls: CallDays, carried: Mask) -> pa.RecordBatch:
        """Put coupons, redemption dates and maturities into one table, note after note."""
        terms, rates = self._kept.terms, self._kept.rates
        rows = np.where(carried, self._rows(notes, periods, calls), 0)
        ends = np.cumsum(rows)
        first, total = ends - rows, int(ends[-1])
        pays = carried & ~notes.no_interest
        paid = slice(None) if pays.all() else np.flatnonzero(pays[periods.note])
        own = periods.note[paid]
        nth = np.arange(len(periods.note))[paid] - periods.first[own]
        coupon = first[own] + nth
        redeemed = slice(None) if carried.all() else np.flatnonzero(carried[calls.note])
        of_call = calls.note[redeemed]
        nth_call = np.arange(len(of_call)) - np.searchsorted(of_call, of_call)
        called = first[of_call] + np.where(notes.no_interest, 0, periods.count)[of_call] + nth_call
        matures = (ends - 1)[carried]

        event = np.full(total, INTEREST, dtype="int64")
        event[called], event[matures] = REDEMPTION, MATURITY
        is_coupon = event == INTEREST
        laid = _Laid(total, coupon)
        rate = periods.rate[paid]
        interest = portions(
            np.full(len(own), PER.cents, dtype="int64"),
            rates.numerators[rate] * periods.part[paid],
            rates.denominators[rate] * periods.of[paid] * 100,
        )
        due, pay_on = laid.of(periods.end[paid]), laid.of(periods.pay_on[paid])
        due[called], pay_on[called] = calls.day[redeemed], calls.pay_on[redeemed]
        due[matures] = notes.maturity[carried]
        pay_on[matures] = self._maturities_paid(notes, carried)
        record_on, recorded = self._record_dates(notes, periods, paid)
        price = np.full(total, -1, dtype="int64")
        price[called] = calls.price[redeemed]
        last_notice = np.zeros(total, dtype="int64")
        last_notice[called] = calls.last_notice[redeemed]
        noticed = np.zeros(total, dtype="bool")
        noticed[called] = calls.notice_known[redeemed]
        all_rates = laid.of(rate, empty=-1)
        note_of_row = np.repeat(np.arange(len(rows)), rows)
        drafts = [each.drafts for each in terms]
        draft = np.array([place if name else -1 for place, name in enumerate(drafts)], dtype="int64")
        return pa.RecordBatch.from_arrays(
            [
                columns.texts(note_of_row, [each.cusip for each in notes.notes]),
                columns.texts(event, EVENTS),
                columns.counts(laid.of(nth + 1), is_coupon),
                columns.days(laid.of(periods.accrues_from[paid]), is_coupon),
                columns.days(laid.of(periods.accrues_to[paid]), is_coupon),
                columns.days(due),
                columns.days(pay_on),
                columns.counts(laid.of(periods.days[paid]), is_coupon),
                columns.texts(all_rates, rates.texts),
                columns.money(laid.of(interest), is_coupon & (all_rates >= 0)),
                columns.days(laid.of(record_on), laid.known(recorded)),
                columns.texts(price, rates.texts),
                columns.days(last_notice, noticed),
                columns.texts(draft[notes.terms[note_of_row]], drafts),
                columns.texts(np.full(total, COLUMNS), WAYS),
                columns.texts(np.full(total, -1), []),
            ],
            schema=SCHEMA,
        )

    def _maturities_paid(self, notes: NoteColumns, carried: Mask) -> Days:
        """Give the day on which each maturity is paid."""
        maturity, of_terms = notes.maturity[carried], notes.terms[carried]
        paid = maturity.copy()
        for number in used(of_terms):
            terms, some = self._kept.terms[number], of_terms == number
            paid[some] = terms.business_days.adjusted(maturity[some], terms.schedule.terms.maturity_convention)
        return paid

    def _record_dates(self, notes: NoteColumns, periods: Periods, paid: slice | Whole) -> tuple[Days, Mask]:
        """Give the day whose holder gets each interest; none where no term says, nor at maturity."""
        own, to = periods.note[paid], periods.accrues_to[paid]
        of_terms = notes.terms[own]
        is_maturity = (periods.end[paid] == periods.matures[own]) | (periods.end[paid] == notes.maturity[own])
        found, known = to.copy(), np.zeros(len(to), dtype="bool")
        for number in used(of_terms):
            terms = self._kept.terms[number]
            if terms.schedule.terms.record_date is not None:
                some = np.flatnonzero((of_terms == number) & ~is_maturity)
                found[some], known[some] = _recorded(terms, terms.schedule.terms.record_date, to[some]), True
        return found, known


def _recorded(terms: Terms, written: str, to: Days) -> Days:
    """Find the record date of each interest; the same day has the same one, so each day is looked at once."""
    each, places = np.unique(to, return_inverse=True)
    calendar = terms.schedule.calendar
    found = np.array([number_of(record_date(written, day_of(day), calendar)) for day in each], dtype="int64")
    return found[places]


class _Laid:
    """Lays what coupons have into the rows of a whole table."""

    def __init__(self, total: int, rows: Whole) -> None:
        self._total, self._rows = total, rows

    def of(self, values: Whole, empty: int = 0) -> Whole:
        laid = np.full(self._total, empty, dtype="int64")
        laid[self._rows] = values
        return laid

    def known(self, values: Mask) -> Mask:
        laid = np.zeros(self._total, dtype="bool")
        laid[self._rows] = values
        return laid


def line_by_line(host: Host, cusip: str) -> pa.RecordBatch:
    """Give one note's schedule by the definition, in the same columns; or one row that says why there is none."""
    found = host.schedule(cusip)
    if isinstance(found, Finding):
        return _rows([{"cusip": cusip, "error": found.because}])
    try:
        return _rows(rows_of(timetable(found)))
    except FAULTS as fault:
        return _rows([{"cusip": cusip, "error": f"The days of note {cusip} cannot be worked out: {fault}"}])


def rows_of(found: Timetable) -> list[dict[str, object]]:
    """Write a timetable as rows of the same columns."""
    common = {"cusip": found.note.cusip, "drafts": "; ".join(found.drafts) or None}
    rows: list[dict[str, object]] = [
        {
            "event": EVENTS[INTEREST],
            "n": each.n,
            "accrual_start": each.accrual_start,
            "accrual_end": each.accrual_end,
            "due_on": each.due_on,
            "pay_on": each.pay_on,
            "days": each.days,
            "rate": None if each.rate is None else plain_text(each.rate),
            "interest": None if each.interest is None else each.interest.amount,
            "record_on": each.record_on,
        }
        for each in found.coupons
    ]
    rows += [
        {
            "event": EVENTS[REDEMPTION],
            "due_on": each.redeem_on,
            "pay_on": each.pay_on,
            "price": None if each.price is None else plain_text(each.price),
            "last_notice_on": each.last_notice_on,
        }
        for each in found.redemptions
    ]
    rows.append({"event": EVENTS[MATURITY], "due_on": found.matures_on, "pay_on": found.pay_on})
    return [common | row for row in rows]


def _rows(rows: list[dict[str, object]]) -> pa.RecordBatch:
    filled = [{"carried": WAYS[LINE_BY_LINE], **row} for row in rows]
    plain = pa.schema([pa.field(each.name, pa.string() if each.type == columns.TEXT else each.type) for each in SCHEMA])
    table = pa.Table.from_pylist(filled, schema=plain).cast(SCHEMA)
    return table.combine_chunks().to_batches()[0]


def cusips_of(batch: pa.RecordBatch) -> list[str]:
    """Read which notes are asked for; a row that names none is asked for with an empty CUSIP."""
    if "cusip" not in batch.schema.names:
        raise ColumnFault("column `cusip` is missing: it names the notes")
    return [cusip or "" for cusip in batch.column("cusip").to_pylist()]
