"""Lines that are not indented as the lines they belong to, found where a YAML parser gave up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_LINE = re.compile(r"(?P<indent> *)(?P<dashes>(?:- +)*)(?P<key>(?:\"[^\"]*\"|[^\s#\"'][^:#]*?):(?: |$))?(?P<rest>.*)")


class Amiss(NamedTuple):
    """A line that stands amiss: where, and what to say of it; line and column count from 1."""

    line: int
    column: int
    message: str
    help: str


class _Written(NamedTuple):
    number: int
    dash: int | None
    key: int | None


def indented_amiss(text: str, stopped_at: int) -> Amiss | None:
    """Find the line that is indented otherwise than those it belongs to; None where indentation is not at fault.

    `stopped_at` is the line, counted from 0, at which the parser gave up: the one that is amiss, or the one after it.
    """
    lines = text.split("\n")
    for number in (stopped_at, stopped_at - 1):
        if 0 <= number < len(lines) and (found := _amiss(lines, number)):
            return found
    return None


def _amiss(lines: list[str], number: int) -> Amiss | None:
    own = _written(lines, number)
    if own is None or (own.dash is None and own.key is None):
        return None
    above = list(_open_above(lines, number))
    if own.dash is not None:
        dashes = {each.dash: each for each in above if each.dash is not None}
        if not dashes or own.dash in dashes:
            return None
        return _told(own, own.dash, dashes[min(dashes, key=lambda at: abs(at - (own.dash or 0)))], "dash")
    assert own.key is not None
    keys = {each.key: each for each in above if each.key is not None}
    items = {each.dash: each for each in above if each.dash is not None}
    if own.key in keys:
        return None
    if own.key in items:
        at = items[own.key]
        hint = f"start it with `- `, as line {at.number + 1} does, or indent it by {at.key} blanks"
        return Amiss(own.number + 1, own.key + 1, "the line starts no item of the list it stands in", hint)
    if above and own.key > (above[0].key or 0) and _opens(lines[above[0].number]):
        return None
    return _told(own, own.key, keys[min(keys, key=lambda at: (abs(at - (own.key or 0)), -at))], "key") if keys else None


def _told(own: _Written, at: int, other: _Written, what: str) -> Amiss:
    wanted = other.dash if what == "dash" else other.key
    message = f"the line is indented by {at}, unlike the lines it belongs to"
    return Amiss(own.number + 1, at + 1, message, f"indent it by {wanted} blanks, as in line {other.number + 1}")


def _open_above(lines: list[str], number: int) -> Iterator[_Written]:
    """Give the lines above that a line may go on from: each less indented than the one after it."""
    least = None
    for before in range(number - 1, -1, -1):
        written = _written(lines, before)
        if written is None or (written.key is None and written.dash is None):
            continue
        start = written.dash if written.dash is not None else written.key
        deepest = written.key if written.key is not None else start
        if start is None or deepest is None:
            continue
        if least is None or start < least or (start <= least and written.dash is not None):
            yield written
            least = start if least is None else min(least, start)
        if start == 0 and written.dash is None:
            return


def _written(lines: list[str], number: int) -> _Written | None:
    line = lines[number]
    if not line.strip() or line.lstrip().startswith("#"):
        return None
    found = _LINE.match(line)
    if not found:
        return None
    indent, dashes = len(found["indent"]), len(found["dashes"])
    has_key = found["key"] is not None
    return _Written(number, indent if dashes else None, indent + dashes if has_key else None)


def _opens(line: str) -> bool:
    """Tell whether a line opens a mapping or list that the next line may be indented under."""
    return line.rstrip().endswith((":", "|", ">", ">-", "|-"))
