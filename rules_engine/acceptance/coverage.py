"""Which rules the scenarios reached, on both sides of each test, and which they left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
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
    alone_failed: dict[int, Scenarios] = field(default_factory=lambda: defaultdict(dict))
    failed_by_a_day: dict[int, Scenarios] = field(default_factory=lambda: defaultdict(dict))
    met_by_a_day: dict[int, Scenarios] = field(default_factory=lambda: defaultdict(dict))


class Coverage:
    """Gathers, decision by decision, which rules of some rule sets were reached by which scenario.

    A rule that reads the same in several rule sets, figures and all, is one rule here: what a scenario
    shows of it in one programme it shows for all.
    """

    def __init__(self, rule_sets: Iterable[RuleSet], vocabulary: Vocabulary) -> None:
        self._rule_sets = {rule_set.digest: rule_set for rule_set in rule_sets}
        self._words = {
            digest: vocabulary.known_to(each.edition).clauses[each.clause] for digest, each in self._rule_sets.items()
        }
        self._matchers: dict[str, tuple[Comparisons, PlainMatcher]] = {}
        self._reached: dict[tuple[str, Rule], _Reached] = defaultdict(_Reached)

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

    def report(self) -> dict[str, Any]:
        """Give every rule with the scenarios that reached it, and every sentence about what is lacking."""
        rules, lacking = [], []
        for rule_set in self._rule_sets.values():
            for rule in rule_set.rules:
                reached = self._reached[rule_set.clause, rule]
                rules.append(self._reported(rule_set, rule, reached))
                said = self._lacking(rule_set, rule, reached)
                lacking += [f"{rule_set.edition}, {rule_set.clause}, `{rule.name}`: {lack}" for lack in said]
        return {"rules": rules, "lacking": lacking}

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

    def _reported(self, rule_set: RuleSet, rule: Rule, reached: _Reached) -> dict[str, Any]:
        words = self._words[rule_set.digest]
        return {
            "edition": rule_set.edition,
            "clause": rule_set.clause,
            "rule": rule.name,
            "spoke": list(reached.spoke),
            "decided": list(reached.decided),
            "overruled": list(reached.overruled),
            "kept silent by one test": {
                _in_words(condition, words): list(reached.alone_failed[place])
                for place, condition in enumerate(rule.conditions)
            },
        }

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
