"""Where a programme stands after the decisions recorded so far: what clauses read of the past.

A standing is read from the ledger and is never written back. Only facts named "... remaining",
the queue, and the state of a request or note look at it.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal

from rules_engine.model.event_words import Document
from rules_engine.model.events import (
    CallNoticed,
    Event,
    Particulars,
    ParticularsReceived,
    SurvivorsOptionRequested,
)
from rules_engine.model.money import Money


class RequestState(enum.Enum):
    """Where a request is in its life; the value is the word operations use."""

    PENDED = "pended"
    ACCEPTED = "accepted"
    CARRIED_OVER = "carried over"
    REJECTED = "rejected"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"
    PAID = "paid"
    REDEEMED = "redeemed"
    MATURED = "matured"


OPEN_STATES = frozenset({RequestState.PENDED, RequestState.REFERRED, RequestState.ACCEPTED, RequestState.CARRIED_OVER})
"""States in which something is still to happen to a request."""

DECIDED_AGAIN = frozenset({RequestState.PENDED, RequestState.REFERRED})
"""States in which papers, or what was left out and is told later, change the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repayment:
    """Principal accepted and when it is due; `paid` once a repayment of that day was answered."""

    accepted_on: date
    due_on: date
    principal: Money
    paid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A survivor's option request as it stands: what was asked, with all papers received since.

    `event` carries the documents of every later delivery. `position` is the ledger position it
    was first answered at; with `event.received_on` it gives the order of receipt. `series` is the note's. `eligible` is
    the principal that may be repaid once limits allow; `waiting` is the part limits keep out. `ended_by` is the notice
    of a call that ended the request; it stood in `state_before`, with `waiting_before` kept out, until then.
    """

    event: SurvivorsOptionRequested
    position: int
    state: RequestState
    eligible: Money
    waiting: Money
    repayments: tuple[Repayment, ...] = ()
    missing: tuple[str, ...] = ()
    series: str = ""
    complete_on: date | None = None
    ended_by: str = ""
    state_before: RequestState | None = None
    waiting_before: Money | None = None

    @property
    def tendered(self) -> tuple[date, int]:
        """The order of receipt: date received, then ledger position."""
        return (self.event.received_on, self.position)

    @property
    def accepted(self) -> Money:
        """Principal accepted so far, in all years."""
        return sum((repayment.principal for repayment in self.repayments), self.waiting - self.waiting)

    @property
    def unpaid(self) -> tuple[Repayment, ...]:
        """Repayments accepted whose day has not been answered yet."""
        return tuple(repayment for repayment in self.repayments if not repayment.paid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Election:
    """The limits an issuer said it applies in one year; `annual_amount` where it allows more."""

    annual: bool
    individual: bool
    annual_amount: Money | None = None


Scope = tuple[str, str]
"""What a limit covers: `("programme", "")`, `("series", its name)` or `("issue", a CUSIP)`."""


@dataclass(slots=True)
class Standing:
    """One programme's past, folded; `position` counts the entries it was read from.

    `waiting` holds the requests with principal waiting for a limit, by the year they were received in.
    `rates` holds each floating note's index figures, in per cent a year, by the start of the period.
    `calls` are the notices that stand, by note; `notices` all that were accepted, by id, and `rescinded`
    those taken back. `drawn` is the principal lots have drawn for a notice, `drawn_owners` for whom.
    Read it, never write it: only the ledger's fold moves it forward.
    """

    programme: str
    position: int = 0
    requests: dict[str, Request] = field(default_factory=dict)
    by_note: dict[str, list[str]] = field(default_factory=dict)
    by_owner: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    individual_used: dict[tuple[str, int], Money] = field(default_factory=dict)
    annual_used: dict[tuple[Scope, int], Money] = field(default_factory=dict)
    elections: dict[int, Election] = field(default_factory=dict)
    outstanding: dict[tuple[Scope, date], Money] = field(default_factory=dict)
    opened_years: set[int] = field(default_factory=set)
    calls: dict[str, tuple[CallNoticed, ...]] = field(default_factory=dict)
    rates: dict[str, dict[date, Decimal]] = field(default_factory=dict)
    notices: dict[str, CallNoticed] = field(default_factory=dict)
    rescinded: set[str] = field(default_factory=set)
    drawn: dict[str, Money] = field(default_factory=dict)
    drawn_owners: set[tuple[str, str]] = field(default_factory=set)
    matured: set[str] = field(default_factory=set)
    latest_received_on: date | None = None
    waiting: dict[int, set[str]] = field(default_factory=dict)

    def copy(self) -> Standing:
        """Give a standing that can be moved forward without moving this one."""
        return Standing(
            programme=self.programme,
            position=self.position,
            requests=dict(self.requests),
            by_note={cusip: list(names) for cusip, names in self.by_note.items()},
            by_owner={key: list(names) for key, names in self.by_owner.items()},
            individual_used=dict(self.individual_used),
            annual_used=dict(self.annual_used),
            elections=dict(self.elections),
            outstanding=dict(self.outstanding),
            opened_years=set(self.opened_years),
            calls=dict(self.calls),
            rates={cusip: dict(rates) for cusip, rates in self.rates.items()},
            notices=dict(self.notices),
            rescinded=set(self.rescinded),
            drawn=dict(self.drawn),
            drawn_owners=set(self.drawn_owners),
            matured=set(self.matured),
            latest_received_on=self.latest_received_on,
            waiting={year: set(names) for year, names in self.waiting.items()},
        )

    def requests_on(self, cusip: str) -> tuple[Request, ...]:
        """List the requests made for a note, in ledger order."""
        return tuple(self.requests[name] for name in self.by_note.get(cusip, ()))

    def requests_of(self, cusip: str, owner_ref: str) -> tuple[Request, ...]:
        """List the requests made for one deceased owner's position in a note, in ledger order."""
        return tuple(self.requests[name] for name in self.by_owner.get((cusip, owner_ref), ()))

    def queue(self) -> tuple[Request, ...]:
        """List the requests with principal waiting for a limit, first tendered first."""
        return tuple(sorted(self.waiting_from(self.waiting), key=lambda request: request.tendered))

    def waiting_from(self, years: Iterable[int]) -> Iterator[Request]:
        """Walk through the requests received in some years with principal waiting for a limit, in no order."""
        return (self.requests[name] for year in years for name in self.waiting.get(year, ()))

    def redeemed_on(self, cusip: str) -> date | None:
        """Give the first day the whole note is redeemed on by a call already noticed, or None."""
        days = [call.redeem_on for call in self.calls.get(cusip, ()) if call.principal == "all"]
        return min(days, default=None)

    def last_outstanding(self, scope: Scope) -> Money | None:
        """Give the principal reported for the last day of any, of what a limit or a pro rata call counts."""
        reported = {as_of: principal for (what, as_of), principal in self.outstanding.items() if what == scope}
        return reported[max(reported)] if reported else None

    def ended_also_by(self, request: Request, notice: CallNoticed) -> CallNoticed | None:
        """Find another whole call that ends a request which this notice ended, or None."""
        others = [call for call in self.calls.get(notice.cusip, ()) if call.principal == "all" and call != notice]
        first = min(others, key=lambda call: call.redeem_on, default=None)
        if first is None:
            return None
        ends_it = any(repayment.due_on >= first.redeem_on for repayment in request.unpaid)
        return first if ends_it or first.redeem_on <= notice.redeem_on else None


def with_particulars(
    event: SurvivorsOptionRequested, told: ParticularsReceived
) -> SurvivorsOptionRequested | tuple[str, ...]:
    """Give the request as it reads with what is told now, or name the fields it told otherwise before."""
    news = {field.name: getattr(told, field.name) for field in fields(Particulars) if field.name not in _OF_EVENTS}
    news = {name: value for name, value in news.items() if value is not None}
    otherwise = tuple(name for name, value in news.items() if getattr(event, name) not in (None, value))
    return otherwise or replace(event, **news)


_OF_EVENTS = frozenset(field.name for field in fields(Event))


def with_documents(event: SurvivorsOptionRequested, documents: frozenset[Document]) -> SurvivorsOptionRequested:
    """Give the request as it reads once these further papers are in."""
    return replace(event, documents=(event.documents or frozenset()) | documents)
