"""What was read, for programs: each field with its value, how sure it is, and the words and line it came from."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.model.money import Money
from rules_engine.supplements.readings import Reading, ReadSupplement, Remark


def told(supplement: ReadSupplement) -> dict[str, Any]:
    """Tell a supplement as plain values: dates and figures as text, money as it crosses a border."""
    return {
        "file": supplement.file,
        "fields": _fields(supplement.readings),
        "notes": [_fields(note.readings) for note in supplement.notes],
        "doubts": [_remark(doubt) for doubt in supplement.doubts],
        "warnings": [_remark(warning) for warning in supplement.warnings],
    }


def _fields(readings: Mapping[str, Reading]) -> dict[str, Any]:
    return {
        key: {
            "value": _plain(reading.value),
            "how": reading.how,
            "words": reading.words,
            "line": reading.line or None,
            "checked": reading.checked,
            "doubts": reading.doubts,
        }
        for key, reading in readings.items()
    }


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
