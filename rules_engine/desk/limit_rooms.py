"""What is left of each yearly limit: used, kept for what waits, who waits, and what fits next.

Figures are those a request made now would be decided by, found by opening its case; nothing is decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rules_engine.clauses.limits import LimitUse, base_day, limit_in_cents, scope_of, use_of
from rules_engine.deciding.case import RequestCase
from rules_engine.desk.day import standings
from rules_engine.host import Host
from rules_engine.model.events import SurvivorsOptionRequested
from rules_engine.model.limits import Covers, Limit
from rules_engine.model.money import Money
from rules_engine.model.notes import Note
from rules_engine.model.values import Missing
from rules_engine.rulebook.option_terms import LimitsApply, PartialFit
from rules_engine.standing.limits import Scope
from rules_engine.standing.requests import NOTHING
from rules_engine.standing.standing import Standing

ALWAYS, ELECTED, NOT_ELECTED, NOT_SAID = "always", "elected", "not elected", "not yet said"
_ONE = Money.parse("1.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """A request that a limit keeps out: how much of it waits, since when it is tendered, and how much fits this year.

    What a limit kept out of this very year fits in the next at the earliest.
    """

    request_id: str
    cusip: str
    tendered_on: date
    waiting: Money
    fits: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRoom:
    """One limit in one year, for whom it counts.

    `covers` and `name` say what is counted together (`owner` and a reference, `series` and its name, `issue` and a
    CUSIP, `programme` and nothing). `binds` is `always`, `elected`, `not elected`, or `not yet said`. `allowed` is the
    greatest of the amount, what the issuer allows and the `percentage` of the `base` on the `base_day`; `missing` names
    the report without which the amount alone counts. `kept` is for what waits, `reserved` for requests referred for a
    fault of ours. `notes` counts the notes whose terms these are.
    """

    programme: str
    limit: Limit
    covers: Covers
    name: str
    year: int
    binds: str
    amount: Money | None
    percentage: Decimal | None
    base_day: date | None
    base: Money | None
    allowed: Money
    used: Money
    kept: Money
    reserved: Money
    left: Money
    waiting: tuple[Waits, ...]
    missing: tuple[str, ...]
    notes: int

    @property
    def is_used_up(self) -> bool:
        """Whether nothing is left."""
        return not self.left.cents


def limit_rooms(
    host: Host,
    *,
    year: int | None = None,
    programme: str | None = None,
    owner_ref: str | None = None,
    cusip: str | None = None,
) -> list[LimitRoom]:
    """List the limits of each programme on the ledger, or of one; those of an owner where something counts for it.

    `year` is by default that of the latest business date the programme has recorded.
    """
    found: list[LimitRoom] = []
    for standing in standings(host, programme):
        day = standing.latest_received_on
        if day is None or not standing.programme:
            continue
        on = day if year in (None, day.year) else date(year or day.year, 1, 1)
        for notes in _with_the_same_limits(host, standing.programme, cusip):
            for owner in _owners(standing, on.year, owner_ref):
                found.extend(_of_notes(host, standing, notes, owner, on))
    order = list(Limit)
    return sorted(found, key=lambda room: (room.programme, order.index(room.limit), room.name, room.allowed.cents))


def _with_the_same_limits(host: Host, programme: str, cusip: str | None) -> list[list[Note]]:
    """Gather a programme's notes whose limits have the same figures and count the same."""
    found: dict[tuple[object, ...], list[Note]] = {}
    for note in host.book.notes.values():
        terms = host.option_terms(note.cusip) if note.programme == programme and cusip in (None, note.cusip) else None
        if terms is not None and terms.limits and note.survivors_option:
            own = note.cusip if Limit.ISSUE in terms.limits else ""
            figures = tuple(sorted(terms.limits.items()))
            key = (figures, terms.limits_apply, terms.partial_fit, note.series if Limit.SERIES in terms.limits else "")
            found.setdefault((*key, own), []).append(note)
    return list(found.values())


def _owners(standing: Standing, year: int, owner_ref: str | None) -> list[str | None]:
    """List nobody, for limits on more than one owner, and each owner of whom something counts in a year."""
    if owner_ref is not None:
        return [owner_ref]
    counted = {
        scope.name
        for sums in (standing.used, standing.kept, standing.reserved)
        for scope, counted_in in sums
        if scope.covers is Covers.OWNER and counted_in <= year and sums.of((scope, counted_in))
    }
    return [None, *sorted(counted)]


def _of_notes(
    host: Host, standing: Standing, notes: Sequence[Note], owner: str | None, on: date
) -> Iterator[LimitRoom]:
    """Give the limits a new request for one of some notes would be held against; those of owners for an owner alone."""
    note = notes[0]
    asked = SurvivorsOptionRequested(
        event_id="", received_on=on, request_id="", cusip=note.cusip, principal=_ONE, owner_ref=owner
    )
    case = host.request_case(asked, standing)
    if not isinstance(case, RequestCase):
        return
    for limit in case.terms.limits:
        try:
            scope = scope_of(case, limit)
            use = use_of(case, limit)
        except ValueError:  # a limit of the series, on a note whose series is not printed
            continue
        if isinstance(scope, Missing) or isinstance(use, Missing):
            continue
        if (scope.covers is Covers.OWNER) is (owner is None):
            continue
        yield _room(case, limit, scope, use, len(notes))


def _room(case: RequestCase, limit: Limit, scope: Scope, use: LimitUse, notes: int) -> LimitRoom:
    terms, standing, year = case.terms.limits[limit], case.standing, case.on.year
    waiting = tuple(_waiting(case, limit, scope, use))
    missing: list[str] = []
    binds = _binds(case, limit, use)
    if binds == NOT_SAID:
        missing.append(f"limits_elected for {year}")
    day = base_day(case, limit) if terms.base_day else None
    if terms.percentage is not None and use.base is None:
        missing.append(f"outstanding_reported as of {day}")
    return LimitRoom(
        programme=standing.programme,
        limit=limit,
        covers=scope.covers,
        name=scope.name,
        year=year,
        binds=binds,
        amount=terms.amount,
        percentage=terms.percentage,
        base_day=day,
        base=use.base,
        allowed=use.allowed,
        used=use.used,
        kept=use.kept,
        reserved=use.reserved,
        left=use.left,
        waiting=waiting,
        missing=tuple(missing),
        notes=notes,
    )


def _binds(case: RequestCase, limit: Limit, use: LimitUse) -> str:
    if case.terms.limits_apply is LimitsApply.ALWAYS:
        return ALWAYS
    if use.applies:
        return ELECTED
    return NOT_SAID if case.standing.election(case.on.year) is None else NOT_ELECTED


def _waiting(case: RequestCase, limit: Limit, scope: Scope, use: LimitUse) -> Iterator[Waits]:
    """List what the limit keeps out, first tendered first, with what of it there is room for in the year."""
    queue = case.standing.kept_out.get((limit.value, scope))
    left = max(0, limit_in_cents(case, limit) - use.used.cents)
    for tender in queue or ():
        request = case.standing.requests[tender.request_id]
        fits = 0
        if request.kept_out_in < case.on.year:
            fits = min(left, request.waiting.cents)
            if case.terms.partial_fit is PartialFit.WHOLE and fits < request.waiting.cents:
                fits = 0
            left -= fits
        yield Waits(
            request_id=request.request_id,
            cusip=request.cusip,
            tendered_on=tender.received_on,
            waiting=request.waiting,
            fits=Money.from_cents(fits) if fits else NOTHING,
        )
