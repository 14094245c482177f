"""Changing a rule book one thing at a time, and running the scenarios that could notice: what no scenario notices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby

from rules_engine.acceptance.accepting import issuers_of
from rules_engine.acceptance.imagined import WithImagined
from rules_engine.acceptance.mutants import Mutant, mutants_of
from rules_engine.acceptance.note_mutants import note_mutants_of
from rules_engine.acceptance.results import Failure
from rules_engine.acceptance.scenario_runs import run
from rules_engine.acceptance.scenarios import Scenario
from rules_engine.acceptance.sharing import shared_out
from rules_engine.acceptance.trials import plain_ground
from rules_engine.host.bookshelf import folders_of, shipped_rules, vocabulary_with
from rules_engine.host.in_use import InUse
from rules_engine.matching.plans import Plan
from rules_engine.model.decisions import Decision
from rules_engine.model.notes import Note
from rules_engine.plugging import Plugins
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.headings import BASED_ON
from rules_engine.rulebook.leaves import Leaf
from rules_engine.rulebook.places import Entries, Items, Text
from rules_engine.rulebook.rereading import KeptBook
from rules_engine.rulebook.rules import Place
from rules_engine.rulebook.standards import CLAUSES
from rules_engine.rulebook.tree import STANDARD

WORTH_SHARING = 40
"""How many mutants there have to be before other processes are begun for them."""


_NO_FILE = Entries(Place(file="", line=1, column=1), {})

_LIKELY = 12
"""How many scenarios, and how many notes, are looked at for an event that would tell."""


class Fate(StrEnum):
    """What became of a mutant."""

    NOTICED = "noticed"
    REFUSED = "refused"
    UNNOTICED = "unnoticed"
    MEANS_NOTHING = "means nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What became of a mutant: the scenario that noticed it and how it failed, or the fault `check` finds in it.

    A mutant that `means nothing` leaves every rule set and every note as it was.
    """

    mutant: Mutant
    fate: Fate
    by: str = ""
    failure: Failure | None = None
    problem: str = ""


@dataclass(slots=True)
class _Reach:
    """What a scenario's decisions rest on: rule sets and notes by digest, and the rules that spoke or nearly did."""

    digests: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)

    def take_in(self, decision: Decision) -> None:
        self.digests |= {decision.rules_digest, decision.days_digest, decision.note_digest} - {""}
        self.rules |= {finding.rule for finding in decision.findings}
        self.rules |= {near.rule for near in decision.near_misses}


