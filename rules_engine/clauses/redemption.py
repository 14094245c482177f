"""The issuer's call: the note is redeemed before maturity at the issuer's choice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import get_args

from rules_engine.dates.redemptions import date_served, days_of_notice, is_call_date
from rules_engine.deciding.case import Asked, CallCase, Case, Clause
from rules_engine.deciding.declaring import by_name, fact
from rules_engine.deciding.schedule import at_price
from rules_engine.model import events
from rules_engine.model.decisions import Payment
from rules_engine.model.money import Money
from rules_engine.model.notes import Notice
from rules_engine.model.values import Kind, Missing
from rules_engine.rulebook.vocabulary import ClauseWords, TermWord

_NO_NOTICE = Notice(minimum_days=0)
_PER_1000 = Money.from_cents(100_000)


@fact("note can be called", Kind.YES_NO, about="note")
def note_can_be_called(case: CallCase) -> bool:
    """Whether the pricing supplement gives the issuer a call."""
    return case.note.call is not None


@fact("redemption terms are known", Kind.YES_NO, about="note")
def redemption_terms_known(case: Case) -> bool:
    """Whether anybody has read if, and how, the note may be called; a note that cannot be called is known too."""
    return case.note.redemption_known


@fact("call style", Kind.WORD, words=("European", "Bermudan", "American", "none"), about="note")
def call_style(case: CallCase) -> str:
    """Whether the note can be called on one day, on listed days, or on any day from the first."""
    return "none" if case.note.call is None else case.note.call.style


@fact("redemption date", Kind.DATE)
def redemption_date(case: CallCase) -> date:
    """The scheduled day the notice names for redemption."""
    return case.notice.redeem_on


@fact("redemption date is a call date", Kind.YES_NO)
def is_a_call_date(case: CallCase) -> bool:
    """Whether the note may be called for the day the notice names; the maturity date is never one."""
    call = case.note.call
    return call is not None and is_call_date(
        call,
        case.notice.redeem_on,
        coupon_dates=case.schedule.interest_dates,
        maturity=case.note.maturity,
        calendar=case.schedule.calendar,
        roll_day=case.note.roll_day,
    )


@fact("days of notice", Kind.DAYS)
def days_of_notice_given(case: CallCase) -> int:
    """Days from the notice to the scheduled redemption date, the day of notice excluded, counted as the note asks."""
    return days_of_notice(case.notice.notice_given_on, case.notice.redeem_on, _notice(case), case.schedule.calendar)


@fact("minimum notice", Kind.DAYS, about="note")
def minimum_notice(case: CallCase) -> int:
    """The least number of days of notice the note asks for; zero when it asks for none."""
    return _notice(case).minimum_days


@fact("days short of the minimum notice", Kind.DAYS)
def days_short(case: CallCase) -> int:
    """By how many days the notice is too short; zero when it is long enough."""
    return max(0, _notice(case).minimum_days - int(days_of_notice_given.work_out(case)))


@fact("days past the maximum notice", Kind.DAYS)
def days_past(case: CallCase) -> int:
    """By how many days the notice is too early; zero when it is not, or no maximum is set."""
    maximum = _notice(case).maximum_days
    return 0 if maximum is None else max(0, int(days_of_notice_given.work_out(case)) - maximum)


@fact("redemption date served", Kind.TEXT)
def redemption_date_served(case: CallCase) -> str:
    """The first call date for which a notice given that day is long enough, or that there is none."""
    call = case.note.call
    served = None
    if call is not None:
        served = date_served(
            call,
            case.notice.notice_given_on,
            coupon_dates=case.schedule.interest_dates,
            maturity=case.note.maturity,
            calendar=case.schedule.calendar,
            roll_day=case.note.roll_day,
        )
    return "no later call date" if served is None else served.isoformat()


@fact("notice given after it was received", Kind.YES_NO)
def given_after_received(case: CallCase) -> bool:
    """Whether the notice names a day of giving that lies after the day this event was received."""
    return case.notice.notice_given_on > case.notice.received_on


@fact("price is the call price", Kind.YES_NO)
def price_is_the_call_price(case: CallCase) -> bool | Missing:
    """Whether the price in the notice is the price at which the note may be called."""
    if case.notice.price is None:
        return Missing(("price",))
    return case.note.call is not None and case.notice.price == case.note.call.price


@fact("call price", Kind.PERCENT, about="note")
def call_price(case: CallCase) -> Decimal:
    """The price at which the note may be called, in per cent of principal."""
    return Decimal(100) if case.note.call is None else case.note.call.price


@fact("principal called", Kind.WORD, words=("whole", "part"))
def principal_called(case: CallCase) -> str:
    """Whether the notice redeems the whole note or part of it."""
    return "whole" if case.notice.principal == "all" else "part"


@fact("amount that may be called", Kind.WORD, words=("whole", "whole or part", "not printed"), about="note")
def amount_that_may_be_called(case: CallCase) -> str:
    """Whether the note may be called in part; `not printed` when its supplement does not say."""
    return (case.note.call.amount if case.note.call else "") or "not printed"


@fact("called in whole multiples", Kind.YES_NO, terms=("multiple",))
def called_in_whole_multiples(case: CallCase) -> bool:
    """Whether a part called is a whole multiple of the amount notes are redeemed in."""
    multiple: Money = case.term("multiple")
    return not isinstance(case.notice.principal, Money) or case.notice.principal.cents % multiple.cents == 0


@fact("notified", Kind.WORDS, words=get_args(events.Notified))
def notified(case: CallCase) -> frozenset[str] | Missing:
    """To whom the notice was given."""
    stated = case.notice.notified
    return Missing(("notified",)) if stated is None else frozenset(stated)


@fact("note is already called", Kind.YES_NO, about="standing")
def already_called(case: CallCase) -> bool:
    """Whether an earlier notice already redeems the whole note on or before this redemption date."""
    redeemed_on = case.standing.redeemed_on(case.note.cusip)
    return redeemed_on is not None and redeemed_on <= case.notice.redeem_on


def _notice(case: CallCase) -> Notice:
    return _NO_NOTICE if case.note.call is None else case.note.call.notice_asked


def _asked(case: CallCase) -> Asked:
    principal = case.notice.principal
    return Asked(requested=principal if isinstance(principal, Money) else None)


def _pay(case: CallCase, accepted: Money | None) -> Payment:
    """Redeem at the call price with interest accrued to the scheduled redemption date."""
    due_on = case.notice.redeem_on
    price = case.note.call.price if case.note.call else Decimal(100)
    principal = accepted or _PER_1000
    interest = case.schedule.interest(principal, due_on)
    total = at_price(principal, price) + interest
    return Payment(
        due_on=due_on,
        pay_on=case.schedule.pay_on(due_on, "redemption"),
        principal=accepted,
        price=price,
        interest=interest if accepted else None,
        total=total if accepted else None,
        per_1000=None if accepted else (interest, total),
    )


FACTS = (
    note_can_be_called,
    redemption_terms_known,
    call_style,
    redemption_date,
    is_a_call_date,
    days_of_notice_given,
    minimum_notice,
    days_short,
    days_past,
    redemption_date_served,
    given_after_received,
    price_is_the_call_price,
    call_price,
    principal_called,
    amount_that_may_be_called,
    called_in_whole_multiples,
    notified,
    already_called,
)

TERM_WORDS = (TermWord(name="multiple", kind=Kind.MONEY, meaning="A part called is a whole multiple of this amount."),)

REDEMPTION = Clause(
    words=ClauseWords(clause="redemption", facts=by_name(FACTS), terms=by_name(TERM_WORDS), payment=by_name(())),
    answers=(events.CallNoticed,),
    asked=_asked,
    pay=_pay,
)
