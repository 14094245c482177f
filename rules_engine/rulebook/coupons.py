"""What a supplement prints of a note's interest: fixed, stepping, floating, or none but a discount."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.model.notes import CouponStep, Floating, Note
from rules_engine.model.values import Kind
from rules_engine.rulebook.figures import date_of, value_of
from rules_engine.rulebook.literals import write_literal
from rules_engine.rulebook.note_dates import ACCRUES_FROM
from rules_engine.rulebook.places import (
    Entries,
    Faults,
    as_entries,
    check_keys,
    choice_of,
    entries_of,
    items_of,
    text_of,
)

FIXED, STEP_UP, FLOATING, FIXED_TO_FLOATING = "fixed", "step-up", "floating", "fixed to floating"
ZERO_COUPON, DISCOUNT = "zero coupon", "original issue discount"
TYPES = (FIXED, STEP_UP, FLOATING, FIXED_TO_FLOATING, ZERO_COUPON, DISCOUNT)

COUPON_KEYS = ("type", "coupon", "coupon steps", "floating", "issue price")
"""The keys of a row that tell its interest."""

_WITH_INTEREST = (FIXED, STEP_UP, FLOATING, FIXED_TO_FLOATING, DISCOUNT)
_FITS = {
    "coupon": (FIXED, STEP_UP, FIXED_TO_FLOATING, DISCOUNT),
    "coupon steps": (STEP_UP,),
    "floating": (FLOATING, FIXED_TO_FLOATING),
    ACCRUES_FROM: (FIXED, STEP_UP, FLOATING, FIXED_TO_FLOATING),
    **dict.fromkeys(
        ("frequency", "first coupon date", "last regular date", "interest day", "first coupon amount"), _WITH_INTEREST
    ),
}
"""Which types of note may have a key."""

_PAR = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupons:
    """A note's interest as printed; see `Note` for each of them."""

    coupon: Decimal = Decimal(0)
    steps: tuple[CouponStep, ...] = ()
    floating: Floating | None = None
    issue_price: Decimal = _PAR
    original_issue_discount: bool = False


def is_zero_coupon(row: Entries) -> bool:
    """Tell whether a row is of a zero-coupon note, which has no interest dates to give."""
    given = text_of(row, "type", Faults())
    return given is not None and given.text == ZERO_COUPON


def read_coupons(row: Entries, faults: Faults) -> Coupons | None:
    """Read a row's interest; None, with every fault noted, when it cannot be read."""
    before = len(faults)
    given = choice_of(row, "type", TYPES, faults, required=True)
    kind = given.text if given else ""
    if given:
        _check_keys_fit(row, kind, faults)
    coupon = value_of(row, "coupon", Kind.PERCENT, faults, required=kind in _FITS["coupon"])
    if kind in (FIXED, DISCOUNT) and coupon == 0:
        faults.at(row.entries["coupon"].value.place, "a coupon of 0 %", f"a note without interest is `{ZERO_COUPON}`")
    steps = _read_steps(row, coupon, faults) if kind == STEP_UP else ()
    floating = _read_floating(row, faults) if kind in _FITS["floating"] else None
    issue_price = _read_issue_price(row, kind, faults)
    if len(faults) > before:
        return None
    return Coupons(
        coupon=coupon if isinstance(coupon, Decimal) else Decimal(0),
        steps=steps,
        floating=floating,
        issue_price=issue_price,
        original_issue_discount=kind in (ZERO_COUPON, DISCOUNT),
    )


def _check_keys_fit(row: Entries, kind: str, faults: Faults) -> None:
    for key, types in _FITS.items():
        if key not in row.entries or kind in types:
            continue
        hint = f"delete the line, or write `type: {types[0]}`"
        if key == "coupon" and kind == FLOATING:
            hint = f"delete it; with a fixed first rate the note is `{FIXED_TO_FLOATING}`"
        faults.at(row.entries[key].key.place, f"a note of type `{kind}` has no `{key}`", hint)


def _read_issue_price(row: Entries, kind: str, faults: Faults) -> Decimal:
    discounted = kind in (ZERO_COUPON, DISCOUNT)
    price = value_of(row, "issue price", Kind.PERCENT, faults, required=discounted)
    if not isinstance(price, Decimal):
        return _PAR
    if discounted and not 0 < price < _PAR:
        hint = f"a note of type `{kind}` is issued below 100 %: check with the print"
        faults.at(row.entries["issue price"].value.place, f"an issue price of {price:f} % is no discount", hint)
    return price


