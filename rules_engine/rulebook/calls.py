"""The redemptions a pricing supplement prints for a note: style, days, price and notice; and those an event allows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.model.note_words import CallAmount, CallDay, CallStyle, PartChosen
from rules_engine.model.notes import Call, EventCall
from rules_engine.model.values import Kind
from rules_engine.rulebook.call_prices import prices_content, read_make_whole, read_prices
from rules_engine.rulebook.figures import date_of, value_of
from rules_engine.rulebook.literals import write_literal
from rules_engine.rulebook.notices import notice_content, read_notice
from rules_engine.rulebook.places import (
    Entries,
    Faults,
    Text,
    as_entries,
    check_keys,
    choice_of,
    entries_of,
    items_of,
    member_of,
    text_of,
)

EVENTS = ("regulatory event", "tax event")
"""What may happen to a note that lets its issuer redeem it outside its call dates."""

NOT_READ = "not read"
"""What stands for the redemption of a note whose print shows it only in part, or not at all."""

CALL_KEYS = (
    *("printed", "style", "first date", "on", "price", "prices", "falls", "make whole", "notice", "amount"),
    "part chosen",
)


def redemption_known(row: Entries) -> bool:
    """Tell whether a row gives its note's redemption, or by giving none says that there is none; not so `not read`."""
    entry = row.entries.get("redemption")
    return entry is None or not isinstance(entry.value, Text) or entry.value.text != NOT_READ


def read_call(row: Entries, issue_date: date | None, maturity: date | None, faults: Faults) -> Call | None:
    """Read a note's `redemption`; None where it has none or was not read, or, the faults noted, cannot be read."""
    if not redemption_known(row):
        return None
    given = entries_of(row, "redemption", faults)
    if given is None:
        return None
    check_keys(given, CALL_KEYS, faults)
    printed = text_of(given, "printed", faults, required=True)
    style, on = _read_days(given, faults)
    first_on = date_of(given, "first date", faults, required=True)
    if first_on and issue_date and maturity and not issue_date < first_on <= maturity:
        place = given.entries["first date"].value.place
        faults.at(place, f"the note cannot be called on {first_on}", f"it lives from {issue_date} to {maturity}")
    price = value_of(given, "price", Kind.PERCENT, faults, required=True)
    first_price = price if isinstance(price, Decimal) else None
    prices = read_prices(given, first_price, first_on, maturity, faults)
    make_whole = read_make_whole(given, first_on, maturity, faults)
    amount, part_chosen = _read_amount(given, faults)
    notice = read_notice(given, faults)
    if not (printed and style and on and first_on) or first_price is None:
        return None
    return Call(
        style=style,
        first_on=first_on,
        on=on,
        price=first_price,
        prices=prices,
        make_whole=make_whole,
        notice=notice,
        amount=amount,
        part_chosen=part_chosen,
        printed=printed.text,
    )


def _read_days(given: Entries, faults: Faults) -> tuple[CallStyle | None, CallDay | None]:
    """Read on which days a note is called; they make the style, which a print may name beside them."""
    style = member_of(given, "style", CallStyle, faults)
    on = member_of(given, "on", CallDay, faults, required=True)
    if style and on and on.style is not style:
        place = given.entries["on"].value.place
        faults.at(place, f"a {style} call is not exercised on `{on}`", f"that is a {on.style} call")
    return style or (on.style if on else None), on


def _read_amount(given: Entries, faults: Faults) -> tuple[CallAmount | None, PartChosen | None]:
    amount = member_of(given, "amount", CallAmount, faults)
    part_chosen = member_of(given, "part chosen", PartChosen, faults)
    if part_chosen and amount is CallAmount.WHOLE:
        message = "no part is chosen of a note that is called only in whole"
        faults.at(given.entries["part chosen"].key.place, message, "say `amount: whole or part`, or leave it out")
    return amount, part_chosen


def read_event_calls(row: Entries, faults: Faults) -> tuple[EventCall, ...]:
    """Read a note's `event calls`; one that cannot be read is noted and left out."""
    calls: dict[str, EventCall] = {}
    for node in items_of(row, "event calls", faults):
        given = as_entries(node, "event calls", faults)
        if given is None:
            continue
        check_keys(given, ("kind", "price", "within", "notice"), faults)
        kind = choice_of(given, "kind", EVENTS, faults, required=True)
        price = value_of(given, "price", Kind.PERCENT, faults, required=True)
        within = value_of(given, "within", Kind.DAYS, faults)
        notice = read_notice(given, faults)
        if kind and kind.text in calls:
            faults.at(kind.place, f"the call for a {kind.text} is given twice", "one row for each kind of event")
        elif kind and isinstance(price, Decimal):
            within_days = within if isinstance(within, int) else None
            calls[kind.text] = EventCall(kind=kind.text, price=price, within_days=within_days, notice=notice)
    return tuple(calls.values())


def call_content(call: Call) -> dict[str, Any]:
    """Lay a call out as its supplement would."""
    content = {
        "printed": call.printed,
        "style": call.style,
        "first date": call.first_on.isoformat(),
        "on": call.on,
        "price": write_literal(call.price, Kind.PERCENT),
        **prices_content(call),
        **notice_content(call.notice),
        "amount": call.amount,
        "part chosen": call.part_chosen,
    }
    return {key: value for key, value in content.items() if value}


def event_calls_content(calls: Iterable[EventCall]) -> list[dict[str, Any]]:
    """Lay event calls out as a supplement would."""
    return [
        {
            "kind": call.kind,
            "price": write_literal(call.price, Kind.PERCENT),
            **({} if call.within_days is None else {"within": write_literal(call.within_days, Kind.DAYS)}),
            **notice_content(call.notice),
        }
        for call in calls
    ]
