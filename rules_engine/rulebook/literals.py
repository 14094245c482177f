"""From text to a typed value and back: `6 months`, `$250,000`, `2 %`, `2016-12-01`, `yes`, `1/3`, a word.

A literal has one spelling of its unit, so that months are never taken for days.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal
from fractions import Fraction

from rules_engine.dates.months import MONTHS, month_length
from rules_engine.dates.record_dates import FIRST_OF_THE_MONTH, is_counted_before
from rules_engine.model.exact import plain, plain_text
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Value
from rules_engine.rulebook.places import listed, meant

_COUNTED = re.compile(r"(-?)(\d[\d,]*)((?:\.\d+)?)(?: +([a-z][a-z ]*))?", re.ASCII)
_MONEY = re.compile(r"\$(\d{1,3}(?:,\d{3})+|\d+)(\.\d\d)?", re.ASCII)
_PERCENT = re.compile(r"(\d{1,6}(?:\.\d{1,12})?) ?%", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_SHARE = re.compile(r"(\d{1,9})(?:/(\d{1,9}))?", re.ASCII)
_NUMBER = re.compile(r"\d{1,15}", re.ASCII)
_DAY_OF_THE_YEAR = re.compile(r"(\d{1,2}) ([A-Z][a-z]+)", re.ASCII)

_MONTHS_IN = {"month": 1, "months": 1, "year": 12, "years": 12}
_UNITS: dict[Kind, dict[str, int]] = {
    Kind.MONTHS: _MONTHS_IN,
    Kind.DAYS: {"day": 1, "days": 1},
    Kind.BUSINESS_DAYS: {"business day": 1, "business days": 1},
}
_EXAMPLES = {Kind.MONTHS: "6 months", Kind.DAYS: "30 days", Kind.BUSINESS_DAYS: "20 business days"}
_MAX_COUNT = 36_600
"""A hundred years of days; no prospectus counts further."""


class LiteralFault(ValueError):
    """A text is not a value of its kind; `help` says how to write one."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def read_literal(text: str, kind: Kind, words: Collection[str] = ()) -> Value:
    """Read a text as a value of a kind; raise LiteralFault when it is none.

    `words` are the ones a WORD, or each of WORDS, may be. Months and days are never negative.
    """
    if kind in _UNITS:
        return _read_counted(text, kind)
    if kind is Kind.WORD:
        return _read_word(text, words)
    if kind is Kind.WORDS:
        return frozenset(_read_word(word, words) for word in split_words(text, words))
    return _READERS[kind](text)


def split_words(text: str, words: Collection[str]) -> tuple[str, ...]:
    """Part `a, b and c` into its words; a word of the vocabulary that holds `and` or `or` stays whole."""
    *front, last = [part.strip() for part in text.split(",")]
    for joint in ("and", "or"):
        if front:
            last = last.removeprefix(f"{joint} ")
        if last in words:
            break
        head, _, tail = last.partition(f" {joint} ")
        if tail:
            front, last = [*front, head.strip()], tail.strip()
    return (*front, last)


