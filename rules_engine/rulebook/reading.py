"""From one rule-set file to what it says: its heading, terms, rules and payment, each word known and typed.

What a file leaves to the set it is based on is still open here; `resolving` closes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rules_engine.rulebook.figures import (
    STANDARD_WORDING,
    TERMS,
    Payment,
    read_payment,
    read_terms,
)
from rules_engine.rulebook.headings import BASED_ON, FROM, UNTIL, Heading, check_order, read_days_of_issue, read_status
from rules_engine.rulebook.phrases import check_placeholders
from rules_engine.rulebook.places import (
    Entries,
    Faults,
    Text,
    as_text,
    check_keys,
    entries_of,
    items_of,
    meant,
    text_of,
)
from rules_engine.rulebook.rule_lines import RULES, read_rules
from rules_engine.rulebook.rules import Place, Rule, Term
from rules_engine.rulebook.vocabulary import ClauseWords, Vocabulary

HEADING = ("rule set", "status", "approved by", "clause", "source", "notes")
LEAVES_OUT, LEAVES_OUT_TERMS, REWORDS = "leaves out", "leaves out terms", "rewords"
BASED = (BASED_ON, LEAVES_OUT, LEAVES_OUT_TERMS, REWORDS)
BODY = (TERMS, RULES, "payment")
NOTHING = "nothing"
"""What a clause is based on that stands by itself where its edition has a base."""
WORDS = "words"
"""In a resolved text, the words its rules use that its issuer adds to lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded:
    """A rule of the base, by its name, and the reason that stands in place of the base's."""

    rule: Text
    because: Text


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
    rewords: Mapping[str, Reworded] = field(default_factory=dict)
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
            if UNTIL in root.entries and FROM not in root.entries:
                check_order(written.issued_from, written.issued_until, root, faults)
    if written.clause is not None:
        unmarked = STANDARD_WORDING if standard else ""
        written.terms = read_terms(root, written.clause, faults, unmarked=unmarked)
        written.rules = read_rules(root, written.clause, faults, unmarked=unmarked)
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
    written.rewords = _read_rewords(root, written.clause, faults) if written.clause else {}
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


def _read_rewords(root: Entries, clause: ClauseWords, faults: Faults) -> dict[str, Reworded]:
    """Read the reasons given anew for rules of the base, by the rule's name."""
    given = entries_of(root, REWORDS, faults)
    read = {entry.key: as_text(entry.value, name, faults) for name, entry in given.entries.items()} if given else {}
    for because in filter(None, read.values()):
        check_placeholders(because, (*clause.facts, *clause.terms), faults)
    return {rule.text: Reworded(rule=rule, because=because) for rule, because in read.items() if because}
