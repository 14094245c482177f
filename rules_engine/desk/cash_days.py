"""What is paid on which day: repayments, redemptions, interest and maturities, by the day cash moves.

Every amount is the engine's own answer to `payment_due`, asked of the standing and written nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rules_engine.desk.day import latest_day, pay_day, schedule_of, standings
from rules_engine.host import Host
from rules_engine.model.decisions import Decision, Payment
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.events import CallNoticed, PaymentDue
from rules_engine.model.money import Money
from rules_engine.standing.limits import Scope
from rules_engine.standing.requests import Request
from rules_engine.standing.standing import Standing

DAYS_AHEAD = 31
"""How many days a list looks ahead where nobody says until when."""

LONGEST_MOVE = timedelta(days=15)
"""No business day lies further from the day a payment is due."""

PER = Money.parse("1000.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class CashLine:
    """One payment: when cash moves, how much, and to whom.

    `per_1000` says that amounts are for each $1,000, where how much is held is not known here. Amounts are None where
    they cannot be worked out yet, and `waits_for` says why; a `stopped` one waits for a person. `to` says who gets the
    interest; `request_id`, `owner_ref` and `account_ref` are empty where the payment is to all holders.
    """

    pay_on: date
    due_on: date
    kind: PaymentKind
    programme: str
    cusip: str
    request_id: str = ""
    owner_ref: str = ""
    account_ref: str = ""
    principal: Money | None = None
    interest: Money | None = None
    total: Money | None = None
    per_1000: bool = False
    to: str = ""
    settlement: str = ""
    is_overdue: bool = False
    stopped: bool = False
    provisional: bool = False
    waits_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CashWanted:
    """Which payments are wanted; `first` and `last` are days cash moves, both included; None keeps none out.

    What is overdue on the first day is listed whatever it is.
    """

    first: date | None = None
    last: date | None = None
    programme: str | None = None
    cusip: str | None = None
    kinds: frozenset[PaymentKind] = frozenset(PaymentKind)


def cash_days(host: Host, wanted: CashWanted | None = None) -> list[CashLine]:
    """List payments by the day cash moves, those overdue first; interest and maturities of notes the ledger knows.

    The first day is by default the latest business date on the ledger, the last one a month later.
    """
    wanted = wanted or CashWanted()
    first = wanted.first or latest_day(host.ledger)
    if first is None:
        return []
    wanted = replace(wanted, first=first, last=wanted.last or first + timedelta(days=DAYS_AHEAD))
    found: list[CashLine] = []
    for standing in standings(host, wanted.programme):
        asking = _Asking(host, standing, first)
        for cusip in sorted(_notes_known(standing)):
            if wanted.cusip in (None, cusip):
                found.extend(each for each in _of_note(asking, cusip, wanted) if each.kind in wanted.kinds)
    return sorted(found, key=lambda line: (line.pay_on, line.cusip, line.kind, line.due_on, line.request_id))


def _notes_known(standing: Standing) -> set[str]:
    """Name the notes of which a programme's ledger knows a holder, a call or an amount outstanding."""
    found = {request.cusip for request in standing.requests.values()} | {key.cusip for key in standing.positions}
    found |= set(standing.calls) | {scope.name for scope in standing.reported_days if _is_issue(scope)}
    return found


def _is_issue(scope: Scope) -> bool:
    return scope.covers.value == "issue"


def _of_note(asking: _Asking, cusip: str, wanted: CashWanted) -> Iterator[CashLine]:
    assert wanted.first
    assert wanted.last
    for line in _repayments(asking, cusip):
        if line.pay_on <= wanted.last:
            yield replace(line, is_overdue=line.pay_on < wanted.first)
    redeemed_on = asking.standing.redeemed_on(cusip)
    for line in (*_redemptions(asking, cusip), *_scheduled(asking, cusip, wanted)):
        # a redemption of the whole note is its last payment
        after_the_end = (
            redeemed_on is not None and line.kind is not PaymentKind.REDEMPTION and line.due_on > redeemed_on
        )
        if wanted.first <= line.pay_on <= wanted.last and not after_the_end:
            yield line


