from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import QuantLib
import yaml

from rules_engine.dates import library_days
from rules_engine.dates.calendars import Calendar, freeze, from_days, from_text, joint
from rules_engine.errors import CalendarNotCovered

from .oracles import calendar, closed_weekdays, read

RULES = Path(__file__).parents[2] / "rules" / "calendars"
USNY = calendar("USNY")


def shipped(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((RULES / name).read_text(encoding="utf-8"))
    return content


def frozen(file: dict[str, Any]) -> Calendar:
    first_year, last_year = (int(year) for year in file["years covered"].split(" to "))
    closures = [closure["date"] for closure in file.get("closures", [])]
    return freeze(file["calendar"], file["library calendar"], first_year, last_year, closures)


USNY_SHIPPED, NYSE_SHIPPED, USGS_SHIPPED = (frozen(shipped(name)) for name in ("usny.yaml", "nyse.yaml", "usgs.yaml"))


@pytest.mark.parametrize(
    ("name", "first_year", "last_year"),
    [("usny.yaml", 2000, 2060), ("usgs.yaml", 2000, 2033), ("nyse.yaml", 2000, 2060)],
)
def test_shipped_calendar_is_closed_on_the_published_days_and_no_others(
    name: str, first_year: int, last_year: int
) -> None:
    file = shipped(name)
    made = frozen(file)
    published = {day for day in closed_weekdays(file["calendar"]) if first_year <= day.year <= last_year}
    assert (made.first_year, made.last_year) == (first_year, last_year)
    assert made.closed == published


def test_shipped_securities_calendar_covers_no_year_whose_good_friday_is_a_forecast() -> None:
    made = frozen(shipped("usgs.yaml"))
    forecasts = [date.fromisoformat(day) for day in read("calendars.json")["USGS"]["uncertain_future"]]
    assert made.last_year == min(day.year for day in forecasts) - 1
    for day in forecasts:
        with pytest.raises(CalendarNotCovered):
            made.is_business_day(day)


def test_shipped_london_calendar_is_open_when_another_library_says_so() -> None:
    made = frozen(shipped("uklo.yaml"))
    other = QuantLib.UnitedKingdom(QuantLib.UnitedKingdom.Exchange)
    day = date(2000, 1, 1)
    while day <= date(2040, 12, 31):
        assert made.is_business_day(day) == other.isBusinessDay(QuantLib.Date(day.day, day.month, day.year)), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2017, 1, 13), True),  # Friday
        (date(2017, 1, 14), False),  # Saturday
        (date(2017, 1, 15), False),  # Sunday, the seed's first interest date
        (date(2017, 1, 16), False),  # Martin Luther King Jr.
        (date(2017, 1, 17), True),
        (date(2020, 7, 3), True),  # Independence Day on a Saturday is not moved
        (date(2021, 7, 5), False),  # Independence Day on a Sunday is
    ],
)
def test_new_york_banks_are_open_or_closed_as_the_federal_reserve_lists(day: date, is_open: bool) -> None:
    assert USNY_SHIPPED.is_business_day(day) is is_open


# Days on which calendars have surprised the public, with what was open: the banks, the exchange, and the market for
# government securities, of which an early close does not count as closed.
SURPRISES = [
    # Juneteenth became a federal holiday by an act of Thursday 17 June 2021. The 19th was a Saturday: nothing closed.
    (date(2021, 6, 17), True, True, True),
    (date(2021, 6, 18), True, True, True),
    (date(2021, 6, 21), True, True, True),
    (date(2022, 6, 17), True, True, True),
    (date(2022, 6, 20), False, False, False),  # the first Juneteenth that was kept: Sunday's, on Monday
    # 19 June 2027 is a Saturday: the banks do not move it; the exchange and the securities market keep Friday.
    (date(2027, 6, 17), True, True, True),
    (date(2027, 6, 18), True, False, False),
    (date(2027, 6, 21), True, True, True),
    # Hurricane Sandy shut the exchange for two days, and the securities market on the second. The banks stayed open.
    (date(2012, 10, 26), True, True, True),
    (date(2012, 10, 29), True, False, True),
    (date(2012, 10, 30), True, False, False),
    (date(2012, 10, 31), True, True, True),
    # a national day of mourning for President George H. W. Bush
    (date(2018, 12, 4), True, True, True),
    (date(2018, 12, 5), True, False, False),
    (date(2018, 12, 6), True, True, True),
    # a national day of mourning for President Carter; the securities market closed early
    (date(2025, 1, 8), True, True, True),
    (date(2025, 1, 9), True, False, True),
    (date(2025, 1, 10), True, True, True),
    # New Year's Day 2022 was a Saturday, and nobody keeps it on the Friday before
    (date(2021, 12, 30), True, True, True),
    (date(2021, 12, 31), True, True, True),
    (date(2022, 1, 3), True, True, True),
    # Veterans Day 2017 was a Saturday: federal offices kept Friday, the markets did not; the exchange never keeps it
    (date(2017, 11, 9), True, True, True),
    (date(2017, 11, 10), True, True, True),
    (date(2017, 11, 13), True, True, True),
    # in the year before it was a Friday, and only the exchange was open
    (date(2016, 11, 11), False, True, False),
]