def write_literal(value: Value, kind: Kind) -> str:
    """Write a value as a rule file spells it; reading that gives the value again."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int() if kind in _UNITS:
            unit = kind.value.removesuffix("s") if value == 1 else kind.value
            return f"{value} {unit}"
        case Decimal():
            return f"{plain_text(value)} %"
        case date():
            return value.isoformat()
        case frozenset():
            return ", ".join(sorted(value))
    return str(value)


def _read_counted(text: str, kind: Kind) -> int:
    example = f"write it as `{_EXAMPLES[kind]}`"
    found = _COUNTED.fullmatch(text)
    if not found:
        raise LiteralFault(f"`{text}` is not a number of {kind.value}", example)
    minus, digits, decimals, unit = found.groups()
    units = _UNITS[kind]
    if not unit:
        one, several = sorted(units, key=len)[0], kind.value
        hint = f"write it as `{digits} {one if digits == '1' else several}`" if not (minus or decimals) else example
        raise LiteralFault(f"`{text}` does not say of what", hint)
    if unit not in units:
        known = any(unit in others for others in _UNITS.values())
        raise LiteralFault(
            f"{kind.value} are wanted here, not {unit}" if known else f"`{unit}` is not a unit of time", example
        )
    if minus or decimals:
        raise LiteralFault(f"`{text}` is not a whole number of {kind.value}, zero or more", example)
    count = int(digits.replace(",", "")[:12]) * units[unit]
    if count > _MAX_COUNT:
        raise LiteralFault(f"`{text}` is longer than any prospectus counts", f"at most {_MAX_COUNT:,}")
    return count


def _read_word(text: str, words: Collection[str]) -> str:
    if text in words:
        return text
    raise LiteralFault(f"`{text}` is not one of its words", meant(text, words))


def _read_yes_no(text: str) -> bool:
    if text in ("yes", "no"):
        return text == "yes"
    raise LiteralFault(f"`{text}` is neither yes nor no", f"write {listed(('yes', 'no'))}")


def _read_money(text: str) -> Money:
    found = _MONEY.fullmatch(text)
    if not found:
        raise LiteralFault(f"`{text}` is not an amount of money", _as_money(text))
    try:
        return Money.parse(found[1].replace(",", "") + (found[2] or ""))
    except ValueError as fault:
        raise LiteralFault(str(fault)) from fault


def _read_percent(text: str) -> Decimal:
    found = _PERCENT.fullmatch(text)
    if not found:
        raise LiteralFault(f"`{text}` is not a per cent", _as_percent(text))
    return plain(Decimal(found[1]))


def _read_date(text: str) -> date:
    found = _DATE.fullmatch(text)
    if not found:
        raise LiteralFault(f"`{text}` is not a date", _as_date(text))
    year, month, day = (int(part) for part in found.groups())
    if not year or not 1 <= month <= 12:
        raise LiteralFault(f"the date `{text}` does not exist", "write year, month and day as `2016-12-01`")
    if not 1 <= day <= month_length(year, month):
        raise LiteralFault(f"the date `{text}` does not exist", f"that month has {month_length(year, month)} days")
    return date(year, month, day)


def _as_money(text: str) -> str:
    """Say how to write what was most likely meant by an amount."""
    bare = text.strip("$ ").removeprefix("US").removesuffix("USD").strip("$ ")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", bare, re.ASCII):
        return f"a point parts cents, and a comma thousands: write it as `${bare.replace('.', ',')}`"
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\d+(?:\.\d\d)?", bare, re.ASCII):
        whole, _, cents = bare.replace(",", "").partition(".")
        return f"write it as `${int(whole[:15]):,}{f'.{cents}' if cents else ''}`"
    if "," in bare and bare.replace(",", "").isdecimal():
        return "a comma stands before each three digits: count the zeros against the paper"
    return "write it as `$250,000` or `$4.28`"


def _as_percent(text: str) -> str:
    """Say how to write what was most likely meant by a per cent."""
    number = re.sub(r" ?(?:%|per ?cent)$", "", text)
    if re.fullmatch(r"\d{1,6}(?:\.\d{1,12})?", number, re.ASCII):
        return f"write it as `{number} %`"
    if re.fullmatch(r"\d{1,3},\d{1,12}", number, re.ASCII):
        return f"decimals come after a point: `{number.replace(',', '.')} %`"
    return "write it as `2 %` or `3.5 %`"


def _as_date(text: str) -> str:
    """Say how to write what was most likely meant by a date, where month and day cannot be taken for each other."""
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text, re.ASCII)
    if found and 12 < int(found[2]) <= 31 and 1 <= int(found[1]) <= 12:
        return f"write it as `{found[3]}-{int(found[1]):02}-{int(found[2]):02}`"
    return "write year, month and day as `2016-12-01`"


def _as_number(text: str) -> str:
    """Say how to write what was most likely meant by a whole number."""
    found = re.match(r"(\d{1,15}) +[a-z]", text, re.ASCII)
    return (
        f"write `{found[1]}` alone: what is counted is in the word already" if found else "write digits only, as `12`"
    )


def _as_day_of_the_year(text: str) -> str:
    found = re.fullmatch(r"([A-Z][a-z]+) (\d{1,2})", text, re.ASCII)
    return f"{int(found[2])} {found[1]}" if found and found[1] in MONTHS else "31 December"


def _read_share(text: str) -> Fraction:
    found = _SHARE.fullmatch(text)
    if not found or (found[2] and not int(found[2])):
        raise LiteralFault(f"`{text}` is not a share", "write it as `1/3`, or `1` for the whole")
    share = Fraction(int(found[1]), int(found[2] or 1))
    if share > 1:
        raise LiteralFault(f"the share `{text}` is more than the whole", "the whole is `1`")
    return share


def _read_number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise LiteralFault(f"`{text}` is not a whole number", _as_number(text))
    return int(text)


def _read_day_of_the_year(text: str) -> str:
    found = _DAY_OF_THE_YEAR.fullmatch(text)
    example = f"write it as `{_as_day_of_the_year(text)}`; a day that every year has"
    if not found or found[2] not in MONTHS:
        raise LiteralFault(f"`{text}` is not a day of the year", example)
    # 2001 is no leap year: a day that only some years have is no yearly day
    if not 1 <= int(found[1]) <= month_length(2001, MONTHS.index(found[2]) + 1):
        raise LiteralFault(f"not every year has a day `{text}`", example)
    return f"{int(found[1])} {found[2]}"


def _read_record_date(text: str) -> str:
    if text == FIRST_OF_THE_MONTH or is_counted_before(text):
        return text
    days = text.split(" and ")
    if not all(_DAY_OF_THE_YEAR.fullmatch(day) for day in days):
        ways = "`15 days before`, `1 business day before`, `first of the month` or `1 March and 1 September`"
        raise LiteralFault(f"`{text}` does not say which day is the record date", f"write {ways}")
    return " and ".join(_read_day_of_the_year(day) for day in days)


_READERS: dict[Kind, Callable[[str], Value]] = {
    Kind.YES_NO: _read_yes_no,
    Kind.MONEY: _read_money,
    Kind.PERCENT: _read_percent,
    Kind.DATE: _read_date,
    Kind.SHARE: _read_share,
    Kind.NUMBER: _read_number,
    Kind.DAY_OF_THE_YEAR: _read_day_of_the_year,
    Kind.RECORD_DATE: _read_record_date,
    Kind.TEXT: lambda text: text,
}
