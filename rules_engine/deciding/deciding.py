"""From a case to its decision: establish the facts, match the rules, find, conclude, sign.

Pure: nothing is read but the case, nothing is written at all.
"""

from __future__ import annotations

from typing import Any

from rules_engine.deciding.case import Case, Clause
from rules_engine.deciding.concluding import Conclusion, awaiting, conclude, find, undivided
from rules_engine.deciding.establishing import FAULTS, establish
from rules_engine.deciding.receipt import sealed
from rules_engine.deciding.schedule import Schedule
from rules_engine.matching.conditions import FactValues
from rules_engine.matching.durable import EngineFault
from rules_engine.matching.near_misses import NearMisses
from rules_engine.matching.plain import Matches
from rules_engine.matching.plans import Plan
from rules_engine.matching.wording import on_the_wire
from rules_engine.model.canonical import event_to_json
from rules_engine.model.decisions import Decision, Finding, Outcome
from rules_engine.rulebook.rules import RuleSet


def decide(case: Case, clause: Clause, plan: Plan, *, days: RuleSet, also: tuple[Finding, ...] = ()) -> Decision:
    """Decide one case by one clause; `days` is the payment-days rule set its schedule was made by.

    `also` are findings about how the event came, which change nothing. A case that faults is
    referred: a person decides, the fault is said, and nothing of what was asked for is accepted.
    """
    content = _opened(case, plan, days)
    asked = clause.asked(case)
    try:
        facts = establish(case, plan)
        matches = match(plan, facts)
        findings, caps = find(plan, matches, facts)
        concluded = conclude(asked, findings + also, caps, plan=plan, facts=facts)
        if concluded.outcome is Outcome.ACCEPTED:
            concluded = awaiting(concluded, [facts[name] for name in clause.pays_by], plan)
        payment = clause.pay(case, concluded.accepted) if concluded.outcome is Outcome.ACCEPTED else None
    except FAULTS as fault:
        content |= _concluded(undivided(Outcome.REFERRED, (_faulted(fault),), asked.requested))
        return sealed(content, event_to_json(case.event))
    content |= _concluded(concluded)
    content |= {
        "near_misses": NearMisses(plan, matches, facts),
        "payment": payment,
        "facts": {name: on_the_wire(value) for name, value in facts.items()},
    }
    return sealed(content, event_to_json(case.event))


def _concluded(concluded: Conclusion) -> dict[str, Any]:
    """Lay out what was concluded, by the decision's fields."""
    return {
        "outcome": concluded.outcome,
        "requested": concluded.requested,
        "accepted": concluded.accepted,
        "carried_over": concluded.carried_over,
        "not_accepted": concluded.not_accepted,
        "findings": concluded.findings,
    }


def match(plan: Plan, facts: FactValues) -> Matches:
    """Match by both matchers; raise EngineFault when they do not agree."""
    matches = plan.plain.match(facts)
    if plan.durable is not None:
        matched = plan.durable.match(facts)
        if matched != frozenset(matches.matched):
            differ = ", ".join(sorted(matched ^ frozenset(matches.matched)))
            raise EngineFault(f"the rules engine and the plain matcher disagree on: {differ}")
    return matches


def _faulted(fault: Exception) -> Finding:
    return Finding(
        rule="cannot be worked out",
        outcome=Outcome.REFERRED,
        because=f"The case cannot be decided by rule: {fault}.",
        cite="Rule book",
    )


def _opened(case: Case, plan: Plan, days: RuleSet) -> dict[str, Any]:
    """Lay out what a decision says before anything is concluded: what was answered, and on what."""
    event, rule_set = case.event, plan.rule_set
    drafts = dict.fromkeys(used.name for used in (rule_set, days) if used.status == "draft")
    return {
        "decision_id": f"{case.standing.programme}#{case.standing.position + 1}",
        "event_id": event.event_id,
        "type": event.type,
        "programme": case.note.programme,
        "cusip": case.note.cusip,
        "series": case.note.series,
        "request_id": case.request_id,
        "notice_id": getattr(event, "notice_id", ""),
        "drafts": tuple(drafts),
        "standing_at": case.standing.position,
        **digests(case.schedule, rule_set, days),
    }


def digests(schedule: Schedule, rule_set: RuleSet, days: RuleSet) -> dict[str, str]:
    """Name by their digests, in a decision's fields, the rules, note and calendar it rests on."""
    return {
        "edition": rule_set.edition,
        "rules_digest": rule_set.digest,
        "days_digest": days.digest,
        "calendar": schedule.calendar.code,
        "calendar_digest": schedule.calendar.digest,
        "note_digest": schedule.note.digest,
    }
