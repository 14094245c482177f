"""Where a programme stands after the entries recorded so far: what clauses read of the past.

A standing is read from the ledger and is never written back. Every question an event needs answered is a look-up by
key, whatever came before. Only the fold of this room moves it; `trying` takes back what was moved within.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from rules_engine.model.event_words import AddedWord, Document, Registration
from rules_engine.model.events import CallNoticed, Event
from rules_engine.model.money import Money
from rules_engine.standing.journal import Index, Journal, OrderedSums, Queue, Stated, Sums, Table
from rules_engine.standing.limits import Election, Scope
from rules_engine.standing.positions import NO_POSITION, NOTHING, Move, Position, PositionKey, Report
from rules_engine.standing.requests import Request, RequestState


class Tender(NamedTuple):
    """A request's place in the order of receipt."""

    received_on: date
    place: int
    request_id: str


class Came(NamedTuple):
    """A request's place in the order in which they came in, with whatever dates."""

    place: int
    request_id: str


class Due(NamedTuple):
    """A repayment that is still to be made: on which day, and of which request."""

    due_on: date
    request_id: str


class Registered(NamedTuple):
    """The notes of one owner under one registration: what papers may count for together."""

    owner_ref: str
    registration: Registration | AddedWord


class OfOwner(NamedTuple):
    """One owner's principal in one note, in whatever account."""

    cusip: str
    owner_ref: str


