"""Desk lists as they leave the desk: JSON for programs, CSV for spreadsheets; the same fields in both."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from rules_engine.model.decisions import Question
from rules_engine.model.exact import plain_text
from rules_engine.model.money import Money
from rules_engine.model.wire import question_to_json

Rows = Iterable[Mapping[str, Any]]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take a text for that begins so: something to work out."""


def to_json(item: Any) -> Any:
    """Write a desk's result as it crosses a border: text for money, days and figures, words for enums."""
    match item:
        case Money():
            return item.wire
        case Question():
            return question_to_json(item)
        case date():
            return item.isoformat()
        case Decimal():
            return plain_text(item)
        case Enum():
            return item.value
        case tuple() | list():
            return [to_json(each) for each in item]
        case _ if is_dataclass(item):
            return {each.name: to_json(getattr(item, each.name)) for each in fields(item)}
    return item


def csv_text(rows: Rows, names: Iterable[str]) -> str:
    """Write rows for a spreadsheet, with a heading; `names` are the columns where there is no row.

    A list is one cell, its members after each other with `; ` between them. A text that a spreadsheet would work out is
    given an apostrophe.
    """
    flat = [dict(_flat(row)) for row in rows]
    columns = list(dict.fromkeys(name for row in flat for name in row)) or list(names)
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(flat)
    return written.getvalue()


def columns_of(kind: type) -> tuple[str, ...]:
    """Name the columns of a list of some kind of result."""
    return tuple(each.name for each in fields(kind))


def _flat(row: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for name, value in row.items():
        yield name, _cell(value)


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case list():
            return _guarded("; ".join(map(_inner, value)))
        case Mapping():
            return _guarded(_inner(value))
    return _guarded(str(value))


def _inner(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(f"{name}={_inner(each)}" for name, each in value.items() if each not in (None, "", []))
    if isinstance(value, list):
        return "|".join(map(_inner, value))
    return "yes" if value is True else "no" if value is False else str(value)


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