def _read_steps(row: Entries, coupon: object, faults: Faults) -> tuple[CouponStep, ...]:
    steps: list[CouponStep] = []
    nodes = items_of(row, "coupon steps", faults, required=True)
    if "coupon steps" in row.entries and not nodes:
        faults.at(
            row.entries["coupon steps"].value.place,
            "`coupon steps` lists no step",
            "give each with `from` and `coupon`",
        )
    for node in nodes:
        given = as_entries(node, "a coupon step", faults)
        if given is None:
            continue
        check_keys(given, ("from", "coupon"), faults)
        from_on = date_of(given, "from", faults, required=True)
        rate = value_of(given, "coupon", Kind.PERCENT, faults, required=True)
        if from_on is None or not isinstance(rate, Decimal):
            continue
        if steps and from_on <= steps[-1].from_on:
            place = given.entries["from"].value.place
            faults.at(
                place,
                f"the step on {from_on} does not come after the one on {steps[-1].from_on}",
                "earlier steps first",
            )
        if rate == (steps[-1].coupon if steps else coupon):
            place = given.entries["coupon"].value.place
            faults.at(place, f"the coupon is {rate:f} % before the step already", "check both with the print")
        steps.append(CouponStep(from_on=from_on, coupon=rate))
    return tuple(steps)


def _read_floating(row: Entries, faults: Faults) -> Floating | None:
    given = entries_of(row, "floating", faults, required=True)
    if given is None:
        return None
    check_keys(given, ("from", "index", "spread", "cap", "floor"), faults)
    from_on = date_of(given, "from", faults, required=True)
    index = text_of(given, "index", faults, required=True)
    spread, cap, floor = (
        value_of(given, key, Kind.PERCENT, faults, required=key == "spread") for key in ("spread", "cap", "floor")
    )
    if isinstance(cap, Decimal) and isinstance(floor, Decimal) and cap < floor:
        place = given.entries["cap"].value.place
        faults.at(place, f"the cap of {cap:f} % lies under the floor of {floor:f} %", "check both with the print")
    if from_on is None or index is None or not isinstance(spread, Decimal):
        return None
    return Floating(
        from_on=from_on,
        index=index.text,
        spread=spread,
        cap=cap if isinstance(cap, Decimal) else None,
        floor=floor if isinstance(floor, Decimal) else None,
    )


def check_on_interest_dates(
    row: Entries, coupons: Coupons, interest_dates: Collection[date], accrues_from: date, faults: Faults
) -> None:
    """Note a step, or a change to floating, on another day than an interest date before maturity."""
    hint = "the rate changes between two interest periods: check with the print"
    nodes = [node for node in items_of(row, "coupon steps", Faults()) if isinstance(node, Entries)]
    for node, step in zip(nodes, coupons.steps, strict=True):
        if step.from_on not in interest_dates:
            place = node.entries["from"].value.place
            faults.at(place, f"the step on {step.from_on} is on no interest date before maturity", hint)
    if coupons.floating is None:
        return
    from_on, given = coupons.floating.from_on, row.entries["floating"].value
    place = given.entries["from"].value.place if isinstance(given, Entries) else row.place
    if is_floating_throughout(row):
        if from_on != accrues_from:
            message = f"the note floats from {from_on}, but interest accrues from {accrues_from}"
            faults.at(place, message, f"with a fixed rate first, the note is `{FIXED_TO_FLOATING}`")
    elif from_on not in interest_dates:
        faults.at(place, f"the note floats from {from_on}, on no interest date before maturity", hint)


def is_floating_throughout(row: Entries) -> bool:
    """Tell whether a row is of a note whose rate floats from the first day."""
    given = text_of(row, "type", Faults())
    return given is not None and given.text == FLOATING


def coupon_content(note: Note) -> dict[str, Any]:
    """Lay a note's interest out as its supplement would."""
    kind, floating = type_of(note), note.floating
    content: dict[str, Any] = {"type": kind, "issue price": write_literal(note.issue_price, Kind.PERCENT)}
    if kind in _FITS["coupon"]:
        content["coupon"] = write_literal(note.coupon, Kind.PERCENT)
    if note.coupon_steps:
        content["coupon steps"] = [
            {"from": step.from_on.isoformat(), "coupon": write_literal(step.coupon, Kind.PERCENT)}
            for step in note.coupon_steps
        ]
    if floating:
        figures = {"spread": floating.spread, "cap": floating.cap, "floor": floating.floor}
        written = {key: write_literal(value, Kind.PERCENT) for key, value in figures.items() if value is not None}
        content["floating"] = {"from": floating.from_on.isoformat(), "index": floating.index, **written}
    return content


def type_of(note: Note) -> str:
    """Name the type of a note, as its supplement does."""
    if note.original_issue_discount:
        return ZERO_COUPON if note.pays_no_interest else DISCOUNT
    if note.floating:
        return FLOATING if note.floating.from_on <= note.accrues_from else FIXED_TO_FLOATING
    return STEP_UP if note.coupon_steps else FIXED
