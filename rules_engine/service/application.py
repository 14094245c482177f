"""The application: routers put together, faults answered as problems, every answer saying what made it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from rules_engine import __version__
from rules_engine.errors import FieldFault, RulesEngineError
from rules_engine.service.bounds import Bounds
from rules_engine.service.problems import Refused, answer_fault, answer_refused, problem_response
from rules_engine.service.routers import (
    deciding_events,
    desk_lists,
    drafts_and_jobs,
    health,
    notes_and_programmes,
    proof,
    recorded_decisions,
    request_lives,
    rule_sets,
    webhook_calls,
)
from rules_engine.service.running import Running
from rules_engine.service.shapes import SCHEMAS
from rules_engine.service.watching import Watching

ROUTERS = (
    deciding_events,
    recorded_decisions,
    request_lives,
    notes_and_programmes,
    desk_lists,
    rule_sets,
    drafts_and_jobs,
    webhook_calls,
    proof,
    health,
)

DESCRIPTION = """Answers survivor's options, calls and payments of retail notes from the prospectus, rule by rule.

Decisions name the edition and digest of the rules they rest on, and every answer the engine (`Rules-Engine`) and the
rule book (`Rules-Engine-Book`) that made it. What went wrong is `application/problem+json`.
"""

_LOG = logging.getLogger(__name__)


def application(running: Running) -> FastAPI:
    """Build the application of a service."""

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        running.deliveries.begin()
        try:
            yield
        finally:
            running.end()

    app = FastAPI(
        title="Rules engine for retail notes",
        version=__version__,
        description=DESCRIPTION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=life,
        redirect_slashes=False,
    )
    app.state.running = running
    for each in ROUTERS:
        app.include_router(each.router)
    app.add_exception_handler(Refused, answer_refused)
    app.add_exception_handler(RulesEngineError, answer_fault)
    app.add_exception_handler(RequestValidationError, _answer_wrong_parameters)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(Exception, _answer_broken)
    described: dict[str, Any] = {}

    @app.get("/openapi.json", include_in_schema=False)
    async def openapi() -> Response:
        if not described:
            described.update(described_api(app, asks_who=running.callers.asks))
        return JSONResponse(described)

    app.add_middleware(Watching, running=running)
    settings = running.settings
    app.add_middleware(Bounds, max_body=settings.max_body, max_waiting=settings.max_waiting)
    return app


def described_api(app: FastAPI, *, asks_who: bool) -> dict[str, Any]:
    """Describe the API as OpenAPI 3.1: with every shape, and how callers say who they are where they are asked."""
    described = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes, openapi_version="3.1.0"
    )
    components = described.setdefault("components", {})
    components["schemas"] = {
        **{name: each for name, each in components.get("schemas", {}).items() if "Validation" not in name},
        **SCHEMAS,
    }
    if asks_who:
        components["securitySchemes"] = {
            "token": {"type": "http", "scheme": "bearer"},
            "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
        }
        for operations in described["paths"].values():
            for operation in operations.values():
                if "x-roles" in operation:
                    operation["security"] = [{"token": []}, {"key": []}]
    return described


async def _answer_wrong_parameters(_: Request, fault: Exception) -> Response:
    assert isinstance(fault, RequestValidationError)
    errors = [
        FieldFault(field=".".join(map(str, each["loc"][1:])) or str(each["loc"][0]), message=str(each["msg"]))
        for each in fault.errors()[:20]
    ]
    return problem_response(422, "a parameter is wrong", errors)


async def _answer_http(_: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    return problem_response(fault.status_code, str(fault.detail).lower(), headers=fault.headers)


async def _answer_broken(_: Request, fault: Exception) -> Response:
    _LOG.error("a call failed with %s", type(fault).__name__)
    return problem_response(
        500, "the service could not answer; what it did is on the ledger or it is not: send it again"
    )
