"""Redemption dates in columns: on which days issuers may redeem notes, at what price, noticed by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rules_engine.batch.days import NOT_COVERED, Days, Mask, Whole, day_of_month, month_of, number_of, roll_date, used
from rules_engine.batch.notes import FIRST_CARRIED, LAST_CARRIED, NEVER, NoteColumns, Rates, Terms
from rules_engine.batch.periods import Periods
from rules_engine.dates.redemptions import MONTHS_APART
from rules_engine.model.note_words import CallDay, CountedIn
from rules_engine.model.notes import Call, Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDays:
    """The redemption dates of some notes in the order of the notes; `carried` is False of a note not worked out here.

    `price` is the number of what is paid in per cent, -1 for a make-whole; `last_notice` is -1 below every day where no
    notice is known.
    """

    carried: Mask
    note: Whole
    day: Days
    pay_on: Days
    price: Whole
    last_notice: Days
    notice_known: Mask


def call_days(notes: NoteColumns, periods: Periods, terms: Sequence[Terms], rates: Rates) -> CallDays:
    """List the redemption dates of every note that can be called; a discount note's are left to the definition."""
    calls = [each.call for each in notes.notes]
    called = [place for place, call in enumerate(calls) if call is not None and periods.carried[place]]
    carried = periods.carried.copy()
    carried[[place for place in called if notes.discounted[place] or not _lies_in_range(calls[place])]] = False
    found: list[tuple[Whole, Days]] = []
    by_day: dict[CallDay, list[int]] = {}
    for place in called:
        call = calls[place]
        if call is not None and carried[place]:
            by_day.setdefault(call.on, []).append(place)
    before = np.minimum(notes.maturity, periods.matures)
    first_on = _whole([-NEVER if call is None else number_of(call.first_on) for call in calls])
    for on, places in by_day.items():
        found.append(_days_of(on, _whole(places), first_on, before, notes, periods, terms, carried))
    note = np.concatenate([each[0] for each in found]) if found else _whole([])
    day = np.concatenate([each[1] for each in found]) if found else _whole([])
    order = np.lexsort((day, note))
    note, day = note[order], day[order]
    stays = carried[note]
    note, day = note[stays], day[stays]
    pay_on = _paid(note, day, notes, terms)
    last_notice, known = _last_notice(note, day, calls, notes, terms)
    fails = (pay_on == NOT_COVERED) | (known & (last_notice == NOT_COVERED))
    if fails.any():
        carried[note[fails]] = False
        stays = carried[note]
        note, day, pay_on = note[stays], day[stays], pay_on[stays]
        last_notice, known = last_notice[stays], known[stays]
    price = _prices(note, day, calls, rates)
    return CallDays(
        carried=carried,
        note=note,
        day=day,
        pay_on=pay_on,
        price=price,
        last_notice=last_notice,
        notice_known=known,
    )


