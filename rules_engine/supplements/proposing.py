"""Where a supplement that was read belongs in the rule book: its programme, its file, and the notes that are there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rules_engine.rulebook.books import Book
from rules_engine.supplements.readings import ReadSupplement

ISSUER_PART = 6
"""So many signs of a CUSIP are its issuer's."""

_NAME = re.compile(r"[^a-z0-9]{1,40}")


def programmes_of(book: Book, cusips: Iterable[str]) -> tuple[str, ...]:
    """Name the programmes whose notes have the same issuer's part of the CUSIP as all of these; none where none has."""
    parts = {cusip[:ISSUER_PART] for cusip in cusips}
    found = [
        {note.programme for note in book.notes.values() if note.cusip[:ISSUER_PART] == part} for part in sorted(parts)
    ]
    return tuple(sorted(set.intersection(*found))) if found else ()


def file_name(supplement: ReadSupplement) -> str:
    """Name the file of a supplement for its number, `123.yaml`, or else for its date or its first note.

    >>> from rules_engine.supplements.readings import READ, Reading
    >>> numbered = Reading(value="Pricing Supplement No. 46(d)", how=READ)
    >>> file_name(ReadSupplement(file="a.txt", readings={"supplement": numbered}))
    '46-d.yaml'
    """
    title = supplement.readings["supplement"].value
    words = str(title).removeprefix("Pricing Supplement").removeprefix(" No.") if title else ""
    name = _NAME.sub("-", words.lower()).strip("-") or supplement.notes[0].cusip.lower()
    return f"{name}.yaml"


def known_notes(book: Book, supplement: ReadSupplement) -> tuple[str, ...]:
    """List the CUSIPs of a supplement that the book has already, sound or faulty."""
    return tuple(note.cusip for note in supplement.notes if note.cusip in book.notes or note.cusip in book.faulty_notes)
