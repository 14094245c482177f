"""Issuers without Python: a working copy whose folder says who the issuer is, plugged in as a plugin would be."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rules_engine.errors import RuleBookError
from rules_engine.hookspecs import hookimpl
from rules_engine.model.issuers import Issuer
from rules_engine.plugging.entry_points import Found, Rank
from rules_engine.rulebook.issuer_files import ISSUER_FILE, WORDS_FILE, read_issuer_file
from rules_engine.rulebook.links import why_not_opened
from rules_engine.rulebook.listing import listed_in
from rules_engine.rulebook.nodes import MAX_BYTES, read_nodes
from rules_engine.rulebook.places import Faults

_DIGITS = 12
"""How much of the files' digest stands for their version."""


@dataclass(frozen=True, slots=True)
class DeclaredIssuer:
    """The plugin that an issuer file makes: it declares the issuer, and nothing else."""

    issuer: Issuer

    @hookimpl
    def issuers(self) -> Sequence[Issuer]:
        """Declare the issuer the file names."""
        return (self.issuer,)


def configured_plugins(working_copies: Iterable[Path]) -> tuple[Found, ...]:
    """List the issuers that working copies declare in files, each once, by their folders' names."""
    found: dict[str, Found] = {}
    for root in working_copies:
        for folder in listed_in(root) if root.is_dir() else ():
            file = folder / ISSUER_FILE
            if file.is_file() and not (why_not_opened(folder, root) or why_not_opened(file, root)):
                plugin = Found(
                    name=folder.name, version=_version(folder), load=_loading(folder, root), rank=Rank.CONFIGURED
                )
                found.setdefault(folder.name, plugin)
    return tuple(found.values())


def _loading(folder: Path, root: Path) -> Callable[[], DeclaredIssuer]:
    """Give what reads an issuer file; it raises RuleBookError for one with faults, which the rule book tells too."""

    def load() -> DeclaredIssuer:
        file, faults = f"{folder.relative_to(root).as_posix()}/{ISSUER_FILE}", Faults()
        with (folder / ISSUER_FILE).open("rb") as opened:
            given = read_nodes(opened.read(MAX_BYTES + 1), file, faults)
        issuer = read_issuer_file(given, folder.name, faults) if given else None
        if issuer is None:
            raise RuleBookError(sorted(faults))
        return DeclaredIssuer(issuer)

    return load


def _version(folder: Path) -> str:
    """Name the state of the files that make the plugin: the beginning of a digest of what they hold."""
    digest = hashlib.sha256()
    for name in (ISSUER_FILE, WORDS_FILE):
        path = folder / name
        if path.is_file() and why_not_opened(path, folder) is None:
            with path.open("rb") as opened:
                digest.update(opened.read(MAX_BYTES))
    return f"sha256:{digest.hexdigest()[:_DIGITS]}"
