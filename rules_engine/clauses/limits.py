"""The issuer's yearly limits: whether they bind, and what is left of them.

Everything here reads the standing. A year's limit is used up by what was accepted in that calendar
year, whenever it was tendered.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rules_engine.dates.months import day_of_the_year
from rules_engine.deciding.case import RequestCase
from rules_engine.deciding.declaring import fact
from rules_engine.model.money import Money
from rules_engine.model.standing import Request, Scope
from rules_engine.model.values import Kind, Missing
from rules_engine.rulebook.vocabulary import TermWord

NOTHING = Money.from_cents(0)

TERM_WORDS = (
    TermWord(
        name="limits apply",
        kind=Kind.WORD,
        words=("if the issuer elects", "always"),
        meaning="Whether the yearly limits bind only in years for which the issuer elected them, or in every year.",
    ),
    TermWord(
        name="individual limit",
        kind=Kind.MONEY,
        meaning="The most accepted for one deceased owner in one calendar year, over all notes of the programme.",
    ),
    TermWord(
        name="annual limit amount",
        kind=Kind.MONEY,
        meaning="The amount below which the programme's yearly limit never falls.",
    ),
    TermWord(
        name="annual limit percentage",
        kind=Kind.PERCENT,
        meaning="The yearly limit in per cent of the outstanding principal; the greater of it and the amount binds.",
    ),
    TermWord(
        name="annual limit base day",
        kind=Kind.DAY_OF_THE_YEAR,
        meaning="The day of the year before whose outstanding principal the percentage is taken of.",
    ),
    TermWord(
        name="annual limit covers",
        kind=Kind.WORD,
        words=("programme", "series", "issue"),
        meaning="Whose principal and acceptances the yearly limit counts: all notes, a series, or one note.",
    ),
    TermWord(
        name="partial fit",
        kind=Kind.WORD,
        words=("the part that fits", "whole tender or nothing"),
        meaning="Whether a tender that does not fit a limit is accepted in part, in multiples, or waits whole.",
        required=True,
    ),
    TermWord(
        name="later tender may pass",
        kind=Kind.YES_NO,
        meaning="Whether a later tender that fits a limit is accepted ahead of an earlier one that does not fit.",
    ),
)


@fact("issuer applies the individual limit", Kind.YES_NO, about="standing", terms=("limits apply",))
def individual_limit_applies(case: RequestCase) -> bool:
    """Whether the limit for one deceased owner binds in the calendar year of acceptance."""
    election = case.standing.elections.get(case.on.year)
    return case.term("limits apply") == "always" or (election is not None and election.individual)


@fact("issuer applies the annual limit", Kind.YES_NO, about="standing", terms=("limits apply",))
def annual_limit_applies(case: RequestCase) -> bool:
    """Whether the programme's limit binds in the calendar year of acceptance."""
    election = case.standing.elections.get(case.on.year)
    return case.term("limits apply") == "always" or (election is not None and election.annual)


@fact("individual limit remaining", Kind.MONEY, about="standing", terms=("individual limit",))
def individual_limit_remaining(case: RequestCase) -> Money | Missing:
    """What is left of the limit for this deceased owner in the calendar year of acceptance.

    Until the year is opened, principal of the owner that still waits from earlier years is kept for it.
    """
    owner = case.asked.owner_ref
    if owner is None:
        return Missing(("owner_ref",))
    limit: Money = case.term("individual limit")
    used = case.standing.individual_used.get((owner, case.on.year), NOTHING)
    kept = sum(request.waiting.cents for request in _kept_for(case) if request.event.owner_ref == owner)
    return Money.from_cents(max(0, limit.cents - used.cents - kept))


