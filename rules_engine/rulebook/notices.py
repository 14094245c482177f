"""The notice a supplement prints for a call: how many days, and of which kind."""

from __future__ import annotations

from typing import Any

from rules_engine.model.note_words import CountedIn
from rules_engine.model.notes import Notice
from rules_engine.model.values import Kind
from rules_engine.rulebook.figures import literal_at
from rules_engine.rulebook.literals import write_literal
from rules_engine.rulebook.places import Entries, Faults, Text, check_keys, entries_of, text_of

_COUNTED = {CountedIn.CALENDAR_DAYS: Kind.DAYS, CountedIn.BUSINESS_DAYS: Kind.BUSINESS_DAYS}


def read_notice(given: Entries, faults: Faults) -> Notice | None:
    """Read the `notice` of a call; None where none is printed or, with the faults noted, it cannot be read."""
    notice = entries_of(given, "notice", faults)
    if notice is None:
        return None
    check_keys(notice, ("minimum", "maximum"), faults)
    least = text_of(notice, "minimum", faults, required=True)
    most = text_of(notice, "maximum", faults)
    if least is None:
        return None
    counted = CountedIn.BUSINESS_DAYS if "business" in least.text else CountedIn.CALENDAR_DAYS
    minimum = _count(least, counted, faults)
    maximum = _count(most, counted, faults) if most else None
    if most and minimum is not None and maximum is not None and maximum < minimum:
        faults.at(most.place, "the longest notice is shorter than the shortest", "minimum comes first")
    return None if minimum is None else Notice(minimum_days=minimum, maximum_days=maximum, counted=counted)


def _count(text: Text, counted: CountedIn, faults: Faults) -> int | None:
    days = literal_at(text, _COUNTED[counted], faults)
    return days if isinstance(days, int) else None


def notice_content(notice: Notice | None) -> dict[str, Any]:
    """Lay a notice out under its key, as a supplement would; nothing where none is printed."""
    if notice is None:
        return {}
    kind = _COUNTED[notice.counted]
    content = {"minimum": write_literal(notice.minimum_days, kind)}
    if notice.maximum_days is not None:
        content["maximum"] = write_literal(notice.maximum_days, kind)
    return {"notice": content}
