"""The files of a rule book as they are written, beside the book that was read from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from rules_engine.errors import Problem
from rules_engine.plugging import Plugins
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.links import why_not_opened
from rules_engine.rulebook.listing import listed_in
from rules_engine.rulebook.nodes import read_whole
from rules_engine.rulebook.places import Entries, Entry, Faults, Items, Node, Text
from rules_engine.rulebook.rules import Place
from rules_engine.rulebook.tree import CALENDARS, SOURCES, STANDARD, SUPPLEMENTS


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Slip:
    """A warning: what it tells and where, its name, and what in the file it is about, where that has a name."""

    problem: Problem
    name: str
    about: str = ""

    @property
    def switch(self) -> str:
        """What a file writes under `warnings off` to have it no more."""
        return f"{self.name} of {self.about}" if self.about else self.name

    def __str__(self) -> str:
        return f"{self.problem}\n    if it is meant: `warnings off:` with `{self.switch}: <reason>`"


def slip(place: Place, name: str, message: str, help: str, *, about: str = "") -> Slip:
    """Make a warning at a place."""
    found = Faults()
    found.at(place, message, help)
    return Slip(problem=found[0], name=name, about=about)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookFile:
    """A YAML file of the book: its text, and what it holds (None where it cannot be read)."""

    file: str
    path: Path
    text: str
    root: Entries | None

    @property
    def issuer(self) -> str:
        """The code of the issuer it belongs to; empty for a standard set or a calendar."""
        first = self.file.partition("/")[0]
        return "" if first in (STANDARD, CALENDARS) else first

    @property
    def folder(self) -> str:
        """The path of the folder it stands in."""
        return self.file.rpartition("/")[0]

    def is_in(self, name: str) -> bool:
        """Tell whether its folder has a name."""
        return self.folder.rpartition("/")[2] == name

    @property
    def is_edition(self) -> bool:
        """Whether it stands in the folder of an edition."""
        return self.file.count("/") == 3 and not (self.is_in(SUPPLEMENTS) or self.is_in(SOURCES))

    def entry(self, key: str) -> Entry | None:
        """Give what stands under a key of its top, with the key."""
        return self.root.entries.get(key) if self.root else None

    def text_under(self, key: str) -> str:
        """Give the text under a key of its top; empty where there is none."""
        entry = self.entry(key)
        return entry.value.text if entry and isinstance(entry.value, Text) else ""

    def place(self, key: str = "") -> Place:
        """Give the place of what stands under a key, or of the file."""
        entry = self.entry(key)
        return entry.value.place if entry else Place(file=self.file, line=1, column=1)

    def texts(self) -> Iterator[tuple[str, Text]]:
        """Give every text of the file with the key it stands under."""
        if self.root:
            yield from _texts_of("", self.root)


def _texts_of(key: str, node: Node) -> Iterator[tuple[str, Text]]:
    if isinstance(node, Text):
        yield key, node
    elif isinstance(node, Items):
        for item in node.items:
            yield from _texts_of(key, item)
    else:
        for entry in node.entries.values():
            yield from _texts_of(entry.key.text, entry.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """Everything that slips are looked for in.

    `files` are by their path in the book. `unread` are files of the book that are not read at all. `names` are, by an
    issuer's code, what it and its programmes are called. `hidden` are the folders that working copies go before.
    """

    book: Book
    files: Mapping[str, BookFile]
    unread: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]
    hidden: tuple[Path, ...]

    @classmethod
    def at(cls, book: Book, plugins: Plugins, hidden: Iterable[Path]) -> Self:
        """Read the files of a book once more, as they are written."""
        files: dict[str, BookFile] = {}
        unread: list[str] = []
        for name, folder in book.speaking.items():
            for path in _files_under(folder.root / name, folder.root):
                file = path.relative_to(folder.root).as_posix()
                if path.suffix == ".yaml":
                    files[file] = _read(file, path)
                elif not (path.suffix == ".txt" and path.parent.name == SOURCES):
                    unread.append(file)
        names: dict[str, tuple[str, ...]] = {}
        for issuer in (issuer for status in plugins.statuses for issuer in status.issuers):
            names[issuer.code] = (issuer.name, *(programme.name for programme in issuer.programmes))
        return cls(book=book, files=files, unread=tuple(unread), names=names, hidden=tuple(hidden))

    def is_own(self, place: Place) -> bool:
        """Tell whether a place is in a file of a programme, and not in the standard wording."""
        return not place.file.startswith(f"{STANDARD}/")

    @property
    def editions(self) -> tuple[BookFile, ...]:
        """The files of editions."""
        return tuple(each for each in self.files.values() if each.is_edition)


def _files_under(path: Path, root: Path) -> Iterator[Path]:
    if why_not_opened(path, root):
        return
    if not path.is_dir():
        yield path
        return
    for inner in listed_in(path):
        yield from _files_under(inner, root)


def _read(file: str, path: Path) -> BookFile:
    try:
        data = path.read_bytes()
    except OSError:
        data = b""
    return BookFile(
        file=file, path=path, text=data.decode("utf-8-sig", "replace"), root=read_whole(data, file, Faults())
    )
