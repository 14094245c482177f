"""`rules-engine requests`: what is open, for how long, for what it waits, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

import typer

from rules_engine.cli.desk_lists import (
    DAY,
    AsCsv,
    Block,
    OfNote,
    OfOwner,
    OfProgramme,
    OnDay,
    amount,
    day_of,
    one_form,
    print_blocks,
    print_csv,
    print_json,
)
from rules_engine.cli.ending import CommandWrong
from rules_engine.cli.opening import opened
from rules_engine.cli.options import AsJson, KeptLedger, Rules
from rules_engine.cli.page import Column
from rules_engine.desk.work_queue import DeskRequest, Wanted, work_queue

State = Annotated[
    list[str] | None,
    typer.Option(
        "--state", metavar="STATE", help="Only in this state; may be given more than once.", show_default=False
    ),
]
DueBy = Annotated[
    datetime | None,
    typer.Option("--due-by", help="Only what has to happen, or is paid, by this day.", **DAY),
]
Finished = Annotated[bool, typer.Option("--all", help="Those that are finished too.")]

COLUMNS = (
    Column("request"),
    Column("note"),
    Column("state"),
    Column("days", is_amount=True),
    Column("waiting", is_amount=True),
    Column("to be paid", is_amount=True),
    Column("next"),
)


def requests(
    ledger: KeptLedger,
    on: OnDay = None,
    state: State = None,
    note: OfNote = None,
    owner: OfOwner = None,
    programme: OfProgramme = None,
    due_by: DueBy = None,
    finished: Finished = False,
    rules: Rules = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """List open requests, first tendered first: age, what is missing, what a person has to decide, the next day.

    Each repayment stands with its own day and amount, and is called overdue once cash should have moved.
    """
    one_form(as_json=as_json, as_csv=as_csv)
    wanted = Wanted(
        programme=programme, cusip=note, owner_ref=owner, states=state, due_by=day_of(due_by), finished=finished
    )
    with opened(rules, ledger, only_trying=True) as host:
        try:
            listed = list(work_queue(host, wanted, on=day_of(on)))
        except ValueError as fault:
            raise CommandWrong(str(fault)) from fault
    if as_json:
        print_json(listed)
    elif as_csv:
        print_csv(listed, DeskRequest)
    elif listed:
        print_blocks(COLUMNS, listed, _block, group=lambda request: request.programme or "no programme")
    else:
        print("no request is open" if wanted == Wanted() else "no request is like that")


def _block(request: DeskRequest) -> Block:
    return Block(
        cells=(
            request.request_id,
            request.cusip,
            request.state,
            str(request.days_old),
            amount(request.waiting),
            amount(request.unpaid),
            str(request.deadline.on) if request.deadline else "",
        ),
        details=tuple(_details(request)),
    )


def _details(request: DeskRequest) -> Iterator[str]:
    owner = f", owner {request.owner_ref}" if request.owner_ref else ""
    yield f"received {request.received_on}, {request.requested} asked{owner}"
    for each in request.repayments:
        day = each.pay_on or each.due_on
        paid = f"{each.paid} paid" if each.paid.cents else ""
        still = f"{each.open} to pay{', OVERDUE' if each.is_overdue else ''}" if each.open.cents else ""
        yield f"repayment {day}: {', '.join(filter(None, (paid, still)))}"
    if request.missing:
        yield f"missing: {', '.join(request.missing)}"
    elif not request.to_decide:
        for reason in request.why:
            yield f"why: {reason}"
    for question in request.to_decide:
        yield f"to decide: {question}"
    if request.deadline:
        yield f"next: {request.deadline.on}: {request.deadline.what}"
