"""A programme's rules as they are resolved: each figure and rule, where it is written, and in which words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rules_engine.matching.plans import Plan
from rules_engine.rulebook.figures import MARKS
from rules_engine.rulebook.literals import write_literal
from rules_engine.rulebook.phrases import write_condition
from rules_engine.rulebook.rules import Condition, Place, Rule, RuleSet
from rules_engine.rulebook.vocabulary import ClauseWords, Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where something is written and how sure we are of it.

    The file and line, the cite, the mark, the very words of the source, or who signs for it without them.
    """

    file: str
    line: int
    cite: str
    mark: str
    quotes: tuple[str, ...] = ()
    signed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A term or a payment word, and its value as a rule file writes it."""

    name: str
    value: str
    written: Written


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleShown:
    """A rule to be read aloud: its conditions with the figures of terms in them, what follows, and why.

    Facts stand in braces in `because`: each case gives their figures.
    """

    rule: str
    when: tuple[str, ...]
    then: str
    because: str
    may_be_waived: bool
    written: Written


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetShown:
    """One clause of one edition, whole."""

    rule_set: str
    clause: str
    edition: str
    status: str
    approved_by: str
    source: str
    issued_from: str
    issued_until: str
    digest: str
    terms: tuple[Figure, ...]
    rules: tuple[RuleShown, ...]
    payment: tuple[Figure, ...]

    @property
    def marks(self) -> dict[str, int]:
        """How many figures and rules there are of each mark, the surest first; an empty mark is one not given."""
        given = [each.written.mark for each in (*self.terms, *self.payment)]
        given += [each.written.mark for each in self.rules]
        return {mark: given.count(mark) for mark in (*MARKS, "") if mark in given}


def shown(rule_set: RuleSet, words: ClauseWords) -> RuleSetShown:
    """Lay a resolved rule set out with where each of its lines comes from."""
    plan = Plan.of(rule_set, words, with_durable=False)
    return RuleSetShown(
        rule_set=rule_set.name,
        clause=rule_set.clause,
        edition=rule_set.edition,
        status=rule_set.status,
        approved_by=rule_set.approved_by,
        source=rule_set.source,
        issued_from=rule_set.issued_from.isoformat() if rule_set.issued_from else "",
        issued_until=rule_set.issued_until.isoformat() if rule_set.issued_until else "",
        digest=rule_set.digest,
        terms=tuple(
            Figure(
                name=name,
                value=write_literal(term.value, words.terms[name].kind),
                written=_written(term.place, term.cite, term.mark, term.quotes, term.signed_by),
            )
            for name, term in sorted(rule_set.terms.items())
        ),
        rules=tuple(_rule(rule, plan) for rule in rule_set.rules),
        payment=tuple(
            Figure(
                name=name,
                value=write_literal(line.value, words.payment[name].kind),
                written=_written(line.place, line.cite, line.mark, line.quotes, line.signed_by),
            )
            for name, line in sorted(rule_set.payment_lines.items())
        ),
    )


def _rule(rule: Rule, plan: Plan) -> RuleShown:
    pieces = plan.reasons[rule.name]
    then = rule.ruling.value
    if rule.ruling is Ruling.ACCEPT_AT_MOST:
        then = f"{then} the {rule.at_most}{_figure(rule.at_most, plan)}, the rest {rule.rest}"
    return RuleShown(
        rule=rule.name,
        when=tuple(f"{condition.fact}: {_test(condition, plan)}" for condition in rule.conditions),
        then=f"{then}, waiting for {rule.waits_for}" if rule.waits_for else then,
        because="".join(f"{{{text}}}" if is_fact else text for text, is_fact in pieces),
        may_be_waived=rule.may_be_waived,
        written=_written(rule.place, rule.cite, rule.mark, rule.quotes),
    )


def _test(condition: Condition, plan: Plan) -> str:
    said = write_condition(condition, plan.words.facts[condition.fact])
    return f"{said}{_figure(condition.term, plan)}" if condition.term else said


def _figure(term: str, plan: Plan) -> str:
    """Put a term's figure behind its name; a fact has none before there is a case."""
    found = plan.rule_set.terms.get(term)
    return f" ({write_literal(found.value, plan.words.terms[term].kind)})" if found else ""


def _written(place: Place | None, cite: str, mark: str, quotes: Iterable[str], signed_by: str = "") -> Written:
    file, line = (place.file, place.line) if place else ("", 0)
    return Written(file=file, line=line, cite=cite, mark=mark, quotes=tuple(quotes), signed_by=signed_by)


def shown_to_json(found: RuleSetShown) -> dict[str, Any]:
    """Write a rule set that is shown as it crosses a border."""
    return dataclasses.asdict(found)
