"""What a redemption sentence says of calls that something happening to the note allows."""

from __future__ import annotations

from decimal import Decimal

from rules_engine.model.notes import EventCall
from rules_engine.supplements.clipping import Clipping
from rules_engine.supplements.patterns import phrase
from rules_engine.supplements.values import PERCENT, read_percent

_EVENT = r"(?P<kind>regulatory(?: capital)?(?: treatment)?|capital (?:treatment|disqualification)|tax) event"
_EVENT_CALL = phrase(
    rf"(?:(?:also )?(?:callable|redeemable|redemption) )?(?:at (?:par|(?P<before>{PERCENT})) )?"
    r"(?:in whole~,?~(?:but not in part~,?~)?)?(?:at any time )?"
    r"(?:within (?P<days>\d{1,3}) days (?:of|after|following)|upon|following|after|on) "
    rf"(?:the occurrence of )?(?:an? |such a |the )?{_EVENT}"
    rf"(?:~,?~within (?P<later>\d{{1,3}}) days(?: (?:of|after) (?:it|the event))?)?"
    rf"(?:~,?~at (?:a (?:redemption )?price of )?(?:par|(?P<price>{PERCENT})))?",
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
