"""Record dates as four prospectuses count them, one day each side of where they turn."""

from __future__ import annotations

from datetime import date

import pytest

from rules_engine.dates.record_dates import record_date
from tests.dates.oracles import calendar


@pytest.mark.parametrize(
    ("written", "due_on", "found"),
    [
        ("15 days before", date(2017, 1, 15), date(2016, 12, 31)),
        ("15 days before", date(2017, 3, 15), date(2017, 2, 28)),
        ("15 days before", date(2016, 3, 15), date(2016, 2, 29)),  # a leap year
        ("1 day before", date(2017, 1, 15), date(2017, 1, 14)),  # a Saturday: a record date is not moved
        ("1 business day before", date(2017, 1, 17), date(2017, 1, 13)),  # Monday the 16th: Martin Luther King Jr.
        ("1 business day before", date(2017, 1, 15), date(2017, 1, 13)),  # from a Sunday
        ("1 business day before", date(2017, 1, 13), date(2017, 1, 12)),
        ("2 business days before", date(2017, 1, 17), date(2017, 1, 12)),
        ("first of the month", date(2017, 1, 15), date(2017, 1, 1)),
        ("first of the month", date(2017, 1, 1), date(2017, 1, 1)),
        ("1 March and 1 September", date(2017, 3, 15), date(2017, 3, 1)),
        ("1 March and 1 September", date(2017, 3, 2), date(2017, 3, 1)),
        ("1 March and 1 September", date(2017, 3, 1), date(2016, 9, 1)),  # the day itself is not before it
        ("1 March and 1 September", date(2017, 9, 15), date(2017, 9, 1)),
        ("1 March and 1 September", date(2018, 1, 15), date(2017, 9, 1)),
        ("15 December", date(2017, 12, 15), date(2016, 12, 15)),
    ],
)
def test_record_dates_are_counted_from_the_scheduled_interest_date(written: str, due_on: date, found: date) -> None:
    assert record_date(written, due_on, calendar("USNY")) == found
