"""The issuer's call: the note is redeemed before maturity at the issuer's choice, or because of an event."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from rules_engine.clauses.amounts_facts import rate_of_interest
from rules_engine.clauses.call_terms import (
    NOTICE_WORDS,
    exact_price,
    is_worked_out,
    quoted_price,
    right_used,
    to_three_decimals,
)
from rules_engine.clauses.redemption_facts import NOTICE_FACTS
from rules_engine.deciding.case import Asked, CallCase, Clause
from rules_engine.deciding.declaring import by_name, fact
from rules_engine.deciding.schedule import at_price
from rules_engine.model import events
from rules_engine.model.decisions import Payment
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.limits import Covers
from rules_engine.model.money import Money
from rules_engine.model.note_words import CallAmount, PartChosen
from rules_engine.model.notes import Call
from rules_engine.model.values import Kind, Missing
from rules_engine.rulebook.redemption_terms import Word, read_redemption_terms
from rules_engine.rulebook.vocabulary import ClauseWords, TermWord
from rules_engine.standing.limits import Scope

_PER_1000 = Money.from_cents(100_000)

NOT_PRINTED = "not printed"
"""What a fact says where a supplement does not."""


@fact("price is the call price", Kind.YES_NO)
def price_is_the_call_price(case: CallCase) -> bool | Missing:
    """Whether the price in the notice is the price at which the note may be called that day.

    A price that is worked out rather than printed need not be given; a make-whole waits for the yield.
    """
    if right_used(case.note, case.notice) is None:
        return False
    price = quoted_price(case.schedule, case.notice)
    if isinstance(price, Missing):
        return price
    worked_out = is_worked_out(case.note, case.notice)
    if case.notice.price is None:
        return True if worked_out else Missing(("price",))
    return case.notice.price == (to_three_decimals(price) if worked_out else price)


@fact("call price", Kind.PERCENT, about="note")
def call_price(case: CallCase) -> Decimal | Missing:
    """The price at which the note may be called that day, in per cent of principal; a make-whole to three decimals."""
    if right_used(case.note, case.notice) is None:
        return Decimal(100)
    return quoted_price(case.schedule, case.notice)


@fact("principal called", Kind.WORD, words=("whole", "part"))
def principal_called(case: CallCase) -> str:
    """Whether the notice redeems the whole note or part of it."""
    return "whole" if case.notice.principal == "all" else "part"


@fact("amount that may be called", Kind.WORD, words=(*CallAmount, NOT_PRINTED), about="note")
def amount_that_may_be_called(case: CallCase) -> str:
    """Whether the note may be called in part; `not printed` when its supplement does not say."""
    right = right_used(case.note, case.notice)
    return str((right.amount if isinstance(right, Call) else None) or NOT_PRINTED)


@fact("part is chosen", Kind.WORD, words=(*PartChosen, NOT_PRINTED), about="note")
def part_is_chosen(case: CallCase) -> str:
    """How the part called is chosen among holders: `by lot`, `pro rata`, or `not printed`."""
    right = right_used(case.note, case.notice)
    return str((right.part_chosen if isinstance(right, Call) else None) or NOT_PRINTED)


@fact("called in whole multiples", Kind.YES_NO, terms=(Word.MULTIPLE.value,))
def called_in_whole_multiples(case: CallCase) -> bool:
    """Whether a part called is a whole multiple of the amount notes are redeemed in."""
    multiple = case.terms.multiple
    if multiple is None or not isinstance(case.notice.principal, Money):
        return True
    return case.notice.principal.cents % multiple.cents == 0


@fact("fraction called", Kind.SHARE, about="standing")
def fraction_called(case: CallCase) -> Fraction | Missing:
    """What part of every position a pro rata call redeems.

    It is the principal called over the principal of the note that was outstanding on the last day
    reported; a whole call redeems all.
    """
    if case.notice.principal == "all":
        return Fraction(1)
    outstanding = case.standing.last_outstanding(Scope(Covers.ISSUE, case.note.cusip))
    if outstanding is None or not outstanding.cents:
        return Missing((f"outstanding_reported of {case.note.cusip}",))
    return Fraction(case.notice.principal.cents, outstanding.cents)


def redemption_payment(case: CallCase, principal: Money | None) -> Payment:
    """Redeem a principal, or each $1,000, at the call price with interest accrued to the scheduled redemption date.

    The price is rounded where it is shown, never before the amount is.
    """
    due_on, held = case.notice.redeem_on, principal or _PER_1000
    exact, quoted = exact_price(case.schedule, case.notice), quoted_price(case.schedule, case.notice)
    if isinstance(exact, Missing) or isinstance(quoted, Missing):
        raise LookupError("the call price is not known yet")
    interest = case.schedule.interest(held, due_on)
    total = at_price(held, exact) + interest
    return Payment(
        due_on=due_on,
        pay_on=case.schedule.pay_on(due_on, PaymentKind.REDEMPTION),
        principal=principal,
        price=quoted,
        interest=interest if principal else None,
        total=total if principal else None,
        per_1000=None if principal else (interest, total),
        interest_to=case.schedule.interest_to(due_on, PaymentKind.REDEMPTION),
    )


def _asked(case: CallCase) -> Asked:
    principal = case.notice.principal
    return Asked(requested=principal if isinstance(principal, Money) else None)


RATE = rate_of_interest(lambda case: case.notice.redeem_on)

FACTS = (
    *NOTICE_FACTS,
    RATE,
    price_is_the_call_price,
    call_price,
    principal_called,
    amount_that_may_be_called,
    part_is_chosen,
    called_in_whole_multiples,
    fraction_called,
)

MULTIPLE = TermWord(
    name=Word.MULTIPLE.value,
    kind=Kind.MONEY,
    meaning="A part called, or drawn by lot, is a whole multiple of this amount.",
)

REDEMPTION = Clause(
    words=ClauseWords(
        clause="redemption", facts=by_name(FACTS), terms=by_name((MULTIPLE, *NOTICE_WORDS)), payment=by_name(())
    ),
    answers=(events.CallNoticed,),
    asked=_asked,
    read_terms=lambda rule_set, _: read_redemption_terms(rule_set),
    pay=redemption_payment,
    pays_by=(RATE.name, call_price.name),
)
