"""One rule book's answers to a run of events: in this process, or in one beside it, which goes on meanwhile."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from rules_engine.errors import EventError, RulesEngineError
from rules_engine.host import Host
from rules_engine.model.events import Event
from rules_engine.workbench.comparing.answers import Relevance, Stands, Told, told

TOGETHER = 200
"""How many answers are handed over at once."""

WORTH_A_PROCESS = 2_000
"""From so many events on a process of its own is quicker than none."""

_PATIENCE = 600


@dataclass(slots=True, kw_only=True)
class Ends:
    """Where a history ends: requests by programme and id, and cents accepted by programme and year."""

    requests: dict[tuple[str, str], Stands] = field(default_factory=dict)
    dollars: dict[tuple[str, int], int] = field(default_factory=dict)


def ends_of(host: Host, programmes: Sequence[str]) -> Ends:
    """Read where some programmes stand on a host's ledger."""
    ends = Ends()
    for programme in programmes:
        for request in host.ledger.standing(programme).requests.values():
            ends.requests[programme, request.request_id] = Stands(
                outcome=request.state.value,
                accepted=request.stands,
                waiting=request.waiting.cents + request.pended.cents,
            )
            for repayment in request.repayments if request.ending is None else ():
                key = (programme, repayment.accepted_on.year)
                ends.dollars[key] = ends.dollars.get(key, 0) + repayment.principal.cents
    return ends


Answers = Mapping[str, Told] | str
"""What one event was answered, or why it could not be read."""


def answers(host: Host, events: Sequence[Event | EventError], relevance: Relevance) -> Iterator[Answers]:
    """Answer the events that are to be decided, in order."""
    for event in events:
        if isinstance(event, EventError) or not relevance.takes(event):
            continue
        try:
            yield told(host.answer(event))
        except EventError as fault:
            yield str(fault)


@contextmanager
def answered_beside(
    host: Host, events: Sequence[Event | EventError], relevance: Relevance, programmes: Sequence[str]
) -> Iterator[tuple[Iterator[Answers], Iterator[Ends]]]:
    """Give one rule book's answers, and then where they end, worked out in another process where that is quicker."""
    if len(events) < WORTH_A_PROCESS or "fork" not in multiprocessing.get_all_start_methods():
        yield answers(host, events, relevance), _late(host, programmes)
        return
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(theirs, host, events, relevance, programmes), daemon=True)
    process.start()
    theirs.close()
    try:
        yield _received(ours), _ends(ours)
    finally:
        ours.close()
        process.terminate()
        process.join(_PATIENCE)


def _late(host: Host, programmes: Sequence[str]) -> Iterator[Ends]:
    yield ends_of(host, programmes)


def _send(
    to: Connection,
    host: Host,
    events: Sequence[Event | EventError],
    relevance: Relevance,
    programmes: Sequence[str],
) -> None:
    together: list[Answers] = []
    try:
        for each in answers(host, events, relevance):
            together.append(each)
            if len(together) == TOGETHER:
                to.send(together)
                together = []
        to.send(together)
        to.send(ends_of(host, programmes))
    except BrokenPipeError:
        return  # nobody listens any more
    finally:
        to.close()


def _received(ours: Connection) -> Iterator[Answers]:
    while True:
        together = _next(ours)
        yield from together
        if len(together) < TOGETHER:
            return


def _ends(ours: Connection) -> Iterator[Ends]:
    yield _next(ours)


def _next(ours: Connection) -> Any:
    try:
        return ours.recv()
    except EOFError as fault:
        raise RulesEngineError("the process that decides by the new rules has ended before its time") from fault
