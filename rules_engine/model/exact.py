"""Decimals that come out the same whatever decimal context a plugin, a thread or an embedding program has set.

Decimal's own operators round, and raise, as the thread's context says: its precision, its rounding, its traps. Money
and rates never ask it. What is worked out here is exact, or rounded by name; what needs many digits says how many.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from decimal import (
    MAX_EMAX,
    MAX_PREC,
    MIN_EMIN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)


def _context(digits: int) -> Context:
    # every field is given: what is left out follows `decimal.DefaultContext`, which anybody may change
    return Context(
        prec=digits,
        rounding=ROUND_HALF_EVEN,
        Emin=MIN_EMIN,
        Emax=MAX_EMAX,
        capitals=1,
        clamp=0,
        flags=[],
        traps=[InvalidOperation, DivisionByZero, Overflow],
    )


_EXACT = _context(MAX_PREC)


def plus(one: Decimal, other: Decimal) -> Decimal:
    """Add two numbers, to the last digit; minus nothing and nothing make nothing."""
    return _EXACT.add(one, other)


def minus(one: Decimal, other: Decimal) -> Decimal:
    """Take one number off another, to the last digit."""
    return _EXACT.subtract(one, other)


def hundredths(count: int | Decimal) -> Decimal:
    """Give so many hundredths of one: 428 cents are 4.28, and 25 basis points 0.25."""
    return _EXACT.scaleb(Decimal(count), -2)


def rounded_half_up(number: Decimal, places: int) -> Decimal:
    """Round a number to so many decimals, halves away from zero."""
    return number.quantize(Decimal((0, (1,), -places)), ROUND_HALF_UP, _EXACT)


def plain(number: Decimal) -> Decimal:
    """Drop zeros that say nothing, so that 3.500 and 3.5 are one; 100 stays 100, and is not 1E+2."""
    return Decimal(plain_text(number))


def plain_text(number: Decimal) -> str:
    """Write a number without an exponent, and without zeros that say nothing: 100, 100.0 and 1E+2 are one text."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def working_with(digits: int) -> AbstractContextManager[Context]:
    """Have Decimal's operators work with so many significant digits, halves to even, and by no wish of the caller's."""
    return localcontext(_context(digits))
