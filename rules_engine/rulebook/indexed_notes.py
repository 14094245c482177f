"""A large book's notes: from the index of their folder where a supplement is as it was, and read where it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from rules_engine.dates.calendars import Calendar
from rules_engine.model.canonical import canonical_json, digest
from rules_engine.model.notes import Note
from rules_engine.rulebook.editions import ClauseFile
from rules_engine.rulebook.folders import RulesFolder
from rules_engine.rulebook.index_places import place_of
from rules_engine.rulebook.kept_rows import Faulty, Found, KeptRows, Rows
from rules_engine.rulebook.leaves import Leaf, read_data
from rules_engine.rulebook.note_index import NoteIndex, Notes, Writing, digest_of
from rules_engine.rulebook.rules import Place
from rules_engine.rulebook.sources import Source
from rules_engine.rulebook.supplements import Row

TOGETHER = 2_000_000
"""How many bytes of supplements are read through before what was read of them is let go."""


@dataclass(frozen=True, slots=True)
class RestsOn:
    """What notes are checked against: each programme's clauses and sources, by its code, and the calendars."""

    programmes: Mapping[str, Sequence[ClauseFile]]
    sources: Mapping[str, Sequence[Source]]
    calendars: Mapping[str, Calendar]

    def digests(self) -> dict[str, str]:
        """Name, by programme, the rules, sources and calendars that its notes are checked against."""
        days = sorted(f"{code} {calendar.digest}" for code, calendar in self.calendars.items())
        return {
            programme: digest(canonical_json([_rules(files), self._sources_of(programme), days]))
            for programme, files in self.programmes.items()
        }

    def _sources_of(self, programme: str) -> list[list[str]]:
        return [[each.file, each.digest] for each in self.sources.get(programme, ())]


Read = Callable[[Sequence[Leaf], RestsOn], Found]
"""Reads supplements through."""


def read_indexed(
    leaves: Sequence[Leaf], rests_on: RestsOn, *, read: Read, at_least: int
) -> tuple[Notes, Faulty, Mapping[str, Row]]:
    """Take supplements that are as they were from an index, `read` the others, and write anew what has changed.

    Each folder of the book has its own index, where it holds `at_least` so many bytes of supplements.
    """
    reading = _Reading(leaves, rests_on.digests())
    for folder, own in _by_folder(leaves):
        if sum(leaf.size for leaf in own) >= at_least:
            reading.open_index(folder, own)
    unread = [leaf for leaf in leaves if not reading.is_kept(leaf)]
    while unread:
        reading.take(_some(unread), lambda batch: read(batch, rests_on))
    return reading.finished()


