"""The issuer's yearly limits: whether they bind, and what is left of them.

Each limit has the same four facts. Everything here reads the standing. A year's limit is used up by what was accepted
in that calendar year, whenever it was tendered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rules_engine.dates.months import day_of_the_year
from rules_engine.deciding.case import Bound, RequestCase
from rules_engine.deciding.declaring import fact
from rules_engine.model.codes import Code
from rules_engine.model.limits import Covers, Limit, LimitTerms
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing
from rules_engine.rulebook import limit_terms
from rules_engine.rulebook.limit_terms import COVERED
from rules_engine.rulebook.option_terms import LimitsApply, Word
from rules_engine.rulebook.vocabulary import Fact, Rest, TermWord
from rules_engine.standing.deciding_again import election_missing
from rules_engine.standing.limits import Scope
from rules_engine.standing.positions import NOTHING
from rules_engine.standing.standing import Tender

TERM_WORDS = (
    TermWord(
        name=Word.LIMITS_APPLY.value,
        kind=Kind.WORD,
        words=tuple(LimitsApply),
        meaning="Whether the yearly limits bind only in years for which the issuer elected them, or in every year.",
    ),
    *(word for words in limit_terms.TERM_WORDS.values() for word in words),
    TermWord(
        name=Word.LATER_MAY_PASS.value,
        kind=Kind.YES_NO,
        meaning="Whether a later tender that fits a limit is accepted ahead of an earlier one that does not fit.",
    ),
)

_COUNTS = {
    Limit.INDIVIDUAL: "the limit for one deceased owner",
    Limit.ANNUAL: "the programme's limit",
    Limit.SERIES: "the limit for a series, or trust,",
    Limit.ISSUE: "the limit for one note",
}
_REPORTED = {Limit.ANNUAL: "outstanding principal is reported"}
_BASE_DAY = {Limit.ANNUAL: "base day"}


def _facts_of(limit: Limit) -> tuple[Fact, ...]:
    """Declare what is known of one limit."""
    words, counts = limit_terms.WORDS[limit], _COUNTS[limit]

    @fact(
        f"issuer applies the {limit.value}",
        Kind.YES_NO,
        about="standing",
        terms=(Word.LIMITS_APPLY.value,),
        meaning=f"Whether {counts} binds in the calendar year of acceptance.",
    )
    def applies(case: RequestCase) -> bool:
        return _applies(case, limit)

    @fact(
        f"{limit.value} remaining",
        Kind.MONEY,
        about="standing",
        terms=() if limit is Limit.INDIVIDUAL else (Word.LATER_MAY_PASS.value,),
        terms_any=(words.amount, words.percentage),
        terms_optional=words.all,
        limit=limit.value,
        meaning=f"What is left of {counts} in the calendar year of acceptance. {_HOW_MUCH}",
    )
    def remaining(case: RequestCase) -> Money | Missing:
        return _remaining(case, limit)

    @fact(
        _REPORTED.get(limit, f"outstanding principal for the {limit.value} is reported"),
        Kind.YES_NO,
        about="standing",
        terms=(words.base_day,),
        meaning="Whether the principal outstanding on the base day was reported, or the issuer named an amount.",
    )
    def is_reported(case: RequestCase) -> bool:
        return _raised(case, limit) is not None or _base(case, limit) is not None

    @fact(
        _BASE_DAY.get(limit, f"base day of the {limit.value}"),
        Kind.DATE,
        terms=(words.base_day,),
        meaning="The day whose outstanding principal the limit of the year of acceptance is a percentage of.",
    )
    def of_the_base(case: RequestCase) -> date:
        return base_day(case, limit)

    return (applies, remaining, is_reported, of_the_base)


_HOW_MUCH = (
    "While the outstanding principal is not reported, what is left of the amount alone; nothing, while an earlier "
    "tender waits and later ones may not pass it. Until the year is opened, principal that still waits from earlier "
    "years is kept for it."
)

FACTS = tuple(declared for limit in Limit for declared in _facts_of(limit))


def bounds(case: RequestCase) -> tuple[Bound, ...]:
    """Let nothing in that waited for a limit while nobody has said which limits bind in the year.

    That is so where limits bound when the issuer last said which do.
    """
    year = case.on.year
    elects = case.terms.limits_apply is LimitsApply.ELECTED
    if not (case.carried_over and elects and is_silent(case, year)):
        return ()
    because = f"Limits bound before, and nobody has said which bind in {year}; what they kept out goes on waiting."
    return (
        Bound(
            code=Code.LIMITS_NOT_ELECTED,
            at_most=NOTHING,
            because=because,
            cite="Life of a request, limits",
            rest=Rest.PENDED,
            waits_for=election_missing(year),
        ),
    )


def is_silent(case: RequestCase, year: int) -> bool:
    """Tell whether nobody has said which limits bind in a year, though some did when it was last said."""
    standing = case.standing
    if standing.election(year) is not None:
        return False
    last = standing.last_elected_before(year)
    election = None if last is None else standing.election(last)
    return election is not None and bool(election.applied)


def base_day(case: RequestCase, limit: Limit) -> date:
    """Give the last base day that lies wholly before the calendar year of acceptance."""
    return day_of_the_year(_terms(case, limit).base_day, case.on.year - 1)


def limit_in_cents(case: RequestCase, limit: Limit) -> int:
    """Give the year's limit in cents: the greatest of the amount, what the issuer allows, and the percentage.

    The issuer allows an amount for everybody, for one owner or, by a waiver, for this request alone.
    """
    terms, base = _terms(case, limit), _base(case, limit)
    of_base = 0
    if terms.percentage is not None and base is not None:
        per_cent, of = terms.percentage.as_integer_ratio()
        # whole cents, rounded down: a limit is never exceeded by rounding
        of_base = base.cents * per_cent // (of * 100)
    allowed = (terms.amount, _raised(case, limit), _waived(case, limit))
    return max([of_base, *(amount.cents for amount in allowed if amount is not None)])


_NO_TERMS = LimitTerms()


def scope_of(case: RequestCase, limit: Limit) -> Scope | Missing:
    """Name what a limit counts together; Missing where the request does not name its owner.

    Raises ValueError for a note whose series is not printed.
    """
    return _scope(case, _terms(case, limit).covers or COVERED[limit])


def _scope(case: RequestCase, covers: Covers) -> Scope | Missing:
    if covers is Covers.OWNER:
        owner = case.asked.owner_ref
        return Missing(("owner_ref",)) if owner is None else Scope(covers, owner)
    if covers is Covers.SERIES and not case.note.series:
        raise ValueError(f"the limit is one of the series, and the supplement of {case.note.cusip} names none")
    if covers is Covers.PROGRAMME:
        return Scope(covers, "")
    return Scope(covers, case.note.series if covers is Covers.SERIES else case.note.cusip)


def _terms(case: RequestCase, limit: Limit) -> LimitTerms:
    return case.terms.limits.get(limit, _NO_TERMS)


def _applies(case: RequestCase, limit: Limit) -> bool:
    if case.terms.limits_apply is LimitsApply.ALWAYS:
        return True
    election = case.standing.election(case.on.year)
    return election is not None and limit in election.applied


def _remaining(case: RequestCase, limit: Limit) -> Money | Missing:
    scope = scope_of(case, limit)
    if isinstance(scope, Missing):
        return scope
    if limit is not Limit.INDIVIDUAL and not case.terms.later_may_pass and _earlier_tender_waits(case, limit, scope):
        return Money.from_cents(case.let_in)
    year, standing = case.on.year, case.standing
    # once the year is opened, what waited has had its turn in the order of receipt, but for what a question has stopped
    opened = year in standing.opened
    kept = _stopped_before(case, (scope, year)) if opened else _kept_for(case, scope, year)
    reserved = standing.reserved.of((scope, year))
    taken = standing.used.of((scope, year)) + kept + reserved - _own(case, year, opened=opened)
    return Money.from_cents(max(case.let_in, limit_in_cents(case, limit) - taken))


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitUse:
    """What a limit allows in a year, and what of it is taken: used, kept for what waits, kept for faults of ours."""

    applies: bool
    allowed: Money
    base: Money | None
    used: Money
    kept: Money
    reserved: Money

    @property
    def left(self) -> Money:
        """What a new request may still be accepted for; never less than nothing."""
        return Money.from_cents(max(0, self.allowed.cents - self.used.cents - self.kept.cents - self.reserved.cents))


def use_of(case: RequestCase, limit: Limit) -> LimitUse | Missing:
    """Tell how much of a limit is taken in the year of a case; Missing where the case does not name its owner."""
    scope = scope_of(case, limit)
    if isinstance(scope, Missing):
        return scope
    year, standing = case.on.year, case.standing
    kept = _stopped_before(case, (scope, year)) if year in standing.opened else _kept_for(case, scope, year)
    return LimitUse(
        applies=_applies(case, limit),
        allowed=Money.from_cents(limit_in_cents(case, limit)),
        base=_base(case, limit),
        used=Money.from_cents(standing.used.of((scope, year))),
        kept=Money.from_cents(kept),
        reserved=Money.from_cents(standing.reserved.of((scope, year))),
    )


def _stopped_before(case: RequestCase, scope_in_year: tuple[Scope, int]) -> int:
    """Give what a question has stopped of requests tendered earlier and kept out of the year before, in cents."""
    stopped = case.standing.stopped.get(scope_in_year)
    return 0 if stopped is None else stopped.before(Tender(*case.tendered, case.request_id))


def _kept_for(case: RequestCase, scope: Scope, year: int) -> int:
    """Give what is kept for principal that waits, in cents: until its year is opened, which may be any so far."""
    kept, first = case.standing.kept, case.standing.first_year
    if not kept:
        return 0
    return sum(kept.of((scope, each)) for each in range(min(year, year if first is None else first), year + 1))


def _own(case: RequestCase, year: int, *, opened: bool) -> int:
    """Give what is kept for this very request among all that is kept, in cents."""
    own = case.earlier
    if own is None or not own.is_open:
        return 0
    waits = own.waiting.cents + own.pended.cents
    kept = waits if not opened and own.kept_out_in + 1 <= year else 0
    reserved = own.asked.principal.cents if own.ours and not own.is_settled_in_part else 0
    return kept + (reserved if own.counts_from.year == year else 0)


def _earlier_tender_waits(case: RequestCase, limit: Limit, scope: Scope) -> bool:
    """Tell whether a limit keeps out a tender made before this one; one that another limit keeps out does not count."""
    queue = case.standing.kept_out.get((limit.value, scope))
    first = None if queue is None else queue.first_but(lambda tender: tender.request_id == case.request_id)
    return first is not None and (first.received_on, first.place) < case.tendered


def _raised(case: RequestCase, limit: Limit) -> Money | None:
    """Give the amount the issuer allows instead this year, where it named one: for this owner, or for all."""
    if limit is Limit.INDIVIDUAL and case.asked.owner_ref is not None:
        own = case.standing.owners_elections.standing((case.on.year, case.asked.owner_ref))
        if own is not None and own.amount(limit) is not None:
            return own.amount(limit)
    election = case.standing.election(case.on.year)
    return None if election is None else election.amount(limit)


def _waived(case: RequestCase, limit: Limit) -> Money | None:
    """Give the amount the issuer allows this one request under a limit; the last waiver counts."""
    waivers = case.earlier.waivers if case.earlier else ()
    if not waivers:
        return None
    amounts = [waiver.amount for waiver in waivers if waiver.limit == limit.value]
    return amounts[-1] if amounts else None


def _base(case: RequestCase, limit: Limit) -> Money | None:
    """Give the principal reported for the base day of a limit; None while it is not reported."""
    terms = _terms(case, limit)
    base = terms.base or (Covers.PROGRAMME if limit is Limit.INDIVIDUAL else terms.covers or COVERED[limit])
    scope = _scope(case, base)
    assert isinstance(scope, Scope), "the base of a limit is never one owner's"
    return case.standing.outstanding.standing((scope, base_day(case, limit))) if terms.base_day else None
