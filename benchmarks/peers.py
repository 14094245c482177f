"""Other rules engines given the same rules: GoRules Zen, and business-rules; each is measured where it is installed.

Each gets the facts in its own kinds of values: cents, day numbers, counts of months, words, yes and no. Neither knows
facts that are missing, so what that means is written into its rules: a condition on one does not hold.
"""

from __future__ import annotations

import functools
import importlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from types import ModuleType
from typing import Any

from rules_engine.matching.conditions import COMPARED
from rules_engine.matching.plans import Plan
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing, Span
from rules_engine.rulebook.rules import Condition
from rules_engine.rulebook.vocabulary import Comparison

Values = dict[str, Any]
"""A case as a peer is given it: the facts that are known, under names of letters and digits."""

ORDERED = {
    Comparison.LESS_THAN: "<",
    Comparison.BEFORE: "<",
    Comparison.AT_MOST: "<=",
    Comparison.ON_OR_BEFORE: "<=",
    Comparison.MORE_THAN: ">",
    Comparison.AFTER: ">",
    Comparison.AT_LEAST: ">=",
    Comparison.ON_OR_AFTER: ">=",
}


def installed(name: str) -> ModuleType | None:
    """Give a peer's module; None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


class Told:
    """How facts are told to peers: one name for each, two for a period."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._names: dict[tuple[str, str], str] = {}
        self._read: dict[str, list[tuple[str, Callable[[Any], Any]]]] = {}
        for rule in plan.rule_set.rules:
            for condition in rule.conditions:
                self.name(condition)
                if condition.against:
                    self._named(condition.against, "")

    def name(self, condition: Condition) -> str:
        """Name what a condition looks at."""
        is_period = self.plan.words.facts[condition.fact].kind is Kind.MONTHS
        return self._named(condition.fact, COMPARED[condition.comparison].part if is_period else "")

    def other(self, condition: Condition) -> str:
        """Name the other fact of a condition on two."""
        return self._named(condition.against, "")

    def values(self, facts: Mapping[str, Any]) -> Values:
        """Tell a case."""
        told: Values = {}
        for fact, read in self._read.items():
            value = facts[fact]
            if not isinstance(value, Missing):
                for name, told_as in read:
                    told[name] = told_as(value)
        return told

    def literals(self, condition: Condition) -> list[Any]:
        """Tell what a condition names."""
        return [_plain(value) for value in condition.values]

    def _named(self, fact: str, part: str) -> str:
        key = (fact, part)
        if key not in self._names:
            self._names[key] = f"f{len(self._names)}"
            read = (lambda span: getattr(span, part)) if part else _plain
            self._read.setdefault(fact, []).append((self._names[key], read))
        return self._names[key]


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return value.cents
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, frozenset):
        return sorted(value)
    assert not isinstance(value, Span)
    return value


class Zen:
    """A rule set in GoRules Zen: as a decision table that collects all rows that match, and as one expression."""

    def __init__(self, zen: Any, plan: Plan) -> None:
        self.told = Told(plan)
        content = zen.ZenDecisionContent(json.dumps(self._model()))
        self._engine = zen.ZenEngine({"loader": lambda _: content})
        self._expression = zen.compile_expression(self._listed())

    def table(self, case: Values) -> tuple[str, ...]:
        """Name the rules that match by the table."""
        return tuple(row["rule"] for row in self.answer(case)["result"] or ())

    def answer(self, case: Values, *, trace: bool = False) -> dict[str, Any]:
        """Evaluate the table; with its trace, which tells why a row matched."""
        answered: dict[str, Any] = self._engine.evaluate("rules", case, {"trace": True} if trace else None)
        return answered

    def expression(self, case: Values) -> tuple[str, ...]:
        """Name the rules that match by one compiled expression."""
        return tuple(filter(None, self._expression.evaluate(case)))

    def _model(self) -> dict[str, Any]:
        plan = self.told.plan
        conditions = [condition for rule in plan.rule_set.rules for condition in rule.conditions]
        columns = dict.fromkeys(map(self.told.name, conditions))
        rows = []
        for place, rule in enumerate(plan.rule_set.rules):
            row = {"_id": f"r{place}", **dict.fromkeys(columns, "")}
            row |= {"rule": json.dumps(rule.name), "because": json.dumps(rule.because), "cite": json.dumps(rule.cite)}
            for condition in rule.conditions:
                row[self.told.name(condition)] = self._test(condition, "$")
            rows.append(row)
        table = {
            "hitPolicy": "collect",
            "inputs": [{"id": name, "name": name, "field": name} for name in columns],
            "outputs": [{"id": name, "name": name, "field": name} for name in ("rule", "because", "cite")],
            "rules": rows,
            "passThrough": False,
        }
        nodes: dict[str, tuple[str, dict[str, Any]]] = {
            "in": ("inputNode", {}),
            "table": ("decisionTableNode", table),
            "out": ("outputNode", {}),
        }
        edges = (("in", "table"), ("table", "out"))
        return {
            "nodes": [
                {"id": name, "name": name, "type": kind, "content": content, "position": {"x": 0, "y": 0}}
                for name, (kind, content) in nodes.items()
            ],
            "edges": [
                {"id": f"{source}-{target}", "sourceId": source, "targetId": target, "type": "edge"}
                for source, target in edges
            ],
        }

    def _listed(self) -> str:
        rows = []
        for rule in self.told.plan.rule_set.rules:
            tests = (f"({self._test(condition, self.told.name(condition))})" for condition in rule.conditions)
            rows.append(f"({' and '.join(tests)}) ? {json.dumps(rule.name)} : null")
        return f"[{', '.join(rows)}]"

    def _test(self, condition: Condition, name: str) -> str:
        """Write one condition on what stands under a name; a value that is not there meets none."""
        there = f"{name} != null and "
        if condition.against:
            other = self.told.other(condition)
            sign = ORDERED.get(condition.comparison, "==" if condition.comparison is Comparison.IS else "!=")
            return f"{there}{other} != null and {name} {sign} {other}"
        literals = [json.dumps(literal) for literal in self.told.literals(condition)]
        first, listed = literals[0], f"[{', '.join(literals)}]"
        if condition.comparison in ORDERED:
            return f"{there}{name} {ORDERED[condition.comparison]} {first}"
        return {
            Comparison.IS: f"{name} == {first}",
            Comparison.IS_NOT: f"{there}{name} != {first}",
            Comparison.ONE_OF: f"{there}{name} in {listed}",
            Comparison.NOT_ONE_OF: f"{there}{name} not in {listed}",
            Comparison.WITH: f"{there}contains({name}, {first})",
            Comparison.WITHOUT: f"{there}not contains({name}, {first})",
        }[condition.comparison]


