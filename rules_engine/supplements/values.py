"""What a printed figure or word says: dates, per cents, money, frequencies, whatever way they are spelled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rules_engine.dates.months import month_length
from rules_engine.model.money import Money
from rules_engine.supplements.patterns import one_line, pattern, spaced

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_FIRST_CENTURY_YEAR = 80
"""Of a year in two digits: from this on it is one of the last century; the first such note matures later."""

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"

MONTH_DAY = spaced(rf"{_MONTH}\.? {_DAY}(?![\d,]{{0,2}}~\d{{3}})")
"""A day of every year, `March 15`."""

DATE = spaced(
    rf"(?:(?:{'|'.join(WEEKDAYS)})~,? )?"
    rf"(?:{_MONTH}\.? {_DAY}~,? \d{{4}}|{_DAY} (?:day of )?{_MONTH}\.?~,? \d{{4}}"
    rf"|\d{{1,2}}-{_MONTH}-(?:\d{{4}}|\d{{2}})(?!\d)"
    r"|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?!\d)|\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}-\d{1,2}-(?:\d{4}|\d{2})(?!\d))"
)
"""A date's pattern, for other patterns to hold; matched without regard to case."""

FRACTION = r"(?:1/2|[13]/4|[1357]/8|(?:1[135]|[13579])/16|(?:[12][13579]|3[1]|[13579])/32)"
NUMBER = spaced(rf"(?:{FRACTION}(?![\d/])|\d{{1,3}}(?:\.\d{{1,6}}|[ -]{FRACTION}(?![\d/]))?|\.\d{{1,6}})")
"""A number as rates and prices are printed: `3.500`, `.625`, `99 7/8`, `4-1/2`."""
PERCENT = rf"(?<![\d.,/]){NUMBER}" + spaced(r"~(?:%|per~cent(?!\w))")
MONEY = spaced(r"(?:US)?\$~\d[\d,]{0,20}(?:\.\d{2})?(?![\d.,]{0,9}~%)")

_DATES = re.compile(rf"(?<![\w/.-]){DATE}", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{2,4})$")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")
_WRITTEN = pattern(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?~,? (\d{4})$")
_DAY_FIRST = pattern(r"(\d{1,2})(?:(?:st|nd|rd|th)? (?:day of )?|-)([a-z]{3,9})(?:\.?~,? |-)(\d{4}|\d{2})$")
_NUMBER = re.compile(NUMBER)
_DECIMALS = 5
"""So many hold the smallest fraction that is read, 1/32."""
_PARTS = re.compile(r"(?:(\d{1,3})[ -])?(\d{1,2})/(\d{1,2})$")
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
            one_line(found[0]),
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
        month, day, year = month_named(found[1]), int(found[2]), int(found[3])
    elif found := _DAY_FIRST.match(words):
        month, day, year = month_named(found[2]), int(found[1]), int(found[3])
    else:
        return None
    if year < 100:
        year += 1900 if year >= _FIRST_CENTURY_YEAR else 2000
    if not (1950 <= year <= 2150 and 1 <= month <= 12 and 1 <= day <= month_length(year, month)):
        return None
    return date(year, month, day)


def month_named(word: str) -> int:
    """Give the number of the month a word starts to name; 0 where it names none."""
    return next((number for number, name in enumerate(MONTHS, start=1) if name.startswith(word.lower())), 0)


def read_percent(text: str) -> Decimal:
    """Read a printed per cent, `.625%`, `3.500 %` or `4-1/2%`, with the decimals it is printed with."""
    return read_number(_NUMBER.search(text)[0])  # type: ignore[index]  # the pattern of a per cent starts with a number


def read_number(words: str) -> Decimal:
    """Read a number, in decimals or with a fraction of halves: `99.875`, `99 7/8`."""
    parts = _PARTS.match(words)
    if not parts:
        return Decimal(words)
    whole, above, below = (int(part or 0) for part in parts.groups())
    decimals = f"{above * 10**_DECIMALS // below:0{_DECIMALS}d}".rstrip("0")
    return Decimal(f"{whole}.{decimals}")


def read_money(text: str) -> Money | None:
    """Read a printed amount of dollars; None where it is none."""
    try:
        return Money.parse(text.upper().replace("US", "").replace("$", "").replace(",", "").strip())
    except ValueError:
        return None
