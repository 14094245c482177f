"""The files of a rule book's folders: which is a standard set, a calendar, an edition's clause or a supplement.

standard/<name>.yaml      calendars/<code>.yaml
<issuer>/<programme>/<YYYY-MM-DD>/<any>.yaml      <issuer>/<programme>/supplements/<name>.yaml
<issuer>/<programme>/sources/<name>.txt and .yaml
<issuer>/issuer.yaml      <issuer>/words.yaml      <issuer>/labels.yaml
<issuer>/letters/<name>.txt and .html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from rules_engine.model.values import Kind
from rules_engine.rulebook.folders import Origin, RulesFolder, Speaks, in_order, spoken_for
from rules_engine.rulebook.issuer_files import ISSUER_FILE, WORDS_FILE
from rules_engine.rulebook.leaves import Leaf, read_leaf, unread_leaf
from rules_engine.rulebook.links import why_not_opened
from rules_engine.rulebook.listing import files_in, folders_in, listed_in, start_of, yaml_files_in
from rules_engine.rulebook.literals import LiteralFault, read_literal
from rules_engine.rulebook.places import Faults, listed
from rules_engine.rulebook.sheet_labels import LABELS_FILE

STANDARD, CALENDARS, SUPPLEMENTS, SOURCES = "standard", "calendars", "supplements", "sources"
LETTERS = "letters"
"""The folder of an issuer's own letters, which are no rules: they are read when one is written."""

POLICIES_FILE = "policies.yaml"
"""What must never be answered, whatever rules say: read by `check --deep`, beside the issuers' folders or in one."""
MAX_SOURCE_BYTES = 16 * 1024 * 1024
"""No source is longer; the longest prospectuses have a tenth of that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A source: the file that says what it is, and its text, None where there is none that can be read."""

    leaf: Leaf
    text: bytes | None


@dataclass(slots=True)
class Tree:
    """Every YAML file of the book, by kind, in the order of their paths; `faults` and `warnings` are of folders.

    `brought_faults` are of folders that a plugin brings, which operations cannot mend. `speaking` says which folder an
    issuer's rules, or a file beside them, are read from: by the issuer's code, or the file's path.
    """

    standards: list[Leaf] = field(default_factory=list)
    calendars: list[Leaf] = field(default_factory=list)
    editions: list[Leaf] = field(default_factory=list)
    supplements: list[Leaf] = field(default_factory=list)
    sources: list[SourceFile] = field(default_factory=list)
    issuers: list[Leaf] = field(default_factory=list)
    words: list[Leaf] = field(default_factory=list)
    labels: list[Leaf] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)
    speaking: dict[str, RulesFolder] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    brought_faults: Faults = field(default_factory=Faults)
    warnings: Faults = field(default_factory=Faults)

    def faults_of(self, folder: RulesFolder) -> Faults:
        """Give the list that faults of a folder belong in."""
        return self.brought_faults if folder.origin is Origin.PLUGGED_IN else self.faults


def read_tree(folders: Iterable[RulesFolder]) -> Tree:
    """Read every YAML file of a book's folders; what stands where nothing is looked for is noted."""
    tree = Tree()
    inside = [(folder, _inside(folder, tree)) for folder in in_order(folders)]
    for name, leaves in ((STANDARD, tree.standards), (CALENDARS, tree.calendars)):
        files = [
            (folder, {path.name: path for path in files_in(found[name], folder.root, tree.faults_of(folder))})
            for folder, found in inside
            if name in found
        ]
        for file, speaks in sorted(spoken_for(files).items()):
            path = next(paths[file] for folder, paths in files if folder is speaks.folder)
            leaf = read_leaf(path, speaks.folder)
            tree.speaking[leaf.file] = speaks.folder
            _note_contradiction(leaf.file, speaks, (leaf.faults,))
            leaves.append(leaf)
    issuers = [(folder, set(found) - {STANDARD, CALENDARS}) for folder, found in inside]
    for issuer, speaks in sorted(spoken_for(issuers).items()):
        tree.speaking[issuer] = speaks.folder
        _read_issuer(issuer, speaks, tree)
    return tree


def _inside(folder: RulesFolder, tree: Tree) -> dict[str, Path]:
    """List the folders inside one that are read, by their names."""
    faults = tree.faults_of(folder)
    if not folder.root.is_dir():
        faults.at(start_of(str(folder.root)), "there is no rule book here", "name the folder that holds it")
        return {}
    found = {path.name: path for path in folders_in(folder.root, folder.root, faults, beside=(POLICIES_FILE,))}
    if folder.origin is Origin.WORKING_COPY:
        return found
    read = {*(folder.issuers or ()), CALENDARS, *([STANDARD] if folder.has_standard_sets else [])}
    if folder.origin is Origin.PLUGGED_IN:
        for name in sorted(found.keys() - read):
            by = listed(folder.brought_by, "and")
            what = f"the folder `{name}` is not read: no plugin that brings it, {by}, declares an issuer `{name}`"
            if name == STANDARD:
                what = f"the folder `{name}` is not read: standard sets are the host's own, and plugin {by} brings some"
            tree.warnings.at(start_of(name), what, "an issuer's rules stand in a folder named for its code")
    return {name: path for name, path in found.items() if name in read}