class BusinessRules:
    """A rule set in business-rules: a variable for each fact and one that says it is known, run to the last rule."""

    def __init__(self, plan: Plan) -> None:
        from business_rules import run_all
        from business_rules.actions import BaseActions, rule_action
        from business_rules.fields import FIELD_TEXT

        self.told = Told(plan)
        self._run_all = run_all
        self._variables = self._variables_of()
        self._found: list[str] = []
        found = self._found

        class Actions(BaseActions):  # type: ignore[misc]  # business-rules publishes no types
            @rule_action(params={"name": FIELD_TEXT})  # type: ignore[untyped-decorator]
            def match(self, name: str) -> None:
                found.append(name)

        self._actions = Actions()
        self._rules = [
            {
                "conditions": {"all": [test for each in rule.conditions for test in self._tests(each)]},
                "actions": [{"name": "match", "params": {"name": rule.name}}],
            }
            for rule in plan.rule_set.rules
        ]

    def match(self, case: Values) -> tuple[str, ...]:
        """Name the rules that match."""
        self._found.clear()
        self._run_all(
            rule_list=self._rules,
            defined_variables=self._variables(case),
            defined_actions=self._actions,
            stop_on_first_trigger=False,
        )
        return tuple(self._found)

    def _variables_of(self) -> Any:
        from business_rules import variables

        kinds = {
            Kind.YES_NO: (variables.boolean_rule_variable, False),
            Kind.WORD: (variables.string_rule_variable, ""),
            Kind.WORDS: (variables.select_multiple_rule_variable, []),
        }
        members: dict[str, Any] = {"__init__": lambda self, case: setattr(self, "case", case)}
        plan = self.told.plan
        for condition in (condition for rule in plan.rule_set.rules for condition in rule.conditions):
            for fact, name in self._looked_at(condition):
                declared, usual = kinds.get(plan.words.facts[fact].kind, (variables.numeric_rule_variable, 0))
                members[name] = _variable(declared, name, usual)
                members[f"known_{name}"] = _variable(variables.boolean_rule_variable, name, None)
                if condition.against:
                    other = self.told.other(condition)
                    order = functools.partial(_order, name=name, other=other)
                    members[f"{name}_{other}"] = _named(variables.numeric_rule_variable, f"{name}_{other}", order)
        return type("Variables", (variables.BaseVariables,), members)

    def _looked_at(self, condition: Condition) -> list[tuple[str, str]]:
        found = [(condition.fact, self.told.name(condition))]
        return [*found, (condition.against, self.told.other(condition))] if condition.against else found

    def _tests(self, condition: Condition) -> list[dict[str, Any]]:
        tests = [
            {"name": f"known_{name}", "operator": "is_true", "value": True} for _, name in self._looked_at(condition)
        ]
        name, literals = self.told.name(condition), self.told.literals(condition)
        if condition.against:
            name, literals = f"{name}_{self.told.other(condition)}", [0]
        numeric = {
            "<": "less_than",
            "<=": "less_than_or_equal_to",
            ">": "greater_than",
            ">=": "greater_than_or_equal_to",
        }
        if condition.comparison in ORDERED:
            return [*tests, _test(name, numeric[ORDERED[condition.comparison]], literals[0])]
        kind = self.told.plan.words.facts[condition.fact].kind
        if kind is Kind.YES_NO:
            return [*tests, _test(name, "is_true" if literals[0] else "is_false", True)]
        if kind is Kind.WORDS:
            word = "contains_all" if condition.comparison is Comparison.WITH else "shares_no_elements_with"
            return [*tests, _test(name, word, literals)]
        if kind is not Kind.WORD:
            return [*tests, _test(name, "equal_to", literals[0])]
        if condition.comparison in (Comparison.IS, Comparison.ONE_OF):
            pattern = "|".join(literals)
            return [*tests, _test(name, "matches_regex", f"^({pattern})$")]
        return [*tests, _test(name, "matches_regex", f"^(?!({'|'.join(literals)})$)")]


def _test(name: str, operator: str, value: Any) -> dict[str, Any]:
    return {"name": name, "operator": operator, "value": value}


def _variable(declared: Any, name: str, usual: Any) -> Any:
    if usual is None:
        return _named(declared, f"known_{name}", lambda case: name in case)
    return _named(declared, name, lambda case: case.get(name, usual))


def _named(declared: Any, name: str, read: Callable[[Values], Any]) -> Any:
    def variable(self: Any) -> Any:
        return read(self.case)

    variable.__name__ = name
    return declared()(variable)


def _order(case: Values, *, name: str, other: str) -> int:
    one, two = case.get(name, 0), case.get(other, 0)
    return int(one > two) - int(one < two)
