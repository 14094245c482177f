"""Changes that no scenario can notice, each explained beside the features, in files named `unnoticed.yaml`.

unnoticed:
  - file: acme/notes/2015-08-10/prospectus.yaml
    what: day count
    changed to: 30U/360
    because: >-
      No note of the programme pays interest to the end of a February, where the two part.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rules_engine.acceptance.mutants import Mutant
from rules_engine.errors import Problem
from rules_engine.rulebook.nodes import read_nodes
from rules_engine.rulebook.places import Entries, Faults, as_entries, check_keys, items_of, text_of, texts_of
from rules_engine.rulebook.rules import Place

FILE = "unnoticed.yaml"
DELETED = "deleted"
"""What stands for a change that deletes something."""

_KEYS = ("file", "what", "changed to", "because")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Why no scenario can notice a change: which file, what in it, changed to which texts (or any), and the reason."""

    file: str
    what: str
    changed_to: tuple[str, ...]
    because: str
    place: Place

    def covers(self, mutant: Mutant) -> bool:
        """Tell whether it speaks of a mutant."""
        named = not self.changed_to or (mutant.after or DELETED) in self.changed_to
        return named and (self.file, self.what) == (mutant.file, mutant.what)


def read_explained(features: Path) -> tuple[tuple[Explained, ...], tuple[Problem, ...]]:
    """Read what the features explain, in every file of that name under their folder, and what is wrong in them."""
    explained: list[Explained] = []
    faults = Faults()
    root = features if features.is_dir() else features.parent
    for path in sorted(root.rglob(FILE)):
        file = path.relative_to(root).as_posix()
        given = read_nodes(path.read_bytes(), file, faults)
        if given is None:
            continue
        check_keys(given, ("unnoticed",), faults)
        for node in items_of(given, "unnoticed", faults, required=True):
            entries = as_entries(node, "a change", faults)
            each = _read(entries, faults) if entries else None
            if each:
                explained.append(each)
    return tuple(explained), tuple(faults)


def _read(given: Entries, faults: Faults) -> Explained | None:
    check_keys(given, _KEYS, faults)
    file, what, because = (text_of(given, key, faults, required=True) for key in ("file", "what", "because"))
    if not (file and what and because):
        return None
    return Explained(
        file=file.text,
        what=what.text,
        changed_to=tuple(text.text for text in texts_of(given, "changed to", faults)),
        because=because.text,
        place=given.place,
    )


def idle(explained: Iterable[Explained], unnoticed: Sequence[Mutant], tried: Sequence[Mutant]) -> tuple[Problem, ...]:
    """Name the explanations that explain nothing any more: what was tried of them, a scenario notices."""
    return tuple(
        Problem(
            file=each.place.file,
            line=each.place.line,
            column=each.place.column,
            message=f"a scenario notices it, or it is gone: `{each.what}` of {each.file}",
            help="delete the explanation",
        )
        for each in explained
        if not any(each.covers(mutant) for mutant in unnoticed) and any(each.file == mutant.file for mutant in tried)
    )
