"""Yearly limits, folded in the order of receipt: what each request leaves for those after it, in whole cents.

The sums stand in the programme's standing, where requests answered line by line read and move them too. What is left
of a limit, and what caps make of a request, is worked out as `clauses/limits.py` and `deciding/concluding.py` have it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rules_engine.batch.days import day_of
from rules_engine.batch.options import REMAINING, Option
from rules_engine.clauses import SURVIVORS_OPTION
from rules_engine.clauses.limits import limit_in_cents
from rules_engine.deciding.case import RequestCase
from rules_engine.deciding.deciding import NOTHING_BESIDES
from rules_engine.host.cases import Asking, Opened
from rules_engine.host.read_only import ReadOnly
from rules_engine.model.events import SurvivorsOptionRequested
from rules_engine.model.limits import Covers, Limit
from rules_engine.model.money import Money
from rules_engine.model.notes import Note
from rules_engine.rulebook.option_terms import LimitsApply, PartialFit, Word
from rules_engine.rulebook.vocabulary import Rest
from rules_engine.standing.journal import Queue
from rules_engine.standing.limits import Scope
from rules_engine.standing.standing import Standing, Tender

ScopeInYear = tuple[Scope, int]


class Shared(NamedTuple):
    """Principal as caps divide it, in cents, as `conclude` does it."""

    eligible: int
    kept_in: int
    accepted: int


class CapFound(NamedTuple):
    """A cap of one request: what it allows, in cents, what becomes of the rest, and of which limit it is."""

    at_most: int
    rest: Rest
    limit: Limit | None


class AskedNow(NamedTuple):
    """A request as limits see it: its note, its owner or nobody, the year it counts in, and its place in the order.

    `received_on` is the number of the day it came, `place` the position its answer has on the ledger.
    """

    note: Note
    owner: str
    year: int
    received_on: int
    place: int

    @property
    def tender(self) -> Tender:
        """Its place in the order of receipt."""
        return Tender(day_of(self.received_on), self.place, "")


@dataclass(slots=True)
class _Allowed:
    """One limit of one note in one year: how much, and of what it counts together; None for the owner's."""

    cents: int
    scope: Scope | None
    may_pass: bool
    is_opened: bool


class Fold:
    """One programme's limits, from where its standing is, request after request."""

    def __init__(self, host: ReadOnly, programme: str) -> None:
        self._host = host
        self.standing: Standing = host.ledger.standing(programme)
        self._allowed: dict[tuple[int, str, Limit, int], _Allowed] = {}
        self._cents: dict[tuple[int, str, str, Limit, int], int] = {}
        self._counted: dict[tuple[str, int], tuple[ScopeInYear, ...]] = {}
        self._binding: dict[int, frozenset[Limit]] = {}
        self._caps = tuple(_caps_of(host, programme))

    def binding(self, year: int) -> frozenset[Limit]:
        """Name the limits that may bind in a year, by any edition of the programme's rules."""
        if year not in self._binding:
            election = self.standing.election(year)
            applied = frozenset() if election is None else election.applied
            self._binding[year] = frozenset(
                cap.limit for cap in self._caps if cap.whether_elected_or_not or cap.limit in applied
            )
        return self._binding[year]

    def remaining(self, option: Option, asked: AskedNow, limit: Limit) -> int:
        """Give what is left of a limit for a request made now, in cents."""
        year = asked.year
        key = (option.number, asked.note.cusip, limit, year)
        allowed = self._allowed.get(key)
        if allowed is None:
            allowed = self._allowed[key] = self._allow(option, asked.note, limit, year)
        scope = allowed.scope or Scope(Covers.OWNER, asked.owner)
        if not allowed.may_pass and self._earlier_waits(limit, scope, asked.tender):
            return 0
        standing = self.standing
        counted = (scope, year)
        taken = standing.used.get(counted, 0) + standing.reserved.get(counted, 0)
        if standing.kept and not allowed.is_opened:
            first = standing.first_year
            taken += sum(standing.kept.get((scope, each), 0) for each in range(min(year, first or year), year + 1))
        elif allowed.is_opened and counted in standing.stopped:
            taken += standing.stopped[counted].before(asked.tender)
        return max(0, allowed.cents - taken)

    def _earlier_waits(self, limit: Limit, scope: Scope, tender: Tender) -> bool:
        queue = self.standing.kept_out.get((limit.value, scope))
        first = None if queue is None else queue.first_but(lambda _: False)
        return first is not None and (first.received_on, first.place) < (tender.received_on, tender.place)

    def _allow(self, option: Option, note: Note, limit: Limit, year: int) -> _Allowed:
        covers = option.limits[limit]
        names = {Covers.OWNER: "", Covers.PROGRAMME: "", Covers.SERIES: note.series, Covers.ISSUE: note.cusip}
        terms = option.terms.limits.get(limit)
        alone = note.limits or Covers.ISSUE in (covers, terms and terms.base)
        figures = (option.number, note.series, note.cusip if alone else "", limit, year)
        if figures not in self._cents:
            self._cents[figures] = limit_in_cents(self.case(note, year), limit)
        return _Allowed(
            cents=self._cents[figures],
            scope=None if covers is Covers.OWNER else Scope(covers, names[covers]),
            may_pass=limit is Limit.INDIVIDUAL or bool(option.terms.later_may_pass),
            is_opened=year in self.standing.opened,
        )

    def case(self, note: Note, year: int) -> RequestCase:
        """Open a case of a note in a year, of which only that is looked at."""
        day = date(year, 1, 1)
        event = SurvivorsOptionRequested(
            event_id="any",
            received_on=day,
            request_id="any",
            cusip=note.cusip,
            principal=Money.from_cents(1),
        )
        asking = Asking(asked=event, principal=event.principal, on=day)
        opened = self._host.cases.request(event, asking, self.standing, NOTHING_BESIDES)
        assert isinstance(opened, Opened)
        assert isinstance(opened.case, RequestCase)
        return opened.case

    def take(self, asked: AskedNow, shared: Shared, kept_out_by: Sequence[Limit]) -> None:
        """Count what a request was accepted for, and what of it waits for the next year."""
        standing, note, owner, year = self.standing, asked.note, asked.owner, asked.year
        if shared.accepted:
            for counted in self._scopes(note, year):
                standing.used[counted] = standing.used.get(counted, 0) + shared.accepted
            if owner and Limit.INDIVIDUAL in self.binding(year):
                counted = (Scope(Covers.OWNER, owner), year)
                standing.used[counted] = standing.used.get(counted, 0) + shared.accepted
        waits = shared.eligible - shared.accepted
        if waits:
            scopes = _every_scope(note, owner)
            for scope in scopes:
                kept = (scope, year + 1)
                standing.kept[kept] = standing.kept.get(kept, 0) + waits
            for limit in kept_out_by:
                for scope in scopes:
                    self._line_up(limit, scope, asked.tender)

    def _scopes(self, note: Note, year: int) -> tuple[ScopeInYear, ...]:
        """Name what a note's principal counts for in a year, its owner's aside, where a limit may look at it."""
        key = (note.cusip, year)
        if key not in self._counted:
            looked_at = self.binding(year) - {Limit.INDIVIDUAL}
            self._counted[key] = tuple((scope, year) for scope in _every_scope(note, "")) if looked_at else ()
        return self._counted[key]

    def _line_up(self, limit: Limit, scope: Scope, tender: Tender) -> None:
        """Keep the first tender that a limit keeps out; those behind it are never asked for."""
        queue = self.standing.kept_out.get((limit.value, scope))
        if queue is None:
            queue = Queue(self.standing.journal)
            self.standing.kept_out[limit.value, scope] = queue
        first = queue.first_but(lambda _: False)
        if first is None or tender < first:
            queue.add(tender)


