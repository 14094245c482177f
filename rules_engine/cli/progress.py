"""How far a long run has come, for somebody who watches standard error."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TYPE_CHECKING, BinaryIO

from rules_engine.intake import lines_in

if TYPE_CHECKING:
    from rich.console import Console

PATIENCE = 2
"""Seconds of work after which somebody would like to know how much is left."""


def watched(events: BinaryIO) -> Iterable[bytes]:
    """Give the lines of a file, showing on a terminal how far they are read once it takes long.

    Nothing is shown while results go to the same terminal, nor for what is no file and so has no end to tell.
    """
    if sys.stdout.isatty() or not _is_file(events):
        return lines_in(events)
    if not (sys.stderr.isatty() or os.environ.get("FORCE_COLOR")):
        return lines_in(events)
    from rich.console import Console  # only here: most runs are watched by nobody

    console = Console(file=sys.stderr)
    if not console.is_terminal:
        return lines_in(events)
    return shown(lines_in(events), size=os.fstat(events.fileno()).st_size, console=console)


def shown(lines: Iterable[bytes], *, size: int, console: Console, patience: int = PATIENCE) -> Iterator[bytes]:
    """Pass lines on, and after so many seconds show how many of `size` bytes are done."""
    from rich.progress import Progress

    progress = Progress(console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
    task = progress.add_task("answering", total=size)
    began = monotonic()
    started = False
    try:
        for line in lines:
            yield line
            progress.update(task, advance=len(line))
            if not started and monotonic() - began >= patience:
                progress.start()
                started = True
    finally:
        if started:
            progress.stop()


def _is_file(events: BinaryIO) -> bool:
    try:
        return stat.S_ISREG(os.fstat(events.fileno()).st_mode)
    except OSError:
        return False
