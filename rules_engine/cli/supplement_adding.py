"""Putting a supplement that was read into a working copy of the rule book, if the book then still holds."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rules_engine.errors import RulesEngineError
from rules_engine.host import Host
from rules_engine.model.notes import Note
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.nodes import read_nodes
from rules_engine.rulebook.places import Entries, Faults, Items
from rules_engine.rulebook.supplements import cusips_in
from rules_engine.supplements import ReadSupplement
from rules_engine.supplements.proposing import file_name, known_notes, programmes_of

_SUPPLEMENTS = "supplements"


class NotAdded(RulesEngineError):
    """A supplement was not put into the working copy, which is as it was before; the message says why."""


@dataclass(slots=True)
class Addition:
    """What was written: the file, and the difference it makes, line by line."""

    file: str
    difference: list[str] = field(default_factory=list)


def add(supplement: ReadSupplement, rules: Path, *, programme: str = "", amends: bool = False) -> Addition:
    """Write a supplement's file into a working copy, check the whole book, and give the difference it makes.

    Where the book has a fault that it had not before, everything is put back as it was. `amends` replaces the notes
    that the book has already; without it they are refused. Raise NotAdded, saying what to do.
    """
    before = Host.open(rules).book
    programme = programme or _proposed(before, supplement)
    folder = rules / programme / _SUPPLEMENTS
    target = folder / file_name(supplement)
    changed = _changes(supplement, before, folder, target, amends=amends)
    kept = {path: path.read_text(encoding="utf-8") if path.exists() else None for path in changed}
    _write(changed)
    after = Host.open(rules).book
    new_faults = [problem for problem in after.problems if problem not in before.problems]
    if new_faults:
        _write(kept)
        raise NotAdded(f"the rule book would not hold: {'; '.join(str(fault) for fault in new_faults)}")
    return Addition(str(target.relative_to(rules)), list(_difference(rules, kept, changed, before, after, supplement)))


def _proposed(book: Book, supplement: ReadSupplement) -> str:
    cusips = [note.cusip for note in supplement.notes]
    proposed = programmes_of(book, cusips)
    if len(proposed) == 1:
        return proposed[0]
    if proposed:
        raise NotAdded(f"its CUSIPs are those of several programmes, {', '.join(proposed)}: name one with --programme")
    part = cusips[0][:6]
    raise NotAdded(f"no note of the rule book has a CUSIP that starts with {part}: name the programme with --programme")


def _changes(
    supplement: ReadSupplement, book: Book, folder: Path, target: Path, *, amends: bool
) -> dict[Path, str | None]:
    """Say what each file is to hold; None for one that goes."""
    known = known_notes(book, supplement)
    if known and not amends:
        raise NotAdded(f"the rule book has {', '.join(known)} already: replace what it says with --amends")
    if target.exists() and not amends:
        raise NotAdded(f"there is a file `{target.name}` already: replace it with --amends, or name it otherwise")
    changed: dict[Path, str | None] = {}
    holding = folder.parent.parent.parent.glob(f"*/*/{_SUPPLEMENTS}/*.yaml") if known else ()
    for path in sorted(holding):
        if held := set(cusips_in(path.read_bytes())) & set(known):
            changed[path] = _without(path, held)
    if target.exists() and target not in changed:
        left = sorted(set(cusips_in(target.read_bytes())) - {note.cusip for note in supplement.notes})
        raise NotAdded(f"`{target.name}` holds {', '.join(left)}, which the new sheet does not: name it otherwise")
    if changed.get(target):
        left = sorted(cusips_in(str(changed[target]).encode()))
        raise NotAdded(f"`{target.name}` also holds {', '.join(left)}, which the new sheet does not name")
    changed[target] = supplement.yaml
    return changed


def _without(path: Path, cusips: set[str]) -> str | None:
    """Give a supplement's file without some of its notes; None where none is left."""
    text = path.read_text(encoding="utf-8")
    root = read_nodes(text.encode(), path.name, Faults())
    if root and _names(root, cusips):
        return None
    rows = root.entries["notes"].value if root and "notes" in root.entries else None
    if not isinstance(rows, Items):
        raise NotAdded(f"`{path.name}` cannot be read: mend it first")
    lines = text.splitlines(keepends=True)
    starts = [row.place.line for row in rows.items]
    ends = [*starts[1:], len(lines) + 1]
    left = {
        line
        for row, start, end in zip(rows.items, starts, ends, strict=True)
        if _names(row, cusips)
        for line in range(start, end)
    }
    if all(_names(row, cusips) for row in rows.items):
        return None
    return "".join(line for number, line in enumerate(lines, start=1) if number not in left).rstrip("\n") + "\n"


def _names(row: object, cusips: set[str]) -> bool:
    entry = row.entries.get("cusip") if isinstance(row, Entries) else None
    return entry is not None and getattr(entry.value, "text", "") in cusips


def _write(files: Mapping[Path, str | None]) -> None:
    for path, text in files.items():
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def _difference(
    rules: Path,
    kept: Mapping[Path, str | None],
    changed: Mapping[Path, str | None],
    before: Book,
    after: Book,
    supplement: ReadSupplement,
) -> Iterator[str]:
    """Tell which notes are new or changed, and then, line by line, what the files say otherwise."""
    for note in supplement.notes:
        old, new = before.note(note.cusip), after.note(note.cusip)
        if new:
            yield f"{'new' if not old else 'as before' if old == new else 'changed'}: {_in_short(new)}"
    for path in changed:
        if kept[path] is None:
            continue  # all of it is new, and says what its notes say
        name = path.relative_to(rules).as_posix()
        yield from difflib.unified_diff(
            (kept[path] or "").splitlines(), (changed[path] or "").splitlines(), name, name, lineterm=""
        )


def _in_short(note: Note) -> str:
    option = "with" if note.survivors_option else "without"
    return f"{note.cusip} {note.coupon:f} % {note.frequency}, due {note.maturity}, {option} survivor's option"
