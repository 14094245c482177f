"""Facts, conditions and rule sets for tests, with everything filled in that matching does not look at."""

from __future__ import annotations

from rules_engine.model.values import Kind, Value
from rules_engine.rulebook.rules import Condition, Rule, RuleSet
from rules_engine.rulebook.vocabulary import Comparison, Fact, Ruling


def _not_worked_out(case: object) -> None:
    raise AssertionError("matching works no fact out")


def fact(name: str, kind: Kind, *, words: tuple[str, ...] = ()) -> Fact:
    return Fact(name=name, kind=kind, meaning=f"What {name} means.", work_out=_not_worked_out, words=words)


def condition(name: str, comparison: Comparison, *values: Value) -> Condition:
    return Condition(fact=name, comparison=comparison, values=values)


def rule(name: str, *conditions: Condition) -> Rule:
    return Rule(name=name, conditions=conditions, ruling=Ruling.REJECT, because="It is so.", cite="para. 1")


def rule_set(*rules: Rule, name: str = "A rule set") -> RuleSet:
    return RuleSet(
        name=name,
        clause="survivors option",
        status="draft",
        source="Prospectus dated August 10, 2015",
        edition="2015-08-10",
        file="survivors-option.yaml",
        issued_from=None,
        issued_until=None,
        terms={},
        rules=rules,
        payment={},
        digest="sha256:0",
    )