class LotKey(NamedTuple):
    """A lot: under which notice, of which position."""

    notice_id: str
    position: PositionKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """What a lot draws of a position, for its owner and a redemption date; `paid` of it was redeemed.

    `position` is what it reported to stand there, `drawn_at` the ledger position of its first answer.
    """

    by: str
    owner_ref: str
    redeem_on: date
    position: Money
    selected: Money
    paid: Money = NOTHING
    drawn_at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A year opened: by which event, and the day what waited counts from."""

    by: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEnded:
    """What ended a whole note: its redemption or its maturity was paid; `by` is the event, `on` the day due."""

    by: str
    on: date
    matured: bool


class Standing:
    """One programme's past, folded; `at` counts the entries it was read from.

    `requests` are by id. `positions` say what is believed of each, `reports` and `moves` why. `used` is what each
    scope has used up of a year, `kept` what is kept in a year for principal that waits, both in cents. `queue` holds
    what waits in the order of receipt, `kept_out` the same by the limit that keeps it out and by scope. `calls` are the
    notices that stand, by note; `notices` all that were accepted, by id, and `rescinded` those taken back. `drawn` is
    what lots have drawn for a notice, `lots` for which position, `drawn_of` what is drawn of a position and not paid.
    `claimed` is principal accepted of a position and not paid; `asked_for` what its open requests ask for, in the
    order of receipt, and `asked_since` the same in the order they came. `stopped` is what waits for a year and has a
    question, in the order of receipt.
    """

    def __init__(self, programme: str) -> None:
        self.programme = programme
        self.journal = journal = Journal()
        self._counters: Table[str, int] = Table(journal)
        self._days: Table[str, date] = Table(journal)

        self.requests: Table[str, Request] = Table(journal)
        self.positions: Table[PositionKey, Position] = Table(journal)
        self.reports: Table[PositionKey, tuple[Report, ...]] = Table(journal)
        self.moves: Index[PositionKey, Move] = Index(journal)
        self.elections: Stated[int, Election] = Stated(journal)
        self.implied_elections: Stated[int, Election] = Stated(journal)
        self.owners_elections: Stated[tuple[int, str], Election] = Stated(journal)
        self.outstanding: Stated[tuple[Scope, date], Money] = Stated(journal)
        self.reported_days: Table[Scope, Queue[date]] = Table(journal)
        self.opened: Table[int, Opened] = Table(journal)
        self.calls: Table[str, tuple[CallNoticed, ...]] = Table(journal)
        self.notices: Table[str, CallNoticed] = Table(journal)
        self.rescinded: Table[str, str] = Table(journal)
        self.drawn: Sums[str] = Sums(journal)
        self.lots: Table[LotKey, Lot] = Table(journal)
        self.lots_of: Index[PositionKey, LotKey] = Index(journal)
        self.lots_under: Index[str, LotKey] = Index(journal)
        self.redemption_paid: Sums[str] = Sums(journal)
        self.redemption_payments: Index[str, str] = Index(journal)
        self.rates: Stated[tuple[str, date], Decimal] = Stated(journal)
        self.rate_periods: Index[str, date] = Index(journal)
        self.ended_notes: Table[str, NoteEnded] = Table(journal)
        self.accelerated: Stated[str, date] = Stated(journal)
        self.faulted: Table[str, Event] = Table(journal)
        self.mended: Table[str, str] = Table(journal)
        self.voided: Table[str, str] = Table(journal)
        self._texts: Table[str, str] = Table(journal)

        # What follows from the requests; see `contributions`
        self.used: Sums[tuple[Scope, int]] = Sums(journal)
        self.kept: Sums[tuple[Scope, int]] = Sums(journal)
        self.reserved: Sums[tuple[Scope, int]] = Sums(journal)
        self.claimed: Sums[PositionKey] = Sums(journal)
        self.claimed_by: Sums[tuple[PositionKey, str]] = Sums(journal)
        self.asked_for: Table[PositionKey, OrderedSums[Tender]] = Table(journal)
        self.stopped: Table[tuple[Scope, int], OrderedSums[Tender]] = Table(journal)
        self.asked_since: Table[PositionKey, OrderedSums[Came]] = Table(journal)
        self.vouched: Sums[PositionKey] = Sums(journal)
        self.drawn_of: Sums[PositionKey] = Sums(journal)
        self.unnamed: Table[OfOwner, OrderedSums[Came]] = Table(journal)
        self.named: Table[OfOwner, OrderedSums[Came]] = Table(journal)
        self.papers: Sums[tuple[Registered, Document | AddedWord]] = Sums(journal)
        self.of_owner: Index[str, str] = Index(journal)
        self.on_position: Index[PositionKey, str] = Index(journal)
        self.said_on_position: Table[tuple[PositionKey, str, str], Queue[Came]] = Table(journal)
        self.open_on_note: Index[str, str] = Index(journal)
        self.undecided_on_note: Index[str, str] = Index(journal)
        self.turned_away: Index[str, str] = Index(journal)
        self.ended_by: Index[str, str] = Index(journal)
        self.due: Table[str, Queue[Due]] = Table(journal)
        self.asked_by: Index[str, str] = Index(journal)
        self.waiting_for: Index[str, str] = Index(journal)
        self.waiting_for_report: Index[int, str] = Index(journal)
        self.waiting_for_paper: Index[tuple[Registered, str], str] = Index(journal)
        self.accepted_in: Index[int, str] = Index(journal)
        self.referred_by_us: Index[str, str] = Index(journal)
        self.queue: Queue[Tender] = Queue(journal)
        self.kept_out: Table[tuple[str, Scope], Queue[Tender]] = Table(journal)

    @property
    def at(self) -> int:
        """How many entries the standing was read from."""
        return self._counters.get("at", 0)

    @property
    def latest_received_on(self) -> date | None:
        """The latest business date of any event, or None before the first."""
        return self._days.get("latest")

    @property
    def last_opened(self) -> int | None:
        """The last year that was opened, or None where none was."""
        return max(self.opened, default=None)

    @property
    def first_year(self) -> int | None:
        """The first calendar year of any event, or None before the first."""
        return self._counters.get("first year")

    def move_to(self, received_on: date) -> None:
        """Count one more entry, on an event of a day."""
        self._counters.put("at", self.at + 1)
        if self.first_year is None or received_on.year < self.first_year:
            self._counters.put("first year", received_on.year)
        latest = self.latest_received_on
        if latest is None or received_on > latest:
            self._days.put("latest", received_on)

    def pass_over(self, count: int, first_on: date, last_on: date) -> None:
        """Count so many more entries, on events of these days, that left nothing behind but that they came."""
        if count:
            self.move_to(first_on)
            self.move_to(last_on)
            self._counters.put("at", self.at + count - 2)

    @property
    def book(self) -> str:
        """The digest of the rule book by which the last entry was decided; empty where none was named."""
        return self._texts.get("book", "")

    def decided_by(self, book: str) -> None:
        """Note by which rule book an entry was decided."""
        if book and book != self.book:
            self._texts.put("book", book)

    def trying(self) -> AbstractContextManager[None]:
        """Take back, at the end, everything that moves within."""
        return self.journal.trying()

    def copy(self) -> Standing:
        """Give a standing of the same past that moves by itself; what it holds is frozen, and shared."""
        copied = Standing(self.programme)
        for name, kept in vars(self).items():
            if isinstance(kept, Table | Index | Queue):
                setattr(copied, name, kept.copied(copied.journal))
        return copied

    def live(self, request_id: str) -> Request | None:
        """Find a request that was not voided."""
        request = self.requests.get(request_id)
        return None if request is None or request.state is RequestState.VOIDED else request

    def in_queue(self) -> Iterator[Request]:
        """Walk through the requests with principal that waits, first tendered first."""
        return (self.requests[tender.request_id] for tender in self.queue)

    def in_order(self, request_ids: tuple[str, ...]) -> list[Request]:
        """Give requests in the order of receipt."""
        return sorted((self.requests[name] for name in request_ids), key=lambda request: request.tendered)

    def election(self, year: int) -> Election | None:
        """Give what the issuer elected for a year; None where nobody has said.

        An amount for one owner alone says, besides, which limits bind, where nothing else does.
        """
        return self.elections.standing(year) or self.implied_elections.standing(year)

    def last_elected_before(self, year: int) -> int | None:
        """Give the last year before another of which was said which limits bind."""
        return max((said for said in (*self.elections, *self.implied_elections) if said < year), default=None)

    def due_within(self, cusip: str, first: date, before: date = date.max) -> list[Request]:
        """List the requests of a note with a repayment still to be made from one day on and before another."""
        return self._due(cusip, (first,), (before,))

    def due_on(self, cusip: str, day: date) -> list[Request]:
        """List the requests of a note with a repayment still to be made on a day."""
        return self._due(cusip, (day,), (day, chr(sys.maxunicode)))

    def _due(self, cusip: str, first: tuple[Any, ...], before: tuple[Any, ...]) -> list[Request]:
        if cusip not in self.due:
            return []
        found = {place.request_id: None for place in self.due[cusip].between(first, before)}
        return self.in_order(tuple(found))

    def position(self, key: PositionKey) -> Position:
        """Give what is believed of a position."""
        return self.positions.get(key, NO_POSITION)

    def redeemed_on(self, cusip: str) -> date | None:
        """Give the first day the whole note is redeemed on by a call already noticed, or None."""
        return min((call.redeem_on for call in self.calls.get(cusip, ()) if call.principal == "all"), default=None)

    def last_outstanding(self, scope: Scope) -> Money | None:
        """Give the principal reported for the last day of any, of what a limit or a pro rata call counts."""
        last = self.reported_days[scope].last() if scope in self.reported_days else None
        return None if last is None else self.outstanding.standing((scope, last))

    def rates_of(self, cusip: str) -> dict[date, Decimal]:
        """Give the index's figures known for a note, in per cent a year, by the start of the period."""
        rates = ((start, self.rates.standing((cusip, start))) for start in self.rate_periods.of(cusip))
        return {start: rate for start, rate in rates if rate is not None}

    def is_accelerated(self, cusip: str) -> bool:
        """Tell whether a note was declared due, by itself or with its programme."""
        return cusip in self.accelerated or "" in self.accelerated
