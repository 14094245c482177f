"""From one rule-set file to what it says: its heading, terms, rules and payment, each word known and typed.

What a file leaves to the set it is based on is still open here; `resolving` closes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rules_engine.model.values import Kind
from rules_engine.rulebook.figures import MARKS, Payment, date_of, read_payment, read_terms, value_of
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
)
from rules_engine.rulebook.rules import Condition, Place, Rule, Term
from rules_engine.rulebook.vocabulary import ClauseWords, Rest, Ruling, Vocabulary

STATUSES = ("draft", "approved")
RESTS = tuple(Rest)
MAY_BE_WAIVED = "may be waived"
FROM, UNTIL = "notes issued from", "notes issued until"
HEADING = ("rule set", "status", "approved by", "clause", "source", "notes")
BASED = ("based on", "leaves out")
BODY = ("terms", "rules", "payment")
WORDS = "words"
"""In a resolved text, the words its rules use that its issuer adds to lists."""
RULE = ("rule", "when", "then", "rest", "waits for", MAY_BE_WAIVED, "because", "cite", "mark")


@dataclass(slots=True, kw_only=True)
class Written:
    """What one rule-set file says; conditions on terms have no values yet.

    `clause` is None, and dates are None, where the file does not give them or they cannot be read.
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
    issued_from: date | None = None
    issued_until: date | None = None
    terms: Mapping[str, Term] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    payment: Payment = field(default_factory=Payment)

    def place_for(self, place: Place | None) -> Place:
        """Give a place in this file: the place itself, or the `based on` line for what stands in another file."""
        if place and place.file == self.place.file:
            return place
        return self.based_on.place if self.based_on else self.place


def read_written(
    root: Entries, vocabulary: Vocabulary, faults: Faults, *, standard: bool = False, resolved: bool = False
) -> Written:
    """Read a rule-set file's mapping; every fault in it is noted.

    A standard set is not sold under any prospectus: it has no dates, and is based on nothing. A
    resolved one names its edition, which in the book its folder does.
    """
    written = _read_heading(root, vocabulary, faults, resolved=resolved)
    if standard:
        _refuse_in_standard(root, faults)
    else:
        written.based_on = text_of(root, "based on", faults)
        written.leaves_out = _read_leaves_out(root, faults)
        written.issued_from = date_of(root, FROM, faults, required=True)
        written.issued_until = date_of(root, UNTIL, faults)
        if written.issued_from and written.issued_until and written.issued_until < written.issued_from:
            place = root.entries[UNTIL].value.place
            faults.at(place, f"`{UNTIL}` lies before `{FROM}`", "both days are included")
    if written.clause is not None:
        written.terms = read_terms(root, written.clause, faults)
        written.rules = _read_rules(root, written.clause, faults)
        written.payment = read_payment(root, written.clause, faults)
    return written


def _read_heading(root: Entries, vocabulary: Vocabulary, faults: Faults, *, resolved: bool) -> Written:
    check_keys(root, (*HEADING, *(("edition", WORDS) if resolved else BASED), FROM, UNTIL, *BODY), faults)
    name = text_of(root, "rule set", faults, required=True)
    status = choice_of(root, "status", STATUSES, faults, required=True)
    approved_by = text_of(root, "approved by", faults)
    clause = text_of(root, "clause", faults, required=True)
    source = text_of(root, "source", faults, required=True)
    text_of(root, "notes", faults)
    if status and status.text == "approved" and not approved_by:
        hint = "name the second reader in `approved by`, or set it back to draft"
        faults.at(status.place, "approved by nobody", hint)
    if clause and clause.text not in vocabulary.clauses:
        faults.at(clause.place, f"unknown clause `{clause.text}`", meant(clause.text, vocabulary.clauses))
    edition = text_of(root, "edition", faults, required=True) if resolved else None
    return Written(
        place=root.place,
        clause=vocabulary.clauses.get(clause.text) if clause else None,
        name=name.text if name else "",
        status=status.text if status else "",
        approved_by=approved_by.text if approved_by else "",
        source=source.text if source else "",
        edition=edition.text if edition else "",
    )


def _refuse_in_standard(root: Entries, faults: Faults) -> None:
    refused = {
        **dict.fromkeys(BASED, ("a standard rule set is based on nothing", "one level only: copy what is wanted")),
        **dict.fromkeys((FROM, UNTIL), ("a standard rule set has no issue dates", "the set based on it gives them")),
    }
    for key, (message, hint) in refused.items():
        if key in root.entries:
            faults.at(root.entries[key].key.place, f"`{key}` in a standard rule set: {message}", hint)


def _read_leaves_out(root: Entries, faults: Faults) -> tuple[Text, ...]:
    names = (as_text(node, "leaves out", faults) for node in items_of(root, "leaves out", faults))
    return tuple(name for name in names if name)


def _read_rules(root: Entries, clause: ClauseWords, faults: Faults) -> tuple[Rule, ...]:
    rules: dict[str, Rule] = {}
    for node in items_of(root, "rules", faults):
        given = as_entries(node, "a rule", faults)
        rule = _read_rule(given, clause, faults) if given else None
        if rule is None or given is None:
            continue
        first = rules.setdefault(rule.name, rule)
        if first is not rule and first.place:
            place = given.entries["rule"].value.place
            faults.at(place, f"two rules are named `{rule.name}`", f"the first stands in line {first.place.line}")
    return tuple(rules.values())


def _read_rule(given: Entries, clause: ClauseWords, faults: Faults) -> Rule | None:
    """Read one rule; None, with the faults noted, when any part of it cannot be read."""
    before = len(faults)
    check_keys(given, RULE, faults)
    name = text_of(given, "rule", faults, required=True)
    then = text_of(given, "then", faults, required=True)
    because = text_of(given, "because", faults, required=True)
    cite = text_of(given, "cite", faults, required=True)
    mark = choice_of(given, "mark", MARKS, faults)
    rest = choice_of(given, "rest", RESTS, faults)
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
        mark=mark.text if mark else "",
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
