"""Decisions on record: the feed, as pages and as a stream of events, one event's answers, and why."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

import anyio
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse

from rules_engine.errors import EventError, RulesEngineError
from rules_engine.host.feed import recorded_to_json
from rules_engine.intake import event_to_json
from rules_engine.model.wire import decision_to_json
from rules_engine.service.calls import LIMIT, READERS, Accept, At, Limit, Name, allowed, answer, apart, wants
from rules_engine.service.cloud_events import TYPE, cloud_event_text
from rules_engine.service.problems import Refused
from rules_engine.service.running import Running
from rules_engine.service.shapes import CLOUD_EVENTS, NUMBER, answers, list_of, named, page_of, thing
from rules_engine.workbench.explaining import explain, explanation_to_json

router = APIRouter(tags=["decisions"])

STREAM = "text/event-stream"
PAUSE = 0.5
"""Seconds between two looks at a feed that has nothing new."""

QUIET = 15.0
"""Seconds after which a stream with nothing new says that it is still there."""

After = Annotated[int, Query(ge=0, le=2**53, description="The number of the last decision that you have.")]


@router.get(
    "/v1/decisions",
    summary="Recorded decisions from a number on",
    responses=answers(page_of(named("RecordedDecision"), NUMBER), 406, 422, also={STREAM: CLOUD_EVENTS}),
    **allowed(READERS),
)
async def feed(
    request: Request,
    at: At,
    accept: Accept = "*/*",
    after: After = 0,
    limit: Limit = LIMIT,
    programme: str | None = None,
) -> Response:
    """Give a page of the feed, in the order in which decisions were kept; go on with `next`.

    Asked for as `text/event-stream` it is a stream of CloudEvents that goes on with what is recorded from now on. It
    begins after `after`, or after the `Last-Event-ID` that a client sends which was cut off.
    """
    if wants(accept, "application/json", STREAM) == STREAM:
        last = request.headers.get("last-event-id", "")
        begins = int(last) if last.isascii() and last.isdigit() else after
        at.streams.refuse_if_full()
        if hasattr(request.state, "place"):
            request.state.place.give_up()
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(_followed(request, at, begins, programme), media_type=STREAM, headers=headers)
    page = await apart(at.host.decisions, after, limit=limit, programme=programme)
    items = [recorded_to_json(each) for each in page.items]
    return answer({"items": items, "next": page.next, "is_last": page.is_last, "made_by": at.made_by()})


async def _followed(request: Request, at: Running, after: int, programme: str | None) -> AsyncIterator[str]:
    """Give decisions as they are recorded, until the reader leaves or the service ends."""
    with at.streams.one():
        quiet = 0.0
        yield ": the feed\n\n"
        while not (at.streams.ending or await request.is_disconnected()):
            try:
                page = await apart(at.host.decisions, after, limit=LIMIT, programme=programme)
            except RulesEngineError as fault:
                if not fault.trying_again_helps:
                    return
                page = None
            for each in page.items if page else ():
                yield f"id: {each.number}\nevent: {TYPE}\ndata: {cloud_event_text(each)}\n\n"
            if page:
                after = page.next
            if page and page.items:
                quiet = 0.0
                continue
            await anyio.sleep(PAUSE)
            quiet += PAUSE
            if quiet >= QUIET:
                quiet = 0.0
                yield ": nothing new\n\n"


@router.get(
    "/v1/decisions/{event_id:path}/explanation",
    summary="Why an event was answered so",
    responses=answers(named("Explanation"), 404),
    **allowed(READERS),
)
async def explanation(event_id: Name, at: At) -> Response:
    """Tell why, and why not: every rule held against the event, with its clause, on the standing it was answered on."""

    def work() -> dict[str, object]:
        event = at.host.ledger.event(event_id)
        if event is None:
            raise _not_there(event_id)
        return explanation_to_json(explain(at.host, event))

    return answer(await apart(work))


@router.get(
    "/v1/decisions/{event_id:path}",
    summary="What was decided on an event",
    responses=answers(thing({"event": named("RecordedEvent"), "decisions": list_of(named("Decision"))}), 404),
    **allowed(READERS),
)
async def decisions_on(event_id: Name, at: At) -> Response:
    """Give an event as it was recorded, with the decision on it and those on requests it made decided again."""

    def work() -> dict[str, object]:
        event = at.host.ledger.event(event_id)
        if event is None:
            raise _not_there(event_id)
        return {"event": event_to_json(event), "decisions": list(map(decision_to_json, at.host.recorded(event_id)))}

    return answer(await apart(work))


def _not_there(event_id: str) -> Refused | EventError:
    del event_id  # what is not there is not repeated
    return Refused(404, "no event of this id is on the ledger")
