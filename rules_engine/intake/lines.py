"""One line of text to one JSON object, and nothing looser than JSON says.

Faults here belong to the line as a whole, so their field is empty.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

from rules_engine.errors import EventError, FieldFault

LONGEST_LINE = 2_000_000
"""How many bytes a line may have before its line break, included; the longest event needs a hundredth of that."""

_LONGEST_WITH_BREAK = LONGEST_LINE + len("\r\n")

_KINDS = {list: "a list", str: "a text", bool: "true or false", type(None): "null"}


class _Repeating(dict[str, Any]):
    """A JSON object in which some key stands more than once."""

    repeated: tuple[str, ...] = ()


class _Fractional:
    """A JSON number with a fraction or an exponent; no field of an event takes one, so its value is not kept."""

    def __init__(self, written: str) -> None:
        del written


def lines_in(file: BinaryIO) -> Iterator[bytes]:
    """Give the lines of a file as each is asked for; of one that is far too long only as much as shows that."""
    while line := file.readline(_LONGEST_WITH_BREAK + 1):
        yield line
        while len(line) > _LONGEST_WITH_BREAK and not line.endswith(b"\n"):
            line = file.readline(_LONGEST_WITH_BREAK + 1)


def read_object(line: str | bytes) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Read the one JSON object a line holds, and list the keys it gives more than once.

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
    return found, found.repeated if type(found) is _Repeating else ()


def _decoded(line: str | bytes) -> str:
    """Give the line as text; one that is far too long is not looked at."""
    if _is_too_long(line):
        raise _unreadable(f"the line is longer than {LONGEST_LINE:,} bytes; an event takes far less")
    if isinstance(line, bytes):
        try:
            line = line.decode()
        except UnicodeDecodeError as fault:
            raise _unreadable(f"the line is not UTF-8 text from byte {fault.start + 1} on") from fault
    if line.startswith("\ufeff"):
        raise _unreadable("the line starts with a byte order mark; save the file as UTF-8 without one")
    return line


def _is_too_long(line: str | bytes) -> bool:
    if len(line) > _LONGEST_WITH_BREAK:
        return True
    written = line if isinstance(line, bytes) else line.encode(errors="surrogatepass")
    return len(written) > LONGEST_LINE and len(written.rstrip(b"\r\n")) > LONGEST_LINE


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
