"""What there is to say of a rule book as it is written: faults, and apart from them what to be warned of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rules_engine.errors import Problem
from rules_engine.plugging import Plugins
from rules_engine.rulebook.books import Book
from rules_engine.supplements.holding import contradicted
from rules_engine.workbench.slips import Slip, slips_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The faults of a book, and its warnings: what was noted as it was read, and slips, each by its name."""

    faults: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    slips: tuple[Slip, ...]


def check_book(book: Book, plugins: Plugins, *, hidden: Iterable[Path] = ()) -> Checked:
    """Check a book that was read; `hidden` are the folders that its working copies go before."""
    slips, switches = slips_of(book, plugins, hidden=hidden)
    faults = sorted({*book.problems, *contradicted(book), *switches})
    return Checked(faults=tuple(faults), warnings=book.warnings, slips=tuple(slips))