@pytest.mark.parametrize(("day", "banks", "exchange", "securities"), SURPRISES)
def test_a_day_that_surprised_the_public_is_open_or_closed_as_it_was(
    day: date, banks: bool, exchange: bool, securities: bool
) -> None:
    opened = (USNY_SHIPPED.is_business_day(day), NYSE_SHIPPED.is_business_day(day), USGS_SHIPPED.is_business_day(day))
    assert opened == (banks, exchange, securities)


@pytest.mark.parametrize(("day", "banks", "exchange", "securities"), SURPRISES)
def test_what_other_libraries_agreed_on_says_the_same_of_those_days(
    day: date, banks: bool, exchange: bool, securities: bool
) -> None:
    agreed = tuple(day not in closed_weekdays(code) for code in ("USNY", "NYSE", "USGS"))
    assert agreed == (banks, exchange, securities)


@pytest.mark.parametrize("day", [date(2000, 1, 1), date(2060, 12, 31)])
def test_the_first_and_last_day_of_the_covered_years_are_answered(day: date) -> None:
    assert USNY.is_business_day(day) is (day.weekday() < 5)


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2061, 1, 1)])
def test_a_day_one_past_the_covered_years_is_refused_by_name(day: date) -> None:
    with pytest.raises(CalendarNotCovered, match=f"^calendar USNY covers 2000 to 2060, not {day}$"):
        USNY.is_business_day(day)


def test_stepping_out_of_the_covered_years_is_refused() -> None:
    with pytest.raises(CalendarNotCovered, match="2061-01-01"):
        USNY.add_business_days(date(2060, 12, 31), 1)


@pytest.mark.parametrize("days", [-21, -5, -2, -1, 1, 2, 5, 21])
@pytest.mark.parametrize(
    "day",
    [
        date(2017, 1, 13),
        date(2017, 1, 14),  # Saturday
        date(2017, 1, 15),  # Sunday before a holiday
        date(2017, 1, 16),  # holiday
        date(2017, 1, 17),
        date(2021, 12, 31),
    ],
)
def test_business_days_are_stepped_as_another_library_steps_them(day: date, days: int) -> None:
    fed = QuantLib.UnitedStates(QuantLib.UnitedStates.FederalReserve)
    found = fed.advance(QuantLib.Date(day.day, day.month, day.year), days, QuantLib.Days)
    assert USNY.add_business_days(day, days) == found.to_date()


def test_no_step_stays_on_the_day() -> None:
    assert USNY.add_business_days(date(2017, 1, 15), 0) == date(2017, 1, 15)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2017, 1, 13), date(2017, 1, 13), 0),
        (date(2017, 1, 13), date(2017, 1, 14), 1),
        (date(2017, 1, 13), date(2017, 1, 17), 1),  # a weekend and a holiday
        (date(2017, 1, 13), date(2017, 1, 18), 2),
        (date(2017, 1, 18), date(2017, 1, 13), -2),
    ],
)
def test_business_days_between_include_the_start_and_exclude_the_end(start: date, end: date, count: int) -> None:
    assert USNY.business_days_between(start, end) == count


def test_weekends_calendar_is_closed_on_weekends_only() -> None:
    weekends = freeze("SATSUN", "weekends", 2017, 2017)
    assert weekends.closed == frozenset()
    assert weekends.is_business_day(date(2017, 12, 25))
    assert not weekends.is_business_day(date(2017, 12, 24))


def test_closures_of_our_own_are_added_and_named_in_the_source() -> None:
    mourning = date(2018, 12, 5)  # a national day of mourning, on which the banks stayed open
    plain = freeze("USNY", "USNY", 2000, 2060)
    added = freeze("USNY", "USNY", 2000, 2060, [mourning])
    assert plain.is_business_day(mourning)
    assert not added.is_business_day(mourning)
    assert added.closed - plain.closed == {mourning}
    assert added.digest != plain.digest
    assert added.source == f"{plain.source}, closures added: 1"


