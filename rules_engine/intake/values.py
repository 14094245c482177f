"""How each kind of value is written in an event: one function a kind, JSON in, value out.

Each raises ValueError with a plain sentence; whoever calls adds which field it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from rules_engine.intake.hidden_signs import is_hidden, why_refused
from rules_engine.intake.saying import quoted, unknown
from rules_engine.model.cusips import check_digit, why_no_cusip
from rules_engine.model.exact import plus
from rules_engine.model.money import Money

LONGEST_TEXT = 200
LONGEST_REASON = 1000
LONGEST_LIST = 100
FIRST_YEAR, LAST_YEAR = 1900, 2200
FIRST_YEAR_OF_DAYS, LAST_YEAR_OF_DAYS = 1950, 2150
"""All included. No retail note is older or longer, so anything outside is a slip of the keyboard; days are held
tighter than years, so that whatever is counted from them can still be counted (from 1901 to 2199)."""
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PRICE = re.compile(r"[0-9]{1,4}(\.[0-9]{1,6})?")
_RATE = re.compile(r"-?[0-9]{1,2}(\.[0-9]{1,6})?")
_SHARE = re.compile("(1)|([0-9]{1,6})/([0-9]{1,6})")
_CUSIP_LENGTH = 9


def read_text(value: Any) -> str:
    """Read an id or another opaque text: something, at most 200 characters, and looking like no other text."""
    text = _in_quotes(value)
    if not text.strip():
        raise ValueError("must not be empty")
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"must be at most {LONGEST_TEXT} characters, not {len(text)}")
    if why := why_refused(text):
        raise ValueError(why)
    return text


def read_reason(value: Any) -> str:
    """Read a reason in a person's words: something, at most a thousand characters, nothing that cannot be printed."""
    text = _in_quotes(value)
    if not text.strip():
        raise ValueError("must not be empty: say why")
    if len(text) > LONGEST_REASON:
        raise ValueError(f"must be at most {LONGEST_REASON} characters, not {len(text)}")
    if any(map(is_hidden, text)):
        raise ValueError(f"must hold nothing that does not show: {quoted(text)}")
    return text


def read_cusip(value: Any) -> str:
    """Read a CUSIP, and hold its last character against its first eight."""
    text = _in_quotes(value)
    if len(text) != _CUSIP_LENGTH:
        raise ValueError(f"a CUSIP is {_CUSIP_LENGTH} characters, not {len(text)}: {quoted(text)}")
    if text != text.upper():
        raise ValueError(f"a CUSIP is written in capitals: {quoted(text)}")
    try:
        expected = check_digit(text[:-1])
    except ValueError as fault:
        raise ValueError(f"only digits, capital letters and `*@#` stand in a CUSIP: {quoted(text)}") from fault
    if text[-1] != expected:
        raise ValueError(f"{quoted(text)} is not a CUSIP: {why_no_cusip(text)}")
    return text


def read_day(value: Any) -> date:
    """Read a day as `2016-12-01` and in no other spelling, from 1950 to 2150."""
    if not isinstance(value, str):
        raise ValueError('a date is written in quotes, like "2016-12-01"')
    if not _DAY.fullmatch(value):
        raise ValueError(f"{quoted(value)} is not a date written like `2016-12-01`")
    try:
        day = date.fromisoformat(value)
    except ValueError as fault:
        raise ValueError(f"`{value}` is not a day of the calendar") from fault
    if not FIRST_YEAR_OF_DAYS <= day.year <= LAST_YEAR_OF_DAYS:
        raise ValueError(f"`{value}` is not between {FIRST_YEAR_OF_DAYS} and {LAST_YEAR_OF_DAYS}")
    return day


def read_money(value: Any) -> Money:
    """Read an amount above nothing, `"25000.00"`."""
    money = read_balance(value)
    if not money.cents:
        raise ValueError("must be more than nothing")
    return money


def read_balance(value: Any) -> Money:
    """Read an amount that may be nothing, but not less: what is held or outstanding."""
    if not isinstance(value, str):
        raise ValueError('money is written in quotes: write "25000.00"')
    try:
        money = Money.parse(value)
    except ValueError as fault:
        raise ValueError(
            f'{quoted(value)} is no amount: write "25000.00", at most 15 digits and two decimals'
        ) from fault
    if value.startswith("-"):
        raise ValueError(f"must not be negative: `{value}`")
    return money


