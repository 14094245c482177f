"""Money: whole cents, the same in every decimal context."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Callable
from decimal import Context, Decimal

import pytest

from rules_engine.model.money import Money
from tests.decimal_contexts import HOSTILE, in_another_thread, under

CONTEXTS = pytest.mark.parametrize("context", HOSTILE.values(), ids=HOSTILE)

LARGEST = 99_999_999_999_999_999
"""The cents of fifteen nines and ninety-nine cents, which is as much as may be written."""


def shown(money: Money) -> tuple[object, ...]:
    """Give all that a money can be asked for."""
    return money.cents, str(money.amount), money.wire, str(money), repr(money), hash(money)


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("0", 0),
        ("-0.00", 0),
        ("0.01", 1),
        ("-0.01", -1),
        ("0.1", 10),
        ("0.10", 10),
        ("25000.00", 2_500_000),
        ("999999999999999.99", LARGEST),
    ],
)
def test_an_amount_that_is_written_is_so_many_cents(written: str, cents: int) -> None:
    assert Money.parse(written) == Money.from_cents(cents) == Money(cents)


@pytest.mark.parametrize(
    "written", ["", "-", ".", ".5", "1.", "1.005", "1e3", "+1", "1,000", " 1", "--1", "NaN", "1" * 16]
)
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"amount|decimals|larger"):
        Money.parse(written)


@pytest.mark.parametrize(
    ("cents", "amount", "wire", "read"),
    [
        (0, "0.00", "0.00", "$0"),
        (1, "0.01", "0.01", "$0.01"),
        (-1, "-0.01", "-0.01", "-$0.01"),
        (99, "0.99", "0.99", "$0.99"),
        (100, "1.00", "1.00", "$1"),
        (428, "4.28", "4.28", "$4.28"),
        (2_500_000, "25000.00", "25000.00", "$25,000"),
        (-123_456_789, "-1234567.89", "-1234567.89", "-$1,234,567.89"),
        (LARGEST, "999999999999999.99", "999999999999999.99", "$999,999,999,999,999.99"),
    ],
)
def test_cents_are_shown_as_an_amount(cents: int, amount: str, wire: str, read: str) -> None:
    money = Money.from_cents(cents)
    assert (str(money.amount), money.wire, str(money)) == (amount, wire, read)


def test_another_currency_is_named() -> None:
    assert str(Money.parse("-1234.50", "EUR")) == "-EUR 1,234.50"


@pytest.mark.parametrize("other", [Decimal("25000.00"), Decimal(25_000), 25_000.0, "25000.00", True, None])
def test_only_whole_cents_make_money(other: object) -> None:
    with pytest.raises(TypeError, match="whole cents"):
        Money(other)  # type: ignore[arg-type]


def test_money_is_added_taken_off_and_ordered() -> None:
    one, other = Money.parse("0.10"), Money.parse("0.20")
    assert one + other == Money.parse("0.30")
    assert one - other == Money.parse("-0.10")
    assert sorted([other, one, one - other]) == [one - other, one, other]
    assert max(one, other) == other
    assert {one: "kept"}[Money.parse("0.1")] == "kept"


@pytest.mark.parametrize("add", [Money.__add__, Money.__sub__])
def test_two_currencies_do_not_add_up(add: Callable[[Money, Money], Money]) -> None:
    with pytest.raises(ValueError, match="USD and EUR do not add up"):
        add(Money.parse("1"), Money.parse("1", "EUR"))


def test_money_is_frozen_and_can_be_sent() -> None:
    money = Money.parse("4.28")
    with pytest.raises(dataclasses.FrozenInstanceError):
        money.cents = 429  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(money)) == money


@CONTEXTS
def test_money_is_the_same_in_every_context(context: Context) -> None:
    def reckoned() -> list[tuple[object, ...]]:
        amounts = [Money.from_cents(LARGEST), Money.parse("123456789.01"), Money.parse("-0.05"), Money.parse("0")]
        return [shown(each + other - amounts[1]) for each in amounts for other in amounts]

    expected = reckoned()
    assert under(context, reckoned) == expected
    assert in_another_thread(context, reckoned) == expected
