"""What a plugin's word sees of a case: the event, the note and its days, and the terms; nothing of what others did.

This is the contract with those who write plugins, and narrower than a case: what it leaves out may change with any
version of the host, and cannot be changed from here. Events are copies.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, overload

from rules_engine.deciding.case import (
    CallCase,
    Case,
    LotteryCase,
    PaymentCase,
    RequestCase,
    RescissionCase,
    WithdrawalCase,
)
from rules_engine.deciding.schedule import Schedule
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
from rules_engine.model.values import Value
from rules_engine.rulebook.rules import Term

KindT = TypeVar("KindT", bound=Value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is seen of every case.

    `event` is what happened now, `note` the note it is about, `schedule` the note's days and amounts. `on` is the day
    the answer counts from. `terms` are those of the rule set that decides, by name.
    """

    event: Event
    note: Note
    schedule: Schedule
    on: date
    terms: Mapping[str, Term]

    @overload
    def term(self, name: str) -> Value: ...
    @overload
    def term(self, name: str, kind: type[KindT]) -> KindT: ...
    def term(self, name: str, kind: type[Any] = object) -> Any:
        """Give a figure or choice of the prospectus; a word that uses one names it in `fact(..., terms=(...,))`.

        `kind` is what it is held as: `Money`, `int` for days, months and numbers, `Decimal` for per cent, `bool`, `str`
        or `date`. Raises TypeError for a term that is held as something else.
        """
        value = self.terms[name].value
        if not isinstance(value, kind):
            raise TypeError(f"the term `{name}` is held as {type(value).__name__}, not as {kind.__name__}")
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSeen(Seen):
    """A request under `survivors option`, for whatever event it is decided now.

    `asked` is the request as it reads with everything reported since; a field that was left out is None, and a word
    that needs it gives `Missing` with the field's name. `asking` is the principal this answer may accept.
    """

    asked: SurvivorsOptionRequested
    asking: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalSeen(Seen):
    """A request that is to be taken back, under `withdrawal`; `asked` is that request as it reads now."""

    asked: SurvivorsOptionRequested


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSeen(Seen):
    """The issuer's notice of a call, under `redemption`."""

    notice: CallNoticed


@dataclass(frozen=True, slots=True, kw_only=True)
class RescissionSeen(CallSeen):
    """A notice that is taken back, under `rescission`; `notice` is the one accepted earlier."""

    rescission: CallRescinded


@dataclass(frozen=True, slots=True, kw_only=True)
class LotSeen(CallSeen):
    """A lot drawn of one position, under `partial redemption`; `notice` is the one accepted earlier."""

    drawn: LotteryDrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSeen(Seen):
    """A payment that falls due on a principal, under `payment days`."""

    due: PaymentDue
    principal: Money


def seen(case: Case) -> Seen:
    """Give what a plugin's word sees of a case."""
    every: dict[str, Any] = {
        "event": copy.copy(case.event),
        "note": case.note,
        "schedule": case.schedule,
        "on": case.on,
        "terms": case.rule_set.terms,
    }
    match case:
        case RequestCase():
            return RequestSeen(**every, asked=copy.copy(case.asked), asking=case.asking)
        case WithdrawalCase():
            return WithdrawalSeen(**every, asked=copy.copy(case.request.asked))
        case RescissionCase():
            return RescissionSeen(**every, notice=copy.copy(case.notice), rescission=copy.copy(case.rescission))
        case LotteryCase():
            return LotSeen(**every, notice=copy.copy(case.notice), drawn=copy.copy(case.drawn))
        case CallCase():
            return CallSeen(**every, notice=copy.copy(case.notice))
        case PaymentCase():
            return PaymentSeen(**every, due=copy.copy(case.due), principal=case.principal)
    return Seen(**every)
