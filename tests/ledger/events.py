"""Events to record: one at a time, or thousands made up from a seed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from rules_engine.intake import read_event
from rules_engine.model.events import Event

NOTES = ("02006DLF6", "02006DLG4")
PAPERS = (
    "death certificate",
    "letters of authority",
    "repayment request",
    "signature guarantee",
    "proof of ownership",
)


def request(number: int | str, **other: Any) -> dict[str, Any]:
    """A request that nothing speaks against but a limit."""
    return {
        "type": "survivors_option_requested",
        "event_id": f"event-{number}",
        "request_id": f"request-{number}",
        "received_on": "2017-08-01",
        "cusip": NOTES[0],
        "principal": "5000.00",
        "position": "500000.00",
        "occurred_on": "2017-06-01",
        "owner_ref": f"owner-{number}",
        "acquired_on": "2016-12-01",
        "acquired": "primary market",
        "registration": "sole owner",
        "owner_at_death": True,
        "held_in": "deceased account",
        "representative": "executor",
        "documents": list(PAPERS),
    } | other


def withdrawal(number: int | str, of: int | str) -> dict[str, Any]:
    return {
        "type": "withdrawal_requested",
        "event_id": f"withdrawal-{number}",
        "request_id": f"request-{of}",
        "received_on": "2017-08-02",
    }


def papers(event_id: str, of: int | str, *documents: str) -> dict[str, Any]:
    """A paper that no rule asks for, unless others are named."""
    return {
        "type": "documents_received",
        "event_id": event_id,
        "request_id": f"request-{of}",
        "received_on": "2017-08-03",
        "documents": list(documents or ("tax waiver",)),
    }


def outstanding(principal: str = "100000000.00") -> dict[str, Any]:
    """Two per cent of the principal reported is less than the annual limit's amount."""
    return {
        "type": "outstanding_reported",
        "event_id": "outstanding-2016",
        "received_on": "2017-01-03",
        "programme": "ally/term-notes-a",
        "as_of": "2016-12-31",
        "principal": principal,
    }


def elected(year: int, *, annual: bool = True) -> dict[str, Any]:
    return {
        "type": "limits_elected",
        "event_id": f"elected-{year}",
        "received_on": f"{year}-01-03",
        "programme": "ally/term-notes-a",
        "year": year,
        "annual": annual,
        "individual": True,
    }


def opened(year: int) -> dict[str, Any]:
    return {
        "type": "year_opened",
        "event_id": f"opened-{year}",
        "received_on": f"{year}-01-02",
        "programme": "ally/term-notes-a",
        "year": year,
    }


def read(*written: dict[str, Any]) -> list[Event]:
    return [read_event(json.dumps(event)) for event in written]


def made_up(seed: int, count: int) -> list[dict[str, Any]]:
    """Make up a run: requests good, late, incomplete and repeated, papers, withdrawals, payments, new years."""
    return list(_made_up(random.Random(seed), count))


def _made_up(chance: random.Random, count: int) -> Iterator[dict[str, Any]]:
    yield outstanding()
    for number in range(1, count):
        match chance.randrange(20):
            case 0 | 1 | 2:
                yield {
                    "type": "documents_received",
                    "event_id": f"papers-{number}",
                    "request_id": f"request-{chance.randrange(number)}",
                    "received_on": "2017-08-03",
                    "documents": list(PAPERS),
                }
            case 3:
                yield withdrawal(number, chance.randrange(number))
            case 4:
                yield {
                    "type": "payment_due",
                    "event_id": f"payment-{number}",
                    "received_on": "2017-08-04",
                    "cusip": chance.choice(NOTES),
                    "due_on": "2017-09-15",
                    "kind": "interest",
                    "principal": "1000.00",
                }
            case 5 if number % 500 < 20:
                yield opened(2018) | {"event_id": f"opened-{number}"}
            case 6:
                yield request(number, cusip="912828ZQ6")  # a note that no supplement gives
            case _:
                yield request(
                    number,
                    cusip=chance.choice(NOTES),
                    principal=f"{chance.randint(1, 5)}000.00",
                    owner_ref=f"owner-{chance.randrange(1 + count // 10)}",
                    acquired_on=chance.choice(("2016-12-01", "2017-02-01", "2017-02-02")),
                    documents=list(PAPERS[: chance.choice((5, 5, 5, 5, 3))]),
                )
