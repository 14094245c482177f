"""Which rules the scenarios reached, on both sides of each test, and which they left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rules_engine.deciding.concluding import ANSWER_OF
from rules_engine.matching.comparing import Comparisons, as_held, as_written
from rules_engine.matching.conditions import FactValues
from rules_engine.matching.plain import PlainMatcher, compile_rules
from rules_engine.matching.wording import from_the_wire
from rules_engine.matching.words import OPPOSITE, required_in_words, short_by
from rules_engine.model.decisions import Decision
from rules_engine.model.values import Kind
from rules_engine.rulebook.rules import Condition, Rule, RuleSet
from rules_engine.rulebook.vocabulary import ClauseWords, Vocabulary

_TIMES = frozenset({Kind.MONTHS, Kind.DAYS, Kind.BUSINESS_DAYS})
_ONE_DAY = frozenset({"1 day", "1 business day"})

Scenarios = dict[str, None]
"""Names of scenarios, each once, in the order they ran."""


@dataclass(slots=True)
class _Reached:
    """The scenarios that reached one rule: in which it spoke, and what else became of it there.

    `alone_failed` gives, for each condition's place, the scenarios in which it alone kept the rule
    from speaking; the two others, those where a period met or failed it by just one day.
    """

    spoke: Scenarios = field(default_factory=dict)
    decided: Scenarios = field(default_factory=dict)
    overruled: Scenarios = field(default_factory=dict)
    alone_failed: defaultdict[int, Scenarios] = field(default_factory=lambda: defaultdict(dict))
    failed_by_a_day: defaultdict[int, Scenarios] = field(default_factory=lambda: defaultdict(dict))
    met_by_a_day: defaultdict[int, Scenarios] = field(default_factory=lambda: defaultdict(dict))

    def add(self, more: _Reached) -> None:
        """Add the scenarios that reached the rule elsewhere."""
        self.spoke |= more.spoke
        self.decided |= more.decided
        self.overruled |= more.overruled
        for own, others in (
            (self.alone_failed, more.alone_failed),
            (self.failed_by_a_day, more.failed_by_a_day),
            (self.met_by_a_day, more.met_by_a_day),
        ):
            for place, scenarios in others.items():
                own[place] |= scenarios


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCovered:
    """The scenarios that reached one rule of one edition: in which it spoke, decided, or was overruled.

    `kept_silent` gives, for each of its tests in words, the scenarios in which that test alone kept it from speaking.
    `lacking` says which sides of it no scenario stands on; each is a sentence.
    """

    edition: str
    clause: str
    rule: str
    spoke: tuple[str, ...]
    decided: tuple[str, ...]
    overruled: tuple[str, ...]
    kept_silent: Mapping[str, tuple[str, ...]]
    lacking: tuple[str, ...]


Reached = dict[tuple[str, Rule], _Reached]
"""What was reached of each rule, by its clause."""


class Coverage:
    """Gathers, decision by decision, which rules of some rule sets were reached by which scenario.

    A rule that reads the same in several rule sets, figures and all, is one rule here: what a scenario
    shows of it in one programme it shows for all.
    """

    def __init__(self, rule_sets: Iterable[RuleSet], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._rule_sets = {rule_set.digest: rule_set for rule_set in rule_sets}
        self._words = {
            digest: vocabulary.known_to(each.edition).clauses[each.clause] for digest, each in self._rule_sets.items()
        }
        self._matchers: dict[str, tuple[Comparisons, PlainMatcher]] = {}
        self._reached: defaultdict[tuple[str, Rule], _Reached] = defaultdict(_Reached)

    @property
    def reached(self) -> Reached:
        """What was reached so far, to be added to what others gathered."""
        return dict(self._reached)

    def anew(self) -> Coverage:
        """Give one for the same rule sets that has taken in nothing."""
        return Coverage(self._rule_sets.values(), self._vocabulary)

    def add(self, reached: Reached) -> None:
        """Take in what was reached elsewhere."""
        for key, more in reached.items():
            self._reached[key].add(more)

    def observe(self, decision: Decision, scenario: str) -> None:
        """Take in one decision; those that no rule set made, or that faulted, reach no rule."""
        rule_set = self._rule_sets.get(decision.rules_digest)
        if rule_set is None or not decision.facts:
            return
        words = self._words[rule_set.digest]
        facts = {name: from_the_wire(words.facts[name].kind, value) for name, value in decision.facts.items()}
        if rule_set.digest not in self._matchers:
            compared = Comparisons.of(rule_set, words.facts)
            self._matchers[rule_set.digest] = compared, compile_rules(compared.rules, compared.facts)
        compared, matcher = self._matchers[rule_set.digest]
        known = facts | compared.numbers(facts)
        matches = matcher.match(known)
        for rule in rule_set.rules:
            if rule.name in matches.matched:
                self._spoke(rule_set, rule, decision, scenario, facts)
        written = {rule.name: rule for rule in rule_set.rules}
        for nearly, held in matcher.nearly(known):
            rule = written[nearly.name]
            condition = as_written(rule, nearly, held)
            reached, place = self._reached[rule_set.clause, rule], rule.conditions.index(condition)
            reached.alone_failed[place][scenario] = None
            if _by_a_day(condition, words, facts):
                reached.failed_by_a_day[place][scenario] = None

    def covered(self) -> tuple[RuleCovered, ...]:
        """Give every rule of every rule set, with the scenarios that reached it and what is lacking."""
        return tuple(
            self._covered(rule_set, rule, self._reached[rule_set.clause, rule])
            for rule_set in self._rule_sets.values()
            for rule in rule_set.rules
        )

    def report(self) -> dict[str, Any]:
        """Give the same as JSON has it, and every sentence about what is lacking."""
        covered = self.covered()
        return {
            "rules": [
                {
                    "edition": each.edition,
                    "clause": each.clause,
                    "rule": each.rule,
                    "spoke": list(each.spoke),
                    "decided": list(each.decided),
                    "overruled": list(each.overruled),
                    "kept silent by one test": {test: list(found) for test, found in each.kept_silent.items()},
                }
                for each in covered
            ],
            "lacking": [
                f"{each.edition}, {each.clause}, `{each.rule}`: {lack}" for each in covered for lack in each.lacking
            ],
        }

    def _spoke(self, rule_set: RuleSet, rule: Rule, decision: Decision, scenario: str, facts: FactValues) -> None:
        reached = self._reached[rule_set.clause, rule]
        reached.spoke[scenario] = None
        overruled = decision.outcome > ANSWER_OF[rule.ruling]
        (reached.overruled if overruled else reached.decided)[scenario] = None
        for place, condition in enumerate(rule.conditions):
            if condition.comparison in OPPOSITE:
                opposite = replace(condition, comparison=OPPOSITE[condition.comparison])
                if _by_a_day(opposite, self._words[rule_set.digest], facts):
                    reached.met_by_a_day[place][scenario] = None

    def _covered(self, rule_set: RuleSet, rule: Rule, reached: _Reached) -> RuleCovered:
        words = self._words[rule_set.digest]
        return RuleCovered(
            edition=rule_set.edition,
            clause=rule_set.clause,
            rule=rule.name,
            spoke=tuple(reached.spoke),
            decided=tuple(reached.decided),
            overruled=tuple(reached.overruled),
            kept_silent={
                _in_words(condition, words): tuple(reached.alone_failed[place])
                for place, condition in enumerate(rule.conditions)
            },
            lacking=tuple(self._lacking(rule_set, rule, reached)),
        )

    def _lacking(self, rule_set: RuleSet, rule: Rule, reached: _Reached) -> list[str]:
        """Say which sides of a rule no scenario stands on."""
        if not rule.conditions:
            cautious = any(ANSWER_OF[other.ruling] > ANSWER_OF[rule.ruling] for other in rule_set.rules)
            return [] if reached.decided and (reached.overruled or not cautious) else self._unconditional(reached)
        words = self._words[rule_set.digest]
        lacking = [] if reached.spoke else ["no scenario in which it speaks"]
        for place, condition in enumerate(rule.conditions):
            test = _in_words(condition, words)
            if not reached.alone_failed[place]:
                lacking.append(f"no scenario in which only `{test}` keeps it silent")
            if words.facts[condition.fact].kind in _TIMES:
                if not reached.failed_by_a_day[place]:
                    lacking.append(f"no scenario in which one day keeps it from `{test}`")
                if not reached.met_by_a_day[place]:
                    lacking.append(f"no scenario in which it meets `{test}` by one day")
        return lacking

    @staticmethod
    def _unconditional(reached: _Reached) -> list[str]:
        lacking = [] if reached.decided else ["no scenario in which it decides"]
        return lacking if reached.overruled else [*lacking, "no scenario in which another rule overrules it"]


def _by_a_day(condition: Condition, words: ClauseWords, facts: FactValues) -> bool:
    fact = words.facts[condition.fact]
    return fact.kind in _TIMES and short_by(as_held(condition, facts), fact, facts[condition.fact]) in _ONE_DAY


def _in_words(condition: Condition, words: ClauseWords) -> str:
    return f"{condition.fact}: {required_in_words(condition, words.facts[condition.fact])}"
