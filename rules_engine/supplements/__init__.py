"""Pricing supplements as they were filed, read into supplements for the rule book."""

from __future__ import annotations

from rules_engine.supplements.documents import UnreadableSupplement
from rules_engine.supplements.reading import NoNoteFound, read_supplement_text
from rules_engine.supplements.readings import Reading, ReadNote, ReadSupplement, Remark
from rules_engine.supplements.telling import told

__all__ = [
    "NoNoteFound",
    "ReadNote",
    "ReadSupplement",
    "Reading",
    "Remark",
    "UnreadableSupplement",
    "read_supplement_text",
    "told",
]
