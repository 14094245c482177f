"""Making ready what cases are decided on: a note's edition of the rules, its calendar, its schedule."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol

from rules_engine import __version__
from rules_engine.clauses import PAYMENT_DAYS
from rules_engine.clauses.call_terms import with_notice
from rules_engine.dates.calendars import Calendar
from rules_engine.deciding.case import Clause
from rules_engine.deciding.schedule import Schedule
from rules_engine.deciding.unruled import referred
from rules_engine.errors import Problem, RuleBookError, RulesEngineError
from rules_engine.host.cases import Prepared
from rules_engine.matching.plans import Plan
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Decision, Finding, MadeBy
from rules_engine.model.notes import Note
from rules_engine.plugging import Plugins
from rules_engine.rulebook.note_days import terms_for
from rules_engine.rulebook.redemption_terms import RedemptionTerms
from rules_engine.rulebook.rules import RuleSet
from rules_engine.rulebook.vocabulary import Vocabulary


class RuleSource(Protocol):
    """Where notes, rule sets and calendars come from: a rule book, or what a ledger kept of one."""

    @property
    def programmes(self) -> Collection[str]:
        """The programmes there are rules for."""

    def note(self, cusip: str) -> Note | None:
        """Find a note; None when there is none that can be used."""

    def rule_set(self, programme: str, clause: str, issued_on: date) -> RuleSet | None:
        """Find the edition of a clause that a note was sold under; None when there is none that can be used."""

    def calendar(self, code: str) -> Calendar:
        """Find a calendar; raise RuleBookError when there is none that can be used."""

    def digest_of(self, programme: str) -> str:
        """Give the digest of a programme's part of the book; empty where there is none."""

    def problems_of(self, programme: str, clause: str) -> Sequence[Problem]:
        """List the faults that keep a clause out of use."""

    @property
    def faulty_notes(self) -> Mapping[str, Sequence[Problem]]:
        """The faults that keep notes out of use, by CUSIP."""


class Preparing:
    """Makes notes ready by clause; each rule set's plan and each note's schedule are made once and kept."""

    def __init__(
        self,
        book: RuleSource,
        plugins: Plugins,
        vocabulary: Vocabulary,
        *,
        with_durable: bool,
        plans: dict[str, Plan] | None = None,
    ) -> None:
        self._book = book
        self._plugins = plugins
        self._vocabulary = vocabulary
        self._with_durable = with_durable
        self._prepared: dict[tuple[str, str], Prepared | Finding] = {}
        self._plans: dict[str, Plan] = {} if plans is None else plans
        self._made_by: dict[tuple[str, str], MadeBy] = {}

    @property
    def programmes(self) -> Collection[str]:
        """The programmes there are rules for."""
        return self._book.programmes

    def texts(self, decision: Decision) -> Mapping[str, str]:
        """Give what stands behind the digests a decision names: rules, note and calendar."""
        plan = self._plans.get(decision.rules_digest)
        prepared = self._prepared.get((decision.cusip, plan.rule_set.clause)) if plan else None
        return prepared.texts if isinstance(prepared, Prepared) else {}

    def made_by(self, decision: Decision) -> MadeBy:
        """Name what makes a decision: the engine, and the plugin its programme and the words of its rules come by."""
        key = (decision.programme, decision.rules_digest)
        if key not in self._made_by:
            plugins = self._plugins.behind(decision.programme)
            book = self._book.digest_of(decision.programme)
            self._made_by[key] = MadeBy(engine=__version__, plugins=plugins, book=book)
        return self._made_by[key]

    def prepare(self, cusip: str, clause: Clause) -> Prepared | Finding:
        """Give what it takes to decide a note's cases by a clause, or the finding that says why there is none."""
        key = (cusip, clause.name)
        if key not in self._prepared:
            self._prepared[key] = self._made_ready(cusip, clause)
        return self._prepared[key]

    def _made_ready(self, cusip: str, clause: Clause) -> Prepared | Finding:
        note = self._book.note(cusip)
        if note is None:
            return self._no_note(cusip)
        if not self._plugins.programme_declared(note.programme):
            return referred(Code.PLUGIN_UNAVAILABLE, self._plugins.why_not_declared(note.programme))
        found: list[RuleSet] = []
        for name in (clause.name, PAYMENT_DAYS.name):
            rule_set = self._book.rule_set(note.programme, name, note.issue_date)
            if rule_set is None:
                return self._no_rule_set(note, name)
            found.append(rule_set)
        rule_set, days = found
        read = clause.read_terms(rule_set, note)
        if isinstance(read, RedemptionTerms):
            note = with_notice(note, read)
        terms = terms_for(note, days)
        try:
            schedule = Schedule(note=note, calendar=self._book.calendar(terms.calendar), terms=terms)
        except RuleBookError as fault:
            return referred(Code.CALENDAR_CANNOT_BE_USED, f"The calendar cannot be used: {_first(fault.problems)}")
        try:
            plan = self._plan(rule_set)
        except RulesEngineError as fault:
            return referred(
                Code.RULES_CANNOT_BE_MATCHED, f"`{rule_set.name}` cannot be given to the rules engine: {fault}"
            )
        texts = {each.digest: each.text for each in (plan.rule_set, days, schedule.note, schedule.calendar)}
        return Prepared(clause=clause, plan=plan, days=days, schedule=schedule, terms=read, texts=texts)

    def _plan(self, rule_set: RuleSet) -> Plan:
        if rule_set.digest not in self._plans:
            words = self._vocabulary.known_to(rule_set.edition).clauses[rule_set.clause]
            self._plans[rule_set.digest] = Plan.of(rule_set, words, with_durable=self._with_durable)
        return self._plans[rule_set.digest]

    def _no_note(self, cusip: str) -> Finding:
        if problems := self._book.faulty_notes.get(cusip):
            return referred(Code.NOTE_CANNOT_BE_READ, f"The supplement of note {cusip} has a fault: {_first(problems)}")
        unknown = f"No supplement in the rule book gives a note with CUSIP {cusip}"
        if kept_out := self._plugins.kept_out:
            because = f"{'; '.join((unknown, *kept_out))}, so whether the note is of its issuer is not known."
            return referred(Code.PLUGIN_UNAVAILABLE, because)
        return referred(Code.NOTE_NOT_KNOWN, f"{unknown}.")

    def _no_rule_set(self, note: Note, clause: str) -> Finding:
        if problems := self._book.problems_of(note.programme, clause):
            because = f"The rules on {clause} of {note.programme} have a fault: {_first(problems)}"
            return referred(Code.RULES_CANNOT_BE_READ, because)
        because = f"No edition of {note.programme} has rules on {clause} for notes issued on {note.issue_date}."
        return referred(Code.NO_EDITION_FOR_THE_NOTE, because)


def _first(problems: Sequence[Problem]) -> str:
    """Say the first of some faults in one line."""
    problem = problems[0]
    return f"{problem.file}:{problem.line}:{problem.column}: {problem.message}"
