"""What the ledger knows: claims, positions, calls, and what was elected, reported and opened.

Money is in whole cents. Nothing here decides anything; it adds up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from .terms import Note, Terms, cents, notes, terms

PositionKey = tuple[str, str, str]
"""The note, `account` or `owner`, and which."""

OPEN = ("pended", "referred", "accepted", "carried over")


@dataclass
class Acceptance:
    """Principal accepted under the limits of a year, due on a day."""

    year: int
    due_on: date
    principal: int


@dataclass
class Claim:
    """One request, and what it stands accepted for."""

    request_id: str
    event_id: str
    place: int
    note: Note
    asked: int
    received_on: date
    told: dict[str, Any]
    papers: set[str] | None
    own_day: date
    questions: dict[str, str] = field(default_factory=dict)
    asked_when_rejected: dict[str, str] = field(default_factory=dict)
    let_go: set[tuple[str, str]] = field(default_factory=set)
    lifted: set[str] = field(default_factory=set)
    acceptances: list[Acceptance] = field(default_factory=list)
    payments: dict[date, int] = field(default_factory=dict)
    paid_on: list[tuple[date, date]] = field(default_factory=list)
    """For each payment the day it was due, and the day it was made."""
    undecided: int = 0
    carried_over: int = 0
    pended: int = 0
    pended_for: tuple[str, int] = ("", 0)
    last_year: int = 0
    verdict: str = ""
    ended: str = ""
    missing: frozenset[str] = frozenset()
    """What it waits for, as the last answer named it."""
    ended_by: str = ""
    before_the_call: tuple[int, int, int, tuple[str, int]] = (0, 0, 0, ("", 0))

    @property
    def accepted(self) -> int:
        """Add up what the request stands accepted for."""
        return sum(each.principal for each in self.acceptances)

    @property
    def paid(self) -> int:
        """Add up what was paid, less what came back."""
        return sum(self.payments.values())

    @property
    def unpaid(self) -> int:
        """What is accepted and not paid yet."""
        return 0 if self.ended in ("redeemed", "matured") else self.accepted - self.paid

    @property
    def waiting(self) -> int:
        """What waits for papers, a person, a report or a limit."""
        return self.undecided + self.carried_over + self.pended

    @property
    def state(self) -> str:
        """Say where the request is in its life."""
        if self.ended in ("redeemed", "matured", "voided"):
            return self.ended
        if self.questions or self.verdict == "referred":
            return "referred"
        if self.unpaid:
            return "accepted"
        if self.undecided or self.pended:
            return "pended"
        if self.carried_over:
            return "carried over"
        return "paid" if self.paid else "rejected"

    @property
    def is_open(self) -> bool:
        """Whether the request has not reached an end."""
        return self.state in OPEN

    @property
    def had_money(self) -> bool:
        """Whether principal is or was accepted."""
        return bool(self.acceptances or self.paid)

    @property
    def position(self) -> PositionKey | None:
        """Name the position the request is about, once it names its account or its owner."""
        if account := self.told.get("account_ref"):
            return (self.note.cusip, "account", account)
        if owner := self.told.get("owner_ref"):
            return (self.note.cusip, "owner", owner)
        return None

    @property
    def tendered(self) -> tuple[date, int]:
        """Its place in the queue."""
        return (self.received_on, self.place)

    def as_it_stands(self) -> Claim:
        """A copy to compare with later."""
        acceptances = [replace(each) for each in self.acceptances]
        return replace(self, acceptances=acceptances, questions=dict(self.questions), payments=dict(self.payments))

    def due(self, day: date) -> int:
        """What was accepted for the day."""
        return sum(each.principal for each in self.acceptances if each.due_on == day)

    def move(self, principal: int, day: date, new_day: date) -> None:
        """Let unpaid principal that was due on a day be due on another."""
        for each in [each for each in self.acceptances if each.due_on == day]:
            moved = min(principal, each.principal)
            if moved:
                each.principal -= moved
                principal -= moved
                self.acceptances.append(Acceptance(each.year, new_day, moved))
        self.acceptances = [each for each in self.acceptances if each.principal]

    def cut(self, principal: int, from_day: date = date.min) -> int:
        """Take back unpaid principal that is due from a day on, what is due last first; give what was taken."""
        taken = 0
        for each in sorted(self.acceptances, key=lambda each: each.due_on, reverse=True):
            if each.due_on < from_day:
                continue
            unpaid_that_day = self.due(each.due_on) - self.payments.get(each.due_on, 0)
            less = max(0, min(principal - taken, each.principal, unpaid_that_day))
            each.principal -= less
            taken += less
        self.acceptances = [each for each in self.acceptances if each.principal]
        return taken


@dataclass
class Position:
    """Principal that stands in one account, as reported and as paid."""

    figure: int | None = None
    source: str = ""
    reporters: set[str] = field(default_factory=set)
    """The requests whose figure agrees with it."""
    as_of: date = date.min
    most: int = 0
    paid: list[tuple[date, int]] = field(default_factory=list)
    lots: dict[str, int] = field(default_factory=dict)
    redeemed: dict[str, int] = field(default_factory=dict)

    def report(self, figure: int, source: str, as_of: date = date.min) -> None:
        """Believe a figure; what was paid after its day is taken off."""
        self.figure, self.source, self.as_of = figure, source, as_of
        self.most = max(self.most, figure)

    @property
    def held(self) -> int:
        """What stands there; an amount paid beyond that does not hide what comes back."""
        stands = self.figure or 0
        for day, paid in self.paid:
            stands = max(0, stands - paid) if day > self.as_of else stands
        return stands

    @property
    def drawn(self) -> int:
        """What lots have drawn and is not paid yet."""
        return sum(self.lots.values()) - sum(self.redeemed.values())


@dataclass
class Call:
    """A notice that is in effect."""

    notice_id: str
    cusip: str
    redeem_on: date
    whole: bool
    principal: int
    conditional: bool
    drawn: dict[tuple[PositionKey, str | None], int] = field(default_factory=dict)
    rescinded: bool = False


@dataclass
class Election:
    """Which limits the issuer applies in a year, and where it allows more."""

    annual: bool
    individual: bool
    annual_amount: int | None = None
    individual_amount: int | None = None
    for_owner: dict[str, int] = field(default_factory=dict)


@dataclass
class Standing:
    """All of it."""

    terms: Terms = field(default_factory=terms)
    claims: dict[str, Claim] = field(default_factory=dict)
    positions: dict[PositionKey, Position] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    elections: dict[int, Election] = field(default_factory=dict)
    times_elected: dict[int, int] = field(default_factory=dict)
    outstanding: dict[date, int] = field(default_factory=dict)
    opened: dict[int, date] = field(default_factory=dict)
    paid_off: dict[str, str] = field(default_factory=dict)
    first_year: int | None = None

    @property
    def last_opened(self) -> int | None:
        """The latest year opened."""
        return max(self.opened, default=None)

    def first_day(self) -> date:
        """The first day of the latest year opened."""
        return date.min if self.last_opened is None else date(self.last_opened, 1, 1)

    def at(self, key: PositionKey) -> Position:
        """Give the position, known or new."""
        return self.positions.setdefault(key, Position())

    def open_claims(self, cusip: str = "") -> list[Claim]:
        """The requests that have not reached an end, first tendered first."""
        found = (claim for claim in self.claims.values() if claim.is_open and cusip in ("", claim.note.cusip))
        return sorted(found, key=lambda claim: claim.tendered)

    def on(self, key: PositionKey) -> Iterator[Claim]:
        """Every claim on a position."""
        return (claim for claim in self.claims.values() if claim.position == key and claim.ended != "voided")

    def left(self, key: PositionKey) -> int:
        """Work out what is left of a position: neither accepted, nor drawn, nor gone."""
        position = self.at(key)
        if key[0] in self.paid_off:
            return 0
        unpaid = sum(claim.unpaid for claim in self.on(key))
        gone = sum(paid for _, paid in position.paid)
        return min(position.held, position.most - gone) - unpaid - position.drawn

    def owners_share(self, claim: Claim) -> int:
        """Work out what is left of a tenant in common's share for this request."""
        assert claim.position
        position = self.at(claim.position)
        numerator, _, denominator = claim.told["deceased_share"].partition("/")
        whole = min(position.most, position.held + sum(paid for _, paid in position.paid))
        share = whole * int(numerator) // int(denominator or 1)
        owner = claim.told.get("owner_ref")
        for other in self.on(claim.position):
            if other is not claim and other.told.get("owner_ref") in (None, owner):
                share -= other.accepted
        for call in self.calls.values():
            if call.cusip == claim.note.cusip and not call.rescinded and owner is not None:
                share -= call.drawn.get((claim.position, owner), 0)
        return share

    def called_for(self, cusip: str) -> date | None:
        """The earliest day for which the whole note is called."""
        calls = (call for call in self.calls.values() if call.cusip == cusip and call.whole and not call.rescinded)
        return min((call.redeem_on for call in calls), default=None)

    def notice_that_calls(self, cusip: str) -> str:
        """The notice by which the whole note is called for the earliest day."""
        day = self.called_for(cusip)
        named = (call for call in self.calls.values() if call.cusip == cusip and call.whole and call.redeem_on == day)
        return next((call.notice_id for call in named if not call.rescinded), "")

    def payable(self, claim: Claim, day: date) -> int:
        """What of a request is still to be paid on the day; a call of the whole note stops what is due from its day."""
        called_for = self.called_for(claim.note.cusip)
        if not claim.is_open or (called_for is not None and day >= called_for):
            return 0
        return claim.due(day) - claim.payments.get(day, 0)


def note_of(cusip: str) -> Note | None:
    """The note with a CUSIP, if the supplement gives it."""
    return notes().get(cusip)


def money_of(told: dict[str, Any], name: str) -> int | None:
    """Read a field of money, if it was told."""
    value = told.get(name)
    return None if value is None else cents(value)
