"""The rules a ledger kept: notes, rule sets and calendars by the digests its decisions name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from rules_engine.dates import calendars
from rules_engine.dates.calendars import Calendar
from rules_engine.errors import LedgerError, Problem, RuleBookError
from rules_engine.model.decisions import Decision
from rules_engine.model.notes import Note
from rules_engine.rulebook.note_rows import read_note
from rules_engine.rulebook.resolving import read_resolved
from rules_engine.rulebook.rules import RuleSet
from rules_engine.rulebook.vocabulary import Vocabulary

ReadT = TypeVar("ReadT", Note, RuleSet, Calendar)


class RecordedRules:
    """A source of rules that gives each note what the decision taken last was made on."""

    def __init__(self, text: Callable[[str], str | None], vocabulary: Vocabulary) -> None:
        self._text = text
        self._vocabulary = vocabulary
        self._notes: dict[str, Note] = {}
        self._rule_sets: dict[tuple[str, str, date], RuleSet] = {}
        self._calendars: dict[str, Calendar] = {}
        self._read: dict[str, Note | RuleSet | Calendar] = {}
        self.programmes: Collection[str] = ()

    def take(self, decision: Decision) -> bool:
        """Take over what a decision rests on; tell whether any of it is other than before.

        Raises LedgerError when the ledger has not kept it, or it does not have the digest named.
        """
        note = self._once(decision.note_digest, read_note)
        calendar = self._once(decision.calendar_digest, calendars.from_text)
        moved = self._notes.get(note.cusip) != note or self._calendars.get(calendar.code) != calendar
        self._notes[note.cusip], self._calendars[calendar.code] = note, calendar
        for named in (decision.rules_digest, decision.days_digest):
            rule_set = self._once(named, self._rule_set_of)
            key = (note.programme, rule_set.clause, note.issue_date)
            moved = moved or self._rule_sets.get(key) != rule_set
            self._rule_sets[key] = rule_set
        return moved

    def note(self, cusip: str) -> Note | None:
        """Find a note that a decision was made on."""
        return self._notes.get(cusip)

    def rule_set(self, programme: str, clause: str, issued_on: date) -> RuleSet | None:
        """Find the rule set last used for notes of a programme issued on a day."""
        return self._rule_sets.get((programme, clause, issued_on))

    def calendar(self, code: str) -> Calendar:
        """Find a calendar that a decision was made on; raise RuleBookError when there is none."""
        if code in self._calendars:
            return self._calendars[code]
        raise RuleBookError([Problem(file="ledger", line=1, column=1, message=f"there is no calendar `{code}`")])

    def digest_of(self, programme: str) -> str:
        """Give none: by which book an entry was decided is recorded with it."""
        return ""

    def problems_of(self, programme: str, clause: str) -> Sequence[Problem]:
        """List no faults: what a ledger kept was read without one."""
        return ()

    @property
    def faulty_notes(self) -> Mapping[str, Sequence[Problem]]:
        """List no faults: what a ledger kept was read without one."""
        return MappingProxyType({})

    def _rule_set_of(self, text: str) -> RuleSet:
        return read_resolved(text, self._vocabulary)

    def _once(self, named: str, read: Callable[[str], ReadT]) -> ReadT:
        if named not in self._read:
            text = self._text(named)
            if text is None:
                raise LedgerError(f"the ledger has no text with digest {named}")
            self._read[named] = read(text)
        found = self._read[named]
        if found.digest != named:
            raise LedgerError(f"the text kept under digest {named} has digest {found.digest}")
        return found  # type: ignore[return-value]  # a digest names one text, read one way
