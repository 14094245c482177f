"""The desk's lists: payments by the day cash moves, limits, deadlines; as JSON, CSV, and a calendar."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from rules_engine.desk.calendar_file import calendar_file
from rules_engine.desk.cash_days import CashLine, CashWanted, cash_days
from rules_engine.desk.days_ahead import DayAhead, DayKind, DaysWanted, days_ahead
from rules_engine.desk.limit_rooms import LimitRoom, limit_rooms
from rules_engine.desk.presenting import columns_of, csv_text, to_json
from rules_engine.desk.year_ahead import may_be_due
from rules_engine.model.event_words import PaymentKind
from rules_engine.service import shapes
from rules_engine.service.calls import READERS, Accept, At, allowed, answer, apart, wants
from rules_engine.service.shapes import answers, list_of, listed, named, thing

router = APIRouter(tags=["desk"])

JSON, CSV, CALENDAR = "application/json", "text/csv", "text/calendar"

First = Annotated[date | None, Query(alias="from", description="The first day; the latest business date by default.")]
Last = Annotated[date | None, Query(alias="until", description="The last day; 31 days after the first by default.")]


def _csv(items: list[Any], kind: type) -> Response:
    text = csv_text(map(to_json, items), columns_of(kind))
    return Response(text, media_type=CSV, headers={"Content-Disposition": "attachment"})


@router.get(
    "/v1/payments",
    summary="What is paid on which day",
    responses=answers(
        thing(
            {
                "items": list_of(named("Cash")),
                "may_be_due": list_of(named("MayBeDue")),
                "made_by": named("MadeBy"),
            }
        ),
        406,
        422,
        also={CSV: shapes.TEXT},
    ),
    **allowed(READERS),
)
async def payments(
    at: At,
    accept: Accept = "*/*",
    first: First = None,
    last: Last = None,
    kind: Annotated[list[PaymentKind] | None, Query()] = None,
    programme: str | None = None,
    cusip: str | None = None,
) -> Response:
    """List payments by the day cash moves, what is overdue first; and what may become due when the next year opens."""
    form = wants(accept, JSON, CSV)
    wanted = CashWanted(first=first, last=last, programme=programme, cusip=cusip, kinds=frozenset(kind or PaymentKind))

    def work() -> Response:
        lines = cash_days(at.host, wanted)
        if form == CSV:
            return _csv(lines, CashLine)
        ahead = may_be_due(at.host, programme, cusip)
        return answer({"items": to_json(lines), "may_be_due": to_json(ahead), "made_by": at.made_by()})

    return await apart(work)


@router.get(
    "/v1/limits",
    summary="What is left of yearly limits",
    responses=answers(listed(named("LimitRoom")), 406, 422, also={CSV: shapes.TEXT}),
    **allowed(READERS),
)
async def limits(
    at: At,
    accept: Accept = "*/*",
    year: Annotated[int | None, Query(ge=1950, le=2150)] = None,
    programme: str | None = None,
    owner_ref: str | None = None,
    cusip: str | None = None,
) -> Response:
    """List yearly limits: used, kept for what waits, left; who waits, and how much of it fits."""
    form = wants(accept, JSON, CSV)

    def work() -> Response:
        rooms = limit_rooms(at.host, year=year, programme=programme, owner_ref=owner_ref, cusip=cusip)
        if form == CSV:
            return _csv(rooms, LimitRoom)
        return answer({"items": to_json(rooms), "made_by": at.made_by()})

    return await apart(work)


@router.get(
    "/v1/deadlines",
    summary="What must happen by when",
    responses=answers(listed(named("DayAhead")), 406, 422, also={CSV: shapes.TEXT, CALENDAR: shapes.TEXT}),
    **allowed(READERS),
)
async def deadlines(
    at: At,
    accept: Accept = "*/*",
    first: First = None,
    last: Last = None,
    kind: Annotated[list[DayKind] | None, Query()] = None,
    programme: str | None = None,
    cusip: str | None = None,
) -> Response:
    """List days: notices, record dates, papers, repayments, questions, years; also as a calendar (`text/calendar`)."""
    form = wants(accept, JSON, CSV, CALENDAR)
    wanted = DaysWanted(first=first, last=last, programme=programme, cusip=cusip, kinds=frozenset(kind or DayKind))

    def work() -> Response:
        days = days_ahead(at.host, wanted)
        if form == CALENDAR:
            return Response(calendar_file(days), media_type=CALENDAR)
        if form == CSV:
            return _csv(days, DayAhead)
        return answer({"items": to_json(days), "made_by": at.made_by()})

    return await apart(work)
