"""The sums and lists of a programme are what its requests and lots add up to, after whatever has happened to them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from rules_engine.errors import EventError
from rules_engine.host import Host
from rules_engine.intake import read_event
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.model.limits import Covers
from rules_engine.standing.contributing import ANYBODY, contributed, keep
from rules_engine.standing.folding_principal import put_lot
from rules_engine.standing.limits import Scope
from rules_engine.standing.positions import PositionKey
from rules_engine.standing.requests import Request, RequestState
from rules_engine.standing.standing import Standing, Tender
from tests.shipped import shipped
from tests.simulation.histories import history
from tests.simulation.terms import PROGRAMME
from tests.standing.seen import plain, seen

TOLD = {
    "programme",
    "journal",
    "requests",
    "positions",
    "reports",
    "moves",
    "elections",
    "owners_elections",
    "implied_elections",
    "outstanding",
    "reported_days",
    "opened",
    "calls",
    "notices",
    "rescinded",
    "lots",
    "redemption_paid",
    "redemption_payments",
    "rates",
    "rate_periods",
    "ended_notes",
    "accelerated",
    "faulted",
    "mended",
    "voided",
    "_counters",
    "_days",
    "_texts",
}
"""What events say. Everything else a standing holds follows from its requests and its lots."""

HISTORIES = 12


@pytest.fixture(scope="module")
def opened() -> Host:
    return shipped(with_durable=False)


def several(count: int) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("number", range(count))


def standings(opened: Host, seed: int) -> Iterator[tuple[str, Standing]]:
    """Answer a random history, and give the standing after each event of it."""
    host = Host(opened.book, opened.plugins, opened.vocabulary, MemoryLedger(), with_durable=False)
    for written in history(seed):
        with suppress(EventError):  # an author of histories also sends what is refused
            host.answer(read_event(json.dumps(written)))
        yield f"history {seed}, event {written['event_id']}", host.ledger.standing(PROGRAMME)


def from_scratch(standing: Standing) -> dict[str, Any]:
    """Add up a standing's requests and lots anew, in another order than they came."""
    fresh = Standing(standing.programme)
    for request in sorted(standing.requests.values(), key=lambda request: request.request_id, reverse=True):
        keep(fresh, request)
    for lot_key, lot in standing.lots.items():
        put_lot(fresh, lot_key, lot)
    return {name: held for name, held in seen(fresh).items() if name not in TOLD}


@several(HISTORIES)
def test_sums_and_lists_are_those_of_the_requests_whatever_was_answered(opened: Host, seed: int, number: int) -> None:
    for where, standing in standings(opened, seed):
        assert {name: held for name, held in seen(standing).items() if name not in TOLD} == from_scratch(standing), (
            where
        )


def test_what_is_said_and_what_follows_are_told_apart() -> None:
    assert set(vars(Standing(PROGRAMME))) >= TOLD


# The same sums by other words, from what the life of a request says of them


def expected(standing: Standing) -> dict[str, Any]:
    sums: defaultdict[str, Counter[Any]] = defaultdict(Counter)
    lists: defaultdict[str, dict[Any, set[str]]] = defaultdict(lambda: defaultdict(set))
    for request in standing.requests.values():
        if request.state is not RequestState.VOIDED:
            _add(request, sums, lists)
    for lot_key, lot in standing.lots.items():
        sums["drawn_of"][lot_key.position] += lot.selected.cents - lot.paid.cents
        sums["claimed_by"][lot_key.position, lot.owner_ref] += lot.selected.cents
        sums["drawn"][lot_key.notice_id] += lot.selected.cents
    summed = {name: {key: cents for key, cents in counted.items() if cents} for name, counted in sums.items()}
    return summed | {name: dict(of) for name, of in lists.items()} | {"stopped": stopped(standing)}


def stopped(standing: Standing) -> dict[Any, list[tuple[Tender, int]]]:
    """Give what waits of requests that a question has stopped, in the order of receipt, by scope and year."""
    waits: defaultdict[Any, list[tuple[Tender, int]]] = defaultdict(list)
    for request in standing.requests.values():
        cents = request.waiting.cents + request.pended.cents
        if request.is_open and request.questions and cents:
            for scope in counting(request):
                place = (Tender(*request.tendered, request.request_id), cents)
                waits[scope, request.kept_out_in + 1].append(place)
    return {key: sorted(places) for key, places in waits.items()}


def counting(request: Request) -> set[Scope]:
    """Name everything that counts a request."""
    asked, owner = request.asked, request.asked.owner_ref or ANYBODY
    counts = {Scope(Covers.PROGRAMME), Scope(Covers.SERIES, request.series), Scope(Covers.ISSUE, asked.cusip)}
    return counts | ({Scope(Covers.OWNER, owner)} if owner else set())


def _add(request: Request, sums: defaultdict[str, Counter[Any]], lists: Any) -> None:
    asked, owner = request.asked, request.asked.owner_ref or ANYBODY
    counts = counting(request)
    # a request taken back, or rejected by a person, no longer counts for what it was not paid
    given_up = request.state in (RequestState.WITHDRAWN, RequestState.REJECTED)
    for repayment in request.repayments:
        for scope in counts:
            counted = repayment.paid if given_up and request.ending else repayment.principal
            sums["used"][scope, repayment.accepted_on.year] += counted.cents
        lists["accepted_in"][repayment.accepted_on.year].add(request.request_id)
    over = request.ending is not None
    key = PositionKey(asked.cusip, asked.account_ref, "") if asked.account_ref else None
    if key is None and asked.owner_ref:
        key = PositionKey(asked.cusip, "", asked.owner_ref)
    if key is not None:
        accepted = sum(repayment.principal.cents for repayment in request.repayments)
        paid = sum(payment.principal.cents for repayment in request.repayments for payment in repayment.payments)
        sums["claimed"][key] += 0 if over else accepted - paid
        sums["claimed_by"][key, owner] += paid if over else accepted
        lists["on_position"][key].add(request.request_id)
    if not over and request.state.value in ("pended", "referred", "accepted", "carried over"):
        lists["open_on_note"][asked.cusip].add(request.request_id)
        for scope in counts:
            sums["kept"][scope, request.kept_out_in + 1] += request.waiting.cents + request.pended.cents
    if asked.owner_ref:
        lists["of_owner"][asked.owner_ref].add(request.request_id)


@several(HISTORIES)
def test_what_limits_positions_and_owners_have_used_up_is_what_the_page_says(
    opened: Host, seed: int, number: int
) -> None:
    for where, standing in standings(opened, seed):
        wanted = expected(standing)
        held = {name: plain(getattr(standing, name)) for name in wanted}
        assert held == wanted, where
        waiting = [request for request in standing.requests.values() if request.is_open]
        waiting = [request for request in waiting if request.waiting.cents or request.pended.cents]
        assert list(standing.in_queue()) == sorted(waiting, key=lambda request: request.tendered), where


@several(3)
def test_a_request_that_was_voided_adds_nothing_and_is_listed_nowhere(opened: Host, seed: int, number: int) -> None:
    *_, (_, standing) = standings(opened, seed)
    voided = [request for request in standing.requests.values() if request.state is RequestState.VOIDED]
    for request in voided:
        added = contributed(request)
        assert not any((added.sums, added.members, added.places, added.in_order))


@several(3)
def test_keeping_a_request_as_it_is_changes_nothing(opened: Host, seed: int, number: int) -> None:
    *_, (_, standing) = standings(opened, seed)
    before = seen(standing)
    for request in tuple(standing.requests.values()):
        keep(standing, request)
    assert seen(standing) == before
    copied = standing.copy()
    assert seen(copied) == before
