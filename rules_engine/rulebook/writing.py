"""Rule sets as text: the canonical form a digest is taken of, and a printing for people.

Both are rule files in the house language, with everything resolved and the edition named, and
`read_resolved` reads either back to an equal rule set. The digest is taken of the canonical form
alone, in which neither comments, nor the order of keys, nor the file's path can show.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rules_engine.model.canonical import canonical_json, digest
from rules_engine.model.event_words import LISTS
from rules_engine.model.values import Value
from rules_engine.rulebook.literals import write_literal
from rules_engine.rulebook.phrases import write_condition
from rules_engine.rulebook.reading import WORDS
from rules_engine.rulebook.rules import Rule, RuleSet
from rules_engine.rulebook.vocabulary import ClauseWords, Ruling, TermWord

# what YAML would take for something else than text at the start of a scalar, or inside it
_NEEDS_QUOTES = re.compile(r"^[-?:,\[\]{}#&*!|>'\"%@`=<]|: |:$| #|^$|^---|^\.\.\.")

_READING_ORDER = (
    *("rule set", "status", "approved by", "clause", "source", "edition", WORDS),
    *("notes issued from", "notes issued until", "terms", "rules", "payment"),
    *("rule", "when", "then", "rest", "waits for", "may be waived", "because", "value"),
    *("cite", "mark", "quote", "signed for by"),
)


def canonical(rule_set: RuleSet, clause: ClauseWords) -> RuleSet:
    """Give the rule set with its canonical text and the digest of that."""
    text = canonical_json(_content(rule_set, clause))
    return replace(rule_set, text=text, digest=digest(text))


def _content(rule_set: RuleSet, clause: ClauseWords) -> dict[str, Any]:
    """Lay a rule set out as its file would; what is empty is left out."""
    terms = {
        name: {
            "value": write_literal(term.value, clause.terms[name].kind),
            "cite": term.cite,
            "mark": term.mark,
            "quote": list(term.quotes),
            "signed for by": term.signed_by,
        }
        for name, term in rule_set.terms.items()
    }
    content = {
        "rule set": rule_set.name,
        "status": rule_set.status,
        "approved by": rule_set.approved_by,
        "clause": rule_set.clause,
        "source": rule_set.source,
        "edition": rule_set.edition,
        WORDS: _words_added(rule_set, clause),
        "notes issued from": rule_set.issued_from.isoformat() if rule_set.issued_from else "",
        "notes issued until": rule_set.issued_until.isoformat() if rule_set.issued_until else "",
        "terms": {name: _filled(term) for name, term in terms.items()},
        "rules": [_filled(_rule_content(rule, clause)) for rule in rule_set.rules],
        "payment": _filled(
            {
                **_written(rule_set.payment, clause.payment),
                "cite": rule_set.payment_cite,
                "mark": rule_set.payment_mark,
                "quote": list(rule_set.payment_quotes),
                "signed for by": rule_set.payment_signers,
            }
        ),
    }
    return _filled(content)


def _words_added(rule_set: RuleSet, clause: ClauseWords) -> dict[str, str]:
    """List the words that rules name and that only their issuer has, by the event field they stand in."""
    added: dict[str, set[str]] = {}
    for rule in rule_set.rules:
        for condition in rule.conditions:
            field = clause.facts[condition.fact].lists
            own = {str(word) for word in condition.values} - set(LISTS[field]) if field else set()
            if own:
                added.setdefault(field, set()).update(own)
    return {field: ", ".join(sorted(words)) for field, words in added.items()}


def _rule_content(rule: Rule, clause: ClauseWords) -> dict[str, Any]:
    then = f"{rule.ruling.value} the {rule.at_most}" if rule.ruling is Ruling.ACCEPT_AT_MOST else rule.ruling.value
    return {
        "rule": rule.name,
        "when": {each.fact: write_condition(each, clause.facts[each.fact]) for each in rule.conditions},
        "then": then,
        "rest": rule.rest.value if rule.rest else "",
        "waits for": rule.waits_for,
        "may be waived": "yes" if rule.may_be_waived else "",
        "because": rule.because,
        "cite": rule.cite,
        "mark": rule.mark,
        "quote": list(rule.quotes),
    }


def _written(values: Mapping[str, Value], words: Mapping[str, TermWord]) -> dict[str, str]:
    return {name: write_literal(value, words[name].kind) for name, value in values.items()}


def _filled(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if value}


def show_resolved(rule_set: RuleSet) -> str:
    """Print a resolved rule set as a rule file a person can read aloud."""
    return "\n".join(_lines(_in_reading_order(json.loads(rule_set.text)))) + "\n"


def _in_reading_order(content: Mapping[str, Any]) -> dict[str, Any]:
    """Put keys in the order people read them; the names of terms and facts follow by alphabet."""
    names = [*(name for name in _READING_ORDER if name in content), *sorted(content.keys() - set(_READING_ORDER))]
    return {name: _ordered(content[name]) for name in names}


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return _in_reading_order(value)
    return [_ordered(item) for item in value] if isinstance(value, list) else value


def _lines(content: Mapping[str, Any], indent: str = "") -> list[str]:
    lines: list[str] = []
    for name, value in content.items():
        if isinstance(value, dict):
            lines += [f"{indent}{_scalar(name)}:", *_lines(value, indent + "  ")]
        elif isinstance(value, list):
            lines.append(f"{indent}{_scalar(name)}:")
            for item in value:
                first, *rest = _lines(item, indent + "    ") if isinstance(item, dict) else (_scalar(item),)
                lines += [f"{indent}  - {first.strip()}", *rest]
        else:
            lines.append(f"{indent}{_scalar(name)}: {_scalar(value)}")
    return lines


def _scalar(text: str) -> str:
    return canonical_json(text) if _NEEDS_QUOTES.search(text) else text
