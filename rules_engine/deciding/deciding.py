"""From a case to its decision: establish the facts, match the rules, find, conclude, sign.

Pure: nothing is read but the case, nothing is written at all.
"""

from __future__ import annotations

from dataclasses import replace

from rules_engine.deciding.case import Case, Clause
from rules_engine.deciding.concluding import Conclusion, conclude, find
from rules_engine.deciding.conditions import FactValues
from rules_engine.deciding.durable import EngineFault
from rules_engine.deciding.matching import Matches
from rules_engine.deciding.near_misses import near_misses
from rules_engine.deciding.plans import Plan
from rules_engine.deciding.receipt import receipt_of
from rules_engine.deciding.wording import on_the_wire
from rules_engine.errors import RulesEngineError
from rules_engine.model.canonical import event_to_json
from rules_engine.model.decisions import Decision, Finding, NearMiss, Outcome, Payment
from rules_engine.model.values import Missing, Value
from rules_engine.rulebook.rules import RuleSet

FAULTS = (RulesEngineError, ArithmeticError, LookupError, ValueError, TypeError, AttributeError)
"""What a word's function may raise when a fact cannot be worked out; the case is then referred."""


class FactFault(RulesEngineError):
    """A fact cannot be worked out of a case; the message names it and says why."""


def decide(case: Case, clause: Clause, plan: Plan, *, days: RuleSet, also: tuple[Finding, ...] = ()) -> Decision:
    """Decide one case by one clause; `days` is the payment-days rule set its schedule was made by.

    `also` are findings about how the event came, which change nothing.
    """
    try:
        facts = establish(case, plan)
        matches = match(plan, facts)
        findings, caps = find(plan, matches, facts)
        concluded = conclude(clause.asked(case), findings + also, caps, plan=plan, facts=facts)
        payment = clause.pay(case, concluded.accepted) if concluded.outcome is Outcome.ACCEPTED else None
    except FAULTS as fault:
        return signed(_referred(case, plan, days, fault), case)
    return signed(_decision(case, plan, days, facts, concluded, payment, near_misses(plan, matches, facts)), case)


def establish(case: Case, plan: Plan) -> dict[str, Value | Missing]:
    """Work out every fact the rule set names; raise FactFault for one that cannot be."""
    facts: dict[str, Value | Missing] = {}
    for name, work_out in plan.facts:
        try:
            facts[name] = work_out(case)
        except FAULTS as fault:
            raise FactFault(f"`{name}` cannot be worked out: {fault}") from fault
    return facts


def match(plan: Plan, facts: FactValues) -> Matches:
    """Match by both matchers; raise EngineFault when they do not agree."""
    matches = plan.plain.match(facts)
    if plan.durable is not None:
        matched = plan.durable.match(facts)
        if matched != frozenset(matches.matched):
            differ = ", ".join(sorted(matched ^ frozenset(matches.matched)))
            raise EngineFault(f"the rules engine and the plain matcher disagree on: {differ}")
    return matches


def signed(decision: Decision, case: Case) -> Decision:
    """Add the receipt."""
    return replace(decision, receipt=receipt_of(decision, event_to_json(case.event)))


def _decision(
    case: Case,
    plan: Plan,
    days: RuleSet,
    facts: FactValues,
    concluded: Conclusion,
    payment: Payment | None,
    missed: tuple[NearMiss, ...],
) -> Decision:
    return replace(
        _opened(case, plan, days),
        outcome=concluded.outcome,
        requested=concluded.requested,
        accepted=concluded.accepted,
        carried_over=concluded.carried_over,
        not_accepted=concluded.not_accepted,
        findings=concluded.findings,
        near_misses=missed,
        payment=payment,
        facts={name: on_the_wire(value) for name, value in facts.items()},
    )


def _referred(case: Case, plan: Plan, days: RuleSet, fault: Exception) -> Decision:
    """Refer a case that faulted: a person decides, and the fault is said."""
    finding = Finding(
        rule="cannot be worked out",
        outcome=Outcome.REFERRED,
        because=f"The case cannot be decided by rule: {fault}.",
        cite="Rule book",
    )
    return replace(_opened(case, plan, days), outcome=Outcome.REFERRED, findings=(finding,))


def _opened(case: Case, plan: Plan, days: RuleSet) -> Decision:
    """Give the decision as it stands before anything is concluded: what was answered, on what."""
    event, rule_set = case.event, plan.rule_set
    drafts = dict.fromkeys(used.name for used in (rule_set, days) if used.status == "draft")
    return Decision(
        decision_id=f"{case.standing.programme}#{case.standing.position + 1}",
        event_id=event.event_id,
        type=event.type,
        outcome=Outcome.REFERRED,
        programme=case.note.programme,
        cusip=case.note.cusip,
        request_id=case.request_id,
        notice_id=getattr(event, "notice_id", ""),
        drafts=tuple(drafts),
        edition=rule_set.edition,
        rules_digest=rule_set.digest,
        days_digest=days.digest,
        calendar=case.schedule.calendar.code,
        calendar_digest=case.schedule.calendar.digest,
        note_digest=case.note.digest,
        standing_at=case.standing.position,
    )
