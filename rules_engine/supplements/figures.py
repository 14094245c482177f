"""The figures and words of a table's row, each with the kinds of thing it can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rules_engine.model.money import Money
from rules_engine.model.note_words import Frequency
from rules_engine.supplements.patterns import one_line, spaced
from rules_engine.supplements.values import (
    DATE,
    FRACTION,
    MONEY,
    PERCENT,
    read_date,
    read_money,
    read_number,
    read_percent,
)

FREQUENCY = spaced(
    r"semi-?~annual(?:ly)?|semiannual(?:ly)?|semi(?=~(?:$|[\t\n|]))|monthly|quarterly|annual(?:ly)?"
    r"|twice (?:a|each) year"
)
CUSIP_SHAPE = r"(?<![0-9A-Za-z])[0-9][0-9A-Z]{2}[0-9A-Z]{2}[0-9A-Z*@#]{3}[0-9](?![0-9A-Za-z])"
PARTED_CUSIP = (
    r"(?<![0-9A-Za-z])[0-9][0-9A-Z]{5}"
    r"(?:[ -][0-9A-Z*@#]{2}[ -]?[0-9]|[0-9A-Z*@#]{2}[ -][0-9])(?![0-9A-Za-z])"
)
"""A CUSIP printed in its parts, `61746B EH5`."""
ISIN_SHAPE = r"(?<![0-9A-Za-z])US([0-9][0-9A-Z]{7}[0-9])[0-9](?![0-9A-Za-z])"

_TYPES = {
    "fixed": "fixed",
    "step": "step-up",
    "float": "floating",
    "flt": "floating",
    "variable": "floating",
    "zero": "zero coupon",
}
_FREQUENCIES = {
    "month": Frequency.MONTHLY,
    "quarter": Frequency.QUARTERLY,
    "semiannual": Frequency.SEMI_ANNUAL,
    "semi": Frequency.SEMI_ANNUAL,
    "twiceayear": Frequency.SEMI_ANNUAL,
    "twiceeachyear": Frequency.SEMI_ANNUAL,
    "annual": Frequency.ANNUAL,
}
_TYPE = spaced(
    r"fixed(?: rate)?[ /-]{1,3}(?:to[ -])?float(?:ing)?(?: rate)?|fixed(?: rate)?"
    r"|step(?:[ -]~up)?(?: coupon| rate)?|float(?:ing|er)?(?: rate)?|flt"
    r"|variable(?: rate)?|zero(?:[ -]~coupon)?"
)
_DAY_COUNT = spaced(r"(?:30|actual|act)~/~(?:36[05]|actual|act)(?:~\([a-z ]{1,20}\))?")

_FIGURE = re.compile(
    rf"(?P<cusip>{CUSIP_SHAPE})|(?P<date>(?<![\w/.-]){DATE})"
    rf"|(?P<steps>{PERCENT}{spaced('~to~')}{PERCENT})|(?P<percent>{PERCENT})|(?P<money>{MONEY})"
    rf"|(?P<day_count>(?<!\w){_DAY_COUNT})"
    rf"|(?<![A-Za-z-])(?:(?P<frequency>{FREQUENCY})|(?P<type>{_TYPE})|(?P<yes_no>yes|no))(?![A-Za-z])"
    rf"|(?<![\w.$/,-])(?!(?<=\()\d{{1,2}}\))(?P<bare>\d{{1,3}}[ -]{FRACTION}(?![\w/%])"
    r"|\d[\d,]{0,20}(?:\.\d{1,8})?(?![\w/%]|\.\d|-\w|[ -]\d{1,2}/\d{1,2}(?![\d/])))",
    re.IGNORECASE,
)

PRICES = range(50, 151)
"""A price in per cent of principal lies here; a rate or a concession never does."""
_MOST_RATE = 30
_MOST_FIRST_COUPON = Money.parse("500")
"""For $1,000; any amount above is of the whole issue."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure or word as printed: where it stands, its kinds, and its value."""

    words: str
    start: int
    end: int
    kinds: frozenset[str]
    value: date | Decimal | Money | str | bool | None


def figures_in(text: str, start: int, end: int) -> Iterator[Figure]:
    """Find the figures between two places of a text, in order."""
    for found in _FIGURE.finditer(text, start, end):
        kind = str(found.lastgroup)
        value, kinds = _READERS[kind](found[0])
        yield Figure(one_line(found[0]), found.start(), found.end(), frozenset(kinds), value)


def _read_date(words: str) -> tuple[date | None, set[str]]:
    return read_date(words), {"date"}


def _read_percent(words: str) -> tuple[Decimal, set[str]]:
    value = read_percent(words)
    return value, {"price"} if int(value) in PRICES else {"rate"} if value <= _MOST_RATE else {"per cent"}


def _read_money(words: str) -> tuple[Money | None, set[str]]:
    value = read_money(words)
    return value, {"small amount"} if value and value <= _MOST_FIRST_COUPON else {"amount"}


def _read_bare(words: str) -> tuple[Decimal | Money, set[str]]:
    number = read_number(words.replace(",", ""))
    if int(number) in PRICES:
        return number, {"bare", "price"}
    amount = read_money(words) if re.fullmatch(r"\d+\.\d\d", words) else None
    return (amount, {"bare", "small amount"}) if amount and amount <= _MOST_FIRST_COUPON else (number, {"bare"})


def read_frequency(words: str) -> Frequency:
    """Read how often interest is paid, `SEMI-ANNUAL` or `quarterly`."""
    word = "".join(sign for sign in words.lower() if sign.isalpha()).removesuffix("ly")
    return _FREQUENCIES[word]


def _read_type(words: str) -> tuple[str, set[str]]:
    if words.lower().startswith("fixed") and "float" in words.lower():
        return "fixed to floating", {"type"}
    return next(name for start, name in _TYPES.items() if words.lower().startswith(start)), {"type"}


_READERS = {
    "cusip": lambda words: (words.upper(), {"cusip"}),
    "date": _read_date,
    "steps": lambda words: (read_percent(words.split("%")[0]), {"rate", "steps"}),
    "percent": _read_percent,
    "money": _read_money,
    "day_count": lambda words: ("".join(words.lower().split()), {"day count"}),
    "frequency": lambda words: (read_frequency(words), {"frequency"}),
    "type": _read_type,
    "yes_no": lambda words: (words.lower() == "yes", {"yes or no"}),
    "bare": _read_bare,
}
