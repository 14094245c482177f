"""Standard output is for results, and standard input for events: nothing else in the process writes or reads there.

A plugin may print in a thread of its own, write to the descriptor itself, or start a program that does either.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper

_OUTPUT, _ERRORS = 1, 2


class Results(TextIOWrapper):
    """Standard output for the main thread; what any other thread writes goes to standard error."""

    def write(self, text: str) -> int:
        """Write where this thread's words go."""
        if threading.current_thread() is not threading.main_thread():
            return sys.stderr.write(text)
        return super().write(text)


@contextmanager
def streams_kept_for_results() -> Iterator[None]:
    """Move standard output and input to descriptors of their own, until the results are written."""
    if not (isinstance(sys.stdout, TextIOWrapper) and isinstance(sys.stdin, TextIOWrapper)):
        yield
        return
    sys.stdout.flush()
    output, events = os.dup(sys.stdout.fileno()), os.dup(sys.stdin.fileno())
    os.dup2(_ERRORS, _OUTPUT)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, sys.stdin.fileno())
    os.close(nothing)
    # an id may hold letters that a terminal's encoding has no sign for
    results = Results(os.fdopen(output, "wb"), encoding=sys.stdout.encoding, errors="backslashreplace")
    if results.isatty():
        results.reconfigure(line_buffering=True)
    sys.stdout, sys.stdin = results, TextIOWrapper(os.fdopen(events, "rb"), encoding=sys.stdin.encoding)
    try:
        yield
        results.flush()
    finally:
        sys.stdout = sys.stderr
