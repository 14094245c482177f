"""Every event in every state of a request: it is answered, proves again, and moves it only as the table declares."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest

from rules_engine.errors import EventError
from rules_engine.host import Host
from rules_engine.intake import read_event
from rules_engine.model.events import EVENT_TYPES, Event, FaultMended
from rules_engine.standing.kinds import KINDS
from rules_engine.standing.requests import RequestState
from rules_engine.workbench.verifying import proved, verify
from tests.acme import ACME
from tests.ledger.contract import folded, stands
from tests.simulation.histories import history
from tests.simulation.terms import PROGRAMME
from tests.standing.states import STATES, Json, beside, book, next_events, opened, send


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Host:
    return opened(book(tmp_path_factory.mktemp("states")))


def states(host: Host, programme: str = ACME) -> dict[str, RequestState]:
    return {name: request.state for name, request in host.ledger.standing(programme).requests.items()}


@pytest.mark.parametrize("name", STATES)
def test_a_request_is_brought_into_each_state_by_events(host: Host, name: str) -> None:
    state, made = STATES[name]
    here = beside(host)
    send(here, *made)
    assert states(here)["r"] is state


def test_every_state_is_there_and_every_kind_of_event_is_sent() -> None:
    assert {state for state, _ in STATES.values()} == set(RequestState)
    sent = {event["type"] for _, made in STATES.values() for _, event in next_events(made)}
    assert sent == {event_class.type for event_class in EVENT_TYPES}


def answer(host: Host, event: Json, programme: str = ACME) -> list[str]:
    """Answer an event, and tell how what followed is not as it has to be."""
    read = read_event(json.dumps(event))
    before = states(host, programme)
    decisions = host.answer(read)
    wrong = [] if decisions else ["there is no answer"]
    for name, after in states(host, programme).items():
        was = before.get(name)
        if after is not was and after not in declared(read, was, host):
            wrong.append(f"`{name}` moved from {was.value if was else None} to {after.value}")
    return wrong


def declared(event: Event, was: RequestState | None, host: Host) -> frozenset[RequestState]:
    """Name the states to which an event may move a request; mending a fault does what the mended event does."""
    mended = host.ledger.event(event.mends) if isinstance(event, FaultMended) else None
    to = KINDS[type(event)].moves.get(was, frozenset())
    return to if mended is None else to | declared(mended, was, host)


@pytest.mark.parametrize("name", STATES)
def test_every_event_in_every_state_is_answered_and_moves_it_as_declared(host: Host, name: str) -> None:
    _, made = STATES[name]
    wrong: list[str] = []
    for what, event in next_events(made):
        here = beside(host)
        send(here, *made)
        wrong += [f"{what}: {each}" for each in answer(here, event)]
        done = proved(verify(here.ledger, here.vocabulary, with_durable=False, plugins=here.plugins.versions))
        wrong += [f"{what}: {difference}" for difference in done.differences]
        if stands(here.ledger, ACME) != folded(here.ledger, ACME):
            wrong.append(f"{what}: the standing is not that of its entries")
    assert wrong == []


@pytest.mark.parametrize("number", range(12))
def test_a_random_history_moves_requests_only_as_declared(host: Host, seed: int, number: int) -> None:
    here = beside(host)
    for event in history(seed):
        with suppress(EventError):  # an author of histories also sends what is refused
            wrong = answer(here, event, PROGRAMME)
            assert wrong == [], f"history {seed}, event {event['event_id']}"
