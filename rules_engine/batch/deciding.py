"""Requests whose rules come to the same: one of them is decided as it would be by itself, and speaks for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rules_engine.batch.answers import Said
from rules_engine.batch.conditions import MATCHED, NO, States
from rules_engine.batch.limits import CapFound, Shared
from rules_engine.batch.options import REMAINING, Option
from rules_engine.deciding.case import NOTHING_LIFTED, Asked
from rules_engine.deciding.concluding import Cap, Conclusion, Found, awaiting, bounded, conclude, find
from rules_engine.deciding.deciding import NOTHING_BESIDES
from rules_engine.deciding.establishing import FAULTS, establish
from rules_engine.host.cases import Asking, Opened
from rules_engine.host.on_record import dated_before_latest
from rules_engine.host.read_only import ReadOnly
from rules_engine.model.decisions import Finding, Outcome
from rules_engine.model.events import SurvivorsOptionRequested
from rules_engine.model.limits import Limit
from rules_engine.model.money import Money
from rules_engine.model.replacing import replace
from rules_engine.model.values import Missing
from rules_engine.rulebook.rules import Rule
from rules_engine.standing.own_day import day_of
from rules_engine.standing.reporting import report_new
from rules_engine.standing.standing import Standing

LEFT = "what is left of the position"
"""The source of the cap that the ledger itself sets."""


class Source(NamedTuple):
    """Where the amount of a cap comes from: a yearly limit, or a column by its name, or an amount that is always it."""

    limit: Limit | None = None
    column: str = ""
    cents: int = 0


@dataclass(slots=True, kw_only=True)
class Pattern:
    """What is concluded of all requests whose rules come to the same.

    `said` is what is said where no cap can divide the principal, which is then accepted whole or not at all. Else the
    caps do, each with its source, and what is said follows from what they come to. `missing_rate` is set where the rate
    that interest accrues at is not set yet.
    """

    option: Option
    found: Found
    accepts: bool
    said: Said | None
    sources: tuple[Source, ...]
    missing_rate: Missing | None

    def told(self, requested: int, caps: Sequence[CapFound], shared: Shared) -> Said | None:
        """Say what caps come to, by the definition; None where it divides the principal otherwise than `shared`."""
        terms = self.option.terms
        money = [Money.from_cents(cap.at_most) for cap in caps]
        found = replace(
            self.found,
            caps=tuple(_with_amount(cap, at_most) for cap, at_most in zip(self.found.caps, money, strict=True)),
        )
        asked = Asked(
            requested=Money.from_cents(requested),
            increment=terms.multiple,
            whole_or_nothing=terms.partial_fit.value == "whole tender or nothing",
        )
        concluded = conclude(asked, found, plan=self.option.plan)
        if _divided(concluded) != shared:
            return None
        return said_by(awaited(concluded, self), self.option)


def awaited(concluded: Conclusion, pattern: Pattern) -> Conclusion:
    """Pend what would be accepted while the rate of its interest is not set."""
    if concluded.outcome is not Outcome.ACCEPTED or pattern.missing_rate is None:
        return concluded
    return awaiting(concluded, [pattern.missing_rate], pattern.option.plan)


def said_by(concluded: Conclusion, option: Option) -> Said:
    """Give what a conclusion says."""
    findings, outcome = concluded.findings, concluded.outcome
    alike = (Outcome.ENTITLED, outcome) if outcome is Outcome.ACCEPTED else (outcome,)
    return Said(
        outcome=outcome.word,
        decided_by=tuple(finding.name for finding in findings if finding.outcome in alike),
        rules=tuple(finding.rule for finding in findings if finding.rule),
        codes=tuple(str(finding.code) for finding in findings if finding.code),
        missing=tuple(dict.fromkeys(name for finding in findings for name in finding.missing)),
        drafts=option.drafts,
    )


def pattern_of(
    host: ReadOnly,
    standing: Standing,
    option: Option,
    event: SurvivorsOptionRequested,
    states: States,
    missing_rate: Missing | None,
) -> Pattern | None:
    """Conclude what is common to requests like one of them; None where it turns out otherwise than in columns."""
    plan = option.plan
    with standing.trying():
        report_new(standing, event)
        asking = Asking(asked=event, principal=event.principal, on=day_of(event, standing))
        opened = host.cases.request(event, asking, standing, NOTHING_BESIDES)
        if not isinstance(opened, Opened):
            return None
        case, clause = opened.case, opened.clause
        try:
            facts = establish(case, plan)
            matches = plan.plain.match(facts)
            found = bounded(find(plan, matches, facts, NOTHING_LIFTED), clause.bounds(case))
        except FAULTS:
            return None
        if not _agree(plan.rule_set.rules, states, matches.matched, tuple(matches.undetermined)):
            return None
        besides = dated_before_latest(event.received_on, standing)
        found = replace(found, findings=(*found.findings, *besides))
        concluded = conclude(clause.asked(case), found, plan=plan)
    pattern = Pattern(
        option=option,
        found=found,
        accepts=concluded.outcome is Outcome.ACCEPTED,
        said=None,
        sources=tuple(_source(cap.finding, option) for cap in found.caps),
        missing_rate=missing_rate,
    )
    stands = max([finding.outcome for finding in found.findings], default=Outcome.RECORDED)
    speaks = stands > Outcome.RECORDED or any(cap.finding.rule for cap in found.caps)
    if found.caps and stands <= Outcome.ACCEPTED and speaks:
        return pattern
    concluded = awaited(concluded, pattern)
    pattern.accepts = concluded.outcome is Outcome.ACCEPTED
    pattern.said = said_by(concluded, option)
    return pattern


def _source(finding: Finding, option: Option) -> Source:
    if not finding.rule:
        return Source(column=LEFT)
    at_most = option.plan.rules[finding.rule].at_most
    if at_most in REMAINING:
        return Source(limit=REMAINING[at_most])
    term = option.plan.rule_set.terms.get(at_most)
    if term is None:
        return Source(column=at_most)
    assert isinstance(term.value, Money)
    return Source(cents=term.value.cents)


def _with_amount(cap: Cap, at_most: Money) -> Cap:
    finding = replace(cap.finding, at_most=at_most) if cap.finding.rule else cap.finding
    return replace(cap, finding=finding, at_most=at_most)


def _divided(concluded: Conclusion) -> Shared:
    requested, accepted = concluded.requested, concluded.accepted
    pended, carried = concluded.pended, concluded.carried_over
    assert requested is not None
    assert accepted is not None
    assert pended is not None
    assert carried is not None
    kept_in = accepted.cents + pended.cents
    return Shared(kept_in + carried.cents, kept_in, accepted.cents)


def _agree(rules: Sequence[Rule], states: States, matched: tuple[str, ...], undetermined: tuple[str, ...]) -> bool:
    """Tell whether the plain matcher finds of a case what the columns find of it."""
    by_columns = [(rule.name, state) for rule, state in zip(rules, states, strict=True) if state != NO]
    return (
        tuple(name for name, state in by_columns if state == MATCHED) == matched
        and tuple(name for name, state in by_columns if state != MATCHED) == undetermined
    )