class Mutation:
    """Tries mutants of a rule book on scenarios; each is judged by the scenarios of the issuers it reaches.

    `made_up` are files and issuers that exist in features alone: nobody decides by them, and no mutant is made of them.
    `failing` are the scenarios, by place, that fail on the book as it is: they notice nothing, and are left out.
    """

    def __init__(
        self,
        kept: KeptBook,
        plugins: Plugins,
        scenarios: Iterable[Scenario],
        *,
        made_up: Collection[str] = (),
    ) -> None:
        self._kept = kept
        self.made_up = frozenset(made_up)
        self._plugins = plugins
        self._plans: dict[str, Plan] = {}
        self._digests = _digests(kept.book)
        self._by_issuer: dict[str, list[Scenario]] = {}
        self._reach: dict[str, _Reach] = {}
        self._noticed: Counter[str] = Counter()
        self._resting = _resting_on(kept)
        self.failing: list[str] = []
        base = plain_ground(kept.book, plugins, self._plans)
        for scenario in scenarios:
            reach = _Reach()
            if run(scenario, base, reach.take_in):
                self.failing.append(scenario.place)
                continue
            self._reach[scenario.place] = reach
            for issuer in issuers_of(scenario, kept.book):
                self._by_issuer.setdefault(issuer, []).append(scenario)
        self.base = base

    @property
    def book(self) -> Book:
        """The rule book as it is."""
        return self._kept.book

    @property
    def issuers(self) -> tuple[str, ...]:
        """The issuers that have scenarios."""
        return tuple(self._by_issuer)

    def mutants(self, *, programme: str = "", with_notes: bool = True) -> Iterator[Mutant]:
        """Give the mutants of the whole book, or those of a programme and of the standard wording it rests on."""
        issuer = programme.partition("/")[0]
        for leaf in self._kept.rule_files:
            if leaf.issuer in self.made_up:
                continue
            if not programme or leaf.programme == programme or issuer in self._resting.get(leaf.file, ()):
                yield from mutants_of(leaf, self._kept.book.vocabulary)
        for leaf in self._kept.supplements if with_notes else ():
            if self.made_up & {leaf.file, leaf.issuer}:
                continue
            if not programme or leaf.programme == programme:
                yield from note_mutants_of(leaf)

    def try_all(self, mutants: Sequence[Mutant], *, jobs: int = 1) -> Iterator[Tried]:
        """Try mutants, by up to so many processes; they come back in order."""
        files = [list(group) for _, group in groupby(mutants, key=lambda mutant: mutant.file)]
        shares = [share for file in files for share in _parted(file)]
        is_worth_it = len(mutants) >= WORTH_SHARING
        for share, came in zip(
            shares, shared_out(self._try_some, shares, jobs=jobs, is_worth_it=is_worth_it), strict=True
        ):
            for mutant, tried in zip(share, came, strict=True):
                yield replace(tried, mutant=mutant)

    def _try_some(self, mutants: Sequence[Mutant]) -> list[Tried]:
        """Try mutants in a row; what comes back to another process holds no file."""
        return [replace(self.try_one(mutant), mutant=replace(mutant, root=_NO_FILE)) for mutant in mutants]

    def try_one(self, mutant: Mutant) -> Tried:
        """Run what could notice a mutant, until a scenario does."""
        means_anything = False
        for issuer in self._reached_by(mutant):
            book = self._kept.with_edited(mutant.file, mutant.root, issuers={issuer})
            if book.problems:
                return Tried(mutant=mutant, fate=Fate.REFUSED, problem=str(book.problems[0]))
            changed = self._changed_in(book)
            if not changed:
                continue
            means_anything = True
            ground = plain_ground(book, self._plugins, dict(self._plans))
            for scenario in self._in_order(self.scenarios_of(issuer), changed, mutant.rule):
                if failure := run(scenario, ground, _nobody):
                    self._noticed[scenario.place] += 1
                    return Tried(mutant=mutant, fate=Fate.NOTICED, by=scenario.place, failure=failure)
        return Tried(mutant=mutant, fate=Fate.UNNOTICED if means_anything else Fate.MEANS_NOTHING)

    def changed_book(self, mutant: Mutant) -> Iterator[tuple[str, InUse]]:
        """Give the book with a mutant in it, ready to decide, for each issuer whose rules or notes it changes."""
        for issuer in self._reached_by(mutant):
            book = self._kept.with_edited(mutant.file, mutant.root, issuers={issuer})
            if self._changed_in(book):
                yield issuer, plain_ground(book, self._plugins, dict(self._plans))

    def scenarios_of(self, issuer: str) -> Sequence[Scenario]:
        """Give the scenarios of an issuer."""
        return self._by_issuer.get(issuer, ())

    def likely(self, mutant: Mutant, issuer: str) -> Sequence[Scenario]:
        """Give the scenarios of an issuer, those first that come nearest to what a mutant changes."""
        book = self._kept.with_edited(mutant.file, mutant.root, issuers={issuer})
        return self._in_order(self.scenarios_of(issuer), self._changed_in(book), mutant.rule)[:_LIKELY]

    def notes_of(self, issuer: str, mutant: Mutant) -> Sequence[Note]:
        """Give some notes that a mutant reaches: those of the file it stands in, or else of the issuer."""
        notes = [note for note in self._kept.book.notes.values() if note.programme.partition("/")[0] == issuer]
        named = [note for note in notes if note.cusip in mutant.what]
        return named or sorted(notes, key=lambda note: note.cusip)[:_LIKELY]

    def _changed_in(self, book: Book) -> set[str]:
        """Give the digests, as they are unchanged, of the rule sets and notes that an edited book has otherwise."""
        return {self._digests[each] for each, digest in _digests(book).items() if self._digests[each] != digest}

    def _in_order(self, scenarios: Iterable[Scenario], changed: set[str], rule: str) -> Sequence[Scenario]:
        """Set the scenarios that are likely to notice first: those that rest on what is changed, and come to the rule.

        All others follow, for one may rest on it unseen. Of those alike, what noticed other changes goes first, then
        what is short.
        """

        def unlikely(scenario: Scenario) -> tuple[bool, bool, int, int]:
            reach = self._reach[scenario.place]
            is_far = bool(rule) and rule not in reach.rules
            return not reach.digests & changed, is_far, -self._noticed[scenario.place], len(scenario.lines)

        return sorted(scenarios, key=unlikely)

    def reaches(self, mutant: Mutant) -> frozenset[str]:
        """Name the issuers whose rules or notes rest on a mutant's file."""
        return self._resting.get(mutant.file, frozenset({mutant.file.partition("/")[0]}))

    def _reached_by(self, mutant: Mutant) -> Sequence[str]:
        """Name the issuers whose rules rest on a mutant's file, those with most scenarios first.

        Of standard wording those without scenarios are left out, unless all are.
        """
        found = self.reaches(mutant)
        shown = found & self._by_issuer.keys() or found
        return sorted(shown, key=lambda issuer: (-len(self._by_issuer.get(issuer, ())), issuer))


