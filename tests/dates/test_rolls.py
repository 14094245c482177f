from __future__ import annotations

from datetime import date

import pytest

from rules_engine.dates.rolls import RollGrid, roll_date


@pytest.mark.parametrize(
    ("year", "month", "roll_day", "found"),
    [
        (2017, 1, 15, date(2017, 1, 15)),
        (2017, 2, 28, date(2017, 2, 28)),
        (2017, 2, 29, date(2017, 2, 28)),
        (2016, 2, 29, date(2016, 2, 29)),
        (2017, 4, 31, date(2017, 4, 30)),
        (2017, 4, 0, date(2017, 4, 30)),
        (2017, 5, 0, date(2017, 5, 31)),
        (2017, 5, 31, date(2017, 5, 31)),
    ],
)
def test_the_roll_day_is_the_last_day_of_a_shorter_month(year: int, month: int, roll_day: int, found: date) -> None:
    assert roll_date(year, month, roll_day) == found


@pytest.mark.parametrize("roll_day", [-1, 32])
def test_a_roll_day_no_month_has_is_refused(roll_day: int) -> None:
    with pytest.raises(ValueError, match=f"roll day `{roll_day}` is not 1 to 31, nor 0"):
        roll_date(2017, 1, roll_day)


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2017, 2, 27), date(2016, 11, 30), date(2017, 2, 28)),
        (date(2017, 2, 28), date(2016, 11, 30), date(2017, 5, 30)),  # back to the 30th after February
        (date(2017, 3, 1), date(2017, 2, 28), date(2017, 5, 30)),
        (date(2017, 4, 30), date(2017, 2, 28), date(2017, 5, 30)),
        (date(2017, 5, 30), date(2017, 2, 28), date(2017, 8, 30)),
        (date(2017, 5, 31), date(2017, 5, 30), date(2017, 8, 30)),
    ],
)
def test_a_day_lies_between_two_dates_of_its_grid(day: date, before: date, after: date) -> None:
    grid = RollGrid(months=3, roll_day=30, through=date(2020, 2, 29))
    assert grid.date_before(day) == before
    assert grid.date_after(day) == after


@pytest.mark.parametrize(
    ("day", "is_held"),
    [
        (date(2017, 1, 14), False),
        (date(2017, 1, 15), True),
        (date(2017, 1, 16), False),
        (date(2017, 4, 15), True),
        (date(2017, 5, 15), False),  # the right day of the wrong month
    ],
)
def test_a_grid_holds_its_own_dates_only(day: date, is_held: bool) -> None:
    assert RollGrid(months=3, roll_day=15, through=date(2019, 10, 1)).holds(day) is is_held
