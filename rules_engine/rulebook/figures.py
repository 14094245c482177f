"""The figures of a rule set: the terms of the prospectus and the payment words, each typed by its word."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from rules_engine.model.values import Kind, Value
from rules_engine.rulebook.literals import LiteralFault, read_literal
from rules_engine.rulebook.places import (
    Entries,
    Faults,
    Items,
    Text,
    as_entries,
    as_text,
    check_keys,
    choice_of,
    entries_of,
    meant,
    text_of,
)
from rules_engine.rulebook.rules import Place, Term
from rules_engine.rulebook.vocabulary import ClauseWords, TermWord

STANDARD_WORDING = "standard wording"
MARKS = ("read", "inferred", STANDARD_WORDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What a rule set says of payment, where it is written, and how sure we are of it."""

    values: Mapping[str, Value] = field(default_factory=dict)
    cite: str = ""
    mark: str = ""
    place: Place | None = None


def date_of(entries: Entries, key: str, faults: Faults, *, required: bool = False) -> date | None:
    """Read the date under a key; None, with the fault noted, when it is none."""
    value = value_of(entries, key, Kind.DATE, faults, required=required)
    return value if isinstance(value, date) else None


def value_of(
    entries: Entries, key: str, kind: Kind, faults: Faults, words: Collection[str] = (), *, required: bool = False
) -> Value | None:
    """Read the literal under a key as a value of a kind; None, with the fault noted, when it is none."""
    text = text_of(entries, key, faults, required=required)
    return literal_at(text, kind, faults, words) if text else None


def literal_at(text: Text, kind: Kind, faults: Faults, words: Collection[str] = ()) -> Value | None:
    """Read a text as a value of a kind; None, with the fault noted at its place, when it is none."""
    try:
        return read_literal(text.text, kind, words)
    except LiteralFault as fault:
        faults.at(text.place, fault.message, fault.help)
        return None


def read_terms(root: Entries, clause: ClauseWords, faults: Faults) -> dict[str, Term]:
    """Read the `terms` of a rule set; a term that cannot be read is noted and left out."""
    terms: dict[str, Term] = {}
    section = entries_of(root, "terms", faults)
    for name, entry in section.entries.items() if section else ():
        word = clause.terms.get(name)
        if word is None:
            faults.at(entry.key.place, f"unknown term `{name}`", meant(name, clause.terms))
            continue
        given = as_entries(entry.value, name, faults)
        if given is None:
            continue
        check_keys(given, ("value", "cite", "mark"), faults)
        value = _read_term_value(given, word, faults)
        cite = text_of(given, "cite", faults, required=True)
        mark = choice_of(given, "mark", MARKS, faults)
        if value is not None and cite:
            terms[name] = Term(
                name=name, value=value, cite=cite.text, mark=mark.text if mark else "", place=entry.key.place
            )
    return terms


def _read_term_value(given: Entries, word: TermWord, faults: Faults) -> Value | None:
    node = given.entries["value"].value if "value" in given.entries else None
    if word.kind is Kind.WORDS and isinstance(node, Items):
        texts = [text for text in (as_text(item, "value", faults) for item in node.items) if text]
        read = [literal_at(text, Kind.WORD, faults, word.words) for text in texts]
        return frozenset(str(value) for value in read if value is not None)
    return value_of(given, "value", word.kind, faults, word.words, required=True)


def read_payment(root: Entries, clause: ClauseWords, faults: Faults) -> Payment:
    """Read the `payment` of a rule set; words that cannot be read are noted and left out."""
    section = entries_of(root, "payment", faults)
    if section is None:
        return Payment()
    check_keys(section, (*clause.payment, "cite", "mark"), faults)
    values = {
        name: value_of(section, name, word.kind, faults, word.words)
        for name, word in clause.payment.items()
        if name in section.entries
    }
    cite, mark = text_of(section, "cite", faults), choice_of(section, "mark", MARKS, faults)
    return Payment(
        values={name: value for name, value in values.items() if value is not None},
        cite=cite.text if cite else "",
        mark=mark.text if mark else "",
        place=section.place,
    )


def merge_payment(base: Payment, own: Payment) -> Payment:
    """Override a base's payment words one by one.

    What stands of both is cited by both, and is no surer than the less sure of them; a cite and a
    mark without words of their own speak for the base's.
    """
    if not own.values:
        return replace(base, cite=own.cite or base.cite, mark=own.mark or base.mark, place=own.place)
    if base.values.keys() <= own.values.keys():
        return own
    marks = sorted((mark for mark in (base.mark, own.mark) if mark), key=MARKS.index)
    return Payment(
        values={**base.values, **own.values},
        cite="; ".join(dict.fromkeys(cite for cite in (own.cite, base.cite) if cite)),
        mark=marks[-1] if marks else "",
        place=own.place,
    )
