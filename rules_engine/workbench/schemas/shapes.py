"""The shapes that schemas of YAML files are made of.

A rule book reads every scalar as text; an editor reads `20` as a number and may read `yes` as true. So a scalar may be
any of these, and what is asked of its spelling is asked of text alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rules_engine.model.values import Kind
from rules_engine.rulebook.nodes import WARNINGS_OFF

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that editors know best."""

SCALAR: Schema = {"type": ["string", "number", "boolean"]}
TEXTS: Schema = {"anyOf": [SCALAR, {"type": "array", "items": SCALAR}]}
YES_NO: Schema = {"enum": ["yes", "no", True, False]}

_SPELLED: Mapping[Kind, str] = {
    Kind.MONEY: r"^\$",
    Kind.PERCENT: "%$",
    Kind.MONTHS: r" (months?|years?)$",
    Kind.DAYS: r" days?$",
    Kind.BUSINESS_DAYS: r" business days?$",
    Kind.DATE: r"^\d{4}-\d{2}-\d{2}$",
}
"""How text of a kind is spelt, as far as an editor can tell."""


def value_of(kind: Kind, words: Iterable[str] = ()) -> Schema:
    """Give the schema of one value."""
    if kind is Kind.YES_NO:
        return YES_NO
    if kind is Kind.WORD:
        return words_of(words)
    if kind is Kind.WORDS:
        return TEXTS
    if kind in _SPELLED:
        return {"type": "string", "pattern": _SPELLED[kind]}
    return SCALAR


def words_of(words: Iterable[str]) -> Schema:
    """Give the schema of one of some words, as an editor may read them."""
    given: list[Any] = [str(word) for word in words]
    if {"yes", "no"} & set(given):
        given += [True, False]
    return {"enum": given} if given else SCALAR


def mapping(properties: Mapping[str, Any], *, required: Iterable[str] = ()) -> Schema:
    """Give the schema of a mapping of known keys."""
    schema: Schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    if needed := list(required):
        schema["required"] = needed
    return schema


def keys(known: Iterable[str], **given: Schema) -> dict[str, Schema]:
    """Give each known key any scalar or what is given for it, with blanks for underscores."""
    said = {name.replace("_", " "): schema for name, schema in given.items()}
    return {key: said.get(key, {}) for key in known}


def document(title: str, schema: Schema) -> Schema:
    """Make a whole schema of a file's mapping, with the key that every file may have."""
    schema["properties"][WARNINGS_OFF] = {
        "type": "object",
        "description": "Warnings of `check` that are meant, each with a reason.",
        "additionalProperties": SCALAR,
    }
    return {"$schema": DRAFT, "title": title, **schema}
