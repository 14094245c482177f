"""The answer to an event: its outcome, its findings, its money, and its proof."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.model.canonical import KeepsItsText
from rules_engine.model.codes import Code
from rules_engine.model.money import Money


class Outcome(enum.IntEnum):
    """How an event was answered, from the least to the most cautious; the greatest one stands.

    ENTITLED is what a finding says of a right that exists, whatever else stands against the event; no event is
    answered so.
    """

    RECORDED = 0
    ENTITLED = 1
    ACCEPTED = 2
    CARRIED_OVER = 3
    PENDED = 4
    REJECTED = 5
    REFERRED = 6

    @property
    def word(self) -> str:
        """The outcome as the contract spells it: `carried over`."""
        return _WORDS[self]

    @classmethod
    def of(cls, word: str) -> Outcome:
        """Find the outcome a word stands for; raise KeyError for any other word."""
        return cls[word.upper().replace(" ", "_")]


_WORDS = tuple(outcome.name.lower().replace("_", " ") for outcome in sorted(Outcome))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(KeepsItsText):
    """What one rule, or the engine, said of an event, why, and where that is written.

    `rule` is the name of the rule that speaks; `code` is what the engine found where no rule speaks, or
    what became of a rule's finding (`waived`). `missing` names the event fields or documents a pended
    finding waits for. `at_most` is the cap a limiting rule sets, `limit` the yearly limit it is one of.
    """

    outcome: Outcome
    because: str
    cite: str
    rule: str = ""
    code: Code | None = None
    missing: tuple[str, ...] = ()
    at_most: Money | None = None
    limit: str = ""

    @property
    def name(self) -> str:
        """What the finding is called for a person: the rule's name, or the code in words."""
        return self.rule or (self.code.words if self.code else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Why a request waits for a person: what is asked, of which field or rule, and the values that disagree.

    A question is the same one as long as all of these are the same.
    """

    code: Code
    field: str = ""
    rule: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """One test that alone stood between this event and another answer.

    `observed` and `required` are in plain words; `short_by` says by how much, where that counts.
    """

    rule: str
    because: str
    observed: str
    required: str
    short_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one request is due of a payment that several requests are due on one day."""

    request_id: str
    principal: Money
    interest: Money
    total: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(KeepsItsText):
    """Money that will move: when it is due, when cash moves, and how much.

    `settlement` reads `repay or repurchase` where the issuer may choose to purchase the note instead,
    and is empty where the rules say nothing of it.

    `principal` and what follows from it are None when a whole note is called and the principal
    outstanding is not known; `per_1000` then carries interest and total for each $1,000. `interest_to`
    says who gets the interest: `holder of record on 2017-01-01`, or `whoever gets the principal`; it is
    empty where the terms give no record date. `parts` says what each request is due of a repayment.
    """

    due_on: date
    pay_on: date
    principal: Money | None
    price: Decimal
    interest: Money | None
    total: Money | None
    per_1000: tuple[Money, Money] | None = None
    settlement: str = ""
    interest_to: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeBy:
    """What made a decision: the engine's version, that of each plugin the programme and its words come by, the book.

    `book` is the digest of the programme's part of the rule book; `book_before` that of the programme's decision before
    this one, where another book made it. All of it is recorded beside the decision and is not in the receipt.
    """

    engine: str = ""
    plugins: Mapping[str, str] = field(default_factory=dict)
    book: str = ""
    book_before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The one answer to an event, as the contract lists its fields.

    `facts` holds every fact the rules looked at, as canonical text, so that the receipt can be
    worked out again from the decision and its event alone. `counts_from` is the day the answer counts
    from; `anew` says that it replaces what the request was accepted for before and is not paid yet, of
    which `taken_back` is no longer accepted. `questions` are those a person has to decide.
    """

    decision_id: str
    event_id: str
    type: str
    outcome: Outcome
    programme: str
    cusip: str = ""
    series: str = ""
    request_id: str = ""
    notice_id: str = ""
    requested: Money | None = None
    accepted: Money | None = None
    carried_over: Money | None = None
    pended: Money | None = None
    not_accepted: Money | None = None
    taken_back: Money | None = None
    counts_from: date | None = None
    anew: bool = False
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    near_misses: Sequence[NearMiss] = ()
    payment: Payment | None = None
    drafts: tuple[str, ...] = ()
    edition: str = ""
    rules_digest: str = ""
    calendar: str = ""
    calendar_digest: str = ""
    note_digest: str = ""
    days_digest: str = ""
    standing_at: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)
    made_by: MadeBy = field(default_factory=MadeBy, compare=False)
    receipt: str = ""

    @property
    def provisional(self) -> bool:
        """True when a rule set the decision rests on is still a draft."""
        return bool(self.drafts)

    @property
    def decisive(self) -> tuple[Finding, ...]:
        """The findings that make the answer what it is; of one that accepts, those of the right among them."""
        alike = (Outcome.ENTITLED, self.outcome) if self.outcome is Outcome.ACCEPTED else (self.outcome,)
        return tuple(finding for finding in self.findings if finding.outcome in alike)

    @property
    def codes(self) -> frozenset[Code]:
        """What the engine itself found."""
        return frozenset(finding.code for finding in self.findings if finding.code is not None)
