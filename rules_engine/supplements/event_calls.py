"""What a redemption sentence says of calls that something happening to the note allows."""

from __future__ import annotations

import re
from decimal import Decimal

from rules_engine.model.notes import EventCall
from rules_engine.supplements.clipping import Clipping
from rules_engine.supplements.values import PERCENT, read_percent

_EVENT = r"(?P<kind>regulatory(?:\s+capital)?(?:\s+treatment)?|capital\s+(?:treatment|disqualification)|tax)\s+event"
_EVENT_CALL = re.compile(
    rf"(?:(?:also\s+)?(?:callable|redeemable|redemption)\s+)?(?:at\s+(?:par|(?P<before>{PERCENT}))\s+)?"
    r"(?:in\s+whole\s*,?\s*(?:but\s+not\s+in\s+part\s*,?\s*)?)?(?:at\s+any\s+time\s+)?"
    r"(?:within\s+(?P<days>\d{1,3})\s+days\s+(?:of|after|following)|upon|following|after|on)\s+"
    rf"(?:the\s+occurrence\s+of\s+)?(?:an?\s+|such\s+a\s+|the\s+)?{_EVENT}"
    rf"(?:\s*,?\s*within\s+(?P<later>\d{{1,3}})\s+days(?:\s+(?:of|after)\s+(?:it|the\s+event))?)?"
    rf"(?:\s*,?\s*at\s+(?:a\s+(?:redemption\s+)?price\s+of\s+)?(?:par|(?P<price>{PERCENT})))?",
    re.IGNORECASE,
)


def take_event_calls(clipping: Clipping) -> tuple[EventCall, ...]:
    """Clip every event call out of a sentence: its kind, its price, and within how many days of the event."""
    calls: list[EventCall] = []
    while found := clipping.take(_EVENT_CALL):
        days, price = found["days"] or found["later"], found["before"] or found["price"]
        calls.append(
            EventCall(
                kind="tax event" if found["kind"].lower() == "tax" else "regulatory event",
                price=read_percent(price) if price else Decimal(100),
                within_days=int(days) if days else None,
            )
        )
    return tuple(calls)
