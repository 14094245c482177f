"""Money: whole cents of a currency, rounded once, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Self

from rules_engine.model.exact import hundredths


@dataclass(frozen=True, slots=True, order=True, init=False)
class Money:
    """A whole number of cents of one currency.

    Raises TypeError for a Decimal or any other number: whoever has dollars says so, by `parse`, and whoever
    has parts of a cent says how they are rounded.
    """

    cents: int
    currency: str = "USD"

    def __init__(self, cents: int, currency: str = "USD") -> None:
        if type(cents) is not int:
            raise TypeError(f"money is made of whole cents, not of {cents!r}")
        # what a frozen dataclass does for itself, in half the time: no value is made more often
        _set_cents(self, cents)
        _set_currency(self, currency)

    @classmethod
    def parse(cls, text: str, currency: str = "USD") -> Self:
        """Read `25000.00` as written on the wire; raise ValueError for anything but digits and up to two decimals."""
        digits = text.removeprefix("-")
        whole, dot, cents = digits.partition(".")
        if not (whole.isascii() and whole.isdigit()) or (dot and not (cents.isascii() and cents.isdigit())):
            raise ValueError(f"`{text}` is not an amount of money")
        if len(cents) > 2:
            raise ValueError(f"`{text}` has more than two decimals")
        if len(whole) > 15:
            raise ValueError(f"`{text}` is larger than any note")
        in_cents = int(whole) * 100 + int(cents.ljust(2, "0"))
        return cls(-in_cents if text.startswith("-") else in_cents, currency)

    @classmethod
    def from_cents(cls, cents: int, currency: str = "USD") -> Self:
        """Make money of a whole number of cents."""
        return cls(cents, currency)

    @property
    def amount(self) -> Decimal:
        """The amount in units of the currency, with two decimals."""
        return hundredths(self.cents)

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + self._same(other).cents, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - self._same(other).cents, self.currency)

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
        return other

    @property
    def wire(self) -> str:
        """The amount as it crosses a border: `25000.00`."""
        cents = self.cents
        return f"{cents // 100}.{cents % 100:02d}" if cents >= 0 else f"-{-cents // 100}.{-cents % 100:02d}"

    def __str__(self) -> str:
        """The amount as a person reads it: `$25,000` or `$4.28`."""
        sign = "$" if self.currency == "USD" else f"{self.currency} "
        whole, cents = divmod(abs(self.cents), 100)
        text = f"{sign}{whole:,}.{cents:02d}" if cents else f"{sign}{whole:,}"
        return f"-{text}" if self.cents < 0 else text


_set_cents: Callable[[Money, int], None] = vars(Money)["cents"].__set__
_set_currency: Callable[[Money, str], None] = vars(Money)["currency"].__set__


def round_half_up_to_cents(exact: Fraction) -> int:
    """Round exact units of currency to whole cents, halves away from zero.

    Money is rounded nowhere but in `half_up`; the seed's printed coupons ($4.28 of 4.2777...,
    $5.19 of 5.1944...) fit it.
    """
    return half_up(exact.numerator * 100, exact.denominator)


def half_up(numerator: int, denominator: int) -> int:
    """Round an exact fraction with a positive denominator to a whole number, halves away from zero."""
    rounded = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -rounded if numerator < 0 else rounded
