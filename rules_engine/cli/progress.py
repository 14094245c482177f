"""How far a long run has come, for somebody who watches standard error."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import BinaryIO, Self, TypeVar

from rich.console import Console
from rich.progress import Progress

from rules_engine.intake import lines_in

ThingT = TypeVar("ThingT")

PATIENCE = 2
"""Seconds of work after which somebody would like to know how much is left."""


def watched(events: BinaryIO) -> Iterable[bytes]:
    """Give the lines of a file, showing on a terminal how far they are read once it takes long.

    Nothing is shown while results go to the same terminal, nor for what is no file and so has no end to tell.
    """
    console = Console(file=sys.stderr)
    if not console.is_terminal or sys.stdout.isatty() or not _is_file(events):
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
        console = Console(file=sys.stderr)
        self._shown = console.is_terminal
        self._progress = Progress(console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
        self._task = self._progress.add_task(doing, total=total)
        self._began = monotonic()
        self._started = False

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def advance(self, size: int) -> None:
        """Say that so much more is done."""
        self._progress.update(self._task, advance=size)
        if self._shown and not self._started and monotonic() - self._began >= PATIENCE:
            self._progress.start()
            self._started = True

    def __exit__(self, *_: object) -> None:
        """End."""
        if self._started:
            self._progress.stop()


def counted(things: Iterable[ThingT], doing: str, *, total: int) -> Iterable[ThingT]:
    """Pass things on, and show on a terminal how many of them are done once it takes long."""
    console = Console(file=sys.stderr)
    if not console.is_terminal or sys.stdout.isatty():
        return things
    return _shown(things, doing, total=total, size=lambda _: 1, console=console, patience=PATIENCE)


def _is_file(events: BinaryIO) -> bool:
    try:
        return stat.S_ISREG(os.fstat(events.fileno()).st_mode)
    except OSError:
        return False
