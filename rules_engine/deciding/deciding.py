"""From a case to its decision: establish the facts, match the rules, find, conclude, sign.

Pure: nothing is read but the case, nothing is written at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rules_engine.deciding.case import NOTHING_LIFTED, Asked, Case, Clause, Lifted
from rules_engine.deciding.concluding import Conclusion, awaiting, bounded, conclude, find, undivided
from rules_engine.deciding.establishing import FAULTS, establish
from rules_engine.deciding.receipt import sealed
from rules_engine.deciding.schedule import Schedule
from rules_engine.deciding.unruled import RestsOn
from rules_engine.errors import NotPrescribed
from rules_engine.matching.conditions import FactValues
from rules_engine.matching.durable import EngineFault
from rules_engine.matching.near_misses import NearMisses
from rules_engine.matching.plain import Matches
from rules_engine.matching.plans import Plan
from rules_engine.matching.wording import all_on_the_wire
from rules_engine.model.canonical import event_to_json
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Decision, Finding, NearMiss, Outcome, Payment
from rules_engine.model.replacing import replace
from rules_engine.rulebook.rules import RuleSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Besides:
    """What an answer takes in besides the rules: findings about how the event came, and what was lifted before.

    `anew` says that the answer replaces what was accepted before and is not paid.
    """

    findings: tuple[Finding, ...] = ()
    lifted: Lifted = NOTHING_LIFTED
    anew: bool = False


NOTHING_BESIDES = Besides()


def decide(case: Case, clause: Clause, plan: Plan, *, days: RuleSet, besides: Besides = NOTHING_BESIDES) -> Decision:
    """Decide one case by one clause; `days` is the payment-days rule set its schedule was made by.

    A case that faults is referred: a person decides, the fault is said, and nothing of what was asked for is accepted.
    """
    asked = clause.asked(case)
    try:
        answer = _answered(case, clause, plan, asked, besides)
    except FAULTS as fault:
        answer = _referred(fault, asked, besides)
    return sealed(_decision(case, plan, days, answer, besides), event_to_json(case.event))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What is concluded of a case, with what it was concluded from."""

    concluded: Conclusion
    near_misses: Sequence[NearMiss] = ()
    payment: Payment | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def _answered(case: Case, clause: Clause, plan: Plan, asked: Asked, besides: Besides) -> _Answer:
    """Answer a case by its rules."""
    facts = establish(case, plan)
    matches = match(plan, facts)
    found = bounded(find(plan, matches, facts, besides.lifted), clause.bounds(case))
    if besides.findings:
        found = replace(found, findings=(*found.findings, *besides.findings))
    concluded = conclude(asked, found, plan=plan, open_questions=besides.lifted.open)
    if concluded.outcome is Outcome.ACCEPTED:
        concluded = awaiting(concluded, [facts[name] for name in clause.pays_by], plan)
    payment = clause.pay(case, concluded.accepted) if concluded.outcome is Outcome.ACCEPTED else None
    if payment is not None and (remarks := clause.remarks(case, payment)):
        concluded = replace(concluded, findings=(*concluded.findings, *remarks))
    return _Answer(
        concluded=concluded,
        near_misses=NearMisses(plan, matches, facts),
        payment=payment,
        facts=all_on_the_wire(facts, but=plan.compared.pairs),
    )


def _referred(fault: Exception, asked: Asked, besides: Besides) -> _Answer:
    """Answer a case that faults."""
    findings = (*besides.findings, _faulted(fault))
    return _Answer(concluded=undivided(Outcome.REFERRED, findings, asked.requested, questions=besides.lifted.open))


def _decision(case: Case, plan: Plan, days: RuleSet, answer: _Answer, besides: Besides) -> Decision:
    """Lay out what was answered, and on what; without a receipt yet."""
    event, note, rule_set, concluded = case.event, case.note, plan.rule_set, answer.concluded
    calendar, request_id = case.schedule.calendar, case.request_id
    return Decision(
        decision_id=f"{case.standing.programme}#{case.standing.at + 1}",
        event_id=event.event_id,
        type=event.type,
        programme=note.programme,
        cusip=note.cusip,
        series=note.series,
        request_id=request_id,
        notice_id=getattr(event, "notice_id", ""),
        outcome=concluded.outcome,
        requested=concluded.requested,
        accepted=concluded.accepted,
        carried_over=concluded.carried_over,
        pended=concluded.pended,
        not_accepted=concluded.not_accepted,
        counts_from=case.on if request_id else None,
        anew=besides.anew,
        findings=concluded.findings,
        questions=concluded.questions,
        near_misses=answer.near_misses,
        payment=answer.payment,
        drafts=_drafts(rule_set, days),
        edition=rule_set.edition,
        rules_digest=rule_set.digest,
        days_digest=days.digest,
        calendar=calendar.code,
        calendar_digest=calendar.digest,
        note_digest=case.schedule.note.digest,
        standing_at=case.standing.at,
        facts=answer.facts,
    )


def _drafts(rule_set: RuleSet, days: RuleSet) -> tuple[str, ...]:
    """Name the rule sets that are drafts still, each once."""
    named = tuple(used.name for used in (rule_set, days) if used.status == "draft")
    return named if len(named) < 2 or named[0] != named[1] else named[:1]


def match(plan: Plan, facts: FactValues) -> Matches:
    """Match by both matchers; raise EngineFault when they do not agree."""
    matches = plan.generated.match(facts)
    if plan.durable is not None:
        matched = plan.durable.match(facts)
        if matched != frozenset(matches.matched):
            differ = ", ".join(sorted(matched ^ frozenset(matches.matched)))
            raise EngineFault(f"the rules engine and the plain matcher disagree on: {differ}")
    return matches


def _faulted(fault: Exception) -> Finding:
    because = f"The case cannot be decided by rule: {fault}."
    return Finding(code=_code_of(fault), outcome=Outcome.REFERRED, because=because, cite="Rule book")


def _code_of(fault: BaseException | None) -> Code:
    """Name what a fault is: what the terms leave open, matchers that disagree, or anything else."""
    while fault is not None:
        if isinstance(fault, NotPrescribed):
            return Code(fault.code)
        if isinstance(fault, EngineFault):
            return Code.MATCHERS_DISAGREE
        fault = fault.__cause__
    return Code.CANNOT_BE_WORKED_OUT


def resting_on(schedule: Schedule, rule_set: RuleSet, days: RuleSet) -> RestsOn:
    """Name by their digests the rules, note and calendar that an answer rests on."""
    return RestsOn(
        edition=rule_set.edition,
        rules_digest=rule_set.digest,
        days_digest=days.digest,
        calendar=schedule.calendar.code,
        calendar_digest=schedule.calendar.digest,
        note_digest=schedule.note.digest,
        cusip=schedule.note.cusip,
        series=schedule.note.series,
    )
