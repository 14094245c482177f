"""A working copy of the rule book: the files that are plugged in, in a folder of one's own."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from rules_engine.errors import RulesEngineError
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.links import why_not_opened
from rules_engine.rulebook.tree import CALENDARS, POLICIES_FILE, STANDARD


class NotCopied(RulesEngineError):
    """No working copy was made; the message says why, and nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What a working copy has: issuers by code, and whether standard sets and calendars are in it."""

    issuers: tuple[str, ...]
    with_standard: bool


def copy_book(book: Book, to: Path, *, issuers: Collection[str] = ()) -> Copied:
    """Copy the rules of some issuers, or the whole rule book with its standard sets and calendars, into a new folder.

    A copy of some issuers goes on with the standard sets and calendars that are plugged in. Raises NotCopied, having
    written nothing, for a folder that holds something already and for an issuer the book does not have.
    """
    known = {name for name in book.speaking if "/" not in name}
    if unknown := sorted(set(issuers) - known):
        raise NotCopied(f"the rule book has no issuer `{unknown[0]}`: it has {', '.join(sorted(known))}")
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise NotCopied(f"{to} is there already and is not an empty folder: name a new one")
    wanted = sorted(issuers or known)
    files = [] if issuers else [name for name in book.speaking if name.startswith((f"{STANDARD}/", f"{CALENDARS}/"))]
    to.mkdir(parents=True, exist_ok=True)
    for root in dict.fromkeys(book.speaking[file].root for file in files):
        if (root / POLICIES_FILE).is_file() and not (to / POLICIES_FILE).exists():
            _copy(root, Path(POLICIES_FILE), to)
    for file in files:
        _copy(book.speaking[file].root, Path(file), to)
    for issuer in wanted:
        root = book.speaking[issuer].root
        for path in sorted((root / issuer).rglob("*")):
            if path.is_file() and not any(part.startswith((".", "_")) for part in path.relative_to(root).parts):
                _copy(root, path.relative_to(root), to)
    return Copied(issuers=tuple(wanted), with_standard=bool(files))


def _copy(root: Path, file: Path, to: Path) -> None:
    """Copy one file, which whoever copies it may then edit; one that the rule book does not open is left out."""
    if why_not_opened(root / file, root) is None:
        (to / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / file, to / file)
