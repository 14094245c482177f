"""From one rule-set file to what it says: its heading, terms, rules and payment, each word known and typed.

What a file leaves to the set it is based on is still open here; `resolving` closes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rules_engine.model.values import Kind
from rules_engine.rulebook.figures import (
    MARKS,
    STANDARD_WORDING,
    TERMS,
    Payment,
    as_written,
    read_payment,
    read_terms,
    value_of,
)
from rules_engine.rulebook.headings import BASED_ON, FROM, UNTIL, Heading, read_days_of_issue, read_status
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
from rules_engine.rulebook.rules import Condition, Place, Rule, Term
from rules_engine.rulebook.vocabulary import ClauseWords, Rest, Ruling, Vocabulary

RESTS = tuple(Rest)
MAY_BE_WAIVED = "may be waived"
HEADING = ("rule set", "status", "approved by", "clause", "source", "notes")
LEAVES_OUT, LEAVES_OUT_TERMS = "leaves out", "leaves out terms"
BASED = (BASED_ON, LEAVES_OUT, LEAVES_OUT_TERMS)
BODY = (TERMS, "rules", "payment")
RULE = ("rule", "when", "then", "rest", "waits for", MAY_BE_WAIVED, "because", "cite", "mark", "quote")
NOTHING = "nothing"
"""What a clause is based on that stands by itself where its edition has a base."""
WORDS = "words"
"""In a resolved text, the words its rules use that its issuer adds to lists."""


@dataclass(slots=True, kw_only=True)
class Written:
    """What one rule-set file says; conditions on terms have no values yet.

    `clause` is None, and dates are None, where the file does not give them or they cannot be read.
    `shared` are the terms that the edition's `prospectus.yaml`, the file `heading`, gives for all its clauses.
    """

    place: Place
    clause: ClauseWords | None
    name: str = ""
    status: str = ""
    approved_by: str = ""
    source: str = ""
    edition: str = ""
    based_on: Text | None = None
    leaves_out: tuple[Text, ...] = ()
    leaves_out_terms: tuple[Text, ...] = ()
    issued_from: date | None = None
    issued_until: date | None = None
    terms: Mapping[str, Term] = field(default_factory=dict)
    shared: Mapping[str, Term] = field(default_factory=dict)
    heading: str = ""
    rules: tuple[Rule, ...] = ()
    payment: Payment = field(default_factory=Payment)

    def place_for(self, place: Place | None) -> Place:
        """Give a place in this file: the place itself, or the `based on` line for what stands in another file.

        What the edition's `prospectus.yaml` gives stands there.
        """
        if place and place.file in (self.place.file, self.heading):
            return place
        return self.based_on.place if self.based_on else self.place


def read_written(
    root: Entries,
    vocabulary: Vocabulary,
    faults: Faults,
    *,
    heading: Heading | None = None,
    standard: bool = False,
    resolved: bool = False,
) -> Written:
    """Read a rule-set file's mapping; every fault in it is noted.

    What the file leaves to its edition's `heading` is taken from there. A standard set is not sold under any
    prospectus: it has no dates, and what it does not mark is standard wording. A resolved one names its edition,
    which in the book its folder does.
    """
    written = _read_heading(root, vocabulary, faults, heading, resolved=resolved)
    if standard:
        _refuse_in_standard(root, faults)
    if not resolved:
        _read_base(root, written, heading, faults)
    if not standard:
        written.issued_from, written.issued_until = read_days_of_issue(root, faults, required=heading is None)
        if heading:
            written.issued_from = written.issued_from or heading.issued_from
            written.issued_until = written.issued_until or heading.issued_until
    if written.clause is not None:
        unmarked = STANDARD_WORDING if standard else ""
        written.terms = read_terms(root, written.clause, faults, unmarked=unmarked)
        written.rules = _read_rules(root, written.clause, faults, unmarked=unmarked)
        written.payment = read_payment(root, written.clause, faults, unmarked=unmarked)
        if heading:
            written.shared = heading.terms_for(written.clause, Faults())
    return written


def standing_alone(heading: Heading, clause: ClauseWords, base: Text, faults: Faults) -> Written:
    """Give what an edition says of a clause that has no file of its own: its base, with the terms it shares."""
    return Written(
        place=heading.place,
        clause=clause,
        status=heading.status,
        approved_by=heading.approved_by,
        source=heading.source,
        based_on=base,
        issued_from=heading.issued_from,
        issued_until=heading.issued_until,
        shared=heading.terms_for(clause, faults),
        heading=heading.place.file,
    )


def _read_heading(
    root: Entries, vocabulary: Vocabulary, faults: Faults, heading: Heading | None, *, resolved: bool
) -> Written:
    check_keys(root, (*HEADING, *(("edition", WORDS) if resolved else BASED), FROM, UNTIL, *BODY), faults)
    name = text_of(root, "rule set", faults, required=heading is None)
    clause = text_of(root, "clause", faults, required=True)
    source = text_of(root, "source", faults, required=heading is None)
    text_of(root, "notes", faults)
    status, approved_by = read_status(root, faults, required=heading is None)
    if heading and not status:
        status, approved_by = heading.status, heading.approved_by
    if clause and clause.text not in vocabulary.clauses:
        faults.at(clause.place, f"unknown clause `{clause.text}`", meant(clause.text, vocabulary.clauses))
    edition = text_of(root, "edition", faults, required=True) if resolved else None
    return Written(
        place=root.place,
        clause=vocabulary.clauses.get(clause.text) if clause else None,
        name=name.text if name else "",
        status=status,
        approved_by=approved_by,
        source=source.text if source else heading.source if heading else "",
        edition=edition.text if edition else "",
        heading=heading.place.file if heading else "",
    )


def _read_base(root: Entries, written: Written, heading: Heading | None, faults: Faults) -> None:
    """Read what a set is based on, or take it from its edition's bundle, and what of it is left out."""
    written.based_on = text_of(root, BASED_ON, faults)
    written.leaves_out = _read_names(root, LEAVES_OUT, faults)
    written.leaves_out_terms = _read_names(root, LEAVES_OUT_TERMS, faults)
    if written.based_on is None and heading and written.clause:
        name = heading.sets.get(written.clause.clause)
        written.based_on = Text(root.place, name) if name else None
    elif written.based_on and written.based_on.text == NOTHING:
        written.based_on = None


