"""What the ledger knows of the position a request asks for, and what of it contradicts the request."""

from __future__ import annotations

import sys
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from rules_engine.model.codes import Code
from rules_engine.model.decisions import Question
from rules_engine.model.events import SurvivorsOptionRequested
from rules_engine.model.money import Money
from rules_engine.model.replacing import replace
from rules_engine.standing.contributing import ANYBODY, OF_THE_OWNER, place_of
from rules_engine.standing.journal import OrderedSums
from rules_engine.standing.positions import NOTHING, PositionKey, position_key
from rules_engine.standing.reporting import agrees, is_free_to_be_told, left_of
from rules_engine.standing.requests import Request, aloud
from rules_engine.standing.standing import OfOwner, Standing, Tender

K = TypeVar("K")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A request's position as the ledger sees it.

    `held` stands there, by the ledger or else by the request; None where neither says. `left` of it may still be
    accepted. `tendered` is what open requests ask for of it that were tendered earlier. `claimed` is what this owner's
    requests were accepted for, this one's included, and lots drew for the owner; `whole` is the position before any of
    that was paid. `account_needed` says that the request has to name its account.
    """

    key: PositionKey | None
    held: Money | None
    left: Money | None
    tendered: Money
    claimed: Money
    whole: Money | None
    account_needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A question a new request opens, and why."""

    question: Question
    because: str


def holding_of(
    asked: SurvivorsOptionRequested, standing: Standing, own: Request | None, *, stands: bool = False
) -> Holding:
    """Give what the ledger knows of a request's position; `own` is the request as it stands there already.

    What `stands` accepted was accepted before any tender that came in later, with whatever date.
    """
    key = position_key(asked.cusip, asked)
    if key is None:
        return Holding(key=None, held=None, left=None, tendered=NOTHING, claimed=NOTHING, whole=None)
    position = standing.position(key)
    held = asked.position if position.held is None else position.held
    if asked.position is None and not (own and own.stands) and is_free_to_be_told(key, standing, own):
        held = None  # what only finished requests said is nothing to rest on
    most = max(position.most, held) if position.held is None and held is not None else position.most
    owner = asked.owner_ref or ANYBODY
    claimed = standing.claimed_by.of((key, owner))
    if owner != ANYBODY:
        claimed += standing.claimed_by.of((key, ANYBODY))
    left = whole = None
    if held is not None:
        paid = position.repaid.cents + position.redeemed.cents
        if position.held is None:
            position = replace(position, held=held, most=most)
        left = Money.from_cents(max(0, left_of(key, position, standing)))
        whole = Money.from_cents(min(most.cents, held.cents + paid))
    return Holding(
        key=key,
        held=held,
        left=left,
        tendered=Money.from_cents(_tendered_before(_place(asked, standing, own), key, standing, came_too=stands)),
        claimed=Money.from_cents(claimed),
        whole=whole,
        account_needed=not (stands or (own and own.stands)) and _account_needed(asked, standing, own),
    )


def _before(sums: Mapping[K, OrderedSums[Any]], key: K, place: Any) -> int:
    """Sum up what requests add that come before a place."""
    return sums[key].before(place) if key in sums else 0


def _tendered_before(place: Tender, key: PositionKey, standing: Standing, *, came_too: bool) -> int:
    """Sum up what open requests ask for that were tendered before one, and, if so wanted, came in before it too."""
    tendered = _before(standing.asked_for, key, place)
    return min(tendered, _before(standing.asked_since, key, (place.place,))) if came_too else tendered


def _place(asked: SurvivorsOptionRequested, standing: Standing, own: Request | None) -> Tender:
    """Give a request's place in the order of receipt; a new one comes last of its day."""
    return Tender(asked.received_on, standing.at + 1, asked.request_id) if own is None else place_of(own)


def _account_needed(asked: SurvivorsOptionRequested, standing: Standing, own: Request | None) -> bool:
    """Tell whether a request that names no account may be about principal the owner claimed in one before."""
    if asked.account_ref or not asked.owner_ref:
        return False
    named = _before(standing.named, OfOwner(asked.cusip, asked.owner_ref), (_place(asked, standing, own).place,))
    return bool(named) and (asked.position is None or asked.position.cents < named + asked.principal.cents)


