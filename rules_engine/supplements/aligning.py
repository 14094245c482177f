"""Which figure of a row stands under which heading, where cells are missing and columns were lost.

Headings and figures keep their order, and a figure stands only under a heading of its kind. Of all
ways to lay the one against the other those that place the most figures are looked at together: a
figure they all place alike is read, and what they place differently is nobody's to say but a person's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rules_engine.supplements.figures import Figure
from rules_engine.supplements.labels import UNKNOWN, Heading

_KINDS = {
    "cusip": {"cusip"},
    "principal": {"amount", "bare"},
    "issue price": {"price"},
    "gross concession": {"rate"},
    "net proceeds": {"amount", "bare"},
    "type": {"type"},
    "coupon": {"rate"},
    "frequency": {"frequency"},
    "day count": {"day count"},
    "maturity": {"date"},
    "first coupon date": {"date"},
    "first coupon amount": {"small amount"},
    "survivors option": {"yes or no"},
    "call date": {"date"},
    "callable": {"yes or no"},
}
"""What kinds of figure a field takes; ranks and ratings are words, and take none."""

FIELDS = frozenset(_KINDS) - {"principal", "net proceeds"}
"""What is wanted of a row."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """What a row's headings take: for each field the figures it may be, of which there should be one.

    `uncertain` names the fields for which a figure might just as well be another's.
    """

    figures: dict[str, tuple[Figure, ...]]
    uncertain: frozenset[str]


def align(headings: Sequence[Heading], figures: Sequence[Figure]) -> Aligned:
    """Lay figures under headings, in order, so that as many as can be are placed."""
    before = _counts(headings, figures)
    after = _counts(headings[::-1], figures[::-1])
    most = before[-1][-1]
    places: dict[str, set[int]] = {}
    for row, heading in enumerate(headings):
        for column, figure in enumerate(figures):
            field = takes(heading.fields, figure)
            rest = after[len(headings) - row - 1][len(figures) - column - 1]
            if field and before[row][column] + 1 + rest == most:
                places.setdefault(field, set()).add(column)
    taken = [column for columns in places.values() for column in columns]
    return Aligned(
        {field: tuple(figures[column] for column in sorted(columns)) for field, columns in places.items()},
        frozenset(
            field
            for field, columns in places.items()
            if len(columns) > 1 or any(taken.count(column) > 1 for column in columns)
        ),
    )


def takes(fields: Sequence[str], figure: Figure) -> str:
    """Name the field, of those a heading may stand for, that a figure under it is; empty where it can be none."""
    if UNKNOWN in fields:
        return UNKNOWN
    return next((field for field in fields if _KINDS.get(field, set()) & figure.kinds), "")


def _counts(headings: Sequence[Heading], figures: Sequence[Figure]) -> list[list[int]]:
    """Count, for the first so many headings and figures, the most that can be placed."""
    counts = [[0] * (len(figures) + 1) for _ in range(len(headings) + 1)]
    for row, heading in enumerate(headings, start=1):
        for column, figure in enumerate(figures, start=1):
            placed = counts[row - 1][column - 1] + bool(takes(heading.fields, figure))
            counts[row][column] = max(counts[row - 1][column], counts[row][column - 1], placed)
    return counts
