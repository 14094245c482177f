"""Mutants: a rule file with one thing in it changed, to see whether a scenario notices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from rules_engine.acceptance.mutant_values import other_conditions, other_values
from rules_engine.rulebook.figures import TERMS
from rules_engine.rulebook.leaves import Leaf
from rules_engine.rulebook.phrases import read_condition
from rules_engine.rulebook.places import Entries, Entry, Faults, Items, Node, Text
from rules_engine.rulebook.reading import LEAVES_OUT, LEAVES_OUT_TERMS, REWORDS
from rules_engine.rulebook.rule_lines import RULES
from rules_engine.rulebook.vocabulary import ClauseWords, Rest, Ruling, TermWord, Vocabulary

PAYMENT = "payment"
_BESIDES = ("cite", "mark", "quote", "signed for by")

_OUTCOMES: Mapping[str, tuple[str, ...]] = {
    Ruling.ENTITLE.value: (Ruling.REJECT.value,),
    Ruling.ACCEPT.value: (Ruling.REJECT.value,),
    Ruling.PEND.value: (Ruling.REFER.value,),
    Ruling.REJECT.value: (Ruling.REFER.value, Ruling.PEND.value),
    Ruling.REFER.value: (Ruling.REJECT.value, Ruling.PEND.value),
}
"""The outcomes that are nearest to another, to which a rule's is changed; a cap is taken away."""


_QUOTED = re.compile(r"^(?:rule|leaves out|rewords) `([^`]*)`")


