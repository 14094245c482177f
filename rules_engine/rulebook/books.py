"""The rule book: every programme's rule sets, notes and calendars, and every fault of every file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Self

from rules_engine.dates.calendars import Calendar
from rules_engine.errors import Problem, RuleBookError
from rules_engine.model.canonical import canonical_json, digest
from rules_engine.model.notes import Note
from rules_engine.rulebook.calendars import read_calendars
from rules_engine.rulebook.editions import CALENDAR, ClauseFile, read_clauses
from rules_engine.rulebook.folders import Origin, RulesFolder
from rules_engine.rulebook.indexed_notes import RestsOn
from rules_engine.rulebook.issuer_files import check_programmes, read_issuer_file, read_words_file
from rules_engine.rulebook.note_index import Notes
from rules_engine.rulebook.places import Faults
from rules_engine.rulebook.printed import read_notes
from rules_engine.rulebook.rules import RuleSet
from rules_engine.rulebook.sheet_labels import read_labels
from rules_engine.rulebook.sources import read_sources
from rules_engine.rulebook.standards import read_standards
from rules_engine.rulebook.supplements import Row
from rules_engine.rulebook.tree import CALENDARS, Tree, calendar_code, read_tree
from rules_engine.rulebook.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A rule book read into memory, once; a file with a fault is never half in use.

    `problems` are all faults of all files, in the order of files and lines; those among them that stand in a folder a
    plugin brings are `brought_problems`. `warnings` are what else a person should know of them, and keep nothing out of
    use. `programmes` are their codes, `<issuer>/<programme>`. `notes` are by CUSIP. `faulty_programmes` and
    `faulty_notes` say why a rule set or a note cannot be used. `rows` are those of supplements that notes were read of,
    by CUSIP. `speaking` says which folder an issuer's rules are read from, by its code, or a file beside them, by its
    path. `vocabulary` is the one it was read with, and the words that issuers add in it. `labels` are, by issuer, what
    its supplements call a note's terms.
    """

    problems: tuple[Problem, ...]
    brought_problems: frozenset[Problem]
    warnings: tuple[Problem, ...]
    programmes: tuple[str, ...]
    notes: Mapping[str, Note]
    rule_sets: tuple[RuleSet, ...]
    faulty_programmes: Mapping[str, tuple[Problem, ...]]
    faulty_notes: Mapping[str, tuple[Problem, ...]]
    calendars: Mapping[str, Calendar]
    faulty_calendars: Mapping[str, tuple[Problem, ...]]
    clause_files: Mapping[str, tuple[ClauseFile, ...]]
    speaking: Mapping[str, RulesFolder]
    vocabulary: Vocabulary
    labels: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    rows: Mapping[str, Row] = field(default_factory=dict, repr=False)
    _digests: dict[str, str] = field(default_factory=dict, init=False, compare=False, repr=False)

    @classmethod
    def open(cls, root: Path | str, vocabulary: Vocabulary, *, calendars: Iterable[Calendar] = ()) -> Self:
        """Read the book in one folder; faults in it are gathered, never raised.

        `calendars` are known besides the book's own, which go before them.
        """
        return cls.read([RulesFolder(root=Path(root))], vocabulary, calendars=calendars)

    @classmethod
    def read(
        cls, folders: Collection[RulesFolder], vocabulary: Vocabulary, *, calendars: Iterable[Calendar] = ()
    ) -> Self:
        """Read the book that several folders make together: working copies before what is plugged in.

        What a plugin brings may rest on standard sets and calendars; nothing that others give can be changed by it.
        """
        return cls.of_tree(read_tree(folders), vocabulary, calendars=calendars)

    @classmethod
    def of_tree(cls, tree: Tree, vocabulary: Vocabulary, *, calendars: Iterable[Calendar] = ()) -> Self:
        """Read the book that a tree of files makes; faults are added to those of its files."""
        known = {calendar.code: calendar for calendar in calendars}
        calendar_faults = dict.fromkeys(known, Faults())
        calendar_faults |= {calendar_code(leaf.name): leaf.faults for leaf in tree.calendars}
        known = read_calendars(tree.calendars, known)
        vocabulary = _with_words(vocabulary, tree)
        _check_issuers(tree)
        standards = read_standards(tree.standards, vocabulary)
        sources = read_sources(tree.sources)
        clauses = read_clauses(tree.editions, standards, sources, calendar_faults, vocabulary)
        by_programme = {
            programme: tuple(each for each in clauses if each.leaf.programme == programme)
            for programme in tree.programmes
        }
        notes, faulty_notes, rows = read_notes(tree.supplements, RestsOn(by_programme, sources, known))
        labels = {leaf.issuer: read_labels(leaf.root, leaf.faults) for leaf in tree.labels if leaf.root}
        beside = (*tree.issuers, *tree.words, *tree.labels, *(each.leaf for each in tree.sources))
        leaves = (*tree.standards, *tree.calendars, *tree.editions, *tree.supplements, *beside)
        faulty = {
            programme: tuple(dict.fromkeys(problem for each in files for problem in each.problems))
            for programme, files in by_programme.items()
        }
        brought = [leaf.faults for leaf in leaves if leaf.origin is Origin.PLUGGED_IN]
        return cls(
            problems=tuple(
                sorted(
                    {*tree.faults, *tree.brought_faults, *(problem for leaf in leaves for problem in leaf.faults)},
                )
            ),
            brought_problems=frozenset({*tree.brought_faults, *(problem for faults in brought for problem in faults)}),
            warnings=tuple(sorted([*tree.warnings, *(each for leaf in tree.supplements for each in leaf.warnings)])),
            programmes=tuple(tree.programmes),
            notes=notes,
            rule_sets=tuple(each.rule_set for each in clauses if each.rule_set),
            faulty_programmes=MappingProxyType({code: problems for code, problems in faulty.items() if problems}),
            faulty_notes=MappingProxyType(faulty_notes),
            calendars=MappingProxyType(known),
            faulty_calendars=MappingProxyType({code: tuple(faults) for code, faults in calendar_faults.items()}),
            clause_files=MappingProxyType(by_programme),
            rows=rows,
            speaking=MappingProxyType(tree.speaking),
            vocabulary=vocabulary,
            labels=MappingProxyType(labels),
        )

    @property
    def own_problems(self) -> tuple[Problem, ...]:
        """The faults that operations can mend: those of no folder that a plugin brings."""
        return tuple(problem for problem in self.problems if problem not in self.brought_problems)

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
        """Give the digest of a programme's part of the book: its rule sets, its notes, and the calendars they name.

        Empty for a programme the book does not have. Two books with the same digest decide its events alike.
        """
        if programme not in self.programmes:
            return ""
        if programme not in self._digests:
            self._digests[programme] = digest(canonical_json(self._content_of(programme)))
        return self._digests[programme]

    def _content_of(self, programme: str) -> list[list[str]]:
        """List the digests of what a programme's events are decided by."""
        rule_sets = [each.rule_set for each in self.clause_files.get(programme, ()) if each.rule_set]
        notes, calendars = self._notes_of(programme)
        named = {str(rule_set.terms[CALENDAR].value) for rule_set in rule_sets if CALENDAR in rule_set.terms}
        named |= calendars
        return [
            sorted(rule_set.digest for rule_set in rule_sets),
            notes,
            sorted(calendar.digest for code, calendar in self.calendars.items() if code in named),
        ]

    def _notes_of(self, programme: str) -> tuple[list[str], set[str]]:
        """Give the digests of a programme's notes, in order, and the calendars that its notes name for themselves."""
        if isinstance(self.notes, Notes):
            return self.notes.of_programme(programme)
        notes = [note for note in self.notes.values() if note.programme == programme]
        calendars = {note.payment_days[CALENDAR] for note in notes if CALENDAR in note.payment_days}
        return sorted(note.digest for note in notes), calendars

    def folder_of(self, file: str) -> RulesFolder | None:
        """Give the folder a file of the book is read from; None for a file of no folder that is read."""
        return self.speaking.get(file) or self.speaking.get(file.partition("/")[0])

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


def _with_words(vocabulary: Vocabulary, tree: Tree) -> Vocabulary:
    """Add the words that issuers list in their words files, each for its own rules."""
    listed = {leaf.issuer: read_words_file(leaf.root, leaf.faults) for leaf in tree.words if leaf.root}
    return replace(vocabulary, listed=MappingProxyType({issuer: words for issuer, words in listed.items() if words}))


def _check_issuers(tree: Tree) -> None:
    """Note what is wrong with the files that say who an issuer is."""
    programmes = dict.fromkeys(tree.programmes)
    for leaf in tree.issuers:
        issuer = read_issuer_file(leaf.root, leaf.issuer, leaf.faults) if leaf.root else None
        if issuer and leaf.root:
            check_programmes(leaf.root, issuer, programmes, leaf.faults)
