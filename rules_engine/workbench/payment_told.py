"""How a payment came about, in sentences: which day it is due, which day cash moves, what it comes to."""

from __future__ import annotations

from datetime import date, timedelta

from rules_engine.dates.calendars import ONE_DAY
from rules_engine.dates.day_counts import days
from rules_engine.dates.interest import period_accruing
from rules_engine.deciding.case import Case, PaymentCase, RequestCase
from rules_engine.deciding.schedule import Schedule
from rules_engine.model.decisions import Decision, Payment
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.money import Money
from rules_engine.model.values import Missing
from rules_engine.model.wire import payment_to_json

_PER_1000 = Money.parse("1000.00")


def payment_told(case: Case, decision: Decision) -> tuple[str, ...]:
    """Tell in order how a decision's payment was worked out; nothing where no money moves."""
    payment = decision.payment
    if payment is None:
        return ()
    return (
        *_due(case, payment.due_on),
        _cash(case.schedule, payment.due_on, payment.pay_on, _kind(case)),
        _interest(case.schedule, payment, _interest_on(case, payment)),
        _total(payment),
        *(("The issuer may choose to purchase the note instead, at that price.",) if _may_purchase(payment) else ()),
    )


def _kind(case: Case) -> PaymentKind:
    """Name the kind of payment, as conventions are given for it."""
    if isinstance(case, RequestCase):
        return PaymentKind.REPAYMENT
    return case.due.kind if isinstance(case, PaymentCase) else PaymentKind.REDEMPTION


def _due(case: Case, due_on: date) -> tuple[str, ...]:
    if isinstance(case, PaymentCase):
        scheduled = case.schedule.scheduled_maturity
        if due_on == case.note.maturity != scheduled:
            moved = f"{_named(scheduled)} moved to a business day"
            return (f"The payment falls due on {_named(due_on)}, the maturity printed: {moved}.",)
        return (f"The payment falls due on {_named(due_on)}, as scheduled.",)
    if not isinstance(case, RequestCase):
        return (f"The notice redeems on {_named(due_on)}, a scheduled redemption date.",)
    after = case.terms.days_after_acceptance
    earliest = case.on + timedelta(days=after)
    reached = "the note's maturity" if due_on == case.note.maturity else "the first interest date on or after that day"
    return (
        f"Accepted as of {_named(case.on)}; {after} calendar days later is {_named(earliest)}.",
        f"The repayment is due on {_named(due_on)}, {reached}.",
    )


def _cash(schedule: Schedule, due_on: date, pay_on: date, kind: PaymentKind) -> str:
    """Say on which day cash moves, and which days in between it could not."""
    code, convention = schedule.calendar.code, schedule.convention(due_on, kind)
    if pay_on == due_on:
        open_or_not = "is a business day" if schedule.calendar.is_business_day(due_on) else "is no business day"
        return f"{_named(due_on)} {open_or_not} of calendar {code}; by convention `{convention}` cash moves that day."
    step = ONE_DAY if pay_on > due_on else -ONE_DAY
    closed = [due_on + step * n for n in range(abs((pay_on - due_on).days))]
    told = ", ".join(_named(day) for day in closed if not schedule.calendar.is_business_day(day))
    runs_on = schedule.is_interest_date(due_on) and schedule.period_of(due_on).accrual_end == pay_on
    accrues = "interest runs to that day" if runs_on else "no interest accrues for the delay"
    return (
        f"Not open in calendar {code}: {told}. By convention `{convention}` cash moves on {_named(pay_on)}; {accrues}."
    )


def _interest_on(case: Case, payment: Payment) -> Money:
    if isinstance(case, PaymentCase):
        return case.principal
    return payment.principal or _PER_1000


def _interest(schedule: Schedule, payment: Payment, principal: Money) -> str:
    """Say for which days interest is paid, and what it comes to."""
    if schedule.is_interest_date(payment.due_on):
        period = schedule.period_of(payment.due_on)
        start, end, counted = period.accrual_start, period.accrual_end, period.days
    else:
        start, end = period_accruing(schedule.periods, payment.due_on).accrual_start, payment.due_on
        counted = days(schedule.period_of(payment.due_on).day_count, start, end)
    if schedule.note.pays_no_interest:
        return "The note has no coupon: there is no interest."
    rate = schedule.rate(payment.due_on)
    assert not isinstance(rate, Missing)  # a payment has been worked out by it
    holder = payment.interest_to.replace("holder of", "the holder of")
    to = f" It goes to {holder}." if holder else ""
    return (
        f"Interest from {start} to {end}, not including that day: {counted} days of "
        f"{schedule.period_of(payment.due_on).day_count} at {rate:f} per cent a year on {principal} is "
        f"{schedule.interest(principal, payment.due_on)}.{to}"
    )


def _total(payment: Payment) -> str:
    written = payment_to_json(payment) or {}
    if payment.per_1000 is not None:
        return f"In all, for each {_PER_1000} at {written['price']} per cent: {payment.per_1000[1]}."
    if payment.principal is None or not payment.principal.amount:
        return f"In all: {payment.total}, interest alone."
    return (
        f"In all: {payment.principal} at {written['price']} per cent, and {payment.interest} interest: {payment.total}."
    )


def _may_purchase(payment: Payment) -> bool:
    return payment.settlement == "repay or repurchase"


def _named(day: date) -> str:
    return f"{day:%A} {day}"
