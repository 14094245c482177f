"""A history in which events are sent, taken back and sent again, beside the same history without any of that.

After an event and its void the ledger has to say what it said before; and the event sent again, under a new id, has to
be answered as if it were the first time. Only ids, places and what tells of the void itself may differ.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from typing import Any

from rules_engine.standing.positions import Position
from rules_engine.standing.reporting import is_free_to_be_told
from rules_engine.standing.requests import RequestState
from rules_engine.standing.standing import Standing

from .engine import Engine
from .expected import Json
from .histories import Event
from .terms import PROGRAMME, notes

SAID = ("outcome", "request_id", "requested", "accepted", "carried_over", "pended", "not_accepted", "taken_back")
"""The fields of an answer that have to be the same."""


def difference(events: Sequence[Event], seed: int, often: float = 0.5) -> tuple[str, str] | None:
    """Name the kind of the first event that does not vanish when it is taken back, and what differs then."""
    plain, other = Engine(), Engine()
    ids: dict[str, str] = {}
    for event in events:
        sent = _naming(event, ids)
        may_be = sent["type"] != "event_voided" and event["event_id"] not in ids
        may_be = may_be and random.Random(f"{seed} {event['event_id']}").random() < often
        # What is decided again is no longer due on a day that has passed.
        may_be = may_be and not _is_overdue(other.standing(PROGRAMME), date.fromisoformat(event["received_on"]))
        before = told(other.standing(PROGRAMME)) if may_be else {}
        ids.setdefault(event["event_id"], event["event_id"])
        if may_be and _is_taken_back(other, sent):
            after = told(other.standing(PROGRAMME))
            if _has_no_time_left(before, after, event) or _brings_to_light(before, event):
                return None
            if after != before:
                return event["type"], _first_difference(before, after)
            ids[event["event_id"]] = f"{event['event_id']}-again"
            sent = {**sent, "event_id": ids[event["event_id"]]}
        first, again = (
            [_said(each) for each in engine.answer(each)] for engine, each in ((plain, event), (other, sent))
        )
        if first != again:
            return event["type"], f"answered {again}, not {first}"
    return None


def _has_no_time_left(before: dict[str, Any], after: dict[str, Any], event: Event) -> bool:
    """Tell whether a call or the maturity has left a request no time meanwhile: decided again, it is rejected."""
    for name, was in before.items():
        now = after.get(name)
        if not name.startswith("request ") or now is None or now == was:
            continue
        cusip = was["asked"].cusip
        is_late = cusip in after["calls"] or notes()[cusip].matures_on <= date.fromisoformat(event["received_on"])
        if is_late and now["state"] in (RequestState.REJECTED, RequestState.PAID):
            return True
    return False


def _brings_to_light(before: dict[str, Any], event: Event) -> bool:
    """Tell whether a request was decided again that would be answered otherwise since, whatever the event said of it.

    It had waited for a figure that others have told since.
    """
    was = before.get(f"request {event.get('request_id')}")
    if was is None:
        return False
    return "position" in was.get("missing", ())


def _naming(event: Event, ids: dict[str, str]) -> Event:
    """Let an event that takes back another name that one as it was sent again."""
    named = {str(name): ids.get(event[name], event[name]) for name in ("event_id", "voids") if name in event}
    return {**event, **named}


def _is_taken_back(engine: Engine, event: Event) -> bool:
    """Send an event and its void; tell whether it was taken back."""
    answers = engine.answer(event)
    if "error" in answers[0]:
        return False
    void = {
        "type": "event_voided",
        "event_id": f"{event['event_id']}-void",
        "received_on": event["received_on"],
        "voids": event["event_id"],
        "decided_by": "desk-1",
        "because": "sent too early",
    }
    return bool(engine.answer(void)[0]["outcome"] == "recorded")


def _said(answer: Json) -> tuple[Any, ...]:
    if "error" in answer:
        return ("error",)
    payment = answer.get("payment") or {}
    findings = {each.get("code") or each.get("rule") for each in answer["findings"]}
    questions = [(each["code"], each.get("field"), each.get("values")) for each in answer.get("questions", ())]
    paid = (payment.get("principal"), payment.get("due_on"), payment.get("total"))
    return (*(answer.get(name) for name in SAID), paid, findings, questions)


def told(standing: Standing) -> dict[str, Any]:
    """Give what a ledger says: requests, positions, limits, calls, lots, years."""
    requests = [each for each in standing.requests.values() if each.state is not RequestState.VOIDED]
    by_tender = sorted(requests, key=lambda each: each.tendered)
    # A figure for which nobody vouches is nothing to rest on.
    stand = (key for key in standing.positions if not is_free_to_be_told(key, standing, None))
    positions = {key: standing.position(key) for key in stand}
    return {
        **{f"request {each.request_id}": _of(each) for each in requests},
        "order": [each.request_id for each in by_tender],
        "queue": [each.request_id for each in standing.in_queue()],
        **{f"position {key}": _figures(each) for key, each in positions.items() if each.held is not None},
        **{name: _amounts(getattr(standing, name)) for name in ("used", "kept", "claimed", "claimed_by", "drawn_of")},
        "elections": {year: standing.election(year) for year in range(2016, 2026) if standing.election(year)},
        "calls": {cusip: calls for cusip in standing.calls if (calls := _ids(standing.calls[cusip]))},
        "rescinded": sorted(standing.rescinded),
        "opened": {year: standing.opened[year].on for year in standing.opened},
        "lots": {key: (lot.selected, lot.paid) for key, lot in standing.lots.items()},
        "ended notes": sorted(standing.ended_notes),
    }


def _figures(position: Position) -> tuple[Any, ...]:
    as_of = position.as_of if position.firm else None
    return position.held, position.most, as_of, position.repaid, position.redeemed


def _ids(calls: Sequence[Any]) -> list[str]:
    return sorted(call.notice_id for call in calls)


def _amounts(sums: Any) -> dict[Any, int]:
    return {key: cents for key, cents in sums.items() if cents}


def _of(request: Any) -> dict[str, Any]:
    names = ["state", "asked", "waiting", "pended", "questions"]
    if request.is_open:
        names.append("counts_from")
    if request.waiting.cents or request.pended.cents:
        names.append("kept_out_in")
    if request.state is RequestState.PENDED:
        names.append("missing")
    by_day: dict[Any, tuple[int, int]] = {}
    for each in request.repayments:
        principal, paid = by_day.get((each.accepted_on, each.due_on), (0, 0))
        by_day[each.accepted_on, each.due_on] = principal + each.principal.cents, paid + each.paid.cents
    repayments = {days: amounts for days, amounts in by_day.items() if amounts[0]}
    return {**{name: getattr(request, name) for name in names}, "repayments": repayments}


def _is_overdue(standing: Standing, today: date) -> bool:
    return any(each.due_on < today for request in standing.requests.values() for each in request.unpaid)


def _first_difference(before: dict[str, Any], after: dict[str, Any]) -> str:
    name = next(each for each in (*before, *after) if before.get(each) != after.get(each))
    was, now = before.get(name), after.get(name)
    if isinstance(was, dict) and isinstance(now, dict):
        part = next(each for each in (*was, *now) if was.get(each) != now.get(each))
        name, was, now = f"{name}, {part}", was.get(part), now.get(part)
    return f"{name}: {now}, not {was}"
