"""One YAML file of the book: where it stands, its faults, and what it holds, read at once or when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from rules_engine.rulebook.folders import Origin, RulesFolder
from rules_engine.rulebook.links import why_not_opened
from rules_engine.rulebook.listing import start_of
from rules_engine.rulebook.nodes import MAX_BYTES, read_nodes
from rules_engine.rulebook.places import Entries, Faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One YAML file of the book: its path from the root, its faults and warnings so far, and what it holds.

    `programme` and `folder` are empty, and `folder_on` None, where its place in the tree gives none.
    `root` is None where the file cannot be read. A supplement is read when its notes are: `path` is where it stands
    while nothing of it was read. `within` is the folder it is read from.
    """

    file: str
    name: str
    data: bytes
    root: Entries | None
    faults: Faults
    warnings: Faults = field(default_factory=Faults)
    programme: str = ""
    folder: str = ""
    folder_on: date | None = None
    path: Path | None = None
    within: RulesFolder

    @property
    def origin(self) -> Origin:
        """How the folder it is read from comes into the book."""
        return self.within.origin

    @property
    def size(self) -> int:
        """How many bytes of it are not read yet; none of a file that is not there to be read."""
        try:
            return self.path.stat().st_size if self.path else 0
        except OSError:
            return 0

    @property
    def issuer(self) -> str:
        """The code of the issuer whose programme it belongs to; empty where it belongs to none."""
        return self.programme.partition("/")[0]


def read_leaf(
    path: Path, within: RulesFolder, *, programme: str = "", folder: str = "", folder_on: date | None = None
) -> Leaf:
    """Read a file of a folder; what keeps it from being read is among its faults."""
    file, faults = path.relative_to(within.root).as_posix(), Faults()
    data, entries = b"", None
    if wrong := why_not_opened(path, within.root):
        faults.at(start_of(file), *wrong)
    else:
        try:
            with path.open("rb") as opened:
                data = opened.read(MAX_BYTES + 1)
            entries = read_nodes(data, file, faults)
        except OSError as fault:
            faults.at(start_of(file), "the file cannot be opened", fault.strerror or "")
    return Leaf(
        file=file,
        name=path.stem,
        data=data,
        root=entries,
        faults=faults,
        programme=programme,
        folder=folder,
        folder_on=folder_on,
        within=within,
    )


def unread_leaf(path: Path, within: RulesFolder, *, programme: str) -> Leaf:
    """Give a leaf of which nothing was read yet."""
    file, faults = path.relative_to(within.root).as_posix(), Faults()
    wrong = why_not_opened(path, within.root)
    if wrong:
        faults.at(start_of(file), *wrong)
    return Leaf(
        file=file,
        name=path.stem,
        data=b"",
        root=None,
        faults=faults,
        programme=programme,
        path=None if wrong else path,
        within=within,
    )


def read_data(leaf: Leaf) -> bytes | None:
    """Read the bytes of a leaf that was not read yet, or as many as show that they are too many; None where none can.

    A file that cannot be opened is noted among the leaf's faults.
    """
    if leaf.path is None:
        return None
    try:
        with leaf.path.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as fault:
        leaf.faults.at(start_of(leaf.file), "the file cannot be opened", fault.strerror or "")
        return None


def as_read(leaf: Leaf, data: bytes | None) -> Leaf:
    """Give a leaf with what its bytes hold."""
    if data is None:
        return leaf
    return replace(leaf, data=data, root=read_nodes(data, leaf.file, leaf.faults))
