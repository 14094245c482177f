"""How far a long run has come, for somebody who watches standard error."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import TYPE_CHECKING, BinaryIO, Self, TypeVar

from rules_engine.intake import lines_in

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

ThingT = TypeVar("ThingT")

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
    return _shown(lines, "answering", total=size, size=len, console=console, patience=patience)


def _shown(
    things: Iterable[ThingT],
    doing: str,
    *,
    total: int,
    size: Callable[[ThingT], int],
    console: Console,
    patience: int,
) -> Iterator[ThingT]:
    from rich.progress import Progress

    progress = Progress(console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
    task = progress.add_task(doing, total=total)
    began = monotonic()
    started = False
    try:
        for thing in things:
            yield thing
            progress.update(task, advance=size(thing))
            if not started and monotonic() - began >= patience:
                progress.start()
                started = True
    finally:
        if started:
            progress.stop()


class Progressing:
    """Shows on a terminal how much of something is done, once it takes long."""

    def __init__(self, doing: str, *, total: int) -> None:
        self._doing, self._total, self._done = doing, total, 0
        self._began = monotonic()
        self._is_watched = sys.stderr.isatty() or bool(os.environ.get("FORCE_COLOR"))
        self._progress: Progress | None = None

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def advance(self, size: int) -> None:
        """Say that so much more is done."""
        self._done += size
        if self._progress is not None:
            self._progress.update(self._progress.task_ids[0], completed=self._done)
        elif self._is_watched and monotonic() - self._began >= PATIENCE:
            from rich.console import Console
            from rich.progress import Progress

            console = Console(file=sys.stderr)
            self._progress = Progress(console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
            self._progress.add_task(self._doing, total=self._total, completed=self._done)
            self._progress.start()

    def __exit__(self, *_: object) -> None:
        """End."""
        if self._progress is not None:
            self._progress.stop()


def counted(things: Iterable[ThingT], doing: str, *, total: int) -> Iterable[ThingT]:
    """Pass things on, and show on a terminal how many of them are done once it takes long."""
    from rich.console import Console

    console = Console(file=sys.stderr)
    if not console.is_terminal or sys.stdout.isatty():
        return things
    return _shown(things, doing, total=total, size=lambda _: 1, console=console, patience=PATIENCE)


def _is_file(events: BinaryIO) -> bool:
    try:
        return stat.S_ISREG(os.fstat(events.fileno()).st_mode)
    except OSError:
        return False
