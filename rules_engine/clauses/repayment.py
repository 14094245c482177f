"""When a survivor is repaid, and with how much."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from rules_engine.clauses.amounts_facts import price_paid, rate_of_interest
from rules_engine.deciding.case import Asked, RequestCase
from rules_engine.deciding.schedule import at_price
from rules_engine.model.decisions import Payment
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.money import Money
from rules_engine.model.values import Kind
from rules_engine.rulebook.vocabulary import TermWord

PAYMENT_WORDS = (
    TermWord(
        name="days after acceptance",
        kind=Kind.NUMBER,
        meaning="Repayment is due on the first interest date at least this many calendar days after acceptance, "
        "or at maturity if that comes first.",
        required=True,
    ),
    TermWord(name="price", kind=Kind.PERCENT, meaning="What is repaid, in per cent of principal.", required=True),
    TermWord(
        name="settlement",
        kind=Kind.WORD,
        words=("repay", "repay or repurchase"),
        meaning="Whether the note is repaid, or the issuer may choose to purchase it instead at the same price; "
        "repaid where nothing is said.",
    ),
)


def repayment_due_on(case: RequestCase) -> date:
    """Give the scheduled day of repayment if the request were accepted on the day of this case."""
    earliest = case.on + timedelta(days=int(case.rule_set.payment["days after acceptance"]))  # type: ignore[arg-type]  # typed NUMBER
    return case.schedule.first_interest_date(earliest)


def repayment_price(case: RequestCase) -> Decimal:
    """Give what is repaid in per cent of principal: the prospectus's price, or a discount note's amortised face."""
    price: Decimal = case.rule_set.payment["price"]  # type: ignore[assignment]  # typed PERCENT
    return case.schedule.early_price(repayment_due_on(case), price)


FACTS = (rate_of_interest(repayment_due_on), price_paid(repayment_price))
"""What a repayment is worked out by."""


def asked(case: RequestCase) -> Asked:
    """Tell the principal this answer may accept: the request, less what earlier answers settled."""
    return Asked(
        requested=still_asked(case),
        increment=case.term("multiple"),
        whole_or_nothing=case.term("partial fit") == "whole tender or nothing",
    )


def still_asked(case: RequestCase) -> Money:
    """Give the principal a request already on the ledger still waits for."""
    if case.earlier is None:
        return case.asked.principal
    settled_in_part = case.earlier.waiting.amount or case.earlier.repayments
    return case.earlier.waiting if settled_in_part else case.asked.principal


def pay(case: RequestCase, accepted: Money | None) -> Payment | None:
    """Repay the principal accepted, with interest accrued to the day it is due."""
    if accepted is None or not accepted.amount:
        return None
    due_on = repayment_due_on(case)
    price = repayment_price(case)
    interest = case.schedule.interest(accepted, due_on)
    return Payment(
        due_on=due_on,
        pay_on=case.schedule.pay_on(due_on, PaymentKind.REPAYMENT),
        principal=accepted,
        price=price,
        interest=interest,
        total=at_price(accepted, price) + interest,
        interest_to=case.schedule.interest_to(due_on, PaymentKind.REPAYMENT),
        settlement=str(case.rule_set.payment.get("settlement", "")),
    )
