"""Requests: the work queue, one request as it stands, its life, why it stands so, and its letter."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from rules_engine.desk.day import standings
from rules_engine.desk.letter_content import NoLetter, letter_for
from rules_engine.desk.letter_writing import HTML, TEXT, letter_to_json, write_letter
from rules_engine.desk.presenting import to_json
from rules_engine.desk.recorded_answers import answer_to_json, answers_on
from rules_engine.desk.work_queue import DeskRequest, request_at_desk
from rules_engine.service import shapes
from rules_engine.service.calls import LIMIT, READERS, Accept, At, Limit, Name, allowed, answer, apart, wants
from rules_engine.service.problems import Refused
from rules_engine.service.running import Running
from rules_engine.service.shapes import answers, list_of, named, page_of, thing
from rules_engine.standing.requests import OPEN_STATES, RequestState
from rules_engine.workbench.explaining import explain, explanation_to_json

router = APIRouter(tags=["requests"])

State = Annotated[list[RequestState] | None, Query(description="Only in these states; those that are open by default.")]
On = Annotated[date | None, Query(description="The day to count from; the latest business date by default.")]


@router.get(
    "/v1/requests",
    summary="The work queue",
    responses=answers(page_of(named("Request"), shapes.TEXT), 422),
    **allowed(READERS),
)
async def requests(
    at: At,
    state: State = None,
    programme: str | None = None,
    cusip: str | None = None,
    owner_ref: str | None = None,
    due_by: date | None = None,
    on: On = None,
    after: str = "",
    limit: Limit = LIMIT,
) -> Response:
    """Give requests programme by programme, each first tendered first; go on with `next`.

    `due_by` keeps those of which something has to happen, or cash to move, by that day; a page may then have fewer
    items than asked for, and others follow all the same until `is_last`.
    """

    def work() -> dict[str, Any]:
        states = [each.value for each in state or sorted(OPEN_STATES, key=lambda each: each.value)]
        page = _page(at, programme=programme, cusip=cusip, owner_ref=owner_ref, states=states, after=after, limit=limit)
        found = [_found(at, each.programme, each.request_id, on) for each in page.items]
        items = [each for each in found if due_by is None or _is_due(each, due_by)]
        return {
            "items": to_json(items),
            "next": page.next,
            "is_last": page.is_last,
            "made_by": at.made_by(),
        }

    return answer(await apart(work))


def _page(at: Running, **wanted: Any) -> Any:
    try:
        return at.host.requests(**wanted)
    except ValueError as fault:
        raise Refused(422, str(fault)) from fault


def _is_due(request: DeskRequest, day: date) -> bool:
    days = [each.pay_on or each.due_on for each in request.repayments if each.open.cents]
    return any(each <= day for each in (*days, *([request.deadline.on] if request.deadline else [])))


def _found(at: Running, programme: str, request_id: str, on: date | None) -> DeskRequest:
    (standing,) = standings(at.host, programme)
    with at.host.ledger.undisturbed():
        day = on or standing.latest_received_on
        assert day is not None
        return request_at_desk(at.host, standing.requests[request_id], standing, day)


def _programme_of(at: Running, request_id: str) -> str:
    programme = at.host.stands_under(request_id)
    if programme is None:
        raise Refused(404, "no request of this id stands on the ledger")
    return programme


@router.get(
    "/v1/requests/{request_id:path}/life",
    summary="Everything that was answered on a request",
    responses=answers(thing({"answers": list_of(named("RecordedAnswer"))}), 404),
    **allowed(READERS),
)
async def life(request_id: Name, at: At) -> Response:
    """Give every answer on a request in its order, with the event that brought it, voided ones too."""

    def work() -> dict[str, Any]:
        found = answers_on(at.host.ledger, request_id)
        if not found:
            raise Refused(404, "no request of this id is on the ledger")
        return {"answers": list(map(answer_to_json, found))}

    return answer(await apart(work))


@router.get(
    "/v1/requests/{request_id:path}/explanation",
    summary="Why a request stands as it does",
    responses=answers(named("Explanation"), 404, 409),
    **allowed(READERS),
)
async def explanation(request_id: Name, at: At) -> Response:
    """Tell why, and why not, of the last answer on a request, whatever event brought it."""

    def work() -> dict[str, Any]:
        found = answers_on(at.host.ledger, request_id)
        if not found:
            raise Refused(404, "no request of this id is on the ledger")
        try:
            return explanation_to_json(explain(at.host, found[-1].event, part=found[-1].part))
        except LookupError as fault:
            raise Refused(409, str(fault)) from fault

    return answer(await apart(work))


@router.get(
    "/v1/requests/{request_id:path}/letter",
    summary="The letter that answers a request",
    responses=answers(named("Letter"), 404, 406, 409, 422, also={"text/html": shapes.TEXT, "text/plain": shapes.TEXT}),
    **allowed(READERS),
)
async def letter(request_id: Name, at: At, accept: Accept = "*/*") -> Response:
    """Write the letter as the request stands now: as `text/html` that prints on one page, as `text/plain`, or as JSON.

    A letter that rests on a draft says so, and is not to be sent. 409 where no letter answers a request as it stands.
    """
    kind = wants(accept, "application/json", "text/html", "text/plain")

    def work() -> Response:
        _programme_of(at, request_id)
        try:
            found = letter_for(at.host, request_id)
        except NoLetter as fault:
            raise Refused(409, str(fault)) from fault
        if kind == "text/plain":
            return PlainTextResponse(write_letter(at.host, found, TEXT))
        if kind == "text/html":
            policy = "default-src 'none'; style-src 'unsafe-inline'"
            return HTMLResponse(write_letter(at.host, found, HTML), headers={"Content-Security-Policy": policy})
        written = {"text": write_letter(at.host, found, TEXT), "html": write_letter(at.host, found, HTML)}
        return answer(letter_to_json(found, written))

    return await apart(work)


@router.get(
    "/v1/requests/{request_id:path}",
    summary="A request as it stands",
    responses=answers(named("Request"), 404, 422),
    **allowed(READERS),
)
async def request(request_id: Name, at: At, on: On = None) -> Response:
    """Give one request as it stands: repayments with their days, what is missing, what a person has to decide."""
    found = await apart(lambda: _found(at, _programme_of(at, request_id), request_id, on))
    return answer(to_json(found))
