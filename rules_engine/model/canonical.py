"""One text for one content: what is kept, compared and digested is always written the same way."""

from __future__ import annotations

import dataclasses
import hashlib
import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import orjson

from rules_engine.model.event_words import PaymentKind, PersonsAnswer
from rules_engine.model.events import EVENT_TYPES, Event
from rules_engine.model.exact import plain_text
from rules_engine.model.money import Money


def canonical_json(value: Any) -> str:
    """Write a value as JSON in the one way it can be written here: keys sorted, no spaces, letters as they are.

    Raises TypeError for anything JSON cannot hold, and for an integer beyond 64 bits. No fraction stands in what is
    kept, so none is ever written: amounts and rates are text.
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


Written = orjson.Fragment
"""A part of a value that is in its canonical form already; `canonical_json` takes it over as it is."""


def written_once(value: Any) -> Written:
    """Write a part that stands in several texts, or in a text again and again."""
    return Written(orjson.dumps(value, option=orjson.OPT_SORT_KEYS))


class KeepsItsText:
    """A frozen value that keeps its canonical text, from when it is first written."""

    __slots__ = ("_text",)
    _text: Written


def kept_text(value: KeepsItsText, write: Callable[[Any], Any]) -> Written:
    """Give the canonical text of a value, which `write` says how to write."""
    try:
        return value._text
    except AttributeError:
        text = written_once(write(value))
        object.__setattr__(value, "_text", text)
        return text


def known_text(value: KeepsItsText) -> Written | None:
    """Give the canonical text of a value, if it was written before."""
    return getattr(value, "_text", None)


class WrittenOnce(dict[str, Any]):
    """What stands in several texts, in canonical form: written when it is first asked for; nothing in it may change."""

    __slots__ = ("_written",)

    @property
    def written(self) -> Written:
        """The text, ready to be taken over into others."""
        try:
            return self._written
        except AttributeError:
            self._written: Written = written_once(self)
            return self._written

    def __reduce__(self) -> tuple[type[WrittenOnce], tuple[dict[str, Any]]]:
        return WrittenOnce, (dict(self),)


def digest(text: str) -> str:
    """Name a text by its SHA-256 over UTF-8: `sha256:` and 64 hexadecimal digits."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def event_to_json(event: Event) -> dict[str, Any]:
    """Write an event as it crosses a border: its type first, lists sorted, what is unknown or as usual left out.

    As usual means equal to the field's default: a field added in a later version, with a default, leaves the
    text of every earlier event as it was, and so its digest and the receipts of its answers.
    Reading the result again gives an equal event, and equal events give equal results, however their lists were
    ordered or their figures were spelled.
    """
    written: dict[str, Any] = {"type": event.type}
    for name, usual, compared in _FIELDS[type(event)]:
        value = getattr(event, name)
        if value is not usual and not (compared and value == usual):
            kind = type(value)
            written[name] = value if kind is str or kind is bool else _write_as(kind)(value)
    return written


def _write_as(kind: type) -> Callable[[Any], Any]:
    """Give what writes a kind of value; raise TypeError for one that no event holds."""
    write = _WRITTEN.get(kind)
    if write is None:
        raise TypeError(f"no event holds a {kind.__name__}")
    return write


def _as_it_is(value: Any) -> Any:
    return value


_FIELDS: Mapping[type[Event], tuple[tuple[str, Any, bool], ...]] = {
    event_class: tuple(
        (field.name, field.default, field.default not in (None, dataclasses.MISSING))
        for field in dataclasses.fields(event_class)
    )
    for event_class in EVENT_TYPES
}
"""The fields of each class of events, each with what it is as usual, and whether that takes comparing to tell."""

_WRITTEN: Mapping[type, Callable[[Any], Any]] = {
    int: _as_it_is,
    PaymentKind: str,
    PersonsAnswer: str,
    Money: operator.attrgetter("wire"),
    date: date.isoformat,
    Decimal: plain_text,
    Fraction: str,
    frozenset: sorted,
}
"""How each kind of value that an event holds is written."""
