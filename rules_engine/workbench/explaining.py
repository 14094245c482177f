"""Why, and why not: every rule held against one event, and how its money and its days came about."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rules_engine.deciding.concluding import OUTCOME_OF
from rules_engine.deciding.establishing import CaseFacts
from rules_engine.host import Host
from rules_engine.intake import read_recorded
from rules_engine.ledger.base import Ledger
from rules_engine.matching.comparing import as_held
from rules_engine.matching.conditions import FactValues, holds
from rules_engine.matching.near_misses import Basis, NearMisses
from rules_engine.matching.plain import Matches
from rules_engine.matching.plans import Plan, capping
from rules_engine.matching.words import observed_in_words, required_in_words
from rules_engine.model.canonical import event_to_json
from rules_engine.model.decisions import Decision
from rules_engine.model.events import Event
from rules_engine.model.values import Missing
from rules_engine.model.wire import decision_from_json, decision_to_json
from rules_engine.rulebook.rules import Condition, Rule
from rules_engine.rulebook.vocabulary import Ruling
from rules_engine.standing.kinds import advance
from rules_engine.standing.standing import Standing
from rules_engine.workbench.payment_told import payment_told

MATCHED, CANNOT_BE_TOLD, DID_NOT_APPLY = "matched", "cannot be told", "did not apply"


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One line of a rule's `when`, held against the case; `holds` is None where the fact is not known."""

    fact: str
    observed: str
    required: str
    holds: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTold:
    """What became of one rule: `state` is `matched`, `cannot be told` or `did not apply`.

    `outcome` is what the rule would answer. `because` is its reason with the figures of the case,
    and empty for a rule that did not match. `missing` names the event fields it cannot be told for.
    """

    rule: str
    outcome: str
    state: str
    because: str
    cite: str
    tests: tuple[Test, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One event's answer with everything behind it.

    `rule_set` names the rules held against it, empty where none was, and `rules` tells each.
    `payment` tells in sentences how its days and amounts came about. `again` are the answers to
    other requests it caused. `recorded` is its answer on the ledger when that is another one than
    the rules give today.
    """

    event: Event
    decision: Decision
    rule_set: str
    rules: tuple[RuleTold, ...]
    payment: tuple[str, ...]
    again: tuple[Decision, ...] = ()
    recorded: Decision | None = None


def take(host: Host, event: Event) -> None:
    """Answer an event and record it, serving no listener; raise EventIdReused as `Host.answer` does.

    The host's ledger is one that may be written to without consequence.
    """
    if not host.recorded(event):
        host.record(host.decide(event, host.ledger.standing(host.programme_of(event))))


def explain(host: Host, event: Event, *, part: int = 0) -> Explanation:
    """Explain the answer to an event; write nothing.

    An event that is on the ledger is explained on the standing it was answered on, and any other on
    the standing of this moment. `part` is 0 for the answer to the event itself, and counts on for those to requests
    that it made decided again. Raise EventIdReused as `Host.answer` does, and LookupError where there is no such part.
    """
    answered = host.recorded(event)
    if answered:
        standing = standing_at(host.ledger, answered[0].programme, answered[0].standing_at)
    else:
        standing = host.ledger.standing(host.programme_of(event))
    answers = [answer.decision for answer in host.decide(event, standing)]
    if part >= len(answers):
        raise LookupError(f"event `{event.event_id}` has no answer {part} by today's rules")
    first, again = answers[part], answers[1:] if not part else []
    was = answered[part] if part < len(answered) else None
    recorded = was if was is not None and was.receipt != first.receipt else None
    basis = first.near_misses.basis if isinstance(first.near_misses, NearMisses) else None
    if basis is None:
        return Explanation(
            event=event, decision=first, rule_set="", rules=(), payment=(), again=tuple(again), recorded=recorded
        )
    return Explanation(
        event=event,
        decision=first,
        rule_set=basis.plan.rule_set.name,
        rules=tuple(_told(rule, basis) for rule in basis.plan.rule_set.rules),
        payment=payment_told(basis.facts.case, first) if isinstance(basis.facts, CaseFacts) else (),
        again=tuple(again),
        recorded=recorded,
    )


def standing_at(ledger: Ledger, programme: str, position: int) -> Standing:
    """Give where a programme stood after its first so many entries."""
    standing = Standing(programme)
    for entry in ledger.entries(programme):
        if entry.position > position:
            break
        event, decision = read_recorded(entry.event), decision_from_json(json.loads(entry.decision))
        advance(standing, event, decision, ledger.event, part=entry.part)
    return standing


def _told(rule: Rule, basis: Basis) -> RuleTold:
    plan, facts, matches = basis.plan, basis.facts, basis.matches
    missing = _missing(rule, plan, facts, matches)
    state = DID_NOT_APPLY
    if missing:
        state = CANNOT_BE_TOLD
    elif rule.name in matches.matched:
        state = MATCHED
    return RuleTold(
        rule=rule.name,
        outcome=OUTCOME_OF[rule.ruling].word,
        state=state,
        because=plan.reason(rule.name, facts) if state == MATCHED else "",
        cite=rule.cite,
        tests=tuple(_test(condition, plan, facts) for condition in rule.conditions),
        missing=missing,
    )


def _missing(rule: Rule, plan: Plan, facts: FactValues, matches: Matches) -> tuple[str, ...]:
    """Name the event fields a rule cannot be told for: those of its conditions, or of the amount it caps at."""
    undetermined: Mapping[str, tuple[str, ...]] = matches.undetermined
    if rule.name in undetermined:
        return undetermined[rule.name]
    if rule.name in matches.matched and rule.ruling is Ruling.ACCEPT_AT_MOST:
        cap = capping(rule, facts, plan.rule_set)
        return cap.fields if isinstance(cap, Missing) else ()
    return ()


def _test(condition: Condition, plan: Plan, facts: FactValues) -> Test:
    fact, value, held = plan.words.facts[condition.fact], facts[condition.fact], as_held(condition, facts)
    return Test(
        fact=condition.fact,
        observed=observed_in_words(fact, value),
        required=required_in_words(held, fact),
        holds=holds(held, value),
    )


def explanation_to_json(explanation: Explanation) -> dict[str, Any]:
    """Write an explanation as it crosses a border."""
    return {
        "event": event_to_json(explanation.event),
        "decision": decision_to_json(explanation.decision),
        "rule_set": explanation.rule_set,
        "rules": [dataclasses.asdict(rule) for rule in explanation.rules],
        "payment": list(explanation.payment),
        "again": [decision_to_json(decision) for decision in explanation.again],
        "recorded": None if explanation.recorded is None else decision_to_json(explanation.recorded),
    }
