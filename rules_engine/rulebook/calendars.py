"""Calendar files: which library calendar, for which years, and the closures of our own."""

from __future__ import annotations

import re
from datetime import date

from rules_engine.dates.calendars import Calendar, freeze
from rules_engine.rulebook.figures import date_of
from rules_engine.rulebook.places import Entries, Faults, as_entries, check_keys, items_of, text_of

_KEYS = ("calendar", "name", "library calendar", "years covered", "source", "note", "closures")
_YEARS = re.compile(r"(\d{4}) to (\d{4})", re.ASCII)
_LIBRARY_HINT = "name a market the holidays library knows, as `USNY`, or `weekends` for none, and years it covers"


def read_calendar(root: Entries, code: str, faults: Faults) -> Calendar | None:
    """Read a calendar file; None, with every fault noted, when it gives no calendar.

    `code` is the one the file's name stands for: `usny.yaml` gives `USNY`.
    """
    before = len(faults)
    check_keys(root, _KEYS, faults)
    given = text_of(root, "calendar", faults, required=True)
    if given and given.text != code:
        hint = f"name the calendar `{code}`, or the file `{given.text.lower()}.yaml`"
        faults.at(given.place, f"the file is named for `{code}`, not `{given.text}`", hint)
    library = text_of(root, "library calendar", faults, required=True)
    text_of(root, "source", faults, required=True)
    for key in ("name", "note"):
        text_of(root, key, faults)
    years = _read_years(root, faults)
    closures = _read_closures(root, years, faults)
    if len(faults) > before or library is None or years is None:
        return None
    try:
        return freeze(code, library.text, *years, closures=closures)
    except ValueError as fault:
        faults.at(library.place, str(fault), _LIBRARY_HINT)
        return None


def _read_years(root: Entries, faults: Faults) -> tuple[int, int] | None:
    text = text_of(root, "years covered", faults, required=True)
    if text is None:
        return None
    found = _YEARS.fullmatch(text.text)
    if not found:
        faults.at(text.place, f"`{text.text}` does not say which years", "write the first and the last: `2000 to 2060`")
        return None
    first, last = int(found[1]), int(found[2])
    if last < first:
        faults.at(text.place, f"the years run backwards, from {first} to {last}", "the first year comes first")
        return None
    return first, last


def _read_closures(root: Entries, years: tuple[int, int] | None, faults: Faults) -> tuple[date, ...]:
    """Read the days closed beyond the library's; each says why."""
    days: list[date] = []
    for node in items_of(root, "closures", faults):
        closure = as_entries(node, "a closure", faults)
        if closure is None:
            continue
        check_keys(closure, ("date", "because", "cite"), faults)
        day = date_of(closure, "date", faults, required=True)
        text_of(closure, "because", faults, required=True)
        text_of(closure, "cite", faults)
        if day and years and not years[0] <= day.year <= years[1]:
            place = closure.entries["date"].value.place
            faults.at(place, f"{day} lies outside the years covered", f"they are {years[0]} to {years[1]}")
        elif day:
            days.append(day)
    return tuple(days)
