"""`check --deep`: each rule set once, whoever's it is, looked at for all cases; every finding with its event."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from rules_engine.errors import Problem
from rules_engine.host import Host
from rules_engine.model.decisions import Decision, Outcome
from rules_engine.rulebook.places import Faults, listed
from rules_engine.rulebook.rules import Place, Rule, RuleSet
from rules_engine.rulebook.vocabulary import ClauseWords, Fact, Ruling
from rules_engine.workbench.analysis.cells import Axis, Box, Space, covers, meet, outside_all, rule_boxes, touch
from rules_engine.workbench.analysis.findings import (
    ADDS_NOTHING,
    COVERED,
    GAP,
    NEVER_HOLDS,
    OVERLAP,
    TERM_WITHOUT_EFFECT,
    Answered,
    Confirmed,
    Finding,
)
from rules_engine.workbench.analysis.policies import FORBIDDEN, Policy
from rules_engine.workbench.analysis.scenes import life_of, scenes
from rules_engine.workbench.analysis.stages import Stage, stage_for
from rules_engine.workbench.analysis.ties import TIED, days_for

SECONDS = 60.0
"""How long an analysis goes on where nobody says otherwise."""

_RANK = {
    Ruling.ENTITLE: 0,
    Ruling.ACCEPT: 0,
    Ruling.ACCEPT_AT_MOST: 0,
    Ruling.PEND: 1,
    Ruling.REJECT: 2,
    Ruling.REFER: 3,
}
_BOXES_TRIED = 40
"""How many boxes of one question are tried for an event."""


@dataclass(slots=True, kw_only=True)
class Analysis:
    """What came of an analysis; `looked_at` of `of` rule sets that differ, in `seconds`.

    `unconfirmed` counts what the rules leave possible and no event was found for: nothing is claimed of it.
    """

    findings: list[Finding] = field(default_factory=list)
    answers: list[Answered] = field(default_factory=list)
    looked_at: int = 0
    of: int = 0
    seconds: float = 0.0
    unconfirmed: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether time sufficed for every rule set."""
        return self.looked_at == self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """One rule set while it is looked at, for all programmes whose rules are the same."""

    rule_set: RuleSet
    words: ClauseWords
    programmes: tuple[str, ...]
    stage: Stage
    space: Space
    boxes: dict[str, Box]
    is_late: Callable[[], bool]

    @property
    def rules(self) -> dict[str, Rule]:
        return {rule.name: rule for rule in self.rule_set.rules}

    def boxes_of(self, wanted: Callable[[Rule], bool]) -> list[Box]:
        return [self.boxes[rule.name] for rule in self.rule_set.rules if rule.name in self.boxes and wanted(rule)]


