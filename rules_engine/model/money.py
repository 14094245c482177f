"""Money: a Decimal amount in a currency, rounded once, by name, to the cent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Self

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of one currency, exact to the cent."""

    amount: Decimal
    currency: str = "USD"

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
        try:
            return cls(Decimal(text).quantize(CENT), currency)
        except InvalidOperation as fault:
            raise ValueError(f"`{text}` is not an amount of money") from fault

    @classmethod
    def from_cents(cls, cents: int, currency: str = "USD") -> Self:
        """Make money of a whole number of cents."""
        return cls(cents * CENT, currency)

    @property
    def cents(self) -> int:
        """The amount in whole cents."""
        return int(self.amount * 100)

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other).amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same(other).amount, self.currency)

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
        return other

    @property
    def wire(self) -> str:
        """The amount as it crosses a border: `25000.00`."""
        return f"{self.amount:.2f}"

    def __str__(self) -> str:
        """The amount as a person reads it: `$25,000` or `$4.28`."""
        sign = "$" if self.currency == "USD" else f"{self.currency} "
        text = f"{abs(self.amount):,.2f}".removesuffix(".00")
        return f"-{sign}{text}" if self.amount < 0 else f"{sign}{text}"


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
