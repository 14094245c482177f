"""What a rule set says once the standard set it is based on has been read into it, one level deep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from rules_engine.errors import RuleBookError
from rules_engine.rulebook.checking import check_resolved
from rules_engine.rulebook.figures import merge_payment
from rules_engine.rulebook.nodes import read_nodes
from rules_engine.rulebook.places import Entries, Faults, as_text, entries_of, meant
from rules_engine.rulebook.reading import WORDS, Written, read_written
from rules_engine.rulebook.rules import Condition, Rule, RuleSet, Term
from rules_engine.rulebook.vocabulary import ListedWords, Vocabulary
from rules_engine.rulebook.writing import canonical


def resolve(written: Written, base: Written | None, edition: str, faults: Faults) -> RuleSet | None:
    """Read the base into a written set; None, with the faults noted, when anything is left open.

    Its own terms and rules replace the base's of the same name, where those stand; new rules come
    last; payment words override one by one.
    """
    if written.clause is None or not _fits(written, base, faults):
        return None
    before = len(faults)
    _check_left_out(written, base, faults)
    terms = {**base.terms, **written.terms} if base else dict(written.terms)
    rules = tuple(
        replace(rule, conditions=tuple(_set_in(each, rule, terms, written, faults) for each in rule.conditions))
        for rule in _merge_rules(written, base)
    )
    payment = merge_payment(base.payment, written.payment) if base else written.payment
    if len(faults) > before:
        return None
    rule_set = RuleSet(
        name=written.name,
        clause=written.clause.clause,
        status=written.status,
        source=written.source,
        edition=edition,
        file=written.place.file,
        issued_from=written.issued_from,
        issued_until=written.issued_until,
        terms=MappingProxyType(terms),
        rules=rules,
        payment=MappingProxyType(payment.values),
        approved_by=written.approved_by,
        payment_cite=payment.cite,
        payment_mark=payment.mark,
    )
    check_resolved(rule_set, written, faults)
    return canonical(rule_set, written.clause) if len(faults) == before else None


def _fits(written: Written, base: Written | None, faults: Faults) -> bool:
    """Tell whether the base, if there is one, is a set for the same clause; note it if it is not."""
    if base is None:
        return True
    if base.clause and written.clause and base.clause.clause == written.clause.clause:
        return True
    if base.clause and written.clause and written.based_on:
        message = f"`{written.based_on.text}` is for the clause `{base.clause.clause}`, not `{written.clause.clause}`"
        faults.at(written.based_on.place, message, "base it on a standard set for its own clause")
    return False


def _check_left_out(written: Written, base: Written | None, faults: Faults) -> None:
    own = {rule.name for rule in written.rules}
    known = [rule.name for rule in base.rules] if base else []
    for name in written.leaves_out:
        if base is None:
            faults.at(name.place, "`leaves out` without `based on`", "there is nothing to leave out: delete it")
        elif name.text not in known:
            faults.at(name.place, f"`leaves out` names no rule of the base: `{name.text}`", meant(name.text, known))
        elif name.text in own:
            faults.at(name.place, f"the rule `{name.text}` is both left out and given", "giving it replaces the base's")


def _merge_rules(written: Written, base: Written | None) -> list[Rule]:
    left_out = {name.text for name in written.leaves_out}
    own = {rule.name: rule for rule in written.rules}
    inherited = [own.pop(rule.name, rule) for rule in (base.rules if base else ()) if rule.name not in left_out]
    return [*inherited, *own.values()]


def _set_in(condition: Condition, rule: Rule, terms: Mapping[str, Term], written: Written, faults: Faults) -> Condition:
    """Give a condition the figure of the term it names; note it when nobody gives the term."""
    if not condition.term:
        return condition
    term = terms.get(condition.term)
    if term is None:
        hint = f"give `{condition.term}` under `terms`, or leave the rule out"
        place = written.place_for(condition.place)
        faults.at(place, f"the rule `{rule.name}` needs the term `{condition.term}`, which is not given", hint)
        return condition
    values = tuple(sorted(term.value)) if isinstance(term.value, frozenset) else (term.value,)
    return replace(condition, values=values)


def read_resolved(text: str, vocabulary: Vocabulary) -> RuleSet:
    """Read a resolved rule set back from its canonical text or its printing; its digest is worked out again.

    Raise RuleBookError, naming every fault, when the text says something this vocabulary does not know.
    """
    faults = Faults()
    root = read_nodes(text.encode(), "resolved text", faults, bounded=False)
    if root:
        vocabulary = vocabulary.listing(_words_in(root, faults))
        written = read_written(root, vocabulary, faults, resolved=True)
        rule_set = resolve(written, None, written.edition, faults) if not faults else None
        if rule_set:
            return rule_set
    raise RuleBookError(sorted(faults))


def _words_in(root: Entries, faults: Faults) -> ListedWords:
    """Read the words that an issuer added when the text was resolved; it may not add them any more."""
    given = entries_of(root, WORDS, faults)
    said = {name: as_text(entry.value, name, faults) for name, entry in given.entries.items()} if given else {}
    return {name: dict.fromkeys(text.text.split(", "), "") for name, text in said.items() if text}
