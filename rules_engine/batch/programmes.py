"""What one programme's standing, and its rules, say of all its requests alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from rules_engine.batch.days import FIRST_DAY, Days, Mask, Whole, number_of
from rules_engine.batch.limits import Fold
from rules_engine.batch.notes import NEVER
from rules_engine.batch.options import Option
from rules_engine.host.read_only import ReadOnly
from rules_engine.model.event_words import LISTS
from rules_engine.model.limits import Covers
from rules_engine.model.notes import Note
from rules_engine.rulebook.vocabulary import Fact
from rules_engine.standing.requests import SHARED_PAPERS
from rules_engine.standing.standing import Standing


@dataclass(slots=True, kw_only=True)
class Programme:
    """One programme as it stood before the first of the requests.

    `latest` is the latest day of any event, `first_open` the first day a request may count from. `own_words` are those
    its issuer's events may use, by field. `shares_papers` says that its rules count papers once for a registration.
    """

    code: str
    standing: Standing
    latest: int
    first_open: int
    own_words: dict[str, frozenset[str]]
    shares_papers: bool
    fold: Fold
    _told: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    @classmethod
    def of(cls, host: ReadOnly, code: str) -> Programme:
        """Look at a programme."""
        standing = host.ledger.standing(code)
        opened, latest = standing.last_opened, standing.latest_received_on
        listed = host.vocabulary.listed.get(code.partition("/")[0], {})
        return cls(
            code=code,
            standing=standing,
            latest=FIRST_DAY if latest is None else number_of(latest),
            first_open=FIRST_DAY if opened is None else number_of(date(opened, 1, 1)),
            own_words={name: frozenset((*usual, *listed.get(name, ()))) for name, usual in LISTS.items()},
            shares_papers=counts_papers_once(host, code),
            fold=Fold(host, code),
        )

    def is_special(self, notes: Sequence[Note], numbers: Whole) -> Mask:
        """Tell which notes the ledger says more of than columns look at: that they are paid off, or at which rate."""
        standing = self.standing
        special = {*standing.ended_notes, *standing.rate_periods.keys()}
        if not special:
            return np.zeros(len(numbers), dtype="bool")
        found: Mask = np.array([note.cusip in special for note in notes], dtype="bool")[numbers]
        return found

    def accelerated(self, notes: Sequence[Note]) -> Mask:
        """Tell of each note whether it was declared due."""
        if not self.standing.accelerated:
            return np.zeros(len(notes), dtype="bool")
        return np.array([self.standing.is_accelerated(note.cusip) for note in notes], dtype="bool")

    def redeemed(self, notes: Sequence[Note]) -> Days:
        """Give the day each note is redeemed on by a call that is noticed; a day after all where there is none."""
        found = np.full(len(notes), NEVER, dtype="int64")
        for place, note in enumerate(notes) if self.standing.calls else ():
            redeemed_on = self.standing.redeemed_on(note.cusip)
            if redeemed_on is not None:
                found[place] = number_of(redeemed_on)
        return found

    def told(self, option: Option, fact: Fact, note: Note, year: int) -> Any:
        """Give a fact that a note and a year tell, worked out once for all notes it must be the same for."""
        bases = {covers for terms in option.terms.limits.values() for covers in (terms.base, terms.covers)}
        alone = note.limits or Covers.ISSUE in {*bases, *option.limits.values()} or fact.name.find("issue limit") >= 0
        key = (option.number, fact.name, note.series, note.cusip if alone else "", year)
        if key not in self._told:
            self._told[key] = fact.work_out(self.fold.case(note, year))
        return self._told[key]


def counts_papers_once(host: ReadOnly, programme: str) -> bool:
    """Tell whether a programme's rules count papers once for all requests of an owner under one registration."""
    return any(
        condition.fact == SHARED_PAPERS
        for each in host.book.clause_files.get(programme, ())
        if each.rule_set is not None
        for rule in each.rule_set.rules
        for condition in rule.conditions
    )
