"""Words of a source held against it, and figures held against the words that give them.

A text that was extracted from a filing has other white space than the filing, and signs of its own: a backslash before
a dollar, asterisks about what was bold. They say nothing, and are left out on both sides; every other sign counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from rules_engine.dates.months import MONTHS
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Value

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019", "'"),
        **dict.fromkeys("\u201c\u201d", '"'),
        **dict.fromkeys("\u2010\u2011\u2013\u2014", "-"),
        "\u00ad": None,
    }
)
"""The signs that one printer sets so and another otherwise: quotation marks, hyphens and dashes, the soft hyphen."""
_EXTRACTED = re.compile(r"\\(?=[!-/:-@\[-`{-~])|\*+")

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SPELLED = {word: number for number, word in enumerate(_ONES)}
_SPELLED |= {word: 20 + 10 * place for place, word in enumerate(_TENS)}
_SPELLED |= {
    f"{tens}{joint}{_ONES[one]}": 20 + 10 * place + one
    for place, tens in enumerate(_TENS)
    for one in range(1, 10)
    for joint in ("-", " ")
}
_LARGE = {"thousand": 10**3, "million": 10**6, "billion": 10**9}

_WORDS = "|".join(sorted(_SPELLED, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?<![\w.,])(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<decimals>\.\d+)?|(?P<words>{_WORDS}))(?![\w]|[.,]\d)"
    rf"(?: ?\((?P<again>[\d,]+)\))?(?: (?P<large>{'|'.join(_LARGE)}))?(?=(?P<unit>.{{0,24}}))",
    re.IGNORECASE,
)
_PERCENT = re.compile(r" ?(?:%|per ?cent\b)", re.IGNORECASE)
_MONTH_UNITS = ((re.compile(r"[ -]?months?\b", re.IGNORECASE), 1), (re.compile(r"[ -]?years?\b", re.IGNORECASE), 12))
_DAYS = re.compile(r"[ -]?(?:calendar )?days?\b", re.IGNORECASE)
_BUSINESS_DAYS = re.compile(r"[ -]?business days?\b", re.IGNORECASE)

_MONTH_NAMES = "|".join(f"{month}|{month[:3]}\\.?" for month in MONTHS)
_DATES = (
    re.compile(r"(?<!\d)(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)"),
    re.compile(rf"\b(?P<month>{_MONTH_NAMES}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:, ?(?P<year>\d{{4}}))?(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH_NAMES})(?:,? (?P<year>\d{{4}}))?(?!\d)"),
)


def plain(text: str) -> str:
    """Give a text without what says nothing: its line breaks, the signs of its extraction, the shape of its quotes."""
    folded = unicodedata.normalize("NFKC", text).translate(_ALIKE)
    return " ".join(_EXTRACTED.sub("", folded).split())


def gives(quote: str, value: Value, kind: Kind) -> bool | None:
    """Tell whether a quote gives a figure, in digits or in words; None for a kind that is a choice and no figure.

    `six (6) months` and `one-half year` are read as a person reads them where a number and a unit stand there; a
    figure that has to be worked out is `inferred`, and is not looked for.
    """
    found = _FIGURES.get(kind)
    return None if found is None else any(each == value for each in found(plain(quote)))


def figures_in(text: str, kind: Kind) -> tuple[Value, ...]:
    """List the figures of a kind that a text gives, in its order."""
    found = _FIGURES.get(kind)
    return tuple(found(plain(text))) if found else ()


def _numbers(text: str) -> Iterator[tuple[Fraction, str]]:
    """Find every number of a text, exactly, with what stands after it."""
    for found in _NUMBER.finditer(text):
        words, digits = found["words"], found["digits"]
        number = Fraction(_SPELLED[words.lower()] if words else f"{digits.replace(',', '')}{found['decimals'] or ''}")
        yield number * _LARGE.get((found["large"] or "").lower(), 1), found["unit"]


def _money(text: str) -> Iterator[Value]:
    for number, _ in _numbers(text):
        if number * 100 == int(number * 100):
            yield Money.from_cents(int(number * 100))


def _percents(text: str) -> Iterator[Value]:
    return (number for number, unit in _numbers(text) if _PERCENT.match(unit))


def _months(text: str) -> Iterator[Value]:
    for number, unit in _numbers(text):
        for named, months in _MONTH_UNITS:
            if named.match(unit) and number == int(number):
                yield int(number) * months


def _counted(unit_named: re.Pattern[str]) -> Callable[[str], Iterator[Value]]:
    def counted(text: str) -> Iterator[Value]:
        return (int(number) for number, unit in _numbers(text) if unit_named.match(unit) and number == int(number))

    return counted


def _whole_numbers(text: str) -> Iterator[Value]:
    return (int(number) for number, _ in _numbers(text) if number == int(number))


def _dates(text: str) -> Iterator[Value]:
    for found in _dated(text):
        if found["year"]:
            try:
                yield date(int(found["year"]), _month(found["month"]), int(found["day"]))
            except ValueError:
                continue  # 13/13/2016 stands for no day


def _days_of_the_year(text: str) -> Iterator[Value]:
    for found in _dated(text):
        month = _month(found["month"])
        if 1 <= month <= len(MONTHS):
            yield f"{int(found['day'])} {MONTHS[month - 1]}"


def _dated(text: str) -> Iterator[re.Match[str]]:
    return (found for pattern in _DATES for found in pattern.finditer(text))


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    return next(number for number, month in enumerate(MONTHS, start=1) if month.startswith(text.rstrip(".")[:3]))


def _shares(text: str) -> Iterator[Value]:
    for over, under in re.findall(r"(?<!\d)(\d{1,9})/(\d{1,9})(?!\d)", text):
        if int(under):
            yield Fraction(int(over), int(under))


_FIGURES: Mapping[Kind, Callable[[str], Iterator[Any]]] = {
    Kind.MONEY: _money,
    Kind.PERCENT: _percents,
    Kind.MONTHS: _months,
    Kind.DAYS: _counted(_DAYS),
    Kind.BUSINESS_DAYS: _counted(_BUSINESS_DAYS),
    Kind.NUMBER: _whole_numbers,
    Kind.DATE: _dates,
    Kind.DAY_OF_THE_YEAR: _days_of_the_year,
    Kind.SHARE: _shares,
}
"""The kinds that are figures, and how each is found in a text."""