class _Reading:
    """Reads supplements batch by batch, and keeps those without a fault in the new index of their folder."""

    def __init__(self, leaves: Sequence[Leaf], rests_on: Mapping[str, str]) -> None:
        self._leaves = {leaf.file: leaf for leaf in leaves}
        self._order = {name: place for place, name in enumerate(self._leaves)}
        self._faults_before = {leaf.file: tuple(leaf.faults) for leaf in leaves}
        self._rests_on = rests_on
        self._digests: dict[str, str] = {}
        self._indices: dict[str, Writing] = {}
        self._folders: list[tuple[Writing, Leaf]] = []
        self._notes: dict[str, Note] = {}
        self._rows: dict[str, Row] = {}
        self._faulty: Faulty = {}
        self._given_in: dict[str, set[str]] = {}

    def open_index(self, folder: RulesFolder, leaves: Sequence[Leaf]) -> None:
        """Take from a folder's index what is as it was; a file with a fault of its place never is."""
        for leaf in leaves:
            if (data := read_data(leaf)) is not None:
                self._digests[leaf.file] = digest_of(data)
        old = NoteIndex(place_of(folder))
        index = Writing(old, [leaf.file for leaf in leaves if self._is_as_it_was(leaf, old)])
        self._folders.append((index, leaves[0]))
        self._indices |= {leaf.file: index for leaf in leaves}
        for name, kept in index.files.items():
            for cusip in kept.notes:
                self._given_in.setdefault(cusip, set()).add(name)

    def _is_as_it_was(self, leaf: Leaf, old: NoteIndex) -> bool:
        kept = old.files.get(leaf.file)
        if kept is None or leaf.faults or leaf.file not in self._digests:
            return False
        return (kept.digest, kept.rests_on) == (self._digests[leaf.file], self._rests_on[leaf.programme])

    def is_kept(self, leaf: Leaf) -> bool:
        """Whether the index of its folder keeps a supplement."""
        return leaf.file in self._indices and leaf.file in self._indices[leaf.file].files

    def take(self, batch: list[Leaf], read: Callable[[Sequence[Leaf]], Found]) -> None:
        """Read a batch, with every supplement before it that gives a CUSIP of the batch too: neither is right alone."""
        found = read(batch)
        while others := self._giving(found.given_in, but={leaf.file for leaf in batch}):
            batch += [self._leaves[name] for name in others]
            batch.sort(key=lambda leaf: self._order[leaf.file])
            for leaf in batch:
                leaf.faults[:] = self._faults_before[leaf.file]
                leaf.warnings.clear()
            found = read(batch)
        for leaf in batch:
            if self.is_kept(leaf):
                self._indices[leaf.file].forget(leaf.file)
        for cusip, names in found.given_in.items():
            self._given_in.setdefault(cusip, set()).update(names)
        self._share_out(batch, found)

    def _giving(self, cusips: Iterable[str], but: Set[str]) -> list[str]:
        """Name the supplements read before that give some of these CUSIPs; a row without one is nobody's other."""
        return sorted({name for cusip in cusips if cusip for name in self._given_in.get(cusip, ())} - but)

    def _share_out(self, batch: Sequence[Leaf], found: Found) -> None:
        """Keep what was found of each supplement: in an index where it has no fault, and else for this once."""
        for cusip in found.given_in:
            for earlier in (self._notes, self._rows, self._faulty):
                earlier.pop(cusip, None)
        self._faulty |= found.faulty
        own: dict[str, list[Note]] = {leaf.file: [] for leaf in batch}
        for cusip, note in found.notes.items():
            own[found.rows[cusip].node.place.file].append(note)
        for leaf in batch:
            notes, index = own[leaf.file], self._indices.get(leaf.file)
            if index is None or leaf.faults or leaf.file not in self._digests:
                self._notes |= {note.cusip: note for note in notes}
                self._rows |= {note.cusip: found.rows[note.cusip] for note in notes}
                continue
            digests = self._digests[leaf.file], self._rests_on[leaf.programme]
            index.keep(leaf.file, *digests, leaf.warnings, notes)

    def finished(self) -> tuple[Notes, Faulty, Mapping[str, Row]]:
        """Write the indices that have changed, and give what all supplements hold."""
        opened, kept = [], []
        for index, first in self._folders:
            opened.append(self._written(index, first))
            for name, file in opened[-1].files.items():
                leaf = self._leaves[name]
                leaf.warnings[:] = [*file.warnings, *(leaf.warnings if leaf is first else ())]
                kept.append(KeptRows(leaf, file.digest, frozenset(file.notes)))
        return Notes(self._notes, opened), self._faulty, Rows(self._rows, tuple(kept))

    def _written(self, index: Writing, first: Leaf) -> NoteIndex:
        written, why = index.written()
        if why:
            message = f"the index of notes cannot be kept in `{index.path.parent}`: {why[:1].lower()}{why[1:]}"
            hint = "let this user write into the folder, or every start reads all supplements"
            first.warnings.at(Place(file=index.path.name, line=1, column=1), message, hint)
        return written


def _by_folder(leaves: Iterable[Leaf]) -> Iterable[tuple[RulesFolder, list[Leaf]]]:
    found: dict[RulesFolder, list[Leaf]] = {}
    for leaf in leaves:
        found.setdefault(leaf.within, []).append(leaf)
    return found.items()


def _some(unread: list[Leaf]) -> list[Leaf]:
    """Take from what is unread as much as is read together."""
    taken: list[Leaf] = []
    size = 0
    while unread and size < TOGETHER:
        taken.append(unread.pop(0))
        size += taken[-1].size
    return taken


def _rules(files: Sequence[ClauseFile]) -> list[list[object]]:
    return [
        [each.leaf.file, digest_of(each.leaf.data), each.rule_set.digest if each.rule_set else "", len(each.problems)]
        for each in files
    ]
