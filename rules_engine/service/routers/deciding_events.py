"""Events: previewed, answered one by one, and answered line by line as a stream."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from rules_engine.host.answered import Answered
from rules_engine.model.events import Event, EventVoided, IssuerWaived, PersonDecided
from rules_engine.model.wire import decision_to_json
from rules_engine.service.batch_lines import answered_lines
from rules_engine.service.callers import Caller, Role
from rules_engine.service.calls import READERS, SENDERS, At, answer, apart, caller, refuse_other_kind, with_body
from rules_engine.service.problems import Refused
from rules_engine.service.shapes import answers, named

router = APIRouter(tags=["events"])

JSON, NDJSON = "application/json", "application/x-ndjson"

OF_A_PERSON = (PersonDecided, IssuerWaived, EventVoided)
"""Events in which a person speaks: a clerk sends them, and no platform for itself."""


def written(answered: Answered) -> dict[str, Any]:
    """Write the answers to an event."""
    first, *again = map(decision_to_json, answered)
    return {"is_new": answered.is_new, "decision": first, "again": again}


def refuse_unless_clerk(event: Event, who: Caller) -> None:
    """Raise Refused for a person's decision that somebody sends who may not decide."""
    if isinstance(event, OF_A_PERSON) and Role.CLERK not in who.roles:
        raise Refused(403, f"`{event.type}` takes the role {Role.CLERK}")


@router.post(
    "/v1/decisions",
    summary="What would be decided",
    responses=answers(named("Answer"), 400, 409, 413, 415, 422),
    **with_body(READERS, named("Event")),
)
async def preview(request: Request, at: At) -> Response:
    """Decide an event on the standing of this moment and record nothing.

    An event that is on record gets its recorded answer.
    """
    refuse_other_kind(request, JSON)
    body = await request.body()
    return answer(written(await apart(lambda: at.host.preview(at.host.read_event(body)))))


@router.post(
    "/v1/events",
    summary="Answer an event and record the answer",
    responses={
        **answers(named("Answer"), 400, 409, 413, 415, 422, status=201, said="answered just now"),
        200: {
            "description": "on record before; nothing was changed",
            "content": {JSON: {"schema": named("Answer")}},
        },
    },
    status_code=201,
    **with_body(SENDERS, named("Event")),
)
async def post_event(request: Request, at: At, who: Annotated[Caller, Depends(caller)]) -> Response:
    """Answer an event: 201 where it is new, 200 with the first answer where the same came before.

    The same `event_id` with other content is 409. A person's decision (`person_decided`, `issuer_waived`,
    `event_voided`) takes the role clerk. Send an event again after any failure: nothing is done twice.
    """
    refuse_other_kind(request, JSON)
    body = await request.body()

    def work() -> Answered:
        event = at.host.read_event(body)
        refuse_unless_clerk(event, who)
        return at.host.answer(event)

    answered = await apart(work)
    at.figures.answered(answered)
    return answer(written(answered), 201 if answered.is_new else 200)


class Lines(StreamingResponse):
    """An answer that is written while its question is still read; nobody else may read on meanwhile."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Write the answer."""
        await self.stream_response(send)


@router.post(
    "/v1/events/batch",
    summary="Answer events line by line",
    responses=answers(None, 415, also={NDJSON: named("BatchLine")}),
    **with_body(SENDERS, named("Event"), NDJSON),
)
async def post_batch(request: Request, at: At, who: Annotated[Caller, Depends(caller)]) -> Response:
    """Answer a stream of events, one a line: a line comes back for each, with its own status.

    Lines are answered in order and as they come; each is safe once its answer is written. Whoever reads no answers is
    sent none, and then nothing more is read. A line that is wrong, or cannot be recorded just now, is told in its
    place, and the run goes on.
    """
    refuse_other_kind(request, NDJSON, "application/jsonl")
    at.streams.refuse_if_full()
    place = request.state.place if hasattr(request.state, "place") else None
    if place is not None:
        place.give_up()
    return Lines(answered_lines(request.stream(), at, who), media_type=NDJSON)