def mutation_of(plugins: Plugins, beside: WithImagined, scenarios: Iterable[Scenario]) -> Mutation:
    """Make ready to change the rule book that features are run on."""
    folders = plugins.folders(shipped_rules(), folders_of(beside.copies))
    kept = KeptBook(folders, vocabulary_with(plugins), calendars=plugins.calendars)
    return Mutation(kept, plugins, scenarios, made_up=beside.files | beside.issuers)


def _resting_on(kept: KeptBook) -> Mapping[str, frozenset[str]]:
    """Say, of each file of standard wording, which issuers' rules rest on it."""
    bases = {f"{STANDARD}/{leaf.name}": _bases_of(leaf) for leaf in kept.rule_files if not leaf.programme}
    resting: dict[str, set[str]] = {}
    for leaf in kept.rule_files:
        waiting = list(_bases_of(leaf)) if leaf.programme else []
        while waiting:
            name = waiting.pop()
            resting.setdefault(f"{name}.yaml", set()).add(leaf.issuer)
            waiting += bases.get(name, ())
    return {file: frozenset(issuers) for file, issuers in resting.items()}


def _bases_of(leaf: Leaf) -> Sequence[str]:
    entries = leaf.root.entries if leaf.root else {}
    nodes = [entries[key].value for key in (BASED_ON, CLAUSES) if key in entries]
    texts = [item for node in nodes for item in (node.items if isinstance(node, Items) else (node,))]
    return [text.text for text in texts if isinstance(text, Text)]


def _digests(book: Book) -> dict[tuple[str, ...], str]:
    """Give the digest of every rule set and note of a book, by what names it."""
    rule_sets: dict[tuple[str, ...], str] = {(each.edition, each.clause): each.digest for each in book.rule_sets}
    return {**rule_sets, **{(note.cusip,): note.digest for note in book.notes.values()}}


def _nobody(decision: Decision) -> None:
    """Take in nothing."""


_SHARE = 25
"""How many mutants of one file are tried by one process in a row."""


def _parted(mutants: Sequence[Mutant]) -> Iterator[Sequence[Mutant]]:
    for start in range(0, len(mutants), _SHARE):
        yield mutants[start : start + _SHARE]
