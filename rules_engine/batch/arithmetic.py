"""Money in columns: whole cents, multiplied by exact fractions and rounded half-up once; never a float."""

from __future__ import annotations

import numpy as np

from rules_engine.batch.days import Whole
from rules_engine.model.money import half_up

_MOST = 2**61
"""A product below it can be doubled, and its denominator added, in 64 bits."""


def portions(cents: Whole, numerators: Whole, denominators: Whole) -> Whole:
    """Give each amount of cents times its fraction, rounded half-up to whole cents.

    Amounts are nothing or more, and so are fractions. Where a product is too long for 64 bits it is worked out one by
    one, in whole numbers without end.
    """
    if not len(cents):
        return cents
    if int(cents.max()) * int(numerators.max()) < _MOST:
        return _rounded(cents, numerators, denominators)
    long = cents > _MOST // np.maximum(numerators, 1)
    found = np.zeros(len(cents), dtype="int64")
    short = ~long
    found[short] = _rounded(cents[short], numerators[short], denominators[short])
    for place in np.flatnonzero(long):
        found[place] = half_up(int(cents[place]) * int(numerators[place]), int(denominators[place]))
    return found


def _rounded(cents: Whole, numerators: Whole, denominators: Whole) -> Whole:
    return (2 * cents * numerators + denominators) // (2 * denominators)
