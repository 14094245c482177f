"""What an event may hold, as JSON Schema; for a programme with the words of its issuer, and what its rules look at."""

from __future__ import annotations

import dataclasses
import inspect
import types
import typing
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Literal

from rules_engine.host import Host
from rules_engine.matching.near_misses import NearMisses
from rules_engine.model.event_words import AddedWord
from rules_engine.model.events import EVENT_TYPES, Event, SurvivorsOptionRequested
from rules_engine.model.money import Money
from rules_engine.model.notes import Note
from rules_engine.model.values import Missing
from rules_engine.standing.standing import Standing

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_SCALARS: Mapping[Any, dict[str, Any]] = {
    str: {"type": "string", "minLength": 1, "maxLength": 200},
    date: {"type": "string", "format": "date", "examples": ["2017-08-01"]},
    Money: {"type": "string", "pattern": r"^[0-9]{1,15}(\.[0-9]{1,2})?$", "examples": ["25000.00"]},
    Decimal: {"type": "string", "pattern": r"^-?[0-9]{1,4}(\.[0-9]{1,6})?$", "examples": ["101.5"]},
    Fraction: {"type": "string", "pattern": "^(1|[0-9]{1,6}/[0-9]{1,6})$", "examples": ["1/3"]},
    int: {"type": "integer", "minimum": 1950, "maximum": 2150},
    bool: {"type": "boolean"},
}
_CUSIP = {"type": "string", "pattern": "^[0-9A-Z*@#]{8}[0-9]$", "examples": ["02006DLF6"]}

Words = Mapping[str, Iterable[str]]
"""Words that are added to the lists of some fields."""


def events_schema(added: Words | None = None) -> dict[str, Any]:
    """Describe every type of event; one of them holds."""
    return {
        "oneOf": [event_schema(event_class, added) for event_class in EVENT_TYPES],
        "discriminator": {"propertyName": "type"},
    }


def event_schema(event_class: type[Event], added: Words | None = None) -> dict[str, Any]:
    """Describe one type of event: what has to be given, and what each field may be."""
    hints = typing.get_type_hints(event_class)
    fields = dataclasses.fields(event_class)
    properties: dict[str, Any] = {"type": {"const": event_class.type}}
    for each in fields:
        properties[each.name] = _schema_of(hints[each.name], each.name, tuple((added or {}).get(each.name, ())))
    required = [each.name for each in fields if each.default is dataclasses.MISSING]
    return {
        "title": event_class.type,
        "description": (inspect.getdoc(event_class) or "").partition("\n")[0],
        "type": "object",
        "properties": properties,
        "required": ["type", *required],
        "additionalProperties": False,
    }


def _schema_of(hint: Any, field: str, added: tuple[str, ...]) -> dict[str, Any]:
    if field == "cusip":
        return dict(_CUSIP)
    choices = typing.get_args(hint) if typing.get_origin(hint) in (types.UnionType, typing.Union) else (hint,)
    found = [_of_choice(each, added) for each in choices if each not in (types.NoneType, AddedWord)]
    words = [word for each in found for word in each.get("enum", ())]
    others = [each for each in found if "enum" not in each]
    if words:
        listed = {"enum": list(dict.fromkeys((*words, *added)))}
        return {"anyOf": [*others, listed]} if others else listed
    return others[0] if len(others) == 1 else {"anyOf": others}


def _of_choice(hint: Any, added: tuple[str, ...]) -> dict[str, Any]:
    if typing.get_origin(hint) is Literal:
        return {"enum": list(typing.get_args(hint))}
    if typing.get_origin(hint) is frozenset:
        return {"type": "array", "items": _schema_of(typing.get_args(hint)[0], "", added), "uniqueItems": True}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"enum": [word.value for word in hint]}
    return dict(_SCALARS[hint])


def request_schema(host: Host, programme: str) -> dict[str, Any] | None:
    """Describe a request for a programme's notes by the rules in force; None where the book has no such programme.

    `x-looked-at-by` names the rules that look at a field, in whichever edition; a field without it is looked at by
    none. A rule pends where what it looks at is left out, so those fields are worth asking for.
    """
    notes = [note for note in host.book.notes.values() if note.programme == programme]
    if programme not in host.book.programmes:
        return None
    issuer = programme.partition("/")[0]
    schema = event_schema(SurvivorsOptionRequested, host.vocabulary.listed.get(issuer))
    properties = schema["properties"]
    with_option = [note for note in notes if note.survivors_option]
    properties["cusip"] = {"enum": sorted(note.cusip for note in with_option)} if with_option else properties["cusip"]
    editions: dict[str, Note] = {}
    for note in with_option:
        rule_set = host.book.rule_set(programme, "survivors option", note.issue_date)
        if rule_set is not None:
            editions.setdefault(rule_set.digest, note)
    looked_at: dict[str, dict[str, None]] = {}
    for note in editions.values():
        for field, rules in _looked_at(host, note).items():
            looked_at.setdefault(field, {}).update(dict.fromkeys(rules))
    for field, names in looked_at.items():
        if field in properties:
            properties[field]["x-looked-at-by"] = list(names)
    found = [host.book.rule_set(programme, "survivors option", note.issue_date) for note in editions.values()]
    return {
        "$schema": DIALECT,
        **schema,
        "x-rules": [{"edition": each.edition, "digest": each.digest, "status": each.status} for each in found if each],
    }


def _looked_at(host: Host, note: Note) -> dict[str, list[str]]:
    """Name the rules that look at each field: those that cannot be told while it is left out."""
    asked = SurvivorsOptionRequested(
        event_id="", received_on=note.issue_date, request_id="", cusip=note.cusip, principal=Money.parse("1000.00")
    )
    decision = host.decide(asked, Standing(note.programme))[0].decision
    near = decision.near_misses
    basis = near.basis if isinstance(near, NearMisses) else None
    found: dict[str, list[str]] = {}
    if basis is None:
        return found
    for rule in basis.plan.rule_set.rules:
        for condition in rule.conditions:
            value = basis.facts[condition.fact]
            for field in value.fields if isinstance(value, Missing) else ():
                if rule.name not in found.setdefault(field, []):
                    found[field].append(rule.name)
    return found
