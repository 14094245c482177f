from __future__ import annotations

from datetime import date

import pytest

from rules_engine.dates.calendars import freeze
from rules_engine.dates.conventions import adjust
from rules_engine.errors import CalendarNotCovered
from rules_engine.model.note_words import Convention

from .oracles import calendar

USNY = calendar("USNY")

SUNDAY_BEFORE_A_HOLIDAY = date(2017, 1, 15)
LAST_DAY_A_SATURDAY = date(2016, 12, 31)
FIRST_DAY_A_SUNDAY = date(2017, 1, 1)  # Monday the 2nd is closed for New Year's Day
BUSINESS_DAY = date(2017, 2, 15)


@pytest.mark.parametrize(
    ("convention", "day", "moved"),
    [
        ("none", SUNDAY_BEFORE_A_HOLIDAY, date(2017, 1, 15)),
        ("following", SUNDAY_BEFORE_A_HOLIDAY, date(2017, 1, 17)),
        ("modified following", SUNDAY_BEFORE_A_HOLIDAY, date(2017, 1, 17)),
        ("preceding", SUNDAY_BEFORE_A_HOLIDAY, date(2017, 1, 13)),
        ("modified preceding", SUNDAY_BEFORE_A_HOLIDAY, date(2017, 1, 13)),
        ("none", LAST_DAY_A_SATURDAY, date(2016, 12, 31)),
        ("following", LAST_DAY_A_SATURDAY, date(2017, 1, 3)),
        ("modified following", LAST_DAY_A_SATURDAY, date(2016, 12, 30)),
        ("preceding", LAST_DAY_A_SATURDAY, date(2016, 12, 30)),
        ("modified preceding", LAST_DAY_A_SATURDAY, date(2016, 12, 30)),
        ("following", FIRST_DAY_A_SUNDAY, date(2017, 1, 3)),
        ("preceding", FIRST_DAY_A_SUNDAY, date(2016, 12, 30)),
        ("modified preceding", FIRST_DAY_A_SUNDAY, date(2017, 1, 3)),
        ("following within the year", SUNDAY_BEFORE_A_HOLIDAY, date(2017, 1, 17)),
        ("following within the year", LAST_DAY_A_SATURDAY, date(2016, 12, 30)),
        ("following within the year", FIRST_DAY_A_SUNDAY, date(2017, 1, 3)),
    ],
)
def test_a_closed_day_moves_by_its_convention(convention: str, day: date, moved: date) -> None:
    assert adjust(day, Convention(convention), USNY) == moved


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2000, 12, 29), date(2000, 12, 29)),  # Friday
        (date(2000, 12, 30), date(2000, 12, 29)),  # Saturday; Monday is New Year's Day, of the next year
        (date(2000, 12, 31), date(2000, 12, 29)),  # Sunday
        (date(2001, 1, 1), date(2001, 1, 2)),  # New Year's Day itself: the next business day is of its own year
        (date(2005, 12, 31), date(2005, 12, 30)),  # Saturday
        (date(2006, 1, 1), date(2006, 1, 3)),  # Sunday; the holiday is kept on Monday
        (date(2006, 12, 30), date(2006, 12, 29)),  # Saturday
        (date(2006, 12, 31), date(2006, 12, 29)),  # Sunday
        (date(2010, 12, 31), date(2010, 12, 31)),  # Friday: 1 January 2011 is a Saturday, and is not moved
        (date(2011, 1, 1), date(2011, 1, 3)),  # Saturday
        (date(2012, 12, 29), date(2012, 12, 31)),  # Saturday; Monday the 31st is of the same year
        (date(2012, 12, 30), date(2012, 12, 31)),  # Sunday
        (date(2016, 12, 25), date(2016, 12, 27)),  # Sunday; Christmas is kept on Monday
        (date(2016, 12, 30), date(2016, 12, 30)),  # Friday
        (date(2016, 12, 31), date(2016, 12, 30)),  # Saturday
        (date(2017, 12, 30), date(2017, 12, 29)),  # Saturday
        (date(2017, 12, 31), date(2017, 12, 29)),  # Sunday
        (date(2018, 12, 30), date(2018, 12, 31)),  # Sunday before an open Monday
        (date(2018, 12, 31), date(2018, 12, 31)),  # Monday
        (date(2021, 12, 31), date(2021, 12, 31)),  # Friday: New Year's Day 2022 is a Saturday, and is not moved
        (date(2022, 12, 31), date(2022, 12, 30)),  # Saturday
        (date(2023, 1, 1), date(2023, 1, 3)),  # Sunday; the holiday is kept on Monday
        (date(2023, 12, 30), date(2023, 12, 29)),  # Saturday
        (date(2023, 12, 31), date(2023, 12, 29)),  # Sunday
    ],
)
def test_following_within_the_year_turns_back_from_the_next_year_alone(day: date, moved: date) -> None:
    assert adjust(day, Convention.FOLLOWING_WITHIN_THE_YEAR, USNY) == moved


def test_following_within_the_year_goes_on_into_the_next_month() -> None:
    last_of_april = date(2017, 4, 30)  # Sunday
    assert adjust(last_of_april, Convention.FOLLOWING_WITHIN_THE_YEAR, USNY) == date(2017, 5, 1)
    assert adjust(last_of_april, Convention.MODIFIED_FOLLOWING, USNY) == date(2017, 4, 28)


def test_following_within_the_year_turns_back_over_a_closed_new_year_s_eve() -> None:
    closed = freeze("ACME", "USNY", 2021, 2022, [date(2021, 12, 31)])  # Friday
    assert adjust(date(2021, 12, 31), Convention.FOLLOWING_WITHIN_THE_YEAR, closed) == date(2021, 12, 30)
    assert adjust(date(2022, 1, 1), Convention.FOLLOWING_WITHIN_THE_YEAR, closed) == date(2022, 1, 3)  # Saturday


def test_a_year_the_calendar_does_not_cover_is_not_turned_back_from() -> None:
    until_2022 = freeze("USNY", "USNY", 2000, 2022)
    with pytest.raises(CalendarNotCovered, match="not 2023-01-01"):  # whether that day is open is not known
        adjust(date(2022, 12, 31), Convention.FOLLOWING_WITHIN_THE_YEAR, until_2022)


@pytest.mark.parametrize("convention", Convention)
def test_a_business_day_stays(convention: Convention) -> None:
    assert adjust(BUSINESS_DAY, convention, USNY) == BUSINESS_DAY