def read_price(value: Any) -> Decimal:
    """Read a price in per cent of principal, `"100"` or `"101.5"`, above nothing."""
    if not isinstance(value, str):
        raise ValueError('a price is written in quotes, like "101.5"')
    if not _PRICE.fullmatch(value):
        raise ValueError(f"{quoted(value)} is not a price in per cent, like `100` or `101.5`")
    price = Decimal(value)
    if not price:
        raise ValueError("must be more than nothing")
    return price


def read_rate(value: Any) -> Decimal:
    """Read a market's rate in per cent a year, `"4.25"` or `"-0.35"`: under a hundred, nothing and less included."""
    if not isinstance(value, str):
        raise ValueError('a rate is written in quotes, like "4.25"')
    if not _RATE.fullmatch(value):
        raise ValueError(f"{quoted(value)} is not a rate in per cent a year, like `4.25` or `-0.35`")
    return plus(Decimal(value), Decimal(0))  # minus nothing is nothing


def read_share(value: Any) -> Fraction:
    """Read a share of a whole, `"1"` or `"1/3"`: above nothing, and no more than one."""
    if not isinstance(value, str):
        raise ValueError('a share is written in quotes, like "1/3"')
    written = _SHARE.fullmatch(value)
    if not written:
        raise ValueError(f"{quoted(value)} is not a share, like `1` or `1/3`")
    if written[1]:
        return Fraction(1)
    part, whole = int(written[2]), int(written[3])
    if not 0 < part <= whole:
        raise ValueError(f"`{value}` is not a share above nothing and at most `1`")
    return Fraction(part, whole)


def read_year(value: Any) -> int:
    """Read a calendar year, a bare number from 1900 to 2200."""
    if type(value) is not int:
        raise ValueError("a year is written as a bare number, like 2017")
    if not FIRST_YEAR <= value <= LAST_YEAR:
        raise ValueError(f"must be between {FIRST_YEAR} and {LAST_YEAR}")
    return value


def read_yes_no(value: Any) -> bool:
    """Read JSON's own true or false."""
    if not isinstance(value, bool):
        raise ValueError("must be true or false, without quotes")
    return value


def word_reader(words: Sequence[str], added: Sequence[str] | None = ()) -> Callable[[Any], str]:
    """Make the reader of one word out of those given, and those an issuer adds; None for any word."""
    known = frozenset((*words, *(added or ())))

    def read_word(value: Any) -> str:
        text = _in_quotes(value)
        if text in known:
            return text
        if added is None:
            return read_text(value)
        raise ValueError(unknown("word", text, (*words, *added)))

    return read_word


def member_reader(words: type[StrEnum]) -> Callable[[Any], StrEnum]:
    """Make the reader of one word of an enum."""
    read_word = word_reader(tuple(words))
    return lambda value: words(read_word(value))


def words_reader(words: Sequence[str], added: Sequence[str] | None = ()) -> Callable[[Any], frozenset[str]]:
    """Make the reader of a list of words, in any order, each at most once; the list may be empty.

    A list of more words than there are, or than a hundred, is refused for that alone, whatever it holds. `added` are
    words an issuer adds; None for any word.
    """
    read_word = word_reader(words, added)
    most = LONGEST_LIST if added is None else min(len(words) + len(added), LONGEST_LIST)

    def read_words(value: Any) -> frozenset[str]:
        if not isinstance(value, list):
            raise ValueError('must be a list of words, like ["..."]')
        if len(value) > most:
            raise ValueError(f"lists {len(value):,} words; at most {most} can be listed, each once")
        found: set[str] = set()
        for word in map(read_word, value):
            if word in found:
                raise ValueError(f"{quoted(word)} is listed twice")
            found.add(word)
        return frozenset(found)

    return read_words


def or_words(read: Callable[[Any], Any], words: Sequence[str]) -> Callable[[Any], Any]:
    """Make the reader of a value that may also be one of a few words: an amount, or `all`."""
    known = frozenset(words)
    choice = " or ".join(f'"{word}"' for word in words)

    def read_either(value: Any) -> Any:
        if isinstance(value, str) and value in known:
            return value
        try:
            return read(value)
        except ValueError as fault:
            raise ValueError(f"{fault}; or write {choice}") from fault

    return read_either


def _in_quotes(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a text in quotes")
    return value
