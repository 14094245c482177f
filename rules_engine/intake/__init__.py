"""From a line of JSON to an event, strictly: nothing is guessed, and every fault of a line is told at once."""

from __future__ import annotations

from rules_engine.intake.events import read_event, read_recorded
from rules_engine.intake.lines import lines_in
from rules_engine.intake.readers import AddedWords
from rules_engine.model.canonical import event_to_json

__all__ = ["AddedWords", "event_to_json", "lines_in", "read_event", "read_recorded"]
