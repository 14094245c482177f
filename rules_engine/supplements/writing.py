"""The supplement's file for the rule book, each line saying where it comes from.

What is doubtful is left empty, with the doubt beside it, and what is doubtful of no field stands under a
key of its own: the rule book refuses both, so that a file nobody has finished is never taken for one
somebody has.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from rules_engine.model.money import Money
from rules_engine.model.note_words import CountedIn
from rules_engine.model.notes import CouponStep, EventCall, Floating, Notice
from rules_engine.supplements.readings import (
    INFERRED,
    NOT_FOUND,
    Content,
    Denominations,
    Reading,
    ReadNote,
    ReadSupplement,
)
from rules_engine.supplements.sentences import Terms

_NEEDS_QUOTES = re.compile(r"^[-?:,\[\]{}#&*!|>'\"%@`=<]|: |:$| #|^$|^---|^\.\.\.")
_WIDTH = 110
_OPTIONAL = frozenset(("dated", "prospectus dated", "trade date", "issue date", "interest accrues from"))
_ONLY_TOLD = frozenset(("initial rate", "reset"))
"""What the rule book has no key for: it stands in the file for the reader, as a comment."""


def write_yaml(supplement: ReadSupplement) -> str:
    """Write a supplement as a file of the rule book; where anything is doubtful the book refuses it."""
    lines: list[str] = []
    if supplement.general_doubts:
        told = (f"line {remark.line}: {_remark(remark.message)}" for remark in sorted(supplement.general_doubts))
        lines += ["doubtful:  # look at each, then delete this key", *(f"  - {json.dumps(each)}" for each in told)]
    for key, reading in supplement.readings.items():
        if reading.how == NOT_FOUND and not reading.doubts and key in _OPTIONAL:
            continue
        if key == "issue date" and reading.how == NOT_FOUND and _each_has_its_own(supplement, key):
            continue
        if key != "interest accrues from":
            lines += _field(key, reading)
    lines += ["", "notes:"]
    shared = supplement.readings["interest accrues from"]
    for number, note in enumerate(supplement.notes):
        first, *rest = _note(note, shared)
        lines += [*([""] if number else []), f"  - {first}", *(f"    {line}" if line else "" for line in rest)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _each_has_its_own(supplement: ReadSupplement, key: str) -> bool:
    return all(key in note.readings for note in supplement.notes)


def shown(value: Content) -> str:
    """Write a reading's value as it would stand in the file, on one line."""
    if isinstance(value, Terms):
        return " ".join(line.split("  #")[0].strip() for line in _redemption(value)) or f"none: {value.printed}"
    lines = list(_value("value", Reading(value=value, how="")))
    return " ".join(line.strip() for line in lines).removeprefix("value:").strip()


def _note(note: ReadNote, accrual: Reading) -> list[str]:
    lines: list[str] = []
    accrual_key = "interest accrues from"
    for key, reading in note.readings.items():
        lines += _field(key, reading)
        if key == "maturity" and (accrual.value or accrual.doubts) and accrual_key not in note.readings:
            lines += _field("interest accrues from", accrual)
    return lines


def _field(key: str, reading: Reading) -> Iterator[str]:
    """Write one key; a key that was not found, and need not be, is written as a comment."""
    if key in _ONLY_TOLD:
        if reading.value is not None:
            yield f"# {key}: {_literal(reading.value)}{_comment(reading)}"
    elif reading.doubts:
        yield f"{key}:  # doubtful: {_remark('; '.join(reading.doubts))}"
    elif reading.value is None or (isinstance(reading.value, Terms) and reading.value.callable is False):
        why = f"none: {_quoted(reading)}" if reading.value is not None else NOT_FOUND
        yield f"# {key}: {why}"
    elif isinstance(reading.value, Terms):
        yield from _redemption(reading.value)
    else:
        yield from _value(key, reading)


def _value(key: str, reading: Reading) -> Iterator[str]:
    value, comment = reading.value, _comment(reading)
    if isinstance(value, Denominations):
        yield f"{key}:{comment}"
        yield from (f"  minimum: {value.minimum}", f"  increment: {value.increment}")
    elif isinstance(value, Floating):
        yield f"{key}:{comment}"
        yield from _indented(_floating(value))
    elif isinstance(value, tuple):
        yield f"{key}:{comment}"
        yield from _indented(_steps(value))
    elif key == "footnote":
        yield from _text(key, str(value))
    else:
        yield f"{key}: {_literal(value)}{comment}"


