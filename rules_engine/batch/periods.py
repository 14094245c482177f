"""Interest periods in columns: the periods of many notes, one after the other, as `dates/schedules.py` defines them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from rules_engine.batch.day_counts import DAYS_OF_A_YEAR, days_between, year_fractions_icma
from rules_engine.batch.days import NOT_COVERED, Days, Mask, Whole, month_of, roll_date, used
from rules_engine.batch.notes import DAY_COUNTS, FIRST_CARRIED, LAST_CARRIED, NEVER, NoteColumns, Terms
from rules_engine.dates.schedules import DayTerms
from rules_engine.model.note_words import Accrual, Convention, DayCount

CONVENTIONS = tuple(Convention)

MemberT = TypeVar("MemberT", Convention, DayCount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """The interest periods of some notes; `note` says whose each is, and they stand in its order.

    `carried` tells of each note whether its periods could be worked out in columns: one that could not has none here.
    `first` is the place of its first period, `count` how many it has, `matures` its scheduled maturity. `pay_on` is the
    day cash moves for interest, `rate` the number of its rate, -1 where an index sets it. `part` and `of` are the part
    of a year, and `day_count` is the number of what counts it.
    """

    carried: Mask
    first: Whole
    count: Whole
    matures: Days
    note: Whole
    start: Days
    end: Days
    accrues_from: Days
    accrues_to: Days
    pay_on: Days
    days: Whole
    rate: Whole
    part: Whole
    of: Whole
    day_count: Whole


class Moves:
    """To which day each day moves, by calendar and convention: tables that are looked up at once for all terms."""

    def __init__(self, terms: Sequence[Terms], first: int, last: int) -> None:
        self._first, self._length = first, last - first + 1
        self._terms = terms
        self._made: dict[tuple[str, Convention], int] = {}
        self._tables: list[Days] = []

    def of(self, terms: Terms, convention: Convention) -> int:
        """Give the number of the table for a convention of some terms."""
        key = (terms.business_days.calendar.digest, convention)
        if key not in self._made:
            every = np.arange(self._first, self._first + self._length, dtype="int64")
            self._made[key] = len(self._tables)
            self._tables.append(terms.business_days.adjusted(every, convention))
        return self._made[key]

    def numbers(self, convention: Callable[[Terms], Convention]) -> Whole:
        """Give the number of the table for each of the terms."""
        return np.array([self.of(each, convention(each)) for each in self._terms], dtype="int64")

    def moved(self, days: Days, tables: Whole) -> Days:
        """Move each day by its table."""
        if not len(days):
            return days
        return np.concatenate(self._tables)[tables * self._length + (days - self._first)]


def periods_of(notes: NoteColumns, terms: Sequence[Terms]) -> Periods:
    """Work out every interest period of some notes."""
    fits = _in_order(notes)
    first = int(notes.accrues_from[fits].min()) if fits.any() else 0
    last = int(notes.maturity[fits].max()) if fits.any() else 0
    moves = Moves(terms, first, last + 62)
    matures = _scheduled_maturity(notes, moves, fits)
    is_moved = matures != notes.maturity
    last_regular = np.where(is_moved, matures, notes.last_regular)
    fits &= _on_their_grid(notes, last_regular)

    count = (month_of(np.where(fits, last_regular, first)) - month_of(notes.first_coupon)) // notes.months + 1
    ends_late = fits & (matures > last_regular)
    count = np.where(fits, count + ends_late, 0)
    note = np.repeat(np.arange(len(count)), count)
    first_place = np.cumsum(count) - count
    steps = np.arange(len(note)) - first_place[note]
    end = roll_date(month_of(notes.first_coupon)[note] + steps * notes.months[note], notes.roll_day[note])
    last_place = (first_place + count - 1)[fits]
    end[last_place[ends_late[fits]]] = matures[ends_late]
    start = _shifted(end, first_place[fits], notes.accrues_from[fits])

    followed = _Followed(notes, terms, moves, note, start, end, last_place)
    covered = followed.ends_move_to != NOT_COVERED
    accrues_to = np.where(followed.is_adjusted, followed.ends_move_to, end)
    accrues_from = _shifted(accrues_to, first_place[fits], notes.accrues_from[fits])
    whole = covered & (followed.pay_on != NOT_COVERED) & (accrues_from <= accrues_to)
    days, part, of = _counted(notes, note, followed.day_count, accrues_from, accrues_to, whole)
    periods = Periods(
        carried=fits,
        first=first_place,
        count=count,
        matures=matures,
        note=note,
        start=start,
        end=end,
        accrues_from=accrues_from,
        accrues_to=accrues_to,
        pay_on=followed.pay_on,
        days=days,
        rate=_rates(notes, note, start),
        part=part,
        of=of,
        day_count=followed.day_count,
    )
    return periods if whole.all() else _without(periods, used(note[~whole]))


def _in_order(notes: NoteColumns) -> Mask:
    """Tell which notes have their dates in order, within the years that columns carry."""
    fits: Mask = (
        (notes.terms >= 0)
        & (notes.accrues_from >= FIRST_CARRIED)
        & (notes.maturity <= LAST_CARRIED)
        & (notes.accrues_from < notes.first_coupon)
        & (notes.first_coupon <= notes.last_regular)
        & (notes.last_regular <= notes.maturity)
        & (notes.roll_day >= 0)
        & (notes.roll_day <= 31)
    )
    return fits


def _on_their_grid(notes: NoteColumns, last_regular: Days) -> Mask:
    """Tell which notes have their first and last regular interest dates on their roll day."""
    first_month, last_month = month_of(notes.first_coupon), month_of(np.clip(last_regular, FIRST_CARRIED, LAST_CARRIED))
    found: Mask = (
        (roll_date(first_month, notes.roll_day) == notes.first_coupon)
        & (roll_date(last_month, notes.roll_day) == last_regular)
        & ((last_month - first_month) % notes.months == 0)
    )
    return found


def _scheduled_maturity(notes: NoteColumns, moves: Moves, fits: Mask) -> Days:
    """Give the interest date that each printed maturity was moved from; see `dates/maturities.py`.

    A note of which that cannot be told in columns fits no longer.
    """
    found = notes.maturity.copy()
    moved = np.flatnonzero(fits & (notes.maturity != notes.last_regular))
    if not len(moved):
        return found
    tables = moves.numbers(lambda terms: terms.schedule.terms.maturity_convention)[notes.terms[moved]]
    printed, regular = notes.maturity[moved], notes.last_regular[moved]
    on_grid = roll_date(month_of(regular), notes.roll_day[moved]) == regular
    fits[moved[~on_grid]] = False
    after = roll_date(month_of(regular) + notes.months[moved], notes.roll_day[moved])
    open_still = on_grid.copy()
    for day in (regular, np.minimum(after, printed + 1)):
        goes_to = moves.moved(day, tables)
        fits[moved[open_still & (goes_to == NOT_COVERED)]] = False
        hit = open_still & (day != printed) & (goes_to == printed)
        found[moved[hit]] = day[hit]
        open_still &= ~hit
    return found


class _Followed:
    """By which terms each period is counted and moved: fixed ones, floating ones, and those for maturity."""

    def __init__(
        self,
        notes: NoteColumns,
        terms: Sequence[Terms],
        moves: Moves,
        note: Whole,
        start: Days,
        end: Days,
        last_place: Whole,
    ) -> None:
        of_terms = notes.terms[note]
        floats_from = notes.floats_from[note]
        floats = start >= floats_from if (notes.floats_from != NEVER).any() else None
        tables = self._chosen(terms, of_terms, floats, lambda each, own: moves.of(own, each.convention))
        pays = tables if floats is None else np.where(end > floats_from, *self._both(terms, of_terms, moves))
        at_maturity = moves.numbers(lambda each: each.schedule.terms.maturity_convention)[of_terms[last_place]]
        tables[last_place] = at_maturity
        if pays is not tables:
            pays[last_place] = at_maturity
        self.ends_move_to = moves.moved(end, tables)
        self.pay_on = self.ends_move_to if pays is tables else moves.moved(end, pays)
        self.is_adjusted = self._chosen(terms, of_terms, floats, lambda each, _: each.accrual is Accrual.ADJUSTED) != 0
        own = np.array([_accrual_at_maturity(each) for each in terms], dtype="int64")[of_terms[last_place]]
        self.is_adjusted[last_place] = np.where(own < 0, self.is_adjusted[last_place], own == 1)
        self.day_count = self._chosen(terms, of_terms, floats, lambda each, _: DAY_COUNTS.index(each.day_count))

    def _chosen(
        self, terms: Sequence[Terms], of_terms: Whole, floats: Mask | None, value: Callable[[DayTerms, Terms], int]
    ) -> Whole:
        fixed = np.array([value(each.schedule.terms.interest, each) for each in terms], dtype="int64")[of_terms]
        if floats is None:
            return fixed
        floating = np.array([value(each.schedule.terms.floating, each) for each in terms], dtype="int64")[of_terms]
        return np.where(floats, floating, fixed)

    def _both(self, terms: Sequence[Terms], of_terms: Whole, moves: Moves) -> tuple[Whole, Whole]:
        floating = moves.numbers(lambda each: each.schedule.terms.floating.convention)[of_terms]
        return floating, moves.numbers(lambda each: each.schedule.terms.interest.convention)[of_terms]


def _accrual_at_maturity(terms: Terms) -> int:
    own = terms.schedule.terms.accrual_at_maturity
    return -1 if own is None else int(own is Accrual.ADJUSTED)


def _shifted(ends: Days, first_places: Whole, firsts: Days) -> Days:
    """Give the day each period starts on: that on which the one before ends, or its note's first day."""
    starts = np.empty_like(ends)
    starts[1:] = ends[:-1]
    starts[first_places] = firsts
    return starts