class _Asking:
    """Asks the engine what a payment comes to."""

    def __init__(self, host: Host, standing: Standing, day: date) -> None:
        self.host, self.standing, self.day = host, standing, day

    def due(
        self, cusip: str, due_on: date, kind: PaymentKind, principal: Money | None = None, request_id: str | None = None
    ) -> Decision:
        """Give the answer to the question what is due."""
        asked = PaymentDue(
            event_id="",
            received_on=self.day,
            cusip=cusip,
            due_on=due_on,
            kind=kind,
            principal=principal,
            request_id=request_id,
        )
        return self.host.decide(asked, self.standing)[0].decision

    def pay_on(self, cusip: str, due_on: date, kind: PaymentKind) -> date:
        """Give the day cash moves; the day due where no calendar says."""
        return pay_day(schedule_of(self.host, cusip, self.standing), due_on, kind) or due_on

    def line(self, cusip: str, due_on: date, kind: PaymentKind) -> CashLine:
        """Begin a line on a payment."""
        return CashLine(
            pay_on=self.pay_on(cusip, due_on, kind),
            due_on=due_on,
            kind=kind,
            programme=self.standing.programme,
            cusip=cusip,
        )


def _repayments(asking: _Asking, cusip: str) -> Iterator[CashLine]:
    """List what is still to be repaid of a note, request by request."""
    kind = PaymentKind.REPAYMENT
    for request in asking.standing.due_within(cusip, date.min):
        for due_on in sorted({each.due_on for each in request.unpaid}):
            line = replace(
                asking.line(cusip, due_on, kind),
                request_id=request.request_id,
                owner_ref=request.asked.owner_ref or "",
                account_ref=request.asked.account_ref or "",
            )
            yield _with_answer(line, asking.due(cusip, due_on, kind, request_id=request.request_id), request)


def _with_answer(line: CashLine, decision: Decision, request: Request) -> CashLine:
    open_principal = sum(each.open.cents for each in request.unpaid if each.due_on == line.due_on)
    if request.questions:
        principal = Money.from_cents(open_principal)
        return replace(line, principal=principal, stopped=True, waits_for="a person has to decide a question")
    return _paid_as(line, decision)


def _redemptions(asking: _Asking, cusip: str) -> Iterator[CashLine]:
    """List what calls that stand redeem: the part called, or the whole note for each $1,000."""
    standing, kind = asking.standing, PaymentKind.REDEMPTION
    for notice in standing.calls.get(cusip, ()):
        if cusip in standing.ended_notes:
            return
        line, left = asking.line(cusip, notice.redeem_on, kind), _left_of(notice, standing)
        if left is None:
            yield replace(_paid_as(line, asking.due(cusip, notice.redeem_on, kind, PER)), per_1000=True)
        elif left.cents:
            yield _paid_as(line, asking.due(cusip, notice.redeem_on, kind, left))


def _left_of(notice: CallNoticed, standing: Standing) -> Money | None:
    if not isinstance(notice.principal, Money):
        return None
    return notice.principal - Money.from_cents(standing.redemption_paid.of(notice.notice_id))


def _scheduled(asking: _Asking, cusip: str, wanted: CashWanted) -> Iterator[CashLine]:
    """List a note's interest and its maturity for each $1,000."""
    schedule = schedule_of(asking.host, cusip, asking.standing)
    if schedule is None or cusip in asking.standing.ended_notes or not (wanted.first and wanted.last):
        return
    first, last = wanted.first - LONGEST_MOVE, wanted.last + LONGEST_MOVE
    days = () if schedule.note.pays_no_interest else schedule.interest_dates[:-1]
    due = [(day, PaymentKind.INTEREST) for day in days] + [(schedule.note.maturity, PaymentKind.MATURITY)]
    for due_on, kind in due:
        if first <= due_on <= last:
            line = asking.line(cusip, due_on, kind)
            yield replace(_paid_as(line, asking.due(cusip, due_on, kind, PER)), per_1000=True)


def _paid_as(line: CashLine, decision: Decision) -> CashLine:
    """Take amounts from an answer; where it pays nothing, say what it waits for."""
    payment = decision.payment
    if payment is None:
        told = [*decision.decisive, *decision.findings]
        return replace(line, waits_for=told[0].because if told else "", provisional=decision.provisional)
    return replace(
        line,
        pay_on=payment.pay_on,
        principal=_principal_of(payment, line.kind),
        interest=payment.interest,
        total=payment.total,
        to=payment.interest_to,
        settlement=payment.settlement,
        provisional=decision.provisional,
    )


def _principal_of(payment: Payment, kind: PaymentKind) -> Money | None:
    return Money.from_cents(0) if kind is PaymentKind.INTEREST else payment.principal