@dataclass(frozen=True, slots=True)
class _Cap:
    """A limit that some edition caps by; it may bind where the issuer elected it, or in any year."""

    limit: Limit
    whether_elected_or_not: bool


def _caps_of(host: ReadOnly, programme: str) -> Iterator[_Cap]:
    """List the limits that a programme's rules cap by, in whatever edition."""
    for each in host.book.clause_files.get(programme, ()):
        rule_set = each.rule_set
        if rule_set is None or rule_set.clause != SURVIVORS_OPTION.name:
            continue
        apply = rule_set.terms.get(Word.LIMITS_APPLY)
        for rule in rule_set.rules:
            if (limit := REMAINING.get(rule.at_most)) is not None:
                applies = f"issuer applies the {limit.value}"
                asks = any(each.fact == applies and each.values == (True,) for each in rule.conditions)
                always = apply is not None and apply.value == LimitsApply.ALWAYS
                yield _Cap(limit, always or not asks)


def _every_scope(note: Note, owner: str) -> tuple[Scope, ...]:
    scopes = (Scope(Covers.PROGRAMME), Scope(Covers.SERIES, note.series), Scope(Covers.ISSUE, note.cusip))
    return (*scopes, Scope(Covers.OWNER, owner)) if owner else scopes


def share_out(requested: int, caps: Sequence[CapFound], multiple: int, fit: PartialFit) -> Shared:
    """Divide a principal by its caps: what is eligible at all, what of it fits this year's limits, what is accepted."""
    eligible = _fitting(requested, caps, Rest.NOT_ACCEPTED, multiple)
    kept_in = _whole_or_fitting(eligible, caps, Rest.CARRIED_OVER, multiple, fit)
    accepted = _whole_or_fitting(kept_in, caps, Rest.PENDED, multiple, fit)
    return Shared(eligible, kept_in, accepted)


def shared_signs(shared: Shared) -> tuple[bool, bool, bool]:
    """Say what of a principal is anything at all: with its caps' signs, all that what is said of it depends on."""
    return shared.eligible > 0, shared.kept_in > 0, shared.accepted > 0


def _fitting(principal: int, caps: Sequence[CapFound], rest: Rest, multiple: int) -> int:
    smallest = principal
    for cap in caps:
        if cap.rest is rest and cap.at_most < smallest:
            smallest = cap.at_most
    return principal if smallest >= principal else smallest - smallest % multiple


def _whole_or_fitting(principal: int, caps: Sequence[CapFound], rest: Rest, multiple: int, fit: PartialFit) -> int:
    fitting = _fitting(principal, caps, rest, multiple)
    return 0 if fit is PartialFit.WHOLE and fitting < principal else fitting
