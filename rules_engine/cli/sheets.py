"""Which files are read, how each came out, and the journal by which a run that was stopped goes on."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

from rules_engine.cli.ending import CommandWrong, notice
from rules_engine.rulebook.books import Book
from rules_engine.supplements import NoNoteFound, ReadSupplement, UnreadableSupplement, read_supplement_text
from rules_engine.supplements.outcomes import Outcome, Outcomes, reasons_of
from rules_engine.supplements.proposing import programmes_of

SHEETS = (".txt", ".htm", ".html", ".pdf", ".xml")
"""The endings of the files that are read of a folder."""
_JOURNAL = "read.jsonl"
_SHOWN_REASONS = 3


@dataclass(slots=True)
class Read:
    """One file, how it came out, and what was read of it; None where that was in an earlier run, or it is unread."""

    file: Path
    outcomes: Outcomes
    supplement: ReadSupplement | None = None

    @property
    def line(self) -> str:
        """Say in one line how it came out, and why."""
        came_out = self.outcomes
        notes = f" ({', '.join(came_out.cusips)})" if came_out.cusips else ""
        reasons = "; ".join(came_out.reasons[:_SHOWN_REASONS])
        more = len(came_out.reasons) - _SHOWN_REASONS
        return (
            f"{self.file}: {came_out.outcome}{notes}"
            + (f": {reasons}" if reasons else "")
            + (f"; and {more} more" if more > 0 else "")
        )


def sheets_in(paths: Sequence[Path]) -> list[Path]:
    """List the files that are named, and those of folders, at any depth, whose endings are a sheet's."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(each for each in path.rglob("*") if each.is_file() and not _is_hidden(each, path))
        found += [each for each in inside if each.suffix.lower() in SHEETS]
        if left := [each for each in inside if each.suffix.lower() not in SHEETS]:
            named = ", ".join(each.name for each in left[:5]) + (", ..." if len(left) > 5 else "")
            files = "1 file is" if len(left) == 1 else f"{len(left)} files are"
            notice(f"{path}: {files} not read ({named}): only {', '.join(SHEETS)} are")
    if not found:
        raise CommandWrong(f"there is no file to read: the endings of sheets are {', '.join(SHEETS)}")
    return found


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def read_one(data: bytes, file: Path, programme: str, book: Book) -> ReadSupplement:
    """Read one file's bytes; raise NoNoteFound or UnreadableSupplement where nothing can be read of it."""
    return read_supplement_text(data, file=str(file), programme=programme, book=book)


def outcomes_of(supplement: ReadSupplement, programme: str, book: Book) -> Outcomes:
    """Say how a sheet came out that holds notes."""
    cusips = tuple(note.cusip for note in supplement.notes)
    proposed = programmes_of(book, cusips)
    return Outcomes(
        file=supplement.file,
        outcome=Outcome.TO_LOOK_AT if supplement.doubts else Outcome.READY,
        cusips=cusips,
        reasons=tuple(reasons_of(supplement)),
        programme=programme or (proposed[0] if len(proposed) == 1 else ""),
    )


def read_each(files: Sequence[Path], programme: str, book: Book, shelf: Shelf) -> Iterator[Read]:
    """Read file after file; what the shelf holds from an earlier run is not read again."""
    for file in files:
        try:
            data = file.read_bytes()
        except OSError as fault:
            reason = f"the file cannot be opened: {fault.strerror}"
            yield Read(file, Outcomes(file=str(file), outcome=Outcome.UNREAD, reasons=(reason,)))
            continue
        if known := shelf.known(file, data):
            yield Read(file, known)
            continue
        try:
            supplement = read_one(data, file, programme, book)
        except (NoNoteFound, UnreadableSupplement) as fault:
            reason = str(fault).removeprefix(f"{file}: ")
            read = Read(file, Outcomes(file=str(file), outcome=Outcome.UNREAD, reasons=(reason,)))
        else:
            read = Read(file, outcomes_of(supplement, programme, book), supplement)
        shelf.keep(read, data)
        yield read


@dataclass(slots=True)
class Shelf:
    """A folder for the files of sheets, with a journal of what was read; no folder keeps nothing.

    A sheet is read again where its bytes or the reader's version have changed. A file on the shelf that somebody has
    filled in is not written over.
    """

    folder: Path | None
    _known: dict[str, Outcomes] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path | None) -> Shelf:
        """Open a folder, making it where there is none; raise CommandWrong for a journal that is none."""
        shelf = cls(folder)
        if folder is None:
            return shelf
        folder.mkdir(parents=True, exist_ok=True)
        journal = folder / _JOURNAL
        lines = journal.read_text(encoding="utf-8").splitlines() if journal.exists() else []
        for number, line in enumerate(lines, start=1):
            try:
                kept = json.loads(line)
                key, told = kept["key"], kept["outcomes"]
                shelf._known[key] = Outcomes(
                    file=told["file"],
                    outcome=Outcome(told["outcome"]),
                    cusips=tuple(told["cusips"]),
                    reasons=tuple(told["reasons"]),
                    programme=told["programme"],
                )
            except (ValueError, KeyError, TypeError):
                if number == len(lines):
                    continue  # the run was stopped while it wrote this line
                raise CommandWrong(f"{journal}:{number}: not a journal of sheets: name another folder") from None
        return shelf

    def known(self, file: Path, data: bytes) -> Outcomes | None:
        """Give how a file came out in an earlier run; None where it is to be read."""
        return self._known.get(_key(file, data))

    def keep(self, read: Read, data: bytes) -> None:
        """Write a sheet's file and, after it, its line in the journal."""
        if self.folder is None:
            return
        if read.supplement:
            (self.folder / self.name_of(read.file)).write_text(read.supplement.yaml, encoding="utf-8")
        line = json.dumps({"key": _key(read.file, data), "outcomes": asdict(read.outcomes)})
        with (self.folder / _JOURNAL).open("a", encoding="utf-8") as journal:
            journal.write(f"{line}\n")

    def name_of(self, file: Path) -> str:
        """Name the file of a sheet on the shelf, apart from those of sheets of the same name in other folders."""
        place = hashlib.sha256(str(file.parent).encode()).hexdigest()[:6]
        return f"{file.stem}-{place}.yaml"


def _key(file: Path, data: bytes) -> str:
    return f"{version('retail-note-rules')} {hashlib.sha256(data).hexdigest()} {file}"


def summary_of(outcomes: Sequence[Outcomes]) -> Iterator[str]:
    """Say how many sheets came out in which way, and how many for which reason, the most frequent first."""
    counts = Counter(each.outcome for each in outcomes)
    yield ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome])
    reasons = Counter(reason for each in outcomes for reason in each.reasons)
    for reason, times in reasons.most_common():
        yield f"{times:>5}  {reason}"
