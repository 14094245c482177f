"""What can only be told of a whole rule set: terms without use, facts without their terms, rules out of reach."""

from __future__ import annotations

from collections.abc import Iterable

from rules_engine.model.money import Money
from rules_engine.model.values import Kind
from rules_engine.rulebook.figures import STANDARD_WORDING
from rules_engine.rulebook.literals import write_literal
from rules_engine.rulebook.phrases import placeholders
from rules_engine.rulebook.places import Faults, listed
from rules_engine.rulebook.reading import Written
from rules_engine.rulebook.rules import Condition, Rule, RuleSet
from rules_engine.rulebook.vocabulary import ClauseWords, Comparison, Fact

# days and months can be: a request may be dated before the death it rests on
_NEVER_NEGATIVE = (Kind.MONEY, Kind.PERCENT, Kind.SHARE)


def check_resolved(rule_set: RuleSet, written: Written, faults: Faults) -> None:
    """Note what is wrong with a resolved rule set as a whole.

    A fault in something inherited is noted at the `based on` line of the file that inherits it. A
    text resolved before keeps terms it inherited without use.
    """
    clause = written.clause
    if clause is None:
        return
    _check_facts(rule_set, clause, written, faults)
    _check_required(rule_set, clause, written, faults)
    _check_reach(rule_set.rules, clause, written, faults)
    if not written.edition:
        _check_use(written, rule_set.rules, clause, faults)
    if rule_set.status == "approved":
        _check_approved(rule_set, written, faults)


def check_standard(written: Written, rules: Iterable[Rule], faults: Faults) -> None:
    """Note what is wrong with a standard rule set before anything is based on it; `rules` are all of its rules."""
    if written.clause:
        _check_reach(rules, written.clause, written, faults)
        _check_use(written, rules, written.clause, faults)


def _check_facts(rule_set: RuleSet, clause: ClauseWords, written: Written, faults: Faults) -> None:
    """Note facts and terms a rule names that cannot be worked out for want of a term."""
    for rule in rule_set.rules:
        for name in _words_of(rule):
            fact = clause.facts.get(name)
            lacking = [term for term in (fact.terms if fact else (name,)) if term not in rule_set.terms]
            any_of = fact.terms_any if fact else ()
            if any_of and not any(term in rule_set.terms for term in any_of):
                message = f"the fact `{name}` needs one of the terms {listed(any_of, 'and')}, and none is given"
                faults.at(written.place_for(rule.place), message, "give one under `terms`, or leave the rule out")
            if lacking:
                what = f"the fact `{name}` needs" if fact else f"the rule `{rule.name}` needs"
                message = f"{what} the term {listed(lacking, 'and')}, which is not given"
                faults.at(written.place_for(rule.place), message, "give it under `terms`, or leave the rule out")


def _check_use(written: Written, rules: Iterable[Rule], clause: ClauseWords, faults: Faults) -> None:
    """Note terms the file gives that no rule names, and no fact a rule names needs."""
    used = words_used(rules, clause)
    for name, term in written.terms.items():
        if name not in used and term.place:
            hint = "no rule names it, and no fact that a rule uses needs it"
            faults.at(term.place, f"the term `{name}` is never used", hint)


def words_used(rules: Iterable[Rule], clause: ClauseWords) -> set[str]:
    """List the facts and terms that rules name, the terms those facts need, and the terms that are used without."""
    named = {name for rule in rules for name in _words_of(rule)}
    needed = (_terms_of(fact) for name, fact in clause.facts.items() if name in named)
    without = (word.name for word in clause.terms.values() if word.required or word.applied)
    return named.union(*needed, without)


def _terms_of(fact: Fact) -> tuple[str, ...]:
    return (*fact.terms, *fact.terms_any, *fact.terms_optional)


def _words_of(rule: Rule) -> Iterable[str]:
    """List the facts and terms a rule names, each once."""
    words = [name for condition in rule.conditions for name in (condition.fact, condition.term, condition.against)]
    return dict.fromkeys(
        word for word in (*words, rule.at_most, *placeholders(f"{rule.because} {rule.waits_for}")) if word
    )


def _check_required(rule_set: RuleSet, clause: ClauseWords, written: Written, faults: Faults) -> None:
    place = written.place_for(None)
    for word in clause.terms.values():
        if word.required and word.name not in rule_set.terms:
            faults.at(place, f"the term `{word.name}` is not given", f"`{clause.clause}` cannot do without it")
    for word in clause.payment.values():
        if word.required and word.name not in rule_set.payment:
            faults.at(place, f"`{word.name}` is not given under `payment`", f"`{clause.clause}` cannot do without it")


def _check_reach(rules: Iterable[Rule], clause: ClauseWords, written: Written, faults: Faults) -> None:
    """Note tests that can never hold; a test on a term not given yet is left for the set that gives it."""
    for rule in rules:
        for condition in rule.conditions:
            hint = _never(condition, clause.facts[condition.fact]) if condition.values else ""
            if hint:
                faults.at(written.place_for(condition.place), f"no note can reach the rule `{rule.name}`", hint)


def _never(condition: Condition, fact: Fact) -> str:
    """Say why a condition can never hold: it asks for less than nothing, or for none of all the words there are."""
    if condition.comparison is Comparison.LESS_THAN and fact.kind in _NEVER_NEGATIVE:
        value = condition.values[0]
        if value in (0, Money.from_cents(0)):
            return f"`{fact.name}` is never less than {write_literal(value, fact.kind)}: did you mean `at most`?"
    if condition.comparison is Comparison.NOT_ONE_OF and set(fact.words) <= set(condition.values):
        return f"`{fact.name}` is always one of these words"
    return ""


def _check_approved(rule_set: RuleSet, written: Written, faults: Faults) -> None:
    """Note standard wording in a set that is said to have been compared with its source, and figures without proof."""
    marked = [(term.name, term.mark, term.place) for term in rule_set.terms.values()]
    marked += [(rule.name, rule.mark, rule.place) for rule in rule_set.rules]
    marked.append(("payment", rule_set.payment_mark, written.payment.place))
    for name, mark, place in marked:
        if mark == STANDARD_WORDING:
            told, message = written.place_for(place), f"`{name}` is standard wording in an approved rule set"
            hint = "read it in the prospectus and mark it"
            if told != place:
                hint = "write it here as the prospectus words it, marked"
            elif name == "payment" and written.payment.where.mark != STANDARD_WORDING:
                hint = "some of its words come from the base: give them here too, marked"
            faults.at(told, message, f"{hint} `read`, or set the status back to draft")
    figures = [(term.name, term.mark, term.quotes or term.signed_by, term.place) for term in rule_set.terms.values()]
    lines = rule_set.payment_lines.items()
    figures += [(name, line.mark, line.quotes or line.signed_by, line.place) for name, line in lines]
    for name, mark, proof, place in figures:
        if not proof and mark != STANDARD_WORDING:
            message = f"`{name}` is neither quoted nor signed for in an approved rule set"
            hint = "give the source's words under `quote`, or a reference to whoever read it under `signed for by`"
            faults.at(written.place_for(place), message, hint)
