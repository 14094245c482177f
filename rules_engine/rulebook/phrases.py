"""The grammar of a rule's lines: what stands after a fact in `when`, after `then:`, and in braces in `because:`.

A line of `when` is `<fact>: [comparison] <literal in the fact's unit | one of a, b and c | the term | the other fact>`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import pairwise

from rules_engine.model.values import Kind, Value
from rules_engine.rulebook.literals import LiteralFault, read_literal, split_words, write_literal
from rules_engine.rulebook.places import Faults, Text, listed, meant
from rules_engine.rulebook.rules import Condition
from rules_engine.rulebook.vocabulary import (
    BETWEEN_FACTS,
    COMPARISONS_FOR,
    ClauseWords,
    Comparison,
    Fact,
    Ruling,
    TermWord,
)

_COMPARISONS = {comparison.value: comparison for comparison in Comparison}
_SLIPS = {
    "<": "less than",
    "<=": "at most",
    "=<": "at most",
    ">": "more than",
    ">=": "at least",
    "=": "is",
    "==": "is",
    "!=": "not",
    "is not": "not",
    "isn't": "not",
    "fewer than": "less than",
    "under": "less than",
    "below": "less than",
    "up to": "at most",
    "no more than": "at most",
    "not more than": "at most",
    "greater than": "more than",
    "longer than": "more than",
    "over": "more than",
    "above": "more than",
    "no less than": "at least",
    "not less than": "at least",
    "until": "on or before",
    "by": "on or before",
    "not after": "on or before",
    "since": "on or after",
    "from": "on or after",
    "not before": "on or after",
    "in": "one of",
    "any of": "one of",
    "is one of": "one of",
    "none of": "not one of",
    "includes": "with",
    "contains": "with",
    "lacks": "without",
}
"""What people write for a comparison, and the phrase the grammar has for it."""

_OUTCOME_SLIPS = {
    "allow": "entitle",
    "approve": "accept",
    "pay": "accept",
    "deny": "reject",
    "decline": "reject",
    "refuse": "reject",
    "hold": "pend",
    "wait": "pend",
    "escalate": "refer",
    "review": "refer",
}
_LEADING = sorted([*_COMPARISONS, *_SLIPS], key=len, reverse=True)
_LISTS = (Comparison.ONE_OF.value, Comparison.NOT_ONE_OF.value)
_LONGEST_COMPARISON = 5
"""How many words may be taken for a comparison that there is not."""

_CAP = Ruling.ACCEPT_AT_MOST.value
_PLACEHOLDER = re.compile(r"\{(?:the )?([^{}]*)\}")


def read_condition(fact: Fact, text: Text, clause: ClauseWords, faults: Faults) -> Condition | None:
    """Read what a `when` line says of a fact; None, with the fault noted, when it says nothing we know.

    A condition on a term is given without values: the term's figure is set in when the rule set
    is resolved. So is one on another fact, whose value each case gives.
    """
    phrase, rest = _part_comparison(text.text, fact)
    if phrase in _SLIPS or not rest:
        hint = f"did you mean `{_SLIPS[phrase]}`?" if phrase in _SLIPS else f"say what `{phrase}` it is"
        faults.at(text.place, f"there is no comparison `{phrase}`" if rest else f"`{phrase}` of what?", hint)
        return None
    if hint := _several_words(phrase, rest, fact):
        faults.at(text.place, f"`{rest}` names several words, and `{phrase}` takes one", hint)
        return None
    if rest in clause.terms and not _reads(rest, fact):
        said = text.text.removesuffix(rest)
        faults.at(text.place, f"`{rest}` is a term, and stands without `the`", f"write `{said}the {rest}`")
        return None
    made_up = _made_up_comparison(rest, fact) if rest == text.text else ""
    if made_up:
        # no "did you mean": the nearest word to `shorter than` is `more than`
        hint = f"one of {listed(each.value for each in COMPARISONS_FOR[fact.kind])}"
        faults.at(text.place, f"there is no comparison `{made_up}`", hint)
        return None
    comparison = _COMPARISONS[phrase]
    fitting = COMPARISONS_FOR[fact.kind]
    if comparison not in fitting:
        hint = f"it can be compared by {listed(each.value for each in fitting)}" if fitting else "it can only be quoted"
        faults.at(text.place, f"`{phrase}` does not fit `{fact.name}`, which is {_kind_named(fact.kind)}", hint)
        return None
    if rest.startswith("the ") and rest not in fact.words:
        return _held_against_word(fact, comparison, rest.removeprefix("the "), text, clause, faults)
    try:
        values = _read_values(rest, fact, comparison)
    except LiteralFault as fault:
        _note_unread(fact, text, fault, faults)
        return None
    return Condition(fact=fact.name, comparison=comparison, values=values, place=text.place)


def _part_comparison(text: str, fact: Fact) -> tuple[str, str]:
    """Part a line into its comparison and the rest; a bare literal means `is`."""
    if text in fact.words:
        return Comparison.IS.value, text
    for phrase in _LEADING:
        if text == phrase or text.startswith(f"{phrase} "):
            return phrase, text[len(phrase) :].strip()
    return Comparison.IS.value, text


def _read_values(text: str, fact: Fact, comparison: Comparison) -> tuple[Value, ...]:
    """Read the literal or literals of a line; the order of a list says nothing, so it is sorted."""
    if comparison in (Comparison.ONE_OF, Comparison.NOT_ONE_OF):
        words = split_words(text, fact.words)
        read = sorted(str(read_literal(word, fact.kind, fact.words)) for word in words)
        twice = next((word for word, following in pairwise(read) if word == following), None)
        if twice is not None:
            raise LiteralFault(f"`{twice}` is named twice", "delete one of them")
        return tuple(read)
    return (read_literal(text, Kind.WORD if fact.kind is Kind.WORDS else fact.kind, fact.words),)


def _note_unread(fact: Fact, text: Text, fault: LiteralFault, faults: Faults) -> None:
    message = fault.message
    if fact.words and message.endswith("is not one of its words"):
        message = f"`{fact.name}` is never {message.removesuffix(' is not one of its words')}"
    faults.at(text.place, message, fault.help)


def _several_words(phrase: str, rest: str, fact: Fact) -> str:
    """Say how to write several words of a fact where one alone can stand; nothing where one stands there."""
    several = split_words(rest, fact.words)
    if phrase in _LISTS or len(several) < 2 or not set(several) <= set(fact.words):
        return ""
    if fact.kind is Kind.WORDS:
        return f"all lines of a `when` hold together: write a rule for each of {listed(several, 'and')}"
    negated = phrase == Comparison.IS_NOT.value
    return f"write `{'not ' if negated else ''}one of {', '.join(several)}`"


def _made_up_comparison(text: str, fact: Fact) -> str:
    """Find what stands before a term or a literal in a line that starts with no comparison we know."""
    if _reads(text, fact):
        return ""
    parts = text.split(" ")
    for cut in range(1, min(len(parts), _LONGEST_COMPARISON + 1)):
        head, tail = " ".join(parts[:cut]), " ".join(parts[cut:])
        if tail.startswith("the ") or _reads(tail, fact):
            return head
    return ""


def _reads(text: str, fact: Fact) -> bool:
    try:
        read_literal(text, Kind.WORD if fact.kind is Kind.WORDS else fact.kind, fact.words)
    except LiteralFault:
        return False
    return True


def _held_against_word(
    fact: Fact, comparison: Comparison, name: str, text: Text, clause: ClauseWords, faults: Faults
) -> Condition | None:
    """Hold a fact against the figure of a term, or against another fact."""
    word = clause.terms.get(name) or clause.facts.get(name)
    if word is None:
        known = (*clause.terms, *clause.facts)
        faults.at(text.place, f"unknown term or fact `{name}`", meant(name, known, "a term or a fact follows `the`"))
        return None
    if word is fact:
        faults.at(text.place, f"`{name}` is held against itself", "name the other fact, a term or a figure")
        return None
    fits = _comparable(fact, comparison, word) if isinstance(word, TermWord) else _comparable_facts(fact, word)
    if not fits:
        kinds = f"`{fact.name}` is {_kind_named(fact.kind)}, `{name}` is {_kind_named(word.kind)}"
        faults.at(text.place, f"{kinds}: they cannot be compared", _compared_with(fact, word))
        return None
    is_term = isinstance(word, TermWord)
    return Condition(
        fact=fact.name,
        comparison=comparison,
        values=(),
        term=name if is_term else "",
        against="" if is_term else name,
        place=text.place,
    )


def _compared_with(fact: Fact, word: Fact | TermWord) -> str:
    if isinstance(word, Fact) and fact.kind is word.kind:
        return f"two facts that are {_kind_named(fact.kind)} are not compared: hold it against a figure or a term"
    return f"compare it with a {'term' if isinstance(word, TermWord) else 'fact'} of its own kind"


def _comparable_facts(fact: Fact, other: Fact) -> bool:
    return fact.kind is other.kind and fact.kind in BETWEEN_FACTS


def _comparable(fact: Fact, comparison: Comparison, term: TermWord) -> bool:
    if comparison in (Comparison.ONE_OF, Comparison.NOT_ONE_OF):
        return term.kind is Kind.WORDS
    return term.kind is (Kind.WORD if fact.kind is Kind.WORDS else fact.kind)


def _kind_named(kind: Kind) -> str:
    return "a list of words" if kind is Kind.WORDS else f"a {kind.value}" if kind is Kind.WORD else kind.value


def write_condition(condition: Condition, fact: Fact) -> str:
    """Write what a condition says of its fact, as a rule file would: `less than the holding period`."""
    kind = Kind.WORD if fact.kind is Kind.WORDS else fact.kind
    named = condition.term or condition.against
    said = f"the {named}" if named else ", ".join(write_literal(value, kind) for value in condition.values)
    return said if condition.comparison is Comparison.IS else f"{condition.comparison.value} {said}"


def read_ruling(text: Text, clause: ClauseWords, faults: Faults) -> tuple[Ruling, str] | None:
    """Read what follows `then:`: the ruling, and the name of the cap where it accepts at most one."""
    said = text.text
    for ruling in Ruling:
        if said == ruling.value and ruling is not Ruling.ACCEPT_AT_MOST:
            return ruling, ""
    if said == _CAP or said.startswith(f"{_CAP} "):
        return _read_cap(said.removeprefix(_CAP).strip(), text, clause, faults)
    slip = _OUTCOME_SLIPS.get(said)
    hint = f"did you mean `{slip}`?" if slip else meant(said, [ruling.value for ruling in Ruling])
    faults.at(text.place, f"unknown outcome `{said}`", hint)
    return None


def _read_cap(said: str, text: Text, clause: ClauseWords, faults: Faults) -> tuple[Ruling, str] | None:
    name = said.removeprefix("the ")
    money = [word.name for word in _fact_and_term_words(clause) if word.kind is Kind.MONEY]
    word = clause.facts.get(name) or clause.terms.get(name)
    if not said.startswith("the "):
        faults.at(text.place, f"`{_CAP}` of what?", f"write `{_CAP} the ...` with {listed(money)}")
        return None
    if word is None:
        faults.at(text.place, f"unknown fact or term `{name}`", meant(name, money))
        return None
    if word.kind is not Kind.MONEY:
        hint = f"only money can cap: {listed(money)}"
        faults.at(text.place, f"`{name}` is {_kind_named(word.kind)}, and cannot cap what is accepted", hint)
        return None
    return Ruling.ACCEPT_AT_MOST, name


def check_placeholders(text: Text, known: Collection[str], faults: Faults) -> None:
    """Note braces that hold none of the known words, or are not closed."""
    for name in placeholders(text.text):
        if name not in known:
            hint = meant(name, known, "only words of the clause can stand in braces")
            faults.at(text.place, f"unknown word `{name}` in braces", hint)
    if set("{}") & set(_PLACEHOLDER.sub("", text.text)):
        faults.at(text.place, "a brace stands alone", "write `{months held}` with both braces")


def placeholders(said: str) -> tuple[str, ...]:
    """List the facts and terms a reason quotes in braces; `{the holding period}` names `holding period`."""
    return tuple(_PLACEHOLDER.findall(said))


def _fact_and_term_words(clause: ClauseWords) -> Iterable[Fact | TermWord]:
    yield from clause.facts.values()
    yield from clause.terms.values()
