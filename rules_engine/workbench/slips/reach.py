"""Rule sets that never accept anything."""

from __future__ import annotations

from collections.abc import Iterator

from rules_engine.rulebook.rules import RuleSet
from rules_engine.rulebook.vocabulary import Ruling
from rules_engine.workbench.slips.looking import Looking, Slip, slip

NOTHING_IS_ACCEPTED = "nothing is accepted"

KINDS = {NOTHING_IS_ACCEPTED: "a rule set no rule of which accepts or entitles, where others on the clause have one"}


def nothing_is_accepted(looking: Looking) -> Iterator[Slip]:
    """Warn of rule sets that lost the rule which accepts."""
    accepting = {each.clause for each in looking.book.rule_sets if _accepts(each)} | _standing(looking)
    for files in looking.book.clause_files.values():
        for clause in files:
            rule_set = clause.rule_set
            if rule_set and rule_set.clause in accepting and not _accepts(rule_set):
                message = f"no rule on `{rule_set.clause}` is left that accepts anything"
                hint = "rules on this clause accept elsewhere: was the rule that does left out, or its `then` changed?"
                yield slip(clause.place_of("rules"), NOTHING_IS_ACCEPTED, message, hint, about=rule_set.clause)


def _accepts(rule_set: RuleSet) -> bool:
    return any(rule.ruling in (Ruling.ENTITLE, Ruling.ACCEPT) for rule in rule_set.rules)


def _standing(looking: Looking) -> set[str]:
    """Name the clauses whose standard wording accepts."""
    texts = ((file, list(file.texts())) for file in looking.files.values() if file.file.startswith("standard/"))
    return {
        file.text_under("clause")
        for file, said in texts
        if any(key == "then" and text.text in ("entitle", "accept") for key, text in said)
    }


CHECKS = (nothing_is_accepted,)
