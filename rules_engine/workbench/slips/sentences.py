"""Sentences that lost their end, and figures typed into them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules_engine.model.values import Kind, Value
from rules_engine.rulebook.literals import write_literal
from rules_engine.rulebook.places import Text
from rules_engine.rulebook.quotes import figures_in
from rules_engine.rulebook.rules import Place, Rule, RuleSet
from rules_engine.rulebook.vocabulary import ClauseWords
from rules_engine.workbench.slips.looking import BookFile, Looking, Slip, slip

CUT_BY_A_COMMENT, FIGURE_IN_A_SENTENCE = "sentence cut by a comment", "figure in a sentence"

KINDS = {
    CUT_BY_A_COMMENT: "a ` #` in a sentence: what follows it is a comment, and not said",
    FIGURE_IN_A_SENTENCE: "a figure typed into a rule's sentence while a term of its kind has another",
}

_SENTENCES = frozenset(
    {"because", "cite", "source", "quote", "printed", "note", "notes", "waits for", "rule", "rule set", "prospectus"}
    | {"supplement", "title", "footnote", "name", "issuer", "approved by", "signed for by"}
)
_QUOTED = ('"', "'", "|", ">")
_COMMENT = re.compile(r"\s#")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_SUMS = re.compile(r"\$[\d,]+(?:\.\d\d)?(?: (?:thousand|million|billion))?")
_TYPED = (Kind.MONTHS, Kind.DAYS, Kind.BUSINESS_DAYS, Kind.MONEY, Kind.PERCENT)


def sentences_cut(looking: Looking) -> Iterator[Slip]:
    """Warn of sentences that a ` #` ends before their end."""
    for file in looking.files.values():
        if " #" not in file.text:
            continue
        lines = file.text.split("\n")
        for key, text in file.texts():
            if key in _SENTENCES and (found := _cut_at(text, lines)):
                line, column = found
                place = text.place
                said = type(place)(file=place.file, line=line, column=column)
                hint = "put the sentence in quotes if the rest belongs to it, or the comment on a line of its own"
                yield slip(said, CUT_BY_A_COMMENT, f"` #` ends `{key}` here: the rest is a comment", hint, about=key)


def _cut_at(text: Text, lines: list[str]) -> tuple[int, int] | None:
    """Find the comment that ends a text which stands without quotes."""
    first = lines[text.place.line - 1]
    start = text.place.column - 1
    if first[start : start + 1] in _QUOTED:
        return None
    left = text.text
    for number in range(text.place.line, len(lines) + 1):
        line = lines[number - 1]
        said = line[start:] if number == text.place.line else line
        found = _COMMENT.search(said)
        words = " ".join((said[: found.start()] if found else said).split())
        if words and not left.startswith(words):
            return None
        left = left[len(words) :].strip()
        if found and words:
            return number, len(line) - len(said) + found.start() + 2
        if not left and number > text.place.line:
            return None
        if not left:
            return None
    return None


def figures_in_sentences(looking: Looking) -> Iterator[Slip]:
    """Warn of a sentence that says a figure which the rule set has no more."""
    for files in looking.book.clause_files.values():
        for clause in files:
            words = clause.written.clause if clause.written else None
            if clause.rule_set and words:
                for rule in clause.rule_set.rules:
                    yield from _figures_of(rule, clause.rule_set, words, looking)


def _figures_of(rule: Rule, rule_set: RuleSet, words: ClauseWords, looking: Looking) -> Iterator[Slip]:
    said = _PLACEHOLDER.sub(" ", f"{rule.because} {rule.waits_for}")
    for kind in _TYPED:
        sums = _SUMS.findall(said)
        typed = figures_in("; ".join(sums) if kind is Kind.MONEY else said, kind)
        terms = {name: term.value for name, term in rule_set.terms.items() if words.terms[name].kind is kind}
        held = {condition.fact: condition.values for condition in rule.conditions if not condition.term}
        literals = {value for name, values in held.items() if words.facts[name].kind is kind for value in values}
        if not typed or not (terms or literals):
            continue
        own = {condition.term for condition in rule.conditions if condition.term in terms}
        if own:
            terms = {name: value for name, value in terms.items() if name in own}
        known: set[Value] = {*terms.values(), *literals}
        for figure in typed:
            if figure in known or rule.place is None:
                continue
            name = next(iter(terms), "")
            other = f"`{name}` is `{write_literal(terms[name], kind)}`" if name else _literal(literals, kind)
            hint = f"write `{{the {name}}}` in its place" if name else "say what the rule says"
            message = f"the sentence of `{rule.name}` says `{write_literal(figure, kind)}`, and {other}"
            file = looking.files.get(rule.place.file)
            place = _place_of_sentence(file, rule) if file else rule.place
            yield slip(place or rule.place, FIGURE_IN_A_SENTENCE, message, hint, about=rule.name)


def _literal(literals: set[Value], kind: Kind) -> str:
    return f"the rule is about `{write_literal(sorted(literals, key=str)[0], kind)}`"


def _place_of_sentence(file: BookFile, rule: Rule) -> Place | None:
    return next((text.place for key, text in file.texts() if key == "because" and text.text == rule.because), None)


CHECKS = (sentences_cut, figures_in_sentences)