def test_a_closure_outside_the_covered_years_is_refused() -> None:
    with pytest.raises(ValueError, match="2021-01-04 lies outside the years calendar `USNY` covers, 2000 to 2020"):
        freeze("USNY", "USNY", 2000, 2020, [date(2021, 1, 4)])


def test_a_market_the_library_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^the holidays library knows no market `XXXX`$"):
        freeze("XXXX", "XXXX", 2000, 2060)


@pytest.mark.parametrize(("first_year", "last_year"), [(1998, 2060), (2000, 2101)])
def test_years_the_library_does_not_know_are_refused(first_year: int, last_year: int) -> None:
    with pytest.raises(ValueError, match="knows `USNY` for 1999 to 2100, not"):
        freeze("USNY", "USNY", first_year, last_year)


def test_the_first_and_last_year_the_library_knows_are_taken() -> None:
    widest = freeze("USNY", "USNY", 1999, 2100)
    assert not widest.is_business_day(date(1999, 1, 1))
    assert not widest.is_business_day(date(2100, 1, 1))
    assert widest.is_business_day(date(2100, 12, 31))


def test_years_that_run_backwards_are_refused() -> None:
    with pytest.raises(ValueError, match="covers no year: 2021 to 2020"):
        freeze("USNY", "weekends", 2021, 2020)


def test_a_calendar_is_read_back_from_its_text() -> None:
    again = from_text(USNY.text)
    assert again == USNY
    assert again.digest == USNY.digest
    assert again.text == USNY.text


def test_the_digest_names_the_days_and_not_where_they_came_from() -> None:
    elsewhere = from_days("USNY", sorted(USNY.closed), 2000, 2060, "typed by hand")
    assert elsewhere.digest == USNY.digest
    one_day_less = from_days("USNY", USNY.closed - {date(2017, 1, 16)}, 2000, 2060, USNY.source)
    one_year_less = from_days("USNY", [day for day in USNY.closed if day.year < 2060], 2000, 2059, USNY.source)
    renamed = from_days("FED", USNY.closed, 2000, 2060, USNY.source)
    assert len({USNY.digest, one_day_less.digest, one_year_less.digest, renamed.digest}) == 4


def test_a_closed_saturday_changes_nothing() -> None:
    with_a_saturday = from_days("USNY", USNY.closed | {date(2017, 1, 14)}, 2000, 2060, USNY.source)
    assert with_a_saturday == USNY


def test_joint_calendar_is_closed_when_any_is() -> None:
    both = joint("USNY+NYSE", [USNY, calendar("NYSE")])
    assert not both.is_business_day(date(2017, 4, 14))  # Good Friday: the exchange is closed, the banks open
    assert not both.is_business_day(date(2017, 10, 9))  # Columbus Day: the banks are closed, the exchange open
    assert both.is_business_day(date(2017, 10, 10))
    assert both.closed == closed_weekdays("USNY") | closed_weekdays("NYSE")


def test_joint_calendar_covers_only_the_years_all_cover() -> None:
    both = joint("X", [freeze("A", "weekends", 2000, 2020), freeze("B", "weekends", 2010, 2030)])
    assert (both.first_year, both.last_year) == (2010, 2020)
    assert both.is_business_day(date(2020, 12, 31))
    with pytest.raises(CalendarNotCovered):
        both.is_business_day(date(2021, 1, 4))


def test_calendars_with_no_year_in_common_do_not_join() -> None:
    with pytest.raises(ValueError, match="covers no year"):
        joint("X", [freeze("A", "weekends", 2000, 2009), freeze("B", "weekends", 2010, 2030)])
    with pytest.raises(ValueError, match="joins no calendars"):
        joint("X", [])


def test_the_days_written_out_are_those_the_library_gives_now() -> None:
    assert library_days.FILE.read_text() == library_days.written_out(library_days.kept_markets())


def test_every_library_calendar_that_ships_is_written_out() -> None:
    files = [shipped(path.name) for path in RULES.glob("*.yaml")]
    named = {
        (each["library calendar"], *map(int, each["years covered"].split(" to ")))
        for each in files
        if "library calendar" in each
    }
    assert named == set(library_days.kept_markets())


def test_with_another_version_of_the_library_the_library_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(library_days, "version", lambda _: "another")

    def ask(market: str, *_: int) -> frozenset[date]:
        asked.append(market)
        return frozenset()

    monkeypatch.setattr(library_days, "asked_of_the_library", ask)
    assert library_days.days_of("USNY", 2000, 2060) == frozenset()
    assert asked == ["USNY"]
