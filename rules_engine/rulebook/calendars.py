"""Calendar files: which library calendar, for which years, and the closures of our own; or which other calendars."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from rules_engine.dates.calendars import Calendar, freeze, from_days, joint
from rules_engine.rulebook.figures import date_of
from rules_engine.rulebook.leaves import Leaf
from rules_engine.rulebook.places import Entries, Faults, Text, as_entries, check_keys, items_of, meant, text_of
from rules_engine.rulebook.tree import calendar_code

_SAID = ("calendar", "name", "source", "note", "closures")
KEYS = ("library calendar", "years covered", *_SAID)
BASED_ON, JOINT_OF = "based on", "joint of"
_YEARS = re.compile(r"(\d{4}) to (\d{4})", re.ASCII)
_LIBRARY_HINT = "name a market the holidays library knows, as `USNY`, or `weekends` for none, and years it covers"


def read_calendars(leaves: Iterable[Leaf], others: Mapping[str, Calendar]) -> dict[str, Calendar]:
    """Read a book's calendar files into calendars by code, with `others` known besides, which they go before.

    Files that rest on other calendars come after those: first what is `based on` one, then what is
    the `joint of` several. A file with a fault gives none, and hides one of its code among the others.
    """
    read = sorted(leaves, key=lambda leaf: _rank(leaf.root))
    codes = [calendar_code(leaf.name) for leaf in read]
    known = {code: calendar for code, calendar in others.items() if code not in codes}
    for leaf, code in zip(read, codes, strict=True):
        calendar = read_calendar(leaf.root, code, leaf.faults, known) if leaf.root else None
        if calendar:
            known[code] = calendar
    return known


def _rank(root: Entries | None) -> int:
    given = root.entries if root else {}
    return 2 if JOINT_OF in given else 1 if BASED_ON in given else 0


def read_calendar(root: Entries, code: str, faults: Faults, known: Mapping[str, Calendar]) -> Calendar | None:
    """Read a calendar file; None, with every fault noted, when it gives no calendar.

    `code` is the one the file's name stands for: `usny.yaml` gives `USNY`. `known` are the
    calendars it may rest on.
    """
    before = len(faults)
    given = text_of(root, "calendar", faults, required=True)
    if given and given.text != code:
        hint = f"name the calendar `{code}`, or the file `{given.text.lower()}.yaml`"
        faults.at(given.place, f"the file is named for `{code}`, not `{given.text}`", hint)
    for key in ("name", "note"):
        text_of(root, key, faults)
    if JOINT_OF in root.entries:
        found = _read_joint(root, code, faults, known)
    elif BASED_ON in root.entries:
        found = _read_based(root, code, faults, known)
    else:
        found = _read_library(root, code, faults)
    return found if len(faults) == before else None


def _read_joint(root: Entries, code: str, faults: Faults, known: Mapping[str, Calendar]) -> Calendar | None:
    """Read a calendar that is closed when any of several others is."""
    before = len(faults)
    check_keys(root, (JOINT_OF, *_SAID), faults)
    given = text_of(root, JOINT_OF, faults)
    names = [name.strip() for name in given.text.split(",")] if given else []
    joined = [_named(given, name, code, faults, known) for name in names if given]
    if given and (len(set(names)) < len(names) or len(names) < 2):
        faults.at(given.place, f"`{given.text}` does not name two calendars", f"write them as `{JOINT_OF}: USNY, UKLO`")
    if len(faults) > before:
        return None
    try:
        together = joint(code, [calendar for calendar in joined if calendar])
    except ValueError as fault:
        faults.at(root.entries[JOINT_OF].value.place, str(fault), "they have no year in common")
        return None
    closures = _read_closures(root, (together.first_year, together.last_year), faults)
    return _with_closures(together, together.source, closures) if len(faults) == before else None


def _read_based(root: Entries, code: str, faults: Faults, known: Mapping[str, Calendar]) -> Calendar | None:
    """Read a calendar that has the days of another, and closures of its own."""
    before = len(faults)
    check_keys(root, (BASED_ON, *_SAID), faults)
    given = text_of(root, BASED_ON, faults)
    base = _named(given, given.text, code, faults, known) if given else None
    closures = _read_closures(root, (base.first_year, base.last_year) if base else None, faults)
    if base and not closures and len(faults) == before:
        faults.at(root.place, f"there are no closures beyond those of `{base.code}`", f"name `{base.code}` itself")
    if base is None or len(faults) > before:
        return None
    return _with_closures(base, f"based on {base.code} ({base.source})", closures, code=code)


def _named(given: Text, name: str, code: str, faults: Faults, known: Mapping[str, Calendar]) -> Calendar | None:
    found = known.get(name)
    if found is None or name == code:
        faults.at(given.place, f"there is no calendar `{name}` that can be used", meant(name, known))
        return None
    return found


def _with_closures(base: Calendar, source: str, closures: Iterable[date], *, code: str = "") -> Calendar:
    own = frozenset(closures)
    added = f", closures added: {len(own)}" if own else ""
    return from_days(code or base.code, base.closed | own, base.first_year, base.last_year, f"{source}{added}")


def _read_library(root: Entries, code: str, faults: Faults) -> Calendar | None:
    """Read a calendar whose days are those of a market in the holidays library."""
    before = len(faults)
    check_keys(root, KEYS, faults)
    library = text_of(root, "library calendar", faults, required=True)
    text_of(root, "source", faults, required=True)
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
