"""One JSON object to one event: what may stand in it follows from the classes in `model/events.py`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rules_engine.errors import FieldFault
from rules_engine.intake.faults import Faults
from rules_engine.intake.lines import read_object
from rules_engine.intake.pairing import fields_apart
from rules_engine.intake.readers import CLASS_OF, NONE_ADDED, AddedWords, readers_of
from rules_engine.intake.saying import or_list, printable, quoted, unknown
from rules_engine.model.events import Event


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
    event_class = CLASS_OF.get(word) if isinstance(word, str) else None
    if event_class is None:
        faults.note([word], _no_type)
        raise faults.error()
    fields = None if repeated else _read_at_once(event_class, given, added)
    if fields is None:
        # only here: pydantic takes longer to load than all the events of a day take to be read
        from rules_engine.intake.shapes import read_fields

        fields = read_fields(event_class, given, added, faults)
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
        message = f"`type` is missing: it can be {or_list(CLASS_OF)}"
    elif not isinstance(word, str):
        message = "must be a text in quotes"
    else:
        message = unknown("event type", word, CLASS_OF)
    return FieldFault(field="type", message=message)


def _read_at_once(
    event_class: type[Event], given: Mapping[str, Any], added: AddedWords | None
) -> Mapping[str, Any] | None:
    """Read the fields of an event of which nothing is wrong; None where something is, and pydantic has to say what."""
    readers, required = readers_of(event_class.type, added)
    fields: dict[str, Any] = {}
    try:
        for name, value in given.items():
            if value is not None:
                fields[name] = readers[name](value)
    except (KeyError, ValueError):
        return None
    return fields if required <= fields.keys() and given.keys() <= readers.keys() else None


def _given_twice(name: str) -> FieldFault:
    return FieldFault(field=printable(name), message=f"{quoted(name)} is given twice")
