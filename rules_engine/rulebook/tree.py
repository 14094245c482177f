"""The rule book's folders: which file is a standard set, a calendar, an edition's clause or a supplement.

standard/<name>.yaml      calendars/<code>.yaml
<issuer>/<programme>/<YYYY-MM-DD>/<any>.yaml      <issuer>/<programme>/supplements/<name>.yaml
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from rules_engine.model.values import Kind
from rules_engine.rulebook.links import why_not_opened
from rules_engine.rulebook.literals import LiteralFault, read_literal
from rules_engine.rulebook.nodes import MAX_BYTES, read_nodes
from rules_engine.rulebook.places import Entries, Faults
from rules_engine.rulebook.rules import Place

STANDARD, CALENDARS, SUPPLEMENTS = "standard", "calendars", "supplements"
_YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One YAML file of the book: its path from the root, its faults and warnings so far, and what it holds.

    `programme` and `folder` are empty, and `folder_on` None, where its place in the tree gives none.
    `root` is None where the file cannot be read. A supplement is read when its notes are: `path` is where it stands
    while nothing of it was read.
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
    is_read = folder.is_dir() and why_not_opened(folder, root) is None
    return tuple(calendar_code(path.stem) for path in (_yaml_files(folder) if is_read else ()))


def calendar_code(name: str) -> str:
    """Give the code a calendar's file name stands for: `usny` is `USNY`."""
    return name.upper()


def _read_programme(folder: Path, root: Path, tree: Tree) -> None:
    code = folder.relative_to(root).as_posix()
    tree.programmes.append(code)
    for inner in _folders(folder, root, tree):
        if inner.name == SUPPLEMENTS:
            tree.supplements += [_unread(path, root, programme=code) for path in _files(inner, root, tree)]
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
    tree.editions += _editions_not_opened(folder, root, code)


def _editions_not_opened(folder: Path, root: Path, programme: str) -> Iterator[Leaf]:
    """Give a leaf for each edition that is not opened, which stands in the way of the editions before it."""
    for path in _listed(folder):
        folder_on = _date_of(path.name)
        if folder_on is not None and why_not_opened(path, root):
            yield _leaf(path, root, programme=programme, folder=path.name, folder_on=folder_on)


def _folders(folder: Path, root: Path, tree: Tree) -> list[Path]:
    """List a folder's folders; YAML files beside them belong nowhere."""
    found = []
    for path in _listed(folder):
        if path.suffix.lower() in _YAML:
            file = path.relative_to(root).as_posix()
            tree.faults.at(_start(file), "the file stands where none is read", "move it into an edition's folder")
        if _is_opened(path, root, tree) and path.is_dir():
            found.append(path)
    return found


def _files(folder: Path, root: Path, tree: Tree) -> list[Path]:
    """List a folder's YAML files; folders beside them, and other endings, are not read."""
    found = []
    for path in _listed(folder):
        file = path.relative_to(root).as_posix()
        if path.suffix == ".yaml" and not path.is_dir():
            found.append(path)
        elif not _is_opened(path, root, tree):
            continue
        elif path.is_dir():
            tree.faults.at(_start(file), "the folder stands where none is read", "move its files one folder up")
        elif path.suffix in (".yml", ".YAML", ".YML"):
            tree.faults.at(_start(file), "the file is not read", f"name it `{path.stem}.yaml`")
    return found


def _is_opened(path: Path, root: Path, tree: Tree) -> bool:
    """Tell whether a path may be opened, and note why not; a link to a file that is not read may lead anywhere."""
    wrong = why_not_opened(path, root)
    if wrong and (path.suffix.lower() in _YAML or not path.is_file()):
        tree.faults.at(_start(path.relative_to(root).as_posix()), *wrong)
    return wrong is None


def _yaml_files(folder: Path) -> Iterator[Path]:
    return (path for path in _listed(folder) if path.suffix.lower() in _YAML)


def _listed(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith((".", "_")))


def _leaf(path: Path, root: Path, *, programme: str = "", folder: str = "", folder_on: date | None = None) -> Leaf:
    file, faults = path.relative_to(root).as_posix(), Faults()
    data, entries = b"", None
    if wrong := why_not_opened(path, root):
        faults.at(_start(file), *wrong)
    else:
        try:
            with path.open("rb") as opened:
                data = opened.read(MAX_BYTES + 1)
            entries = read_nodes(data, file, faults)
        except OSError as fault:
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


def _unread(path: Path, root: Path, *, programme: str) -> Leaf:
    """Give a leaf of which nothing was read yet."""
    file, faults = path.relative_to(root).as_posix(), Faults()
    wrong = why_not_opened(path, root)
    if wrong:
        faults.at(_start(file), *wrong)
    return Leaf(
        file=file,
        name=path.stem,
        data=b"",
        root=None,
        faults=faults,
        programme=programme,
        path=None if wrong else path,
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
        leaf.faults.at(_start(leaf.file), "the file cannot be opened", fault.strerror or "")
        return None


def as_read(leaf: Leaf, data: bytes | None) -> Leaf:
    """Give a leaf with what its bytes hold."""
    if data is None:
        return leaf
    return replace(leaf, data=data, root=read_nodes(data, leaf.file, leaf.faults))


def _date_of(name: str) -> date | None:
    try:
        value = read_literal(name, Kind.DATE)
    except LiteralFault:
        return None
    return value if isinstance(value, date) else None


def _start(file: str) -> Place:
    return Place(file=file, line=1, column=1)