def analyse(
    host: Host,
    policies: Sequence[Policy] = (),
    *,
    seconds: float = SECONDS,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Analysis:
    """Look at every rule set of a host's book until time is up; rule sets that say the same are looked at once."""
    started = time.monotonic()
    groups: dict[object, list[RuleSet]] = {}
    for rule_set in host.book.rule_sets:
        groups.setdefault(_meaning(rule_set), []).append(rule_set)
    found = Analysis(of=len(groups))
    for alike in groups.values():
        if time.monotonic() - started > seconds:
            break
        looked = _looked(host, alike, lambda: time.monotonic() - started > seconds)
        for finding in _findings(looked, found):
            found.findings.append(finding)
        asked = [each for each in policies if each.clause == looked.rule_set.clause]
        found.answers += [answer for policy in asked for answer in _asked(policy, looked)]
        if not looked.is_late():
            found.looked_at += 1
        progress(found.looked_at, found.of)
    found.findings.sort(key=lambda each: each.problem)
    found.answers.sort(key=lambda each: (each.place, each.programmes))
    found.seconds = time.monotonic() - started
    return found


def _meaning(rule_set: RuleSet) -> tuple[object, ...]:
    def tests(rule: Rule) -> tuple[object, ...]:
        return tuple((each.fact, each.comparison, each.values, each.against) for each in rule.conditions)

    rules = ((rule.name, rule.ruling, rule.at_most, rule.rest, tests(rule)) for rule in rule_set.rules)
    return (rule_set.clause, tuple(rules))


def _looked(host: Host, alike: Sequence[RuleSet], is_late: Callable[[], bool]) -> _Looked:
    rule_set = next((each for each in alike if _has_notes(host, each)), alike[0])
    words = host.vocabulary.known_to(rule_set.edition).clauses[rule_set.clause]
    facts: dict[str, Fact] = dict(words.facts)
    space = Space.of((condition for rule in rule_set.rules for condition in rule.conditions), facts)
    return _Looked(
        rule_set=rule_set,
        words=words,
        programmes=tuple(sorted(each.edition for each in alike)),
        stage=stage_for(host, rule_set),
        space=space,
        boxes=rule_boxes(space, rule_set.rules),
        is_late=is_late,
    )


def _has_notes(host: Host, rule_set: RuleSet) -> bool:
    programme = rule_set.edition.rpartition("/")[0]
    return any(row.note and row.note.programme == programme for row in host.book.rows.values())


def _findings(looked: _Looked, found: Analysis) -> Iterator[Finding]:
    for look in (_unruled, _no_paper_of_their_own, _overlaps, _covered):
        for finding in look(looked):
            if looked.is_late():
                return
            if finding is None:
                found.unconfirmed += 1
            else:
                yield finding


# Gaps


def _unruled(looked: _Looked) -> Iterator[Finding | None]:
    """Find cases that no rule speaks to."""
    left = outside_all({}, list(looked.boxes.values()))
    first = next(left, None)
    if first is None:
        return
    confirmed = _confirm(looked, [first, *islice(left, _BOXES_TRIED)], _is_unruled)
    place = _place(looked, None)
    message = f"no rule on `{looked.rule_set.clause}` speaks to some cases"
    hint = "give a rule for them, or a rule without `when` that says what holds otherwise"
    yield _finding(looked, GAP, looked.rule_set.clause, place, message, hint, confirmed)


def _is_unruled(answer: Decision) -> bool:
    return answer.outcome is Outcome.REFERRED and not _names(answer)


def _no_paper_of_their_own(looked: _Looked) -> Iterator[Finding | None]:
    """Find who may ask and be accepted with no paper but those that everybody brings."""
    asks = looked.space.axes.get(("representative", "", ""))
    registered = looked.space.axes.get(("registration", "", ""))
    papers = [axis for axis in looked.space.axes.values() if axis.word and axis.fact == "documents"]
    if asks is None or registered is None or not papers:
        return
    cautious = looked.boxes_of(lambda rule: _RANK[rule.ruling] > 0)
    needed: dict[tuple[str, str], frozenset[str]] = {}
    regions: dict[tuple[str, str], list[Box]] = {}
    for at, who in enumerate(asks.cells):
        for on, how in enumerate(registered.cells):
            box = {asks: frozenset({at}), registered: frozenset({on})}
            near = [each for each in cautious if touch(box, each)]
            region = list(islice(outside_all(box, near), _BOXES_TRIED))
            if region:
                key = (str(who), str(how))
                regions[key] = region
                needed[key] = frozenset(axis.word for axis in papers if _is_needed(axis, box, near))
            if looked.is_late():
                return
    everybody = frozenset.intersection(*needed.values()) if needed else frozenset()
    bare: dict[str, list[str]] = {}
    for (who, how), wanted in needed.items():
        if wanted == everybody:
            bare.setdefault(who, []).append(how)
    for who, ways in bare.items():
        confirmed = _confirm(looked, regions[who, ways[0]], lambda answer: answer.outcome in _ACCEPTED)
        message = f"who asks as `{who}` brings no paper that shows it, for notes registered as {listed(ways)}"
        said = listed(sorted(everybody), "and") if everybody else "none"
        hint = f"everybody brings {said}: ask for a paper of theirs, or say why none is needed"
        yield _finding(looked, GAP, who, _place(looked, None), message, hint, confirmed)


def _is_needed(axis: Axis, box: Box, cautious: Sequence[Box]) -> bool:
    absent = frozenset({axis.cells.index(False)})
    return next(outside_all({**box, axis: absent}, cautious), None) is None


# Overlaps


def _overlaps(looked: _Looked) -> Iterator[Finding | None]:
    """Find two rules about the same facts of which neither holds all of the other, and that answer differently."""
    rules = [rule for rule in looked.rule_set.rules if rule.name in looked.boxes and rule.conditions]
    for place, one in enumerate(rules):
        for other in rules[place + 1 :]:
            if {c.fact for c in one.conditions} != {c.fact for c in other.conditions} or _same_answer(one, other):
                continue
            first, second = looked.boxes[one.name], looked.boxes[other.name]
            common = meet(first, second)
            if common is None or covers(first, second) or covers(second, first):
                continue
            confirmed = _confirm(looked, [common], _matched_by(one.name, other.name))
            message = f"the rules `{one.name}` and `{other.name}` both match some cases: {_differ(one, other)}"
            hint = "the more cautious one stands; narrow one of them if that is not meant"
            yield _finding(looked, OVERLAP, one.name, _place(looked, other), message, hint, confirmed)


def _matched_by(*names: str) -> Callable[[Decision], bool]:
    return lambda answer: set(names) <= _names(answer)


def _same_answer(one: Rule, other: Rule) -> bool:
    return (one.ruling, one.at_most, one.rest) == (other.ruling, other.at_most, other.rest)


def _differ(one: Rule, other: Rule) -> str:
    said = [f"{each.ruling.value}{f' the {each.at_most}' if each.at_most else ''}" for each in (one, other)]
    return f"`{said[0]}` and `{said[1]}`"


# Rules and terms without effect


def _covered(looked: _Looked) -> Iterator[Finding | None]:
    """Find rules that decide nothing: that never hold, or only where others answer as cautiously or more so."""
    idle: set[str] = set()
    for rule in looked.rule_set.rules:
        for found in _without_effect(rule, looked):
            idle.add(rule.name)
            yield found
    for name in looked.rule_set.terms:
        using = [r for r in looked.rule_set.rules if name in (r.at_most, *(c.term for c in r.conditions))]
        needed = any(
            name in (*fact.terms, *fact.terms_any, *fact.terms_optional)
            for rule in looked.rule_set.rules
            for condition in rule.conditions
            if (fact := looked.words.facts[condition.fact])
        )
        word = looked.words.terms[name]
        if using and not (needed or word.applied or word.required) and all(r.name in idle for r in using):
            message = f"the term `{name}` decides nothing: every rule that names it is without effect"
            box = looked.boxes.get(using[0].name, {})
            confirmed = _confirm(looked, [box], lambda answer: True)
            place = looked.rule_set.terms[name].place or _place(looked, None)
            hint = f"see to {listed((r.name for r in using), 'and')}"
            yield _finding(looked, TERM_WITHOUT_EFFECT, name, place, message, hint, confirmed)


def _without_effect(rule: Rule, looked: _Looked) -> Iterator[Finding | None]:
    place = _place(looked, rule)
    box = looked.boxes.get(rule.name)
    impossible = False
    if box is not None and any(axis.fact in TIED for axis in box):
        impossible = all(_no_days(box, looked))
    if box is None or impossible:
        less = [looked.space.box(c for c in rule.conditions if c is not one) for one in rule.conditions]
        near = [each for each in less if each is not None]
        confirmed = _confirm(looked, near, lambda answer: rule.name not in _names(answer))
        message = f"the tests of the rule `{rule.name}` never hold together"
        yield _finding(looked, NEVER_HOLDS, rule.name, place, message, "mend its `when`, or leave it out", confirmed)
        return
    others = [each for each in looked.rule_set.rules if each is not rule and not each.may_be_waived]
    for kind, ranked in ((COVERED, _more_cautious), (ADDS_NOTHING, _as_cautious)):
        above = [each for each in others if each.name in looked.boxes and ranked(each, rule)]
        if not above or next(outside_all(box, [looked.boxes[each.name] for each in above]), None) is not None:
            continue
        alone = next((each for each in above if covers(looked.boxes[each.name], box)), None)
        by = [alone] if alone else [each for each in above if touch(looked.boxes[each.name], box)]
        named = listed((each.name for each in by), "and")
        said = f"`{rule.ruling.value}` never stands" if kind == COVERED else "its outcome is theirs without it"
        message = f"the rule `{rule.name}` matches only where {named} {'does' if len(by) == 1 else 'do'} too: {said}"
        confirmed = _confirm(looked, [box], lambda answer: rule.name in _names(answer))
        yield _finding(looked, kind, rule.name, place, message, "narrow the other, or leave this one out", confirmed)
        return


def _more_cautious(other: Rule, rule: Rule) -> bool:
    return _RANK[other.ruling] > _RANK[rule.ruling]


def _as_cautious(other: Rule, rule: Rule) -> bool:
    return other.ruling is rule.ruling and rule.ruling in (Ruling.REJECT, Ruling.ENTITLE, Ruling.ACCEPT)


def _no_days(box: Box, looked: _Looked) -> Iterator[bool]:
    """Say of each note whether it is certain that no three days lie in a box."""
    for note in looked.stage.notes:
        days, is_certain = days_for(box, life_of(note))
        yield days is None and is_certain


# Policies


def _asked(policy: Policy, looked: _Looked) -> Iterator[Answered]:
    """Answer a policy question for a rule set: proved, or broken by an event."""
    programmes = tuple(each for each in looked.programmes if policy.issuer in ("", each.partition("/")[0]))
    if not programmes:
        return
    conditions = [condition for rule in looked.rule_set.rules for condition in rule.conditions]
    space = Space.of((*conditions, *policy.conditions), looked.words.facts)
    wide = _Looked(
        rule_set=looked.rule_set,
        words=looked.words,
        programmes=programmes,
        stage=looked.stage,
        space=space,
        boxes=rule_boxes(space, looked.rule_set.rules),
        is_late=looked.is_late,
    )
    asked = space.box(policy.conditions)
    verdict, confirmed, because = "proved", None, ""
    if asked is not None:
        verdict, confirmed, because = _verdict(policy, asked, wide)
    yield Answered(
        policy=policy.text,
        place=_problem(policy.place, policy.text, policy.because),
        programmes=programmes,
        verdict=verdict,
        confirmed=confirmed,
        because=because,
    )


def _verdict(policy: Policy, asked: Box, looked: _Looked) -> tuple[str, Confirmed | None, str]:
    wrong = FORBIDDEN[policy.never]
    rank = max(_RANK[ruling] for ruling in wrong)
    cautious = looked.boxes_of(lambda rule: _RANK[rule.ruling] > rank)
    boxes: list[Box] = []
    tried = 0
    for bad in looked.boxes_of(lambda rule: rule.ruling in wrong):
        region = meet(asked, bad)
        for box in outside_all(region, cautious) if region is not None else ():
            if looked.is_late():
                return "not settled", None, "time was up"
            if any(axis.fact in TIED for axis in box) and all(_no_days(box, looked)):
                continue
            boxes.append(box)
            tried += 1
            if confirmed := _confirm(looked, [box], lambda answer: answer.outcome in _OUTCOMES[policy.never]):
                return "broken", confirmed, ""
            if tried >= _BOXES_TRIED:
                return "not settled", None, "the rules leave such cases open, and no event was found that is one"
    if boxes:
        return "not settled", None, "the rules leave such cases open, and no event was found that is one"
    return "proved", None, ""


_ACCEPTED = (Outcome.ACCEPTED, Outcome.ENTITLED, Outcome.CARRIED_OVER)
_OUTCOMES = {
    "accept": _ACCEPTED,
    "pend": (Outcome.PENDED,),
    "reject": (Outcome.REJECTED,),
    "refer": (Outcome.REFERRED,),
}


# Events


def _confirm(looked: _Looked, boxes: Sequence[Box], is_one: Callable[[Decision], bool]) -> Confirmed | None:
    """Find an event in one of some boxes whose decision is what is looked for."""
    for box in boxes[:_BOXES_TRIED]:
        for events in scenes(looked.rule_set.clause, box, looked.stage):
            if looked.is_late():
                return None
            answer = looked.stage.decided(events)
            if answer is None or answer.edition != looked.rule_set.edition or not is_one(answer):
                continue
            return Confirmed(
                events=events,
                outcome=answer.outcome.word,
                rules=tuple(sorted(_names(answer))),
                imagined=answer.cusip in looked.stage.imagined,
            )
    return None


def _names(answer: Decision) -> set[str]:
    return {finding.rule for finding in answer.findings if finding.rule}


def _place(looked: _Looked, rule: Rule | None) -> Place:
    if rule and rule.place:
        return rule.place
    file = looked.rule_set.file
    given = {each.place.file for each in looked.rule_set.rules if each.place}
    if len(looked.programmes) > 1 and len(given) == 1:
        (file,) = given  # all of them have it from there
    return Place(file=file, line=1, column=1)


def _problem(place: Place, message: str, help: str) -> Problem:
    found = Faults()
    found.at(place, message, help)
    return found[0]


def _finding(
    looked: _Looked, kind: str, about: str, place: Place, message: str, hint: str, confirmed: Confirmed | None
) -> Finding | None:
    if confirmed is None:
        return None
    return Finding(
        problem=_problem(place, message, hint),
        kind=kind,
        about=about,
        programmes=looked.programmes,
        confirmed=confirmed,
    )
