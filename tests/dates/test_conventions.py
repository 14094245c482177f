from __future__ import annotations

from datetime import date

import pytest

from rules_engine.dates.conventions import adjust
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
    ],
)
def test_a_closed_day_moves_by_its_convention(convention: str, day: date, moved: date) -> None:
    assert adjust(day, Convention(convention), USNY) == moved


@pytest.mark.parametrize("convention", Convention)
def test_a_business_day_stays(convention: Convention) -> None:
    assert adjust(BUSINESS_DAY, convention, USNY) == BUSINESS_DAY
