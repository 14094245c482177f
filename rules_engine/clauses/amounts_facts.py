"""The facts an amount is worked out by: at what rate interest accrues, and what principal is paid at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.deciding.case import Case
from rules_engine.deciding.declaring import fact
from rules_engine.model.values import Kind, Missing
from rules_engine.rulebook.vocabulary import Fact

RATE_OF_INTEREST = "rate of interest"
PRICE_PAID = "price paid"


def rate_of_interest(due_on: Callable[[Any], date]) -> Fact:
    """Declare the rate for cases whose payment is due on the day that `due_on` gives."""

    @fact(RATE_OF_INTEREST, Kind.PERCENT, about="standing")
    def rate(case: Case) -> Decimal | Missing:
        """The yearly rate in force in the period paid for; unknown while a floating period's index is not set."""
        return case.schedule.rate(due_on(case))

    return rate


def price_paid(price: Callable[[Any], Decimal | Missing]) -> Fact:
    """Declare the price for cases whose principal is paid at what `price` gives."""

    @fact(PRICE_PAID, Kind.PERCENT, about="standing")
    def paid(case: Case) -> Decimal | Missing:
        """What principal is paid at, in per cent of it; before maturity a discount note pays its amortised face."""
        return price(case)

    return paid
