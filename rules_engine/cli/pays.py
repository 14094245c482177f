"""`rules-engine pays`: what is paid on which day, and what may become due when the next year opens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated

import typer

from rules_engine.cli.desk_lists import (
    AsCsv,
    Block,
    FirstDay,
    LastDay,
    OfNote,
    OfProgramme,
    amount,
    day_of,
    one_form,
    print_blocks,
    print_csv,
)
from rules_engine.cli.opening import opened
from rules_engine.cli.options import AsJson, KeptLedger, Rules
from rules_engine.cli.page import Column
from rules_engine.desk.cash_days import CashLine, CashWanted, cash_days
from rules_engine.desk.presenting import to_json
from rules_engine.desk.year_ahead import MayBeDue, may_be_due
from rules_engine.model.event_words import PaymentKind

OfKind = Annotated[
    list[PaymentKind] | None,
    typer.Option("--kind", help="Only payments of this kind; may be given more than once.", show_default=False),
]
NextYear = Annotated[
    bool, typer.Option("--next-year", help="Only what waits for a limit, as it would come if the next year opened now.")
]

COLUMNS = (
    Column("pays on"),
    Column("kind"),
    Column("note"),
    Column("principal", is_amount=True),
    Column("interest", is_amount=True),
    Column("total", is_amount=True),
)
AHEAD = (
    Column("pays on"),
    Column("request"),
    Column("note"),
    Column("waiting", is_amount=True),
    Column("accepted", is_amount=True),
    Column("interest", is_amount=True),
)


def pays(
    ledger: KeptLedger,
    first: FirstDay = None,
    last: LastDay = None,
    kind: OfKind = None,
    note: OfNote = None,
    programme: OfProgramme = None,
    next_year: NextYear = False,
    rules: Rules = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """List payments by the day cash moves: principal, interest, and to whom; what is overdue comes first.

    Repayments and redemptions are those of the ledger. Interest and maturities are listed for each $1,000 of the notes
    that the ledger knows. What waits for a limit follows, with what would become due if the next year opened as things
    stand now. Nothing is recorded.
    """
    one_form(as_json=as_json, as_csv=as_csv)
    wanted = CashWanted(
        first=day_of(first),
        last=day_of(last),
        programme=programme,
        cusip=note,
        kinds=frozenset(kind or PaymentKind),
    )
    with opened(rules, ledger, only_trying=True) as host:
        lines = [] if next_year else cash_days(host, wanted)
        ahead = may_be_due(host, programme, note) if next_year or not (kind or as_csv) else []
    if as_json:
        for line in lines:
            print(json.dumps(to_json(line)))
        for each in ahead:
            print(json.dumps({"may_be_due": to_json(each)}))
    elif as_csv:
        print_csv(ahead if next_year else lines, MayBeDue if next_year else CashLine)
    else:
        _print(lines, ahead, only_ahead=next_year)


def _print(lines: list[CashLine], ahead: list[MayBeDue], *, only_ahead: bool) -> None:
    if lines:
        print_blocks(COLUMNS, lines, _block)
    elif not only_ahead:
        print("nothing is to be paid in these days")
    if ahead:
        print(f"{'' if only_ahead else chr(10)}what waits for a limit, if {ahead[0].year} opened as things stand now")
        print_blocks(AHEAD, ahead, _ahead, group=lambda each: f"{each.programme}, {each.year}")
    elif only_ahead:
        print("nothing waits for a limit")


def _block(line: CashLine) -> Block:
    kind = f"{line.kind} per $1,000" if line.per_1000 else line.kind.value
    return Block(
        cells=(
            f"{line.pay_on:%a} {line.pay_on}",
            kind,
            line.cusip,
            amount(line.principal),
            amount(line.interest),
            amount(line.total),
        ),
        details=tuple(_details(line)),
    )


def _details(line: CashLine) -> Iterator[str]:
    if line.is_overdue:
        yield "OVERDUE"
    if line.request_id:
        owner = f", owner {line.owner_ref}" if line.owner_ref else ""
        account = f", account {line.account_ref}" if line.account_ref else ""
        yield f"request {line.request_id}{owner}{account}"
    if line.stopped or line.waits_for:
        yield f"{'stopped: ' if line.stopped else 'not known yet: '}{line.waits_for}"
    told = []
    if line.due_on != line.pay_on:
        told.append(f"due {line.due_on}")
    if line.to:
        told.append(f"interest to {line.to}" if not line.to.startswith("holder") else f"to the {line.to}")
    if line.settlement == "repay or repurchase":
        told.append("the issuer may purchase instead")
    if line.provisional:
        told.append("provisional")
    if told:
        yield "; ".join(told)


def _ahead(each: MayBeDue) -> Block:
    return Block(
        cells=(
            f"{each.pay_on:%a} {each.pay_on}" if each.pay_on else "",
            each.request_id,
            each.cusip,
            amount(each.waiting),
            amount(each.accepted),
            amount(each.interest),
        ),
        details=(each.waits_for,) if each.waits_for else (),
    )
