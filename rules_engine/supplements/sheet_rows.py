"""One note as a sheet prints it: its CUSIP, and for each field the figures and words that may be it."""

from __future__ import annotations

from dataclasses import dataclass, field

from rules_engine.supplements.figures import Figure

_MOST_ALIKE = 3
"""A value that is given so often already is not kept once more."""


@dataclass(slots=True)
class Row:
    """One note's row: its CUSIP, and for each field the figures that may be it.

    `uncertain` names fields whose figures might be others', and `doubts` say of a field what else keeps it from being
    read. `unread` tells what stands after a field's name and is no figure. `texts` are what stands after the names of
    terms, from one place to another. `start` and `end` bound the row and what is said of the note below it, up to the
    next note's; `until` is where its own figures end. Notes that stand side by side are `abreast`: what is said below
    them is said of all of them. `shares` are the fields that are named once, below several rows.
    """

    cusip: Figure
    start: int
    until: int
    end: int
    figures: dict[str, tuple[Figure, ...]] = field(default_factory=dict)
    uncertain: set[str] = field(default_factory=set)
    doubts: dict[str, list[str]] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    texts: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    abreast: bool = False
    shares: set[str] = field(default_factory=set)

    @property
    def first(self) -> int:
        """Where its first figure starts, which the CUSIP need not be."""
        return min((each.start for figures in self.figures.values() for each in figures), default=self.start)

    def add(self, name: str, figure: Figure) -> None:
        """Add a figure that a field may be."""
        given = self.figures.get(name, ())
        if all(figure.start != other.start for other in given) and (
            len(given) < _MOST_ALIKE or all(figure.value != other.value for other in given)
        ):
            self.figures[name] = (*given, figure)

    def doubt(self, name: str, why: str) -> None:
        """Note what keeps a field from being read."""
        if why not in self.doubts.setdefault(name, []):
            self.doubts[name].append(why)