def _text(key: str, text: str) -> Iterator[str]:
    """Write a text on its key's line, or, where that grows long, wrapped below it."""
    if len(text) <= _WIDTH:
        yield f"{key}: {_scalar(text)}"
        return
    yield f"{key}: >-"
    yield from _indented(textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False))


def _steps(steps: tuple[CouponStep, ...]) -> Iterator[str]:
    for step in steps:
        yield f"- from: {step.from_on}"
        yield f"  coupon: {_percent(step.coupon)}"


def _floating(floating: Floating) -> Iterator[str]:
    yield f"from: {floating.from_on}"
    yield f"index: {_scalar(floating.index)}"
    for key, value in (("spread", floating.spread), ("cap", floating.cap), ("floor", floating.floor)):
        if value is not None:
            yield f"{key}: {_percent(value)}"


def _redemption(terms: Terms) -> Iterator[str]:
    """Write a call's terms; those an event allows stand under a key of their own."""
    if terms.callable:
        completed = f"  # completed from {_remark(terms.completed_from)}" if terms.completed_from else ""
        yield f"redemption:{completed}"
        yield from _indented(_text("printed", terms.printed))
        inferred = f"  # inferred: {terms.first_inferred}" if terms.first_inferred else ""
        yield from (f"  style: {terms.style}", f"  first date: {terms.first_on}{inferred}", f"  on: {terms.on}")
        if terms.price is not None:
            yield f"  price: {_percent(terms.price)}"
        if terms.prices:
            yield "  prices:"
            for step in terms.prices:
                yield f"    - from: {step.from_on}"
                yield f"      price: {_percent(step.price)}"
        if terms.make_whole:
            yield "  make whole:"
            yield f"    spread: {_percent(terms.make_whole.spread)}"
            if terms.make_whole.until:
                yield f"    until: {terms.make_whole.until}"
        yield from _indented(_notice(terms.notice, terms.notice_to))
        if terms.amount:
            yield f"  amount: {terms.amount}"
        if terms.part_chosen:
            yield f"  part chosen: {terms.part_chosen}"
    if terms.event_calls:
        yield "event calls:" + ("" if terms.callable else f'  # read: "{_remark(terms.printed)}"')
        for call in terms.event_calls:
            yield from _indented(_event_call(call))


def _event_call(call: EventCall) -> Iterator[str]:
    yield f"- kind: {call.kind}"
    yield f"  price: {_percent(call.price)}"
    if call.within_days is not None:
        yield f"  within: {call.within_days} days"
    yield from _indented(_notice(call.notice, ""))


def _notice(notice: Notice | None, to: str) -> Iterator[str]:
    if notice is None:
        return
    unit = "business day" if notice.counted is CountedIn.BUSINESS_DAYS else "day"
    yield "notice:" + (f"  # to {to}" if to else "")
    for key, days in (("minimum", notice.minimum_days), ("maximum", notice.maximum_days)):
        if days is not None:
            yield f"  {key}: {days} {unit}{'s' if days != 1 else ''}"


def _indented(lines: Iterator[str] | list[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _comment(reading: Reading) -> str:
    if reading.how == INFERRED:
        return f"  # inferred: {_remark(reading.words)}"
    checked = f"; {reading.checked}" if reading.checked else ""
    return f"  # read: {_quoted(reading)}{checked}" if reading.words else ""


def _quoted(reading: Reading) -> str:
    return f'"{_remark(reading.words)}"'


def _remark(words: str) -> str:
    text = " ".join(words.split())
    return text if len(text) <= 3 * _WIDTH else f"{text[: 3 * _WIDTH]}..."


def _literal(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return _percent(value)
        case Money():
            return str(value)
        case date():
            return value.isoformat()
    return _scalar(str(value))


def _percent(value: Decimal) -> str:
    return f"{value:f} %"


def _scalar(text: str) -> str:
    return json.dumps(text, ensure_ascii=False) if _NEEDS_QUOTES.search(text) else text
