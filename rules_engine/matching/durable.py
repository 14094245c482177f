"""durable_rules, held so that it answers one question: which rules match these facts?

It is given one flat fact of small integers at a time, in one session of `matching/sessions.py`, and what it answered is
remembered. The plain matcher says what a rule means; a rule set that is told to the engine otherwise than it means is
refused when it is first asked.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping

from rules_engine.matching.conditions import FactValues
from rules_engine.matching.encoding import Encoding, Ranks
from rules_engine.matching.engine_rules import engine_rules, holds
from rules_engine.matching.plain import compile_rules
from rules_engine.matching.probing import probing_cases
from rules_engine.matching.sessions import (
    EngineFault,
    Fired,
    MisreadText,
    SharedSession,
    available,
    shared,
    why_unavailable,
)
from rules_engine.model.values import Missing
from rules_engine.rulebook.rules import RuleSet
from rules_engine.rulebook.vocabulary import Fact

__all__ = ["DurableMatcher", "EngineFault", "available", "why_unavailable"]


class DurableMatcher:
    """Matches a rule set by durable_rules, which compiles it when it is first asked.

    It may be shared between threads, and used on both sides of a fork. Raises TooManyAlternatives or TooManyTests for
    rules the engine cannot be given, and EngineFault where it is not available.
    """

    def __init__(self, rules: RuleSet, facts: Mapping[str, Fact]) -> None:
        if not available():
            raise EngineFault(why_unavailable())
        self._rules = rules
        self._facts = facts
        self._encoding = Encoding(rules.rules, facts)
        self._parts = tuple((part, shared(part.text)) for part in engine_rules(rules.rules, self._encoding))
        self._is_probed = False

    def match(self, facts: FactValues) -> frozenset[str]:
        """Name the rules that match; raise EngineFault when the engine cannot be trusted with the case."""
        return self._matched(facts, SharedSession.matched)

    def ask(self, facts: FactValues) -> frozenset[str]:
        """Name the rules that match as the engine says now, whatever it answered before."""
        return self._matched(facts, SharedSession.asked)

    def _matched(self, facts: FactValues, by: Callable[[SharedSession, Ranks], Fired]) -> frozenset[str]:
        if not self._is_probed:
            self._probe()
        ranks = self._encoding.ranks(facts)
        matched: list[str] = []
        for part, session in self._parts:
            try:
                matched += [part.rule_names[place] for place in by(session, part.told(ranks))]
            except MisreadText as misread:
                raise EngineFault(self._misread(part.rule_names[place] for place in misread.places)) from misread
        return frozenset(matched)

    def forget(self) -> None:
        """Forget what the engine answered, so that each case goes to it again."""
        for _, session in self._parts:
            session.forget()

    def close(self) -> None:
        """Give the engine's memory back; the next match opens the rule set again."""
        for _, session in self._parts:
            session.close()

    def _probe(self) -> None:
        """Hold every rule, as the engine is told it, against what it means, once."""
        for rule in self._rules.rules:
            meant = compile_rules(dataclasses.replace(self._rules, rules=(rule,)), self._facts)
            conjunctions = self._encoding.conjunctions(rule)
            for case in probing_cases(rule, self._facts):
                told = self._told(case)
                if any(holds(each, told) for each in conjunctions) is not bool(meant.match(case).matched):
                    raise EngineFault(self._misread([rule.name]))
        self._is_probed = True

    def _told(self, case: FactValues) -> list[int | None]:
        told: list[int | None] = [None] * self._encoding.aspects
        for fact, value in case.items():
            if not isinstance(value, Missing):
                for aspect, rank in self._encoding.ranks_of(fact, value):
                    told[aspect] = rank
        return told

    def _misread(self, names: Iterable[str]) -> str:
        differing = ", ".join(f"`{name}`" for name in sorted(set(names)))
        return f"`{self._rules.name}`: the engine reads {differing} differently from what is written"
