"""A large book's notes: from the index beside it where their supplement is as it was, and read where it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from rules_engine.dates.calendars import Calendar
from rules_engine.errors import Problem
from rules_engine.model.canonical import canonical_json, digest
from rules_engine.model.notes import Note
from rules_engine.rulebook.editions import ClauseFile
from rules_engine.rulebook.note_index import NAME, NoteIndex, Notes, Writing, digest_of
from rules_engine.rulebook.rules import Place
from rules_engine.rulebook.tree import Leaf, read_data

Programmes = Mapping[str, Sequence[ClauseFile]]
"""The clauses of each programme, by its code."""

Faulty = dict[str, tuple[Problem, ...]]
"""The reasons why notes cannot be used, by CUSIP."""

TOGETHER = 2_000_000
"""How many bytes of supplements are read through before what was read of them is let go."""


@dataclass(frozen=True, slots=True)
class Found:
    """What some supplements give: notes, reasons why others cannot be used, and by which file each CUSIP is given."""

    notes: dict[str, Note]
    faulty: Faulty
    given_in: dict[str, str]


Read = Callable[[Sequence[Leaf], Programmes, Mapping[str, Calendar]], Found]
"""Reads supplements through."""


def read_indexed(
    leaves: Sequence[Leaf], programmes: Programmes, calendars: Mapping[str, Calendar], *, read: Read
) -> tuple[Notes, Faulty]:
    """Take supplements that are as they were from the index, `read` the others, and write the index anew with them."""
    by_file = {leaf.file: leaf for leaf in leaves}
    rests_on = {programme: _rests_on(files, calendars) for programme, files in programmes.items()}
    old = NoteIndex(_folder_of(leaves))
    digests: dict[str, str] = {}
    for leaf in leaves:
        if (data := read_data(leaf)) is not None:
            digests[leaf.file] = digest_of(data)
    same = [
        name
        for name, kept in old.files.items()
        if name in digests and (kept.digest, kept.rests_on) == (digests[name], rests_on[by_file[name].programme])
    ]
    reading = _Reading(Writing(old, same), by_file, digests, rests_on)
    unread = [leaf for leaf in leaves if leaf.file not in reading.index.files]
    while unread:
        reading.take(_some(unread), lambda batch: read(batch, programmes, calendars))
    for name in same:
        if name in reading.index.files:
            by_file[name].warnings[:] = reading.index.files[name].warnings
    kept, why = reading.index.written() if reading.index.changed else (old, "")
    if why:
        message = f"the index of notes cannot be kept beside the book: {why[:1].lower()}{why[1:]}"
        hint = "let this user write into the folder, or every start reads all supplements"
        leaves[0].warnings.at(Place(file=NAME, line=1, column=1), message, hint)
    return Notes(reading.notes, kept), reading.faulty


class _Reading:
    """Reads supplements batch by batch, and keeps those without a fault in a new index."""

    def __init__(
        self, index: Writing, leaves: Mapping[str, Leaf], digests: Mapping[str, str], rests_on: Mapping[str, str]
    ) -> None:
        self.index = index
        self.notes: dict[str, Note] = {}
        self.faulty: Faulty = {}
        self._leaves = leaves
        self._order = {name: place for place, name in enumerate(leaves)}
        self._digests = digests
        self._rests_on = rests_on
        self._given_in = {cusip: name for name, kept in index.files.items() for cusip in kept.notes}

    def take(self, batch: list[Leaf], read: Callable[[Sequence[Leaf]], Found]) -> None:
        """Read a batch, with every supplement before it that gives a CUSIP of the batch too: neither is right alone."""
        found = read(batch)
        while others := self._giving(found.given_in, but={leaf.file for leaf in batch}):
            batch += [self._leaves[name] for name in others]
            batch.sort(key=lambda leaf: self._order[leaf.file])
            for leaf in batch:
                if leaf.path is not None:
                    leaf.faults.clear()
                    leaf.warnings.clear()
            found = read(batch)
        for leaf in batch:
            if leaf.file in self.index.files:
                self.index.forget(leaf.file)
        self.faulty |= found.faulty
        self._given_in |= found.given_in
        own: dict[str, list[Note]] = {leaf.file: [] for leaf in batch}
        for note in found.notes.values():
            own[found.given_in[note.cusip]].append(note)
        for leaf in batch:
            self._keep(leaf, own[leaf.file])

    def _giving(self, cusips: Iterable[str], but: Set[str]) -> list[str]:
        """Name the supplements read before that give some of these CUSIPs."""
        return sorted({self._given_in[cusip] for cusip in cusips if cusip in self._given_in} - but)

    def _keep(self, leaf: Leaf, notes: list[Note]) -> None:
        if leaf.faults or leaf.file not in self._digests:
            for note in notes:
                self.notes[note.cusip] = note
            return
        self.index.keep(leaf.file, self._digests[leaf.file], self._rests_on[leaf.programme], leaf.warnings, notes)


def _some(unread: list[Leaf]) -> list[Leaf]:
    """Take from what is unread as much as is read together."""
    taken: list[Leaf] = []
    size = 0
    while unread and size < TOGETHER:
        taken.append(unread.pop(0))
        size += taken[-1].path.stat().st_size if taken[-1].path else 0
    return taken


def _rests_on(files: Sequence[ClauseFile], calendars: Mapping[str, Calendar]) -> str:
    """Name the rules and calendars that a programme's notes were checked against."""
    rules = [
        [each.leaf.file, digest_of(each.leaf.data), each.rule_set.digest if each.rule_set else "", len(each.problems)]
        for each in files
    ]
    days = sorted(f"{code} {calendar.digest}" for code, calendar in calendars.items())
    return digest(canonical_json([rules, days]))


def _folder_of(leaves: Sequence[Leaf]) -> Path:
    """Give the folder of the book that supplements stand in."""
    leaf = next(leaf for leaf in leaves if leaf.path)
    assert leaf.path is not None
    return leaf.path.parents[len(Path(leaf.file).parts) - 1]
