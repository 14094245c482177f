"""From an event to the case it is decided on: its note, its edition of the rules, its notice."""

from __future__ import annotations

from dataclasses import dataclass

from rules_engine.clauses import (
    PARTIAL_REDEMPTION,
    PAYMENT_DAYS,
    REDEMPTION,
    RESCISSION,
    SURVIVORS_OPTION,
    WITHDRAWAL,
)
from rules_engine.deciding.deciding import Besides
from rules_engine.deciding.schedule import Schedule
from rules_engine.deciding.unruled import NOTHING_ELSE, RestsOn, referred
from rules_engine.host.cases import (
    Asking,
    Opened,
    Prepared,
    call_opened,
    lot_opened,
    payment_opened,
    request_opened,
    rescission_opened,
    withdrawal_opened,
)
from rules_engine.host.preparing import Preparing
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Finding
from rules_engine.model.events import CallNoticed, CallRescinded, Event, LotteryDrawn, PaymentDue, WithdrawalRequested
from rules_engine.model.money import Money
from rules_engine.rulebook.rules import RuleSet
from rules_engine.standing.requests import Request
from rules_engine.standing.standing import Standing


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A note's schedule, and the rule set on payment days it was made by."""

    schedule: Schedule
    days: RuleSet


class CaseOpener:
    """Opens cases on what is made ready of one rule book."""

    def __init__(self, preparing: Preparing) -> None:
        self._preparing = preparing

    def knows(self, programme: str) -> bool:
        """Tell whether the rule book has a programme."""
        return programme in self._preparing.programmes

    def schedule(self, cusip: str) -> Scheduled | Finding:
        """Give a note's schedule, its call completed with the notice of its prospectus, or why there is none."""
        prepared = self._preparing.prepare(cusip, PAYMENT_DAYS)
        if isinstance(prepared, Finding):
            return prepared
        called = self._preparing.prepare(cusip, REDEMPTION)
        schedule = prepared.schedule if isinstance(called, Finding) else called.schedule
        return Scheduled(schedule, prepared.days)

    def rests_on(self, cusip: str) -> RestsOn:
        """Name what an answer about a note rests on that was given without asking its rules."""
        prepared = self._preparing.prepare(cusip, PAYMENT_DAYS)
        return NOTHING_ELSE if isinstance(prepared, Finding) else prepared.rests_on

    def option(self, cusip: str) -> Prepared | Finding:
        """Make a note ready under its survivor's option, or say why it cannot be."""
        return self._preparing.prepare(cusip, SURVIVORS_OPTION)

    def request(self, event: Event, asking: Asking, standing: Standing, besides: Besides) -> Opened | Finding:
        """Open the case of a request, for whatever event asks for it to be decided."""
        prepared = self.option(asking.asked.cusip)
        if isinstance(prepared, Finding):
            return prepared
        return request_opened(prepared, event, asking, standing, besides)

    def withdrawal(
        self, event: WithdrawalRequested, request: Request, standing: Standing, besides: Besides
    ) -> Opened | Finding:
        """Open the case of a request that is to be taken back."""
        prepared = self._preparing.prepare(request.cusip, WITHDRAWAL)
        if isinstance(prepared, Finding):
            return prepared
        return withdrawal_opened(prepared, event, request, standing, besides)

    def call(self, event: CallNoticed, standing: Standing, also: tuple[Finding, ...]) -> Opened | Finding:
        """Open the case of a notice; its id must be its own."""
        if event.notice_id in standing.notices:
            because = f"Another event already gave notice `{event.notice_id}`; a new notice needs an id of its own."
            return referred(Code.NOTICE_ID_USED, because)
        prepared = self._preparing.prepare(event.cusip, REDEMPTION)
        return prepared if isinstance(prepared, Finding) else call_opened(prepared, event, standing, also)

    def payment(
        self,
        event: PaymentDue,
        standing: Standing,
        besides: Besides,
        *,
        principal: Money,
        parts: tuple[tuple[str, Money], ...] = (),
    ) -> Opened | Finding:
        """Open the case of a payment that falls due."""
        prepared = self._preparing.prepare(event.cusip, PAYMENT_DAYS)
        if isinstance(prepared, Finding):
            return prepared
        return payment_opened(prepared, event, standing, besides, principal=principal, parts=parts)

    def rescission(self, event: CallRescinded, standing: Standing, besides: Besides) -> Opened | Finding:
        """Open the case of a notice that is taken back, which rests on the notice accepted earlier."""
        notice = notice_named(event, standing)
        if isinstance(notice, Finding):
            return notice
        prepared = self._preparing.prepare(notice.cusip, RESCISSION)
        if isinstance(prepared, Finding):
            return prepared
        return rescission_opened(prepared, event, notice, standing, besides)

    def lot(self, event: LotteryDrawn, standing: Standing, besides: Besides) -> Opened | Finding:
        """Open the case of a lot, which rests on the notice accepted earlier."""
        notice = notice_named(event, standing)
        if isinstance(notice, Finding):
            return notice
        if event.cusip != notice.cusip:
            because = f"Notice `{event.notice_id}` calls note {notice.cusip}, not {event.cusip}."
            return referred(Code.NOTICE_OF_ANOTHER_NOTE, because)
        prepared = self._preparing.prepare(notice.cusip, PARTIAL_REDEMPTION)
        return prepared if isinstance(prepared, Finding) else lot_opened(prepared, event, notice, standing, besides)


def notice_named(event: CallRescinded | LotteryDrawn, standing: Standing) -> CallNoticed | Finding:
    """Find the accepted notice that a rescission or a lottery result names, or say that there is none."""
    notice = standing.notices.get(event.notice_id)
    if notice is None:
        because = (
            f"No accepted notice of a call `{event.notice_id}` is on the ledger, or more than one programme has it."
        )
        return referred(Code.NOTICE_NOT_KNOWN, because)
    return notice
