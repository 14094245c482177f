"""What a supplement says of a note's redemption, held against the sentence that it prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.errors import Problem
from rules_engine.model.note_words import CountedIn
from rules_engine.model.notes import Call, MakeWhole, Notice
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.places import Entries
from rules_engine.rulebook.rules import Place
from rules_engine.rulebook.supplements import Row
from rules_engine.supplements.sentences import Terms, read_redemption

_HELD: tuple[tuple[str, Callable[[Call], Any], Callable[[Terms], Any]], ...] = (
    ("style", lambda call: call.style, lambda terms: terms.style),
    ("first date", lambda call: call.first_on, lambda terms: terms.first_on),
    ("on", lambda call: call.on, lambda terms: terms.on),
    ("price", lambda call: call.price, lambda terms: terms.price),
    ("prices", lambda call: call.prices, lambda terms: terms.prices),
    ("make whole", lambda call: call.make_whole, lambda terms: terms.make_whole),
    ("notice", lambda call: call.notice, lambda terms: terms.notice),
    ("amount", lambda call: call.amount, lambda terms: terms.amount),
    ("part chosen", lambda call: call.part_chosen, lambda terms: terms.part_chosen),
)
"""What a row says of a call, by its key, and what the sentence says of it."""


def contradicted(book: Book) -> tuple[Problem, ...]:
    """List what the notes of a book say of their redemption that the sentence printed for it contradicts."""
    found = []
    for cusip in book.rows:
        call = book.notes[cusip].call
        for key, printed in contradictions(call) if call else ():
            place = _place_of(book.rows[cusip], key)
            message = f"the printed sentence says {printed}" if key == "printed" else f"`{key}` is printed as {printed}"
            found.append(
                Problem(
                    file=place.file,
                    line=place.line,
                    column=place.column,
                    message=message,
                    help="hold both against the supplement: `printed` is its sentence, word for word",
                )
            )
    return tuple(sorted(found))


def _place_of(row: Row, key: str) -> Place:
    """Give the place of a key of a row's redemption, or of the redemption where it has no such key."""
    node = row.node.entries["redemption"]
    given = node.value.entries.get(key) if isinstance(node.value, Entries) else None
    return given.value.place if given else node.key.place


def contradictions(call: Call) -> tuple[tuple[str, str], ...]:
    """Name each key under `redemption` that the printed sentence contradicts, and say what it prints instead.

    What the sentence leaves out contradicts nothing. Of a sentence that is not understood as a whole, only what is
    understood counts.
    """
    terms = read_redemption(call.printed)
    if terms.callable is False:
        return (("printed", "that the note cannot be called"),)
    return tuple(_contradicted(call, terms))


def _contradicted(call: Call, terms: Terms) -> Iterator[tuple[str, str]]:
    for key, given, printed in _HELD:
        said = printed(terms)
        if said and said != given(call):
            yield key, f"`{_in_words(said)}`"


def _in_words(value: object) -> str:
    """Write what is printed as a supplement's row would."""
    match value:
        case Notice():
            unit = "business days" if value.counted is CountedIn.BUSINESS_DAYS else "days"
            until = f" to {value.maximum_days}" if value.maximum_days is not None else ""
            return f"{value.minimum_days}{until} {unit}"
        case tuple():
            return ", ".join(f"{_in_words(step.price)} from {step.from_on}" for step in value)
        case MakeWhole():
            until = f" until {value.until}" if value.until else ""
            return f"Treasury plus {_in_words(value.spread)}{until}"
        case Decimal():
            return f"{value:f} %"
        case date():
            return value.isoformat()
    return str(value)
