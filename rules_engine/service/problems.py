"""What went wrong, as `application/problem+json` (RFC 9457): for the person who can put it right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse

from rules_engine.errors import EventError, EventIdReused, FieldFault, LedgerError, Problem, RulesEngineError

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = 1
"""Seconds after which the same call may succeed."""

TITLES: Mapping[int, str] = {
    400: "the call cannot be read",
    401: "say who you are",
    403: "your role may not do this",
    404: "there is no such thing",
    405: "the address does not take this method",
    406: "the answer cannot be given in that form",
    409: "it contradicts what is there",
    412: "it was changed meanwhile",
    413: "the body is too large",
    415: "the body is of another kind than is read here",
    422: "something that was given is wrong",
    500: "something is broken here",
    503: "try again a little later",
}


class Refused(Exception):
    """A call that is answered by a problem."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: Iterable[FieldFault] = (),
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        self.status, self.detail, self.errors = status, detail, tuple(errors)
        self.headers, self.more = dict(headers or {}), dict(more or {})
        super().__init__(detail)


def problem(
    status: int, detail: str, errors: Iterable[FieldFault] = (), more: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Write a problem; `errors` names every field that is wrong, an empty name standing for the whole."""
    title = TITLES.get(status, "the call was refused")
    written: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    told = [{"field": fault.field, "message": fault.message} for fault in errors]
    return written | ({"errors": told} if told else {}) | dict(more or {})


def problem_response(
    status: int,
    detail: str,
    errors: Iterable[FieldFault] = (),
    headers: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> JSONResponse:
    """Answer by a problem; one that may pass by itself says after how many seconds to try again."""
    retry = {"Retry-After": str(RETRY_AFTER)} if status == 503 else {}
    content = problem(status, detail, errors, more)
    return JSONResponse(content, status, {**retry, **(headers or {})}, media_type=MEDIA_TYPE)


def status_of(fault: RulesEngineError) -> int:
    """Give the status that a fault of ours, or of what was sent, is answered with."""
    if isinstance(fault, EventIdReused):
        return 409
    if isinstance(fault, EventError):
        return 422
    if fault.trying_again_helps:
        return 503
    return 500 if isinstance(fault, LedgerError) else 422


def problem_of(fault: RulesEngineError) -> dict[str, Any]:
    """Write the problem that a fault is."""
    status = status_of(fault)
    if isinstance(fault, EventError):
        many = len(fault.faults)
        detail = f"the event cannot be taken: {'one field is' if many == 1 else f'{many} fields are'} wrong"
        return problem(status, detail, fault.faults)
    return problem(status, str(fault))


def answer_fault(_: Request, fault: Exception) -> JSONResponse:
    """Answer a call that ended with a fault of this package."""
    assert isinstance(fault, RulesEngineError)
    written = problem_of(fault)
    headers = {"Retry-After": str(RETRY_AFTER)} if written["status"] == 503 else None
    return JSONResponse(written, written["status"], headers, media_type=MEDIA_TYPE)


def answer_refused(_: Request, fault: Exception) -> JSONResponse:
    """Answer a call that was refused."""
    assert isinstance(fault, Refused)
    return problem_response(fault.status, fault.detail, fault.errors, fault.headers, fault.more)


def problems_in_files(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Write faults of rule files, each with its place and a way out."""
    return [
        {
            "file": each.file,
            "line": each.line,
            "column": each.column,
            "message": each.message,
            "help": each.help,
        }
        for each in problems
    ]
