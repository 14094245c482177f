"""A function put together line by line, whose text holds nothing but our own names.

Whatever else it uses, names of facts and rules, words and figures, is handed to it as objects, so that nothing written
in a file can become code.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from typing import Any


class Function:
    """A function of the facts of a case while it is written; `given` are the objects its names stand for."""

    def __init__(self, name: str, given: Mapping[str, Any] | None = None) -> None:
        self._name = name
        self._given: dict[str, Any] = dict(given or {})
        self._lines: list[str] = []

    def name(self, name: str, stands_for: object) -> str:
        """Let a name of ours stand for an object."""
        self._given[name] = stands_for
        return name

    def add(self, *lines: str) -> None:
        """Write lines, which are indented as they stand within the function."""
        self._lines += lines

    def compiled(self) -> Callable[[Any], Any]:
        """Make the function."""
        text = "\n".join((f"def {self._name}(facts):", *indented(self._lines)))
        code = compile(text, "<rules>", "exec").co_consts[0]
        function: Callable[[Any], Any] = types.FunctionType(code, self._given)
        return function


def indented(lines: Iterable[str]) -> Iterable[str]:
    """Write lines one step further in."""
    return (f" {line}" for line in lines)
