"""What a printed figure or word says: dates, per cents, money, frequencies, whatever way they are spelled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rules_engine.dates.months import month_length
from rules_engine.model.money import Money

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_FIRST_CENTURY_YEAR = 80
"""Of a year in two digits: from this on it is one of the last century; the first such note matures later."""

DATE = (
    rf"(?:(?:{'|'.join(WEEKDAYS)})\s*,?\s+)?"
    r"(?:(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?\s+\d{1,2}(?:st|nd|rd|th)?\s*,?\s+\d{4}"
    r"|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?!\d)|\d{4}-\d{2}-\d{2}|\d{1,2}-\d{1,2}-(?:\d{4}|\d{2})(?!\d))"
)
"""A date's pattern, for other patterns to hold; matched without regard to case."""

PERCENT = r"(?<![\d.,/])(?:\d{1,3}(?:\.\d{1,6})?|\.\d{1,6})\s*%"
MONEY = r"\$\s*\d[\d,]*(?:\.\d{2})?(?![\d.,]*\s*%)"

_DATES = re.compile(rf"(?<![\w/.-]){DATE}", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{2,4})$")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")
_WRITTEN = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(\d{4})$", re.IGNORECASE)
_WEEKDAY = re.compile("|".join(WEEKDAYS), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed: its words, where they stand, the day they name, and the weekday they name with it.

    `day` is None where no such day exists.
    """

    words: str
    start: int
    end: int
    day: date | None
    weekday: str

    @property
    def weekday_is_wrong(self) -> bool:
        """Tell whether the words name another weekday than the date has."""
        return bool(self.day and self.weekday and WEEKDAYS[self.day.weekday()] != self.weekday)


def dates_in(text: str) -> Iterator[PrintedDate]:
    """Find every date printed in a text."""
    for found in _DATES.finditer(text):
        weekday = _WEEKDAY.match(found[0])
        yield PrintedDate(
            " ".join(found[0].split()),
            found.start(),
            found.end(),
            read_date(found[0]),
            weekday[0].capitalize() if weekday else "",
        )


def read_date(text: str) -> date | None:
    """Read one printed date; None where its words name no day that exists."""
    words = _WEEKDAY.sub("", text, count=1).strip(" ,\t\n")
    if found := _ISO.match(words):
        year, month, day = (int(part) for part in found.groups())
    elif found := _SLASHED.match(words):
        month, day, year = (int(part) for part in found.groups())
    elif found := _WRITTEN.match(words):
        starts = [number for number, name in enumerate(MONTHS, start=1) if name.startswith(found[1].lower())]
        month, day, year = starts[0] if starts else 0, int(found[2]), int(found[3])
    else:
        return None
    if year < 100:
        year += 1900 if year >= _FIRST_CENTURY_YEAR else 2000
    if not (1950 <= year <= 2150 and 1 <= month <= 12 and 1 <= day <= month_length(year, month)):
        return None
    return date(year, month, day)


def read_percent(text: str) -> Decimal:
    """Read a printed per cent, `.625%` or `3.500 %`, with the decimals it is printed with."""
    return Decimal(text.replace("%", "").strip())


def read_money(text: str) -> Money | None:
    """Read a printed amount of dollars; None where it is none."""
    try:
        return Money.parse(text.replace("$", "").replace(",", "").strip())
    except ValueError:
        return None


def said(words: str) -> str:
    """Give words on one line, cut where they fill more than one."""
    text = " ".join(words.split())
    return text if len(text) <= 100 else f"{text[:97]}..."
