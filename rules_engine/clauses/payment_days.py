"""Payment days: on which day cash moves for a payment that falls due, and how much."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from rules_engine.clauses.amounts_facts import price_paid, rate_of_interest
from rules_engine.clauses.call_terms import exact_price, quoted_price
from rules_engine.clauses.make_whole import is_made_whole
from rules_engine.clauses.redemption_facts import redemption_terms_known
from rules_engine.dates.redemptions import is_call_date
from rules_engine.deciding.case import Asked, Clause, PaymentCase
from rules_engine.deciding.declaring import by_name, fact
from rules_engine.deciding.schedule import Schedule, at_price
from rules_engine.model import events
from rules_engine.model.decisions import Part, Payment
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.events import CallNoticed
from rules_engine.model.money import Money
from rules_engine.model.note_words import Convention
from rules_engine.model.values import Kind, Missing
from rules_engine.rulebook.note_days import PAYMENT_DAYS as CLAUSE
from rules_engine.rulebook.note_days import WORDS
from rules_engine.rulebook.vocabulary import ClauseWords, TermWord

Priced = Callable[[Schedule, CallNoticed], Decimal | Missing]

_WITHIN_THE_YEAR = (
    f"`{Convention.FOLLOWING_WITHIN_THE_YEAR}` is the next business day, "
    "but the one before where the next falls in the next calendar year."
)
_MEANINGS = {
    "calendar": "The calendar, by its code in the calendars folder, that says which days are business days.",
    "interest convention": "To which business day interest moves when it falls due on another day; "
    f"a survivor's repayment too. {_WITHIN_THE_YEAR}",
    "maturity convention": f"To which business day the payment at maturity moves. {_WITHIN_THE_YEAR}",
    "redemption convention": f"To which business day the payment of a called note moves. {_WITHIN_THE_YEAR}",
    "accrual": "Whether interest stops on the scheduled day (unadjusted) or runs to the day cash moves (adjusted).",
    "accrual at maturity": "Whether interest stops on the maturity date or runs to the day cash moves; "
    "as in every other period where nothing is said.",
    "day count": "How days are counted for interest.",
    "floating interest convention": "To which business day interest moves once a note floats; "
    "as before where nothing is said.",
    "floating accrual": "Whether interest stops on the scheduled day once a note floats; "
    "as before where nothing is said.",
    "floating day count": "How days are counted for interest once a note floats; as before where nothing is said.",
    "record date": "The holder of which day gets the interest, counted from the scheduled interest date, "
    "or from the moved one where accrual is adjusted; "
    "at maturity, redemption or repayment whoever gets the principal gets it.",
    "amortised face compounds": "How often the yield compounds that takes a discount note from its issue price to 100.",
}
_REQUIRED = {"calendar", "interest convention", "maturity convention", "redemption convention", "accrual", "day count"}

TERM_WORDS = tuple(
    TermWord(name=name, kind=kind, words=words, meaning=_MEANINGS[name], required=name in _REQUIRED, applied=True)
    for name, (kind, words) in WORDS.items()
)


@fact("kind of payment", Kind.WORD, words=tuple(PaymentKind))
def kind_of_payment(case: PaymentCase) -> str:
    """Interest, maturity, redemption by the issuer, or repayment of a survivor."""
    return str(case.due.kind)


@fact("due date", Kind.DATE)
def due_date(case: PaymentCase) -> date:
    """The scheduled day the payment falls due."""
    return case.due.due_on


@fact("due date is an interest date", Kind.YES_NO)
def due_on_an_interest_date(case: PaymentCase) -> bool:
    """Whether interest is scheduled for the day; maturity is the last interest date, unless there is no interest."""
    no_interest = case.due.kind == PaymentKind.INTEREST and case.note.pays_no_interest
    return case.schedule.is_interest_date(case.due.due_on) and not no_interest


@fact("due date is the maturity date", Kind.YES_NO)
def due_at_maturity(case: PaymentCase) -> bool:
    """Whether the day is the note's maturity date: as printed, or as scheduled where it was printed moved."""
    return case.schedule.is_maturity(case.due.due_on)


@fact("due date is a call date", Kind.YES_NO, about="standing")
def due_on_a_call_date(case: PaymentCase) -> bool:
    """Whether the note may be called for the day, or a notice on record calls it for an event."""
    if _noticed(case) is not None:
        return True
    return case.note.call is not None and is_call_date(
        case.note.call,
        case.due.due_on,
        coupon_dates=case.schedule.interest_dates,
        maturity=case.schedule.called_before,
        calendar=case.schedule.calendar,
        roll_day=case.note.roll_day,
    )


