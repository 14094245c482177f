"""Days in columns held to `dates/`: months, business days and day counts, day by day."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pytest

from rules_engine.batch import days
from rules_engine.batch.arithmetic import portions
from rules_engine.batch.day_counts import DAYS_OF_A_YEAR, days_between, year_fractions_icma
from rules_engine.batch.days import NOT_COVERED, BusinessDays, day_of, number_of
from rules_engine.dates import day_counts, months
from rules_engine.dates.calendars import Calendar
from rules_engine.dates.conventions import adjust
from rules_engine.dates.rolls import RollGrid, roll_date
from rules_engine.errors import CalendarNotCovered
from rules_engine.model.money import half_up
from rules_engine.model.note_words import Convention, DayCount
from tests.shipped import shipped

EVERY_DAY = [date(1999, 1, 1) + timedelta(days=n) for n in range(3_000)]
FAR_DAYS = [date(1950, 1, 1), date(2000, 2, 29), date(2100, 2, 28), date(2150, 12, 31), date(1999, 12, 31)]


def pairs(count: int = 4_000) -> list[tuple[date, date]]:
    chance = random.Random(3)
    ends = [(chance.choice(EVERY_DAY), chance.choice(EVERY_DAY)) for _ in range(count)]
    return [*ends, *((one, other) for one in FAR_DAYS for other in FAR_DAYS)]


def numbers(found: list[date]) -> np.ndarray:
    return np.array([number_of(day) for day in found], dtype="int64")


def test_a_day_is_its_month_and_its_day() -> None:
    every = numbers([*EVERY_DAY, *FAR_DAYS])
    assert days.year_of(every).tolist() == [day.year for day in [*EVERY_DAY, *FAR_DAYS]]
    assert (days.month_of(every) % 12 + 1).tolist() == [day.month for day in [*EVERY_DAY, *FAR_DAYS]]
    assert days.day_of_month(every).tolist() == [day.day for day in [*EVERY_DAY, *FAR_DAYS]]


def test_months_between_days_are_those_of_the_definition() -> None:
    found = days.months_between(*(numbers([pair[end] for pair in pairs()]) for end in (0, 1)))
    expected = [months.months_between(*pair) for pair in pairs()]
    assert found[0].tolist() == [span.completed for span in expected]
    assert found[1].tolist() == [span.begun for span in expected]


@pytest.mark.parametrize("roll_day", [0, 1, 15, 28, 29, 30, 31])
def test_a_roll_day_is_that_of_the_definition(roll_day: int) -> None:
    each = [date(year, month, 1) for year in range(1999, 2009) for month in range(1, 13)]
    found = days.roll_date(days.month_of(numbers(each)), np.full(len(each), roll_day))
    assert [day_of(day) for day in found] == [roll_date(day.year, day.month, roll_day) for day in each]


def calendars() -> list[Calendar]:
    return list(shipped().book.calendars.values())


@pytest.mark.parametrize("calendar", calendars(), ids=lambda calendar: calendar.code)
def test_days_move_as_each_convention_moves_them_to_the_ends_of_the_calendar(calendar: Calendar) -> None:
    first, last = date(calendar.first_year, 1, 1), date(calendar.last_year, 12, 31)
    near = [end + timedelta(days=n) for end in (first, last) for n in range(-4, 5)]
    within = [date(2016, 1, 1) + timedelta(days=n) for n in range(800)]
    business_days = BusinessDays(calendar)
    for convention in Convention:
        found = business_days.adjusted(numbers([*near, *within]), convention).tolist()
        assert found == [_moved(day, convention, calendar) for day in [*near, *within]]
    for count in (0, 1, 5, 30):
        found = business_days.business_days_before(numbers(within), count).tolist()
        assert found == [number_of(calendar.add_business_days(day, -count)) for day in within]


def _moved(day: date, convention: Convention, calendar: Calendar) -> int:
    try:
        return number_of(adjust(day, convention, calendar))
    except CalendarNotCovered:
        return NOT_COVERED


@pytest.mark.parametrize("day_count", list(DAYS_OF_A_YEAR), ids=str)
def test_days_are_counted_as_each_day_count_counts_them(day_count: DayCount) -> None:
    ordered = [tuple(sorted(pair)) for pair in pairs()]
    found = days_between(day_count, *(numbers([pair[end] for pair in ordered]) for end in (0, 1)))
    assert found.tolist() == [day_counts.days(day_count, *pair) for pair in ordered]


@pytest.mark.parametrize("apart", [1, 3, 6, 12])
def test_parts_of_a_year_by_icma_are_those_of_the_definition(apart: int) -> None:
    through, roll_day = date(2001, 5, 31), 31
    chance = random.Random(apart)
    starts = [chance.choice(EVERY_DAY) for _ in range(1_000)]
    ends = [start + timedelta(days=chance.randint(0, 500)) for start in starts]
    grid = RollGrid(months=apart, roll_day=roll_day, through=through)
    part, of = year_fractions_icma(
        numbers(starts),
        numbers(ends),
        through=numbers([through] * len(starts)),
        months=np.full(len(starts), apart),
        roll_days=np.full(len(starts), roll_day),
    )
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        expected = day_counts.year_fraction(DayCount.ACTUAL_ACTUAL_ICMA, start, end, reference=grid)
        assert int(part[place]) * expected.denominator == int(of[place]) * expected.numerator


def test_amounts_are_rounded_half_up_once_however_large_they_are() -> None:
    chance = random.Random(5)
    whole, most = [10 ** chance.randint(0, 15) - 1 for _ in range(999)], 10**9
    below = [chance.randint(1, most) for _ in whole]
    amounts = [(cents, chance.randint(0, 100 * of), of) for cents, of in zip(whole, below, strict=True)]
    amounts += [(1, 1, 2), (1, 1, 3), (3, 1, 2), (0, 5, 7)]
    cents, part, of = np.array(amounts, dtype="int64").T
    assert portions(cents, part, of).tolist() == [half_up(one * other, below) for one, other, below in amounts]
