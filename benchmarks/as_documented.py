"""durable_rules as its documentation shows it: rules by decorators, a session for each case, deleted when done.

The rules are the engine's own reading of the rule set, in the same integers, so that only the way of holding
durable_rules differs. Two of its pitfalls are stepped around, or there would be nothing to time: a rule that
always matches, since deleting the session of a message that matched nothing ends the process; and a session is
deleted with its case, since the 1,025th fails.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import reduce
from itertools import count
from typing import Any

from durable.lang import (  # type: ignore[import-untyped]  # durable_rules publishes no types
    assert_fact,
    delete_state,
    m,
    ruleset,
    when_all,
)

from rules_engine.matching.encoding import Encoding, RankTest
from rules_engine.matching.engine_rules import attributes
from rules_engine.rulebook.rules import RuleSet
from rules_engine.rulebook.vocabulary import Fact

_made = count()

_SIGNS: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class AsDocumented:
    """Matches one rule set, which durable_rules knows by a name of its own."""

    def __init__(self, rules: RuleSet, facts: Mapping[str, Fact]) -> None:
        self._encoding = Encoding(rules.rules, facts)
        self._names = attributes(self._encoding.aspects)
        self._matched: list[str] = []
        self._sessions = count()
        self._name = f"rules {next(_made)}"
        with ruleset(self._name):
            self._add("", ())
            for rule in rules.rules:
                for conjunction in self._encoding.conjunctions(rule):
                    self._add(rule.name, conjunction)

    def match(self, case: Mapping[str, Any]) -> frozenset[str]:
        """Name the rules that match, in a session of the case's own."""
        self._matched.clear()
        session = next(self._sessions)
        told = zip(self._names, self._encoding.ranks(case), strict=True)
        assert_fact(self._name, {"sid": session, "k": 1, **{name: rank for name, rank in told if rank is not None}})
        delete_state(self._name, session)
        return frozenset(name for name in self._matched if name)

    def _add(self, name: str, conjunction: tuple[RankTest, ...]) -> None:
        tests = [_SIGNS[test.sign](getattr(m, self._names[test.aspect]), test.rank) for test in conjunction] or [
            m.k == 1
        ]

        def found(_: Any) -> None:
            self._matched.append(name)

        when_all(reduce(operator.and_, tests or [m.k == 1]))(found)
