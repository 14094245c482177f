"""What all code in a process shares, kept as it was while a plugin is at work."""

from __future__ import annotations

import decimal
import locale
import os
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

_DECIMAL_DEFAULTS = (decimal.DefaultContext, decimal.BasicContext, decimal.ExtendedContext)

_plugin_threads: set[int] = set()
"""The threads plugins are at work in; one that never came back stays among them."""


def is_plugin_thread() -> bool:
    """Tell whether a plugin is at work in this thread."""
    return threading.get_ident() in _plugin_threads


@contextmanager
def as_plugin_thread() -> Iterator[None]:
    """Count this thread among those of plugins."""
    _plugin_threads.add(threading.get_ident())
    try:
        yield
    finally:
        _plugin_threads.discard(threading.get_ident())


@dataclass(slots=True)
class Surroundings:
    """The locale, the environment, the working folder and Python's own settings, as they are at one moment."""

    locale: str
    environment: dict[Any, Any]
    folder: str
    recursion: int
    decimals: list[decimal.Context]

    @classmethod
    def now(cls) -> Surroundings:
        """Note how things are."""
        return cls(
            locale=locale.setlocale(locale.LC_ALL),
            environment=dict(_environment()),
            folder=_working_folder(),
            recursion=sys.getrecursionlimit(),
            decimals=[context.copy() for context in _DECIMAL_DEFAULTS],
        )

    def restore(self) -> tuple[str, ...]:
        """Put back what was changed, and name it."""
        changed = []
        if locale.setlocale(locale.LC_ALL) != self.locale:
            locale.setlocale(locale.LC_ALL, self.locale)
            changed.append("the locale")
        if _environment() != self.environment:
            _set_environment(self.environment)
            changed.append("the environment")
        if self.folder and _working_folder() != self.folder:
            os.chdir(self.folder)
            changed.append("the working folder")
        if sys.getrecursionlimit() != self.recursion:
            sys.setrecursionlimit(self.recursion)
            changed.append("how deep calls may go")
        for context, was in zip(_DECIMAL_DEFAULTS, self.decimals, strict=True):
            if repr(context) != repr(was):
                _set_decimal(context, was)
                changed.append("the decimal context of new threads")
        return tuple(dict.fromkeys(changed))


def _environment() -> dict[Any, Any]:
    """Give the environment as `os` keeps it, which is thirty times as quick to compare as what it gives out."""
    kept = getattr(os.environ, "_data", None)
    return kept if isinstance(kept, dict) else os.environ.copy()


def _set_environment(was: dict[Any, Any]) -> None:
    """Set the environment as it was, in `os` and in the process; keys and values may be as `os` keeps them."""
    wanted = {_text(name): _text(value) for name, value in was.items()}
    for name in os.environ.keys() - wanted.keys():
        del os.environ[name]
    for name, value in wanted.items():
        if os.environ.get(name) != value:
            os.environ[name] = value


def _text(kept: Any) -> str:
    return os.fsdecode(kept) if isinstance(kept, bytes) else str(kept)


def _working_folder() -> str:
    """Give the working folder; the empty text where it was deleted."""
    try:
        return os.getcwd()
    except OSError:
        return ""


def _set_decimal(context: decimal.Context, was: decimal.Context) -> None:
    for name in ("prec", "rounding", "Emin", "Emax", "capitals", "clamp"):
        setattr(context, name, getattr(was, name))
    context.traps.update(was.traps)
    context.flags.update(was.flags)


class ApartStream:
    """A standard stream that is another one for plugins.

    It stands in the stream's place while a plugin is at work. Whoever keeps it for longer has the one for plugins.
    """

    def __init__(self, ours: Any, theirs: Any) -> None:
        self.ours = ours
        self.theirs = theirs
        self.used = False
        self._kept = False

    def put_back(self) -> None:
        """Leave it to whoever kept it."""
        self._kept = True

    def _stream(self) -> Any:
        if self._kept or is_plugin_thread():
            self.used = True
            return self.theirs
        return self.ours

    def write(self, text: str) -> Any:
        """Write where this thread's words go."""
        return self._stream().write(text)

    def __iter__(self) -> Iterator[str]:
        return iter(self._stream())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream(), name)


@dataclass(slots=True)
class _Streams:
    """The standard streams as they are set apart; `inside` counts the plugins at work.

    `for_good` says that one of them never came back: what it prints later is kept from the results too.
    """

    lock: threading.Lock = field(default_factory=threading.Lock)
    inside: int = 0
    for_good: bool = False
    output: ApartStream | None = None
    input: ApartStream | None = None


_streams = _Streams()
_given_out: deque[ApartStream] = deque(maxlen=1_000)
"""The last streams that stood in the place of `sys.stdout`: a `print` under way in another thread holds no reference of
its own to the one it writes to, and the process would end when that is freed."""


def streams_set_apart() -> ApartStream:
    """Send what plugins print to standard error, and give them nothing to read; to be put back once for each time."""
    with _streams.lock:
        if _streams.output is None or (_streams.inside == 0 and sys.stdout is not _streams.output):
            _streams.output, _streams.input = ApartStream(sys.stdout, sys.stderr), ApartStream(sys.stdin, StringIO())
            _given_out.append(_streams.output)
            sys.stdout, sys.stdin = _streams.output, _streams.input
        _streams.inside += 1
        return _streams.output


def streams_put_back(*, came_back: bool = True) -> None:
    """Give the program its streams back, whatever a plugin has put in their place."""
    with _streams.lock:
        _streams.inside -= 1
        _streams.for_good = _streams.for_good or not came_back
        if _streams.inside or _streams.output is None or _streams.input is None:
            return
        if _streams.for_good:
            sys.stdout, sys.stdin = _streams.output, _streams.input
            return
        sys.stdout, sys.stdin = _streams.output.ours, _streams.input.ours
        _streams.output.put_back()
        _streams.input.put_back()
        _streams.output = _streams.input = None


def _forget() -> None:
    """Start anew in a process that was forked: the plugins at work are the other one's, unless one of them forked."""
    if is_plugin_thread():
        return
    _plugin_threads.clear()
    _streams.lock = threading.Lock()
    _streams.for_good = False
    if _streams.output is not None:
        _streams.inside = 1
        streams_put_back()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
