"""What the rule book makes of a supplement's file."""

from __future__ import annotations

from rules_engine.model.notes import Note
from rules_engine.rulebook.nodes import read_nodes
from rules_engine.rulebook.places import Faults
from rules_engine.rulebook.supplements import read_supplement


def notes_of(yaml: str | bytes, *, programme: str = "acme/notes-a") -> tuple[list[Note], list[str]]:
    """Give the notes a file holds, and the faults found in it."""
    faults = Faults()
    top = read_nodes(yaml if isinstance(yaml, bytes) else yaml.encode(), "supplement.yaml", faults)
    if top is None:
        return [], [str(fault) for fault in faults]
    rows = read_supplement(top, programme, faults)
    found = [*faults, *(fault for row in rows for fault in row.faults)]
    return [row.note for row in rows if row.note], [str(fault) for fault in found]