def _days_of(
    on: CallDay,
    places: Whole,
    first_on: Days,
    before: Days,
    notes: NoteColumns,
    periods: Periods,
    terms: Sequence[Terms],
    carried: Mask,
) -> tuple[Whole, Days]:
    """List the redemption dates of notes that are called on one kind of day, as `dates/redemptions.py` has them."""
    first, last = first_on[places], before[places]
    if on is CallDay.ONCE:
        stays = first < last
        return places[stays], first[stays]
    if on is CallDay.COUPON_DATE:
        wanted = np.zeros(len(first_on), dtype="bool")
        wanted[places] = True
        later = wanted[periods.note] & (periods.end > first_on[periods.note]) & (periods.end < before[periods.note])
        stays = first < last
        return (
            np.concatenate([places[stays], periods.note[later]]),
            np.concatenate([first[stays], periods.end[later]]),
        )
    if on in (CallDay.ANY_DAY, CallDay.BUSINESS_DAY):
        return _every_day(on, places, first, last, notes, terms, carried)
    months = MONTHS_APART[on]
    own = notes.roll_day[places]
    roll_day = np.where(roll_date(month_of(first), own) == first, own, day_of_month(first))
    count = np.where(first < last, (month_of(last) - month_of(first)) // months + 1, 0)
    note = np.repeat(np.arange(len(places)), count)
    step = np.arange(len(note)) - (np.cumsum(count) - count)[note]
    day = roll_date(month_of(first)[note] + step * months, roll_day[note])
    stays = day < last[note]
    return places[note[stays]], day[stays]


def _every_day(
    on: CallDay, places: Whole, first: Days, last: Days, notes: NoteColumns, terms: Sequence[Terms], carried: Mask
) -> tuple[Whole, Days]:
    count = np.maximum(last - first, 0)
    note = np.repeat(np.arange(len(places)), count)
    day = first[note] + np.arange(len(note)) - (np.cumsum(count) - count)[note]
    if on is CallDay.ANY_DAY:
        return places[note], day
    is_open = np.zeros(len(day), dtype="bool")
    of_terms = notes.terms[places]
    for number in used(of_terms):
        business_days = terms[number].business_days
        own = of_terms == number
        carried[places[own & ~(business_days.covers(first) & business_days.covers(last))]] = False
        some = own[note]
        is_open[some] = business_days.is_business_day(day[some])
    return places[note[is_open]], day[is_open]


def _paid(note: Whole, day: Days, notes: NoteColumns, terms: Sequence[Terms]) -> Days:
    pay_on = day.copy()
    of_terms = notes.terms[note]
    for number in used(of_terms):
        some = of_terms == number
        convention = terms[number].schedule.terms.redemption_convention
        pay_on[some] = terms[number].business_days.adjusted(day[some], convention)
    return pay_on


def _last_notice(
    note: Whole, day: Days, calls: Sequence[Call | None], notes: NoteColumns, terms: Sequence[Terms]
) -> tuple[Days, Mask]:
    """Give the last day on which notice of each redemption is long enough."""
    last = day.copy()
    asked: dict[tuple[int, Notice | None], list[int]] = {}
    for place in used(note):
        call = calls[place]
        number = int(notes.terms[place])
        notice = call.notice if call and call.notice else terms[number].notice
        asked.setdefault((number, notice), []).append(place)
    known = np.zeros(len(note), dtype="bool")
    for (number, notice), places in asked.items():
        if notice is None:
            continue
        own = np.zeros(len(calls), dtype="bool")
        own[places] = True
        some = own[note]
        known |= some
        if notice.counted is CountedIn.BUSINESS_DAYS:
            last[some] = terms[number].business_days.business_days_before(day[some], notice.minimum_days)
        else:
            last[some] = day[some] - notice.minimum_days
    return last, known


def _prices(note: Whole, day: Days, calls: Sequence[Call | None], rates: Rates) -> Whole:
    """Give the number of each redemption's price: the first one, or that of the last step begun."""
    first = np.full(len(calls), -1, dtype="int64")
    whole_until = np.full(len(calls), -NEVER, dtype="int64")
    steps: list[tuple[int, int, int]] = []
    for place in used(note):
        call = calls[place]
        assert call is not None
        first[place] = rates.number(call.price)
        if call.make_whole is not None:
            until = call.make_whole.until
            whole_until[place] = NEVER if until is None else number_of(until)
        for step in call.prices:
            steps.append((int(place), number_of(step.from_on), rates.number(step.price)))
    price = first[note]
    for place, from_on, number in steps:
        begin, end = np.searchsorted(note, [place, place + 1])
        price[begin:end][day[begin:end] >= from_on] = number
    return np.where(day < whole_until[note], -1, price)


def _lies_in_range(call: Call | None) -> bool:
    return call is None or FIRST_CARRIED <= number_of(call.first_on) <= LAST_CARRIED


def _whole(numbers: Sequence[int]) -> Whole:
    return np.array(numbers, dtype="int64")
