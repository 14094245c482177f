"""The rule book: every programme's rule sets, notes and calendars, and every fault of every file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Self

from rules_engine.dates.calendars import Calendar
from rules_engine.errors import Problem, RuleBookError
from rules_engine.model.canonical import canonical_json, digest
from rules_engine.model.notes import Note
from rules_engine.rulebook.calendars import read_calendars
from rules_engine.rulebook.editions import ClauseFile, read_clauses, read_standards
from rules_engine.rulebook.note_index import Notes
from rules_engine.rulebook.places import Faults
from rules_engine.rulebook.printed import read_notes
from rules_engine.rulebook.rules import RuleSet
from rules_engine.rulebook.tree import CALENDARS, calendar_code, read_tree
from rules_engine.rulebook.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A rule book read into memory, once; a file with a fault is never half in use.

    `problems` are all faults of all files, in the order of files and lines; `warnings` are what else a
    person should know of them, and keep nothing out of use. `programmes` are their
    codes, `<issuer>/<programme>`. `notes` are by CUSIP. `faulty_programmes` and `faulty_notes` say
    why a rule set or a note cannot be used.
    """

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    programmes: tuple[str, ...]
    notes: Mapping[str, Note]
    rule_sets: tuple[RuleSet, ...]
    faulty_programmes: Mapping[str, tuple[Problem, ...]]
    faulty_notes: Mapping[str, tuple[Problem, ...]]
    calendars: Mapping[str, Calendar]
    faulty_calendars: Mapping[str, tuple[Problem, ...]]
    clause_files: Mapping[str, tuple[ClauseFile, ...]]
    _digests: dict[str, str] = field(default_factory=dict, init=False, compare=False, repr=False)

    @classmethod
    def open(cls, root: Path | str, vocabulary: Vocabulary, *, calendars: Iterable[Calendar] = ()) -> Self:
        """Read the book in a folder; faults in it are gathered, never raised.

        `calendars` are known besides the book's own, which go before them.
        """
        tree = read_tree(Path(root))
        known = {calendar.code: calendar for calendar in calendars}
        calendar_faults = dict.fromkeys(known, Faults())
        calendar_faults |= {calendar_code(leaf.name): leaf.faults for leaf in tree.calendars}
        known = read_calendars(tree.calendars, known)
        standards = read_standards(tree.standards, vocabulary)
        clauses = read_clauses(tree.editions, standards, calendar_faults, vocabulary)
        by_programme = {
            programme: tuple(each for each in clauses if each.leaf.programme == programme)
            for programme in tree.programmes
        }
        notes, faulty_notes = read_notes(tree.supplements, by_programme, known)
        leaves = (*tree.standards, *tree.calendars, *tree.editions, *tree.supplements)
        faulty = {
            programme: tuple(dict.fromkeys(problem for each in files for problem in each.problems))
            for programme, files in by_programme.items()
        }
        return cls(
            problems=tuple(sorted({*tree.faults, *(problem for leaf in leaves for problem in leaf.faults)})),
            warnings=tuple(sorted(warning for leaf in tree.supplements for warning in leaf.warnings)),
            programmes=tuple(tree.programmes),
            notes=notes,
            rule_sets=tuple(each.rule_set for each in clauses if each.rule_set),
            faulty_programmes=MappingProxyType({code: problems for code, problems in faulty.items() if problems}),
            faulty_notes=MappingProxyType(faulty_notes),
            calendars=MappingProxyType(known),
            faulty_calendars=MappingProxyType({code: tuple(faults) for code, faults in calendar_faults.items()}),
            clause_files=MappingProxyType(by_programme),
        )

    def note(self, cusip: str) -> Note | None:
        """Find a note; None when no supplement gives it, or its row has a fault."""
        return self.notes.get(cusip)

    def rule_set(self, programme: str, clause: str, issued_on: date) -> RuleSet | None:
        """Find the edition of a clause that a note was sold under, by its issue date.

        None when there is none, or when any file that may speak for the day has a fault: a note is
        never decided on an older edition because the newer one is broken. `problems_of` says why.
        """
        found = [each for each in self._files(programme, clause) if each.covers(issued_on)]
        return found[0].rule_set if len(found) == 1 else None

    def digest_of(self, programme: str) -> str:
        """Give the digest of a programme's part of the book: its rule sets, its notes, and all calendars.

        Empty for a programme the book does not have. Two books with the same digest decide its events alike.
        """
        if programme not in self.programmes:
            return ""
        if programme not in self._digests:
            files = self.clause_files.get(programme, ())
            content = [
                sorted(each.rule_set.digest for each in files if each.rule_set),
                self._digests_of_notes(programme),
                sorted(calendar.digest for calendar in self.calendars.values()),
            ]
            self._digests[programme] = digest(canonical_json(content))
        return self._digests[programme]

    def _digests_of_notes(self, programme: str) -> list[str]:
        if isinstance(self.notes, Notes):
            return self.notes.of_programme(programme)[0]
        return sorted(note.digest for note in self.notes.values() if note.programme == programme)

    def problems_of(self, programme: str, clause: str) -> tuple[Problem, ...]:
        """List the faults that keep a programme's clause, in any of its editions, out of use."""
        return tuple(dict.fromkeys(problem for each in self._files(programme, clause) for problem in each.problems))

    def _files(self, programme: str, clause: str) -> Iterable[ClauseFile]:
        return (each for each in self.clause_files.get(programme, ()) if each.clause in (clause, ""))

    def calendar(self, code: str) -> Calendar:
        """Find a calendar; raise RuleBookError, saying why, when the book has none that can be used."""
        found = self.calendars.get(code)
        if found:
            return found
        missing = Problem(
            file=f"{CALENDARS}/{code.lower()}.yaml", line=1, column=1, message=f"there is no calendar `{code}`"
        )
        raise RuleBookError(self.faulty_calendars.get(code) or (missing,))
