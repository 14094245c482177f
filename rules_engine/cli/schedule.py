"""`rules-engine schedule`: a note's interest dates, cash days and amounts, and when it may be called."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from rules_engine.cli.ending import CommandWrong, did_you_mean, faulty, notice
from rules_engine.cli.opening import opened
from rules_engine.cli.options import AsJson, Rules
from rules_engine.cli.page import Column, Page
from rules_engine.errors import RulesEngineError
from rules_engine.host import Host
from rules_engine.model.decisions import Finding
from rules_engine.model.exact import plain_text
from rules_engine.model.notes import Note
from rules_engine.workbench.timetable import Timetable, timetable, timetable_to_json

Cusip = Annotated[str, typer.Argument(metavar="CUSIP", help="The note, by its CUSIP.", show_default=False)]


def schedule(cusip: Cusip, rules: Rules = None, as_json: AsJson = False) -> None:
    """List a note's interest dates, amounts and redemption dates.

    Amounts are per $1,000, and each comes with the day cash moves. Each redemption date comes
    with the last day on which notice of it is long enough.
    """
    with opened(rules) as host:
        found = _timetable(host, cusip)
        if isinstance(found, str):
            notice(found)
            faulty()
        if as_json:
            print(json.dumps(timetable_to_json(found)))
        else:
            print_timetable(Page(), found)
        if host.book.own_problems:
            faulty()


def print_timetable(page: Page, found: Timetable, *, first: int | None = None) -> None:
    """Print a timetable, or only so many of its first rows."""
    note = found.note
    page.say(f"{note.cusip}  {_described(note)}", style="bold")
    page.heading("interest per $1,000" if found.coupons else "no interest: a zero-coupon note")
    with_records = any(coupon.record_on for coupon in found.coupons)
    page.table(
        [
            Column("n", is_amount=True),
            Column("from"),
            Column("due"),
            Column("pays on"),
            Column("days", is_amount=True),
            Column("interest", is_amount=True),
            *([Column("record date")] if with_records else []),
        ],
        [
            (
                str(coupon.n),
                coupon.accrual_start.isoformat(),
                coupon.due_on.isoformat(),
                f"{coupon.pay_on:%a} {coupon.pay_on}",
                str(coupon.days),
                "rate not set" if coupon.interest is None else str(coupon.interest),
                *([f"{coupon.record_on or ''}"] if with_records else []),
            )
            for coupon in found.coupons[:first]
        ],
    )
    if found.redemptions:
        page.heading("redemption at the issuer's choice")
        if note.call and note.call.printed:
            page.say(f"as printed: {note.call.printed}")
        page.table(
            [Column("redeems on"), Column("pays on"), Column("price", is_amount=True), Column("last day for notice")],
            [
                (
                    each.redeem_on.isoformat(),
                    f"{each.pay_on:%a} {each.pay_on}",
                    "make-whole" if each.price is None else f"{plain_text(each.price)} %",
                    f"{each.last_notice_on:%a} {each.last_notice_on}" if each.last_notice_on else "not known",
                )
                for each in found.redemptions[:first]
            ],
        )
    if not note.redemption_known:
        page.heading("redemption at the issuer's choice: nobody has read its terms, so none is listed")
    page.heading(f"maturity: due {found.matures_on}, pays on {found.pay_on:%a} {found.pay_on}")
    if found.drafts:
        page.say(f"provisional: rests on drafts: {'; '.join(found.drafts)}")


def _described(note: Note) -> str:
    return f"{_interest(note)}, issued {note.issue_date}, due {note.maturity}"


def _interest(note: Note) -> str:
    """Say what a note pays, and how often: `3.5 % monthly`, `4.25 %, then 4.85 % from 2005-07-15, monthly`."""
    if note.pays_no_interest:
        return "no coupon"
    told = [] if note.floats_in(note.accrues_from) else [f"{plain_text(note.coupon)} %"]
    told += [f"then {plain_text(step.coupon)} % from {step.from_on}" for step in note.coupon_steps]
    if floating := note.floating:
        told.append(f"{floating.index} and {plain_text(floating.spread)} % from {floating.from_on}")
    return f"{', '.join(told)}{',' if len(told) > 1 or note.floating else ''} {note.frequency}"


def _timetable(host: Host, cusip: str) -> Timetable | str:
    """Find a note's timetable, or say why the rule book gives none; raise CommandWrong for an unknown CUSIP."""
    known = {*host.book.notes, *host.book.faulty_notes}
    if cusip not in known:
        raise CommandWrong(f"no note in the rule book has CUSIP `{cusip}`{did_you_mean(cusip.upper(), known)}")
    scheduled = host.schedule(cusip)
    if isinstance(scheduled, Finding):
        return scheduled.because
    try:
        return timetable(scheduled)
    except RulesEngineError as fault:
        return f"The days of note {cusip} cannot be worked out: {fault}"
