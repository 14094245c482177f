"""Pricing supplements: what the top of one gives for all its notes, and the notes, row by row."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from rules_engine.model.notes import Note
from rules_engine.rulebook.figures import date_of
from rules_engine.rulebook.note_rows import SHARED, read_row, with_shared
from rules_engine.rulebook.places import (
    Entries,
    Faults,
    as_entries,
    check_keys,
    items_of,
    meant,
    text_of,
    texts_of,
)
from rules_engine.rulebook.rules import Place

QUOTE, INFERRED = "quote", "inferred"
CUSIP, NOTES = "cusip", "notes"
_QUOTED = (QUOTE, INFERRED)
TOP = ("supplement", "dated", "source", "prospectus dated", CUSIP, *SHARED, *_QUOTED, NOTES)
_CUSIP_LINE = re.compile(rb"cusip: *['\"]?([0-9A-Z*@#]{9})\b")


@dataclass(slots=True, kw_only=True)
class Row:
    """A note's row: what could be read of it, where it stands, its faults, and what else to know of it."""

    cusip: str
    note: Note | None
    node: Entries
    top: Entries
    faults: Faults
    warnings: Faults = field(default_factory=Faults)

    def place_of(self, key: str) -> Place:
        """Give the place of what stands under a key, in the row or else at the supplement's top."""
        entry = self.node.entries.get(key) or self.top.entries.get(key)
        return entry.value.place if entry else self.node.place


def read_supplement(top: Entries, programme: str, faults: Faults) -> tuple[Row, ...]:
    """Read a supplement's mapping into rows; faults of its top are noted in `faults`, each row's in its own.

    A fault of the top is a fault of every note under it: none of them is given. A supplement without a number is
    named for the day its notes were issued.
    """
    check_keys(top, TOP, faults)
    title, issued_on = text_of(top, "supplement", faults), date_of(top, "issue date", Faults())
    text_of(top, "source", faults, required=True)
    if title is None and issued_on is None and "supplement" not in top.entries:
        hint = "name the supplement, or give the `issue date` of all its notes"
        faults.at(top.place, "missing key `supplement`", hint)
    name = title.text if title else f"Pricing supplement of notes issued {issued_on}"
    _check_order(top, faults)
    _check_inferred(top, TOP, faults)
    return tuple(_read(row, top, programme, name, sound=not faults) for row in _rows_of(top, faults))


def _rows_of(top: Entries, faults: Faults) -> list[Entries]:
    """Give the rows of a supplement: those under `notes`, or the one note whose `cusip` stands at the top."""
    if CUSIP not in top.entries:
        nodes = [as_entries(node, "a note", faults) for node in items_of(top, NOTES, faults, required=True)]
        return [row for row in nodes if row]
    if NOTES in top.entries:
        hint = f"a single note stands at the top, and of several each under `{NOTES}`"
        faults.at(top.entries[NOTES].key.place, f"`{NOTES}` beside a `{CUSIP}` at the top", hint)
        return []
    return [replace(top, entries={CUSIP: top.entries[CUSIP]})]


def _read(row: Entries, top: Entries, programme: str, title: str, *, sound: bool) -> Row:
    faults = Faults()
    note = read_row(row, top, programme, title, faults)
    cusip = text_of(row, "cusip", Faults())
    node = with_shared(row, top)
    _check_inferred(row, (*SHARED, CUSIP), faults)
    return Row(cusip=cusip.text if cusip else "", note=note if sound else None, node=node, top=top, faults=faults)


def _check_inferred(given: Entries, known: Collection[str], faults: Faults) -> None:
    """Note what is said to be inferred that is no key; quotes are held against sources once all are read."""
    texts_of(given, QUOTE, faults)
    for key in texts_of(given, INFERRED, faults):
        if key.text not in known:
            faults.at(key.place, f"`{INFERRED}` names no key of a note: `{key.text}`", meant(key.text, known))


def _check_order(top: Entries, faults: Faults) -> None:
    prospectus, dated = date_of(top, "prospectus dated", faults), date_of(top, "dated", faults)
    if prospectus and dated and dated < prospectus:
        place = top.entries["dated"].value.place
        faults.at(place, f"dated {dated}, before the prospectus dated {prospectus}", "check both with the print")


def cusips_in(data: bytes) -> tuple[str, ...]:
    """Find what CUSIPs a file that cannot be read seems to be about, so that their cases can be told why."""
    return tuple(found.decode() for found in _CUSIP_LINE.findall(data))
