"""Decimal contexts that no answer may depend on: of few digits, odd roundings, and traps on everything."""

from __future__ import annotations

import decimal
import threading
from collections.abc import Callable
from decimal import Context
from typing import TypeVar

T = TypeVar("T")

EVERY_SIGNAL = [
    decimal.Clamped,
    decimal.DivisionByZero,
    decimal.FloatOperation,
    decimal.Inexact,
    decimal.InvalidOperation,
    decimal.Overflow,
    decimal.Rounded,
    decimal.Subnormal,
    decimal.Underflow,
]

HOSTILE = {
    "one digit, away from zero": Context(prec=1, rounding=decimal.ROUND_UP),
    "two digits, down": Context(prec=2, rounding=decimal.ROUND_FLOOR, traps=[]),
    "three digits, up": Context(prec=3, rounding=decimal.ROUND_CEILING),
    "four digits, towards zero": Context(prec=4, rounding=decimal.ROUND_DOWN),
    "five digits, to 0 and 5": Context(prec=5, rounding=decimal.ROUND_05UP),
    "usual digits, halves down": Context(prec=28, rounding=decimal.ROUND_HALF_DOWN),
    "more digits than ever": Context(prec=90, rounding=decimal.ROUND_UP),
    "everything traps": Context(prec=2, rounding=decimal.ROUND_UP, traps=EVERY_SIGNAL),
    "nothing may have an exponent": Context(prec=3, Emin=0, Emax=0, capitals=0, clamp=1, traps=EVERY_SIGNAL),
}
"""Each by what is odd about it."""


def under(context: Context, ask: Callable[[], T]) -> T:
    """Ask in a context of the thread's own, and leave the context as it was."""
    with decimal.localcontext(context):
        return ask()


def in_another_thread(context: Context, ask: Callable[[], T]) -> T:
    """Ask in a new thread, whose context is its own."""
    answers: list[T] = []
    thread = threading.Thread(target=lambda: answers.append(under(context, ask)))
    thread.start()
    thread.join()
    (answer,) = answers
    return answer
