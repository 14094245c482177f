"""A recorded decision as a CloudEvent (specification 1.0), the same on an event stream and in a webhook."""

from __future__ import annotations

import json
from typing import Any

from rules_engine.host.feed import RecordedDecision, recorded_to_json

TYPE = "rules_engine.decision.recorded.v1"
SOURCE = "/v1/decisions"
MEDIA_TYPE = "application/cloudevents+json"


def cloud_event(recorded: RecordedDecision) -> dict[str, Any]:
    """Write a recorded decision as a CloudEvent; its id is its number in the feed.

    No time is given: the business date that counts is in the event, and the ledger keeps no other.
    """
    decision = recorded.decision
    return {
        "specversion": "1.0",
        "id": str(recorded.number),
        "source": SOURCE,
        "type": TYPE,
        "subject": decision.request_id or decision.notice_id or decision.event_id,
        "datacontenttype": "application/json",
        "data": recorded_to_json(recorded),
    }


def cloud_event_text(recorded: RecordedDecision) -> str:
    """Write a CloudEvent on one line."""
    return json.dumps(cloud_event(recorded), separators=(",", ":"))
