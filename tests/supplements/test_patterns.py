"""No text keeps the reader longer than its length warrants."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from re import _constants as constants
from re import _parser as parser
from time import process_time
from typing import Any

import pytest

import rules_engine.supplements
from rules_engine.model.cusips import check_digit
from rules_engine.supplements import NoNoteFound, UnreadableSupplement, read_supplement_text
from rules_engine.supplements.patterns import spaced

TO_THE_END = {
    "columns._GAP": "one blank after another, of which the first match takes all",
    "columns._RULE": "matched once for each line, at its start",
    "documents._DOCUMENT": "matched at the starts of lines",
    "gathering._FOOTNOTE": "all of a line, with nothing to match behind it",
    "labels._WORD": "the words of the names of fields, and of no sheet",
    "year_ends._SENTENCE": "all up to a full stop, with nothing to match behind it",
}
"""Patterns that repeat without a bound, and why they take no more than one step for each sign."""


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.iter_modules(rules_engine.supplements.__path__):
        loaded = importlib.import_module(f"rules_engine.supplements.{module.name}")
        for name, value in vars(loaded).items():
            for found in found_in(value):
                yield f"{module.name}.{name}", found


def found_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from found_in(each)


def most_repeated(parsed: Any) -> Iterator[int]:
    """Give how often each part of a pattern may repeat."""
    for operation, given in parsed:
        if operation in (constants.MAX_REPEAT, constants.MIN_REPEAT):
            yield given[1]
            yield from most_repeated(given[2])
        elif operation is constants.BRANCH:
            for branch in given[1]:
                yield from most_repeated(branch)
        elif operation is constants.SUBPATTERN:
            yield from most_repeated(given[-1])
        elif operation in (constants.ASSERT, constants.ASSERT_NOT):
            yield from most_repeated(given[1])


PATTERNS = dict(patterns())


def test_patterns_are_found() -> None:
    assert len(PATTERNS) > 60
    assert set(TO_THE_END) <= set(PATTERNS)


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_repeats_without_a_bound(name: str) -> None:
    pattern = PATTERNS[name]
    unbounded = constants.MAXREPEAT in most_repeated(parser.parse(pattern.pattern, pattern.flags))
    assert unbounded == (name in TO_THE_END)


def test_a_blank_in_a_pattern_is_any_white_space_and_a_sign_for_none() -> None:
    assert re.fullmatch(spaced("pricing supplement~no"), "pricing\n supplementno")
    assert not re.fullmatch(spaced("pricing supplement"), "pricingsupplement")
    assert spaced("[ ~]") == "[ ~]"


def cusip(number: int) -> str:
    base = f"{100 + number % 900}45{'ABCDEFGH'[number // 900 % 8]}J1"
    return base + str(check_digit(base))


HEADINGS = "CUSIP Number\tCoupon Rate\tCoupon Frequency\tMaturity Date\t1st Coupon Date\tSurvivor's Option\n"


def row(number: int) -> str:
    return f"{cusip(number)}\t5.00%\tMonthly\t12/15/2019\t1/15/2017\tYes\n"


CALLABLE = "Redemption Information: Callable at 100% on 12/15/2017 and monthly thereafter.\n"
LONG: dict[str, Callable[[int], str]] = {
    "rows": lambda count: HEADINGS + "".join(map(row, range(count))),
    "tables": lambda count: "".join(HEADINGS + row(each) + CALLABLE for each in range(count)),
    "headings": lambda count: HEADINGS * count,
    "blocks": lambda count: "".join(
        f"CUSIP: {cusip(n)}\nInterest Rate: 5%\nMaturity: 12/15/2019\n\n" for n in range(count)
    ),
    "notes side by side": lambda count: (
        "CUSIP: | " + " | ".join(map(cusip, range(count))) + "\nRate: |" + " 5% |" * count
    ),
    "names": lambda count: "CUSIP: 02006DLF6\n" + "Interest Rate: 5%\n" * count,
    "names of nothing": lambda count: "CUSIP: 02006DLF6\n" + "Interest Rate:\n" * count,
    "redemption sentences": lambda count: "CUSIP: 02006DLF6\n" + CALLABLE * count,
    "a redemption sentence": lambda count: (
        f"CUSIP: 02006DLF6\nRedemption: {'callable at 100% on 12/15/2017 and ' * count}"
    ),
    "periods": lambda count: f"CUSIP: 02006DLF6\nInterest Rate: {'4% from and including June 15, 2011; ' * count}",
    "boxes": lambda count: f"CUSIP: 02006DLF6\nSurvivor's Option: {'[ ] Yes [X] No ' * count}",
    "colons": lambda count: f"CUSIP: 02006DLF6\n{'a: b: c: ' * count}",
    "settlements": lambda count: (
        HEADINGS + "".join(f"{row(n)}Settlement Date: June {1 + n % 28}, 2011\n" for n in range(count))
    ),
    "cells spanning rows": lambda count: f"<table>{'<tr><td rowspan=50>a' * count}</table>",
    "cells spanning columns": lambda count: (
        f"<table><tr>{'<td colspan=900 rowspan=9>a' * count}<tr>{'<td>b' * count}</table>"
    ),
    "tables within tables": lambda count: "<table><tr><td>" * count + "x" + "</table>" * count,
    "blanks": lambda count: f"CUSIP: 02006DLF6\nRedemption:{' ' * 40 * count}callable",
    "the start of a phrase": lambda count: f"CUSIP: 02006DLF6\nRedemption: {'at the greater of ' * count}",
}


@pytest.mark.parametrize("kind", LONG)
def test_four_times_the_text_takes_about_four_times_as_long(kind: str) -> None:
    times = [min(taken(LONG[kind](count)) for _ in range(2)) for count in (200, 800)]
    assert times[1] < 10 * max(times[0], 0.02)


def taken(text: str) -> float:
    began = process_time()
    with suppress(NoNoteFound, UnreadableSupplement):
        read_supplement_text(text.encode())
    return process_time() - began
