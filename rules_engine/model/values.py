"""The values a fact, a literal or a term can have, and their kinds."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from rules_engine.model.money import Money


class Kind(enum.Enum):
    """What kind of value a fact or term holds; the value says how operations name it."""

    YES_NO = "yes or no"
    WORD = "word"
    WORDS = "list of words"
    MONEY = "money"
    MONTHS = "months"
    DAYS = "days"
    BUSINESS_DAYS = "business days"
    DATE = "date"
    PERCENT = "per cent"
    NUMBER = "number"
    SHARE = "share"
    DAY_OF_THE_YEAR = "day of the year"
    RECORD_DATE = "record date"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Span:
    """A period between two days, counted in whole months completed and whole months begun.

    "Less than" and "at least" read `completed`; "more than" and "at most" read `begun`, so that
    one day past the year is past the year. `start` and `end` are the days counted between.
    """

    completed: int
    begun: int
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Missing:
    """Stands where a value would, when event fields it is worked out from were left out."""

    fields: tuple[str, ...]


Value = bool | str | int | Money | Span | date | Decimal | Fraction | frozenset[str]
"""A known value. Which of these a fact holds follows from its `Kind`:

YES_NO bool · WORD, TEXT, DAY_OF_THE_YEAR (`31 December`) and RECORD_DATE (`15 days before`) str ·
WORDS frozenset[str] · MONEY Money · MONTHS Span (a fact) or int (a literal or term) · DAYS,
BUSINESS_DAYS and NUMBER int · DATE date · PERCENT Decimal (100 is par) · SHARE Fraction.
"""
