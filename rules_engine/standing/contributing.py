"""What each request adds to the sums and lists of its programme: changed as one, whenever the request changes.

Everything here follows from the request alone. So the sums are right by construction, whatever moved the request: what
it added before is taken off, what it adds now is put on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from rules_engine.standing.journal import OrderedSums, Queue, Table
from rules_engine.standing.limits import scopes_of
from rules_engine.standing.positions import position_key
from rules_engine.standing.requests import Request, RequestState
from rules_engine.standing.standing import Came, Due, OfOwner, Registered, Standing, Tender

ANYBODY = ""
"""The owner of what a request that names none may be accepted for: it could be any owner's of that account."""


OF_THE_OWNER = ("registration", "deceased_share", "co_owner_is_spouse")
"""What one owner's claims on one position have to report alike."""


@dataclass(slots=True)
class Contributed:
    """What one request adds: cents to sums, itself to lists, places to queues; each by its name in the standing."""

    sums: Counter[tuple[str, Hashable]] = field(default_factory=Counter)
    in_order: dict[tuple[str, Hashable, Any], int] = field(default_factory=dict)
    members: set[tuple[str, Hashable]] = field(default_factory=set)
    places: set[tuple[str, Hashable, Tender | Came | Due]] = field(default_factory=set)


NOTHING_ADDED = Contributed()


def keep(standing: Standing, request: Request) -> None:
    """Put a request in the place of what it was before, in every sum and list it counts in."""
    before = standing.requests.get(request.request_id)
    old = contributed(before) if before is not None else NOTHING_ADDED
    new = contributed(request)
    for (sums, key), cents in new.sums.items():
        changed = cents - old.sums.get((sums, key), 0)
        if changed:
            getattr(standing, sums).add(key, changed)
    for (sums, key), cents in old.sums.items():
        if (sums, key) not in new.sums:
            getattr(standing, sums).add(key, -cents)
    _keep_in_order(standing, old.in_order, new.in_order)
    for lists, key in old.members - new.members:
        getattr(standing, lists).discard(key, request.request_id)
    for lists, key in new.members - old.members:
        getattr(standing, lists).add(key, request.request_id)
    for queues, key, place in old.places - new.places:
        _queue(standing, queues, key).remove(place)
    for queues, key, place in new.places - old.places:
        _queue(standing, queues, key).add(place)
    standing.requests.put(request.request_id, request)


def _keep_in_order(
    standing: Standing, old: dict[tuple[str, Hashable, Any], int], new: dict[tuple[str, Hashable, Any], int]
) -> None:
    """Count cents in a request's place among others."""
    for (sums, key, place), cents in new.items():
        if cents != old.get((sums, key, place), 0):
            _ordered(standing, sums, key).put(place, cents)
    for sums, key, place in old.keys() - new.keys():
        _ordered(standing, sums, key).put(place, 0)


def _ordered(standing: Standing, name: str, key: Any) -> OrderedSums[Any]:
    found: Table[Any, OrderedSums[Any]] = getattr(standing, name)
    if key not in found:
        found.put(key, OrderedSums(standing.journal))
    return found[key]


def _queue(standing: Standing, name: str, key: Any) -> Queue[Any]:
    """Give a queue of the standing, which is one among several where it has a key."""
    if key is None:
        return standing.queue
    queues: Table[Any, Queue[Any]] = getattr(standing, name)
    if key not in queues:
        queues.put(key, Queue(standing.journal))
    return queues[key]


def contributed(request: Request) -> Contributed:
    """List all that a request adds; nothing once it was voided."""
    added = Contributed()
    if request.state is not RequestState.VOIDED:
        _to_limits(request, added)
        _to_its_position(request, added)
        _to_its_note(request, added)
        _to_what_waits(request, added)
    return added


