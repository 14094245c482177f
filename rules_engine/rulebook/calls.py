"""The redemption a pricing supplement prints for a note: style, days, price and notice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.model.notes import Call, Notice
from rules_engine.model.values import Kind
from rules_engine.rulebook.figures import date_of, literal_at, value_of
from rules_engine.rulebook.literals import write_literal
from rules_engine.rulebook.places import (
    Entries,
    Faults,
    Text,
    check_keys,
    choice_of,
    entries_of,
    text_of,
)

_DAYS_FOR = {
    "European": ("once",),
    "Bermudan": ("monthly", "coupon date", "semi-annual"),
    "American": ("business day", "any day"),
}
"""On which days a call of each style may be exercised."""

NOT_READ = "not read"
"""What stands for the redemption of a note whose print shows it only in part, or not at all."""

_CALL = ("printed", "style", "first date", "on", "price", "notice", "amount")
_COUNTED = {"calendar": Kind.DAYS, "business": Kind.BUSINESS_DAYS}


def redemption_known(row: Entries) -> bool:
    """Tell whether a row gives its note's redemption, or says by giving none that there is none; `not read` does not."""
    entry = row.entries.get("redemption")
    return entry is None or not isinstance(entry.value, Text) or entry.value.text != NOT_READ


def read_call(row: Entries, issue_date: date | None, maturity: date | None, faults: Faults) -> Call | None:
    """Read a note's `redemption`; None where it has none or was not read, or, the faults noted, cannot be read."""
    if not redemption_known(row):
        return None
    given = entries_of(row, "redemption", faults)
    if given is None:
        return None
    check_keys(given, _CALL, faults)
    printed = text_of(given, "printed", faults, required=True)
    style = choice_of(given, "style", tuple(_DAYS_FOR), faults, required=True)
    on = choice_of(given, "on", [day for days in _DAYS_FOR.values() for day in days], faults, required=True)
    if style and on and on.text not in _DAYS_FOR[style.text]:
        right = next(name for name, days in _DAYS_FOR.items() if on.text in days)
        faults.at(on.place, f"a {style.text} call is not exercised on `{on.text}`", f"that is a {right} call")
    first_on = date_of(given, "first date", faults, required=True)
    if first_on and issue_date and maturity and not issue_date < first_on <= maturity:
        place = given.entries["first date"].value.place
        faults.at(place, f"the note cannot be called on {first_on}", f"it lives from {issue_date} to {maturity}")
    price = value_of(given, "price", Kind.PERCENT, faults, required=True)
    amount = choice_of(given, "amount", ("whole", "whole or part"), faults)
    notice = _read_notice(given, faults)
    if not (printed and style and on and first_on and isinstance(price, Decimal) and notice):
        return None
    return Call(
        style=style.text,
        first_on=first_on,
        on=on.text,
        price=price,
        notice=notice,
        amount=amount.text if amount else "",
        printed=printed.text,
    )


def _read_notice(given: Entries, faults: Faults) -> Notice | None:
    notice = entries_of(given, "notice", faults, required=True)
    if notice is None:
        return None
    check_keys(notice, ("minimum", "maximum"), faults)
    least = text_of(notice, "minimum", faults, required=True)
    most = text_of(notice, "maximum", faults)
    if least is None:
        return None
    counted = "business" if "business" in least.text else "calendar"
    minimum = _count(least, counted, faults)
    maximum = _count(most, counted, faults) if most else None
    if most and minimum is not None and maximum is not None and maximum < minimum:
        faults.at(most.place, "the longest notice is shorter than the shortest", "minimum comes first")
    return None if minimum is None else Notice(minimum_days=minimum, maximum_days=maximum, counted=counted)


def _count(text: Text, counted: str, faults: Faults) -> int | None:
    days = literal_at(text, _COUNTED[counted], faults)
    return days if isinstance(days, int) else None


def call_content(call: Call) -> dict[str, Any]:
    """Lay a call out as its supplement would."""
    asked = call.notice_asked
    kind = _COUNTED[asked.counted]
    notice = {"minimum": write_literal(asked.minimum_days, kind)}
    if asked.maximum_days is not None:
        notice["maximum"] = write_literal(asked.maximum_days, kind)
    content = {
        "printed": call.printed,
        "style": call.style,
        "first date": call.first_on.isoformat(),
        "on": call.on,
        "price": write_literal(call.price, Kind.PERCENT),
        "notice": notice,
    }
    return {**content, "amount": call.amount} if call.amount else content
