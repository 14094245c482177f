"""A printed maturity is taken for moved where closed days alone explain it, by the days the Federal Reserve lists."""

from __future__ import annotations

from datetime import date

import pytest

from rules_engine.dates.calendars import Calendar, freeze
from rules_engine.dates.maturities import scheduled_maturity
from rules_engine.dates.rolls import RollGrid
from rules_engine.errors import CalendarNotCovered
from rules_engine.model.note_words import Convention

from .oracles import calendar

USNY = calendar("USNY")


def scheduled(
    printed: date,
    last_regular_date: date,
    convention: Convention = Convention.FOLLOWING,
    *,
    months: int = 1,
    roll_day: int = 15,
    calendar: Calendar = USNY,
) -> date:
    grid = RollGrid(months=months, roll_day=roll_day, through=last_regular_date)
    return scheduled_maturity(
        printed, last_regular_date=last_regular_date, grid=grid, convention=convention, calendar=calendar
    )


@pytest.mark.parametrize("months", [1, 3, 6, 12])
def test_a_maturity_printed_on_the_monday_after_an_interest_sunday_was_moved(months: int) -> None:
    assert scheduled(date(2024, 12, 16), date(2024, 12, 15), months=months) == date(2024, 12, 15)


@pytest.mark.parametrize(
    ("printed", "last_regular_date"),
    [
        (date(2024, 12, 15), date(2024, 12, 15)),  # printed as scheduled
        (date(2024, 12, 17), date(2024, 12, 15)),  # Tuesday: Monday was open
        (date(2022, 12, 16), date(2022, 12, 15)),  # Friday after an open Thursday: a period of one day
        (date(2022, 12, 17), date(2022, 12, 15)),  # Saturday
        (date(2024, 12, 13), date(2024, 11, 15)),  # Friday before the Sunday: following never goes back
        (date(2025, 3, 3), date(2025, 2, 15)),
    ],
)
def test_a_maturity_that_open_days_part_from_the_interest_day_stays(printed: date, last_regular_date: date) -> None:
    assert scheduled(printed, last_regular_date) == printed


@pytest.mark.parametrize(
    ("printed", "is_moved"),
    [
        (date(2017, 1, 16), False),  # Martin Luther King Jr.: closed, and nothing is moved to it
        (date(2017, 1, 17), True),  # the first business day after Sunday the 15th
        (date(2017, 1, 18), False),
    ],
)
def test_a_weekend_and_a_holiday_are_closed_days_alike(printed: date, is_moved: bool) -> None:
    assert scheduled(printed, date(2017, 1, 15)) == (date(2017, 1, 15) if is_moved else printed)


@pytest.mark.parametrize(
    ("convention", "printed", "is_moved"),
    [
        (Convention.NONE, date(2024, 12, 16), False),
        (Convention.FOLLOWING, date(2024, 12, 16), True),
        (Convention.MODIFIED_FOLLOWING, date(2024, 12, 16), True),
        (Convention.FOLLOWING_WITHIN_THE_YEAR, date(2024, 12, 16), True),
        (Convention.PRECEDING, date(2024, 12, 16), False),
        (Convention.MODIFIED_PRECEDING, date(2024, 12, 16), False),
    ],
)
def test_the_convention_for_maturity_has_to_explain_the_day(
    convention: Convention, printed: date, is_moved: bool
) -> None:
    sunday = date(2024, 12, 15)
    assert scheduled(printed, sunday, convention) == (sunday if is_moved else printed)


@pytest.mark.parametrize("convention", [Convention.PRECEDING, Convention.MODIFIED_PRECEDING])
@pytest.mark.parametrize(
    ("printed", "day"),
    [
        (date(2024, 12, 12), date(2024, 12, 12)),  # Thursday: Friday was open
        (date(2024, 12, 13), date(2024, 12, 15)),  # Friday before the Sunday
    ],
)
def test_a_maturity_printed_on_the_day_before_was_moved_back(convention: Convention, printed: date, day: date) -> None:
    # the last regular date before the printed day; the one after it is the day scheduled
    assert scheduled(printed, date(2024, 11, 15), convention) == day


@pytest.mark.parametrize(
    ("convention", "printed", "day"),
    [
        # the 31st is a Saturday, and the next business day 3 January
        (Convention.FOLLOWING, date(2023, 1, 3), date(2022, 12, 31)),
        (Convention.FOLLOWING, date(2022, 12, 30), date(2022, 12, 30)),
        (Convention.FOLLOWING_WITHIN_THE_YEAR, date(2022, 12, 30), date(2022, 12, 31)),
        (Convention.FOLLOWING_WITHIN_THE_YEAR, date(2022, 12, 29), date(2022, 12, 29)),
        (Convention.FOLLOWING_WITHIN_THE_YEAR, date(2023, 1, 3), date(2023, 1, 3)),
        (Convention.MODIFIED_FOLLOWING, date(2022, 12, 30), date(2022, 12, 31)),
    ],
)
def test_a_maturity_on_the_last_of_a_year_is_moved_as_its_convention_says(
    convention: Convention, printed: date, day: date
) -> None:
    last = date(2022, 12, 31) if printed > date(2022, 12, 31) else date(2022, 11, 30)
    assert scheduled(printed, last, convention, roll_day=0) == day


@pytest.mark.parametrize(
    ("last_regular_date", "day"),
    [
        (date(2024, 12, 15), date(2024, 12, 15)),
        (date(2024, 11, 15), date(2024, 12, 15)),  # one period short of the day scheduled
        (date(2024, 10, 15), date(2024, 12, 16)),  # a long last period, as printed
    ],
)
def test_the_day_scheduled_is_the_last_regular_date_or_the_interest_date_after_it(
    last_regular_date: date, day: date
) -> None:
    assert scheduled(date(2024, 12, 16), last_regular_date) == day


def test_the_calendar_decides_what_is_closed() -> None:
    # 9 January 2025, a Thursday: the exchange mourned, the banks were open
    assert scheduled(date(2025, 1, 10), date(2025, 1, 9), roll_day=9, calendar=calendar("NYSE")) == date(2025, 1, 9)
    assert scheduled(date(2025, 1, 10), date(2025, 1, 9), roll_day=9) == date(2025, 1, 10)


def test_a_day_the_calendar_is_not_known_for_was_not_moved() -> None:
    until_2023 = freeze("USNY", "USNY", 2000, 2023)
    assert scheduled(date(2024, 12, 16), date(2024, 12, 15), calendar=until_2023) == date(2024, 12, 16)
    assert scheduled(date(2023, 12, 20), date(2023, 12, 15), calendar=until_2023) == date(2023, 12, 20)
    with pytest.raises(CalendarNotCovered, match="not 2024-01-01"):  # whether the Sunday moves to it is not known
        scheduled(date(2024, 1, 2), date(2023, 12, 31), roll_day=0, calendar=until_2023)
