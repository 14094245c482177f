"""Survivor's options by edition: the rule set that answers a note's requests, and what of it columns can carry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from rules_engine.batch.days import Whole
from rules_engine.batch.request_facts import WORKED_OUT
from rules_engine.clauses import SURVIVORS_OPTION, limits
from rules_engine.host.cases import Prepared
from rules_engine.host.read_only import ReadOnly
from rules_engine.matching.plans import Plan
from rules_engine.model.limits import Covers, Limit
from rules_engine.model.notes import Note
from rules_engine.rulebook.limit_terms import COVERED
from rules_engine.rulebook.option_terms import OptionTerms
from rules_engine.rulebook.rules import Rule
from rules_engine.rulebook.vocabulary import Ruling

REMAINING = {fact.name: Limit(fact.limit) for fact in limits.FACTS if fact.limit}
"""The facts that are what is left of a yearly limit: only these follow from the order of receipt."""

BY_CASE = frozenset(fact.name for fact in limits.FACTS if not fact.limit)
"""The facts of limits that a note and a year tell, the ledger's standing being what it is."""

_NAMED = re.compile(r"\{(?:the )?([^{}]+)\}")

UNCARRIED = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """The survivor's option of notes of one edition: `facts` are those its conditions and caps ask for.

    `limits` are the yearly limits it caps by, each with whom it counts together. `yearly` are the places of the rules
    that wait for something of a year.
    """

    number: int
    programme: str
    prepared: Prepared
    terms: OptionTerms
    facts: frozenset[str]
    caps: tuple[Rule, ...]
    limits: dict[Limit, Covers]
    drafts: tuple[str, ...]
    yearly: tuple[int, ...]

    @property
    def plan(self) -> Plan:
        """Its rule set, made ready."""
        return self.prepared.plan


class Options:
    """Finds the option of each note: once for each edition, not for each note."""

    def __init__(self, host: ReadOnly) -> None:
        self._host = host
        self._found: dict[tuple[Any, ...], int] = {}
        self.options: list[Option] = []

    def numbers(self, notes: list[Note]) -> Whole:
        """Give the number of each note's option; UNCARRIED where its requests are answered line by line."""
        return np.fromiter(map(self._number, notes), dtype="int64", count=len(notes))

    def _number(self, note: Note) -> int:
        key = (note.programme, note.issue_date, tuple(note.payment_days.items()), tuple(note.limits.items()))
        if key not in self._found:
            self._found[key] = self._look_up(note)
        number = self._found[key]
        if number != UNCARRIED and Covers.SERIES in self.options[number].limits.values() and not note.series:
            return UNCARRIED
        return number

    def _look_up(self, note: Note) -> int:
        prepared = self._host.prepared(note.cusip, SURVIVORS_OPTION)
        if not isinstance(prepared, Prepared) or not isinstance(prepared.terms, OptionTerms):
            return UNCARRIED
        plan, terms = prepared.plan, prepared.terms
        caps = tuple(rule for rule in plan.rule_set.rules if rule.ruling is Ruling.ACCEPT_AT_MOST)
        capping = {rule.at_most for rule in caps if rule.at_most not in plan.rule_set.terms}
        asked = frozenset(name for name, _ in plan.facts)
        said = {name for rule in plan.rule_set.rules for name in _NAMED.findall(rule.waits_for)}
        told_apart = said & plan.words.facts.keys() <= BY_CASE
        if not (
            asked <= WORKED_OUT.keys() | BY_CASE and capping <= WORKED_OUT.keys() | REMAINING.keys() and told_apart
        ):
            return UNCARRIED
        self.options.append(
            Option(
                number=len(self.options),
                programme=note.programme,
                prepared=prepared,
                terms=terms,
                facts=asked | (capping - REMAINING.keys()),
                caps=caps,
                limits={
                    limit: (terms.limits[limit].covers if limit in terms.limits else None) or COVERED[limit]
                    for limit in (REMAINING[name] for name in capping if name in REMAINING)
                },
                drafts=tuple(
                    dict.fromkeys(used.name for used in (plan.rule_set, prepared.days) if used.status == "draft")
                ),
                yearly=tuple(
                    place
                    for place, rule in enumerate(plan.rule_set.rules)
                    if plan.words.facts.keys() & set(_NAMED.findall(rule.waits_for))
                ),
            )
        )
        return len(self.options) - 1
