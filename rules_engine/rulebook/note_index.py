"""Notes kept beside the book they were read from, so that a large book opens without being read through again.

A supplement that had no fault is kept by its digest, with the canonical text of each of its notes. When the book is
opened again every supplement's bytes are digested; one that is as it was, under rules and calendars that are as they
were, is taken from the index, and each of its notes is read when it is asked for. Nothing is believed by a file's date.

The index is two lines and the texts: the digest of the second line; what is kept of which file, and where; the texts.
It is written anew, as a whole, when anything has changed, and whoever has it open goes on with the one that was.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from rules_engine.errors import Problem, RuleBookError
from rules_engine.model.canonical import canonical_json
from rules_engine.model.notes import Note
from rules_engine.model.own_code import digest_of_rooms
from rules_engine.rulebook.note_rows import read_note

MOST_AT_HAND = 4_096
"""How many notes are kept once they were read; of one read before them the text is read again."""

_ROOMS = ("dates", "model", "rulebook")
"""The rooms that a note is read by: with other code in them nothing that was kept counts."""


class Kept(NamedTuple):
    """What is kept of one note: its programme, its digest, its own calendar (or nothing), and where its text stands."""

    programme: str
    digest: str
    calendar: str
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A supplement without a fault: what it was when it was read, its warnings, and its notes by CUSIP."""

    digest: str
    rests_on: str
    warnings: tuple[Problem, ...]
    notes: Mapping[str, Kept]


class NoteIndex:
    """The index of one folder, as it is on disk; empty where there is none that can be trusted."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files: dict[str, KeptFile] = {}
        self._texts: BinaryIO | None = None
        self._begin = 0
        with suppress(OSError, ValueError, KeyError, TypeError):
            self._open(path)

    def text(self, kept: Kept) -> str:
        """Read a note's text; raise RuleBookError where it is not the one that was kept."""
        assert self._texts is not None, "an index without a file keeps no note"
        data = os.pread(self._texts.fileno(), kept.length, self._begin + kept.start)
        if _digest(data) != kept.digest:
            message = f"the index of notes is damaged: `{self.path}` does not hold the note that was kept"
            hint = "delete the file; it is made anew when the book is opened"
            raise RuleBookError([Problem(file=self.path.name, line=1, column=1, message=message, help=hint)])
        return data.decode()

    def _open(self, path: Path) -> None:
        texts = path.open("rb", buffering=0)
        if os.fstat(texts.fileno()).st_uid not in (owner_of(path.parent), os.geteuid()):
            raise ValueError("somebody wrote the index who does not own its folder")
        with os.fdopen(os.dup(texts.fileno()), "rb") as reading:
            expected, head = reading.readline(), reading.readline()
        if _digest(head) != expected.decode().strip():
            raise ValueError("the head of the index is not what was written")
        content = json.loads(head)
        if content["made by"] != made_by():
            raise ValueError("the index was made by other code")
        self.files = {name: _kept_file(**kept) for name, kept in content["files"].items()}
        self._texts, self._begin = texts, len(expected) + len(head)


