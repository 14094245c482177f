"""One line of text to one JSON object, and nothing looser than JSON says.

Faults here belong to the line as a whole, so their field is empty; only a key given twice has a name.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, NoReturn

from rules_engine.errors import EventError, FieldFault
from rules_engine.intake.saying import printable, quoted

_KINDS = {list: "a list", str: "a text", bool: "true or false", type(None): "null"}


class _Repeating(dict[str, Any]):
    """A JSON object in which some key stands more than once."""

    repeated: tuple[str, ...] = ()


class _Fractional:
    """A JSON number with a fraction or an exponent; no field of an event takes one, so its value is not kept."""

    def __init__(self, written: str) -> None:
        del written


def read_object(line: str | bytes) -> tuple[dict[str, Any], tuple[FieldFault, ...]]:
    """Read the one JSON object a line holds, and a fault for each key it gives twice.

    Raises EventError when there is no object to speak of.
    """
    text = _decoded(line)
    if not text.strip():
        raise _unreadable("the line is empty")
    try:
        found = _DECODER.decode(text)
    except json.JSONDecodeError as fault:
        raise _unreadable(f"the line stops being JSON at character {fault.pos + 1}") from fault
    except RecursionError as fault:
        raise _unreadable("the line is nested too deep; an event is one flat object") from fault
    except ValueError as fault:
        # Python refuses to read whole numbers of thousands of digits
        raise _unreadable("the line holds a number of far too many digits") from fault
    if not isinstance(found, dict):
        raise _unreadable(f"an event is one JSON object, not {_KINDS.get(type(found), 'a number')}")
    if type(found) is not _Repeating:
        return found, ()
    faults = (FieldFault(field=printable(key), message=f"{quoted(key)} is given twice") for key in found.repeated)
    return found, tuple(faults)


def _decoded(line: str | bytes) -> str:
    """Give the line as text, without the line break it ends in."""
    if isinstance(line, bytes):
        try:
            line = line.decode()
        except UnicodeDecodeError as fault:
            raise _unreadable(f"the line is not UTF-8 text from byte {fault.start + 1} on") from fault
    if line.startswith("\ufeff"):
        raise _unreadable("the line starts with a byte order mark; save the file as UTF-8 without one")
    return line


def _unreadable(message: str) -> EventError:
    return EventError([FieldFault(field="", message=message)])


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found  # a plain dict, so that the usual line costs nothing more
    repeating = _Repeating(found)
    repeating.repeated = tuple(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
    return repeating


def _not_a_number(word: str) -> NoReturn:
    raise _unreadable(f"`{word}` is not a JSON number")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_Fractional, parse_constant=_not_a_number)
