"""Values as canonical text for a receipt, and as a person reads them in a reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rules_engine.matching.conditions import FactValues
from rules_engine.model.canonical import WrittenOnce
from rules_engine.model.exact import plain_text
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing, Span, Value


def on_the_wire(value: object) -> Any:
    """Write a fact as it stands in a receipt: exact, and the same on every machine."""
    kind = type(value)
    if kind is bool or kind is str or kind is int:
        return value
    return _WRITTEN[kind](value)


def all_on_the_wire(facts: FactValues, *, but: Collection[str] = ()) -> WrittenOnce:
    """Write all facts of a case so, but for those of some names."""
    written = WrittenOnce(
        {
            name: value if (kind := type(value)) is bool or kind is str or kind is int else _WRITTEN[kind](value)
            for name, value in facts.items()
        }
    )
    for name in but:
        del written[name]
    return written


def from_the_wire(kind: Kind, written: Any) -> Value | Missing:
    """Read a fact of a kind back from what `on_the_wire` wrote."""
    if isinstance(written, dict) and "missing" in written:
        return Missing(tuple(written["missing"]))
    read: Value = _READ_BACK[kind](written) if kind in _READ_BACK else written
    return read


def read_aloud(value: object) -> str:
    """Put a fact into a sentence; periods and counts give their number, the sentence gives the unit."""
    kind = type(value)
    if kind is bool:
        return "yes" if value else "no"
    return str(_READ.get(kind, str)(value))


_WRITTEN: Mapping[type, Any] = {
    Money: lambda value: value.wire,
    Span: lambda value: {
        "begun": value.begun,
        "completed": value.completed,
        "from": value.start.isoformat(),
        "to": value.end.isoformat(),
    },
    date: date.isoformat,
    Decimal: plain_text,
    Fraction: str,
    frozenset: sorted,
    Missing: lambda value: {"missing": list(value.fields)},
}

_READ_BACK: Mapping[Kind, Any] = {
    Kind.MONEY: Money.parse,
    Kind.MONTHS: lambda written: Span(
        written["completed"], written["begun"], date.fromisoformat(written["from"]), date.fromisoformat(written["to"])
    ),
    Kind.DATE: date.fromisoformat,
    Kind.PERCENT: Decimal,
    Kind.SHARE: Fraction,
    Kind.WORDS: frozenset,
}

_READ: Mapping[type, Any] = {
    Span: lambda value: str(value.completed),
    date: date.isoformat,
    Decimal: plain_text,
    frozenset: lambda value: ", ".join(sorted(value)) or "none",
    Missing: lambda value: "unknown",
}
