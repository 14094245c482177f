"""A case: one event set beside everything it is decided on, before any rule is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules_engine.deciding.schedule import Schedule
from rules_engine.model.decisions import Payment
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
from rules_engine.model.standing import Request, Standing
from rules_engine.rulebook.rules import RuleSet
from rules_engine.rulebook.vocabulary import ClauseWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What every event about a note is decided on.

    `event` is what happened now. `on` is the day the answer counts from: the business date
    received, or the first day of a year opened. The note's issue date picked `rule_set`.
    """

    event: Event
    note: Note
    rule_set: RuleSet
    schedule: Schedule
    standing: Standing
    on: date

    def term(self, name: str) -> Any:
        """Give a term of the rule set; the rule book holds every term a used fact needs."""
        return self.rule_set.terms[name].value

    @property
    def request_id(self) -> str:
        """The request the case is about; empty for a case about none."""
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCase(Case):
    """A case about a survivor's option request.

    `asked` is the request with every paper received so far. `earlier` is the request as it stood
    before this event, or None when this event is the request itself.
    """

    asked: SurvivorsOptionRequested
    earlier: Request | None = None

    @property
    def request_id(self) -> str:
        """The request the case is about."""
        return self.asked.request_id


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCase(Case):
    """A case about the issuer's notice of a call."""

    notice: CallNoticed


@dataclass(frozen=True, slots=True, kw_only=True)
class RescissionCase(CallCase):
    """A case about taking a notice back; `notice` is the one accepted earlier."""

    rescission: CallRescinded


@dataclass(frozen=True, slots=True, kw_only=True)
class LotteryCase(CallCase):
    """A case about what a lottery redeems of one position; `notice` is the one accepted earlier."""

    drawn: LotteryDrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentCase(Case):
    """A case about a payment that falls due."""

    due: PaymentDue


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The principal an event is about, and how it may be divided.

    `still_asked` is what this answer may accept: the request less what earlier answers accepted.
    `increment` is the step principal is repaid in; None where it is not divided.
    `whole_or_nothing` says that a tender which does not fit whole waits whole.
    """

    requested: Money | None
    increment: Money | None = None
    whole_or_nothing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One kind of clause: its words, the events it answers, what they ask for, what it pays and when.

    `asked` tells the principal at stake; `pay` gives the payment for the principal accepted, or
    None when no money moves. `pays_by` names the facts a payment is worked out by, whether or not a
    rule looks at them: while one is missing, nothing is paid.
    """

    words: ClauseWords
    answers: tuple[type[Event], ...]
    asked: Callable[[Any], Asked]
    pay: Callable[[Any, Money | None], Payment | None]
    pays_by: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The clause's name, as rule files give it."""
        return self.words.clause
