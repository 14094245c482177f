"""What a rule set says once the standard set it is based on has been read into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from rules_engine.errors import RuleBookError
from rules_engine.rulebook.checking import check_resolved, words_used
from rules_engine.rulebook.figures import merge_payment
from rules_engine.rulebook.headings import BASED_ON
from rules_engine.rulebook.nodes import read_nodes
from rules_engine.rulebook.places import Entries, Faults, Text, as_text, entries_of, meant
from rules_engine.rulebook.reading import LEAVES_OUT, LEAVES_OUT_TERMS, REWORDS, WORDS, Written, read_written
from rules_engine.rulebook.rules import Condition, Rule, RuleSet, Term
from rules_engine.rulebook.vocabulary import ListedWords, Vocabulary
from rules_engine.rulebook.writing import canonical


def resolve(written: Written, base: Written | None, edition: str, faults: Faults) -> RuleSet | None:
    """Read the base into a written set; None, with the faults noted, when anything is left open.

    Its own terms and rules replace the base's of the same name, where those stand; new rules come
    last; payment words override one by one. A term of the base that nothing uses is not taken over.
    """
    if written.clause is None or not fits(written, base, faults):
        return None
    before = len(faults)
    laid = lay_over(written, base, faults)
    own = set(written.terms)
    used = words_used(laid.rules, written.clause) if base or written.shared else laid.terms.keys()
    terms = {name: term for name, term in laid.terms.items() if name in own or name in used}
    rules = tuple(
        replace(rule, conditions=tuple(_set_in(each, rule, terms, written, faults) for each in rule.conditions))
        for rule in laid.rules
    )
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
        payment=MappingProxyType(laid.payment.values),
        approved_by=written.approved_by,
        payment_cite=laid.payment.cites,
        payment_mark=laid.payment.least_sure,
        payment_quotes=laid.payment.quoted,
        payment_signers=laid.payment.signers,
        payment_lines=MappingProxyType(laid.payment.lines),
    )
    check_resolved(rule_set, written, faults)
    return canonical(rule_set, written.clause) if len(faults) == before else None


def lay_over(written: Written, base: Written | None, faults: Faults) -> Written:
    """Lay a written set over the one it is based on: what both give, it gives; what it leaves out is gone."""
    _check_left_out(written, base, faults)
    if base is None:
        return replace(written, terms={**written.shared, **written.terms})
    _check_spelling(written, base, faults)
    without = {name.text for name in written.leaves_out_terms}
    inherited = {name: term for name, term in base.terms.items() if name not in without}
    return replace(
        written,
        terms={**inherited, **written.shared, **written.terms},
        rules=tuple(_merge_rules(written, base)),
        payment=merge_payment(base.payment, written.payment),
    )


def fits(written: Written, base: Written | None, faults: Faults) -> bool:
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
    rules = [rule.name for rule in base.rules] if base else []
    _check_names(LEAVES_OUT, "rule", written.leaves_out, rules, {rule.name for rule in written.rules}, faults, base)
    terms = list(base.terms) if base else []
    _check_names(LEAVES_OUT_TERMS, "term", written.leaves_out_terms, terms, set(written.terms), faults, base)
    reworded = [each.rule for each in written.rewords.values()]
    gone = {name.text for name in written.leaves_out} | {rule.name for rule in written.rules}
    _check_names(REWORDS, "rule", reworded, rules, gone, faults, base)


def _check_spelling(written: Written, base: Written, faults: Faults) -> None:
    """Note a rule that is named as one of the base but for capitals, blanks or hyphens: it would stand beside it."""
    spelt = {_letters(rule.name): rule.name for rule in base.rules}
    known = {*spelt.values(), *(name.text for name in written.leaves_out)}
    for rule in written.rules:
        meant_for = spelt.get(_letters(rule.name), "")
        if rule.name not in known and meant_for and rule.place and meant_for not in {r.name for r in written.rules}:
            message = f"the rule `{rule.name}` is not spelt as the base's `{meant_for}`, and would stand beside it"
            faults.at(rule.place, message, f"write `{meant_for}` to replace it, or another name for another rule")


def _letters(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def _check_names(
    key: str,
    what: str,
    names: Iterable[Text],
    known: list[str],
    own: set[str],
    faults: Faults,
    base: Written | None,
) -> None:
    for name in names:
        if base is None:
            faults.at(name.place, f"`{key}` without `{BASED_ON}`", "there is nothing to leave out: delete it")
        elif name.text not in known:
            faults.at(name.place, f"`{key}` names no {what} of the base: `{name.text}`", meant(name.text, known))
        elif name.text in own:
            message = f"the {what} `{name.text}` is both left out and given"
            faults.at(name.place, message, "giving it replaces the base's")


def _merge_rules(written: Written, base: Written) -> list[Rule]:
    left_out = {name.text for name in written.leaves_out}
    own = {rule.name: rule for rule in written.rules}
    stays = (rule for rule in base.rules if rule.name not in left_out)
    inherited = [own.pop(rule.name, _reworded(rule, written)) for rule in stays]
    return [*inherited, *own.values()]


def _reworded(rule: Rule, written: Written) -> Rule:
    """Give a rule of the base with the reason that the set gives for it, where it gives one."""
    said = written.rewords.get(rule.name)
    return replace(rule, because=said.because.text, place=said.rule.place) if said else rule


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
