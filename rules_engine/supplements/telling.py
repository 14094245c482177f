"""What was read, for programs: each field with its value, how sure it is, and the words and line it came from."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.model.money import Money
from rules_engine.supplements.outcomes import Outcome
from rules_engine.supplements.readings import Reading, ReadSupplement, Remark


def told(supplement: ReadSupplement, *, programmes: Sequence[str] = ()) -> dict[str, Any]:
    """Tell a supplement as plain values: dates and figures as text, money as it crosses a border.

    `programmes` are those it seems to belong to.
    """
    return {
        "file": supplement.file,
        "outcome": Outcome.TO_LOOK_AT if supplement.doubts else Outcome.READY,
        "programmes": list(programmes),
        "fields": _fields(supplement, supplement.readings),
        "notes": [_fields(supplement, note.readings) for note in supplement.notes],
        "doubts": [_remark(doubt) for doubt in supplement.doubts],
        "warnings": [_remark(warning) for warning in supplement.warnings],
    }


def _fields(supplement: ReadSupplement, readings: Mapping[str, Reading]) -> dict[str, Any]:
    return {
        key: {
            "value": _plain(reading.value),
            "how": reading.how,
            "words": reading.words,
            "line": reading.line or None,
            **_page(supplement, reading.line),
            "checked": reading.checked,
            "doubts": reading.doubts,
        }
        for key, reading in readings.items()
    }


def _page(supplement: ReadSupplement, line: int) -> dict[str, int]:
    """Give the page a line is on, where the file has pages."""
    page = bisect_right(supplement.pages, line)
    return {"page": page} if page and line else {}


def _remark(remark: Remark) -> dict[str, Any]:
    return {"line": remark.line, "message": remark.message}


def _plain(value: Any) -> Any:
    match value:
        case Money():
            return value.wire
        case Decimal() | date():
            return str(value)
        case tuple() | list():
            return [_plain(each) for each in value]
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value
