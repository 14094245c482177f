"""What was read of a supplement: every field with how sure it is, the words it came from, and every doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.model.money import Money
from rules_engine.model.notes import CouponStep, Floating
from rules_engine.supplements.coupon_steps import CouponPeriods
from rules_engine.supplements.floating import FloatingTerms
from rules_engine.supplements.patterns import shortened
from rules_engine.supplements.sentences import Terms
from rules_engine.supplements.values import dates_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Denominations:
    """The least that can be bought, and the steps above it."""

    minimum: Money
    increment: Money


Content = date | Decimal | Money | str | bool | Denominations | Terms | Floating | tuple[CouponStep, ...]

READ, INFERRED, NOT_FOUND = "read", "inferred", "not found"


@dataclass(slots=True, kw_only=True)
class Reading:
    """One field: its value, whether it was `read`, `inferred` or `not found`, and the words it came from.

    `line` says where those stand. `checked` says what it was held against. A reading with `doubts` is
    written into no file: its value is what was read, and a person decides.
    """

    value: Content | None
    how: str
    words: str = ""
    line: int = 0
    checked: str = ""
    doubts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """Something a person should see, and the line of the file it is about."""

    line: int
    message: str


@dataclass(slots=True)
class ReadNote:
    """One note: its readings by the keys of a supplement's row, in the order they are written.

    `periods` and `floats` are what was said of rates that follow one another and of an index, as it was said.
    """

    line: int
    readings: dict[str, Reading] = field(default_factory=dict)
    periods: CouponPeriods = field(default_factory=CouponPeriods)
    floats: FloatingTerms = field(default_factory=FloatingTerms)

    @property
    def cusip(self) -> str:
        """The CUSIP as printed."""
        return str(self.readings["cusip"].value)

    def value(self, key: str) -> Any:
        """Give what was read under a key without a doubt; None where nothing was."""
        reading = self.readings.get(key)
        return reading.value if reading and not reading.doubts else None


@dataclass(slots=True)
class ReadSupplement:
    """A supplement as read from its text: `readings` for all its notes, the notes, and what to look at.

    `doubts` need a person before the supplement can be used; `warnings` only want to be known.
    `yaml` is the supplement's file for the rule book; where there are doubts the book refuses it. `pages` are the
    first lines of each page, where the file has pages.
    """

    file: str
    readings: dict[str, Reading] = field(default_factory=dict)
    notes: list[ReadNote] = field(default_factory=list)
    general_doubts: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    yaml: str = ""
    pages: tuple[int, ...] = ()

    @property
    def doubts(self) -> tuple[Remark, ...]:
        """Everything a person has to look at, in the order of lines."""
        remarks = set(self.general_doubts)
        for key, reading in self.readings.items():
            remarks.update(Remark(reading.line or 1, f"`{key}`: {doubt}") for doubt in reading.doubts)
        for note in self.notes:
            for key, reading in note.readings.items():
                named = f"{note.cusip}: `{key}`"
                remarks.update(Remark(reading.line or note.line, f"{named}: {doubt}") for doubt in reading.doubts)
        return tuple(sorted(remarks))

    def of_note(self, note: ReadNote, key: str) -> Reading:
        """Give a note's own reading of what a supplement may say for all, or else the supplement's."""
        return note.readings.get(key) or self.readings[key]


def settle(candidates: Iterable[tuple[Content | None, str, int]]) -> Reading:
    """Make one reading of all the places that give a value: read where they agree, doubtful where they do not."""
    given = list(candidates)
    if not given:
        return Reading(value=None, how=NOT_FOUND)
    value, words, line = given[0]
    reading = Reading(value=value, how=READ, words=words, line=line)
    if value is None:
        reading.doubts.append(f'"{shortened(words)}" cannot be read')
    others = {other_words: other_line for other, other_words, other_line in given if other != value}
    if others and value is not None:
        named = ", ".join(f'"{shortened(other)}" (line {there})' for other, there in others.items())
        reading.doubts.append(f'"{shortened(words)}" (line {line}), but also {named}: which of them holds is not said')
    return reading


def wrong_weekday(words: str) -> Iterator[str]:
    """Say of each date in some words that it is named with a weekday it does not have."""
    for printed in dates_in(words):
        if printed.weekday_is_wrong and printed.day:
            yield f'"{printed.words}": {printed.day} is a {printed.day:%A}'
