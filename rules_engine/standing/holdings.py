"""What the ledger knows of the position a request asks for, and what of it contradicts the request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules_engine.model.codes import Code
from rules_engine.model.decisions import Question
from rules_engine.model.events import SurvivorsOptionRequested
from rules_engine.model.money import Money
from rules_engine.standing.contributing import ANYBODY
from rules_engine.standing.positions import NOTHING, PositionKey, position_key
from rules_engine.standing.requests import Request, aloud
from rules_engine.standing.standing import OfOwner, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A request's position as the ledger sees it.

    `held` stands there, by the ledger or else by the request; None where neither says. `left` of it may still be
    accepted. `tendered` is what other open requests ask for of it. `claimed` is what this owner's requests were
    accepted for, this one's included, and lots drew for the owner; `whole` is the position before any of that was
    paid. `account_needed` says that the request has to name its account.
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


def holding_of(asked: SurvivorsOptionRequested, standing: Standing, own: Request | None) -> Holding:
    """Give what the ledger knows of a request's position; `own` is the request as it stands there already."""
    key = position_key(asked.cusip, asked)
    if key is None:
        return Holding(key=None, held=None, left=None, tendered=NOTHING, claimed=NOTHING, whole=None)
    position = standing.position(key)
    held = asked.position if position.held is None else position.held
    most = max(position.most, held) if position.held is None and held is not None else position.most
    owner = asked.owner_ref or ANYBODY
    claimed = standing.claimed_by.of((key, owner))
    if owner != ANYBODY:
        claimed += standing.claimed_by.of((key, ANYBODY))
    tendered = standing.asked_for.of(key) - (_asked_by(own) if own else 0)
    left = whole = None
    if held is not None:
        unpaid = standing.claimed.of(key) + standing.drawn_of.of(key)
        paid = position.repaid.cents + position.redeemed.cents
        left = Money.from_cents(max(0, min(held.cents, most.cents - paid) - unpaid))
        whole = Money.from_cents(min(most.cents, held.cents + paid))
    return Holding(
        key=key,
        held=held,
        left=left,
        tendered=Money.from_cents(tendered),
        claimed=Money.from_cents(claimed),
        whole=whole,
        account_needed=_account_needed(asked, standing, own),
    )


def _asked_by(own: Request) -> int:
    if not own.is_open:
        return 0
    if not own.is_settled_in_part:
        return own.asked.principal.cents
    return own.to_be_paid.cents + own.waiting.cents + own.pended.cents


def _claims(own: Request | None, *, named: bool) -> int:
    """Give what a request itself adds to what its owner claims in accounts that are named, or are not."""
    if own is None or bool(own.asked.account_ref) is not named:
        return 0
    if own.is_open:
        return _asked_by(own) + own.paid.cents
    return own.paid.cents if own.ending else own.accepted.cents


def _account_needed(asked: SurvivorsOptionRequested, standing: Standing, own: Request | None) -> bool:
    """Tell whether a request that names no account may be about principal the owner claims in one that is named."""
    if asked.account_ref or not asked.owner_ref:
        return False
    named = standing.named.of(OfOwner(asked.cusip, asked.owner_ref)) - _claims(own, named=True)
    return bool(named) and (asked.position is None or asked.position.cents < named + asked.principal.cents)


def contradictions(asked: SurvivorsOptionRequested, standing: Standing, own: Request | None) -> Iterator[Contradiction]:
    """List the questions a request opens by what it reports of its position, its account and its owner's share."""
    key = position_key(asked.cusip, asked)
    if key is None:
        return
    yield from _of_the_position(asked, key, standing)
    yield from _of_the_account(asked, standing, own)
    yield from _of_the_owner(asked, key, standing)


def _of_the_position(asked: SurvivorsOptionRequested, key: PositionKey, standing: Standing) -> Iterator[Contradiction]:
    """A figure between what is left and what is held agrees: platforms differ on whether tendered principal counts."""
    held = standing.position(key).held
    if asked.position is None or held is None or _is_free_to_be_told(key, standing):
        return
    left = held.cents - standing.claimed.of(key) - standing.drawn_of.of(key)
    if left <= 0 or left <= asked.position.cents <= held.cents:
        return
    question = Question(
        code=Code.POSITION_CONTRADICTED,
        field="position",
        values=(f"{asked.position} reported", f"{held} on the ledger"),
    )
    because = f"The request reports a position of {asked.position}; by the ledger {held} stands there."
    yield Contradiction(question=question, because=because)


def _is_free_to_be_told(key: PositionKey, standing: Standing) -> bool:
    """Tell whether what is believed of a position rests on nothing but requests without any principal."""
    touched = standing.claims_on.of(key) or standing.lots_of.count(key) or standing.moves.count(key)
    return not (touched or standing.position(key).firm)


def _of_the_account(
    asked: SurvivorsOptionRequested, standing: Standing, own: Request | None
) -> Iterator[Contradiction]:
    if not (asked.account_ref and asked.owner_ref):
        return
    unnamed = standing.unnamed.of(OfOwner(asked.cusip, asked.owner_ref)) - _claims(own, named=False)
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


_OF_THE_OWNER = ("registration", "deceased_share", "co_owner_is_spouse")
"""What one owner's claims on one position have to report alike."""


def _of_the_owner(asked: SurvivorsOptionRequested, key: PositionKey, standing: Standing) -> Iterator[Contradiction]:
    other_id = standing.live_on_position.any_of((key, asked.owner_ref or ANYBODY), but=asked.request_id)
    if other_id is None:
        return
    other = standing.requests[other_id].asked
    for name in _OF_THE_OWNER:
        mine, theirs = getattr(asked, name), getattr(other, name)
        if mine is None or theirs is None or mine == theirs:
            continue
        values = (aloud(theirs), aloud(mine))
        because = f"Request `{other_id}` reports `{name}` as {values[0]}, this one as {values[1]}."
        yield Contradiction(question=Question(code=Code.TOLD_OTHERWISE, field=name, values=values), because=because)
