"""`rules-engine requests`: what is open, for how long, for what it waits, and until when."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated

import typer

from rules_engine.cli.opening import opened
from rules_engine.cli.options import AsJson, KeptLedger, Rules
from rules_engine.cli.page import Column, Page
from rules_engine.workbench.open_requests import OpenRequest, open_request_to_json, open_requests

Day = Annotated[
    datetime | None,
    typer.Option(
        "--on",
        formats=["%Y-%m-%d"],
        metavar="DATE",
        help="The day to count from. [default: the latest business date on the ledger]",
        show_default=False,
    ),
]

COLUMNS = (
    Column("request"),
    Column("note"),
    Column("state"),
    Column("received"),
    Column("days", is_amount=True),
    Column("waiting", is_amount=True),
    Column("to be paid", is_amount=True),
    Column("missing"),
    Column("next"),
)


def requests(ledger: KeptLedger, on: Day = None, rules: Rules = None, as_json: AsJson = False) -> None:
    """List open requests, first tendered first, with age, what is missing, and the next deadline."""
    with opened(rules, ledger, only_trying=True) as host:
        listed = list(open_requests(host, on=on.date() if on else None))
    if as_json:
        for request in listed:
            print(json.dumps(open_request_to_json(request)))
    elif listed:
        Page().table(COLUMNS, [_row(request) for request in listed])
    else:
        print("no request is open")


def _row(request: OpenRequest) -> tuple[str, ...]:
    deadline = request.deadline
    return (
        request.request_id,
        request.cusip,
        request.state,
        request.received_on.isoformat(),
        str(request.days_old),
        str(request.waiting) if request.waiting.amount else "",
        str(request.unpaid) if request.unpaid.amount else "",
        ", ".join(request.missing),
        f"{deadline.on}: {deadline.what}" if deadline else "",
    )
