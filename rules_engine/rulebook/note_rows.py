"""One note of a pricing supplement, from its row as printed to its terms; and back to canonical text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from rules_engine.dates.schedules import FREQUENCIES, coupon_grid
from rules_engine.errors import RuleBookError
from rules_engine.model.canonical import canonical_json, digest
from rules_engine.model.cusips import check_digit, is_valid_cusip
from rules_engine.model.money import Money
from rules_engine.model.notes import Note
from rules_engine.model.values import Kind, Value
from rules_engine.rulebook.calls import (
    NOT_READ,
    call_content,
    event_calls_content,
    read_call,
    read_event_calls,
    redemption_known,
)
from rules_engine.rulebook.figures import date_of, literal_at, value_of
from rules_engine.rulebook.literals import write_literal
from rules_engine.rulebook.nodes import read_nodes
from rules_engine.rulebook.places import Entries, Faults, Text, check_keys, choice_of, entries_of, text_of

END_OF_MONTH = "end of month"
SHARED = ("trade date", "issue date", "denominations")
"""What a supplement gives for all its notes, and a note may give for itself."""

_ROW = (
    *("cusip", "title", "series", "coupon", "type", "frequency", "maturity", "first coupon date", "last regular date"),
    *("interest day", "first coupon amount", "issue price", "gross concession", "survivors option", *SHARED),
    *("redemption", "event calls", "footnote"),
)
_ORIGIN = ("programme", "supplement")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The dates of a note's life; an `issue_date` before them all, and a `roll_day` they fall on."""

    issue_date: date
    first_coupon_date: date
    last_regular_date: date
    maturity: date
    roll_day: int


def read_row(row: Entries, top: Entries, programme: str, supplement: str, faults: Faults) -> Note | None:
    """Read one note; None, with every fault noted, when any of its terms cannot be read.

    What the row does not give of the shared keys is taken from the supplement's `top`.
    """
    before = len(faults)
    check_keys(row, (*_ROW, *_ORIGIN) if row is top else _ROW, faults)
    cusip = _read_cusip(row, faults)
    frequency = choice_of(row, "frequency", tuple(FREQUENCIES), faults, required=True)
    dates = _read_dates(row, top, frequency, faults)
    coupon = value_of(row, "coupon", Kind.PERCENT, faults, required=True)
    choice_of(row, "type", ("fixed",), faults, required=True)
    survivors_option = value_of(row, "survivors option", Kind.YES_NO, faults, required=True)
    first_amount = value_of(row, "first coupon amount", Kind.MONEY, faults)
    issue_price = value_of(row, "issue price", Kind.PERCENT, faults)
    value_of(row, "gross concession", Kind.PERCENT, faults)
    title, series, _ = (text_of(row, key, faults) for key in ("title", "series", "footnote"))
    minimum, increment = _read_denominations(_giver(row, top, "denominations"), faults)
    call = read_call(row, dates.issue_date if dates else None, dates.maturity if dates else None, faults)
    event_calls = read_event_calls(row, faults)
    if len(faults) > before or not (cusip and frequency and dates and minimum and increment):
        return None
    note = Note(
        cusip=cusip,
        programme=programme,
        supplement=supplement,
        issue_date=dates.issue_date,
        maturity=dates.maturity,
        coupon=_percent(coupon),
        frequency=frequency.text,
        first_coupon_date=dates.first_coupon_date,
        last_regular_date=dates.last_regular_date,
        roll_day=dates.roll_day,
        survivors_option=survivors_option is True,
        minimum_denomination=minimum,
        increment=increment,
        first_coupon_amount=first_amount if isinstance(first_amount, Money) else None,
        issue_price=_percent(issue_price) if issue_price is not None else Decimal(100),
        title=title.text if title else "",
        series=series.text if series else "",
        trade_date=date_of(_giver(row, top, "trade date"), "trade date", faults),
        call=call,
        redemption_known=redemption_known(row),
        event_calls=event_calls,
    )
    text = canonical_json(_content(note))
    return replace(note, text=text, digest=digest(text))


def _giver(row: Entries, top: Entries, key: str) -> Entries:
    return top if key in top.entries and key not in row.entries else row


def _percent(value: Value | None) -> Decimal:
    assert isinstance(value, Decimal)  # a per cent that was read without a fault is one
    return value


def _read_cusip(row: Entries, faults: Faults) -> str | None:
    cusip = text_of(row, "cusip", faults, required=True)
    if cusip is None:
        return None
    if not is_valid_cusip(cusip.text):
        try:
            hint = f"after `{cusip.text[:8]}` the last character is {check_digit(cusip.text[:8])}"
        except ValueError:
            hint = "a CUSIP is nine digits and capital letters"
        faults.at(cusip.place, f"`{cusip.text}` is not a CUSIP", hint)
        return None
    return cusip.text


