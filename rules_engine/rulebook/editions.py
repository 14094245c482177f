"""A programme's editions: which rule set speaks for which notes, by the day they were issued."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from rules_engine.errors import Problem
from rules_engine.rulebook.headings import FROM, PROSPECTUS, Heading, note_unused, read_heading
from rules_engine.rulebook.leaves import Leaf
from rules_engine.rulebook.places import Faults, Text, meant
from rules_engine.rulebook.reading import Written, read_written, standing_alone
from rules_engine.rulebook.resolving import resolve
from rules_engine.rulebook.rules import Place, RuleSet
from rules_engine.rulebook.sources import Source, check_quotes
from rules_engine.rulebook.standards import Standards
from rules_engine.rulebook.tree import CALENDARS
from rules_engine.rulebook.vocabulary import Vocabulary

CALENDAR = "calendar"
"""The term that names a calendar, in whichever clause it stands."""


@dataclass(slots=True, kw_only=True)
class ClauseFile:
    """One clause of one edition: a file, the days of issue it is for, and the rule set if it has no fault.

    `clause` is empty where the file does not tell it; such a file stands in the way of every clause
    of its programme, for no note may be decided on an older edition because a newer one is broken.
    `inherited` are the faults of other files it rests on.
    """

    leaf: Leaf
    clause: str
    written: Written | None
    rule_set: RuleSet | None = None
    inherited: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every reason why the rule set cannot be used; none when it can."""
        return tuple(dict.fromkeys((*self.leaf.faults, *self.inherited)))

    @property
    def starts_on(self) -> date:
        """The first day of issue it is for; where the file does not tell it, its folder's date."""
        given = self.written.issued_from if self.written else None
        return given or self.leaf.folder_on or date.min

    @property
    def ends_on(self) -> date:
        """The last day of issue it is for."""
        return (self.written.issued_until if self.written else None) or date.max

    def covers(self, issued_on: date) -> bool:
        """Tell whether a note issued on a day is sold under it."""
        return self.starts_on <= issued_on <= self.ends_on

    def place_of(self, key: str) -> Place:
        """Give the place of what stands under a key, or the start of the file."""
        entry = self.leaf.root.entries.get(key) if self.leaf.root else None
        return entry.value.place if entry else Place(file=self.leaf.file, line=1, column=1)


def read_clauses(
    leaves: Iterable[Leaf],
    standards: Standards,
    sources: Mapping[str, Sequence[Source]],
    calendars: Mapping[str, Faults],
    vocabulary: Vocabulary,
) -> tuple[ClauseFile, ...]:
    """Read every edition's files and set them beside each other; a file with a fault gives no rule set."""
    editions: dict[tuple[str, str], list[Leaf]] = {}
    for leaf in leaves:
        editions.setdefault((leaf.programme, leaf.folder), []).append(leaf)
    clauses = tuple(
        each
        for (programme, _), files in editions.items()
        for each in _read_edition(files, standards, vocabulary.known_to(programme))
    )
    for clause in clauses:
        _check_calendar(clause, calendars)
        _check_quotes(clause, sources.get(clause.leaf.programme, ()))
    by_clause = sorted((each for each in clauses if each.clause), key=lambda each: (each.leaf.programme, each.clause))
    for _, group in groupby(by_clause, key=lambda each: (each.leaf.programme, each.clause)):
        _check_succession(sorted(group, key=lambda each: (each.starts_on, each.leaf.file)))
    for clause in clauses:
        if clause.problems:
            clause.rule_set = None
    return clauses


def _read_edition(files: list[Leaf], standards: Standards, vocabulary: Vocabulary) -> list[ClauseFile]:
    """Read an edition's clauses: those of its files, and those of its base that have no file of their own."""
    paper = next((leaf for leaf in files if leaf.name == PROSPECTUS), None)
    if paper is None:
        return [_read_clause(leaf, None, standards, vocabulary) for leaf in files]
    heading = read_heading(paper.root, vocabulary, paper.faults) if paper.root else None
    bundle = standards.bundle(heading.based_on, paper.faults) if heading and heading.based_on else None
    if heading is None or paper.faults:
        # nothing that rests on the paper can be told: it stands in the way of every clause
        others = [_read_clause(leaf, heading, None, vocabulary) for leaf in files if leaf is not paper]
        return [ClauseFile(leaf=paper, clause="", written=None), *others]
    if bundle:
        heading.take_over(bundle.sets, () if bundle.faults else bundle.terms)
        heading.unread = bundle.unread
    clauses = [_read_clause(leaf, heading, standards, vocabulary) for leaf in files if leaf is not paper]
    given = {each.clause for each in clauses}
    for name, base in heading.sets.items():
        if name not in given and heading.based_on:
            based_on = Text(heading.based_on.place, base)
            written = standing_alone(heading, vocabulary.clauses[name], based_on, paper.faults)
            clauses.append(_resolved(ClauseFile(leaf=paper, clause=name, written=written), heading, standards))
    if all(each.rule_set for each in clauses):
        used = {name for each in clauses for name in (each.rule_set.terms if each.rule_set else ())}
        note_unused(heading, used, paper.faults)
    for clause in clauses:
        clause.inherited += (*paper.faults, *(bundle.faults if bundle else ()))
    return clauses


