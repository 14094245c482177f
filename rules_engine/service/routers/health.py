"""Whether the service lives and is ready, what it measures, and who the caller is."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse, Response

from rules_engine.errors import RulesEngineError
from rules_engine.service.callers import EVERYBODY, Caller
from rules_engine.service.calls import READERS, At, allowed, answer, apart, caller
from rules_engine.service.figures import MEDIA_TYPE
from rules_engine.service.running import Running
from rules_engine.service.shapes import TEXT, answers, named, thing

router = APIRouter(tags=["health"])


@router.get("/health/live", summary="Whether the service lives", responses={200: answers(thing({"status": TEXT}))[200]})
async def live() -> Response:
    """Answer as long as calls are answered at all; who cannot reach this starts the service anew."""
    return answer({"status": "live"})


@router.get(
    "/health/ready",
    summary="Whether the service is ready",
    responses={
        200: answers(named("Health"), said="ready")[200],
        503: {"description": "not ready", "content": {"application/json": {"schema": named("Health")}}},
    },
)
async def ready(at: At) -> Response:
    """Look whether the ledger can be read and the rule book used; who is not ready is sent no calls for a while."""
    status, checks = await apart(_looked_at, at)
    content = {"status": "ready" if status == 200 else "not ready", "checks": checks}
    return JSONResponse(content, status, {"Retry-After": "5"} if status == 503 else None)


def _looked_at(at: Running) -> tuple[int, dict[str, Any]]:
    checks: dict[str, Any] = {
        "rule_book": {"faults": len(at.host.book.problems), "digest": at.book_digest},
        "plugins": {"not_working": sum(bool(each.cause) for each in at.host.plugins.statuses)},
    }
    if at.streams.ending:
        return 503, {**checks, "ledger": {"readable": True}, "ending": True}
    try:
        checks["ledger"] = {"readable": True, "last_number": at.host.ledger.last_number()}
    except RulesEngineError:
        return 503, {**checks, "ledger": {"readable": False}}
    return 200, checks


@router.get(
    "/metrics",
    summary="Figures for Prometheus",
    responses=answers(None, also={"text/plain": TEXT}),
    **allowed(EVERYBODY),
)
async def metrics(at: At) -> Response:
    """Give what is counted and measured; no id, no reference and no amount is in it."""

    def work() -> bytes:
        figures = at.figures
        figures.streams.set(at.streams.open)
        figures.jobs.set(at.jobs.open)
        try:
            figures.last_number.set(at.host.ledger.last_number())
        except RulesEngineError:
            figures.last_number.set(-1)
        return figures.text()

    return Response(await apart(work), media_type=MEDIA_TYPE)


@router.get("/v1/me", summary="Who you are here", responses=answers(named("Caller")), **allowed(READERS))
async def me(who: Annotated[Caller, Depends(caller)]) -> Response:
    """Give the caller's name and roles."""
    return answer({"name": who.name, "roles": sorted(who.roles)})
