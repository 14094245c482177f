"""Values as canonical text for a receipt, and as a person reads them in a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rules_engine.model.money import Money
from rules_engine.model.values import Missing, Span


def on_the_wire(value: object) -> Any:
    """Write a fact as it stands in a receipt: exact, and the same on every machine."""
    kind = type(value)
    if kind is bool or kind is str or kind is int:
        return value
    return _WRITTEN[kind](value)


def read_aloud(value: object) -> str:
    """Put a fact into a sentence; periods and counts give their number, the sentence gives the unit."""
    kind = type(value)
    if kind is bool:
        return "yes" if value else "no"
    return str(_READ.get(kind, str)(value))


def _decimal(value: Decimal) -> str:
    return format(value.normalize(), "f")


_WRITTEN: Mapping[type, Any] = {
    Money: lambda value: value.wire,
    Span: lambda value: {
        "completed": value.completed,
        "begun": value.begun,
        "from": value.start.isoformat(),
        "to": value.end.isoformat(),
    },
    date: date.isoformat,
    Decimal: _decimal,
    Fraction: str,
    frozenset: sorted,
    Missing: lambda value: {"missing": list(value.fields)},
}

_READ: Mapping[type, Any] = {
    Span: lambda value: str(value.completed),
    date: date.isoformat,
    Decimal: _decimal,
    frozenset: lambda value: ", ".join(sorted(value)) or "none",
    Missing: lambda value: "unknown",
}