def _counted(
    notes: NoteColumns, note: Whole, day_count: Whole, start: Days, end: Days, whole: Mask
) -> tuple[Whole, Whole, Whole]:
    """Count the days of each period, and give its part of a year."""
    kinds = used(day_count)
    if len(kinds) == 1 and DAY_COUNTS[kinds[0]] in DAYS_OF_A_YEAR and whole.all():
        kind = DAY_COUNTS[kinds[0]]
        days = days_between(kind, start, end)
        return days, days, np.full(len(days), DAYS_OF_A_YEAR[kind], dtype="int64")
    counted, part, of = (np.zeros(len(note), dtype="int64") for _ in range(3))
    for number in kinds:
        kind = DAY_COUNTS[number]
        some = np.flatnonzero((day_count == number) & whole)
        counted[some] = days_between(kind, start[some], end[some])
        if kind in DAYS_OF_A_YEAR:
            part[some], of[some] = counted[some], DAYS_OF_A_YEAR[kind]
            continue
        own = note[some]
        part[some], of[some] = year_fractions_icma(
            start[some],
            end[some],
            through=notes.first_coupon[own],
            months=notes.months[own],
            roll_days=notes.roll_day[own],
        )
    return counted, part, of


def _rates(notes: NoteColumns, note: Whole, start: Days) -> Whole:
    """Give the number of the rate each period accrues at; -1 where an index sets it."""
    rate = notes.rate[note]
    for from_on, number in notes.steps:
        rate = np.where(start >= from_on[note], number[note], rate)
    if (notes.floats_from != NEVER).any():
        rate = np.where(start >= notes.floats_from[note], -1, rate)
    return rate


def _without(periods: Periods, uncarried: Whole) -> Periods:
    """Leave out the periods of some notes, which columns do not carry."""
    carried = periods.carried.copy()
    carried[uncarried] = False
    stays = carried[periods.note]
    count = np.where(carried, periods.count, 0)
    return Periods(
        carried=carried,
        first=np.cumsum(count) - count,
        count=count,
        matures=periods.matures,
        note=periods.note[stays],
        start=periods.start[stays],
        end=periods.end[stays],
        accrues_from=periods.accrues_from[stays],
        accrues_to=periods.accrues_to[stays],
        pay_on=periods.pay_on[stays],
        days=periods.days[stays],
        rate=periods.rate[stays],
        part=periods.part[stays],
        of=periods.of[stays],
        day_count=periods.day_count[stays],
    )
