"""Yearly limits, folded in the order of receipt: what each request leaves for those after it, in whole cents.

The sums stand in the programme's standing, where requests answered line by line read and move them too. What is left
of a limit, and what caps make of a request, is worked out as `clauses/limits.py` and `deciding/concluding.py` have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rules_engine.batch.days import day_of
from rules_engine.batch.options import Option
from rules_engine.clauses.limits import limit_in_cents
from rules_engine.deciding.case import RequestCase
from rules_engine.deciding.deciding import NOTHING_BESIDES
from rules_engine.host.cases import Asking, Opened
from rules_engine.host.read_only import ReadOnly
from rules_engine.model.events import SurvivorsOptionRequested
from rules_engine.model.limits import Covers, Limit
from rules_engine.model.money import Money
from rules_engine.model.notes import Note
from rules_engine.rulebook.option_terms import LimitsApply, PartialFit
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

    def __init__(self, host: ReadOnly, programme: str, options: Sequence[Option]) -> None:
        self._host = host
        self.standing: Standing = host.ledger.standing(programme)
        self._allowed: dict[tuple[int, str, Limit, int], _Allowed] = {}
        self._cents: dict[tuple[int, str, str, Limit, int], int] = {}
        self._counted: dict[tuple[str, int], tuple[ScopeInYear, ...]] = {}
        self._options = options
        self._binding: dict[int, tuple[frozenset[Covers], bool]] = {}

    def counts(self, year: int) -> bool:
        """Tell whether any limit may bind in a year, so that what is accepted in it has to be counted."""
        return bool(self._counts_in(year)[0])

    def _counts_in(self, year: int) -> tuple[frozenset[Covers], bool]:
        """Name what the limits that may bind in a year count together; and whether a queue can matter to any."""
        if year not in self._binding:
            covers: set[Covers] = set()
            queued = False
            for option in self._options:
                for limit, covered in option.limits.items():
                    queued |= limit is not Limit.INDIVIDUAL and not option.terms.later_may_pass
                    if self._may_bind(option, limit, year):
                        covers.add(covered)
            self._binding[year] = (frozenset(covers), queued)
        return self._binding[year]

    def _may_bind(self, option: Option, limit: Limit, year: int) -> bool:
        if option.terms.limits_apply is LimitsApply.ALWAYS:
            return True
        election = self.standing.election(year)
        if election is not None and limit in election.applied:
            return True
        applies = f"issuer applies the {limit.value}"
        return any(
            option.plan.words.facts[rule.at_most].limit == limit.value
            and not any(condition.fact == applies and condition.values == (True,) for condition in rule.conditions)
            for rule in option.caps
            if rule.at_most in option.plan.words.facts
        )

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
        covers, queued = self._counts_in(year)
        if shared.accepted:
            for counted in self._scopes(note, year):
                standing.used[counted] = standing.used.get(counted, 0) + shared.accepted
            if owner and Covers.OWNER in covers:
                counted = (Scope(Covers.OWNER, owner), year)
                standing.used[counted] = standing.used.get(counted, 0) + shared.accepted
        waits = shared.eligible - shared.accepted
        if waits:
            scopes = _every_scope(note, owner)
            for scope in scopes:
                kept = (scope, year + 1)
                standing.kept[kept] = standing.kept.get(kept, 0) + waits
            for limit in kept_out_by if queued else ():
                for scope in scopes:
                    self._line_up(limit, scope, asked.tender)

    def _scopes(self, note: Note, year: int) -> tuple[ScopeInYear, ...]:
        """Name what a note's principal counts for in a year, its owner's aside, where a limit may look at it."""
        key = (note.cusip, year)
        if key not in self._counted:
            covers, _ = self._counts_in(year)
            scopes = (
                Scope(Covers.PROGRAMME),
                Scope(Covers.SERIES, note.series),
                Scope(Covers.ISSUE, note.cusip),
            )
            self._counted[key] = tuple((scope, year) for scope in scopes if scope.covers in covers)
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
