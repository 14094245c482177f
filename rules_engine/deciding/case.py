"""A case: one event set beside everything it is decided on, before any rule is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules_engine.deciding.schedule import Schedule
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Finding, Payment, Question
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
from rules_engine.model.values import Missing, Value
from rules_engine.rulebook.option_terms import OptionTerms
from rules_engine.rulebook.redemption_terms import RedemptionTerms
from rules_engine.rulebook.rules import RuleSet
from rules_engine.rulebook.vocabulary import ClauseWords, Rest
from rules_engine.standing.holdings import Holding
from rules_engine.standing.requests import NOTHING, Request
from rules_engine.standing.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What every event about a note is decided on.

    `event` is what happened now. `on` is the day the answer counts from: the business date
    received, a request's own day, or the first day of a year opened. The note's issue date picked `rule_set`.
    """

    event: Event
    note: Note
    rule_set: RuleSet
    schedule: Schedule
    standing: Standing
    on: date

    def term(self, name: str) -> Value:
        """Give a term of the rule set, for words a plugin adds; the rule book holds every term a used fact needs."""
        return self.rule_set.terms[name].value

    @property
    def request_id(self) -> str:
        """The request the case is about; empty for a case about none."""
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCase(Case):
    """A case about a survivor's option request, by the terms of its edition with what its note has in their place.

    `asked` is the request with everything reported since. `earlier` is the request as it stood before this event, or
    None when this event is the request itself. `asking` is the principal this answer may accept. `carried_over` says
    that it waited for a limit until now, and `stands` is what was accepted already and is not paid; `let_in` of it, in
    cents, are within this year's limits whatever was elected since. `holding` is what the ledger knows of the position,
    with all that others claim of it.
    """

    asked: SurvivorsOptionRequested
    asking: Money
    holding: Holding
    terms: OptionTerms
    earlier: Request | None = None
    carried_over: bool = False
    stands: Money = NOTHING
    let_in: int = 0

    @property
    def request_id(self) -> str:
        """The request the case is about."""
        return self.asked.request_id

    @property
    def tendered(self) -> tuple[date, int]:
        """Its place in the order of receipt; a request not yet on the ledger comes last of its day."""
        if self.earlier is None:
            return (self.asked.received_on, self.standing.at + 1)
        return self.earlier.tendered

    @property
    def today(self) -> date:
        """The day the event came: nothing falls due before it that had not fallen due already."""
        return self.event.received_on


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalCase(Case):
    """A case about taking a request back; `request` is the request as it stands."""

    request: Request

    @property
    def request_id(self) -> str:
        """The request the case is about."""
        return self.request.request_id


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCase(Case):
    """A case about the issuer's notice of a call."""

    notice: CallNoticed
    terms: RedemptionTerms


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
    """A case about a payment that falls due, on a principal; `parts` is what each request is due of a repayment."""

    due: PaymentDue
    principal: Money
    parts: tuple[tuple[str, Money], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The principal an event is about, and how it may be divided.

    `requested` is what this answer may accept. `increment` is the step principal is repaid in; None where it is not
    divided. `whole_or_nothing` says that a tender which does not fit whole waits whole.
    """

    requested: Money | None
    increment: Money | None = None
    whole_or_nothing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The most the ledger itself leaves to be accepted, whatever the rules say, and why.

    `at_most` is Missing where what it is worked out from was left out. What is beyond it becomes `rest`, and waits for
    `waits_for` where it pends.
    """

    code: Code
    at_most: Money | Missing
    because: str
    cite: str
    rest: Rest = Rest.NOT_ACCEPTED
    waits_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """What a person has decided of a request, and what the issuer has waived: findings that count no longer.

    `closed` are questions a person let the request go on from, `waived` the names of rules, `open` the questions that
    are still to be decided.
    """

    closed: frozenset[Question] = frozenset()
    waived: frozenset[str] = frozenset()
    open: tuple[Question, ...] = ()


NOTHING_LIFTED = Lifted()


def _nothing(*_: object) -> tuple[()]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One kind of clause: its words, the events it answers, what they ask for, what it pays and when.

    `asked` tells the principal at stake; `pay` gives the payment for the principal accepted, or
    None when no money moves. `pays_by` names the facts a payment is worked out by, whether or not a
    rule looks at them: while one is missing, nothing is paid. `bounds` gives what the ledger itself
    leaves, `remarks` what is to be said of a payment. `read_terms` reads the terms that code reads, once
    for each rule set and note.
    """

    words: ClauseWords
    answers: tuple[type[Event], ...]
    asked: Callable[[Any], Asked]
    pay: Callable[[Any, Money | None], Payment | None]
    pays_by: tuple[str, ...] = ()
    bounds: Callable[[Any], tuple[Bound, ...]] = _nothing
    remarks: Callable[[Any, Payment], tuple[Finding, ...]] = _nothing
    read_terms: Callable[[RuleSet, Note], object] = _nothing

    @property
    def name(self) -> str:
        """The clause's name, as rule files give it."""
        return self.words.clause
