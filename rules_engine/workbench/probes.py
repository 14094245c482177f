"""Events to try a note's rules on: complete ones, and ones that leave out what may be left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

from rules_engine.model.event_words import PaymentKind
from rules_engine.model.events import CallNoticed, Event, PaymentDue, SurvivorsOptionRequested
from rules_engine.model.money import Money
from rules_engine.model.notes import Note
from rules_engine.standing.requests import PARTICULARS

_ASKED = Money.parse("10000.00")
_HELD_FOR = timedelta(days=400)
_ASKED_AFTER = timedelta(days=60)
_NOTICED_BEFORE = timedelta(days=45)


def probes_of(note: Note) -> Iterator[tuple[str, Event]]:
    """Give events about a note, each with what it is; the first is a request with everything in it."""
    whole = complete_request(note)
    yield "a request with everything in it", whole
    nothing: dict[str, Any] = dict.fromkeys(sorted({*PARTICULARS, "documents"} - {"trigger"}))
    for field in nothing:
        without: dict[str, Any] = {field: None}
        yield f"a request without `{field}`", replace(whole, **without)
    yield "a request with nothing in it that may be left out", replace(whole, **nothing)
    yield from _payments(note)


def complete_request(note: Note) -> SurvivorsOptionRequested:
    """Give a request about a note that leaves nothing out, by the executor of a sole owner."""
    died_on = min(note.issue_date + _HELD_FOR, note.maturity - 2 * _ASKED_AFTER)
    return SurvivorsOptionRequested(
        event_id="probe",
        received_on=died_on + _ASKED_AFTER,
        request_id="probe",
        cusip=note.cusip,
        principal=_ASKED,
        position=_ASKED,
        occurred_on=died_on,
        owner_ref="owner of the probe",
        acquired_on=note.issue_date,
        acquired="primary market",
        registration="sole owner",
        co_owner_is_spouse=False,
        deceased_share=Fraction(1),
        substantially_all_beneficial_interest=True,
        owner_at_death=True,
        held_in="estate account",
        representative="executor",
        documents=frozenset(
            {
                "death certificate",
                "letters of authority",
                "proof of ownership",
                "repayment request",
                "signature guarantee",
            }
        ),
    )


def _payments(note: Note) -> Iterator[tuple[str, Event]]:
    yield (
        "interest that falls due",
        PaymentDue(
            event_id="probe",
            received_on=note.first_coupon_date,
            cusip=note.cusip,
            due_on=note.first_coupon_date,
            kind=PaymentKind.INTEREST,
            principal=_ASKED,
        ),
    )
    if note.call is not None:
        yield (
            "a call",
            CallNoticed(
                event_id="probe",
                received_on=note.call.first_on - _NOTICED_BEFORE,
                notice_id="probe",
                cusip=note.cusip,
                notice_given_on=note.call.first_on - _NOTICED_BEFORE,
                redeem_on=note.call.first_on,
                principal="all",
            ),
        )
