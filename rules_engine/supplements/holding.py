"""What a supplement says of a note's redemption and coupons, held against the sentences that it prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.errors import Problem
from rules_engine.model.note_words import CountedIn
from rules_engine.model.notes import Call, CouponStep, EventCall, MakeWhole, Note, Notice, PriceStep
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.places import Entries, Faults, text_of
from rules_engine.rulebook.rules import Place
from rules_engine.rulebook.supplements import Row
from rules_engine.supplements.clipping import Clipping
from rules_engine.supplements.coupon_steps import CouponPeriods, take_coupon_periods
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

PRINTED, FOOTNOTE, STEPS, EVENT_CALLS = "printed", "footnote", "coupon steps", "event calls"


def contradicted(book: Book) -> tuple[Problem, ...]:
    """List what the notes of a book say of their redemption that the sentence printed for it contradicts."""
    found = []
    for cusip in book.rows:
        row, note = book.rows[cusip], book.notes[cusip]
        footnote = text_of(row.node, FOOTNOTE, Faults())
        for key, printed in contradictions(note, footnote.text if footnote else ""):
            place = _place_of(row, key)
            message = f"the printed sentence says {printed}" if key == PRINTED else f"`{key}` is printed as {printed}"
            found.append(
                Problem(
                    file=place.file,
                    line=place.line,
                    column=place.column,
                    message=message,
                    help="hold both against the supplement: `printed`, or `footnote`, is its sentence, word for word",
                )
            )
    return tuple(sorted(dict.fromkeys(found)))  # once for all notes that share it


def _place_of(row: Row, key: str) -> Place:
    """Give the place of a key of a row, or of its redemption; of the redemption itself where neither has the key."""
    node = row.node.entries.get("redemption")
    given = node.value.entries.get(key) if node and isinstance(node.value, Entries) else row.node.entries.get(key)
    if given or node is None:
        return given.value.place if given else row.place_of("cusip")
    return row.node.entries[key].value.place if key in row.node.entries else node.key.place


def contradictions(note: Note, footnote: str = "") -> tuple[tuple[str, str], ...]:
    """Name each key of a row, or under its `redemption`, that a printed sentence contradicts, and say what it prints.

    What the sentences leave out contradicts nothing. Of a sentence that is not understood as a whole, only what is
    understood counts.
    """
    terms = read_redemption(note.call.printed) if note.call else Terms(printed="")
    if terms.callable is False:
        return ((PRINTED, "that the note cannot be called"),)
    periods = terms.periods if terms.periods.periods else take_coupon_periods(Clipping(footnote))
    return tuple(_contradicted(note, terms, periods.starting(note.accrues_from)))


def _contradicted(note: Note, terms: Terms, periods: CouponPeriods) -> Iterator[tuple[str, str]]:
    if periods.initial is not None and periods.initial != note.coupon:
        yield "coupon", f"`{_in_words(periods.initial)}`"
    if periods.steps and not periods.doubts and periods.steps != note.coupon_steps:
        yield STEPS, f"`{_in_words(periods.steps)}`"
    if missing := [call for call in terms.event_calls if call not in map(_unnoticed, note.event_calls)]:
        yield EVENT_CALLS, f"`{', '.join(map(_in_words, missing))}`"
    call = note.call
    for key, given, printed in _HELD if call else ():
        said = printed(terms)
        if call and said and said != given(call):
            yield key, f"`{_in_words(said)}`"


def _unnoticed(call: EventCall) -> EventCall:
    """Give an event call without its notice, which the sentence gives for all calls of the note together."""
    return replace(call, notice=None)


def _in_words(value: object) -> str:
    """Write what is printed as a supplement's row would."""
    match value:
        case Notice():
            unit = "business days" if value.counted is CountedIn.BUSINESS_DAYS else "days"
            until = f" to {value.maximum_days}" if value.maximum_days is not None else ""
            return f"{value.minimum_days}{until} {unit}"
        case PriceStep():
            return f"{_in_words(value.price)} from {value.from_on}"
        case tuple():
            return ", ".join(map(_in_words, value))
        case CouponStep():
            return f"{_in_words(value.coupon)} from {value.from_on}"
        case EventCall():
            within = f" within {value.within_days} days" if value.within_days is not None else ""
            return f"{value.kind} at {_in_words(value.price)}{within}"
        case MakeWhole():
            until = f" until {value.until}" if value.until else ""
            return f"Treasury plus {_in_words(value.spread)}{until}"
        case Decimal():
            return f"{value:f} %"
        case date():
            return value.isoformat()
    return str(value)
