"""Slips that a rule book can be read with, and that hardly anybody means: what `check` warns of, each by a name.

A warning keeps nothing out of use. Where what it tells of is meant, the file says so under `warnings off`, by the
warning's name and with a reason; what is switched off and would not be given is told too, so that no reason outlives
what it was given for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rules_engine.errors import Problem
from rules_engine.plugging import Plugins
from rules_engine.rulebook.books import Book
from rules_engine.workbench.slips import days, figures, names, notes, reach, sentences, unread
from rules_engine.workbench.slips.looking import Looking, Slip
from rules_engine.workbench.slips.switched_off import Switches

__all__ = ["KINDS", "Slip", "slips_of"]

KINDS: Mapping[str, str] = {
    **unread.KINDS,
    **days.KINDS,
    **notes.KINDS,
    **names.KINDS,
    **sentences.KINDS,
    **figures.KINDS,
    **reach.KINDS,
}
"""Every warning by its name, with what it tells of."""

_CHECKS: Sequence[Callable[[Looking], Iterator[Slip]]] = (
    *unread.CHECKS,
    *days.CHECKS,
    *notes.CHECKS,
    *names.CHECKS,
    *sentences.CHECKS,
    *figures.CHECKS,
    *reach.CHECKS,
)


def slips_of(book: Book, plugins: Plugins, *, hidden: Iterable[Path] = ()) -> tuple[list[Slip], list[Problem]]:
    """List the slips of a book that are not switched off, and what is wrong with the switches, both by place.

    `hidden` are the folders that working copies go before: a file that stands there and not in the copy was dropped.
    """
    looking = Looking.at(book, plugins, hidden)
    switches = Switches.of(looking, KINDS)
    found = sorted({slip for check in _CHECKS for slip in check(looking)})
    left = [slip for slip in found if not switches.has_off(slip)]
    idle = () if book.problems else switches.idle()
    return left, sorted([*switches.faults, *idle])
