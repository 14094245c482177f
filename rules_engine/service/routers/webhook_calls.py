"""Webhooks: who is told of decisions, what was delivered, and telling it once more."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response

from rules_engine.model.decisions import Outcome
from rules_engine.service.callers import Caller, Role
from rules_engine.service.calls import (
    INTEGRATORS,
    LIMIT,
    At,
    Limit,
    Name,
    allowed,
    answer,
    apart,
    caller,
    json_object,
    with_body,
)
from rules_engine.service.problems import Refused
from rules_engine.service.running import Running
from rules_engine.service.shapes import NUMBER, TEXT, answers, list_of, listed, named, one_of, thing
from rules_engine.service.webhooks import Webhook

router = APIRouter(tags=["webhooks"])

SEEN_BY = INTEGRATORS | {Role.AUDITOR}
WORDS = tuple(outcome.word for outcome in Outcome)
FIELDS = {"url": str, "programme": str, "outcomes": list, "after": int}


def _webhook(at: Running, webhook_id: str) -> Webhook:
    found = at.webhooks.find(webhook_id)
    if found is None:
        raise Refused(404, "there is no such webhook")
    return found


@router.get("/v1/webhooks", summary="Webhooks", responses=answers(listed(named("Webhook"))), **allowed(SEEN_BY))
async def webhooks(at: At) -> Response:
    """List webhooks; no secret is in it."""
    found = await apart(at.webhooks.all)
    return answer({"items": [each.to_json() for each in found], "made_by": at.made_by()})


@router.post(
    "/v1/webhooks",
    summary="Be told of decisions",
    status_code=201,
    responses=answers(named("Webhook"), 400, 413, 415, 422, status=201, said="registered"),
    **with_body(
        INTEGRATORS,
        thing(
            {"url": {"type": "string", "format": "uri"}},
            optional={"programme": TEXT, "outcomes": list_of(one_of(WORDS)), "after": NUMBER},
        ),
    ),
)
async def register(request: Request, at: At, who: Annotated[Caller, Depends(caller)]) -> Response:
    """Have every decision sent to an address as a CloudEvent, at least once and in the order of the feed.

    Each is signed as the Standard Webhooks specification says, with the `secret` that is given here and never again.
    One that is not taken (2xx within ten seconds) comes again after a while, twelve times over about an hour; then it
    is given up, and the next one comes. `after` begins at an earlier number of the feed.
    """
    given = await json_object(request, FIELDS, "url")
    outcomes = given.get("outcomes") or []
    if any(word not in WORDS for word in outcomes):
        raise Refused(422, f"`outcomes` may have {', '.join(WORDS)}")
    after = given.get("after")
    if after is not None and not 0 <= after <= 2**53:
        raise Refused(422, "`after` is a number of the feed")
    made = await apart(
        at.deliveries.add,
        given["url"],
        programme=given.get("programme"),
        outcomes=tuple(outcomes),
        after=after,
        by=who.name,
    )
    return answer({**made.to_json(), "secret": made.secret}, 201, {"Location": f"/v1/webhooks/{made.webhook_id}"})


@router.get(
    "/v1/webhooks/{webhook_id}", summary="A webhook", responses=answers(named("Webhook"), 404), **allowed(SEEN_BY)
)
async def webhook(webhook_id: Name, at: At) -> Response:
    """Give a webhook, and the number of the feed up to which it was served."""

    def work() -> dict[str, Any]:
        found = _webhook(at, webhook_id)
        return {**found.to_json(), "served_to": at.host.ledger.served_to(found.listener)}

    return answer(await apart(work))


@router.delete(
    "/v1/webhooks/{webhook_id}",
    summary="Be told no more",
    status_code=204,
    responses=answers(None, 404, status=204, said="gone"),
    **allowed(INTEGRATORS),
)
async def forget(webhook_id: Name, at: At) -> Response:
    """Forget a webhook, with its log."""
    await apart(lambda: at.webhooks.remove(_webhook(at, webhook_id)))
    return Response(status_code=204)


@router.get(
    "/v1/webhooks/{webhook_id}/deliveries",
    summary="What was delivered",
    responses=answers(listed(named("Delivery")), 404, 422),
    **allowed(SEEN_BY),
)
async def deliveries(
    webhook_id: Name, at: At, before: Annotated[int | None, Query(ge=1, le=2**53)] = None, limit: Limit = LIMIT
) -> Response:
    """List attempts, the newest decision first: what was answered, and what was given up."""

    def work() -> list[dict[str, Any]]:
        return [asdict(each) for each in at.webhooks.deliveries(_webhook(at, webhook_id), before=before, limit=limit)]

    return answer({"items": await apart(work), "made_by": at.made_by()})


@router.post(
    "/v1/webhooks/{webhook_id}/deliveries/{number}/resend",
    summary="Tell a decision once more",
    status_code=202,
    responses=answers(thing({"number": NUMBER}), 404, 422, status=202, said="it will be told"),
    **allowed(INTEGRATORS),
)
async def resend(webhook_id: Name, number: Annotated[int, Path(ge=1, le=2**53)], at: At) -> Response:
    """Have one decision of the feed told once more, whether it was delivered, given up or never told."""

    def work() -> None:
        found = _webhook(at, webhook_id)
        if number > at.host.ledger.last_number():
            raise Refused(404, "the feed has no decision of this number")
        at.webhooks.ask_again(found, number)
        at.deliveries.at_once(found)

    await apart(work)
    return answer({"number": number}, 202)