@fact("due date is a business day", Kind.YES_NO)
def due_on_a_business_day(case: PaymentCase) -> bool:
    """Whether the scheduled day is a business day of the note's calendar."""
    return case.schedule.calendar.is_business_day(case.due.due_on)


@fact("note was redeemed before", Kind.YES_NO, about="standing")
def redeemed_before(case: PaymentCase) -> bool:
    """Whether a call already noticed redeems the whole note before the due date."""
    redeemed_on = case.standing.redeemed_on(case.note.cusip)
    return redeemed_on is not None and redeemed_on < case.due.due_on


def _asked(case: PaymentCase) -> Asked:
    return Asked(requested=case.principal)


def _noticed(case: PaymentCase) -> CallNoticed | None:
    """Find the notice on record that calls the note for the due date."""
    calls = case.standing.calls.get(case.note.cusip, ())
    return next((call for call in calls if call.redeem_on == case.due.due_on), None)


def price_of(case: PaymentCase, priced: Priced = exact_price) -> Decimal | Missing:
    """Give what principal is paid at: 100 at maturity; before it a call's price, or a discount note's amortised face.

    A call is paid as its notice says; one of which no notice is on record, by the price printed for
    the day, and a make-whole waits for its notice.
    """
    due, call, notice = case.due, case.note.call, _noticed(case)
    if due.kind in (PaymentKind.INTEREST, PaymentKind.MATURITY):
        return Decimal(100)
    if due.kind == PaymentKind.REPAYMENT or (notice is None and call is None):
        return case.schedule.early_price(due.due_on, Decimal(100))
    if notice is not None:
        return priced(case.schedule, notice)
    assert call is not None  # else it was repaid at par above
    if call.make_whole is not None and is_made_whole(call.make_whole, due.due_on):
        return Missing((f"call_noticed for {due.due_on}",))
    return case.schedule.early_price(due.due_on, call.price_on(due.due_on))


_AMOUNTS = (
    rate_of_interest(lambda case: case.due.due_on),
    price_paid(lambda case: price_of(case, quoted_price)),
)


def _pay(case: PaymentCase, accepted: Money | None) -> Payment:
    """Pay interest alone on an interest date; principal and its interest in every other case.

    Several requests that are due on one day are each paid on what they are due, each rounded by itself.
    """
    due, held = case.due, accepted or case.principal
    exact, quoted = price_of(case), price_of(case, quoted_price)
    if isinstance(exact, Missing) or isinstance(quoted, Missing):
        raise LookupError("the call price is not known yet")
    parts = tuple(_part(case, request_id, principal, exact) for request_id, principal in case.parts)
    whole = _part(case, "", held, exact)
    interest = _sum(part.interest for part in parts) if parts else whole.interest
    total = _sum(part.total for part in parts) if parts else whole.total
    only_interest = due.kind == PaymentKind.INTEREST
    return Payment(
        due_on=due.due_on if due.kind == PaymentKind.INTEREST else case.schedule.principal_due_on(due.due_on),
        pay_on=case.schedule.pay_on(due.due_on, due.kind),
        principal=Money.from_cents(0, held.currency) if only_interest else held,
        price=quoted,
        interest=interest,
        total=interest if only_interest else total,
        interest_to=case.schedule.interest_to(due.due_on, due.kind),
        parts=parts,
    )


def _part(case: PaymentCase, request_id: str, principal: Money, price: Decimal) -> Part:
    interest = case.schedule.interest(principal, case.due.due_on)
    total = at_price(principal, price) + interest
    return Part(request_id=request_id, principal=principal, interest=interest, total=total)


def _sum(amounts: Iterable[Money]) -> Money:
    return Money.from_cents(sum(amount.cents for amount in amounts))


FACTS = (
    kind_of_payment,
    due_date,
    due_on_an_interest_date,
    due_at_maturity,
    due_on_a_call_date,
    redemption_terms_known,
    due_on_a_business_day,
    redeemed_before,
    *_AMOUNTS,
)

PAYMENT_DAYS = Clause(
    words=ClauseWords(clause=CLAUSE, facts=by_name(FACTS), terms=by_name(TERM_WORDS), payment=by_name(())),
    answers=(events.PaymentDue,),
    asked=_asked,
    pay=_pay,
    pays_by=tuple(fact.name for fact in _AMOUNTS),
)
