"""When a survivor is repaid, and with how much."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from rules_engine.clauses.amounts_facts import price_paid, rate_of_interest
from rules_engine.deciding.case import Asked, RequestCase
from rules_engine.deciding.schedule import at_price
from rules_engine.errors import NotPrescribed
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Finding, Outcome, Payment
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.money import Money
from rules_engine.model.values import Kind
from rules_engine.rulebook.option_terms import PartialFit, RepaidOn, Settlement, Word
from rules_engine.rulebook.vocabulary import TermWord

PAYMENT_WORDS = (
    TermWord(
        name=Word.DAYS_AFTER_ACCEPTANCE.value,
        kind=Kind.NUMBER,
        meaning="Repayment is due at least this many calendar days after acceptance, or at maturity if that comes "
        "first.",
        required=True,
    ),
    TermWord(
        name=Word.PRICE.value, kind=Kind.PERCENT, meaning="What is repaid, in per cent of principal.", required=True
    ),
    TermWord(
        name=Word.SETTLEMENT.value,
        kind=Kind.WORD,
        words=tuple(Settlement),
        meaning="Whether the note is repaid, or the issuer may choose to purchase it instead at the same price; "
        "repaid where nothing is said.",
    ),
    TermWord(
        name=Word.REPAID_ON.value,
        kind=Kind.WORD,
        words=tuple(RepaidOn),
        meaning="On which kind of day the repayment is due, the first one once those days have passed; "
        "an interest date where nothing is said.",
    ),
    TermWord(
        name=Word.REPAID_WITHOUT_INTEREST_DATES.value,
        kind=Kind.WORD,
        words=(RepaidOn.BUSINESS_DAY.value,),
        meaning="On which kind of day the repayment of a note that has no interest dates is due; "
        "where nothing is said, a person has to decide.",
    ),
)


def repayment_due_on(case: RequestCase) -> date:
    """Give the scheduled day of repayment if the request were accepted on the day of this case.

    A day that has passed by the day of the event is replaced by the first one still to come.
    """
    due_on = scheduled_repayment(case)
    if due_on >= case.today or due_on == case.note.maturity:
        return due_on
    return _first_day(case, case.today)


def scheduled_repayment(case: RequestCase) -> date:
    """Give the day of repayment as counted from the day of this case, also where it has passed since."""
    return _first_day(case, case.on + timedelta(days=case.terms.days_after_acceptance))


def _first_day(case: RequestCase, earliest: date) -> date:
    """Give the first day on or after another on which the note is repaid; maturity where that comes first.

    Raises NotPrescribed for a note without interest dates, where no term gives the day.
    """
    on = case.terms.repaid_on
    if case.note.pays_no_interest and on is RepaidOn.INTEREST_DATE:
        if case.terms.repaid_without_interest_dates is None:
            raise NotPrescribed(
                Code.NO_DAY_OF_REPAYMENT,
                "the note has no interest dates, and nothing that was read says on which day it is repaid",
            )
        on = case.terms.repaid_without_interest_dates
    if on is RepaidOn.INTEREST_DATE:
        return case.schedule.first_interest_date(earliest)
    if earliest >= case.note.maturity:
        return case.note.maturity
    return min(case.schedule.calendar.on_or_after(earliest), case.note.maturity)


def repayment_price(case: RequestCase) -> Decimal:
    """Give what is repaid in per cent of principal: the prospectus's price, or a discount note's accreted amount."""
    return case.schedule.early_price(repayment_due_on(case), case.terms.price)


FACTS = (rate_of_interest(repayment_due_on), price_paid(repayment_price))
"""What a repayment is worked out by."""


def asked(case: RequestCase) -> Asked:
    """Tell the principal this answer may accept."""
    return Asked(
        requested=case.asking,
        increment=case.terms.multiple,
        whole_or_nothing=case.terms.partial_fit is PartialFit.WHOLE,
    )


def pay(case: RequestCase, accepted: Money | None) -> Payment | None:
    """Repay the principal accepted, with interest accrued to the day it is due."""
    if accepted is None or not accepted.cents:
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
        settlement=case.terms.settlement or "",
    )


def remarks(case: RequestCase, payment: Payment) -> tuple[Finding, ...]:
    """Say of a repayment whose day had passed since when it is late, and why."""
    scheduled = scheduled_repayment(case)
    if payment.due_on == scheduled:
        return ()
    because = (
        f"Counted from {case.on} the repayment was due on {scheduled}; it was decided only on {case.today}, "
        f"and {payment.due_on} is the first day still to come."
    )
    cite = "Life of a request, its own day"
    return (Finding(code=Code.REPAYMENT_IS_LATE, outcome=Outcome.RECORDED, because=because, cite=cite),)
