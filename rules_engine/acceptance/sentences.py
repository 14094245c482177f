"""Every sentence a feature may use, with what it does, and the one or the nearest that a line of a scenario says."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import MappingProxyType

from rules_engine.acceptance.phrases import STEPS, TYPES, Step

CHAPTERS: Mapping[str, str] = MappingProxyType(
    {
        "request_steps": "Requests: who died, who asks, for what, with which papers",
        "issuer_steps": "The issuer, its years and limits, calls, and payments that fall due",
        "notice_steps": "What follows the notice of a call",
        "payment_steps": "Payments made and returned, positions, and what else is reported",
        "person_steps": "What a person and the issuer decide, and mistakes that are taken back",
        "answer_steps": "What the answer has to be",
    }
)
"""The modules that define steps, in the order of a scenario, and what each is about."""

_PLACE = re.compile(r"\{\w+(?::\w+)?\}")
_KINDS_TOLD_BY_SIGHT = ("Money", "Day", "Note", "Holder", "Share", "Price")
_VALUE = re.compile("|".join(f"(?<!\\w){TYPES[kind].pattern}" for kind in _KINDS_TOLD_BY_SIGHT))
_NEAR = 0.55


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence: the words it may follow, its text with places in braces, and what it does.

    `keywords` are of `Given`, `When` and `Then`. A place is written `{name:Kind}`, of a kind in `phrases.TYPES`.
    """

    chapter: str
    keywords: tuple[str, ...]
    text: str
    meaning: str


@cache
def all_steps() -> tuple[Step, ...]:
    """List every step, chapter by chapter, in the order of the modules."""
    for chapter in CHAPTERS:
        import_module(f"rules_engine.acceptance.{chapter}")
    order = list(CHAPTERS)
    return tuple(
        sorted((step for step in STEPS if step.chapter in CHAPTERS), key=lambda step: order.index(step.chapter))
    )


@cache
def sentences() -> tuple[Sentence, ...]:
    """List every sentence, chapter by chapter, with all the words it may follow."""
    keywords: dict[tuple[str, str, str], list[str]] = {}
    for step in all_steps():
        meaning = " ".join((step.action.__doc__ or "").split())
        keywords.setdefault((step.chapter, step.phrase.text, meaning), []).append(step.keyword.title())
    return tuple(
        Sentence(chapter=chapter, keywords=tuple(sorted(found)), text=text, meaning=meaning)
        for (chapter, text, meaning), found in keywords.items()
    )


def step_of(keyword: str, line: str) -> Step | None:
    """Find the step that a line of a scenario says after `given`, `when` or `then`; None where no step does."""
    return _steps_of(keyword, line)


@cache
def _steps_of(keyword: str, line: str) -> Step | None:
    return next((step for step in all_steps() if step.keyword == keyword and step.phrase.is_matching(line)), None)


def nearest_sentences(line: str, *, at_most: int = 3) -> Sequence[str]:
    """Name the sentences, each after its keyword, that a line which is none of them most likely meant."""
    said = _without_values(line)
    told = [(f"{' or '.join(each.keywords)} {each.text}", _PLACE.sub("_", each.text)) for each in sentences()]
    scored = sorted(
        ((difflib.SequenceMatcher(None, said, bare).ratio(), text) for text, bare in told), key=lambda each: -each[0]
    )
    return [text for score, text in scored[:at_most] if score >= _NEAR]


def _without_values(line: str) -> str:
    return _VALUE.sub("_", line)