def contradictions(
    asked: SurvivorsOptionRequested,
    told: Container[str],
    standing: Standing,
    own: Request | None,
    *,
    came_before: bool = False,
) -> Iterator[Contradiction]:
    """List the questions a request opens by what it reports of its position, its account and its owner's share.

    Only what is `told` now, by field, is held against the ledger; `own` is the request as it was before. With
    `came_before` nothing is held against what requests say that came in later.
    """
    key = position_key(asked.cusip, asked)
    if key is None or asked.cusip in standing.ended_notes:
        return  # of a note that was paid off nothing is left, whatever is told
    names_another = own is None or position_key(own.cusip, own.asked) != key
    if "position" in told or names_another:
        yield from _of_the_position(asked, key, standing, None if names_another else own, came_before=came_before)
    if "position" in told or "owner_ref" in told or names_another:
        yield from _of_the_account(asked, standing, own, names_it_now="account_ref" in told and not came_before)
    of_the_owner = [name for name in OF_THE_OWNER if name in told or names_another or "owner_ref" in told]
    before = _place(asked, standing, own).place if came_before else sys.maxsize
    yield from _of_the_owner(asked, key, of_the_owner, standing, before)


def _of_the_position(
    asked: SurvivorsOptionRequested, key: PositionKey, standing: Standing, own: Request | None, *, came_before: bool
) -> Iterator[Contradiction]:
    held = standing.position(key).held
    if asked.position is None or agrees(asked.position, key, standing, own, before_payments=came_before):
        return
    question = Question(
        code=Code.POSITION_CONTRADICTED,
        field="position",
        values=(f"{asked.position} reported", f"{held} on the ledger"),
    )
    because = f"The request reports a position of {asked.position}; by the ledger {held} stands there."
    yield Contradiction(question=question, because=because)


def _of_the_account(
    asked: SurvivorsOptionRequested, standing: Standing, own: Request | None, *, names_it_now: bool
) -> Iterator[Contradiction]:
    """Ask about an account that is named, where claims made before name none; all claims were, if it is named now."""
    if not (asked.account_ref and asked.owner_ref):
        return
    before = sys.maxsize if names_it_now else _place(asked, standing, own).place
    unnamed = _before(standing.unnamed, OfOwner(asked.cusip, asked.owner_ref), (before,))
    if names_it_now and own is not None and not own.asked.account_ref and own.asked.owner_ref == asked.owner_ref:
        unnamed -= own.claims
    if not unnamed or (asked.position is not None and asked.position.cents >= unnamed + asked.principal.cents):
        return
    question = Question(
        code=Code.ACCOUNT_UNCLEAR,
        field="account_ref",
        values=(asked.account_ref, f"{Money.from_cents(unnamed)} in an account not named"),
    )
    because = (
        f"The owner claims {Money.from_cents(unnamed)} of this note in an account that was not named; "
        f"it may be the same principal as in account `{asked.account_ref}`."
    )
    yield Contradiction(question=question, because=because)


def _of_the_owner(
    asked: SurvivorsOptionRequested, key: PositionKey, told: Iterable[str], standing: Standing, before: int
) -> Iterator[Contradiction]:
    """Hold what one owner's claims have to say alike against the first of the others, if it came in before a place."""
    if not standing.on_position.count(key):
        return
    for name in told:
        mine = getattr(asked, name)
        said = standing.said_on_position.get((key, asked.owner_ref or ANYBODY, name))
        first = None if said is None else said.first_but(lambda came: came.request_id == asked.request_id)
        if mine is None or first is None or first.place >= before:
            continue
        other_id = first.request_id
        theirs = getattr(standing.requests[other_id].asked, name)
        if mine == theirs:
            continue
        values = (aloud(theirs), aloud(mine))
        because = f"Request `{other_id}` reports `{name}` as {values[0]}, this one as {values[1]}."
        yield Contradiction(question=Question(code=Code.TOLD_OTHERWISE, field=name, values=values), because=because)
