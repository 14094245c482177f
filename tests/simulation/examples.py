"""Plain events to start a test from: one complete request, and whatever is different about it."""

from __future__ import annotations

from typing import Any

from .expected import Expected
from .model import Model
from .terms import PROGRAMME, written

F6, G4 = "02006DLF6", "02006DLG4"
ALL_PAPERS = (
    "death certificate",
    "letters of authority",
    "proof of ownership",
    "repayment request",
    "signature guarantee",
)

Event = dict[str, Any]


def request(request_id: str, thousands: int, day: str = "2017-08-01", **different: Any) -> Event:
    """A complete request for the whole position of a sole owner who died on 2017-06-10."""
    amount = written(thousands * 100_000)
    complete = {
        "type": "survivors_option_requested",
        "event_id": f"asks-{request_id}",
        "received_on": day,
        "request_id": request_id,
        "cusip": F6,
        "principal": amount,
        "position": amount,
        "occurred_on": "2017-06-10",
        "owner_ref": "owner-1",
        "acquired_on": "2016-12-01",
        "registration": "sole owner",
        "owner_at_death": True,
        "held_in": "estate account",
        "representative": "executor",
        "documents": list(ALL_PAPERS),
    }
    return {name: value for name, value in (complete | different).items() if value is not None}


def papers(request_id: str, day: str, *documents: str, event_id: str = "") -> Event:
    """Papers that come for a request."""
    return {
        "type": "documents_received",
        "event_id": event_id or f"papers-{request_id}-{day}",
        "received_on": day,
        "request_id": request_id,
        "documents": list(documents),
    }


def told(request_id: str, day: str, **particulars: Any) -> Event:
    """Particulars that come for a request."""
    return {
        "type": "particulars_received",
        "event_id": f"told-{request_id}-{day}",
        "received_on": day,
        "request_id": request_id,
    } | particulars


def decided(request_id: str, day: str, answer: str = "go on", **particulars: Any) -> Event:
    """A person's decision."""
    return {
        "type": "person_decided",
        "event_id": f"decided-{request_id}-{day}",
        "received_on": day,
        "request_id": request_id,
        "answer": answer,
        "decided_by": "desk-7",
        "because": "looked at",
    } | particulars


def paid(request_id: str, thousands: int, due_on: str, day: str = "", cusip: str = F6) -> Event:
    """A repayment that was made."""
    return {
        "type": "payment_made",
        "event_id": f"paid-{request_id}-{day or due_on}-{thousands}",
        "received_on": day or due_on,
        "cusip": cusip,
        "due_on": due_on,
        "kind": "repayment",
        "principal": written(thousands * 100_000),
        "request_id": request_id,
    }


def elected(year: int, day: str, **different: Any) -> Event:
    """The issuer applies the individual limit in a year."""
    fields = {"programme": PROGRAMME, "year": year, "annual": False, "individual": True}
    return {"type": "limits_elected", "event_id": f"elected-{day}", "received_on": day} | fields | different


def opened(year: int, day: str) -> Event:
    """A year is opened."""
    return {
        "type": "year_opened",
        "event_id": f"opened-{year}-{day}",
        "received_on": day,
        "programme": PROGRAMME,
        "year": year,
    }


def called(notice_id: str, redeem_on: str, day: str, principal: str = "all", **different: Any) -> Event:
    """A call at par, noticed on a day."""
    return {
        "type": "call_noticed",
        "event_id": f"called-{notice_id}",
        "received_on": day,
        "notice_id": notice_id,
        "cusip": F6,
        "notice_given_on": day,
        "redeem_on": redeem_on,
        "principal": principal,
        "price": "100",
        "notified": ["holders", "trustee"],
    } | different


def lot(notice_id: str, thousands: int, of: int, day: str, owner: str = "owner-1") -> Event:
    """A lot that draws some of a position."""
    return {
        "type": "lottery_drawn",
        "event_id": f"lot-{notice_id}-{owner}",
        "received_on": day,
        "notice_id": notice_id,
        "cusip": F6,
        "owner_ref": owner,
        "position": written(of * 100_000),
        "selected": written(thousands * 100_000),
    }


def voided(event_id: str, day: str) -> Event:
    """An event is taken back."""
    return {
        "type": "event_voided",
        "event_id": f"voids-{event_id}",
        "received_on": day,
        "voids": event_id,
        "decided_by": "desk-7",
        "because": "entered by mistake",
    }


def asked_about(due_on: str, day: str, **different: Any) -> Event:
    """A question about repayments."""
    return {
        "type": "payment_due",
        "event_id": f"question-{day}",
        "received_on": day,
        "cusip": F6,
        "due_on": due_on,
        "kind": "repayment",
    } | different


def told_to(model: Model, *events: Event) -> list[list[Expected]]:
    """Tell a history to the model."""
    return [model.answer(event) for event in events]
