"""From a case to its decision: establish the facts, match the rules, find, conclude, sign.

Pure: nothing is read but the case, nothing is written at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rules_engine.deciding.case import NOTHING_LIFTED, Case, Clause, Lifted
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
from rules_engine.matching.wording import on_the_wire
from rules_engine.model.canonical import event_to_json
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Decision, Finding, Outcome
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
    return sealed(decided(case, clause, plan, days=days, besides=besides), event_to_json(case.event))


def decided(case: Case, clause: Clause, plan: Plan, *, days: RuleSet, besides: Besides = NOTHING_BESIDES) -> Decision:
    """Decide a case, without a receipt yet."""
    opened = _opened(case, plan, days)
    asked = clause.asked(case)
    try:
        facts = establish(case, plan)
        matches = match(plan, facts)
        found = bounded(find(plan, matches, facts, besides.lifted), clause.bounds(case))
        found = replace(found, findings=(*found.findings, *besides.findings))
        concluded = conclude(asked, found, plan=plan, open_questions=besides.lifted.open)
        if concluded.outcome is Outcome.ACCEPTED:
            concluded = awaiting(concluded, [facts[name] for name in clause.pays_by], plan)
        payment = clause.pay(case, concluded.accepted) if concluded.outcome is Outcome.ACCEPTED else None
        if payment is not None:
            concluded = replace(concluded, findings=(*concluded.findings, *clause.remarks(case, payment)))
    except FAULTS as fault:
        concluded = undivided(Outcome.REFERRED, (*besides.findings, _faulted(fault)), asked.requested)
        return replace(_concluded(opened, concluded, besides), questions=besides.lifted.open)
    return replace(
        _concluded(opened, concluded, besides),
        near_misses=NearMisses(plan, matches, facts),
        payment=payment,
        facts={name: on_the_wire(value) for name, value in facts.items()},
    )


def _concluded(opened: Decision, concluded: Conclusion, besides: Besides) -> Decision:
    """Put what was concluded into a decision that has been opened."""
    return replace(
        opened,
        outcome=concluded.outcome,
        requested=concluded.requested,
        accepted=concluded.accepted,
        carried_over=concluded.carried_over,
        pended=concluded.pended,
        not_accepted=concluded.not_accepted,
        findings=concluded.findings,
        questions=concluded.questions,
        anew=besides.anew,
    )


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


def _opened(case: Case, plan: Plan, days: RuleSet) -> Decision:
    """Lay out what a decision says before anything is concluded: what was answered, and on what."""
    event, rule_set = case.event, plan.rule_set
    drafts = dict.fromkeys(used.name for used in (rule_set, days) if used.status == "draft")
    rests_on = resting_on(case.schedule, rule_set, days)
    return Decision(
        decision_id=f"{case.standing.programme}#{case.standing.at + 1}",
        event_id=event.event_id,
        type=event.type,
        outcome=Outcome.REFERRED,
        programme=case.note.programme,
        cusip=case.note.cusip,
        series=case.note.series,
        request_id=case.request_id,
        notice_id=getattr(event, "notice_id", ""),
        counts_from=case.on if case.request_id else None,
        drafts=tuple(drafts),
        standing_at=case.standing.at,
        edition=rests_on.edition,
        rules_digest=rests_on.rules_digest,
        days_digest=rests_on.days_digest,
        calendar=rests_on.calendar,
        calendar_digest=rests_on.calendar_digest,
        note_digest=rests_on.note_digest,
    )


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
