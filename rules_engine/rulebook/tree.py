"""The rule book's folders: which file is a standard set, a calendar, an edition's clause or a supplement.

standard/<name>.yaml      calendars/<code>.yaml
<issuer>/<programme>/<YYYY-MM-DD>/<any>.yaml      <issuer>/<programme>/supplements/<name>.yaml
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from rules_engine.model.values import Kind
from rules_engine.rulebook.literals import LiteralFault, read_literal
from rules_engine.rulebook.nodes import MAX_BYTES, read_nodes
from rules_engine.rulebook.places import Entries, Faults
from rules_engine.rulebook.rules import Place

STANDARD, CALENDARS, SUPPLEMENTS = "standard", "calendars", "supplements"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One YAML file of the book: its path from the root, its faults and warnings so far, and what it holds.

    `programme` and `folder` are empty, and `folder_on` None, where its place in the tree gives none.
    `root` is None where the file cannot be read.
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


@dataclass(slots=True)
class Tree:
    """Every YAML file of the book, by kind, in the order of their paths; `faults` are those of folders."""

    standards: list[Leaf] = field(default_factory=list)
    calendars: list[Leaf] = field(default_factory=list)
    editions: list[Leaf] = field(default_factory=list)
    supplements: list[Leaf] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)


def read_tree(root: Path) -> Tree:
    """Read every YAML file of a book; what stands where nothing is looked for is noted."""
    tree = Tree()
    if not root.is_dir():
        tree.faults.at(_start(str(root)), "there is no rule book here", "name the folder that holds it")
        return tree
    for folder in _folders(root, root, tree):
        if folder.name in (STANDARD, CALENDARS):
            leaves = [_leaf(path, root) for path in _files(folder, root, tree)]
            (tree.standards if folder.name == STANDARD else tree.calendars).extend(leaves)
            continue
        for programme in _folders(folder, root, tree):
            _read_programme(programme, root, tree)
    return tree


def calendar_codes(root: Path) -> tuple[str, ...]:
    """List the codes of the calendars a book has files for, reading none of them."""
    folder = root / CALENDARS
    return tuple(calendar_code(path.stem) for path in (_yaml_files(folder) if folder.is_dir() else ()))


def calendar_code(name: str) -> str:
    """Give the code a calendar's file name stands for: `usny` is `USNY`."""
    return name.upper()


def _read_programme(folder: Path, root: Path, tree: Tree) -> None:
    code = folder.relative_to(root).as_posix()
    tree.programmes.append(code)
    for inner in _folders(folder, root, tree):
        if inner.name == SUPPLEMENTS:
            tree.supplements += [_leaf(path, root, programme=code) for path in _files(inner, root, tree)]
            continue
        folder_on = _date_of(inner.name)
        leaves = [
            _leaf(path, root, programme=code, folder=inner.name, folder_on=folder_on)
            for path in _files(inner, root, tree)
        ]
        if folder_on is None:
            file = inner.relative_to(root).as_posix()
            for faults in (tree.faults, *(leaf.faults for leaf in leaves)):
                faults.at(
                    _start(file),
                    f"the folder `{inner.name}` is not a date",
                    "name an edition for its prospectus's date, as `2015-08-10`",
                )
        tree.editions += leaves


def _folders(folder: Path, root: Path, tree: Tree) -> list[Path]:
    """List a folder's folders; YAML files beside them belong nowhere."""
    for path in _yaml_files(folder):
        file = path.relative_to(root).as_posix()
        tree.faults.at(_start(file), "the file stands where none is read", "move it into an edition's folder")
    return [path for path in _listed(folder) if path.is_dir()]


def _files(folder: Path, root: Path, tree: Tree) -> list[Path]:
    """List a folder's YAML files; folders beside them, and other endings, are not read."""
    found = []
    for path in _listed(folder):
        file = path.relative_to(root).as_posix()
        if path.is_dir():
            tree.faults.at(_start(file), "the folder stands where none is read", "move its files one folder up")
        elif path.suffix == ".yaml":
            found.append(path)
        elif path.suffix in (".yml", ".YAML", ".YML"):
            tree.faults.at(_start(file), "the file is not read", f"name it `{path.stem}.yaml`")
    return found


def _yaml_files(folder: Path) -> Iterator[Path]:
    return (path for path in _listed(folder) if path.suffix.lower() in (".yaml", ".yml"))


def _listed(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith((".", "_")))


def _leaf(path: Path, root: Path, *, programme: str = "", folder: str = "", folder_on: date | None = None) -> Leaf:
    file, faults = path.relative_to(root).as_posix(), Faults()
    try:
        with path.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
        entries = read_nodes(data, file, faults)
    except OSError as fault:
        data, entries = b"", None
        faults.at(_start(file), "the file cannot be opened", fault.strerror or "")
    return Leaf(
        file=file,
        name=path.stem,
        data=data,
        root=entries,
        faults=faults,
        programme=programme,
        folder=folder,
        folder_on=folder_on,
    )


def _date_of(name: str) -> date | None:
    try:
        value = read_literal(name, Kind.DATE)
    except LiteralFault:
        return None
    return value if isinstance(value, date) else None


def _start(file: str) -> Place:
    return Place(file=file, line=1, column=1)
