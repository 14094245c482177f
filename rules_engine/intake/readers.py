"""What reads each field of each event, found by the types of the classes in `model/events.py`."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Literal

from rules_engine.intake import values
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

CLASS_OF: Mapping[str, type[Event]] = {event_class.type: event_class for event_class in EVENT_TYPES}

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

AddedWords = frozenset[tuple[str, str]]
"""Words that issuers add to the usual lists: each with the event field it stands in."""

NONE_ADDED: AddedWords = frozenset()


@functools.cache
def readers_of(word: str, added: AddedWords | None) -> tuple[Mapping[str, Callable[[Any], Any]], frozenset[str]]:
    """Give what reads each field of the events of a type, and name the fields that have to be given; made once.

    `added` are the words that its lists may hold beside the usual ones; None for any word at all.
    """
    event_class = CLASS_OF[word]
    hints = typing.get_type_hints(event_class)
    fields = dataclasses.fields(event_class)
    readers = {
        each.name: _reader_for(hints[each.name], field=each.name, event_class=event_class, added=added)
        for each in fields
    }
    return readers, frozenset(each.name for each in fields if each.default is dataclasses.MISSING)


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
