"""From matched rules to one answer: the most cautious outcome stands, the smallest cap wins.

Both the greatest outcome and the smallest cap are the same in whatever order rules are taken, so
nothing about the order of firing can change an answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rules_engine.deciding.case import Asked, Bound, Lifted
from rules_engine.deciding.questions import question_aloud
from rules_engine.matching.conditions import FactValues
from rules_engine.matching.plain import Matches
from rules_engine.matching.plans import Plan, capping, waits_for
from rules_engine.matching.wording import on_the_wire
from rules_engine.model.canonical import canonical_json
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Finding, Outcome, Question
from rules_engine.model.money import Money
from rules_engine.model.replacing import complete, replace
from rules_engine.model.values import Missing, Span
from rules_engine.model.wire import shared
from rules_engine.rulebook.rules import Rule
from rules_engine.rulebook.vocabulary import Rest, Ruling

OUTCOME_OF = {
    Ruling.ENTITLE: Outcome.ENTITLED,
    Ruling.ACCEPT: Outcome.ACCEPTED,
    Ruling.ACCEPT_AT_MOST: Outcome.ACCEPTED,
    Ruling.PEND: Outcome.PENDED,
    Ruling.REJECT: Outcome.REJECTED,
    Ruling.REFER: Outcome.REFERRED,
}
"""What a rule finds."""

ANSWER_OF = {**OUTCOME_OF, Ruling.ENTITLE: Outcome.ACCEPTED}
"""What an event is answered where nothing more cautious is found."""

MOST_FINDINGS = 4_096
"""How many findings of one rule set that say the same in every case are kept."""

NO_RULE_APPLIES = Finding(
    code=Code.NO_RULE_APPLIES,
    outcome=Outcome.REFERRED,
    because="No rule applies to this case; a person has to decide.",
    cite="Rule book",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """An answer in outcome and money; the four parts add up to what was requested, where that is known.

    `questions` are those a person has to decide.
    """

    outcome: Outcome
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...] = ()
    requested: Money | None = None
    accepted: Money | None = None
    carried_over: Money | None = None
    pended: Money | None = None
    not_accepted: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """A limiting rule that matched, or a bound of the ledger: what it allows, and what becomes of the rest.

    `finding` says so with the outcome of an answer that it leaves alone; `waits_for` is what the rest waits for where
    it pends, and `limit` the yearly limit it is one of.
    """

    finding: Finding
    at_most: Money
    rest: Rest
    limit: str = ""
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the rules and the ledger find of a case: findings, caps, and the questions that findings open."""

    findings: tuple[Finding, ...] = ()
    caps: tuple[Cap, ...] = ()
    questions: tuple[Question, ...] = ()


def find(plan: Plan, matches: Matches, facts: FactValues, lifted: Lifted) -> Found:
    """Put every rule that matched, or of which it is not known whether it does, into a finding; give the caps apart."""
    findings: list[Finding] = []
    caps: list[Cap] = []
    questions: list[Question] = []
    waived = lifted.waived
    for name in matches.matched:
        rule = plan.rules[name]
        if rule.ruling is Ruling.ACCEPT_AT_MOST:
            at_most = capping(rule, facts, plan.rule_set)
            if isinstance(at_most, Missing):
                findings.append(_lifted(_not_known(plan, rule, at_most.fields), lifted))
            elif not isinstance(at_most, Money):
                raise TypeError(f"`{rule.at_most}` is not money")
            elif name in waived:
                findings.append(replace(_applied(plan, rule, facts), outcome=Outcome.RECORDED, code=Code.WAIVED))
            else:
                caps.append(_cap(rule, at_most, plan, facts))
            continue
        finding = _applied(plan, rule, facts)
        if waived:
            finding = _lifted(finding, lifted)
        if finding.outcome is Outcome.REFERRED:
            question = question_of(rule, facts)
            if question in lifted.closed:
                finding = replace(finding, outcome=Outcome.RECORDED, code=Code.PERSON_DECIDED)
            else:
                questions.append(question)
        findings.append(finding)
    for name, fields in matches.undetermined.items():
        findings.append(_lifted(_not_known(plan, plan.rules[name], fields), lifted))
    return Found(findings=tuple(findings), caps=tuple(caps), questions=tuple(questions))