def _refuse_in_standard(root: Entries, faults: Faults) -> None:
    for key in (FROM, UNTIL):
        if key in root.entries:
            message = f"`{key}` in a standard rule set: a standard rule set has no issue dates"
            faults.at(root.entries[key].key.place, message, "the set based on it gives them")


def _read_names(root: Entries, key: str, faults: Faults) -> tuple[Text, ...]:
    names = (as_text(node, key, faults) for node in items_of(root, key, faults))
    return tuple(name for name in names if name)


def _read_rules(root: Entries, clause: ClauseWords, faults: Faults, *, unmarked: str) -> tuple[Rule, ...]:
    rules: dict[str, Rule] = {}
    for node in items_of(root, "rules", faults):
        given = as_entries(node, "a rule", faults)
        rule = _read_rule(given, clause, faults, unmarked) if given else None
        if rule is None or given is None:
            continue
        first = rules.setdefault(rule.name, rule)
        if first is not rule and first.place:
            place = given.entries["rule"].value.place
            faults.at(place, f"two rules are named `{rule.name}`", f"the first stands in line {first.place.line}")
    return tuple(rules.values())


def _read_rule(given: Entries, clause: ClauseWords, faults: Faults, unmarked: str) -> Rule | None:
    """Read one rule; None, with the faults noted, when any part of it cannot be read."""
    before = len(faults)
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
