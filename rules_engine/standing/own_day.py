"""The day an event counts from: never in a year before the last one opened."""

from __future__ import annotations

from datetime import date

from rules_engine.model.events import Event
from rules_engine.standing.standing import Standing


def day_of(event: Event, standing: Standing) -> date:
    """Give the day what an event brings counts from: the day received, or the first of a year opened before it came."""
    last = standing.last_opened
    return event.received_on if last is None else max(event.received_on, date(last, 1, 1))