def question_of(rule: Rule, facts: FactValues) -> Question:
    """Give the question a rule that refers asks: about the values its conditions looked at."""
    looked_at = (name for condition in rule.conditions for name in (condition.fact, condition.against) if name)
    values = tuple(_as_text(facts[name]) for name in looked_at)
    field = rule.conditions[0].fact if rule.conditions else ""
    return Question(code=Code.RULE_REFERS, rule=rule.name, field=field, values=values)


def _as_text(value: object) -> str:
    """Write what a rule looked at as a person reads it: a period by its two days, a list by its words."""
    if isinstance(value, Span):
        return f"{value.start} to {value.end}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return ", ".join(sorted(map(str, value)))
    written = on_the_wire(value)
    return written if isinstance(written, str) else canonical_json(written)


def bounded(found: Found, bounds: Iterable[Bound]) -> Found:
    """Add what the ledger itself leaves to be accepted, unless the rules have said so already."""
    bounds = tuple(bounds)
    if not bounds:
        return found
    caps, findings = list(found.caps), list(found.findings)
    for bound in bounds:
        finding = Finding(code=bound.code, outcome=Outcome.ACCEPTED, because=bound.because, cite=bound.cite)
        if isinstance(bound.at_most, Missing):
            said = {name for each in findings for name in each.missing}
            if not said.issuperset(bound.at_most.fields):
                findings.append(replace(finding, outcome=Outcome.PENDED, missing=bound.at_most.fields))
            continue
        if not bound.at_most.cents and bound.rest is Rest.NOT_ACCEPTED:
            if all(each.outcome is not Outcome.REJECTED for each in findings):
                findings.append(replace(finding, outcome=Outcome.REJECTED, at_most=bound.at_most))
            continue
        waits = (bound.waits_for,) if bound.waits_for else ()
        caps.append(Cap(finding=finding, at_most=bound.at_most, rest=bound.rest, waits_for=waits))
    return replace(found, findings=tuple(findings), caps=tuple(caps))


def conclude(asked: Asked, found: Found, *, plan: Plan, open_questions: tuple[Question, ...] = ()) -> Conclusion:
    """Take the greatest outcome and the smallest caps; share out the principal among its parts.

    `open_questions` were open before: neither papers nor time have closed them.
    """
    findings, questions = found.findings, found.questions
    if open_questions:
        findings = (*findings, *_still_asked(open_questions, found))
        questions = tuple(dict.fromkeys((*open_questions, *questions)))
    stands = max([finding.outcome for finding in findings], default=Outcome.RECORDED)
    if stands is Outcome.RECORDED and not any(cap.finding.rule for cap in found.caps):
        findings, stands = (NO_RULE_APPLIES, *findings), NO_RULE_APPLIES.outcome
        questions = (*questions, Question(code=Code.NO_RULE_APPLIES))
    caps = found.caps
    whole = asked.requested is None or (not caps and asked.requested.cents)
    if stands > Outcome.ACCEPTED or whole:
        by_rules = tuple(cap.finding for cap in caps if cap.finding.rule)
        return undivided(
            max(stands, Outcome.ACCEPTED), _sorted((*findings, *by_rules), plan), asked.requested, questions=questions
        )
    assert asked.requested is not None
    eligible = _fitting(asked, asked.requested, [cap for cap in caps if cap.rest is Rest.NOT_ACCEPTED])
    kept_in = _whole_or_fitting(asked, eligible, [cap for cap in caps if cap.rest is Rest.CARRIED_OVER])
    accepted = _whole_or_fitting(asked, kept_in, [cap for cap in caps if cap.rest is Rest.PENDED])
    share = _Share(asked.requested, eligible, kept_in, accepted)
    limited = tuple(said for cap in caps if (said := _said_by(cap, share, asked)) is not None)
    return Conclusion(
        outcome=share.outcome,
        findings=_as_answered(share.outcome, _sorted((*findings, *limited), plan)),
        requested=asked.requested,
        accepted=accepted,
        carried_over=eligible - kept_in,
        pended=kept_in - accepted,
        not_accepted=asked.requested - eligible,
    )


