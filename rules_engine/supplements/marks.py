"""Boxes and the marks in them: of the ways a form offers, the one that is ticked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rules_engine.supplements.cleaning import EMPTY, TICKED
from rules_engine.supplements.figures import Figure
from rules_engine.supplements.patterns import spaced

_BOX = re.compile(
    spaced(
        rf"(?P<ticked>{TICKED}|\[~[xv\u221a*]~\]|\(~x~\)|_{{1,6}}[xv]_{{1,6}}|(?<![\w'])x(?![\w'.]))"
        rf"|(?P<empty>{EMPTY}|\[[ _]{{0,6}}\]|\([ _]{{1,6}}\)|(?<!\w)_{{1,12}}(?!\w)|(?<![\w'])o(?![\w'.]))"
    ),
    re.IGNORECASE,
)
"""The letters x and o are boxes of a symbol font that was lost, where they stand by themselves."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way a form offers: where its words start and end, and whether its box is ticked."""

    start: int
    end: int
    is_ticked: bool


def has_boxes(text: str) -> bool:
    """Tell whether boxes stand in a text; single letters are boxes only where both of them stand."""
    boxes = list(_BOX.finditer(text))
    letters = {box[0].lower() for box in boxes if box[0].isalpha()}
    return len(boxes) > len([box for box in boxes if box[0].isalpha()]) or letters == {"x", "o"}


def has_ticked(text: str) -> bool:
    """Tell whether a box in a text is ticked."""
    return any(box["ticked"] for box in _BOX.finditer(text))


def options_in(text: str) -> list[Option] | None:
    """Part a text at its boxes; None where it cannot be told whether they stand before their words or behind.

    A text that starts with a box has them all before their words, one that ends with a box has them behind.
    """
    boxes = list(_BOX.finditer(text))
    starts = bool(boxes) and not text[: boxes[0].start()].strip(" \t\n:;,.")
    ends = bool(boxes) and not text[boxes[-1].end() :].strip(" \t\n:;,.")
    if not boxes or starts == ends:
        return None
    options = []
    for place, box in enumerate(boxes):
        before = boxes[place - 1].end() if place else 0
        after = boxes[place + 1].start() if place + 1 < len(boxes) else len(text)
        start, end = (box.end(), after) if starts else (before, box.start())
        options.append(Option(start, end, box["ticked"] is not None))
    return options


@dataclass(frozen=True, slots=True)
class Choice:
    """The figure that is chosen of several; where none is, `doubt` says why."""

    figure: Figure | None
    doubt: str = ""


def choose(text: str, start: int, end: int, figures: Sequence[Figure]) -> Choice:
    """Choose among the figures of one kind between two places of a text, by the marks in its boxes where it has any.

    Two figures that differ, without a mark that tells which holds, are a doubt, and so is a box that is nobody's.
    """
    if not figures:
        return Choice(None)
    given = text[start:end]
    if not has_boxes(given):
        alike = all(figure.value == figures[0].value for figure in figures)
        return Choice(figures[0]) if alike else Choice(None, "several are named, and no mark says which holds")
    options = options_in(given)
    if options is None:
        return Choice(None, "it is not clear which box is whose")
    ticked = [option for option in options if option.is_ticked]
    if len(ticked) != 1:
        return Choice(None, f"{len(ticked)} boxes are ticked" if ticked else "no box is ticked")
    inside = [[f for f in figures if option.start <= f.start - start < option.end] for option in options]
    of_ticked = next(each for option, each in zip(options, inside, strict=True) if option.is_ticked)
    if not of_ticked or sum(map(len, inside)) < len(figures):
        return Choice(None, "the box that is ticked does not say")
    # what follows an option's first word is said about it: `[X] No. If yes, ...`
    return Choice(of_ticked[0])


def ticked_words(text: str) -> str | None:
    """Give the words whose box is ticked; None where not exactly one is, or it cannot be told."""
    ticked = [option for option in options_in(text) or () if option.is_ticked]
    return text[ticked[0].start : ticked[0].end].strip() if len(ticked) == 1 else None