@fact(
    "annual limit remaining",
    Kind.MONEY,
    about="standing",
    terms=(
        "annual limit amount",
        "annual limit percentage",
        "annual limit base day",
        "annual limit covers",
        "later tender may pass",
    ),
)
def annual_limit_remaining(case: RequestCase) -> Money:
    """What is left of the programme's limit in the calendar year of acceptance.

    While the outstanding principal is not reported, what is left of the amount alone. Nothing,
    while an earlier tender waits for the limit and later ones may not pass it. Until the year is
    opened, principal that still waits from earlier years is kept for its owners.
    """
    if not case.term("later tender may pass") and _earlier_tender_waits(case):
        return NOTHING
    used = case.standing.annual_used.get((_scope(case), case.on.year), NOTHING)
    kept = sum(request.waiting.cents for request in _kept_for(case) if _covered(request, case))
    return Money.from_cents(max(0, _annual_limit(case) - used.cents - kept))


@fact(
    "outstanding principal is reported",
    Kind.YES_NO,
    about="standing",
    terms=("annual limit base day", "annual limit covers"),
)
def outstanding_is_reported(case: RequestCase) -> bool:
    """Whether the principal outstanding on the base day was reported, or the issuer set the limit by amount."""
    return _raised_limit(case) is not None or (_scope(case), base_day(case)) in case.standing.outstanding


@fact("base day", Kind.DATE, terms=("annual limit base day",))
def base_day_of_the_limit(case: RequestCase) -> date:
    """The day whose outstanding principal the limit of the year of acceptance is a percentage of."""
    return base_day(case)


def base_day(case: RequestCase) -> date:
    """Give the last base day that lies wholly before the calendar year of acceptance."""
    return day_of_the_year(case.term("annual limit base day"), case.on.year - 1)


def _raised_limit(case: RequestCase) -> Money | None:
    """Give the amount the issuer allows instead, if it allows more this year."""
    election = case.standing.elections.get(case.on.year)
    return None if election is None else election.annual_amount


def _annual_limit(case: RequestCase) -> int:
    """Give the year's limit in cents: the greatest of the amount, what the issuer allows, and the percentage."""
    floor: Money = case.term("annual limit amount")
    raised = _raised_limit(case) or NOTHING
    base = case.standing.outstanding.get((_scope(case), base_day(case)), NOTHING)
    percentage: Decimal = case.term("annual limit percentage")
    per_cent, of = percentage.as_integer_ratio()
    # whole cents, rounded down: a limit is never exceeded by rounding
    of_base = base.cents * per_cent // (of * 100)
    return max(floor.cents, raised.cents, of_base)


def _scope(case: RequestCase) -> Scope:
    """Name what the yearly limit covers; raise ValueError for a note whose series is not printed."""
    covers = str(case.term("annual limit covers"))
    if covers == "series" and not case.note.series:
        raise ValueError(f"the limit is one of the series, and the supplement of {case.note.cusip} names none")
    return (covers, {"programme": "", "series": case.note.series, "issue": case.note.cusip}[covers])


def _covered(request: Request, case: RequestCase) -> bool:
    """Tell whether the limit of this case also covers another request."""
    covers, name = _scope(case)
    return name == {"programme": "", "series": request.series, "issue": request.event.cusip}[covers]


def _tendered(case: RequestCase) -> tuple[date, int]:
    """Give the request's place in the order of receipt; one not yet on the ledger comes last of its day."""
    if case.earlier is None:
        return (case.asked.received_on, case.standing.position + 1)
    return case.earlier.tendered


def _earlier_tender_waits(case: RequestCase) -> bool:
    standing, mine = case.standing, _tendered(case)
    return any(
        request.tendered < mine and _covered(request, case) for request in standing.waiting_from(standing.waiting)
    )


def _kept_for(case: RequestCase) -> list[Request]:
    """List what waits from earlier years, while the year of acceptance has not been opened to it."""
    year = case.on.year
    if year in case.standing.opened_years:
        return []
    mine = case.asked.request_id
    earlier_years = [each for each in case.standing.waiting if each < year]
    return [request for request in case.standing.waiting_from(earlier_years) if request.event.request_id != mine]


FACTS = (
    individual_limit_applies,
    annual_limit_applies,
    individual_limit_remaining,
    annual_limit_remaining,
    outstanding_is_reported,
    base_day_of_the_limit,
)