@dataclass(frozen=True, slots=True)
class _Share:
    """Principal as caps divide it: requested, eligible at all, within this year's limits, and accepted now."""

    requested: Money
    eligible: Money
    kept_in: Money
    accepted: Money

    @property
    def outcome(self) -> Outcome:
        """Name the answer: accepted if anything is, else what became of the principal."""
        if self.accepted.cents:
            return Outcome.ACCEPTED
        if not self.eligible.cents:
            return Outcome.REJECTED
        return Outcome.PENDED if self.kept_in.cents else Outcome.CARRIED_OVER


def _still_asked(open_questions: tuple[Question, ...], found: Found) -> tuple[Finding, ...]:
    """Say which questions are open though no finding of this answer opens them again."""
    codes = {finding.code for finding in found.findings}
    return tuple(
        Finding(
            code=question.code,
            outcome=Outcome.REFERRED,
            because=question_aloud(question),
            cite="Life of a request, questions",
        )
        for question in open_questions
        if question not in found.questions and not (question.code in codes and not question.rule)
    )


def awaiting(concluded: Conclusion, paid_by: Iterable[object], plan: Plan) -> Conclusion:
    """Pend an answer whose payment cannot be worked out yet; `paid_by` are the facts it is worked out by."""
    missing = dict.fromkeys(name for fact in paid_by if isinstance(fact, Missing) for name in fact.fields)
    if not missing:
        return concluded
    finding = Finding(
        code=Code.AMOUNT_NOT_KNOWN,
        outcome=Outcome.PENDED,
        because=f"{_missing_aloud(tuple(missing))}: what is to be paid cannot be worked out yet.",
        cite="Rule book",
        missing=tuple(missing),
    )
    return undivided(Outcome.PENDED, _sorted((*concluded.findings, finding), plan), concluded.requested)


def undivided(
    outcome: Outcome,
    findings: tuple[Finding, ...],
    requested: Money | None,
    *,
    questions: tuple[Question, ...] = (),
) -> Conclusion:
    """Accept all that was requested, or, by a more cautious outcome, nothing of it: no cap divides the principal."""
    findings = _as_answered(outcome, findings)
    if requested is None:
        return Conclusion(outcome=outcome, findings=findings, questions=questions)
    nothing = Money.from_cents(0, requested.currency)
    taken = outcome <= Outcome.ACCEPTED
    return Conclusion(
        outcome=outcome,
        findings=findings,
        questions=questions,
        requested=requested,
        accepted=requested if taken else nothing,
        carried_over=nothing,
        pended=nothing,
        not_accepted=nothing if taken else requested,
    )


