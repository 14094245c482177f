"""Requests as they stand on a ledger, listed page by page."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules_engine.host.pages import Page, check_limit
from rules_engine.ledger.base import Ledger
from rules_engine.model.decisions import Question
from rules_engine.model.money import Money
from rules_engine.model.wire import question_to_json
from rules_engine.standing.requests import Request, RequestState

Key = tuple[str, str, int, str]
"""The place of a request in the list: its programme, the day it was received, its first position, its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSummary:
    """A request as it stands: what it asks for, what became of it, and what it waits for.

    `state` is the word operations use (`pended`, `accepted`, `paid`). `accepted` is all principal it stands accepted
    for, of which `paid` was paid and `to_be_paid` is due, next on `due_on`. `carried_over` waits for a limit, `pended`
    for a report. `missing` names event fields, papers and reports; `questions` are for a person. `counts_from` is the
    day its periods and its place count from.
    """

    programme: str
    request_id: str
    cusip: str
    owner_ref: str
    account_ref: str
    state: str
    is_open: bool
    received_on: date
    counts_from: date
    requested: Money
    accepted: Money
    paid: Money
    to_be_paid: Money
    due_on: date | None
    carried_over: Money
    pended: Money
    missing: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """Which requests are wanted; what is None keeps none out."""

    programme: str | None = None
    cusip: str | None = None
    owner_ref: str | None = None
    states: frozenset[RequestState] | None = None

    def has(self, request: Request) -> bool:
        """Tell whether a request is one of them."""
        return (
            self.cusip in (None, request.cusip)
            and self.owner_ref in (None, request.asked.owner_ref)
            and (self.states is None or request.state in self.states)
        )


def states_named(words: Collection[str] | None) -> frozenset[RequestState] | None:
    """Find states by the words operations use; raise ValueError, naming those there are, for any other word."""
    if words is None:
        return None
    known = {state.value: state for state in RequestState}
    for word in words:
        if word not in known:
            raise ValueError(f"`{word}` is not a state of a request; there are: {', '.join(known)}")
    return frozenset(known[word] for word in words)


def requests_after(ledger: Ledger, wished: Wished, after: str, limit: int) -> Page[RequestSummary, str]:
    """Read a page of requests: programme by programme, each first tendered first."""
    check_limit(limit)
    begin = _key_of(after) if after else None
    found: list[tuple[Key, RequestSummary]] = []
    for programme in sorted(ledger.heads()) if wished.programme is None else [wished.programme]:
        if begin is not None and programme < begin[0]:
            continue
        with ledger.undisturbed():
            for key, request in sorted(_keyed(ledger, programme, wished), key=lambda each: each[0]):
                if begin is None or key > begin:
                    found.append((key, _summary(programme, request)))
                if len(found) > limit:
                    break
        if len(found) > limit:
            break
    shown = found[:limit]
    next_after = _cursor(shown[-1][0]) if shown else after
    return Page(tuple(summary for _, summary in shown), next_after, is_last=len(found) <= limit)


def request_summary(ledger: Ledger, programme: str, request_id: str) -> RequestSummary | None:
    """Give one request as it stands under a programme; None where there is none."""
    with ledger.undisturbed():
        request = ledger.standing(programme).requests.get(request_id)
        return None if request is None else _summary(programme, request)


def request_to_json(request: RequestSummary) -> dict[str, Any]:
    """Write a request as it crosses a border: text for dates and money."""
    return {
        "programme": request.programme,
        "request_id": request.request_id,
        "cusip": request.cusip,
        "owner_ref": request.owner_ref,
        "account_ref": request.account_ref,
        "state": request.state,
        "is_open": request.is_open,
        "received_on": request.received_on.isoformat(),
        "counts_from": request.counts_from.isoformat(),
        "requested": request.requested.wire,
        "accepted": request.accepted.wire,
        "paid": request.paid.wire,
        "to_be_paid": request.to_be_paid.wire,
        "due_on": request.due_on.isoformat() if request.due_on else None,
        "carried_over": request.carried_over.wire,
        "pended": request.pended.wire,
        "missing": list(request.missing),
        "questions": [question_to_json(question) for question in request.questions],
    }


def _keyed(ledger: Ledger, programme: str, wished: Wished) -> Iterator[tuple[Key, Request]]:
    for request in ledger.standing(programme).requests.values():
        if wished.has(request) and (programme or not _stands_elsewhere(ledger, request.request_id)):
            received_on, position = request.tendered
            yield (programme, received_on.isoformat(), position, request.request_id), request


def _stands_elsewhere(ledger: Ledger, request_id: str) -> bool:
    """Tell whether what was asked before its note was known stands under a programme since."""
    under = (programme for programme in ledger.programmes_of(request_id) if programme)
    return any(ledger.standing(programme).live(request_id) is not None for programme in under)


def _summary(programme: str, request: Request) -> RequestSummary:
    return RequestSummary(
        programme=programme,
        request_id=request.request_id,
        cusip=request.cusip,
        owner_ref=request.asked.owner_ref or "",
        account_ref=request.asked.account_ref or "",
        state=request.state.value,
        is_open=request.is_open,
        received_on=request.made.received_on,
        counts_from=request.counts_from,
        requested=request.made.principal,
        accepted=request.accepted,
        paid=request.paid,
        to_be_paid=request.to_be_paid,
        due_on=min((repayment.due_on for repayment in request.unpaid), default=None),
        carried_over=request.waiting,
        pended=request.pended,
        missing=request.missing,
        questions=request.questions,
    )


def _cursor(key: Key) -> str:
    return json.dumps(key, ensure_ascii=False, separators=(",", ":"))


def _key_of(cursor: str) -> Key:
    """Read a cursor back; raise ValueError for a text that is not one."""
    try:
        programme, received_on, position, request_id = json.loads(cursor)
        return str(programme), date.fromisoformat(received_on).isoformat(), int(position), str(request_id)
    except (ValueError, TypeError) as fault:
        raise ValueError("`after` must be the `next` of an earlier page of requests") from fault
