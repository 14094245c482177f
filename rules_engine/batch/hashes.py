"""Texts as numbers of 64 bits, to find which of them come more than once without keeping any.

Two texts that share a number by chance are merely taken to be one: their rows are then answered line by line, which is
slower and never wrong.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

_FACTORS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
_SHIFT = np.uint64(29)
_WORD = 8
_MASKS = np.array([(1 << (8 * kept)) - 1 for kept in range(_WORD + 1)], dtype="uint64")


def hashes(texts: pa.Array) -> Hashes:
    """Give a number for each text; nothing for one that is not given."""
    if pa.types.is_dictionary(texts.type):
        by_word = np.append(hashes(texts.dictionary), np.uint64(0))
        found: Hashes = by_word[texts.indices.fill_null(len(texts.dictionary)).to_numpy(zero_copy_only=False)]
        return found
    if not len(texts) or pa.types.is_null(texts.type):
        return np.zeros(len(texts), dtype="uint64")
    texts = texts.cast(pa.large_string())
    _, offsets, data = texts.buffers()
    ends = np.frombuffer(offsets, dtype="int64")[texts.offset : texts.offset + len(texts) + 1]
    starts, lengths = ends[:-1], np.diff(ends)
    whole = np.frombuffer(data, dtype="uint8") if data is not None else np.zeros(0, dtype="uint8")
    padded = np.append(whole[: int(ends[-1])], np.zeros(_WORD, dtype="uint8"))
    words = np.ndarray((len(padded) - _WORD + 1,), dtype="<u8", buffer=padded.data, strides=(1,))
    mixed = lengths.astype("uint64") + np.uint64(1)
    for begin in range(0, int(lengths.max()), _WORD):
        left = lengths - begin
        part = words[np.minimum(starts + begin, len(words) - 1)] & _MASKS[np.clip(left, 0, _WORD)]
        mixed = np.where(left > 0, mix(mixed, part), mixed)
    return np.where(texts.is_valid().to_numpy(zero_copy_only=False), mixed | np.uint64(1), np.uint64(0))


def mix(one: Hashes, other: Hashes | np.uint64) -> Hashes:
    """Make one number of two; the order counts."""
    mixed = (one ^ other) * _FACTORS[0]
    mixed = (mixed ^ (mixed >> _SHIFT)) * _FACTORS[1]
    found: Hashes = mixed ^ (mixed >> _SHIFT)
    return found


def repeated(numbers: Hashes) -> Hashes:
    """List the numbers that come more than once, sorted; nothing counts as none."""
    ordered = np.sort(numbers[numbers != 0])
    return np.unique(ordered[1:][ordered[1:] == ordered[:-1]])


def among(numbers: Hashes, ordered: Hashes) -> NDArray[np.bool_]:
    """Tell which numbers stand in a sorted list."""
    if not len(ordered):
        return np.zeros(len(numbers), dtype="bool")
    places = np.minimum(np.searchsorted(ordered, numbers), len(ordered) - 1)
    found: NDArray[np.bool_] = ordered[places] == numbers
    return found
