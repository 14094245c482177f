"""Arrow's columns from and to whole numbers: money in cents, days counted from 1970, texts by number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from rules_engine.batch.days import Days, Mask, Whole

MONEY = pa.decimal128(24, 2)
DAY = pa.date32()
TEXT = pa.dictionary(pa.int32(), pa.string())
TEXTS = pa.list_(pa.string())
COUNT = pa.int32()

_BYTES_OF_MONEY = 16


def money(cents: Whole, known: Mask | None = None) -> pa.Array:
    """Give cents as exact decimals with two places; nothing where an amount is not known."""
    halves = np.empty((len(cents), 2), dtype="int64")
    halves[:, 0] = cents
    halves[:, 1] = cents >> 63  # the sign goes on through the upper half
    return pa.Array.from_buffers(MONEY, len(cents), [_validity(known), pa.py_buffer(halves)])


def days(numbers: Days, known: Mask | None = None) -> pa.Array:
    """Give days as dates; nothing where a day is not known."""
    shorter = np.ascontiguousarray(numbers, dtype="int32")
    return pa.Array.from_buffers(DAY, len(shorter), [_validity(known), pa.py_buffer(shorter)])


def counts(numbers: Whole, known: Mask | None = None) -> pa.Array:
    """Give whole numbers; nothing where one is not known."""
    shorter = np.ascontiguousarray(numbers, dtype="int32")
    return pa.Array.from_buffers(COUNT, len(shorter), [_validity(known), pa.py_buffer(shorter)])


def texts(numbers: Whole, words: Sequence[str] | pa.Array, known: Mask | None = None) -> pa.Array:
    """Give texts by their numbers among some words; nothing where a number is below nothing."""
    known = numbers >= 0 if known is None else known & (numbers >= 0)
    places = np.where(known, numbers, 0).astype("int32")
    indices = pa.Array.from_buffers(pa.int32(), len(places), [_validity(known), pa.py_buffer(places)])
    dictionary = words if isinstance(words, pa.Array) else pa.array(list(words) or [""], pa.string())
    return pa.DictionaryArray.from_arrays(indices, dictionary)


def lists(numbers: Whole, words: Sequence[Sequence[str]]) -> pa.Array:
    """Give lists of texts by their numbers among some lists."""
    return pa.array([list(each) for each in words] or [[]], TEXTS).take(pa.array(numbers.astype("int32")))


def _validity(known: Mask | None) -> pa.Buffer | None:
    if known is None or known.all():
        return None
    return pa.py_buffer(np.packbits(known, bitorder="little"))
