"""One note of a pricing supplement, from its row as printed to its terms; and back to canonical text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rules_engine.errors import RuleBookError
from rules_engine.model.canonical import canonical_json, digest
from rules_engine.model.cusips import is_valid_cusip, why_no_cusip
from rules_engine.model.money import Money
from rules_engine.model.notes import Note
from rules_engine.model.values import Kind
from rules_engine.rulebook.calls import (
    NOT_READ,
    call_content,
    event_calls_content,
    read_call,
    read_event_calls,
    redemption_known,
)
from rules_engine.rulebook.coupons import (
    COUPON_KEYS,
    check_on_interest_dates,
    coupon_content,
    is_zero_coupon,
    read_coupons,
)
from rules_engine.rulebook.figures import date_of, value_of
from rules_engine.rulebook.limit_terms import LIMITS, note_limits_content, read_note_limits
from rules_engine.rulebook.literals import write_literal
from rules_engine.rulebook.nodes import read_nodes
from rules_engine.rulebook.note_dates import (
    ACCRUES_FROM,
    DATE_KEYS,
    END_OF_MONTH,
    giver_of,
    read_dates,
    read_dates_without_interest,
)
from rules_engine.rulebook.note_days import PAYMENT_DAYS, read_note_days
from rules_engine.rulebook.places import Entries, Faults, check_keys, choice_of, entries_of, text_of

KINDS = ("note", "certificate of deposit")
SHARED = (
    *("title", "series", "kind", *COUPON_KEYS, *DATE_KEYS, "first coupon amount"),
    *("gross concession", "survivors option", PAYMENT_DAYS, LIMITS, "trade date", "issue date", "denominations"),
    *("redemption", "event calls", "footnote"),
)
"""What a supplement may give for all its notes, and a note for itself."""

ROW = ("cusip", *SHARED, "quote", "inferred")
_ORIGIN = ("programme", "supplement")


def read_row(row: Entries, top: Entries, programme: str, supplement: str, faults: Faults) -> Note | None:
    """Read one note; None, with every fault noted, when any of its terms cannot be read.

    What the row does not give of the shared keys is taken from the supplement's `top`. Denominations may be left
    out, for nothing is decided by them.
    """
    before = len(faults)
    check_keys(row, (*ROW, *_ORIGIN) if row is top else ROW, faults)
    row = with_shared(row, top)
    cusip = _read_cusip(row, faults)
    kind = choice_of(row, "kind", KINDS, faults)
    dates = (read_dates_without_interest if is_zero_coupon(row) else read_dates)(row, top, faults)
    interest = read_coupons(row, faults)
    if interest and dates:
        check_on_interest_dates(row, interest, dates.interest_dates, dates.accrues_from, faults)
    days = read_note_days(row, faults)
    limits = read_note_limits(row, faults)
    survivors_option = value_of(row, "survivors option", Kind.YES_NO, faults, required=True)
    first_amount = value_of(row, "first coupon amount", Kind.MONEY, faults)
    value_of(row, "gross concession", Kind.PERCENT, faults)
    title, series, _ = (text_of(row, key, faults) for key in ("title", "series", "footnote"))
    minimum, increment = _read_denominations(giver_of(row, top, "denominations"), faults)
    call = read_call(row, dates.issue_date if dates else None, dates.maturity if dates else None, faults)
    event_calls = read_event_calls(row, faults)
    if len(faults) > before or not (cusip and dates and interest):
        return None
    note = Note(
        cusip=cusip,
        programme=programme,
        supplement=supplement,
        issue_date=dates.issue_date,
        maturity=dates.maturity,
        coupon=interest.coupon,
        frequency=dates.frequency,
        first_coupon_date=dates.first_coupon_date,
        last_regular_date=dates.last_regular_date,
        roll_day=dates.roll_day,
        survivors_option=survivors_option is True,
        minimum_denomination=minimum,
        increment=increment,
        first_coupon_amount=first_amount if isinstance(first_amount, Money) else None,
        kind=kind.text if kind else KINDS[0],
        issue_price=interest.issue_price,
        original_issue_discount=interest.original_issue_discount,
        reopened_from=dates.reopened_from,
        coupon_steps=interest.steps,
        floating=interest.floating,
        payment_days=days,
        limits=limits,
        title=title.text if title else "",
        series=series.text if series else "",
        trade_date=date_of(giver_of(row, top, "trade date"), "trade date", faults),
        call=call,
        redemption_known=redemption_known(row),
        event_calls=event_calls,
    )
    text = canonical_json(_content(note))
    return replace(note, text=text, digest=digest(text))


def with_shared(row: Entries, top: Entries) -> Entries:
    """Give a row with what its supplement gives for all of its notes, where the row does not give it itself."""
    shared = {key: entry for key, entry in top.entries.items() if key in SHARED}
    return row if row is top else replace(row, entries={**shared, **row.entries})


def _read_cusip(row: Entries, faults: Faults) -> str | None:
    cusip = text_of(row, "cusip", faults, required=True)
    if cusip is None:
        return None
    if not is_valid_cusip(cusip.text):
        faults.at(cusip.place, f"`{cusip.text}` is not a CUSIP", why_no_cusip(cusip.text))
        return None
    return cusip.text


def _read_denominations(giver: Entries, faults: Faults) -> tuple[Money | None, Money | None]:
    given = entries_of(giver, "denominations", faults)
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
        "kind": note.kind if note.kind != KINDS[0] else "",
        **coupon_content(note),
        "maturity": note.maturity.isoformat(),
        ACCRUES_FROM: note.reopened_from.isoformat() if note.reopened_from else "",
        "first coupon amount": str(amount) if amount else "",
        PAYMENT_DAYS: dict(note.payment_days),
        LIMITS: note_limits_content(note.limits),
        "survivors option": write_literal(note.survivors_option, Kind.YES_NO),
        "trade date": note.trade_date.isoformat() if note.trade_date else "",
        "issue date": note.issue_date.isoformat(),
        "denominations": _denominations_content(note),
        "redemption": (call_content(note.call) if note.call else {}) if note.redemption_known else NOT_READ,
        "event calls": event_calls_content(note.event_calls),
    }
    if not note.pays_no_interest:
        content |= {
            "frequency": note.frequency,
            "first coupon date": note.first_coupon_date.isoformat(),
            "last regular date": note.last_regular_date.isoformat(),
            "interest day": str(note.roll_day) if note.roll_day else END_OF_MONTH,
        }
    return {key: value for key, value in content.items() if value}


def _denominations_content(note: Note) -> dict[str, str]:
    given = {"minimum": note.minimum_denomination, "increment": note.increment}
    return {key: str(money) for key, money in given.items() if money}


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
