"""How the faults of an event are worded: short, in lower case, and safe to print whatever the event held."""

from __future__ import annotations

from collections.abc import Iterable

from rules_engine.errors import nearest
from rules_engine.intake.hidden_signs import is_hidden

LONGEST_QUOTE = 60


def printable(text: str) -> str:
    """Cut what an event said to sixty characters, with `?` for what does not show or would change what does."""
    short = text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "..."
    return short if short.isascii() and short.isprintable() else "".join(map(_shown, short))


def _shown(character: str) -> str:
    return "?" if is_hidden(character) else character


def quoted(text: str) -> str:
    """Quote what an event said, as far as it can be printed."""
    return f"`{printable(text)}`"


def or_list(words: Iterable[str]) -> str:
    """List words to choose from: `a`, `b` or `c`."""
    *others, last = (f"`{word}`" for word in words)
    return f"{', '.join(others)} or {last}" if others else last


def unknown(what: str, word: str, known: Iterable[str]) -> str:
    """Say that a word is not known, and which known word was likely meant, or else which there are."""
    words = tuple(known)
    meant = nearest(word[:LONGEST_QUOTE], words)
    hint = f"did you mean `{meant}`?" if meant else f"it can be {or_list(words)}"
    return f"unknown {what} {quoted(word)}: {hint}"
