"""How reading a sheet came out, in one word, and why, in words that are the same for every sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rules_engine.supplements.readings import ReadSupplement


class Outcome(StrEnum):
    """What is to be done about a sheet that was read."""

    READY = "ready"
    TO_LOOK_AT = "to look at"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """How one file came out: in a word, for which notes, for what reasons, and of which programme it seems to be."""

    file: str
    outcome: Outcome
    cusips: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    programme: str = ""


_QUOTED = re.compile(r"\"[^\"]{0,2000}\"|`[0-9A-Z*@# ]{9,12}`")
_FIGURES = re.compile(r"\$?\d[\d,.:/-]{0,30}%?")
_LINES = re.compile(r" ?\(line \.\.\.\)")


def reasons_of(supplement: ReadSupplement) -> Iterator[str]:
    """Give each reason to look at a sheet once: its field, and the doubt without the figures of this sheet."""
    given: dict[str, None] = {}
    for readings in (supplement.readings, *(note.readings for note in supplement.notes)):
        for key, reading in readings.items():
            given |= dict.fromkeys(f"`{key}`: {general(doubt)}" for doubt in reading.doubts)
    given |= dict.fromkeys(general(doubt.message) for doubt in supplement.general_doubts)
    yield from given


def general(doubt: str) -> str:
    """Give a doubt without what is only one sheet's: what it quotes, and its figures.

    >>> general('"3.5%" (line 5), but also "3.75%" (line 8)')
    '..., but also ...'
    """
    return _LINES.sub("", _FIGURES.sub("...", _QUOTED.sub("...", doubt))).strip()
