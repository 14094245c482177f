"""One JSON object to one event: what may stand in it follows from the classes in `model/events.py`.

Pydantic holds an object against its class: every field that is needed is there, and each goes through the reader of
its type. No field is listed here a second time, and no wording but our own leaves this room.
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, PlainValidator, ValidationError, create_model
from pydantic_core import ErrorDetails, PydanticCustomError

from rules_engine.errors import FieldFault
from rules_engine.intake import values
from rules_engine.intake.faults import Faults
from rules_engine.intake.lines import read_object
from rules_engine.intake.pairing import fields_apart
from rules_engine.intake.saying import or_list, printable, quoted, unknown
from rules_engine.model.event_words import AddedWord
from rules_engine.model.events import (
    EVENT_TYPES,
    Event,
    LotteryDrawn,
    OutstandingReported,
    ParticularsReceived,
    PersonDecided,
    PositionReported,
    SurvivorsOptionRequested,
)
from rules_engine.model.money import Money

_CLASS_OF: Mapping[str, type[Event]] = {event_class.type: event_class for event_class in EVENT_TYPES}

_READER_OF: Mapping[Any, Callable[[Any], Any]] = {
    str: values.read_text,
    date: values.read_day,
    Money: values.read_money,
    Decimal: values.read_price,
    Fraction: values.read_share,
    int: values.read_year,
    bool: values.read_yes_no,
}

_MAY_BE_NOTHING = {
    (SurvivorsOptionRequested, "position"),
    (ParticularsReceived, "position"),
    (PersonDecided, "position"),
    (PositionReported, "principal"),
    (OutstandingReported, "principal"),
    (LotteryDrawn, "position"),
    (LotteryDrawn, "selected"),
}
"""Amounts that tell a balance: a position can be empty, a programme can be repaid, and a lot can pass by."""

_RATES = frozenset({"treasury_yield", "index_rate"})
"""Yearly rates that a market sets; they can be below nothing, as no price can."""

_OURS = "ours"
_NULL_REQUIRED = "must be given, and `null` gives nothing"

AddedWords = frozenset[tuple[str, str]]
"""Words that issuers add to the usual lists: each with the event field it stands in."""

NONE_ADDED: AddedWords = frozenset()

_LOOKING_ONLY_AT_FIELDS = ConfigDict(extra="ignore")
"""Names that are not known are found here, not by pydantic, which stops at a name it cannot write as UTF-8."""


def read_event(line: str | bytes, *, added: AddedWords = NONE_ADDED) -> Event:
    """Read one line of JSON as an event; raise EventError holding the faults of the line, twenty of them at most.

    `added` are the words that issuers add to the usual lists; `Host.read_event` reads with those of its rule book.
    """
    return _read(line, added)


def read_recorded(line: str | bytes) -> Event:
    """Read an event that was read before, and recorded: whoever added its words then may be gone by now."""
    return _read(line, None)


def _read(line: str | bytes, added: AddedWords | None) -> Event:
    given, repeated = read_object(line)
    faults = Faults()
    if repeated:
        faults.note(repeated, _given_twice)
    word = given.pop("type", None)
    event_class = _CLASS_OF.get(word) if isinstance(word, str) else None
    if event_class is None:
        faults.note([word], _no_type)
        raise faults.error()
    fields = None if repeated else _read_at_once(event_class, given, added)
    if fields is None:
        fields = _read_fields(event_class, given, added, faults)
    if faults:
        raise faults.error()
    event = event_class(**fields)
    faults.note(fields_apart(event), _as_it_is)
    if faults:
        raise faults.error()
    return event


def _as_it_is(fault: FieldFault) -> FieldFault:
    return fault


def _no_type(word: Any) -> FieldFault:
    """Say why a `type` names no class of events."""
    if word is None:
        message = f"`type` is missing: it can be {or_list(_CLASS_OF)}"
    elif not isinstance(word, str):
        message = "must be a text in quotes"
    else:
        message = unknown("event type", word, _CLASS_OF)
    return FieldFault(field="type", message=message)


def _read_at_once(
    event_class: type[Event], given: Mapping[str, Any], added: AddedWords | None
) -> Mapping[str, Any] | None:
    """Read the fields of an event of which nothing is wrong; None where something is, and pydantic has to say what."""
    readers, required = _readers_of(event_class.type, added)
    fields: dict[str, Any] = {}
    try:
        for name, value in given.items():
            if value is not None:
                fields[name] = readers[name](value)
    except (KeyError, ValueError):
        return None
    return fields if required <= fields.keys() and given.keys() <= readers.keys() else None


def _read_fields(
    event_class: type[Event], given: Mapping[str, Any], added: AddedWords | None, faults: Faults
) -> Mapping[str, Any]:
    """Read the fields of an event whose class is known, noting the faults of what is given and what is missing."""
    shape = _shape_of(event_class.type, added)
    fields: Mapping[str, Any] = {}
    try:
        fields = vars(shape.__pydantic_validator__.validate_python(given))
    except ValidationError as wrong:
        faults.note(wrong.errors(include_url=False, include_input=False), _fault)
    known = shape.__pydantic_fields__.keys()
    if not given.keys() <= known:
        faults.note((name for name in given if name not in known), partial(_unknown_field, known=("type", *known)))
    return fields


def _given_twice(name: str) -> FieldFault:
    return FieldFault(field=printable(name), message=f"{quoted(name)} is given twice")


def _unknown_field(name: str, *, known: Sequence[str]) -> FieldFault:
    return FieldFault(field=printable(name), message=unknown("field", name, known))


def _fault(detail: ErrorDetails) -> FieldFault:
    """Put into our own words what pydantic found: a field that is missing, or what a reader said."""
    name = str(detail["loc"][0])
    said = f"`{name}` is missing" if detail["type"] == "missing" else detail["ctx"]["said"]
    return FieldFault(field=name, message=said)


@functools.cache
def _readers_of(word: str, added: AddedWords | None) -> tuple[Mapping[str, Callable[[Any], Any]], frozenset[str]]:
    """Give what reads each field of the events of a type, and name the fields that have to be given; made once.

    `added` are the words that its lists may hold beside the usual ones; None for any word at all.
    """
    event_class = _CLASS_OF[word]
    hints = typing.get_type_hints(event_class)
    fields = dataclasses.fields(event_class)
    readers = {
        each.name: _reader_for(hints[each.name], field=each.name, event_class=event_class, added=added)
        for each in fields
    }
    return readers, frozenset(each.name for each in fields if each.default is dataclasses.MISSING)


@functools.cache
def _shape_of(word: str, added: AddedWords | None) -> type[BaseModel]:
    """Build, once, what an object must look like to be an event of the type a word names."""
    event_class = _CLASS_OF[word]
    readers, _ = _readers_of(word, added)
    shape: dict[str, Any] = {}
    # what must be given comes first, so that its fault leads
    for field in sorted(dataclasses.fields(event_class), key=lambda field: field.default is not dataclasses.MISSING):
        required = field.default is dataclasses.MISSING
        read = readers[field.name]
        annotation = Annotated[Any, PlainValidator(_told_by_field(read, required=required, usual=field.default))]
        shape[field.name] = (annotation, ... if required else field.default)
    return create_model(event_class.__name__, __config__=_LOOKING_ONLY_AT_FIELDS, **shape)


def _reader_for(hint: Any, *, field: str, event_class: type[Event], added: AddedWords | None) -> Callable[[Any], Any]:
    """Find the reader a field asks for by its type; `cusip`, market rates and balances by their names."""
    if field == "cusip":
        return values.read_cusip
    if field == "because":
        return values.read_reason
    if field in _RATES:
        return values.read_rate
    if (event_class, field) in _MAY_BE_NOTHING:
        return values.read_balance
    more = None if added is None else tuple(sorted(word for where, word in added if where == field))
    choices = [choice for choice in _choices(hint) if choice not in (types.NoneType, AddedWord)]
    words = [word for choice in choices if typing.get_origin(choice) is Literal for word in typing.get_args(choice)]
    others = [choice for choice in choices if typing.get_origin(choice) is not Literal]
    if not others:
        return values.word_reader(words, more if AddedWord in _choices(hint) else ())
    (other,) = others
    if isinstance(other, type) and issubclass(other, StrEnum):
        return values.member_reader(other)
    if typing.get_origin(other) is frozenset:
        member = _choices(typing.get_args(other)[0])
        words = [word for choice in member for word in typing.get_args(choice)]
        return values.words_reader(words, more if AddedWord in member else ())
    return values.or_words(_READER_OF[other], words) if words else _READER_OF[other]


def _choices(hint: Any) -> tuple[Any, ...]:
    """List the types a field may have: those of a union, or its only one."""
    return typing.get_args(hint) if typing.get_origin(hint) in (types.UnionType, typing.Union) else (hint,)


def _told_by_field(read: Callable[[Any], Any], *, required: bool, usual: Any) -> Callable[[Any], Any]:
    """Hand what a reader says to pydantic, which adds the field; null is how many programs leave a field out."""

    def reading(value: Any) -> Any:
        if value is None:
            if not required:
                return usual
            raise PydanticCustomError(_OURS, "{said}", {"said": _NULL_REQUIRED})
        try:
            return read(value)
        except ValueError as fault:
            raise PydanticCustomError(_OURS, "{said}", {"said": str(fault)}) from fault

    return reading