class Change(StrEnum):
    """What kind of thing was changed."""

    FIGURE = "figure"
    WORD = "word"
    COMPARISON = "comparison"
    OUTCOME = "outcome"
    RULE = "rule"
    LINE = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change of one file: where it stands, what was changed, from what to what, and what the file then holds.

    `after` is empty where something was deleted. `rule` names the rule that says it, where one does.
    """

    file: str
    line: int
    change: Change
    what: str
    before: str
    after: str
    root: Entries
    rule: str = ""

    def __str__(self) -> str:
        if not self.after:
            return f"{self.what}: deleted{f' (`{self.before}`)' if self.before else ''}"
        return f"{self.what}: `{self.before}` -> `{self.after}`"


def mutants_of(leaf: Leaf, vocabulary: Vocabulary) -> Iterator[Mutant]:
    """Give every mutant of a file of rules: its figures, words, comparisons, outcomes, lines and rules in turn.

    Of what a file says about itself (its days of issue, its status, its sources) none is made: `check` holds that.
    """
    root = leaf.root
    if root is None:
        return
    known = vocabulary.known_to(leaf.programme).clauses
    said = root.entries.get("clause")
    clause = known.get(said.value.text) if said and isinstance(said.value, Text) else None
    shared = {name: word for each in known.values() for name, word in each.terms.items()}
    yield from _of_terms(root, clause.terms if clause else shared)
    if clause is None:
        return
    yield from _of_payment(root, clause)
    for key in (LEAVES_OUT, LEAVES_OUT_TERMS):
        yield from _of_left_out(root, key)
    yield from _of_rewords(root)
    yield from _of_rules(root, root, clause)


def _of_terms(root: Entries, words: Mapping[str, TermWord]) -> Iterator[Mutant]:
    given = root.entries.get(TERMS)
    node = given.value if given else None
    if isinstance(node, Items):
        for paragraph in node.items:
            if isinstance(paragraph, Entries):
                entries = {name: entry for name, entry in paragraph.entries.items() if name not in _BESIDES}
                yield from _of_values(root, paragraph, entries, words)
    elif isinstance(node, Entries):
        for name, entry in node.entries.items():
            value = entry.value.entries.get("value") if isinstance(entry.value, Entries) else None
            if value and isinstance(entry.value, Entries) and name in words:
                yield from _of_value(root, entry.value, "value", value, words[name])


def _of_payment(root: Entries, clause: ClauseWords) -> Iterator[Mutant]:
    given = root.entries.get(PAYMENT)
    if given and isinstance(given.value, Entries):
        yield from _of_values(root, given.value, given.value.entries, clause.payment, within=f"{PAYMENT}, ")


def _of_values(
    root: Entries, holder: Entries, entries: Mapping[str, Entry], words: Mapping[str, TermWord], within: str = ""
) -> Iterator[Mutant]:
    for name, entry in entries.items():
        if name in words:
            yield from _of_value(root, holder, name, entry, words[name], within)


def _of_value(
    root: Entries, holder: Entries, key: str, entry: Entry, word: TermWord, within: str = ""
) -> Iterator[Mutant]:
    value = entry.value
    if not isinstance(value, Text):
        return
    change = Change.WORD if word.words or value.text in ("yes", "no") else Change.FIGURE
    for other in other_values(value.text, word.kind, word.words):
        yield _changed(root, holder, key, entry, other, change, f"{within}{word.name}")


def _of_left_out(root: Entries, key: str) -> Iterator[Mutant]:
    given = root.entries.get(key)
    if given is None or not isinstance(given.value, Items):
        return
    for item in given.value.items:
        if isinstance(item, Text):
            edited = _without_item(root, given.value, item)
            yield _made(item, Change.RULE, f"{key} `{item.text}`", item.text, "", edited)


def _of_rules(root: Entries, holder: Entries, clause: ClauseWords) -> Iterator[Mutant]:
    """Change the rules of a file, or of a paragraph in it that gives what all of its rules have alike."""
    given = holder.entries.get(RULES)
    if given is None or not isinstance(given.value, Items):
        return
    for rule in given.value.items:
        if not isinstance(rule, Entries):
            continue
        if RULES in rule.entries:
            cite = rule.entries["cite"].value
            yield from _of_outcome(root, rule, f"rules of `{cite.text}`" if isinstance(cite, Text) else "rules")
            yield from _of_rules(root, rule, clause)
            continue
        name = rule.entries["rule"].value
        if not isinstance(name, Text):
            continue
        what = f"rule `{name.text}`"
        yield _made(name, Change.RULE, what, "", "", _without_item(root, given.value, rule))
        yield from _of_outcome(root, rule, what)
        when = rule.entries.get("when")
        if when and isinstance(when.value, Entries):
            for fact, entry in when.value.entries.items():
                yield from _of_line(root, when.value, rule, fact, entry, clause, what)


def _of_rewords(root: Entries) -> Iterator[Mutant]:
    """Take away each reason that is given anew for a rule of the base."""
    given = root.entries.get(REWORDS)
    entries = given.value.entries if given and isinstance(given.value, Entries) else {}
    for name, entry in entries.items():
        assert given is not None
        assert isinstance(given.value, Entries)
        others = {rule: each for rule, each in entries.items() if rule != name}
        edited = with_node(root, given.value, replace(given.value, entries=others))
        yield _made(entry.key, Change.WORD, f"{REWORDS} `{name}`", name, "", edited)


def _of_outcome(root: Entries, rule: Entries, what: str) -> Iterator[Mutant]:
    then, rest = rule.entries.get("then"), rule.entries.get("rest")
    if then and isinstance(then.value, Text):
        capped = then.value.text.startswith(f"{Ruling.ACCEPT_AT_MOST.value} ")
        others = () if capped else _OUTCOMES.get(then.value.text, ())
        for other in others:
            yield _changed(root, rule, "then", then, other, Change.OUTCOME, f"{what}, then")
    if rest and isinstance(rest.value, Text):
        for other in Rest:
            if other.value != rest.value.text:
                yield _changed(root, rule, "rest", rest, other.value, Change.OUTCOME, f"{what}, rest")
    waived = rule.entries.get("may be waived")
    if waived and isinstance(waived.value, Text) and waived.value.text == "yes":
        yield _changed(root, rule, "may be waived", waived, "no", Change.WORD, f"{what}, may be waived")


def _of_line(
    root: Entries, when: Entries, rule: Entries, fact: str, entry: Entry, clause: ClauseWords, what: str
) -> Iterator[Mutant]:
    word = clause.facts.get(fact)
    if word is None or not isinstance(entry.value, Text):
        return
    there = f"{what}, {fact}"
    fewer = {name: each for name, each in when.entries.items() if name != fact}
    if fewer:
        edited = with_node(root, when, replace(when, entries=fewer))
    else:
        edited = with_node(root, rule, replace(rule, entries={k: v for k, v in rule.entries.items() if k != "when"}))
    yield _made(entry.key, Change.LINE, there, f"{fact}: {entry.value.text}", "", edited)
    condition = read_condition(word, entry.value, clause, Faults())
    if condition is None:
        return
    for kind, other in other_conditions(condition, word):
        yield _changed(root, when, fact, entry, other, Change(kind), there)


def _changed(root: Entries, holder: Entries, key: str, entry: Entry, text: str, change: Change, what: str) -> Mutant:
    """Give the mutant in which a text under a key is another one."""
    assert isinstance(entry.value, Text)
    other = replace(entry, value=replace(entry.value, text=text))
    edited = with_node(root, holder, replace(holder, entries={**holder.entries, key: other}))
    return _made(entry.value, change, what, entry.value.text, text, edited)


def _made(at: Text, change: Change, what: str, before: str, after: str, root: Entries) -> Mutant:
    place, rule = at.place, _QUOTED.search(what)
    return Mutant(
        file=place.file,
        line=place.line,
        change=change,
        what=what,
        before=before,
        after=after,
        root=root,
        rule=rule[1] if rule else "",
    )


def _without_item(root: Entries, items: Items, item: Node) -> Entries:
    return with_node(root, items, replace(items, items=tuple(each for each in items.items if each is not item)))


def with_node(root: Entries, old: Node, new: Node) -> Entries:
    """Give what a file holds with one node in the place of another."""
    found = _exchanged(root, old, new)
    assert isinstance(found, Entries)
    return found


def _exchanged(node: Node, old: Node, new: Node) -> Node:
    if node is old:
        return new
    if isinstance(node, Items):
        items = tuple(_exchanged(each, old, new) for each in node.items)
        return node if all(a is b for a, b in zip(items, node.items, strict=True)) else replace(node, items=items)
    if isinstance(node, Entries):
        values = {name: _exchanged(entry.value, old, new) for name, entry in node.entries.items()}
        if all(value is node.entries[name].value for name, value in values.items()):
            return node
        entries = {name: replace(entry, value=values[name]) for name, entry in node.entries.items()}
        return replace(node, entries=entries)
    return node
