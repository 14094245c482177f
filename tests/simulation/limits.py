"""The limits of a year: what binds, what is used, what is kept, and what therefore fits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .standing import Claim, Standing


@dataclass(frozen=True)
class Fit:
    """How principal divides under the limits of one year."""

    accepted: int
    pended: int
    carried_over: int


@dataclass
class Room:
    """What is left of a year's limits for one owner; nothing binds where a limit is None."""

    for_owner: int | None
    of_programme: int | None
    is_sure: bool
    """False while the base of the percentage is not reported: then only `of_programme` is sure to fit."""

    def fit(self, standing: Standing, principal: int) -> Fit:
        """Divide principal into what is accepted, what waits for a report and what waits for another year."""
        multiples = standing.terms.in_multiples
        within_owner = principal if self.for_owner is None else multiples(min(principal, self.for_owner))
        if self.of_programme is None:
            return Fit(within_owner, 0, principal - within_owner)
        accepted = multiples(min(within_owner, self.of_programme))
        if self.is_sure:
            return Fit(accepted, 0, principal - accepted)
        return Fit(accepted, within_owner - accepted, principal - within_owner)


def annual_limit(standing: Standing, year: int) -> tuple[int, bool]:
    """Give the programme's limit in a year, and whether it is all that may be accepted."""
    election = standing.elections[year]
    reported = standing.outstanding.get(date(year - 1, 12, 31))
    by_percentage = 0 if reported is None else int(reported * standing.terms.annual_percentage / 100)
    if election.annual_amount is not None:
        return max(election.annual_amount, by_percentage), True
    return max(standing.terms.annual_amount, by_percentage), reported is not None


def individual_limit(standing: Standing, year: int, owner: str | None) -> int:
    """Give the limit of one owner in a year."""
    election = standing.elections[year]
    general = election.individual_amount or standing.terms.individual_limit
    return election.for_owner.get(owner or "", general)


def used(standing: Standing, year: int, owner: str | None = None) -> int:
    """Add up what was accepted in a year, of one owner or of all."""
    return sum(
        each.principal
        for claim in standing.claims.values()
        if claim.ended != "voided" and (owner is None or claim.told.get("owner_ref") == owner)
        for each in claim.acceptances
        if each.year == year
    )


def room(standing: Standing, claim: Claim, year: int) -> Room:
    """Work out what the limits of a year leave for a request, what is kept for those that wait set aside."""
    election = standing.elections.get(year)
    if election is None:
        return Room(None, None, True)
    owner = claim.told.get("owner_ref")
    return _room(standing, year, owner, _kept(standing, claim, year))


def room_if_all_is_kept(standing: Standing, claim: Claim, year: int) -> Room:
    """The same, where all that waits is kept, and not only what the limits would let in."""
    if year not in standing.elections or not any(_kept(standing, claim, year)):
        return room(standing, claim, year)
    owner = claim.told.get("owner_ref")
    waiting = [other for other in standing.open_claims() if other is not claim and other.last_year < year]
    kept = sum(other.carried_over for other in waiting)
    of_owner = sum(other.carried_over for other in waiting if other.told.get("owner_ref") == owner)
    return _room(standing, year, owner, (of_owner, kept))


def _room(standing: Standing, year: int, owner: str | None, kept_for: tuple[int, int]) -> Room:
    election = standing.elections[year]
    kept_for_owner, kept = kept_for
    left = Room(None, None, True)
    if election.individual:
        left.for_owner = individual_limit(standing, year, owner) - used(standing, year, owner) - kept_for_owner
    if election.annual:
        limit, left.is_sure = annual_limit(standing, year)
        left.of_programme = limit - used(standing, year) - kept
    return left


def _kept(standing: Standing, claim: Claim, year: int) -> tuple[int, int]:
    """What the opening of a year that is not open yet would accept of what waits: for the claim's owner, and for all.

    Worked out as if the year were opened now, first tendered first.
    """
    if year in standing.opened or (standing.last_opened is not None and year <= standing.last_opened):
        return 0, 0
    election = standing.elections[year]
    by_owner: dict[str, int] = {}
    taken = 0
    for other in standing.open_claims():
        if other is claim or not other.carried_over or other.last_year >= year:
            continue
        owner = other.told.get("owner_ref", "")
        left = Room(None, None, True)
        if election.individual:
            limit = individual_limit(standing, year, owner)
            left.for_owner = limit - used(standing, year, owner) - by_owner.get(owner, 0)
        if election.annual:
            limit, left.is_sure = annual_limit(standing, year)
            left.of_programme = limit - used(standing, year) - taken
        accepted = left.fit(standing, other.carried_over).accepted
        by_owner[owner] = by_owner.get(owner, 0) + accepted
        taken += accepted
    return by_owner.get(claim.told.get("owner_ref", ""), 0), taken
