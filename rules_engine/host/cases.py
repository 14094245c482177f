"""Cases made of a note that is ready and an event about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict

from rules_engine.clauses.call_remarks import remarks
from rules_engine.deciding.case import (
    CallCase,
    Case,
    Clause,
    LotteryCase,
    PaymentCase,
    RequestCase,
    RescissionCase,
    WithdrawalCase,
)
from rules_engine.deciding.deciding import Besides, resting_on
from rules_engine.deciding.schedule import Schedule
from rules_engine.deciding.unruled import RestsOn
from rules_engine.matching.plans import Plan
from rules_engine.model.decisions import Finding
from rules_engine.model.events import (
    CallNoticed,
    CallRescinded,
    Event,
    LotteryDrawn,
    PaymentDue,
    SurvivorsOptionRequested,
)
from rules_engine.model.money import Money
from rules_engine.model.notes import Note
from rules_engine.rulebook.option_terms import OptionTerms
from rules_engine.rulebook.redemption_terms import RedemptionTerms
from rules_engine.rulebook.rules import RuleSet
from rules_engine.standing.holdings import holding_of
from rules_engine.standing.requests import NOTHING, Request
from rules_engine.standing.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A case with everything it takes to decide it; `besides` is what the answer takes in besides the rules."""

    case: Case
    clause: Clause
    plan: Plan
    days: RuleSet
    besides: Besides


class Common(TypedDict):
    """What every case about a note holds."""

    event: Event
    note: Note
    rule_set: RuleSet
    schedule: Schedule
    standing: Standing
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A note under one clause, made ready to open cases on."""

    clause: Clause
    plan: Plan
    days: RuleSet
    schedule: Schedule
    terms: object
    texts: dict[str, str]
    """What stands behind the digests of rules, note and calendar, written once for all decisions on them."""

    @property
    def rests_on(self) -> RestsOn:
        """What an answer rests on that was held against this note without asking its rules."""
        return resting_on(self.schedule, self.plan.rule_set, self.days)

    def knowing(self, standing: Standing) -> Schedule:
        """Give the note's schedule with the rates known on a standing."""
        cusip = self.schedule.note.cusip
        return self.schedule.knowing(standing.rates_of(cusip)) if self.schedule.note.floating else self.schedule

    def common(self, event: Event, standing: Standing, on: date) -> Common:
        """Give what every case about the note holds."""
        return Common(
            event=event,
            note=self.schedule.note,
            rule_set=self.plan.rule_set,
            schedule=self.knowing(standing),
            standing=standing,
            on=on,
        )

    def opened(self, case: Case, besides: Besides) -> Opened:
        """Put a case beside everything it takes to decide it."""
        return Opened(case=case, clause=self.clause, plan=self.plan, days=self.days, besides=besides)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked of a request now: so much principal, as of a day.

    `earlier` is the request as it stands, or None for a new one; `carried_over` says that it waited for a limit.
    `stands` is principal accepted before and not paid yet that is decided anew; `let_in` is so much of it as the limits
    of each year have let in, in cents, and are not asked about again.
    """

    asked: SurvivorsOptionRequested
    principal: Money
    on: date
    earlier: Request | None = None
    carried_over: bool = False
    stands: Money = NOTHING
    let_in: Mapping[int, int] = field(default_factory=dict)


def request_opened(prepared: Prepared, event: Event, asking: Asking, standing: Standing, besides: Besides) -> Opened:
    """Open the case of a request, for whatever event asks for it to be decided."""
    terms = prepared.terms
    assert isinstance(terms, OptionTerms)
    case = RequestCase(
        **prepared.common(event, standing, asking.on),
        asked=asking.asked,
        asking=asking.principal,
        holding=holding_of(asking.asked, standing, asking.earlier, stands=bool(asking.stands.cents)),
        terms=terms,
        earlier=asking.earlier,
        carried_over=asking.carried_over,
        stands=asking.stands,
        let_in=asking.let_in.get(asking.on.year, 0),
    )
    return prepared.opened(case, besides)


def withdrawal_opened(
    prepared: Prepared, event: Event, request: Request, standing: Standing, besides: Besides
) -> Opened:
    """Open the case of a withdrawal, which is about a request as it stands."""
    case = WithdrawalCase(**prepared.common(event, standing, event.received_on), request=request)
    return prepared.opened(case, besides)


def call_opened(prepared: Prepared, event: CallNoticed, standing: Standing, also: tuple[Finding, ...]) -> Opened:
    """Open the case of a notice, with what its answer says beside the rules."""
    case = CallCase(
        **prepared.common(event, standing, event.received_on),
        notice=event,
        terms=_redemption_terms(prepared),
    )
    return prepared.opened(case, Besides(findings=(*remarks(case), *also)))


def payment_opened(
    prepared: Prepared,
    event: PaymentDue,
    standing: Standing,
    besides: Besides,
    *,
    principal: Money,
    parts: tuple[tuple[str, Money], ...] = (),
) -> Opened:
    """Open the case of a payment that falls due on a principal, or on what each of several requests is due."""
    case = PaymentCase(
        **prepared.common(event, standing, event.received_on),
        due=event,
        principal=principal,
        parts=parts,
    )
    return prepared.opened(case, besides)


def rescission_opened(
    prepared: Prepared, event: CallRescinded, notice: CallNoticed, standing: Standing, besides: Besides
) -> Opened:
    """Open the case of a notice that is taken back."""
    case = RescissionCase(
        **prepared.common(event, standing, event.received_on),
        notice=notice,
        rescission=event,
        terms=_redemption_terms(prepared),
    )
    return prepared.opened(case, besides)


def lot_opened(
    prepared: Prepared, event: LotteryDrawn, notice: CallNoticed, standing: Standing, besides: Besides
) -> Opened:
    """Open the case of a lot drawn under a notice."""
    case = LotteryCase(
        **prepared.common(event, standing, event.received_on),
        notice=notice,
        drawn=event,
        terms=_redemption_terms(prepared),
    )
    return prepared.opened(case, besides)


def _redemption_terms(prepared: Prepared) -> RedemptionTerms:
    assert isinstance(prepared.terms, RedemptionTerms)
    return prepared.terms
