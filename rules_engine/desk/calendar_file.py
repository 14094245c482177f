"""Days ahead as a calendar file (iCalendar, RFC 5545), for any calendar program."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import timedelta

from rules_engine.desk.days_ahead import DayAhead

LONGEST_LINE = 75
"""Bytes a line may have before it is folded (RFC 5545, 3.1)."""


def calendar_file(days: Iterable[DayAhead]) -> str:
    """Write days as whole-day entries, which block nobody's time; the same day has the same id every time."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//retail-note-rules//deadlines//EN", "CALSCALE:GREGORIAN"]
    for day in days:
        lines.extend(_entry(day))
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _entry(day: DayAhead) -> Iterator[str]:
    about = " ".join(filter(None, (day.cusip, day.request_id))) or day.programme
    yield "BEGIN:VEVENT"
    yield f"UID:{_id(day)}@retail-note-rules"
    # when an entry was made is asked for; no clock is, and the same list is the same file
    yield f"DTSTAMP:{day.on:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(f'{day.kind.value}: {about}')}"
    yield f"DESCRIPTION:{_escaped(f'{day.what} ({day.programme})')}"
    yield f"CATEGORIES:{_escaped(day.kind.value)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _id(day: DayAhead) -> str:
    content = "\n".join((day.on.isoformat(), day.kind, day.programme, day.cusip, day.request_id, day.what))
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Break a line after 75 bytes, never within a letter; what goes on begins with a blank."""
    part, room = "", LONGEST_LINE
    for sign in line:
        size = len(sign.encode())
        if size > room:
            yield part
            part, room = " ", LONGEST_LINE - 1
        part, room = part + sign, room - size
    yield part
