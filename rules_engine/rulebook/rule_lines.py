"""From the lines of the rules in a file to what each rule says: one by one, or gathered by the paragraph they cite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rules_engine.model.values import Kind
from rules_engine.rulebook.figures import MARKS, as_written, value_of
from rules_engine.rulebook.phrases import check_placeholders, read_condition, read_ruling
from rules_engine.rulebook.places import (
    Entries,
    Entry,
    Faults,
    Text,
    as_entries,
    as_text,
    check_keys,
    choice_of,
    entries_of,
    items_of,
    meant,
    text_of,
    texts_of,
)
from rules_engine.rulebook.rules import Condition, Rule
from rules_engine.rulebook.vocabulary import ClauseWords, Rest, Ruling

RESTS = tuple(Rest)
RULES, MAY_BE_WAIVED = "rules", "may be waived"
PARAGRAPH = ("cite", "mark", "quote", "then", "rest", "waits for", MAY_BE_WAIVED)
"""What a paragraph may give once for all of its rules."""
RULE = ("rule", "when", "because", *PARAGRAPH)


def read_rules(root: Entries, clause: ClauseWords, faults: Faults, *, unmarked: str) -> tuple[Rule, ...]:
    """Read the `rules` of a rule set; one that cannot be read is noted and left out.

    `unmarked` is the mark of what has none of its own.
    """
    rules: dict[str, Rule] = {}
    for given in _given(root, faults):
        rule = _read_rule(given, clause, faults, unmarked)
        if rule is None:
            continue
        first = rules.setdefault(rule.name, rule)
        if first is not rule and first.place:
            place = given.entries["rule"].value.place
            faults.at(place, f"two rules are named `{rule.name}`", f"the first stands in line {first.place.line}")
    return tuple(rules.values())


def _given(root: Entries, faults: Faults) -> Iterator[Entries]:
    """Yield each rule's lines, with those that its paragraph gives for all of its rules."""
    for node in items_of(root, RULES, faults):
        given = as_entries(node, "a rule", faults)
        if given and RULES in given.entries:
            yield from _of_paragraph(given, faults)
        elif given:
            yield given


def _of_paragraph(paragraph: Entries, faults: Faults) -> Iterator[Entries]:
    check_keys(paragraph, (*PARAGRAPH, RULES), faults)
    if text_of(paragraph, "cite", faults, required=True) is None:
        return
    shared = {key: entry for key, entry in paragraph.entries.items() if key in PARAGRAPH}
    for node in items_of(paragraph, RULES, faults):
        given = as_entries(node, "a rule", faults)
        if given is None:
            continue
        for key in given.entries.keys() & shared.keys():
            line = shared[key].key.place.line
            hint = f"line {line} gives it for all rules of the paragraph: delete one of the two"
            faults.at(given.entries[key].key.place, f"`{key}` is given twice", hint)
        yield replace(given, entries={**shared, **given.entries})


def _read_rule(given: Entries, clause: ClauseWords, faults: Faults, unmarked: str) -> Rule | None:
    """Read one rule; None, with the faults noted, when any part of it cannot be read."""
    before = len(faults)
    given = _without_lines_of_when(given, clause, faults)
    check_keys(given, RULE, faults)
    name = text_of(given, "rule", faults, required=True)
    then = text_of(given, "then", faults, required=True)
    because = text_of(given, "because", faults, required=True)
    cite = text_of(given, "cite", faults, required=True)
    mark = choice_of(given, "mark", MARKS, faults)
    rest, quotes = choice_of(given, "rest", RESTS, faults), texts_of(given, "quote", faults)
    when = entries_of(given, "when", faults)
    conditions = tuple(
        condition
        for entry in (when.entries.values() if when else ())
        if (condition := _read_line(entry, clause, faults))
    )
    ruled = read_ruling(then, clause, faults) if then else None
    if because:
        check_placeholders(because, (*clause.facts, *clause.terms), faults)
    waits_for = _read_waits_for(given, ruled, rest, clause, faults)
    may_be_waived = value_of(given, MAY_BE_WAIVED, Kind.YES_NO, faults)
    if may_be_waived and ruled and ruled[0] in (Ruling.ENTITLE, Ruling.ACCEPT):
        does = "entitles" if ruled[0] is Ruling.ENTITLE else "accepts"
        hint = f"a rule that {does} stands in nobody's way: delete the line"
        faults.at(given.entries[MAY_BE_WAIVED].key.place, f"`{MAY_BE_WAIVED}` in a rule that {does}", hint)
    if rest and ruled and ruled[0] is not Ruling.ACCEPT_AT_MOST:
        faults.at(given.entries["rest"].key.place, "`rest` without a cap", "it stands beside `accept at most` only")
    if len(faults) > before or not (name and because and cite and ruled):
        return None
    ruling, at_most = ruled
    return Rule(
        name=name.text,
        conditions=tuple(sorted(conditions, key=lambda condition: condition.fact)),
        ruling=ruling,
        because=because.text,
        cite=cite.text,
        at_most=at_most,
        rest=Rest(rest.text) if rest else _default_rest(at_most),
        waits_for=waits_for.text if waits_for else "",
        may_be_waived=may_be_waived is True,
        mark=mark.text if mark else unmarked,
        quotes=as_written(quotes),
        place=given.place,
    )


def _without_lines_of_when(given: Entries, clause: ClauseWords, faults: Faults) -> Entries:
    """Note lines that belong under an empty `when` and are not indented under it, and leave both out."""
    when = given.entries.get("when")
    if when is None or not isinstance(when.value, Text) or when.value.text:
        return given
    stray = [entry for name, entry in given.entries.items() if name in clause.facts and name not in RULE]
    for entry in stray:
        blanks = when.key.place.column + 1
        message = f"`{entry.key.text}` is not indented under `when`"
        faults.at(entry.key.place, message, f"indent it by {blanks} blanks: two more than `when`")
    left = {name: entry for name, entry in given.entries.items() if entry not in stray}
    return replace(given, entries={name: each for name, each in left.items() if name != "when"} if stray else left)


def _read_waits_for(
    given: Entries, ruled: tuple[Ruling, str] | None, rest: Text | None, clause: ClauseWords, faults: Faults
) -> Text | None:
    """Read what a pended answer waits for; no other answer waits."""
    said = text_of(given, "waits for", faults)
    if said is None:
        return None
    check_placeholders(said, tuple(clause.facts), faults)
    if ruled and ruled[0] is not Ruling.PEND and (rest is None or rest.text != Rest.PENDED):
        hint = f"it stands beside `then: pend` or `rest: {Rest.PENDED}` only"
        faults.at(given.entries["waits for"].key.place, "`waits for` in a rule that does not pend", hint)
    return said


def _default_rest(at_most: str) -> Rest | None:
    """What becomes of the principal above a cap, when the rule does not say: what a year's limit keeps out waits."""
    if not at_most:
        return None
    return Rest.CARRIED_OVER if at_most.endswith(" remaining") else Rest.NOT_ACCEPTED


def _read_line(entry: Entry, clause: ClauseWords, faults: Faults) -> Condition | None:
    fact = clause.facts.get(entry.key.text)
    if fact is None:
        faults.at(entry.key.place, f"unknown fact `{entry.key.text}`", meant(entry.key.text, clause.facts))
        return None
    said = as_text(entry.value, fact.name, faults)
    return read_condition(fact, said, clause, faults) if said else None
