"""The rule book a host answers by: what ships and what plugins bring, with working copies before them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from rules_engine.clauses import CLAUSES
from rules_engine.plugging import Plugins, configured_plugins, found_plugins, load_plugins
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.tree import calendar_codes
from rules_engine.rulebook.vocabulary import Vocabulary

WorkingCopies = Path | str | Sequence[Path | str] | None
"""A folder of rules that goes before what is plugged in, several of them, or none."""


def shipped_rules() -> Path:
    """Give the folder of the rule book that ships with the package."""
    return Path(str(files("rules_engine_rules")))


def installed_plugins(working_copies: WorkingCopies = None) -> Plugins:
    """Load the plugins that are installed, and the issuers that working copies declare in files."""
    return load_plugins(
        [*found_plugins(), *configured_plugins(folders_of(working_copies))],
        [clause.words for clause in CLAUSES],
        calendars=calendar_codes(shipped_rules()),
    )


def plugins_with(plugins: Plugins, working_copies: WorkingCopies) -> Plugins:
    """Give the plugins as they are loaded, with the issuers that working copies declare in files now."""
    return load_plugins(
        configured_plugins(folders_of(working_copies)),
        [clause.words for clause in CLAUSES],
        calendars=calendar_codes(shipped_rules()),
        beside=plugins,
    )


def vocabulary_with(plugins: Plugins) -> Vocabulary:
    """Give every word of the clauses and of the plugins."""
    return plugins.vocabulary(clause.words for clause in CLAUSES)


def open_book(plugins: Plugins, vocabulary: Vocabulary, working_copies: WorkingCopies = None) -> Book:
    """Open the rule book that ships and that plugins bring, with working copies before it, issuer by issuer."""
    folders = plugins.folders(shipped_rules(), folders_of(working_copies))
    return Book.read(folders, vocabulary, calendars=plugins.calendars)


def folders_of(working_copies: WorkingCopies) -> tuple[Path, ...]:
    """List working copies, each once."""
    if working_copies is None:
        return ()
    given = [working_copies] if isinstance(working_copies, Path | str) else working_copies
    return tuple({path.resolve(): path for path in map(Path, given)}.values())
