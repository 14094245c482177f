from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.dates.months import add_months, months_between

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2016, 8, 31), 6, date(2017, 2, 28)),
        (date(2015, 8, 31), 6, date(2016, 2, 29)),
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
        (date(2016, 2, 29), 48, date(2020, 2, 29)),
        (date(2017, 2, 28), 6, date(2017, 8, 28)),
        (date(2016, 12, 1), 0, date(2016, 12, 1)),
        (date(2016, 12, 31), 1, date(2017, 1, 31)),
        (date(2017, 1, 31), -1, date(2016, 12, 31)),
        (date(2017, 3, 31), -1, date(2017, 2, 28)),
        (date(9999, 11, 30), 1, date(9999, 12, 30)),
        (date(1, 2, 28), -1, date(1, 1, 28)),
        (date(2100, 1, 31), 1, date(2100, 2, 28)),  # 2100 is no leap year
        (date(2000, 1, 31), 1, date(2000, 2, 29)),  # 2000 is one
    ],
)
def test_the_corresponding_date_is_the_same_day_or_the_last(day: date, months: int, found: date) -> None:
    assert add_months(day, months) == found


@pytest.mark.parametrize(("day", "months"), [(date(9999, 12, 1), 1), (date(1, 1, 1), -1)])
def test_a_month_beyond_every_year_is_refused(day: date, months: int) -> None:
    with pytest.raises(ValueError, match="lies outside the years 1 to 9999"):
        add_months(day, months)


@pytest.mark.parametrize(
    ("start", "end", "completed", "begun"),
    [
        (date(2016, 8, 31), date(2017, 2, 27), 5, 6),
        (date(2016, 8, 31), date(2017, 2, 28), 6, 6),  # there being no 31 Feb
        (date(2016, 8, 31), date(2017, 3, 1), 6, 7),
        (date(2016, 2, 29), date(2017, 2, 27), 11, 12),
        (date(2016, 2, 29), date(2017, 2, 28), 12, 12),
        (date(2016, 2, 29), date(2017, 3, 1), 12, 13),
        (date(2017, 2, 28), date(2017, 8, 31), 6, 7),  # 28 Aug corresponds, the last of August is later
        (date(2016, 12, 1), date(2017, 5, 31), 5, 6),
        (date(2016, 12, 1), date(2017, 6, 1), 6, 6),
        (date(2016, 12, 1), date(2017, 6, 2), 6, 7),
        (date(2016, 3, 10), date(2017, 3, 9), 11, 12),
        (date(2016, 3, 10), date(2017, 3, 10), 12, 12),
        (date(2016, 3, 10), date(2017, 3, 11), 12, 13),  # one day past the year
        (date(2016, 12, 1), date(2016, 12, 1), 0, 0),
        (date(2016, 12, 1), date(2016, 12, 2), 0, 1),
        (date(2016, 12, 1), date(2016, 11, 30), -1, 0),
        (date(2016, 12, 1), date(2016, 11, 1), -1, -1),
        (date(2016, 12, 1), date(2016, 10, 31), -2, -1),
    ],
)
def test_months_completed_and_begun(start: date, end: date, completed: int, begun: int) -> None:
    span = months_between(start, end)
    assert (span.completed, span.begun) == (completed, begun)
    assert (span.start, span.end) == (start, end)


@given(DAYS, DAYS)
def test_completed_is_the_most_months_that_fit_and_begun_the_fewest_that_cover(start: date, end: date) -> None:
    span = months_between(start, end)
    assert add_months(start, span.completed) <= end < add_months(start, span.completed + 1)
    assert add_months(start, span.begun - 1) < end <= add_months(start, span.begun)


@given(DAYS, st.integers(-600, 600))
def test_a_corresponding_date_completes_the_month_it_begins(start: date, months: int) -> None:
    span = months_between(start, add_months(start, months))
    assert (span.completed, span.begun) == (months, months)
    before = months_between(start, add_months(start, months) - ONE_DAY)
    assert (before.completed, before.begun) == (months - 1, months)
    after = months_between(start, add_months(start, months) + ONE_DAY)
    assert (after.completed, after.begun) == (months, months + 1)
