"""Yearly limits, folded in the order of receipt: what each request leaves for those after it, in whole cents.

The sums stand in the programme's standing, where requests answered line by line read and move them too. What is left
of a limit, and what caps make of a request, is worked out as `clauses/limits.py` and `deciding/concluding.py` have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
from rules_engine.rulebook.limit_terms import COVERED, WORDS
from rules_engine.rulebook.option_terms import LimitsApply, PartialFit, Word
from rules_engine.rulebook.vocabulary import Rest
from rules_engine.standing.journal import Queue, Sums
from rules_engine.standing.limits import Scope
from rules_engine.standing.standing import Standing, Tender

ScopeInYear = tuple[Scope, int]

Key = tuple[int, str, int]
"""What is counted together in a year: the number of whom it covers, its name, and the year."""

_NEVER = 10_000
"""A year after every other."""

_COVERS = tuple(Covers)
_NUMBERS = {covers: number for number, covers in enumerate(_COVERS)}
_OWNER, _PROGRAMME, _SERIES, _ISSUE = (
    _NUMBERS[each] for each in (Covers.OWNER, Covers.PROGRAMME, Covers.SERIES, Covers.ISSUE)
)


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
    scope: tuple[int, str] | None
    may_pass: bool
    is_opened: bool


class Fold:
    """One programme's limits, from where its standing is, request after request."""

    def __init__(self, host: ReadOnly, programme: str, covers: Iterable[Covers] = ()) -> None:
        self._host = host
        self.standing: Standing = host.ledger.standing(programme)
        self._allowed: dict[tuple[int, str, Limit, int], _Allowed] = {}
        self._cents: dict[tuple[int, str, str, Limit, int], int] = {}
        self._counted: dict[tuple[str, int], tuple[Key, ...]] = {}
        self._binding: dict[int, frozenset[Limit]] = {}
        self._caps = tuple(_caps_of(host, programme))
        self._looked_at = frozenset(_NUMBERS[each] for each in {*covers, *(cap.covers for cap in self._caps)})
        self._first_kept = min((year for _, year in self.standing.kept), default=_NEVER)
        self._is_queued = any(not cap.later_may_pass and cap.limit is not Limit.INDIVIDUAL for cap in self._caps)
        self._used: dict[Key, int] = {}
        self._kept: dict[Key, int] = {}
        self._moved: set[Key] = set()
        self._moved_kept: set[Key] = set()

    def put_down(self) -> None:
        """Put the sums into the standing, where whoever is answered line by line reads and moves them."""
        for sums, moved, standing in (
            (self._used, self._moved, self.standing.used),
            (self._kept, self._moved_kept, self.standing.kept),
        ):
            for key in moved:
                covers, name, year = key
                standing[Scope(_COVERS[covers], name), year] = sums[key]
            moved.clear()

    def take_up(self) -> None:
        """Read the sums anew: somebody answered line by line has moved them."""
        self._first_kept = min((year for _, year in self.standing.kept), default=_NEVER)
        self._used.clear()
        self._kept.clear()

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
        note, year = asked.note, asked.year
        allowed = self._allowed.get((option.number, note.cusip, limit, year))
        if allowed is None:
            allowed = self._allow(option, note, limit, year)
            self._allowed[option.number, note.cusip, limit, year] = allowed
        scope = allowed.scope or (_OWNER, asked.owner)
        if not allowed.may_pass and self._earlier_waits(limit, Scope(_COVERS[scope[0]], scope[1]), asked.tender):
            return 0
        key = (*scope, year)
        taken = self._used.get(key)
        if taken is None:
            taken = self._used[key] = self.standing.used.of(_scope_in_year(key))
        if self.standing.reserved:
            taken += self.standing.reserved.of(_scope_in_year(key))
        if not allowed.is_opened:
            if year >= self._first_kept:
                taken += self._kept_for(scope, year)
        elif self.standing.stopped and _scope_in_year(key) in self.standing.stopped:
            taken += self.standing.stopped[_scope_in_year(key)].before(asked.tender)
        return max(0, allowed.cents - taken)

    def _kept_for(self, scope: tuple[int, str], year: int) -> int:
        """Give what is kept in a year for principal that waits from earlier ones, in cents."""
        kept = 0
        for each in range(self._first_kept, year + 1):
            key = (*scope, each)
            cents = self._kept.get(key)
            if cents is None:
                cents = self._kept[key] = self.standing.kept.of(_scope_in_year(key))
            kept += cents
        return kept

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
            scope=None if covers is Covers.OWNER else (_NUMBERS[covers], names[covers]),
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
        note, owner, year = asked.note, asked.owner, asked.year
        if shared.accepted:
            for key in self._keys(note, year):
                self._add(self._used, self._moved, self.standing.used, key, shared.accepted)
            if owner and Limit.INDIVIDUAL in self.binding(year):
                self._add(self._used, self._moved, self.standing.used, (_OWNER, owner, year), shared.accepted)
        waits = shared.eligible - shared.accepted
        if waits:
            self._first_kept = min(self._first_kept, year + 1)
            for covers, name, _ in self._keys(note, year):
                self._add(self._kept, self._moved_kept, self.standing.kept, (covers, name, year + 1), waits)
            if owner and _OWNER in self._looked_at:
                self._add(self._kept, self._moved_kept, self.standing.kept, (_OWNER, owner, year + 1), waits)
            for limit in kept_out_by if self._is_queued else ():
                for covers, name in _every_scope(note, owner):
                    self._line_up(limit, Scope(_COVERS[covers], name), asked.tender)

    def _add(self, sums: dict[Key, int], moved: set[Key], standing: Sums[ScopeInYear], key: Key, cents: int) -> None:
        before = sums.get(key)
        if before is None:
            before = standing.of(_scope_in_year(key))
        sums[key] = before + cents
        moved.add(key)

    def _keys(self, note: Note, year: int) -> tuple[Key, ...]:
        """Name what a note's principal counts for in a year, its owner's aside, where a limit looks at it."""
        key = (note.cusip, year)
        found = self._counted.get(key)
        if found is None:
            scopes = ((covers, name, year) for covers, name in _every_scope(note, "") if covers in self._looked_at)
            found = self._counted[key] = tuple(scopes)
        return found

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
    later_may_pass: bool
    covers: Covers


def _caps_of(host: ReadOnly, programme: str) -> Iterator[_Cap]:
    """List the limits that a programme's rules cap by, in whatever edition."""
    for each in host.book.clause_files.get(programme, ()):
        rule_set = each.rule_set
        if rule_set is None or rule_set.clause != SURVIVORS_OPTION.name:
            continue
        apply, later = rule_set.terms.get(Word.LIMITS_APPLY), rule_set.terms.get(Word.LATER_MAY_PASS)
        for rule in rule_set.rules:
            if (limit := REMAINING.get(rule.at_most)) is not None:
                applies = f"issuer applies the {limit.value}"
                asks = any(each.fact == applies and each.values == (True,) for each in rule.conditions)
                always = apply is not None and apply.value == LimitsApply.ALWAYS
                said = rule_set.terms.get(WORDS[limit].covers)
                covers = COVERED[limit] if said is None else Covers(str(said.value))
                yield _Cap(limit, always or not asks, later is not None and later.value is True, covers)


def _every_scope(note: Note, owner: str) -> tuple[tuple[int, str], ...]:
    scopes = ((_PROGRAMME, ""), (_SERIES, note.series), (_ISSUE, note.cusip))
    return (*scopes, (_OWNER, owner)) if owner else scopes


def _scope_in_year(key: Key) -> ScopeInYear:
    covers, name, year = key
    return Scope(_COVERS[covers], name), year


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
