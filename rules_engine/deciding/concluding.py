"""From matched rules to one answer: the most cautious outcome stands, the smallest cap wins.

Both the greatest outcome and the smallest cap are the same in whatever order rules are taken, so
nothing about the order of firing can change an answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rules_engine.deciding.case import Asked
from rules_engine.matching.conditions import FactValues
from rules_engine.matching.plain import Matches
from rules_engine.matching.plans import Plan, capping, waits_for
from rules_engine.model.decisions import Finding, Outcome
from rules_engine.model.money import Money
from rules_engine.model.values import Missing
from rules_engine.rulebook.rules import Rule
from rules_engine.rulebook.vocabulary import Ruling

OUTCOME_OF = {
    Ruling.ACCEPT: Outcome.ACCEPTED,
    Ruling.ACCEPT_AT_MOST: Outcome.ACCEPTED,
    Ruling.PEND: Outcome.PENDED,
    Ruling.REJECT: Outcome.REJECTED,
    Ruling.REFER: Outcome.REFERRED,
}

NO_RULE_SPEAKS = Finding(
    rule="no rule speaks",
    outcome=Outcome.REFERRED,
    because="No rule speaks to this case; a person has to decide.",
    cite="Rule book",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """An answer in outcome and money; the three parts add up to what was requested, where that is known."""

    outcome: Outcome
    findings: tuple[Finding, ...]
    requested: Money | None = None
    accepted: Money | None = None
    carried_over: Money | None = None
    not_accepted: Money | None = None


@dataclass(frozen=True, slots=True)
class _Cap:
    """A limiting rule that matched, with the amount it allows."""

    rule: Rule
    at_most: Money


def find(plan: Plan, matches: Matches, facts: FactValues) -> tuple[tuple[Finding, ...], tuple[_Cap, ...]]:
    """Put every rule that matched, or cannot be told, into a finding; give the caps apart."""
    findings: list[Finding] = []
    caps: list[_Cap] = []
    for name in matches.matched:
        rule = plan.rules[name]
        if rule.ruling is Ruling.ACCEPT_AT_MOST:
            at_most = capping(rule, facts, plan.rule_set)
            if isinstance(at_most, Missing):
                findings.append(_cannot_be_told(rule, at_most.fields))
                continue
            if not isinstance(at_most, Money):
                raise TypeError(f"`{rule.at_most}` is not money")
            caps.append(_Cap(rule, at_most))
        else:
            findings.append(_spoken(plan, rule, facts))
    findings += [_cannot_be_told(plan.rules[name], fields) for name, fields in matches.undetermined.items()]
    return tuple(findings), tuple(caps)


def conclude(
    asked: Asked,
    findings: tuple[Finding, ...],
    caps: tuple[_Cap, ...],
    *,
    plan: Plan,
    facts: FactValues,
) -> Conclusion:
    """Take the greatest outcome and the smallest caps; share out the principal among the three parts."""
    stands = max([finding.outcome for finding in findings], default=Outcome.RECORDED)
    if not caps and stands is Outcome.RECORDED:
        findings, stands = (NO_RULE_SPEAKS, *findings), NO_RULE_SPEAKS.outcome
    whole = asked.requested is None or (not caps and asked.requested.amount)
    if stands > Outcome.ACCEPTED or whole:
        capped = tuple([_limit_finding(cap, Outcome.ACCEPTED, plan, facts) for cap in caps])
        return undivided(max(stands, Outcome.ACCEPTED), _sorted(findings + capped, plan), asked.requested)
    assert asked.requested is not None
    eligible = _fitting(asked, asked.requested, [cap for cap in caps if cap.rule.rest == "not accepted"])
    keeping = [cap for cap in caps if cap.rule.rest != "not accepted"]
    accepted = _fitting(asked, eligible, keeping)
    if asked.whole_or_nothing and accepted.amount < eligible.amount:
        accepted = eligible - eligible
    outcome = _outcome(accepted, eligible, keeping, asked.increment)
    limited = tuple(
        _limit_finding(cap, _said_by(cap, accepted, eligible, asked.requested, asked.increment), plan, facts)
        for cap in caps
    )
    return Conclusion(
        outcome=outcome,
        findings=_sorted(findings + limited, plan),
        requested=asked.requested,
        accepted=accepted,
        carried_over=eligible - accepted,
        not_accepted=asked.requested - eligible,
    )


def awaiting(concluded: Conclusion, paid_by: Iterable[object], plan: Plan) -> Conclusion:
    """Pend an answer whose payment cannot be worked out yet; `paid_by` are the facts it is worked out by."""
    missing = dict.fromkeys(name for fact in paid_by if isinstance(fact, Missing) for name in fact.fields)
    if not missing:
        return concluded
    named = " and ".join(f"`{name}`" for name in missing)
    finding = Finding(
        rule="amount not known yet",
        outcome=Outcome.PENDED,
        because=f"What is to be paid cannot be worked out yet: {named} {'is' if len(missing) == 1 else 'are'} missing.",
        cite="Rule book",
        missing=tuple(missing),
    )
    return undivided(Outcome.PENDED, _sorted((*concluded.findings, finding), plan), concluded.requested)


def undivided(outcome: Outcome, findings: tuple[Finding, ...], requested: Money | None) -> Conclusion:
    """Accept all that was requested, or, by a more cautious outcome, nothing of it: no cap divides the principal."""
    if requested is None:
        return Conclusion(outcome=outcome, findings=findings)
    nothing = requested - requested
    taken = outcome <= Outcome.ACCEPTED
    return Conclusion(
        outcome=outcome,
        findings=findings,
        requested=requested,
        accepted=requested if taken else nothing,
        carried_over=nothing,
        not_accepted=nothing if taken else requested,
    )


def _fitting(asked: Asked, principal: Money, caps: list[_Cap]) -> Money:
    """Give the most of a principal that every cap allows, in whole increments where it has to be cut."""
    smallest = min([cap.at_most.cents for cap in caps], default=principal.cents)
    if smallest >= principal.cents:
        return principal
    if asked.increment is not None:
        smallest -= smallest % asked.increment.cents
    return Money.from_cents(smallest, principal.currency)


def _outcome(accepted: Money, eligible: Money, keeping: list[_Cap], increment: Money | None) -> Outcome:
    """Name the answer: accepted if anything is, else what became of the principal."""
    if accepted.amount:
        return Outcome.ACCEPTED
    if not eligible.amount:
        return Outcome.REJECTED
    step = increment.amount if increment else 1
    binding = [cap for cap in keeping if cap.at_most.amount < max(step, eligible.amount)]
    pends = [cap for cap in binding if cap.rule.rest == "pended"]
    return Outcome.PENDED if len(pends) == len(binding) else Outcome.CARRIED_OVER


def _said_by(cap: _Cap, accepted: Money, eligible: Money, requested: Money, increment: Money | None) -> Outcome:
    """Name what one cap did to the answer: nothing, or keep part or all of the principal out."""
    asked_of_it = requested if cap.rule.rest == "not accepted" else eligible
    if cap.at_most.amount >= asked_of_it.amount:
        return Outcome.ACCEPTED
    if cap.rule.rest == "pended":
        return Outcome.PENDED
    if cap.at_most.amount >= (increment.amount if increment else 1) and accepted.amount:
        return Outcome.ACCEPTED
    return Outcome.REJECTED if cap.rule.rest == "not accepted" else Outcome.CARRIED_OVER


def _spoken(plan: Plan, rule: Rule, facts: FactValues) -> Finding:
    return Finding(
        rule=rule.name,
        outcome=OUTCOME_OF[rule.ruling],
        because=plan.reason(rule.name, facts),
        cite=rule.cite,
        missing=waits_for(rule, facts) if rule.ruling is Ruling.PEND else (),
    )


def _cannot_be_told(rule: Rule, fields: tuple[str, ...]) -> Finding:
    named = " and ".join(f"`{name}`" for name in fields)
    return Finding(
        rule=rule.name,
        outcome=Outcome.PENDED,
        because=f"Whether the rule applies cannot be told: {named} {'is' if len(fields) == 1 else 'are'} missing.",
        cite=rule.cite,
        missing=fields,
    )


def _limit_finding(cap: _Cap, outcome: Outcome, plan: Plan, facts: FactValues) -> Finding:
    rule = cap.rule
    return Finding(
        rule=rule.name,
        outcome=outcome,
        because=plan.reason(rule.name, facts),
        cite=rule.cite,
        missing=waits_for(rule, facts) if outcome is Outcome.PENDED else (),
        at_most=cap.at_most,
    )


def _sorted(findings: tuple[Finding, ...], plan: Plan) -> tuple[Finding, ...]:
    """Put the decisive findings first; within one outcome, in the order of the rule file."""
    if len(findings) == 1:
        return findings
    end = len(plan.places)
    return tuple(sorted(findings, key=lambda finding: (-finding.outcome, plan.places.get(finding.rule, end))))