def _read_dates(row: Entries, top: Entries, frequency: Text | None, faults: Faults) -> Dates | None:
    """Read the dates of a note's life, and note where they are out of order or off the interest day."""
    before = len(faults)
    trade_date = date_of(_giver(row, top, "trade date"), "trade date", faults)
    issue_date = date_of(_giver(row, top, "issue date"), "issue date", faults, required=True)
    first, last, maturity = (
        date_of(row, key, faults, required=True) for key in ("first coupon date", "last regular date", "maturity")
    )
    named = {
        "trade date": trade_date,
        "issue date": issue_date,
        "first coupon date": first,
        "last regular date": last,
        "maturity": maturity,
    }
    given = [(key, day) for key, day in named.items() if day]
    for (earlier, day), (later, next_day) in pairwise(given):
        if next_day < day or (next_day == day and earlier == "issue date"):
            place = _giver(row, top, later).entries[later].value.place
            faults.at(place, f"{later} {next_day} does not come after {earlier} {day}", "check both with the print")
    roll_day = _read_roll_day(row, first, faults)
    if len(faults) > before or not (issue_date and first and last and maturity) or roll_day is None:
        return None
    if frequency:
        grid = coupon_grid(frequency=frequency.text, roll_day=roll_day, first_coupon_date=first)
        for key, day in (("first coupon date", first), ("last regular date", last)):
            if not grid.holds(day):
                which = f"day {roll_day}" if roll_day else END_OF_MONTH
                hint = "say on which day in `interest day`, and give the dates as printed, before any moves"
                faults.at(row.entries[key].value.place, f"{key} {day} is not a {frequency.text} {which}", hint)
    return Dates(
        issue_date=issue_date, first_coupon_date=first, last_regular_date=last, maturity=maturity, roll_day=roll_day
    )


def _read_roll_day(row: Entries, first: date | None, faults: Faults) -> int | None:
    """Read the day of the month interest falls on; left out, it is the first coupon date's."""
    text = text_of(row, "interest day", faults)
    if text is None:
        return first.day if first else None
    if text.text == END_OF_MONTH:
        return 0
    day = literal_at(text, Kind.NUMBER, faults)
    if isinstance(day, int) and not 1 <= day <= 31:
        faults.at(text.place, f"no month has a day {day}", f"write 1 to 31, or `{END_OF_MONTH}`")
        return None
    return day if isinstance(day, int) else None


def _read_denominations(giver: Entries, faults: Faults) -> tuple[Money | None, Money | None]:
    given = entries_of(giver, "denominations", faults, required=True)
    if given is None:
        return None, None
    check_keys(given, ("minimum", "increment"), faults)
    minimum, increment = (value_of(given, key, Kind.MONEY, faults, required=True) for key in ("minimum", "increment"))
    for key, value in (("minimum", minimum), ("increment", increment)):
        if isinstance(value, Money) and value.cents <= 0:
            faults.at(given.entries[key].value.place, f"the {key} denomination is nothing", "write it as `$1,000`")
    return (
        minimum if isinstance(minimum, Money) else None,
        increment if isinstance(increment, Money) else None,
    )


def _content(note: Note) -> dict[str, Any]:
    """Lay a note out as a row that gives everything itself; what is empty is left out."""
    amount = note.first_coupon_amount
    content: dict[str, Any] = {
        "programme": note.programme,
        "supplement": note.supplement,
        "cusip": note.cusip,
        "title": note.title,
        "series": note.series,
        "coupon": write_literal(note.coupon, Kind.PERCENT),
        "type": "fixed",
        "frequency": note.frequency,
        "maturity": note.maturity.isoformat(),
        "first coupon date": note.first_coupon_date.isoformat(),
        "last regular date": note.last_regular_date.isoformat(),
        "interest day": str(note.roll_day) if note.roll_day else END_OF_MONTH,
        "first coupon amount": str(amount) if amount else "",
        "issue price": write_literal(note.issue_price, Kind.PERCENT),
        "survivors option": write_literal(note.survivors_option, Kind.YES_NO),
        "trade date": note.trade_date.isoformat() if note.trade_date else "",
        "issue date": note.issue_date.isoformat(),
        "denominations": {"minimum": str(note.minimum_denomination), "increment": str(note.increment)},
        "redemption": (call_content(note.call) if note.call else {}) if note.redemption_known else NOT_READ,
        "event calls": event_calls_content(note.event_calls),
    }
    return {key: value for key, value in content.items() if value}


def read_note(text: str) -> Note:
    """Read a note back from its canonical text; raise RuleBookError, naming every fault, when it is none."""
    faults = Faults()
    root = read_nodes(text.encode(), "note text", faults, bounded=False)
    if root:
        programme, supplement = (text_of(root, key, faults, required=True) for key in _ORIGIN)
        if programme and supplement:
            note = read_row(root, root, programme.text, supplement.text, faults)
            if note:
                return note
    raise RuleBookError(sorted(faults))