class Writing:
    """A new index of a folder while it is put together: what stays of the old one, and what is read now."""

    def __init__(self, old: NoteIndex, stays: Iterable[str]) -> None:
        self._old = old
        self.path = old.path
        self._files: dict[str, KeptFile] = {name: old.files[name] for name in stays}
        self._fresh: dict[str, tuple[KeptFile, BinaryIO]] = {}
        self._texts: Any = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed with the index that is written
        self._end = 0
        self.changed = self._files.keys() != old.files.keys()

    @property
    def files(self) -> Mapping[str, KeptFile]:
        """What the new index keeps so far."""
        return self._files

    def keep(self, name: str, digest: str, rests_on: str, warnings: Sequence[Problem], notes: Iterable[Note]) -> None:
        """Keep a supplement that was read just now."""
        kept: dict[str, Kept] = {}
        for note in notes:
            data = note.text.encode()
            kept[note.cusip] = Kept(
                note.programme, note.digest, note.payment_days.get("calendar", ""), self._end, len(data)
            )
            self._texts.write(data)
            self._end += len(data)
        self._files[name] = KeptFile(digest, rests_on, tuple(warnings), kept)
        self._fresh[name] = self._files[name], self._texts
        self.changed = True

    def forget(self, name: str) -> None:
        """Keep a supplement no longer."""
        del self._files[name]
        self._fresh.pop(name, None)
        self.changed = True

    def written(self) -> tuple[NoteIndex, str]:
        """Write the index beside the book, and open it; where that cannot be, say why, and keep it for this once."""
        if not self.changed:
            return self._old, ""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return self._written(self.path), ""
        except OSError as fault:
            why = fault.strerror or str(fault)
        with tempfile.TemporaryDirectory() as elsewhere:
            index = self._written(Path(elsewhere) / self.path.name)
        index.path = self.path
        return index, why

    def _written(self, path: Path) -> NoteIndex:
        self._texts.flush()
        placed: dict[str, KeptFile] = {}
        end = 0
        for name, kept in self._files.items():
            moved: dict[str, Kept] = {}
            for cusip, note in kept.notes.items():
                moved[cusip] = note._replace(start=end)
                end += note.length
            placed[name] = KeptFile(kept.digest, kept.rests_on, kept.warnings, moved)
        content = {"made by": made_by(), "files": {name: _written_file(kept) for name, kept in placed.items()}}
        head = canonical_json(content).encode() + b"\n"
        handle, temporary = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(f"{_digest(head)}\n".encode())
                file.write(head)
                for name, kept in self._files.items():
                    for note in kept.notes.values():
                        file.write(self._data(name, note))
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        return NoteIndex(path)

    def _data(self, name: str, note: Kept) -> bytes:
        if name in self._fresh:
            return os.pread(self._texts.fileno(), note.length, note.start)
        return self._old.text(note).encode()


class Notes(Mapping[str, Note]):
    """Notes by CUSIP: those read with the book, and those that indices give when they are asked for."""

    def __init__(self, read: Mapping[str, Note], indices: Iterable[NoteIndex] = ()) -> None:
        self._read = read
        self._kept: dict[str, tuple[Kept, NoteIndex]] = {}
        for index in indices:
            for file in index.files.values():
                self._kept |= {cusip: (kept, index) for cusip, kept in file.notes.items()}
        self._at_hand: dict[str, Note] = {}

    def __getitem__(self, cusip: str) -> Note:
        found = self._read.get(cusip) or self._at_hand.get(cusip)
        if found is not None:
            return found
        kept, index = self._kept[cusip]
        note = read_note(index.text(kept))
        if len(self._at_hand) >= MOST_AT_HAND:
            self._at_hand = {}
        self._at_hand[cusip] = note
        return note

    def __contains__(self, cusip: object) -> bool:
        return cusip in self._read or cusip in self._kept

    def __iter__(self) -> Iterator[str]:
        yield from self._read
        yield from self._kept

    def __len__(self) -> int:
        return len(self._read) + len(self._kept)

    def of_programme(self, programme: str) -> tuple[list[str], set[str]]:
        """Give the digests of a programme's notes, in order, and the calendars that its notes name for themselves."""
        read = [note for note in self._read.values() if note.programme == programme]
        kept = [note for note, _ in self._kept.values() if note.programme == programme]
        calendars = {note.payment_days.get("calendar", "") for note in read} | {note.calendar for note in kept}
        digests = sorted([*(note.digest for note in read), *(note.digest for note in kept)])
        return digests, {calendar for calendar in calendars if calendar}


def made_by() -> str:
    """Name the code that notes are read by."""
    return digest_of_rooms(*_ROOMS)


def owner_of(folder: Path) -> int:
    """Give the user a folder belongs to."""
    return folder.stat().st_uid


def digest_of(data: bytes) -> str:
    """Name a file's bytes by their SHA-256."""
    return _digest(data)


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _written_file(kept: KeptFile) -> dict[str, Any]:
    return {
        "digest": kept.digest,
        "rests_on": kept.rests_on,
        "warnings": [[each.file, each.line, each.column, each.message, each.help] for each in kept.warnings],
        "notes": {cusip: list(note) for cusip, note in kept.notes.items()},
    }


def _kept_file(digest: str, rests_on: str, warnings: list[Any], notes: dict[str, Any]) -> KeptFile:
    problems = tuple(
        Problem(file=file, line=line, column=column, message=message, help=help)
        for file, line, column, message, help in warnings
    )
    return KeptFile(digest, rests_on, problems, {cusip: Kept(*kept) for cusip, kept in notes.items()})
