"""A rule set made ready: which facts it needs, its two matchers, and its reasons cut into pieces."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rules_engine.matching.comparing import Comparisons
from rules_engine.matching.conditions import FactValues
from rules_engine.matching.durable import DurableMatcher
from rules_engine.matching.generated.function import GeneratedMatcher
from rules_engine.matching.generated.telling import tellers
from rules_engine.matching.plain import PlainMatcher, compile_rules
from rules_engine.matching.wording import read_aloud
from rules_engine.model.decisions import Finding
from rules_engine.model.values import Value
from rules_engine.rulebook.rules import Rule, RuleSet, Term
from rules_engine.rulebook.vocabulary import ClauseWords, Comparison

_PLACEHOLDER = re.compile(r"\{(?:the )?([^{}]+)\}")

Reason = tuple[tuple[str, bool], ...]
"""A reason in pieces: plain text, or (True) the name of the fact that stands there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One rule set, ready to decide cases; built once and shared, for nothing that it says changes.

    `facts` are the facts that conditions name, in the order of the rules; `compared` are the pairs of them that are
    held against each other. `plain` defines which rules match, `generated` gives the same quickly, and `durable` is
    None where durable_rules cannot be used.
    """

    rule_set: RuleSet
    words: ClauseWords
    facts: tuple[tuple[str, Callable[[Any], Any]], ...]
    rules: Mapping[str, Rule]
    places: Mapping[str, int]
    reasons: Mapping[str, Reason]
    compared: Comparisons
    plain: PlainMatcher
    generated: GeneratedMatcher
    durable: DurableMatcher | None
    findings: dict[tuple[str, tuple[str, ...] | None], Finding] = field(default_factory=dict, compare=False, repr=False)
    """What rules have said so far that they say in every case alike, or in every case that lacks some fields."""

    @classmethod
    def of(cls, rule_set: RuleSet, words: ClauseWords, *, with_durable: bool) -> Plan:
        """Make a rule set ready; `with_durable` says whether durable_rules matches beside the plain matcher."""
        reasons = {rule.name: _reason(rule.because, rule_set, words) for rule in rule_set.rules}
        compared = Comparisons.of(rule_set, words.facts)
        return cls(
            rule_set=rule_set,
            words=words,
            facts=tuple((name, words.facts[name].work_out) for name in _asked_for(rule_set)),
            rules={rule.name: rule for rule in rule_set.rules},
            places={rule.name: place for place, rule in enumerate(rule_set.rules)},
            reasons=reasons,
            compared=compared,
            plain=compile_rules(compared.rules, compared.facts),
            generated=GeneratedMatcher(
                compared.rules.rules,
                compared.facts,
                tellers(rule_set.rules, words.facts, lambda rule, facts: said(reasons[rule], facts)),
            ),
            durable=DurableMatcher(compared.rules, compared.facts) if with_durable else None,
        )

    def reason(self, rule: str, facts: FactValues) -> str:
        """Say why a rule spoke, with the figures of this case in their places."""
        return said(self.reasons[rule], facts)

    def speaks_alike(self, rule: Rule) -> bool:
        """Tell whether a rule says the same in every case, and waits for the same."""
        pieces = (*self.reasons[rule.name], *_pieces(rule.waits_for))
        return not any(named for _, named in pieces)


def said(reason: Reason, facts: FactValues) -> str:
    """Put a reason together with the figures of a case."""
    if len(reason) == 1 and not reason[0][1]:
        return reason[0][0]
    return "".join([read_aloud(facts[text]) if named else text for text, named in reason])


def term_aloud(term: Term, words: ClauseWords) -> str:
    """Put a term into a sentence, with its unit: `6 months`, `$250,000`."""
    return literal_aloud(term.value, words.terms[term.name].kind.value)


def literal_aloud(value: Value, unit: str) -> str:
    """Put a literal into a sentence; whole numbers take their unit, in the singular for one."""
    if type(value) is int and unit in {"months", "days", "business days"}:
        return f"{value} {unit if value != 1 else unit.removesuffix('s')}"
    return read_aloud(value)


def capping(rule: Rule, facts: FactValues, rule_set: RuleSet) -> object:
    """Give the amount a limiting rule caps at: a term, or a fact of the case."""
    term = rule_set.terms.get(rule.at_most)
    return facts[rule.at_most] if term is None else term.value


def _reason(because: str, rule_set: RuleSet, words: ClauseWords) -> Reason:
    """Cut a reason into pieces; a term says the same in every case, so it is plain text already."""
    pieces: list[tuple[str, bool]] = []
    for text, named in _pieces(because):
        if named and text not in words.facts:
            text, named = term_aloud(rule_set.terms[text], words), False
        if pieces and not named and not pieces[-1][1]:
            text = pieces.pop()[0] + text
        pieces.append((text, named))
    return tuple(pieces)


def _pieces(because: str) -> Reason:
    """Cut a text at its braces: plain text, or (True) what stands in them."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for found in _PLACEHOLDER.finditer(because):
        pieces += [(because[end : found.start()], False), (found.group(1), True)]
        end = found.end()
    return tuple(piece for piece in [*pieces, (because[end:], False)] if piece[0])


def _asked_for(rule_set: RuleSet) -> list[str]:
    """List the facts that conditions name, each once."""
    conditions = [condition for rule in rule_set.rules for condition in rule.conditions]
    named = (name for condition in conditions for name in (condition.fact, condition.against) if name)
    return list(dict.fromkeys(named))


def waits_for(rule: Rule, facts: FactValues) -> tuple[str, ...]:
    """Name what a pending rule waits for: its own words, or the documents its conditions miss."""
    if rule.waits_for:
        said = (read_aloud(facts[text]) if named else text for text, named in _pieces(rule.waits_for))
        return ("".join(said),)
    lacking = (condition for condition in rule.conditions if condition.comparison is Comparison.WITHOUT)
    return tuple(str(value) for condition in lacking for value in condition.values)
