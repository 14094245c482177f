"""Rows as they are given: each field an exact column, or marked where only reading it line by line can say what it is.

Nothing is guessed. Money is text or decimal, never a floating number; a day is a date or text. What columns cannot read
for certain is left to the reader of events, which either reads it or says what is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rules_engine.batch.days import EPOCH, Days, Mask, Whole, number_of
from rules_engine.errors import RulesEngineError
from rules_engine.intake.values import read_day

_AMOUNT = r"^[0-9]{1,15}(\.[0-9]{1,2})?$"
_PLAIN_TEXT = r"^[!-~]+( [!-~]+)*$"
_LONGEST_TEXT = 200
_TOO_MUCH = 10**15
"""Cents of an amount that is left to whole numbers without end: a hundred times as much still fits 64 bits."""

_FIRST, _LAST = number_of(date(1950, 1, 1)), number_of(date(2150, 12, 31))


class ColumnFault(RulesEngineError):
    """A column is not what rows of this kind have; the message names it and says what to give instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A column of texts by number: `words` once each, and for each row its number, -1 where nothing is given."""

    numbers: Whole
    words: Sequence[str]


class Rows:
    """Some rows, read field by field; `unread` marks those of which a field is left to the reader of events."""

    def __init__(self, batch: pa.RecordBatch, kinds: Mapping[str, str]) -> None:
        self.batch = batch
        self.count = batch.num_rows
        self.unread: Mask = np.zeros(self.count, dtype="bool")
        self._kinds = kinds

    def has(self, name: str) -> bool:
        """Tell whether the rows have a field at all."""
        return name in self.batch.schema.names

    def texts(self, name: str, *, plain: bool = True) -> Numbered:
        """Read a field of texts; a `plain` one that is no ordinary text is left unread."""
        if not self.has(name):
            return Numbered(numbers=np.full(self.count, -1, dtype="int64"), words=())
        column = self.batch.column(name)
        if not _is_text(column.type):
            raise ColumnFault(f"column `{name}` must hold text, not {column.type}")
        if not pa.types.is_dictionary(column.type):
            column = column.dictionary_encode()
        words = column.dictionary.cast(pa.string())
        numbers = _numbers(column.indices)
        if plain and len(words):
            self._unread_among(numbers, ~_plain(words))
        return Numbered(numbers=numbers, words=words.to_pylist())

    def words(self, name: str, known: Callable[[str], bool]) -> Numbered:
        """Read a field of words; a word that is not known is left unread."""
        found = self.texts(name, plain=False)
        if found.words:
            self._unread_among(found.numbers, np.array([not known(word) for word in found.words], dtype="bool"))
        return found

    def days(self, name: str) -> tuple[Days, Mask]:
        """Read a field of days; gives them, and in which rows there is one."""
        if not self.has(name):
            return np.zeros(self.count, dtype="int64"), np.zeros(self.count, dtype="bool")
        column = self.batch.column(name)
        if pa.types.is_date32(column.type):
            known = _known(column)
            days = _numbers(column.cast(pa.int32()), 0)
        elif _is_text(column.type):
            found = self.texts(name, plain=False)
            read = [_day(word) for word in found.words]
            days = np.array([*(0 if each is None else each for each in read), 0], dtype="int64")[found.numbers]
            known = found.numbers >= 0
            self._unread_among(found.numbers, np.array([each is None for each in read], dtype="bool"))
        else:
            raise ColumnFault(f"column `{name}` must hold dates, or text like `2016-12-01`, not {column.type}")
        self.unread |= known & ((days < _FIRST) | (days > _LAST))
        return days, known

    def money(self, name: str, *, nothing: bool = False) -> tuple[Whole, Mask]:
        """Read a field of amounts in cents; gives them, and in which rows there is one. `nothing` is an amount too."""
        if not self.has(name):
            return np.zeros(self.count, dtype="int64"), np.zeros(self.count, dtype="bool")
        column = self.batch.column(name)
        known = _known(column)
        if pa.types.is_decimal(column.type):
            cents = self._cents(column, known)
        elif _is_text(column.type):
            if pa.types.is_dictionary(column.type):
                column = column.dictionary_decode()
            fits = pc.fill_null(pc.match_substring_regex(column, _AMOUNT), False)
            self.unread |= known & ~fits.to_numpy(zero_copy_only=False)
            cents = _cents_of(pc.if_else(fits, column, pa.scalar(None, column.type)).cast(pa.decimal128(18, 2)))
        else:
            raise ColumnFault(f"column `{name}` must hold decimals, or text like `25000.00`, not {column.type}")
        self.unread |= known & ((cents < 0) | (cents >= _TOO_MUCH) | ((cents == 0) & (not nothing)))
        return cents, known

    def _cents(self, column: pa.Array, known: Mask) -> Whole:
        """Take cents out of decimals, leaving one that has parts of a cent, or too many digits, unread."""
        try:
            return _cents_of(column.cast(pa.decimal128(18, 2)))
        except pa.ArrowInvalid:
            pass
        values = column.to_pylist()
        cents = np.zeros(self.count, dtype="int64")
        for place in np.flatnonzero(known):
            scaled = Fraction(values[place]) * 100
            if scaled.denominator == 1 and abs(scaled) < _TOO_MUCH:
                cents[place] = scaled.numerator
            else:
                self.unread[place] = True
        return cents

    def yes_no(self, name: str) -> tuple[Mask, Mask]:
        """Read a field of yes or no, which text writes `true` or `false`; gives it, and in which rows it is known."""
        if not self.has(name):
            return np.zeros(self.count, dtype="bool"), np.zeros(self.count, dtype="bool")
        column = self.batch.column(name)
        if pa.types.is_boolean(column.type):
            return pc.fill_null(column, False).to_numpy(zero_copy_only=False), _known(column)
        found = self.words(name, ("true", "false").__contains__)
        is_yes = np.array([*(word == "true" for word in found.words), False], dtype="bool")
        return is_yes[found.numbers], found.numbers >= 0

    def lists(self, name: str, words: Sequence[str]) -> tuple[Whole, Mask]:
        """Read a field of lists of words, which text parts by `;`: a bit for each word, and where it is given."""
        nothing = np.zeros(self.count, dtype="int64")
        if not self.has(name):
            return nothing, np.zeros(self.count, dtype="bool")
        column = self.batch.column(name)
        bits = {word: 1 << place for place, word in enumerate(words)}
        if _is_text(column.type):
            found = self.texts(name, plain=False)
            masks = [_bits(_parted(word), bits) for word in found.words]
            self._unread_among(found.numbers, np.array([each is None for each in masks], dtype="bool"))
            return np.array([*(each or 0 for each in masks), 0], dtype="int64")[found.numbers], found.numbers >= 0
        if not (pa.types.is_list(column.type) or pa.types.is_large_list(column.type)):
            raise ColumnFault(f"column `{name}` must hold lists of text, or text parted by `;`, not {column.type}")
        return self._bits_of(column, bits), _known(column)

    def _bits_of(self, column: pa.Array, bits: Mapping[str, int]) -> Whole:
        """Set a bit for each word of each list; a list that repeats one, or holds another, is left unread."""
        flat = column.flatten()
        coded = flat if pa.types.is_dictionary(flat.type) else flat.dictionary_encode()
        by_word = np.array([*(bits.get(word, 0) for word in coded.dictionary.to_pylist()), 0], dtype="int64")
        each = by_word[_numbers(coded.indices)]
        lengths = pc.fill_null(pc.list_value_length(column), 0).to_numpy(zero_copy_only=False).astype("int64")
        of_row = np.repeat(np.arange(self.count), lengths)
        sums = np.zeros(self.count, dtype="int64")
        np.add.at(sums, of_row, each)
        found = np.zeros(self.count, dtype="int64")
        np.bitwise_or.at(found, of_row, each)
        strange = np.zeros(self.count, dtype="bool")
        strange[of_row[each == 0]] = True
        self.unread |= strange | (sums != found)
        return found

    def _unread_among(self, numbers: Whole, unread: Mask) -> None:
        self.unread |= np.append(unread, False)[numbers]

    def line(self, place: int, also: Mapping[str, Any]) -> str:
        """Write one row as the line of JSON that an event is read from; what is not given is left out."""
        fields = dict(also)
        for name, kind in self._kinds.items():
            if self.has(name):
                value = self.batch.column(name)[place].as_py()
                if value is not None:
                    fields[name] = _written(value, kind)
        return json.dumps(fields)


def _written(value: Any, kind: str) -> Any:
    """Write a value as JSON has it in an event."""
    if kind == "list" and isinstance(value, str):
        return _parted(value)
    if kind in ("yes or no", "yes, no or in doubt") and value in ("true", "false"):
        return value == "true"
    if isinstance(value, Decimal):
        return f"{value:.2f}" if (Fraction(value) * 100).denominator == 1 else f"{value:f}"
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return value


def _parted(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _bits(words: Iterable[str], bits: Mapping[str, int]) -> int | None:
    found = 0
    for word in words:
        bit = bits.get(word, 0)
        if not bit or found & bit:
            return None
        found |= bit
    return found


def _day(text: str) -> int | None:
    try:
        return read_day(text).toordinal() - EPOCH
    except ValueError:
        return None


def _plain(words: pa.Array) -> Mask:
    """Tell which texts are certainly ordinary ones: printable, without odd blanks, and not too long."""
    plain = pc.and_(pc.match_substring_regex(words, _PLAIN_TEXT), pc.less_equal(pc.utf8_length(words), _LONGEST_TEXT))
    found: Mask = pc.fill_null(plain, True).to_numpy(zero_copy_only=False)
    return found


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind))


def _known(column: pa.Array) -> Mask:
    found: Mask = column.is_valid().to_numpy(zero_copy_only=False)
    return found


def _numbers(column: pa.Array, empty: int = -1) -> Whole:
    filled = pc.fill_null(column, empty) if column.null_count else column
    found: Whole = filled.to_numpy(zero_copy_only=False).astype("int64")
    return found


def _cents_of(column: pa.Array) -> Whole:
    """Take the whole cents out of decimals of two places that fit 64 bits."""
    buffer = column.buffers()[1]
    halves = np.frombuffer(buffer, dtype="int64")[2 * column.offset : 2 * (column.offset + len(column))]
    cents = halves[::2].copy()
    if column.null_count:
        cents[~_known(column)] = 0
    return cents
