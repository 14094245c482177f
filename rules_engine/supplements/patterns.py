"""Patterns over the words of a sheet, none of which runs in more than linear time over any text.

A sheet's text has at most two white signs in a row, so that a blank in a pattern stands for one or two of
them, `~` for up to two, and nothing has to be tried at every length. Whatever else repeats in a pattern is
bounded; a test holds every pattern of the room to that.
"""

from __future__ import annotations

import re

_WHITE = {" ": r"[ \t\n]{1,2}", "~": r"[ \t\n]{0,2}"}


def spaced(words: str) -> str:
    """Write a pattern out: a blank is white space between words, `~` white space that may be left out."""
    written: list[str] = []
    in_brackets = escaped = False
    for sign in words:
        written.append(sign if escaped or in_brackets else _WHITE.get(sign, sign))
        if not escaped:
            in_brackets = sign == "[" or (in_brackets and sign != "]")
        escaped = sign == "\\" and not escaped
    return "".join(written)


def phrase(words: str) -> re.Pattern[str]:
    """Compile words that stand by themselves, whatever their case."""
    return re.compile(rf"(?<!\w)(?:{spaced(words)})(?!\w)", re.IGNORECASE)


def pattern(words: str) -> re.Pattern[str]:
    """Compile words that may be parts of others, whatever their case."""
    return re.compile(spaced(words), re.IGNORECASE)


def one_of(*choices: str) -> str:
    """Write a choice of ways to say something."""
    return f"(?:{'|'.join(choices)})"


def one_line(text: str) -> str:
    """Give words on one line."""
    return " ".join(text.split())


def shortened(words: str) -> str:
    """Give words on one line, cut, and said to be, where they fill more than one."""
    text = one_line(words)
    return text if len(text) <= 100 else f"{text[:97]}..."
