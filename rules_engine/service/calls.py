"""What every call has in common: who may make it, how its body is read, and how it is answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Header, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response

from rules_engine.errors import FieldFault
from rules_engine.host.pages import LARGEST_PAGE, PAGE
from rules_engine.service.callers import EVERYBODY, Caller, Role
from rules_engine.service.problems import Refused
from rules_engine.service.running import Running, running

T = TypeVar("T")

READERS = EVERYBODY
SENDERS = frozenset({Role.PLATFORM, Role.CLERK})
WRITERS = frozenset({Role.CLERK, Role.APPROVER})
APPROVERS = frozenset({Role.APPROVER})
INTEGRATORS = frozenset({Role.PLATFORM})
PROVERS = frozenset({Role.AUDITOR, Role.APPROVER})

At = Annotated[Running, Depends(running)]
Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="The most items of a page.")]
LIMIT = PAGE
LONGEST = 400

Name = Annotated[str, Path(min_length=1, max_length=LONGEST)]
Accept = Annotated[str, Header(alias="accept", include_in_schema=False)]


def caller(request: Request, at: At) -> Caller:
    """Say who calls."""
    return at.callers.find(request.headers)


class Allowed:
    """Lets callers with one of some roles through; the roles stand in the API's description as `x-roles`."""

    def __init__(self, roles: frozenset[Role]) -> None:
        self.roles = roles

    def __call__(self, who: Annotated[Caller, Depends(caller)]) -> Caller:
        """Give the caller, or refuse."""
        if not who.roles & self.roles:
            needed = " or ".join(sorted(self.roles))
            raise Refused(403, f"this takes the role {needed}")
        return who


def allowed(roles: frozenset[Role]) -> dict[str, Any]:
    """Give what a route is declared with, so that only some roles may take it."""
    return {"dependencies": [Depends(Allowed(roles))], "openapi_extra": {"x-roles": sorted(roles)}}


def with_body(
    roles: frozenset[Role], schema: Mapping[str, Any], media_type: str = "application/json"
) -> dict[str, Any]:
    """Give what a route with a body is declared with."""
    declared = allowed(roles)
    declared["openapi_extra"] |= {"requestBody": {"required": True, "content": {media_type: {"schema": schema}}}}
    return declared


def refuse_other_kind(request: Request, *kinds: str) -> None:
    """Raise Refused for a body of another kind; a page elsewhere cannot send JSON here without asking first."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given not in kinds:
        raise Refused(415, f"send the body as {' or '.join(kinds)}", headers={"Accept": ", ".join(kinds)})


async def json_object(request: Request, fields: Mapping[str, type | tuple[type, ...]], *needed: str) -> dict[str, Any]:
    """Read a body of some fields, each of its type; raise Refused naming every one that is wrong."""
    refuse_other_kind(request, "application/json")
    try:
        given = json.loads(await request.body())
    except (ValueError, RecursionError) as fault:
        raise Refused(400, f"the body is no JSON: {fault}") from fault
    if not isinstance(given, dict):
        raise Refused(422, "the body must be a JSON object")
    faults = [
        FieldFault(field=str(name)[:80], message=f"unknown field: there are {', '.join(fields)}")
        for name in given
        if name not in fields
    ]
    faults += [
        FieldFault(field=name, message="it is of another kind than is read here")
        for name, kind in fields.items()
        if given.get(name) is not None
        and (not isinstance(given[name], kind) or (isinstance(given[name], bool) and kind is int))
    ]
    faults += [FieldFault(field=name, message=f"`{name}` is missing") for name in needed if given.get(name) is None]
    if faults:
        raise Refused(422, "the body cannot be taken", errors=faults[:20])
    return given


async def apart(work: Callable[..., T], *arguments: Any, **options: Any) -> T:
    """Do what may wait for the ledger in a thread, so that other calls go on."""
    return await run_in_threadpool(work, *arguments, **options)


def answer(content: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with JSON."""
    return JSONResponse(content, status, dict(headers or {}))


def wants(accept: str, *kinds: str) -> str:
    """Say in which of some forms an answer is wanted, the first where any will do; raise Refused where none will."""
    ranked: list[tuple[float, int, str]] = []
    for part in accept.split(","):
        kind, _, parameters = part.strip().partition(";")
        quality = _quality(parameters)
        for place, offered in enumerate(kinds):
            if quality and (kind in ("", "*/*", offered) or kind == f"{offered.partition('/')[0]}/*"):
                exactness = 0 if kind == offered else 1
                ranked.append((-quality, exactness * len(kinds) + place, offered))
    if not ranked:
        raise Refused(406, f"it can be had as {' or '.join(kinds)}")
    return min(ranked)[2]


def _quality(parameters: str) -> float:
    for each in parameters.split(";"):
        name, _, value = each.strip().partition("=")
        if name == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