def _note_contradiction(name: str, speaks: Speaks, each: Iterable[Faults]) -> None:
    """Note, wherever it counts, that two working copies speak for one thing: neither decides anything."""
    if speaks.against is None:
        return
    what = f"two working copies are for `{name}`: {speaks.folder.root} and {speaks.against.root}"
    for faults in each:
        faults.at(start_of(name), what, "leave one of them out, or take it out of one")


def _read_issuer(issuer: str, speaks: Speaks, tree: Tree) -> None:
    root, faults = speaks.folder.root, tree.faults_of(speaks.folder)
    before = len(tree.editions), len(tree.supplements)
    for name, beside in ((ISSUER_FILE, tree.issuers), (WORDS_FILE, tree.words), (LABELS_FILE, tree.labels)):
        path = root / issuer / name
        if name == ISSUER_FILE and speaks.folder.origin is not Origin.WORKING_COPY:
            continue
        if path.exists() or path.is_symlink():
            beside.append(read_leaf(path, speaks.folder, programme=issuer))
    for programme in folders_in(root / issuer, root, faults, beside=_beside(speaks.folder)):
        _read_programme(programme, speaks.folder, tree)
    own = (leaf for leaf in (*tree.issuers, *tree.words, *tree.labels) if leaf.issuer == issuer)
    leaves = (*tree.editions[before[0] :], *tree.supplements[before[1] :], *own)
    _note_contradiction(issuer, speaks, (faults, *(leaf.faults for leaf in leaves)))


def _beside(folder: RulesFolder) -> tuple[str, ...]:
    """Name the files that may stand beside an issuer's programmes; a plugin says itself who its issuers are."""
    own = (ISSUER_FILE,) if folder.origin is Origin.WORKING_COPY else ()
    return (*own, WORDS_FILE, LABELS_FILE, LETTERS, POLICIES_FILE)


def calendar_codes(root: Path) -> tuple[str, ...]:
    """List the codes of the calendars a book has files for, reading none of them."""
    return tuple(calendar_code(path.stem) for path in yaml_files_in(root / CALENDARS, root))


def calendar_file(code: str) -> str:
    """Give the path of the file that gives a calendar, where a file gives it."""
    return f"{CALENDARS}/{code.lower()}.yaml"


def calendar_code(name: str) -> str:
    """Give the code a calendar's file name stands for: `usny` is `USNY`."""
    return name.upper()


def _read_programme(folder: Path, within: RulesFolder, tree: Tree) -> None:
    root, faults = within.root, tree.faults_of(within)
    code = folder.relative_to(root).as_posix()
    tree.programmes.append(code)
    for inner in folders_in(folder, root, faults):
        if inner.name == SUPPLEMENTS:
            tree.supplements += [unread_leaf(path, within, programme=code) for path in files_in(inner, root, faults)]
            continue
        if inner.name == SOURCES:
            tree.sources += _read_sources(inner, within, faults, code)
            continue
        folder_on = _date_of(inner.name)
        leaves = [
            read_leaf(path, within, programme=code, folder=inner.name, folder_on=folder_on)
            for path in files_in(inner, root, faults)
        ]
        if folder_on is None:
            file = inner.relative_to(root).as_posix()
            for each in (faults, *(leaf.faults for leaf in leaves)):
                each.at(
                    start_of(file),
                    f"the folder `{inner.name}` is not a date",
                    "name an edition for its prospectus's date, as `2015-08-10`",
                )
        tree.editions += leaves
    tree.editions += _editions_not_opened(folder, within, code)


def _read_sources(folder: Path, within: RulesFolder, faults: Faults, programme: str) -> Iterator[SourceFile]:
    """Give each source of a programme with its text; a text that nothing is said of is noted."""
    root = within.root
    said_of = files_in(folder, root, faults)
    for path in said_of:
        leaf, text = read_leaf(path, within, programme=programme), path.with_suffix(".txt")
        yield SourceFile(leaf=leaf, text=_source_text(text, root, leaf.faults))
    for text in listed_in(folder):
        if text.suffix == ".txt" and text.with_suffix(".yaml") not in said_of:
            message = "nothing says what this text is, and where it came from"
            faults.at(start_of(text.relative_to(root).as_posix()), message, f"say so in `{text.stem}.yaml`")


def _source_text(path: Path, root: Path, faults: Faults) -> bytes | None:
    if not path.is_file() and not path.is_symlink():
        return None
    file = path.relative_to(root).as_posix()
    if wrong := why_not_opened(path, root):
        faults.at(start_of(file), *wrong)
        return None
    try:
        with path.open("rb") as opened:
            text = opened.read(MAX_SOURCE_BYTES + 1)
    except OSError as fault:
        faults.at(start_of(file), "the file cannot be opened", fault.strerror or "")
        return None
    if len(text) > MAX_SOURCE_BYTES:
        faults.at(start_of(file), f"the text is larger than {MAX_SOURCE_BYTES:,} bytes", "keep the part that is quoted")
        return None
    return text


def _editions_not_opened(folder: Path, within: RulesFolder, programme: str) -> Iterator[Leaf]:
    """Give a leaf for each edition that is not opened, which stands in the way of the editions before it."""
    for path in listed_in(folder):
        folder_on = _date_of(path.name)
        if folder_on is not None and why_not_opened(path, within.root):
            yield read_leaf(path, within, programme=programme, folder=path.name, folder_on=folder_on)


def _date_of(name: str) -> date | None:
    try:
        value = read_literal(name, Kind.DATE)
    except LiteralFault:
        return None
    return value if isinstance(value, date) else None
