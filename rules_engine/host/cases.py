"""Cases made of a note that is ready and an event about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from rules_engine.clauses.call_remarks import remarks
from rules_engine.deciding.case import CallCase, Case, Clause, LotteryCase, PaymentCase, RescissionCase
from rules_engine.deciding.schedule import Schedule
from rules_engine.matching.plans import Plan
from rules_engine.model.decisions import Finding
from rules_engine.model.events import CallNoticed, CallRescinded, Event, LotteryDrawn, PaymentDue
from rules_engine.model.standing import Standing
from rules_engine.rulebook.rules import RuleSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A case with everything it takes to decide it; `also` are findings about how the event came."""

    case: Case
    clause: Clause
    plan: Plan
    days: RuleSet
    also: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A note under one clause, made ready to open cases on."""

    clause: Clause
    plan: Plan
    days: RuleSet
    schedule: Schedule
    texts: dict[str, str]
    """What stands behind the digests of rules, note and calendar, written once for all decisions on them."""

    def common(self, event: Event, standing: Standing, on: date) -> dict[str, Any]:
        """Give what every case about the note holds, with the rates known on a standing."""
        return {
            "event": event,
            "note": self.schedule.note,
            "rule_set": self.plan.rule_set,
            "schedule": self.schedule.knowing(standing.rates.get(self.schedule.note.cusip)),
            "standing": standing,
            "on": on,
        }

    def opened(self, case: Case, also: tuple[Finding, ...] = ()) -> Opened:
        """Put a case beside everything it takes to decide it."""
        return Opened(case=case, clause=self.clause, plan=self.plan, days=self.days, also=also)


def call_opened(prepared: Prepared, event: CallNoticed, standing: Standing) -> Opened:
    """Open the case of a notice, with what its answer says beside the rules."""
    case = CallCase(**prepared.common(event, standing, event.received_on), notice=event)
    return prepared.opened(case, remarks(case))


def payment_opened(prepared: Prepared, event: PaymentDue, standing: Standing) -> Opened:
    """Open the case of a payment that falls due."""
    return prepared.opened(PaymentCase(**prepared.common(event, standing, event.received_on), due=event))


def answered_call_opened(
    prepared: Prepared, event: CallRescinded | LotteryDrawn, notice: CallNoticed, standing: Standing
) -> Opened:
    """Open the case of what happens to a call after its notice was accepted."""
    common = prepared.common(event, standing, event.received_on)
    if isinstance(event, CallRescinded):
        return prepared.opened(RescissionCase(**common, notice=notice, rescission=event))
    return prepared.opened(LotteryCase(**common, notice=notice, drawn=event))
