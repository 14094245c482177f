"""What was read of a supplement: every field with how sure it is, the words it came from, and every doubt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.model.money import Money
from rules_engine.model.notes import CouponStep, Floating
from rules_engine.supplements.sentences import Terms


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

    `checked` says what it was held against. A reading with `doubts` is written into no file: its
    value is what was read, and a person decides.
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
    """One note: its readings by the keys of a supplement's row, in the order they are written."""

    line: int
    readings: dict[str, Reading] = field(default_factory=dict)

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
    `yaml` is the supplement's file for the rule book; where there are doubts the book refuses it.
    """

    file: str
    readings: dict[str, Reading] = field(default_factory=dict)
    notes: list[ReadNote] = field(default_factory=list)
    general_doubts: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    yaml: str = ""

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
