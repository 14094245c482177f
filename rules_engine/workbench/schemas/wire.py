"""The schemas of events and decisions, from the classes that hold them."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from rules_engine.intake import AddedWords
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Outcome
from rules_engine.model.event_words import AddedWord
from rules_engine.model.events import EVENT_TYPES, Event
from rules_engine.model.money import Money
from rules_engine.workbench.schemas.shapes import DRAFT, Schema

_MONEY: Schema = {"type": "string", "pattern": r"^\d+(\.\d{1,2})?$"}
_DATE: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_NUMBER: Schema = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}

_TYPES: Mapping[Any, Schema] = {
    str: {"type": "string", "minLength": 1},
    date: _DATE,
    Money: _MONEY,
    Decimal: {"type": ["string", "number"]},
    Fraction: {"type": ["string", "number"]},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
}


def event_schema(added: AddedWords) -> Schema:
    """Make the schema of one event, with the words that issuers add."""
    return {
        "$schema": DRAFT,
        "title": "Event",
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"enum": [each.type for each in EVENT_TYPES]}},
        "allOf": [
            {"if": {"properties": {"type": {"const": each.type}}}, "then": _event(each, added)} for each in EVENT_TYPES
        ],
    }


def _event(event_class: type[Event], added: AddedWords) -> Schema:
    hints = typing.get_type_hints(event_class, include_extras=True)
    properties: dict[str, Schema] = {"type": {"const": event_class.type}}
    required = ["type"]
    for field in dataclasses.fields(event_class):
        given = _shape(hints[field.name], [word for name, word in sorted(added) if name == field.name])
        properties[field.name] = {"anyOf": [given, {"type": "null"}]}
        if field.default is dataclasses.MISSING:
            properties[field.name] = given
            required.append(field.name)
    said = " ".join((event_class.__doc__ or "").split())
    return {"description": said, "properties": properties, "required": required, "additionalProperties": False}


def _shape(hint: Any, added: list[str]) -> Schema:
    """Give the schema of what a field may hold."""
    if hint in _TYPES:
        return dict(_TYPES[hint])
    if hint is AddedWord:
        return {"enum": added}
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [_shape(each, added) for each in arguments if each is not type(None)]}
    if origin is frozenset:
        return {"type": "array", "items": _shape(arguments[0], added)}
    if isinstance(hint, type):
        return {"enum": [str(member) for member in hint]}  # type: ignore[attr-defined]  # an enum of words
    return {}


def decision_schema() -> Schema:
    """Make the schema of one decision as it is written; other fields may be added to it."""
    money: Schema = {"anyOf": [_MONEY, {"type": "null"}]}
    text: Schema = {"type": "string"}
    texts: Schema = {"type": "array", "items": text}
    finding = {
        "type": "object",
        "required": ["outcome", "because"],
        "properties": {
            "rule": {"type": ["string", "null"]},
            "code": {"enum": [*(code.value for code in Code), None]},
            "outcome": {"enum": [outcome.word for outcome in Outcome]},
            "because": text,
            "cite": text,
        },
    }
    amounts = ("requested", "accepted", "carried_over", "pended", "not_accepted", "taken_back")
    named = ("decision_id", "event_id", "type", "programme", "cusip", "series", "request_id", "notice_id", "receipt")
    payment = {
        "type": ["object", "null"],
        "properties": {"due_on": _DATE, "pay_on": _DATE, "price": _NUMBER, "parts": {"type": "array"}},
    }
    digests = {"type": "object", "properties": {"digest": text, "edition": text, "code": text}}
    return {
        "$schema": DRAFT,
        "title": "Decision",
        "type": "object",
        "required": ["decision_id", "event_id", "type", "programme", "outcome", "findings", "payment", "receipt"],
        "properties": {
            **dict.fromkeys(named, text),
            **dict.fromkeys(amounts, money),
            "outcome": {"enum": [outcome.word for outcome in Outcome]},
            "counts_from": {"anyOf": [_DATE, {"type": "null"}]},
            "anew": {"type": "boolean"},
            "provisional": {"type": "boolean"},
            "drafts": texts,
            "findings": {"type": "array", "items": finding},
            "questions": {"type": "array", "items": {"type": "object", "required": ["code"]}},
            "near_misses": {"type": "array", "items": {"type": "object", "required": ["rule", "observed", "required"]}},
            "payment": payment,
            **dict.fromkeys(("rules", "payment_days", "note", "calendar"), digests),
            "standing_at": {"type": "integer"},
            "facts": {"type": "object"},
            "made_by": {"type": "object", "required": ["engine", "plugins"]},
        },
    }
