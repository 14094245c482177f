"""Labels: which field each spelling of a column's or a line's name stands for.

The words themselves are data, in `labels.yaml` and in an issuer's own folder. They are walked through sign by sign, so
that a name is found in one step for each of its signs, however many there are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Self

from rules_engine.errors import RuleBookError
from rules_engine.rulebook.nodes import read_nodes
from rules_engine.rulebook.places import Faults
from rules_engine.rulebook.sheet_labels import read_labels

CUSIP = "cusip"
UNKNOWN = "unknown"
"""What a heading stands for that is not known here: any figure may be its own."""

_SKIPPED = frozenset(" \n-'.,")
_WORD = re.compile(r"[\w'.,-]+|[^\w\s]")
_LONGEST_GAP = 3
"""So many signs that make no difference may stand one after another inside a name."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: the fields it may stand for, its words, and where it ends.

    `in_percent` says that its figures are per cents, printed without the sign.
    """

    fields: tuple[str, ...]
    words: str
    end: int
    in_percent: bool = False


@dataclass(slots=True)
class _Step:
    on: dict[str, _Step] = field(default_factory=dict)
    next_word: _Step | None = None
    fields: tuple[str, ...] = ()

    def to(self, sign: str) -> _Step | None:
        """Give the step a sign leads to; a word may be run together with the one before it."""
        return self.on.get(sign) or (self.next_word.on.get(sign) if self.next_word else None)


@dataclass(frozen=True, slots=True)
class LabelTable:
    """The names of fields, ready to be found in a text."""

    first: _Step
    words: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, labels: Mapping[str, Sequence[str]]) -> Self:
        """Make a table of the names of each field; a key with commas names several fields a name may stand for."""
        first = _Step()
        words: dict[str, tuple[str, ...]] = {}
        for key, names in labels.items():
            fields = tuple(each.strip() for each in key.split(","))
            for name in names:
                words[name] = fields
                step = first
                for number, word in enumerate(_WORD.findall(name.lower())):
                    if number:
                        step.next_word = step.next_word or _Step()
                        step = step.next_word
                    for sign in plain(word):
                        step = step.on.setdefault(sign, _Step())
                step.fields = step.fields or fields
        return cls(first, words)

    def with_more(self, labels: Mapping[str, Sequence[str]]) -> LabelTable:
        """Add an issuer's names; where one is known already the issuer's meaning holds."""
        merged: dict[str, list[str]] = {key: list(names) for key, names in labels.items()}
        for name, fields in self.words.items():
            merged.setdefault(", ".join(fields), []).append(name)
        return LabelTable.of(merged)

    def at(self, text: str, place: int, until: int | None = None) -> Heading | None:
        """Give the name that starts at a place, and ends before another, the longest there is; None where none does."""
        if place >= len(text) or not text[place].isalnum():
            return None
        step, gap, found = self.first, "", None
        for end in range(place, len(text) if until is None else until):
            sign = text[end].lower()
            if sign in _SKIPPED:
                # words may be run together, but none is parted
                is_new_word = sign.isspace() and not any(each.isspace() for each in gap)
                gap += sign
                if len(gap) > _LONGEST_GAP or (is_new_word and step.next_word is None):
                    break
                step = step.next_word if is_new_word and step.next_word else step
                continue
            after = step.to(sign)
            if after is None:
                break
            step, gap = after, ""
            if step.fields and _ends(text, end + 1):
                stop = end + 2 if text[end + 1 : end + 2] == "." else end + 1
                found = Heading(step.fields, " ".join(text[place : end + 1].split()), stop)
        return found


def plain(name: str) -> str:
    """Give a name without what makes no difference in it."""
    return "".join(sign for sign in name.lower() if sign not in _SKIPPED)


def _ends(text: str, end: int) -> bool:
    """Tell whether a name may end at a place: `NetProceeds` is two run together, `CUSIPs` is a word of a sentence."""
    last, after = text[end - 1], text[end : end + 1]
    if after.islower() or (after.isupper() and last.isupper()):
        return False
    if not after.isdigit() or last.isdigit():
        return not after.isdigit()
    # a footnote's figure run on, `Price1`, or the next heading, `1st Coupon`
    return text.startswith("1st", end) or not text[end + 1 : end + 2].strip("\t\n :|") or text[end + 1 : end + 2] == " "


@cache
def shipped_labels() -> LabelTable:
    """Give the names known for every issuer."""
    file = "labels.yaml"
    data = resources.files("rules_engine.supplements").joinpath(file).read_bytes()
    faults = Faults()
    root = read_nodes(data, file, faults)
    words = read_labels(root, faults) if root else {}
    if faults:
        raise RuleBookError(sorted(faults))
    return LabelTable.of(words)
