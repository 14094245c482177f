"""What the issuer may waive."""

from __future__ import annotations

from collections.abc import Iterable

from rules_engine.deciding.unruled import referred, rejected
from rules_engine.errors import nearest
from rules_engine.host.cases import Prepared
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Finding
from rules_engine.model.events import (
    IssuerWaived,
)
from rules_engine.rulebook.rules import Rule


def against_waiving(event: IssuerWaived, prepared: Prepared) -> Finding | None:
    """Say why the issuer cannot waive what an event names; None where the rule set says that it may be waived."""
    rules = prepared.plan.rule_set.rules
    if event.limit is not None:
        of_limit = [rule for rule in rules if _limit_of(rule, prepared) == event.limit]
        if not of_limit:
            return _not_known("limit", event.limit, filter(None, (_limit_of(rule, prepared) for rule in rules)))
        named = of_limit
    else:
        named = [rule for rule in rules if rule.name == event.rule]
        if not named:
            return _not_known("rule", event.rule or "", [rule.name for rule in rules])
    if all(rule.may_be_waived for rule in named):
        return None
    because = f"The rule set does not say of `{event.rule or event.limit}` that it may be waived."
    return rejected(Code.MAY_NOT_BE_WAIVED, because, named[0].cite)


def _limit_of(rule: Rule, prepared: Prepared) -> str:
    fact = prepared.plan.words.facts.get(rule.at_most)
    return fact.limit if fact else ""


def _not_known(what: str, name: str, known: Iterable[str]) -> Finding:
    meant = nearest(name, known)
    hint = f" Did you mean `{meant}`?" if meant else ""
    return referred(Code.RULE_NOT_KNOWN, f"The rules of the note have no {what} `{name}`.{hint}")
