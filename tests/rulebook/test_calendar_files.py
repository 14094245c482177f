"""Calendars that rest on others: closed with any of several, or on days of a programme's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rules_engine.dates.calendars import from_days, from_text
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.vocabulary import Vocabulary

from .books import write_book

FILES = {
    # read in the order of their names, so that each of the first two rests on one that comes later
    "calendars/acme.yaml": "calendar: ACME\nbased on: USNY\nclosures:\n"
    "  - date: 2016-12-23\n    because: The prospectus closes the day before Christmas Eve.\n",
    "calendars/both.yaml": "calendar: BOTH\njoint of: UKLO, ACME\nclosures:\n"
    "  - date: 2016-12-28\n    because: The prospectus names the day.\n",
    "calendars/uklo.yaml": "calendar: UKLO\nlibrary calendar: XLON\nyears covered: 2010 to 2020\nsource: LSE\n",
    "calendars/usny.yaml": "calendar: USNY\nlibrary calendar: USNY\nyears covered: 2000 to 2060\nsource: K.8\n",
}


@pytest.fixture
def book(tmp_path: Path, vocabulary: Vocabulary) -> Book:
    found = Book.open(write_book(tmp_path, FILES), vocabulary)
    assert [str(problem) for problem in found.problems] == []
    return found


@pytest.mark.parametrize(
    ("day", "closed_in"),
    [
        (date(2016, 12, 22), set()),
        (date(2016, 12, 23), {"ACME", "BOTH"}),  # a closure of the programme's own
        (date(2016, 12, 26), {"USNY", "ACME", "UKLO", "BOTH"}),  # Christmas Day fell on a Sunday
        (date(2016, 12, 27), {"UKLO", "BOTH"}),  # Boxing Day, moved
        (date(2016, 12, 28), {"BOTH"}),  # a closure of the joint calendar's own
        (date(2017, 1, 16), {"USNY", "ACME", "BOTH"}),  # Martin Luther King Jr. Day
        (date(2017, 5, 1), {"UKLO", "BOTH"}),  # Early May bank holiday
    ],
)
def test_a_calendar_that_rests_on_others_is_closed_with_them(book: Book, day: date, closed_in: set[str]) -> None:
    assert {code for code in book.calendars if not book.calendar(code).is_business_day(day)} == closed_in


def test_a_calendar_covers_the_years_that_all_it_rests_on_cover(book: Book) -> None:
    years = {code: (calendar.first_year, calendar.last_year) for code, calendar in book.calendars.items()}
    assert years == {"USNY": (2000, 2060), "ACME": (2000, 2060), "UKLO": (2010, 2020), "BOTH": (2010, 2020)}


def test_a_calendar_says_what_it_rests_on_and_reads_back_from_its_text(book: Book) -> None:
    both = book.calendar("BOTH")
    assert both.source.startswith("joint of UKLO (holidays ")
    assert "ACME (based on USNY (" in both.source
    assert from_text(both.text) == both


def test_a_calendar_may_rest_on_one_that_a_plugin_declares(tmp_path: Path, vocabulary: Vocabulary) -> None:
    declared = from_days("DECLARED", [date(2017, 3, 17)], 2000, 2060, "a plugin")
    files = {"calendars/both.yaml": "calendar: BOTH\njoint of: USNY, DECLARED\n"} | {
        name: FILES[name] for name in FILES if name.endswith("usny.yaml")
    }
    found = Book.open(write_book(tmp_path, files), vocabulary, calendars=[declared])
    assert not found.calendar("BOTH").is_business_day(date(2017, 3, 17))
    assert found.calendar("BOTH").is_business_day(date(2017, 3, 16))
