"""Every sentence a feature may use, with what it does, read out of the modules that define the steps.

Nothing is imported to find them, so that they can be listed where pytest-bdd is not installed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence: the words it may follow, its text with places in braces, and what it does.

    `keywords` are of `Given`, `When` and `Then`. A place is written `{name:Kind}`, of a kind in `phrases.TYPES`.
    """

    chapter: str
    keywords: tuple[str, ...]
    text: str
    meaning: str


def sentences() -> tuple[Sentence, ...]:
    """List every sentence, chapter by chapter, in the order of the modules."""
    return tuple(sentence for chapter in CHAPTERS for sentence in _of(chapter))


def _of(chapter: str) -> Iterator[Sentence]:
    source = files("rules_engine.acceptance").joinpath(f"{chapter}.py").read_text(encoding="utf-8")
    for node in ast.parse(source).body:
        if not isinstance(node, ast.FunctionDef):
            continue
        keywords: dict[str, list[str]] = {}
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name):
                keywords.setdefault(_text(decorator.args[0]), []).append(decorator.func.id.title())
        meaning = " ".join((ast.get_docstring(node) or "").split())
        for text, found in keywords.items():
            yield Sentence(chapter=chapter, keywords=tuple(sorted(found)), text=text, meaning=meaning)


def _text(argument: ast.expr) -> str:
    """Give the text of a step: a bare one, or the one that `phrase` takes."""
    inner = argument.args[0] if isinstance(argument, ast.Call) else argument
    return str(ast.literal_eval(inner))