def _as_answered(outcome: Outcome, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Let no finding say `accepted` in an answer that is not: what a rule would accept, the holder is entitled to."""
    if outcome is Outcome.ACCEPTED:
        return findings
    return tuple(
        replace(finding, outcome=Outcome.ENTITLED) if finding.outcome is Outcome.ACCEPTED else finding
        for finding in findings
    )


def _fitting(asked: Asked, principal: Money, caps: list[Cap]) -> Money:
    """Give the most of a principal that every cap allows, in whole increments where it has to be cut."""
    smallest = min([cap.at_most.cents for cap in caps], default=principal.cents)
    if smallest >= principal.cents:
        return principal
    if asked.increment is not None:
        smallest -= smallest % asked.increment.cents
    return Money.from_cents(smallest, principal.currency)


def _whole_or_fitting(asked: Asked, principal: Money, caps: list[Cap]) -> Money:
    """Give what of a principal fits every limit: all or nothing of a tender that is accepted whole or not at all."""
    fitting = _fitting(asked, principal, caps)
    if asked.whole_or_nothing and fitting.cents < principal.cents:
        return Money.from_cents(0, principal.currency)
    return fitting


def _said_by(cap: Cap, share: _Share, asked: Asked) -> Finding | None:
    """Say what one cap did to the answer: nothing, or keep part or all of the principal out.

    A rule that caps always says so; a bound of the ledger only where it binds.
    """
    of = share.requested if cap.rest is Rest.NOT_ACCEPTED else share.eligible
    if cap.at_most.cents >= of.cents:
        if not cap.finding.rule:
            return None
        return cap.finding if cap.finding.at_most is cap.at_most else replace(cap.finding, at_most=cap.at_most)
    finding = replace(cap.finding, at_most=cap.at_most, limit=cap.limit)
    if cap.rest is Rest.PENDED:
        return complete(finding, outcome=Outcome.PENDED, missing=cap.waits_for)
    least = asked.increment.cents if asked.increment else 1
    if cap.at_most.cents >= least and share.accepted.cents:
        return finding
    outcome = Outcome.REJECTED if cap.rest is Rest.NOT_ACCEPTED else Outcome.CARRIED_OVER
    return complete(finding, outcome=outcome)


def _cap(rule: Rule, at_most: Money, plan: Plan, facts: FactValues) -> Cap:
    assert rule.rest is not None, "a rule that caps says what becomes of the rest"
    fact = plan.words.facts.get(rule.at_most)
    return Cap(
        finding=Finding(
            rule=rule.name,
            outcome=Outcome.ACCEPTED,
            because=plan.reason(rule.name, facts),
            cite=rule.cite,
            at_most=at_most,
        ),
        at_most=at_most,
        rest=rule.rest,
        limit=fact.limit if fact else "",
        waits_for=waits_for(rule, facts) if rule.rest is Rest.PENDED else (),
    )


def _applied(plan: Plan, rule: Rule, facts: FactValues) -> Finding:
    """Put a rule that matched into words; those that are the same in every case are put together once."""
    key = (rule.name, None)
    if (known := plan.findings.get(key)) is not None:
        return known
    finding = Finding(
        rule=rule.name,
        outcome=OUTCOME_OF[rule.ruling],
        because=plan.reason(rule.name, facts),
        cite=rule.cite,
        missing=waits_for(rule, facts) if rule.ruling is Ruling.PEND else (),
    )
    if plan.speaks_alike(rule):
        plan.findings[key] = shared(finding)
    return finding


def _lifted(finding: Finding, lifted: Lifted) -> Finding:
    """Let a finding of a rule the issuer waived count no longer."""
    if finding.rule in lifted.waived and finding.outcome > Outcome.ACCEPTED:
        return replace(finding, outcome=Outcome.RECORDED, code=Code.WAIVED, missing=())
    return finding


def _not_known(plan: Plan, rule: Rule, fields: tuple[str, ...]) -> Finding:
    """Say that it is not known whether a rule applies, for want of some fields."""
    key = (rule.name, fields)
    if (known := plan.findings.get(key)) is not None:
        return known
    finding = Finding(
        rule=rule.name,
        outcome=Outcome.PENDED,
        because=f"{_missing_aloud(fields)}: whether the rule applies is not known yet.",
        cite=rule.cite,
        missing=fields,
    )
    if len(plan.findings) < MOST_FINDINGS:
        plan.findings[key] = shared(finding)
    return finding


def _missing_aloud(fields: tuple[str, ...]) -> str:
    named = " and ".join(f"`{name}`" for name in fields)
    return f"{named} {'is' if len(fields) == 1 else 'are'} missing"


def _sorted(findings: tuple[Finding, ...], plan: Plan) -> tuple[Finding, ...]:
    """Put the decisive findings first; within one outcome, in the order of the rule file.

    A right counts as what accepts, so that of an answer that is accepted the right is told before its limits.
    """
    if len(findings) == 1:
        return findings
    end = len(plan.places)
    return tuple(sorted(findings, key=lambda found: (-_rank(found), plan.places.get(found.rule, end))))


def _rank(finding: Finding) -> int:
    return Outcome.ACCEPTED if finding.outcome is Outcome.ENTITLED else finding.outcome