def _to_limits(request: Request, added: Contributed) -> None:
    """Count principal accepted in the year it was accepted in, and keep room in the next year for what waits.

    What its holder took back, or a person rejected, before it was paid no longer counts. A request that a fault of
    ours keeps from being decided keeps the room it asks for.
    """
    scopes = scopes_of(request.asked, request.series)
    taken_back = request.ending is not None and request.state in (RequestState.WITHDRAWN, RequestState.REJECTED)
    for repayment in request.repayments:
        cents = (repayment.paid if taken_back else repayment.principal).cents
        for scope in scopes if cents else ():
            added.sums["used", (scope, repayment.accepted_on.year)] += cents
    if not request.is_open:
        return
    waits = request.waiting.cents + request.pended.cents
    if waits:
        tender = place_of(request)
        added.places.add(("queue", None, tender))
        if request.pended.cents:
            added.members.add(("waiting_for_report", request.kept_out_in))
        for scope in scopes:
            added.sums["kept", (scope, request.kept_out_in + 1)] += waits
            if request.questions:
                added.in_order["stopped", (scope, request.kept_out_in + 1), tender] = waits
            added.places.update(("kept_out", (limit, scope), tender) for limit in request.kept_out_by)
    if request.ours and not request.is_settled_in_part:
        for scope in scopes:
            added.sums["reserved", (scope, request.counts_from.year)] += request.asked.principal.cents


def _to_its_position(request: Request, added: Contributed) -> None:
    """Count what it claims of its position, and of its owner's share; and what it asks for while it is open."""
    asked, owner = request.asked, request.asked.owner_ref
    key = position_key(asked.cusip, asked)
    claims, stands = request.claims, request.stands
    if owner is not None and claims:
        _, place, request_id = place_of(request)
        whether = "named" if asked.account_ref else "unnamed"
        added.in_order[whether, OfOwner(asked.cusip, owner), Came(place, request_id)] = claims
    if key is None:
        return
    added.members.add(("on_position", key))
    if request.to_be_paid.cents:
        added.sums["claimed", key] += request.to_be_paid.cents
    if stands:
        added.sums["claimed_by", (key, owner or ANYBODY)] += stands
    tender = place_of(request)
    if request.asks:
        added.in_order["asked_for", key, tender] = request.asks
        added.in_order["asked_since", key, Came(tender.place, tender.request_id)] = request.asks
    if claims:
        added.sums["vouched", key] += request.vouches
        for name in OF_THE_OWNER:
            if getattr(asked, name) is not None:
                said = (key, owner or ANYBODY, name)
                added.places.add(("said_on_position", said, Came(tender.place, tender.request_id)))


def place_of(request: Request) -> Tender:
    """Give a request's place in the order of receipt."""
    return Tender(*request.tendered, request.request_id)


def _to_its_note(request: Request, added: Contributed) -> None:
    if request.is_open:
        added.members.add(("open_on_note", request.cusip))
        if not request.is_settled_in_part or request.waiting.cents or request.pended.cents:
            added.members.add(("undecided_on_note", request.cusip))
    if request.turned_away:
        added.members.add(("turned_away", request.cusip))
    if request.ending:
        added.members.add(("ended_by", request.ending.by))
    for repayment in request.repayments:
        if repayment.principal.cents:
            added.members.add(("accepted_in", repayment.accepted_on.year))
    for repayment in request.unpaid:
        added.places.add(("due", request.cusip, Due(repayment.due_on, request.request_id)))


def _to_what_waits(request: Request, added: Contributed) -> None:
    """List it under what it waits for, and its papers under what they may count for."""
    asked = request.asked
    registered = None
    if asked.owner_ref is not None:
        added.members.add(("of_owner", asked.owner_ref))
    if asked.owner_ref is not None and asked.registration is not None:
        registered = Registered(asked.owner_ref, asked.registration)
        for document in asked.documents or ():
            added.sums["papers", (registered, document)] += 1
    if not request.is_open:
        return
    for _, by in request.openers if request.questions else ():
        added.members.add(("asked_by", by))
    for missing in request.missing:
        added.members.add(("waiting_for", missing))
        if registered is not None and request.shares_papers:
            added.members.add(("waiting_for_paper", (registered, missing)))
    if request.ours:
        added.members.add(("referred_by_us", request.cusip))
