"""How a reading compares with what a sheet prints, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from rules_engine.model.money import Money
from rules_engine.model.notes import CouponStep, Floating
from rules_engine.supplements import Reading, ReadSupplement
from rules_engine.supplements.readings import Denominations
from rules_engine.supplements.sentences import Terms

SHEETS = Path(__file__).parent / "sheets"
KINDS = Path(__file__).parent / "kinds"
"""Small texts, each of one kind of fault that readings had."""
BEYOND = Path(__file__).parent / "beyond"
"""Sheets in ways that are not read in full: what is read of them has to be right."""


class Outcome(StrEnum):
    """How a field came out: `wrong` is a value that is stated without a doubt and is another than the printed one."""

    RIGHT = "right"
    MISSING = "missing"
    DOUBTED = "doubted"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Scored:
    """One field of a sheet: whose it is, what is printed, and how it came out."""

    field: str
    printed: str
    read: str
    outcome: Outcome


def facts(folder: Path = SHEETS) -> dict[str, dict[str, Any]]:
    """Give, by the sheet's file, what each prints; everything is text."""
    loaded: dict[str, dict[str, Any]] = yaml.load((folder / "facts.yaml").read_text(), yaml.BaseLoader)
    return loaded


def score(printed: dict[str, Any], read: ReadSupplement | None) -> Iterator[Scored]:
    """Compare what a sheet prints with what was read of it."""
    for key, value in printed.items():
        if key != "notes":
            yield _scored(key, value, read.readings.get(key) if read else None)
    notes = {note.cusip: note for note in read.notes} if read else {}
    for row in printed["notes"]:
        note = notes.pop(row["cusip"], None)
        for key, value in row.items():
            yield _scored(f"{row['cusip']}: {key}", value, note.readings.get(key) if note else None)
    for cusip in notes:
        yield Scored(f"{cusip}: cusip", "", cusip, Outcome.WRONG)


def counted(scored: Iterator[Scored]) -> Counter[Outcome]:
    """Count how the fields came out."""
    return Counter(each.outcome for each in scored)


def _scored(field: str, printed: str, reading: Reading | None) -> Scored:
    if reading is None or (reading.value is None and not reading.doubts):
        return Scored(field, printed, "", Outcome.MISSING)
    read = shown(reading.value)
    if reading.doubts:
        # of some fields a sheet leaves it to a person what holds
        outcome = Outcome.RIGHT if printed == "doubtful" else Outcome.DOUBTED
        return Scored(field, printed, f"{read} ({'; '.join(reading.doubts)})", outcome)
    return Scored(field, printed, read, Outcome.RIGHT if _same(printed, read) else Outcome.WRONG)


def _same(printed: str, read: str) -> bool:
    if printed == read:
        return True
    try:
        if printed.startswith("$") and "/" not in printed:
            return Money.parse(printed[1:]) == Money.parse(read[1:])
        return Decimal(printed) == Decimal(read)
    except (ArithmeticError, ValueError):
        return False


def shown(value: object) -> str:
    """Write a value the way facts are written."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Denominations():
            return f"{value.minimum}/{value.increment}"
        case Terms():
            return _redemption(value)
        case Floating():
            bounds = [
                f"{name} {bound}" for name, bound in (("cap", value.cap), ("floor", value.floor)) if bound is not None
            ]
            return " ".join((str(value.from_on), value.index, str(value.spread), *bounds))
        case tuple():
            return "; ".join(f"{step.from_on} {step.coupon}" for step in value if isinstance(step, CouponStep))
        case date() | Decimal() | Money() | str():
            return str(value)
    return "" if value is None else str(value)


def _redemption(terms: Terms) -> str:
    if terms.callable is False:
        return "none"
    parts = [str(terms.first_on), str(terms.on), str(terms.price)]
    parts += [f"{step.from_on} at {step.price}" for step in terms.prices]
    parts += [str(terms.amount)] if terms.amount else []
    if terms.make_whole:
        parts.append(f"make-whole {terms.make_whole.spread} {terms.make_whole.until}")
    if terms.notice:
        parts.append(f"{terms.notice.minimum_days}-{terms.notice.maximum_days or ''}")
    return " ".join(parts)
