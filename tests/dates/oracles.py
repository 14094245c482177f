"""Expected dates and amounts that none of our code computed; see tests/oracles/README.md."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from rules_engine.dates.calendars import Calendar, from_days

FOLDER = Path(__file__).parent.parent / "oracles"


def read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return content


def closed_weekdays(code: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(day) for day in read("calendars.json")[code]["holidays"])


def calendar(code: str) -> Calendar:
    closed = frozenset() if code == "SATSUN" else closed_weekdays(code)
    return from_days(code, closed, 2000, 2060, "tests/oracles/calendars.json")