def _read_clause(
    leaf: Leaf, heading: Heading | None, standards: Standards | None, vocabulary: Vocabulary
) -> ClauseFile:
    """Read one clause; without `standards` what it is based on is left open, since nothing will rest on it."""
    if leaf.root is None:
        return ClauseFile(leaf=leaf, clause="", written=None)
    written = read_written(leaf.root, vocabulary, leaf.faults, heading=heading)
    clause = ClauseFile(leaf=leaf, clause=written.clause.clause if written.clause else "", written=written)
    return _resolved(clause, heading, standards) if standards else clause


def _resolved(clause: ClauseFile, heading: Heading | None, standards: Standards) -> ClauseFile:
    """Read its base into a clause and give it its rule set, where nothing keeps it from having one."""
    written, leaf = clause.written, clause.leaf
    assert written is not None
    base: Written | None = None
    if written.based_on:
        standard = standards.named(written.based_on, leaf.faults)
        if standard is None:
            return clause
        clause.inherited = tuple(standard.faults)
        base = standard.written
    elif heading and clause.clause not in heading.sets:
        # what it is based on may be one of the sets that cannot be read
        clause.inherited = tuple(heading.unread)
    if heading and not written.name:
        written.name = f"{base.name if base else clause.clause.capitalize()}, {heading.name}"
    if not clause.problems:
        edition = f"{leaf.programme}/{leaf.folder}"
        clause.rule_set = resolve(written, base, edition, leaf.faults)
    return clause


def _check_quotes(clause: ClauseFile, sources: Sequence[Source]) -> None:
    """Hold a clause's quotes against the programme's sources, and its figures against their quotes."""
    written, rule_set = clause.written, clause.rule_set
    if rule_set and written and written.clause:
        clause_words = written.clause
        kinds = {name: word.kind for name, word in clause_words.terms.items()}
        payment = {name: word.kind for name, word in clause_words.payment.items()}
        check_quotes(rule_set, written, kinds, payment, sources, clause.leaf.faults)


def _check_calendar(clause: ClauseFile, calendars: Mapping[str, Faults]) -> None:
    """Note a calendar that is not in the book; a broken one breaks the rule set that counts by it."""
    term = clause.rule_set.terms.get(CALENDAR) if clause.rule_set else None
    if term is None or clause.written is None:
        return
    code = str(term.value)
    if code not in calendars:
        place = clause.written.place_for(term.place)
        clause.leaf.faults.at(
            place, f"there is no calendar `{code}`", meant(code, calendars) or f"give it a file in `{CALENDARS}`"
        )
        return
    clause.inherited += tuple(calendars[code])


def _check_succession(clauses: list[ClauseFile]) -> None:
    """Note where two editions of a clause speak for one day of issue, or none does between two."""
    for earlier, later in pairwise(clauses):
        if earlier.leaf.folder == later.leaf.folder:
            place, hint = later.place_of("clause"), f"the other is `{earlier.leaf.name}.yaml`: join them"
            problem = f"two rule sets for `{later.clause}` in one edition"
        elif earlier.ends_on >= later.starts_on:
            place = later.place_of(FROM)
            problem = f"editions overlap: `{earlier.leaf.file}` is for notes issued on {later.starts_on} too"
            hint = f"end that one with `notes issued until: {later.starts_on - timedelta(days=1)}`"
        elif later.starts_on - earlier.ends_on > timedelta(days=1):
            place = later.place_of(FROM)
            first, last = earlier.ends_on + timedelta(days=1), later.starts_on - timedelta(days=1)
            problem = f"no edition is for notes issued from {first} to {last}"
            hint = f"`{earlier.leaf.file}` ends the day before"
        else:
            continue
        noted = len(later.leaf.faults)
        later.leaf.faults.at(place, problem, hint)
        # neither of two that contradict each other may decide anything
        earlier.inherited += tuple(later.leaf.faults[noted:])
