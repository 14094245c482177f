"""CUSIPs: nine characters that name a security, the last of them a check digit.

Source: ANSI X9.6 and CUSIP Global Services, "Check digit": modulus 10 double-add-double over the first eight
characters.
"""

from __future__ import annotations

import functools

_VALUE_OF = {character: value for value, character in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*@#")}
_BASE_LENGTH = 8


@functools.lru_cache(maxsize=4_096)
def check_digit(base: str) -> str:
    """Work out the ninth character from the first eight; raise ValueError where one of them cannot stand in a CUSIP.

    >>> check_digit("02006DLF")
    '6'
    """
    if len(base) != _BASE_LENGTH:
        raise ValueError(f"the first {_BASE_LENGTH} characters of a CUSIP are needed, not {len(base)}")
    total = 0
    for place, character in enumerate(base):
        value = _VALUE_OF.get(character)
        if value is None:
            raise ValueError(f"`{character}` cannot stand in a CUSIP")
        doubled = value * 2 if place % 2 else value
        total += doubled // 10 + doubled % 10
    return str(-total % 10)


def is_valid_cusip(text: str) -> bool:
    """Tell whether a text is nine characters of a CUSIP, in upper case, ending in the right check digit."""
    if len(text) != _BASE_LENGTH + 1:
        return False
    try:
        return text[-1] == check_digit(text[:-1])
    except ValueError:
        return False


def why_no_cusip(text: str) -> str:
    """Say what is wrong with a text that is no CUSIP; which of its characters is, a check digit cannot tell."""
    if len(text) != _BASE_LENGTH + 1:
        return f"it has {len(text)} characters, and a CUSIP has {_BASE_LENGTH + 1}: hold it against the print"
    try:
        check_digit(text[:-1])
    except ValueError:
        return "a CUSIP is nine digits and capital letters"
    return "any of its characters may be the wrong one, or two changed places: hold all of it against the print"
