"""The answer to an event: its outcome, its findings, its money, and its proof."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.model.money import Money


class Outcome(enum.IntEnum):
    """How an event was answered, from the least to the most cautious; the greatest one stands."""

    RECORDED = 0
    ACCEPTED = 1
    CARRIED_OVER = 2
    PENDED = 3
    REJECTED = 4
    REFERRED = 5

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
class Finding:
    """What one rule said of an event, why, and where that is written.

    `missing` names the event fields or documents a pended finding waits for. `at_most` is the cap
    a limiting rule sets, and None for every other rule.
    """

    rule: str
    outcome: Outcome
    because: str
    cite: str
    missing: tuple[str, ...] = ()
    at_most: Money | None = None


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
class Payment:
    """Money that will move: when it is due, when cash moves, and how much.

    `settlement` reads `repay or repurchase` where the issuer may choose to purchase the note instead,
    and is empty where the rules say nothing of it.

    `principal` and what follows from it are None when a whole note is called and the principal
    outstanding is not known; `per_1000` then carries interest and total for each $1,000. `interest_to`
    says who gets the interest: `holder of record on 2017-01-01`, or `whoever gets the principal`; it is
    empty where the terms give no record date.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The one answer to an event, as the contract lists its fields.

    `facts` holds every fact the rules looked at, as canonical text, so that the receipt can be
    worked out again from the decision and its event alone.
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
    not_accepted: Money | None = None
    findings: tuple[Finding, ...] = ()
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
    facts: dict[str, Any] = field(default_factory=dict)
    receipt: str = ""

    @property
    def provisional(self) -> bool:
        """True when a rule set the decision rests on is still a draft."""
        return bool(self.drafts)
