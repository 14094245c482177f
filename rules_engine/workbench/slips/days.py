"""Days that do not go together: of editions, of notes and of closures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from rules_engine.dates.calendars import Calendar
from rules_engine.model.values import Kind
from rules_engine.rulebook.calendars import read_calendar
from rules_engine.rulebook.headings import FROM
from rules_engine.rulebook.literals import LiteralFault, read_literal
from rules_engine.rulebook.places import Entries, Faults, Items, Text
from rules_engine.rulebook.tree import CALENDARS, calendar_code
from rules_engine.workbench.slips.looking import BookFile, Looking, Slip, slip

ISSUED_FROM_ANOTHER_DAY, CLOSED_ANYWAY = "issued from another day", "closed anyway"

KINDS = {
    ISSUED_FROM_ANOTHER_DAY: "`notes issued from` is not the date of the folder",
    CLOSED_ANYWAY: "a closure on a day that the calendar has closed without it",
}


def issued_from_another_day(looking: Looking) -> Iterator[Slip]:
    """Warn of an edition whose folder has another date than the first day its notes are issued."""
    for file in looking.editions:
        said, folder = date_under(file, FROM), _date(file.folder.rpartition("/")[2])
        if said and folder and said != folder:
            message = f"`{FROM}` is {said}, and the folder is named for {folder}"
            hint = "a folder has the day from which its notes are issued: hold both against the prospectus"
            yield slip(file.place(FROM), ISSUED_FROM_ANOTHER_DAY, message, hint)


def closed_anyway(looking: Looking) -> Iterator[Slip]:
    """Warn of closures that change nothing: a slip of the day, most likely."""
    for file in looking.files.values():
        closures = file.entry("closures")
        if not file.file.startswith(f"{CALENDARS}/") or not closures or not isinstance(closures.value, Items):
            continue
        without = _without_closures(file, looking)
        for node in closures.value.items:
            text = node.entries["date"].value if isinstance(node, Entries) and "date" in node.entries else None
            day = _date(text.text) if isinstance(text, Text) else None
            if not isinstance(text, Text) or day is None:
                continue
            if day.weekday() > 4:
                why = f"{day} is a {day:%A}, on which everything is closed"
            elif without and without.covers(day) and not without.is_business_day(day):
                why = f"{day} is a holiday of the calendar already"
            else:
                continue
            yield slip(text.place, CLOSED_ANYWAY, why, "hold the day against the announcement", about=str(day))


def _without_closures(file: BookFile, looking: Looking) -> Calendar | None:
    """Read a calendar as it would be without its own closures."""
    assert file.root is not None
    entries = dict(file.root.entries)
    closures = entries["closures"]
    entries["closures"] = replace(closures, value=Items(closures.value.place, ()))
    code = calendar_code(file.path.stem)
    if "based on" in entries:
        base = entries["based on"].value
        return looking.book.calendars.get(base.text) if isinstance(base, Text) else None
    others = {name: calendar for name, calendar in looking.book.calendars.items() if name != code}
    return read_calendar(replace(file.root, entries=entries), code, Faults(), others)


def date_under(file: BookFile, key: str) -> date | None:
    """Read the date under a key of a file's top."""
    return _date(file.text_under(key))


def _date(text: str) -> date | None:
    try:
        value = read_literal(text, Kind.DATE)
    except LiteralFault:
        return None
    return value if isinstance(value, date) else None


CHECKS = (issued_from_another_day, closed_anyway)
