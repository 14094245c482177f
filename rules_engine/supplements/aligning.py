"""Which figure of a row stands under which heading, where cells are missing and columns were lost.

Headings and figures keep their order, and a figure stands only under a heading of its kind. Of all
ways to lay the one against the other those that place the most figures are looked at together: a
figure they all place alike is read. Where they differ, the columns tell, if the sheet has any; otherwise it is nobody's
to say but a person's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from rules_engine.supplements.figures import Figure
from rules_engine.supplements.labels import UNKNOWN, Heading
from rules_engine.supplements.values import read_number

KINDS: Mapping[str, frozenset[str]] = {
    field: frozenset(kinds)
    for field, kinds in {
        "cusip": {"cusip"},
        "principal": {"amount", "bare"},
        "issue price": {"price"},
        "gross concession": {"rate"},
        "reallowance": {"rate"},
        "net proceeds": {"amount", "bare"},
        "type": {"type"},
        "coupon": {"rate"},
        "initial rate": {"rate"},
        "yield": {"rate"},
        "frequency": {"frequency"},
        "interest dates": {"frequency"},
        "day count": {"day count"},
        "maturity": {"date"},
        "first coupon date": {"date"},
        "first coupon amount": {"small amount"},
        "issue date": {"date"},
        "trade date": {"date"},
        "interest accrues from": {"date"},
        "survivors option": {"yes or no"},
        "discount": {"yes or no"},
        "call date": {"date"},
        "redemption date": {"date"},
        "redemption price": {"price"},
        "callable": {"yes or no"},
        "spread": {"rate"},
        "cap": {"rate"},
        "floor": {"rate"},
    }.items()
}
"""What kinds of figure a field takes; ranks and ratings are words, and take none."""

FIELDS = frozenset(KINDS) - {"principal", "net proceeds", "reallowance", "yield"}
"""What is wanted of a row."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """What a row's headings take: for each field the figures it may be, of which there should be one.

    `uncertain` names the fields for which a figure might just as well be another's.
    """

    figures: dict[str, tuple[Figure, ...]]
    uncertain: frozenset[str]


def align(
    headings: Sequence[Heading], figures: Sequence[Figure], under: Mapping[int, frozenset[int]] | None = None
) -> Aligned:
    """Lay figures under headings, in order, so that as many as can be are placed.

    `under` says, for figures whose column is known, under which of the headings each stands.
    """
    pairs, spare = _possible(headings, figures)
    if not _is_one_to_one(pairs):
        columns = {} if are_shifted(headings, figures, under or {}) else under or {}
        pairs = _by_columns(pairs, columns) or pairs
    places: dict[str, set[int]] = {}
    for row, column in pairs:
        places.setdefault(takes(headings[row], figures[column]), set()).add(column)
    taken = Counter(column for columns in places.values() for column in columns)
    shared = {column for column, times in taken.items() if times > 1}
    return Aligned(
        {
            field: tuple(_as_rate(field, figures[column]) for column in sorted(columns))
            for field, columns in places.items()
        },
        frozenset(field for field, columns in places.items() if len(columns) > 1 or columns & shared)
        | {takes(headings[row], figures[column]) for row, column in _crossing(pairs) if row in spare},
    )


def takes(heading: Heading, figure: Figure) -> str:
    """Name the field, of those a heading may stand for, that a figure under it is; empty where it can be none."""
    if UNKNOWN in heading.fields:
        return UNKNOWN
    kinds = figure.kinds | ({"rate"} if heading.in_percent and "bare" in figure.kinds else set())
    return next((field for field in heading.fields if KINDS.get(field, frozenset()) & kinds), "")


def _as_rate(field: str, figure: Figure) -> Figure:
    """Read a number without its sign as the per cent that its heading says it is."""
    if "bare" not in figure.kinds or "rate" not in KINDS.get(field, frozenset()):
        return figure
    return replace(figure, value=read_number(figure.words.replace(",", "")))


def _possible(headings: Sequence[Heading], figures: Sequence[Figure]) -> tuple[list[tuple[int, int]], set[int]]:
    """List which heading may have which figure in some way to lay them that places as many as can be.

    The second are the headings that some such way leaves without a figure.
    """
    before = _counts(headings, figures)
    after = _counts(headings[::-1], figures[::-1])
    most = before[-1][-1]
    pairs = [
        (row, column)
        for row, heading in enumerate(headings)
        for column, figure in enumerate(figures)
        if takes(heading, figure)
        and before[row][column] + 1 + after[len(headings) - row - 1][len(figures) - column - 1] == most
    ]
    spare = {
        row
        for row in range(len(headings))
        if any(
            before[row][column] + after[len(headings) - row - 1][len(figures) - column] == most
            for column in range(len(figures) + 1)
        )
    }
    return pairs, spare


def _crossing(pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """List the pairs that cannot hold together, as their headings follow one another the other way than the figures."""
    found: set[tuple[int, int]] = set()
    for ordered, sign in ((sorted(pairs), 1), (sorted(pairs, reverse=True), -1)):
        farthest, of_row = -inf, -inf
        last = None
        for row, column in ordered:
            if row != last:
                farthest, of_row, last = max(farthest, of_row), -inf, row
            if farthest > sign * column:
                found.add((row, column))
            of_row = max(of_row, sign * column)
    return found


def are_shifted(headings: Sequence[Heading], figures: Sequence[Figure], under: Mapping[int, frozenset[int]]) -> bool:
    """Tell whether a figure stands in the column of a heading that takes other kinds: a cell was lost, or is twice."""
    return any(
        rows and not any(takes(headings[row], figures[column]) or not _takes_figures(headings[row]) for row in rows)
        for column, rows in under.items()
    )


def _takes_figures(heading: Heading) -> bool:
    return UNKNOWN in heading.fields or any(name in KINDS for name in heading.fields)


def _by_columns(pairs: Sequence[tuple[int, int]], under: Mapping[int, frozenset[int]]) -> list[tuple[int, int]]:
    """Keep of the pairs those that stand in one column; none, where of some figure the column is not known."""
    if any(column not in under for _, column in pairs):
        return []
    kept = [(row, column) for row, column in pairs if row in under[column]]
    return kept if _is_one_to_one(kept) else []


def _is_one_to_one(pairs: Sequence[tuple[int, int]]) -> bool:
    return len({row for row, _ in pairs}) == len(pairs) == len({column for _, column in pairs})


def _counts(headings: Sequence[Heading], figures: Sequence[Figure]) -> list[list[int]]:
    """Count, for the first so many headings and figures, the most that can be placed."""
    counts = [[0] * (len(figures) + 1) for _ in range(len(headings) + 1)]
    for row, heading in enumerate(headings, start=1):
        for column, figure in enumerate(figures, start=1):
            placed = counts[row - 1][column - 1] + bool(takes(heading, figure))
            counts[row][column] = max(counts[row - 1][column], counts[row][column - 1], placed)
    return counts
