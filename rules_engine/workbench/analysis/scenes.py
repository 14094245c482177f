"""Events that come to lie in a box of cells: likely ones are written, and the decision says which of them do."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from rules_engine.dates.months import add_months
from rules_engine.model.notes import Note
from rules_engine.workbench.analysis.cells import Axis, Box
from rules_engine.workbench.analysis.stages import Stage, Written
from rules_engine.workbench.analysis.ties import Days, Life, days_for

MOST = 60
"""How many events are tried for one box."""

_WORDS: Mapping[str, tuple[str, tuple[Any, ...]]] = {
    "trigger": ("trigger", ("death",)),
    "representative": ("representative", ("executor", "surviving joint owner", "beneficiary", "trustee")),
    "registration": ("registration", ("sole owner", "joint tenants", "trust", "transfer on death")),
    "held in": ("held_in", ("deceased account", "estate account")),
    "acquired": ("acquired", ("primary market",)),
    "beneficial owner at death": ("owner_at_death", ("yes",)),
    "co-owner is the spouse": ("co_owner_is_spouse", (True,)),
    "substantially all of the beneficial interest": ("substantially_all_beneficial_interest", (True,)),
}
"""Facts that a field of the request gives, with the values that come first where a box leaves them open."""

_OWNER, _REQUEST = "owner-1", "request-1"
_PAPERS = ("documents", "papers for the registration")


def scenes(clause: str, box: Box, stage: Stage) -> Iterator[tuple[Written, ...]]:
    """Write runs of events, the last of which is likely to lie in a box."""
    make = _MAKERS.get(clause)
    return itertools.islice(make(box, stage), MOST) if make else iter(())


def _allowed(box: Box, fact: str) -> tuple[Any, ...] | None:
    """List what a box allows of a fact; None where it leaves that open."""
    for axis, cells in box.items():
        if axis.fact == fact and not axis.word and not axis.against:
            return tuple(axis.cells[at] for at in sorted(cells))
    return None


def _chosen(box: Box, fact: str, first: Iterable[Any]) -> Any:
    """Choose a value of a fact: one that comes first where the box allows it, or else any that it allows."""
    allowed = _allowed(box, fact)
    wanted = [value for value in first if allowed is None or value in allowed]
    return wanted[0] if wanted else allowed[0] if allowed else None


def _wants(box: Box, fact: str) -> bool:
    """Tell whether a box holds only cases in which a fact is `yes`."""
    return _allowed(box, fact) == (True,)


def life_of(note: Note) -> Life:
    """Give the days of a note that requests are held against."""
    return Life(issued=note.issue_date, accrues_from=note.accrues_from, maturity=note.maturity)


def _requests(box: Box, stage: Stage) -> Iterator[tuple[Written, ...]]:
    documents = _documents(box)
    option = _allowed(box, "survivor's option on the note")
    for note in stage.notes:
        if note.survivors_option not in (option or (True,)):
            continue
        days, _ = days_for(box, life_of(note))
        if days is None:
            continue
        for principal, position in _AMOUNTS:
            event = _request(note, days, principal, position)
            for fact, (field, first) in _WORDS.items():
                value = _chosen(box, fact, first)
                event[field] = value == "yes" if field == "owner_at_death" and value != "in doubt" else value
            event["documents"] = documents
            yield (*_history(box, note, days, event, stage.programme), event)


_AMOUNTS = (
    ("25000.00", "25000.00"),
    ("25000.00", "50000.00"),
    ("25500.00", "50000.00"),
    ("26000.00", "25000.00"),
    ("24000.00", "24500.00"),
    ("25500.00", "25500.00"),
)
"""Principal asked for, and the position: all of it, part of it, no multiple, too much, and leaving too little."""


def _request(note: Note, days: Days, principal: str, position: str) -> Written:
    return {
        "type": "survivors_option_requested",
        "event_id": "event-1",
        "request_id": _REQUEST,
        "owner_ref": _OWNER,
        "received_on": days.received.isoformat(),
        "cusip": note.cusip,
        "principal": principal,
        "position": position,
        "deceased_share": "1/1",
        "occurred_on": days.death.isoformat(),
        "acquired_on": days.acquired.isoformat(),
    }


def _documents(box: Box) -> list[str]:
    """Bring every paper that a box allows to be brought; those that no rule looks at stay at home."""
    brought: dict[str, bool] = {}
    for axis, cells in box.items():
        if axis.word and axis.fact in _PAPERS:
            brought[axis.word] = brought.get(axis.word, True) and axis.cells.index(True) in cells
    return sorted(word for word, is_brought in brought.items() if is_brought)


def _history(box: Box, note: Note, days: Days, event: Written, programme: str) -> Iterator[Written]:
    """Write what has to have happened before: limits elected, a report, another request, a call."""
    received = days.received
    before = (received - timedelta(days=1)).isoformat()
    individual, annual = (_wants(box, f"issuer applies the {each} limit") for each in ("individual", "annual"))
    if _wants(box, "outstanding principal is reported"):
        base = date(received.year - 1, 12, 31).isoformat()
        yield {
            "type": "outstanding_reported",
            "event_id": "before-1",
            "received_on": before,
            "programme": programme,
            "as_of": base,
            "principal": "500000000.00",
        }
    if individual or annual:
        yield {
            "type": "limits_elected",
            "event_id": "before-2",
            "received_on": before,
            "programme": programme,
            "year": received.year,
            "annual": annual,
            "individual": individual,
        }
    if _wants(box, "note is redeemed before the repayment"):
        yield _notice(note, received - timedelta(days=1), _call_date(note, received), "before-3", "all")
    tendered = _allowed(box, "principal tendered in other requests")
    if tendered and all(each.cents for each in tendered):
        other = {**event, "event_id": "before-4", "request_id": "request-0", "received_on": before}
        yield {**other, "principal": "10000.00", "documents": event["documents"]}
    if _wants(box, "position was repaid before"):
        other = {**event, "event_id": "before-5", "request_id": "request-0", "received_on": before}
        yield other


def _call_date(note: Note, after: date) -> date:
    if note.call is None:
        return after + timedelta(days=40)
    day = note.call.first_on
    while day < after + timedelta(days=31):
        day = add_months(day, 1)
    return day


def _notice(note: Note, given: date, redeem_on: date, name: str, principal: str, **other: Any) -> Written:
    return {
        "type": "call_noticed",
        "event_id": name,
        "notice_id": f"notice of {name}",
        "received_on": given.isoformat(),
        "cusip": note.cusip,
        "notice_given_on": given.isoformat(),
        "redeem_on": redeem_on.isoformat(),
        "principal": principal,
        "price": "100",
        "notified": ["holders", "trustee"],
        **other,
    }


def _calls(box: Box, stage: Stage) -> Iterator[tuple[Written, ...]]:
    """Write notices of calls of every kind, on every note: on a call date or not, short or long, whole or in part."""
    told = [axis.word for axis, cells in box.items() if axis.word and cells == {axis.cells.index(False)}]
    notified = [word for word in ("holders", "trustee") if word not in told]
    again = _wants(box, "note is already called")
    for note in stage.notes:
        start = note.call.first_on if note.call else add_months(note.issue_date, 14)
        for redeem_on, notice, principal, price in itertools.product(
            (start, start + timedelta(days=3)), (35, 29, 10, 90), ("all", "1000.00", "1500.00"), ("100", "101")
        ):
            given = redeem_on - timedelta(days=notice)
            event = _notice(note, given, redeem_on, "event-1", principal, price=price, notified=notified)
            if _axis_of(box, "day of notice"):
                event["received_on"] = (given - timedelta(days=1)).isoformat()
            before = (_notice(note, given, redeem_on, "before-1", "all"),) if again else ()
            yield (*before, event)


def _payments(box: Box, stage: Stage) -> Iterator[tuple[Written, ...]]:
    """Write payments that fall due, or do not, on every note."""
    kinds = [str(kind) for kind in _allowed(box, "kind of payment") or ("interest", "maturity", "redemption")]
    redeemed = _wants(box, "note was redeemed before")
    for note, kind in itertools.product(stage.notes, kinds):
        start = note.call.first_on if note.call else add_months(note.first_coupon_date, 12)
        days = [note.maturity, start, note.first_coupon_date, start + timedelta(days=3), start + timedelta(days=2)]
        for due_on in days:
            given = min(due_on, start) - timedelta(days=40)
            before = (_notice(note, given, start, "before-1", "all"),) if redeemed else ()
            event = {"type": "payment_due", "event_id": "event-1", "cusip": note.cusip, "kind": kind}
            event |= {"received_on": (due_on - timedelta(days=1)).isoformat(), "due_on": due_on.isoformat()}
            yield (*before, {**event, "principal": "1000.00"})


def _withdrawals(box: Box, stage: Stage) -> Iterator[tuple[Written, ...]]:
    """Write a request, and its being taken back."""
    for made in itertools.islice(_requests({}, stage), 2):
        event = made[-1]
        taken = {"type": "withdrawal_requested", "event_id": "event-2", "request_id": _REQUEST}
        yield (*made, {**taken, "received_on": event["received_on"]})


def _rescissions(box: Box, stage: Stage) -> Iterator[tuple[Written, ...]]:
    """Write a notice, and its being taken back, in time or not, once or twice."""
    for made in itertools.islice(_calls({}, stage), 40):
        notice = made[-1]
        for day in (notice["received_on"], (date.fromisoformat(notice["redeem_on"]) + timedelta(days=1)).isoformat()):
            taken = {"type": "call_rescinded", "notice_id": notice["notice_id"], "received_on": day}
            twice = ({**taken, "event_id": "event-2"},) if _wants(box, "notice was rescinded before") else ()
            yield ({**notice, "conditional": True}, *twice, {**taken, "event_id": "event-3"})


def _lots(box: Box, stage: Stage) -> Iterator[tuple[Written, ...]]:
    """Write a call in part, and a lot drawn under it."""
    for note, call in ((note, note.call) for note in stage.notes if note.call):
        given = call.first_on - timedelta(days=35)
        notice = _notice(note, given, call.first_on, "before-1", "5000.00")
        for position, selected in (("5000.00", "1000.00"), ("5000.00", "5000.00"), ("2000.00", "3000.00")):
            drawn = {"type": "lottery_drawn", "event_id": "event-1", "notice_id": notice["notice_id"]}
            drawn |= {"received_on": notice["received_on"], "cusip": note.cusip, "owner_ref": _OWNER}
            again = _wants(box, "owner's lot was drawn before")
            lot = {**drawn, "position": position, "selected": selected}
            yield (notice, *(({**lot, "event_id": "event-0"},) if again else ()), lot)


def _axis_of(box: Box, fact: str) -> Axis | None:
    return next((axis for axis in box if axis.fact == fact), None)


_MAKERS: Mapping[str, Callable[[Box, Stage], Iterator[tuple[Written, ...]]]] = {
    "survivors option": _requests,
    "redemption": _calls,
    "payment days": _payments,
    "withdrawal": _withdrawals,
    "rescission": _rescissions,
    "partial redemption": _lots,
}
