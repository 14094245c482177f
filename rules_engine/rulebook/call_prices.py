"""The prices a supplement prints for a call: one, a table of them, a yearly step down, or a make-whole."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.dates.months import add_months
from rules_engine.model.exact import minus
from rules_engine.model.notes import Call, MakeWhole, PriceStep
from rules_engine.model.values import Kind
from rules_engine.rulebook.figures import date_of, value_of
from rules_engine.rulebook.literals import write_literal
from rules_engine.rulebook.places import Entries, Faults, as_entries, check_keys, choice_of, entries_of, items_of

_MONTHS_OF_A_STEP = {"year": 12}


def read_prices(
    given: Entries, price: Decimal | None, first_on: date | None, maturity: date | None, faults: Faults
) -> tuple[PriceStep, ...]:
    """Read the prices that replace the first one: those listed under `prices`, or those `falls` comes to."""
    if "prices" in given.entries and "falls" in given.entries:
        faults.at(given.entries["falls"].key.place, "`falls` beside `prices`", "the price is given by one of them")
        return ()
    listed = _read_listed(given, first_on, maturity, faults)
    return listed or _read_falls(given, price, first_on, maturity, faults)


def _read_listed(given: Entries, first_on: date | None, maturity: date | None, faults: Faults) -> tuple[PriceStep, ...]:
    steps: list[PriceStep] = []
    for node in items_of(given, "prices", faults):
        row = as_entries(node, "prices", faults)
        if row is None:
            continue
        check_keys(row, ("from", "price"), faults)
        from_on = date_of(row, "from", faults, required=True)
        price = value_of(row, "price", Kind.PERCENT, faults, required=True)
        if from_on is None or not isinstance(price, Decimal):
            continue
        before = steps[-1].from_on if steps else first_on
        place = row.entries["from"].value.place
        if before and from_on <= before:
            what = "the price before it" if steps else "the first date"
            faults.at(place, f"the price from {from_on} does not come after {what}, {before}", "earliest first")
        elif maturity and from_on >= maturity:
            faults.at(place, f"no call is priced from {from_on}", f"the note matures on {maturity}")
        steps.append(PriceStep(from_on=from_on, price=price))
    return tuple(steps)


def _read_falls(
    given: Entries, price: Decimal | None, first_on: date | None, maturity: date | None, faults: Faults
) -> tuple[PriceStep, ...]:
    """Work out the prices of a yearly step down, on the anniversaries of the first date, to the last one."""
    falls = entries_of(given, "falls", faults)
    if falls is None:
        return ()
    check_keys(falls, ("by", "every", "to"), faults)
    by = value_of(falls, "by", Kind.PERCENT, faults, required=True)
    to = value_of(falls, "to", Kind.PERCENT, faults, required=True)
    every = choice_of(falls, "every", tuple(_MONTHS_OF_A_STEP), faults, required=True)
    if not (isinstance(by, Decimal) and isinstance(to, Decimal)):
        return ()
    if not by:
        faults.at(falls.entries["by"].value.place, "a price that falls by nothing does not fall", "leave `falls` out")
        return ()
    if price is not None and to >= price:
        message = f"a price of {write_literal(price, Kind.PERCENT)} does not fall to {write_literal(to, Kind.PERCENT)}"
        faults.at(falls.entries["to"].value.place, message, "`to` is the last and lowest price")
        return ()
    if every is None or price is None or first_on is None or maturity is None:
        return ()
    steps: list[PriceStep] = []
    from_on = first_on
    while price > to:
        price = max(to, minus(price, by))
        from_on = add_months(first_on, _MONTHS_OF_A_STEP[every.text] * (len(steps) + 1))
        if from_on >= maturity:
            break
        steps.append(PriceStep(from_on=from_on, price=price))
    return tuple(steps)


def read_make_whole(given: Entries, first_on: date | None, maturity: date | None, faults: Faults) -> MakeWhole | None:
    """Read the `make whole` of a call; None where it has none or, with the faults noted, it cannot be read."""
    make_whole = entries_of(given, "make whole", faults)
    if make_whole is None:
        return None
    check_keys(make_whole, ("spread", "until"), faults)
    spread = value_of(make_whole, "spread", Kind.PERCENT, faults, required=True)
    until = date_of(make_whole, "until", faults)
    if until and first_on and maturity and not first_on < until < maturity:
        place = make_whole.entries["until"].value.place
        hint = f"it lies after the first date, {first_on}, and before maturity, {maturity}"
        faults.at(place, f"{until} cannot end a make-whole", hint)
    return MakeWhole(spread=spread, until=until) if isinstance(spread, Decimal) else None


def prices_content(call: Call) -> dict[str, Any]:
    """Lay out what replaces a call's first price, as a supplement would; a step down as the prices it comes to."""
    content: dict[str, Any] = {}
    if call.prices:
        content["prices"] = [
            {"from": step.from_on.isoformat(), "price": write_literal(step.price, Kind.PERCENT)} for step in call.prices
        ]
    if call.make_whole:
        content["make whole"] = {"spread": write_literal(call.make_whole.spread, Kind.PERCENT)}
        if call.make_whole.until:
            content["make whole"]["until"] = call.make_whole.until.isoformat()
    return content
