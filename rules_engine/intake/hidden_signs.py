"""Signs that make two texts look alike and be different: those that do not show, odd blanks, and letters in pieces.

Two ids are one id only where they are the same text. One that carries a sign nobody sees is refused, naming the sign.
"""

from __future__ import annotations

import re
import unicodedata

BLANK = " "

_IGNORABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U00013430-\U0001345f\U000e0000-\U000e0fff]"
)
"""Signs beside those of the categories below of which nothing is to be seen: Unicode's default ignorable code points,
variation selectors among them, and the empty Braille pattern. Egyptian format controls stand here because Python 3.11
does not know all of them."""

_NOT_SHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode's categories of control and format characters, half characters, and breaks of lines and paragraphs."""

_SPACES = "Zs"
_CALLED = {"\t": "tab", "\n": "line feed", "\r": "carriage return"}
"""What people call the control characters they meet; Unicode gives these no name."""


def is_hidden(character: str) -> bool:
    """Tell whether nothing is to be seen of a character, blanks aside."""
    return unicodedata.category(character) in _NOT_SHOWN or _IGNORABLE.match(character) is not None


def why_refused(text: str) -> str:
    """Say which sign of a text could make it look like another one, and where; an empty text if there is none."""
    if text.isascii() and text.isprintable() and text == text.strip() and BLANK * 2 not in text:
        return ""
    if text[:1] == BLANK:
        return "starts with a blank (U+0020): delete it"
    for place, character in enumerate(text):
        if is_hidden(character):
            return f"has {_named(character)} {_after(place)}: delete it"
        if character != BLANK and unicodedata.category(character) == _SPACES:
            return f"has {_named(character)} {_after(place)}: delete it, or write an ordinary blank"
        if character == BLANK == text[place - 1]:
            return f"has two blanks (U+0020) {_after(place - 1)}: write one"
    if text[-1:] == BLANK:
        return "ends with a blank (U+0020): delete it"
    return "" if unicodedata.is_normalized("NFC", text) else _in_pieces(text)


def _in_pieces(text: str) -> str:
    """Say where a text first leaves Unicode's composed form, in which each letter is written in one way only."""
    place = next(end for end in range(len(text)) if not unicodedata.is_normalized("NFC", text[: end + 1]))
    return f"has {_named(text[place])} {_after(place)}: write the text in Unicode's composed form, NFC"


def _named(character: str) -> str:
    """Name a character by Unicode's name, or by what it is where Unicode gives it none: `a NO-BREAK SPACE (U+00A0)`."""
    kinds = {"Cc": "control character", "Cs": "half character"}
    kind = kinds.get(unicodedata.category(character), "sign without a name")
    name = unicodedata.name(character, _CALLED.get(character, kind))
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name} (U+{ord(character):04X})"


def _after(place: int) -> str:
    if place == 0:
        return "before all else"
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"after the {place}{ending} character"
